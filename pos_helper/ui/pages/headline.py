"""The code and the title of an entry on one baseline, in two sizes, wrapped together."""

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out


class Headline(QLabel):
    """Shows ``code`` big and ``title`` beside it. Its text, for assistive tools, is both."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._code = ""
        self._title = ""
        self._laid_out: dict[int, LaidOut] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        theme.changed.connect(self._forget)

    def show_words(self, code: str, title: str) -> None:
        """Show a code, which may be empty, and a title."""
        if (code, title) != (self._code, self._title):
            self._code, self._title = code, title
            self.setText(f"{code} {title}".strip())
            self._forget()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._lay_out(width).height)

    def sizeHint(self) -> QSize:
        return QSize(SPACE * 40, self.heightForWidth(max(self.width(), SPACE * 40)))

    def minimumSizeHint(self) -> QSize:
        return QSize(SPACE * 10, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        laid_out = self._lay_out(self.width())
        painter = QPainter(self)
        laid_out.draw(painter, QPointF(0, max(0.0, (self.height() - laid_out.height) / 2)))
        painter.end()

    def _lay_out(self, width: int) -> LaidOut:
        # A layout asks for several widths before it settles on one.
        if width not in self._laid_out:
            colour = self._theme.colours.text
            runs = [Run(self._title, Role.TITLE, colour)]
            if self._code:
                runs.insert(0, Run(f"{self._code}  ", Role.DISPLAY, colour))
            self._laid_out[width] = lay_out(self._theme, [runs], width, 0)
        return self._laid_out[width]

    def _forget(self) -> None:
        self._laid_out.clear()
        self.updateGeometry()
        self.update()
