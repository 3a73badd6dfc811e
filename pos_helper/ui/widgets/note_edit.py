"""The field for a note, which keeps card numbers out."""

from PySide6.QtCore import QLocale, QMimeData, QSize, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.filled_in import NOTE_LENGTH
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel


class NoteEdit(Retranslated, QWidget):
    """A field for a note, with a reminder about card numbers that turns into a warning when it finds one.

    Tab leaves the field. What is too long is not taken, and the reminder says how much fits.
    """

    changed = Signal()
    left = Signal()
    """The field has lost the keyboard focus."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._lines = 3
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
        self.field.refused.connect(self._say_full)
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
            self.field.setPlainText(note[:NOTE_LENGTH])
        self.field.moveCursor(QTextCursor.MoveOperation.End)

    def set_lines(self, lines: int) -> None:
        """Be as high as so many lines; there are three if nothing else is said."""
        if lines != self._lines:
            self._lines = lines
            self._follow_theme()

    def retranslate(self) -> None:
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

    def _say_full(self) -> None:
        self._warning.set_tone(Tone.BAD)
        self._warning.setText(
            self.tr("A note has up to {0} characters. What does not fit was not taken.").format(
                QLocale().toString(NOTE_LENGTH)
            )
        )
        self.field.setAccessibleDescription(self._warning.text())

    def _text_changed(self) -> None:
        surplus = len(self.field.toPlainText()) - NOTE_LENGTH
        if surplus > 0:
            # What was typed or pasted last is what there is no room for.
            cursor = self.field.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, surplus)
            cursor.removeSelectedText()
            self._say_full()
            return
        self._warn()
        self.changed.emit()

    def _follow_theme(self) -> None:
        line = QFontMetrics(self._theme.font(Role.BODY)).lineSpacing()
        self.field.setMinimumHeight(line * self._lines + SPACE * 3)


class _NoteField(QPlainTextEdit):
    """A field as high as it must be; emits ``left`` when the keyboard goes elsewhere.

    What is pasted or dropped and does not fit is refused as a whole, before Qt lays it out: that takes half a
    minute for a line of 300,000 characters, and a part of it would say something else.
    """

    left = Signal()
    refused = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        replaced = len(self.textCursor().selectedText())
        if len(self.toPlainText()) - replaced + len(source.text()) > NOTE_LENGTH:
            self.refused.emit()
        else:
            super().insertFromMimeData(source)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
