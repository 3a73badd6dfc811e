"""The dialog for a step's note."""

from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from pos_helper.ui.dialogs.note_dialog import NoteDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.ui.samples import STEPS

STEP = STEPS["reseat-cable"]


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        (QDialogButtonBox.StandardButton.Save, "red light"),
        (QDialogButtonBox.StandardButton.Cancel, None),
    ],
)
def test_asking_gives_the_note_or_nothing(
    theme: Theme, language: Language, qtbot: Any, button: QDialogButtonBox.StandardButton, answer: str | None
) -> None:
    def write() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NoteDialog)
        assert dialog.edit.note == "green light"
        dialog.edit.set_note("red light")
        dialog.buttons.button(button).click()

    QTimer.singleShot(0, write)
    assert NoteDialog.ask(theme, language, STEP, "green light") == answer


def test_the_note_can_be_typed_at_once(theme: Theme, language: Language, qtbot: Any) -> None:
    dialog = NoteDialog(theme, language, STEP, "")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is dialog.edit.field
