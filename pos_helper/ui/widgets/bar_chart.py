"""Bars under their words: how often something was met, or how often something helped."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_BAR = 12
"""The height of a bar at normal text size."""


class Bar(NamedTuple):
    """One bar. ``parts`` follow one another in their tones; ``words`` say what they say."""

    label: str
    words: str
    parts: tuple[tuple[Tone, int], ...]

    @property
    def total(self) -> int:
        """How long it is."""
        return sum(length for _, length in self.parts)


class BarChart(QWidget):
    """Bars one below the other, as high as their words need. A screen reader says the words."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._bars: Sequence[Bar] = ()
        self._texts: dict[int, list[LaidOut]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._renew)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars instead."""
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.words}" for bar in bars))
        self._renew()

    def heightForWidth(self, width: int) -> int:
        return round(sum(text.height for text in self._laid_out(width)) + len(self._bars) * self._below)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.scaled(_BAR) * 10, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        longest = max((bar.total for bar in self._bars), default=1)
        height, top = self._theme.scaled(_BAR), 0.0
        for bar, text in zip(self._bars, self._laid_out(self.width()), strict=True):
            text.draw(painter, QPointF(0, top))
            top += text.height + SPACE / 2
            painter.save()
            ends = QPainterPath()
            ends.addRoundedRect(0, top, self.width() * bar.total / longest, height, SPACE / 2, SPACE / 2)
            painter.setClipPath(ends)
            left = 0.0
            for tone, length in bar.parts:
                width = self.width() * length / longest
                painter.fillRect(QRectF(left, top, width, height), self._colour(tone))
                left += width
            painter.restore()
            top += self._below - SPACE / 2
        draw_focus(painter, self, self._theme)
        painter.end()

    def _colour(self, tone: Tone) -> QColor:
        return self._theme.colours.border if tone is Tone.NEUTRAL else self._theme.tint(tone).edge

    @property
    def _below(self) -> float:
        """The height of a bar and the gaps around it."""
        return self._theme.scaled(_BAR) + SPACE * 2

    def _laid_out(self, width: int) -> list[LaidOut]:
        if width not in self._texts:
            texts = [lay_out(self._theme, [self._runs(bar)], width, 0) for bar in self._bars]
            self._texts = {width: texts}
        return self._texts[width]

    def _runs(self, bar: Bar) -> Sequence[Run]:
        colours = self._theme.colours
        return (
            Run(bar.label, Role.BODY, colours.text),
            Run(f"   {bar.words}", Role.CAPTION, colours.muted),
        )

    def _renew(self) -> None:
        self._texts = {}
        self.updateGeometry()
        self.update()


def draw_focus(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    """Frame a picture that the keyboard has come to."""
    if widget.hasFocus():
        painter.setPen(QPen(theme.colours.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), SPACE / 2, SPACE / 2)
