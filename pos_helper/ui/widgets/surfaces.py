"""Toned surfaces, labels and buttons that the window's parts are put together from."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from pos_helper.ui.theme import RADIUS, SPACE, Role, Theme, Tone

# Not ``from PySide6.QtCore import Qt``: the first paint does without its 1,200 names (docs/decisions/012).

EDGE = SPACE // 2
"""The width of the strong strip at the left of a toned surface."""

ICON = 22
"""The size of an icon beside a title, at normal text size."""


def draw_surface(painter: QPainter, area: QRectF, theme: Theme, tone: Tone) -> None:
    """Draw a toned surface: a round fill with the strong strip at its left."""
    tint = theme.tint(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(tint.edge)
    painter.drawRoundedRect(area, RADIUS, RADIUS)
    painter.setClipRect(area.adjusted(EDGE, 0, 0, 0))
    painter.setBrush(tint.fill)
    painter.drawRoundedRect(area, RADIUS, RADIUS)
    painter.restore()


@contextmanager
def batched_layout(layout: QLayout, *inner: QLayout) -> Iterator[None]:
    """Change many parts of a widget, then lay them out, first the layouts of widgets inside it.

    Left to itself Qt lays everything out for each part that comes or goes, and finds only after painting
    that something inside has grown. The widget itself must not be shown meanwhile: Qt tells its layout only
    once, and this one would not hear it.
    """
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        for each in inner:
            each.activate()


def in_short(text: str, most: int) -> str:
    """A text with so many characters at most, and dots in the place of the rest."""
    return text if len(text) <= most else f"{text[:most]}…"


def plain_tip(text: str) -> str:
    """What a tooltip shows as this text. Qt takes what looks like markup for it, with links and pictures."""
    return QtGui.Qt.convertFromPlainText(text) if QtGui.Qt.mightBeRichText(text) else text


def named_button(name: str, parent: QWidget) -> QPushButton:
    """A button that is known by this object name. Its owner says what stands on it."""
    button = QPushButton(parent)
    button.setObjectName(name)
    return button


def word_width(button: QPushButton, word: str) -> int:
    """The width that a button needs with this word on it; ``""`` is its icon alone."""
    text = button.fontMetrics()
    return button.sizeHint().width() + text.size(0, word).width() - text.size(0, button.text()).width()


class TextLabel(QLabel):
    """A label that wraps, shows plain text only and keeps to a place in the type scale.

    It takes the colour of a tone if it stands on a toned surface, or stands back if it is muted.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role,
        parent: QWidget | None = None,
        *,
        tone: Tone | None = None,
        muted: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._tone = tone
        self._muted = muted
        # By its name: the enum would make Python know all names of ``Qt``, which took 10 ms of the start.
        self.setProperty("textFormat", "PlainText")
        self.setWordWrap(True)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def set_tone(self, tone: Tone) -> None:
        """Stand on a surface of another tone."""
        if tone is not self._tone:
            self._tone = tone
            self._colour()

    def _follow_theme(self) -> None:
        if self._role is not Role.BODY:  # the application's own font
            self.setFont(self._theme.font(self._role))
        self._colour()

    def _colour(self) -> None:
        colour = self._theme.colours.muted
        if self._tone is not None:
            colour = self._theme.tint(self._tone).text
        elif not self._muted:
            return  # the application's own colour
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)


class Icon(QLabel):
    """A small picture beside words. It carries no meaning of its own: the words say the same."""

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, *, tone: Tone | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._tone = tone
        self.setAlignment(QtCore.Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()
        theme.changed.connect(self._draw)

    def show_icon(self, name: str, tone: Tone | None) -> None:
        """Show another picture, in the strong shade of a tone or in the accent colour."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self._draw()

    def _draw(self) -> None:
        theme = self._theme
        colour = theme.colours.accent if self._tone is None else theme.tint(self._tone).text
        self.setPixmap(theme.pixmap(self._name, colour, theme.scaled(ICON)))


class TonePanel(QFrame):
    """A surface whose colour has a meaning. What stands on it is told the tone by its owner."""

    def __init__(self, theme: Theme, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        theme.changed.connect(self.update)

    @property
    def tone(self) -> Tone:
        """What the colour means now."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Change the meaning of the surface."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_surface(painter, QRectF(self.rect()), self._theme, self._tone)
        painter.end()


class Chip(QLabel):
    """A short word on a small round surface. It never wraps."""

    def __init__(self, theme: Theme, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = tone
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._follow_theme()
        theme.changed.connect(self._follow_theme)

    def show_word(self, word: str, tone: Tone) -> None:
        """Show a word in a tone."""
        self.setText(word)
        if tone is not self._tone:
            self._tone = tone
            self._follow_theme()

    def _follow_theme(self) -> None:
        self.setFont(self._theme.font(Role.CAPTION))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.tint(self._tone).text)
        self.setPalette(palette)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._tone).fill)
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.end()
        super().paintEvent(event)
