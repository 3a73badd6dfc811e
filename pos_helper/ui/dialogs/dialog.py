"""What all dialogs share: a body that scrolls if the screen is small, a row of buttons, one way to end."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel, TonePanel

_MOST_OF_SCREEN = 0.9

_LINE = 64
"""The preferred length of a line of text, in characters."""


class Dialog(Retranslated, QDialog):
    """A dialog whose parts stand in ``body`` and whose buttons in ``buttons``. Escape closes it.

    A subclass sets all its texts in ``retranslate``, which its constructor calls at its end.
    """

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        page = QWidget()
        page.setProperty("kind", "page")
        self.body = QVBoxLayout(page)
        self.body.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE)
        self.body.setSpacing(SPACE * 2)
        self._scroll = _Page(page, self)
        self.buttons = QDialogButtonBox(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._notice_frame())
        language.changed.connect(self._say_notice)
        self.buttons.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.addWidget(self.buttons)

    def _notice_frame(self) -> QWidget:
        """The place above the buttons for notices; it does not scroll."""
        self._said: Text | None = None
        self._panel = TonePanel(self._theme, Tone.GOOD, self)
        self._panel.setObjectName("notice")
        self._words = TextLabel(self._theme, Role.BODY, self._panel, tone=Tone.GOOD)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        inner.addWidget(self._words)
        frame = QWidget(self)
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, 0)
        outer.addWidget(self._panel)
        self._panel.hide()
        return frame

    def show_notice(self, text: Text, tone: Tone) -> None:
        """Show a notice above the buttons until ``hide_notice``."""
        self._said = text
        self._panel.set_tone(tone)
        self._words.set_tone(tone)
        self._say_notice()
        self._panel.show()

    def hide_notice(self) -> None:
        """Hide the notice."""
        self._panel.hide()

    def add_button(self, which: QDialogButtonBox.StandardButton, *, primary: bool = False) -> QPushButton:
        """Add a button that Qt names. The primary one is what Enter presses."""
        button = self.buttons.addButton(which)
        button.setIcon(QIcon())  # some systems' icons have colours that do not go with ours
        return self.make_primary(button) if primary else button

    def add_row(self, title: QWidget, hint: QWidget, button: QPushButton) -> None:
        """Add words to the body, and beside them the button that does what they speak of."""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addLayout(words, 1)
        row.addWidget(button)
        self.body.addLayout(row)

    @staticmethod
    def make_primary(button: QPushButton) -> QPushButton:
        """Make a button the one that stands out and that Enter presses."""
        button.setDefault(True)
        button.setProperty("kind", "primary")
        # The button box has polished the button already, and a style sheet looks at properties only then.
        button.style().unpolish(button)
        button.style().polish(button)
        return button

    def run(self) -> bool:
        """Show the dialog, wait, and delete it; ``True`` if it was accepted."""
        accepted = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return accepted

    def present(self) -> None:
        """Show the dialog over its window without waiting; it is deleted when it closes."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()

    def setVisible(self, visible: bool) -> None:
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            # Qt would give it two thirds of the screen at most, which is little on a small one.
            self.fit()
        super().setVisible(visible)

    def fit(self) -> None:
        """Take the size that the body asks for now, as far as the screen has room."""
        # What was shown or hidden just now is counted too.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.resize(self.sizeHint().boundedTo(_room(self)))

    def _say_notice(self) -> None:
        self._words.setText(self._said.of(self._language.current) if self._said is not None else "")


class _Page(QScrollArea):
    """A scroll area that prefers the size of its page and scrolls only vertically."""

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def sizeHint(self) -> QSize:
        hint = self._page.sizeHint()
        wish = max(hint.width(), self.fontMetrics().averageCharWidth() * _LINE)
        # The height is that of the lines as they will be: on a narrow screen there are more of them.
        width = min(wish, _room(self).width())
        if not self._page.hasHeightForWidth():
            return QSize(width, hint.height())
        # A scroll bar, once there, stays if the text beside it needs a line more than without it.
        return QSize(width, self._page.heightForWidth(width - self._bar_width()))

    def minimumSizeHint(self) -> QSize:
        # The width is never cut off; the height scrolls.
        width = self._page.minimumSizeHint().width() + self._bar_width()
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt watches the page for its own size, but does not pass on that the page needs more width now.
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _bar_width(self) -> int:
        return self.verticalScrollBar().sizeHint().width()


def _room(widget: QWidget) -> QSize:
    """How large a dialog may be on the screen that it is on."""
    return widget.screen().availableSize() * _MOST_OF_SCREEN
