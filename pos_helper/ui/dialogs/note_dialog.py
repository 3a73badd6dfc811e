"""The dialog for the note beside one step."""

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.domain.entries import Step
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.note_edit import NoteEdit
from pos_helper.ui.widgets.surfaces import TextLabel


class NoteDialog(Dialog):
    """The note beside one step."""

    def __init__(
        self, theme: Theme, language: Language, step: Step, note: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("stepNote")
        self._step = step
        self._remedy = TextLabel(theme, Role.STRONG, self)
        self.edit = NoteEdit(theme, language, self)
        self.edit.set_note(note)
        self.body.addWidget(self._remedy)
        self.body.addWidget(self.edit, 1)
        self.add_button(QDialogButtonBox.StandardButton.Save, primary=True)
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        self.edit.setFocus()
        self.retranslate()

    @staticmethod
    def ask(
        theme: Theme, language: Language, step: Step, note: str, parent: QWidget | None = None
    ) -> str | None:
        """Ask for the note beside a step and wait; ``None`` if it shall stay as it is."""
        dialog = NoteDialog(theme, language, step, note, parent)
        return dialog.edit.note if dialog.run() else None

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Note for this step"))
        self._remedy.setText(self._step.text.of(self._language.current))
