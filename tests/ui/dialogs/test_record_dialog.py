"""Recording a code: what was typed is handed over whole, or it is said what is missing."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QLineEdit, QWidget

from pos_helper.domain.entries import Origin, Tab
from pos_helper.domain.errors import UserError
from pos_helper.domain.query import MAX_CODE
from pos_helper.domain.recorded_code import MAX_SENTENCE, RecordedCode
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.origin_list import OriginList
from pos_helper.ui.dialogs.record_dialog import RecordDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.fits import texts, unnamed
from tests.ui.samples import ORIGINS

FULL = Text("磁盘满了。", "The disk is full.")


class Drawer:
    """Keeps codes, unless the disk is full."""

    def __init__(self) -> None:
        self.full = False
        self.kept: list[RecordedCode] = []

    def __call__(self, own: RecordedCode) -> None:
        if self.full:
            raise UserError(FULL)
        self.kept.append(own)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def dialog(theme: Theme, language: Language, qtbot: Any, drawer: Drawer) -> RecordDialog:
    dialog = RecordDialog(theme, language, "E77", ORIGINS, drawer)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def field(dialog: RecordDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def screens(dialog: RecordDialog) -> OriginList:
    found = dialog.findChild(OriginList, "origin")
    assert isinstance(found, OriginList)
    return found


def choose_screen(dialog: RecordDialog, row: int) -> None:
    screens(dialog).setCurrentIndex(screens(dialog).model().index(row, 0))


def press(dialog: RecordDialog, name: str, qtbot: Any) -> None:
    qtbot.mouseClick(dialog.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def save(dialog: RecordDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()


def test_what_was_typed_is_kept_and_the_dialog_closes(
    dialog: RecordDialog, drawer: Drawer, qtbot: Any
) -> None:
    qtbot.keyClicks(dialog.focusWidget(), " reader loose ")
    choose_screen(dialog, 1)
    qtbot.keyClicks(field(dialog, "helped"), "plugged it in again")
    press(dialog, Tab.NETWORK, qtbot)
    press(dialog, Tab.HARDWARE, qtbot)
    save(dialog)
    assert drawer.kept == [
        RecordedCode("E77", ORIGINS[1].id, "reader loose", "plugged it in again", Tab.HARDWARE)
    ]
    assert not dialog.isVisible()


def test_the_keyboard_is_enough(dialog: RecordDialog, drawer: Drawer, qtbot: Any) -> None:
    qtbot.keyClicks(dialog.focusWidget(), "reader loose")
    screens(dialog).setFocus()
    assert screens(dialog).chosen == ""
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert drawer.kept == [RecordedCode("E77", ORIGINS[0].id, "reader loose")]


def test_what_is_missing_is_said_one_after_another_and_led_to(
    dialog: RecordDialog, drawer: Drawer, qtbot: Any
) -> None:
    def refused(shown_text: str, where: QWidget) -> None:
        save(dialog)
        assert any(shown_text in text for text in texts(dialog))
        assert dialog.focusWidget() is where
        assert dialog.isVisible()

    field(dialog, "code").clear()
    refused("Fill in the code", field(dialog, "code"))
    qtbot.keyClicks(field(dialog, "code"), "...")
    refused("a letter or a digit", field(dialog, "code"))
    qtbot.keyClicks(field(dialog, "code"), "E77")
    refused("Choose which screen", screens(dialog))
    choose_screen(dialog, 0)
    refused("Say what it meant", field(dialog, "meaning"))
    qtbot.keyClicks(field(dialog, "meaning"), "reader loose")
    qtbot.keyClicks(field(dialog, "helped"), "plugged it in")
    hardware = dialog.findChild(QAbstractButton, Tab.HARDWARE)
    assert hardware is not None
    refused("Choose where", hardware)
    assert drawer.kept == []


@pytest.mark.parametrize("name", ["code", "meaning", "helped"])
def test_card_data_are_warned_of_while_typing_and_refused(
    dialog: RecordDialog, drawer: Drawer, name: str
) -> None:
    choose_screen(dialog, 0)
    field(dialog, "meaning").setText("reader loose")
    assert "Never write a card number, a verification code or a PIN here." in texts(dialog)
    field(dialog, name).setText("4111 1111 1111 1111")
    assert "This looks like a card number. It cannot be kept." in texts(dialog)
    save(dialog)
    assert any("never kept" in text for text in texts(dialog))
    assert drawer.kept == []
    field(dialog, name).setText("E77")
    assert "Never write a card number, a verification code or a PIN here." in texts(dialog)


def test_trouble_is_said_in_the_dialog_which_stays_with_all_that_was_typed(
    dialog: RecordDialog, drawer: Drawer, language: Language, qtbot: Any
) -> None:
    drawer.full = True
    choose_screen(dialog, 0)
    field(dialog, "meaning").setText("reader loose")
    save(dialog)
    assert dialog.isVisible()
    assert FULL.en in texts(dialog)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: FULL.zh in texts(dialog))
    drawer.full = False
    save(dialog)
    assert drawer.kept == [RecordedCode("E77", ORIGINS[0].id, "reader loose")]


def test_escape_keeps_nothing(dialog: RecordDialog, drawer: Drawer, qtbot: Any) -> None:
    choose_screen(dialog, 0)
    field(dialog, "meaning").setText("reader loose")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert drawer.kept == []
    assert not dialog.isVisible()


def test_no_field_takes_more_than_can_be_kept(dialog: RecordDialog) -> None:
    for name, most in (("code", MAX_CODE), ("meaning", MAX_SENTENCE), ("helped", MAX_SENTENCE)):
        field(dialog, name).setText("W" * 1000)
        assert len(field(dialog, name).text()) == most


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("percent", [100, 150])
def test_the_screens_are_told_whole_and_can_be_touched(
    dialog: RecordDialog, theme: Theme, language: Language, lang: Lang, percent: int, qtbot: Any
) -> None:
    theme.set_text_percent(percent)
    language.use(lang)
    view = screens(dialog)

    def told() -> None:
        for row, origin in enumerate(ORIGINS):
            index = view.model().index(row, 0)
            assert index.data() == f"{origin.title.of(lang)}, {origin.screen.of(lang)}"
            area = view.visualRect(index)
            assert area.height() >= TOUCH
            assert area.width() <= view.viewport().width()

    qtbot.waitUntil(told)
    assert view.accessibleName()
    assert unnamed(dialog) == []


def test_without_a_code_the_cursor_is_in_its_field(theme: Theme, language: Language, qtbot: Any) -> None:
    dialog = RecordDialog(theme, language, "", (Origin(id="a", title=FULL, screen=FULL),), Drawer())
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.focusWidget() is field(dialog, "code")
