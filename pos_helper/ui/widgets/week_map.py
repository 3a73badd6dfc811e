"""The week as squares: one for each weekday and hour, in a stronger colour the more happened then."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.bar_chart import draw_focus
from pos_helper.ui.widgets.retranslated import Retranslated

_DAYS = range(7)
_GAP = SPACE // 2
_LOW, _WIDE = 26, 56
"""The height and the greatest width of a square at normal text size."""


class WeekMap(Retranslated, QWidget):
    """Weekdays from Monday down, the hours of the day across, with numbers where there is room."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self._counts: Mapping[tuple[int, int], int] = {}
        self._hours: Sequence[int] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def show_counts(self, counts: Mapping[tuple[int, int], int], hours: Sequence[int]) -> None:
        """Show how much happened by weekday (0: Monday) and hour, in these hours."""
        self._counts, self._hours = counts, hours
        self.retranslate()

    def retranslate(self) -> None:
        days = (self._of_day(day) for day in _DAYS)
        self.setAccessibleDescription("; ".join(words for words in days if words))
        self._renew()

    def _of_day(self, day: int) -> str:
        """What a screen reader says of a day."""
        counts = ((hour, self._counts.get((day, hour))) for hour in self._hours)
        hours = [f"{hour}:00 {count}" for hour, count in counts if count]
        return f"{_day_name(day, QLocale.FormatType.LongFormat)}: {', '.join(hours)}" if hours else ""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        low = self._theme.scaled(_LOW)
        return QSize(self._side + low * 4, (low + _GAP) * len(_DAYS) + self._line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(Role.CAPTION))
        room = (self.width() - self._side) / max(1, len(self._hours))
        size = QRectF(0, 0, min(room, self._theme.scaled(_WIDE)) - _GAP, self._theme.scaled(_LOW))
        for day in _DAYS:
            top = day * (size.height() + _GAP)
            painter.setPen(self._theme.colours.muted)
            name = QRectF(0, top, self._side, size.height())
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, _day_name(day))
            for number, hour in enumerate(self._hours):
                place = size.translated(self._side + number * (size.width() + _GAP), top)
                self._draw_square(painter, place, self._counts.get((day, hour), 0))
        self._draw_hours(painter, size.width() + _GAP, self.height() - self._line)
        draw_focus(painter, self, self._theme)
        painter.end()

    def _draw_square(self, painter: QPainter, place: QRectF, count: int) -> None:
        colours = self._theme.colours
        most = max(self._counts.values(), default=1)
        ground = self._theme.tint(Tone.NEUTRAL).fill
        colour = _between(ground, colours.accent, 0.2 + 0.8 * count / most) if count else ground
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(place, _GAP, _GAP)
        if count and painter.fontMetrics().horizontalAdvance(str(count)) <= place.width():
            painter.setPen(max(colours.text, colours.on_accent, key=lambda each: _contrast(each, colour)))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(count))

    def _draw_hours(self, painter: QPainter, step: float, top: float) -> None:
        """Name as many hours as there is room for."""
        painter.setPen(self._theme.colours.muted)
        wide = painter.fontMetrics().horizontalAdvance("23:00") + SPACE
        every = max(1, -int(-wide // step))
        fitting = int((self.width() - self._side - wide + SPACE) / step) + 1
        for number in range(0, min(len(self._hours), max(1, fitting)), every):
            place = QRectF(self._side + number * step, top, wide, self._line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"{self._hours[number]}:00")

    @property
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font(Role.CAPTION))

    @property
    def _side(self) -> int:
        """The width of the names of the days."""
        return max(self._metrics.horizontalAdvance(_day_name(day)) for day in _DAYS) + SPACE

    @property
    def _line(self) -> int:
        return self._metrics.height() + _GAP

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def _day_name(day: int, form: QLocale.FormatType = QLocale.FormatType.ShortFormat) -> str:
    return QLocale().standaloneDayName(day + 1, form)


def _between(first: QColor, second: QColor, share: float) -> QColor:
    pairs = zip(_rgb(first), _rgb(second), strict=True)
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _contrast(first: QColor, second: QColor) -> float:
    return abs(first.lightnessF() - second.lightnessF())
