"""Wrapped text for delegates, laid out before painting and kept until something changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from pos_helper.ui.theme import Role, Theme


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph in one place of the type scale and one colour."""

    text: str
    role: Role
    colour: QColor


@dataclass(frozen=True)
class LaidOut:
    """Paragraphs wrapped to a width. ``height`` is in device-independent pixels."""

    paragraphs: tuple[QTextLayout, ...]
    height: float

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Draw all of it with its top left corner at a point."""
        for paragraph in self.paragraphs:
            paragraph.draw(painter, at)


def lay_out(theme: Theme, paragraphs: Sequence[Sequence[Run]], width: float, gap: float) -> LaidOut:
    """Wrap paragraphs to a width, with a gap between them. A word too long for a line is broken."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid_out = []
    top = 0.0
    for runs in paragraphs:
        layout = QTextLayout("".join(run.text for run in runs), theme.font(runs[0].role))
        layout.setTextOption(option)
        layout.setFormats(_formats(theme, runs))
        layout.setCacheEnabled(True)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        laid_out.append(layout)
        top += gap
    return LaidOut(tuple(laid_out), top - gap)


def _formats(theme: Theme, runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
    formats = []
    start = 0
    for run in runs:
        char_format = QTextCharFormat()
        char_format.setFont(theme.font(run.role))
        char_format.setForeground(run.colour)
        piece = QTextLayout.FormatRange()
        # Qt counts UTF-16 units, in which a character beyond the basic plane takes two.
        piece.start, piece.length = start, len(run.text.encode("utf-16-le")) // 2
        piece.format = char_format
        formats.append(piece)
        start += piece.length
    return formats
