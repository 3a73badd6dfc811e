"""A button that is a small card: a heading that wraps, and under it a smaller line."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.surfaces import Icon, TextLabel

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class CardButton(QPushButton):
    """It says a heading, a detail and something short at its side; Enter and Space press it.

    It is as high as its words need, and as wide as its place.
    """

    reached = Signal()
    """The keyboard has come to it: it shall be in sight."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        role: Role = Role.STRONG,
        detail: Role = Role.CAPTION,
        icon: str = "",
        tone: Tone | None = None,
        has_aside: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)  # so that Enter presses it, outside a dialog too
        if tone is not None:
            self.setProperty("tone", tone.value)
        self._heading = TextLabel(theme, role, self, tone=tone)
        self._detail = TextLabel(theme, detail, self, tone=tone, muted=True)
        self._aside = TextLabel(theme, Role.CAPTION, self, muted=True) if has_aside else None

        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, SPACE)
        grid.setHorizontalSpacing(SPACE * 3 // 2)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        if icon:
            grid.addWidget(Icon(theme, icon, self, tone=tone), 1, 0)
        grid.addWidget(self._heading, 1, 1)
        if self._aside is not None:
            self._aside.setWordWrap(False)
            grid.addWidget(self._aside, 1, 2)
        grid.addWidget(self._detail, 2, 1, 1, 2)
        for row in (0, 3):
            grid.setRowStretch(row, 1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setForegroundRole(QPalette.ColorRole.WindowText)  # as on the page, not as on a button
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, heading: str, detail: str = "", aside: str = "") -> None:
        """Show other words."""
        self._heading.setText(heading)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        if self._aside is not None:
            self._aside.setText(aside)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(", ".join(words for words in (detail, aside) if words))

    def sizeHint(self) -> QSize:
        return self._of_words(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._of_words(super().minimumSizeHint())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.reached.emit()

    def _of_words(self, hint: QSize) -> QSize:
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else hint
