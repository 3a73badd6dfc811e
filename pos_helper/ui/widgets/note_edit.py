"""Notes: a field that keeps card numbers out, and the dialog for the note beside one step."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import Step
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.surfaces import TextLabel

NOTE_LENGTH = 2000
"""The most characters that a note may have: a page, which still prints with the sheet."""

AskNote = Callable[[Theme, Language, Step, str, QWidget | None], str | None]
"""Asks for the note beside a step, given the one that stands; ``None`` if it shall stay as it is."""


class NoteEdit(QWidget):
    """A note of some lines, with a word about card numbers that grows serious when it sees one.

    Tab leaves the field. What is too long is not taken.
    """

    changed = Signal()
    left = Signal()
    """The keyboard has gone elsewhere."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self.label = TextLabel(theme, Role.STRONG, self)
        self.field = _NoteField(self)
        self.field.setObjectName("noteEdit")
        self.field.setTabChangesFocus(True)
        self.label.setBuddy(self.field)
        self._warning = TextLabel(theme, Role.CAPTION, self, tone=Tone.NEUTRAL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for part in (self.label, self.field, self._warning):
            column.addWidget(part)
        self.field.textChanged.connect(self._text_changed)
        self.field.left.connect(self.left)
        self.setFocusProxy(self.field)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    @property
    def note(self) -> str:
        """The note, without blanks around it."""
        return self.field.toPlainText().strip()

    def set_note(self, note: str) -> None:
        """Show a note with the cursor behind it."""
        if note != self.note:
            self.field.setPlainText(note)
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.label.setText(self.tr("Note"))
        self.field.setAccessibleName(self.tr("Note"))
        self.field.setPlaceholderText(self.tr("What did you see? What did you do?"))
        self._warn()

    def _warn(self) -> None:
        if has_card_data(self.field.toPlainText()):
            self._warning.set_tone(Tone.BAD)
            self._warning.setText(
                self.tr("This looks like a card number. It will be masked before it is kept.")
            )
        else:
            self._warning.set_tone(Tone.NEUTRAL)
            self._warning.setText(self.tr("Never write a card number, a verification code or a PIN here."))
        self.field.setAccessibleDescription(self._warning.text())

    def _text_changed(self) -> None:
        surplus = len(self.field.toPlainText()) - NOTE_LENGTH
        if surplus > 0:
            # What was typed or pasted last is what there is no room for.
            cursor = self.field.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, surplus)
            cursor.removeSelectedText()
            return
        self._warn()
        self.changed.emit()

    def _follow_theme(self) -> None:
        line = QFontMetrics(self._theme.font(Role.BODY)).lineSpacing()
        self.field.setMinimumHeight(line * 3 + SPACE * 3)


class _NoteField(QPlainTextEdit):
    """Says when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


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
        """Say everything in the language of the moment."""
        self.setWindowTitle(self.tr("Note for this step"))
        self._remedy.setText(self._step.text.of(self._language.current))
