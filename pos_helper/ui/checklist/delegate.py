"""How the rows of a checklist are painted and what a point of them hits."""

from enum import Enum, auto

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from pos_helper.domain.cases import StepResult
from pos_helper.domain.entries import Step, Who
from pos_helper.domain.labels import RISK, SIDE, STEP_RESULT, WHO, duration
from pos_helper.ui.checklist.layout import HALF, ChecklistLayout, Places
from pos_helper.ui.checklist.model import ChecklistModel, Kind, Row
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Role, Theme, Tone
from pos_helper.ui.widgets.flat_model import Index
from pos_helper.ui.widgets.row_list import RowDelegate, RowList
from pos_helper.ui.widgets.row_text import LaidOut

_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_RESULT_TONE = {
    StepResult.HELPED: Tone.GOOD,
    StepResult.NO_CHANGE: Tone.NEUTRAL,
    StepResult.COULD_NOT: Tone.WARN,
    StepResult.NOT_APPLICABLE: Tone.NEUTRAL,
}


class RowPart(Enum):
    """What a point of a row belongs to."""

    ROW = auto()
    HOW = auto()
    RESULT = auto()


class ChecklistDelegate(RowDelegate):
    """Paints causes, steps and tips with the theme's fonts, colours and icons."""

    def __init__(self, theme: Theme, language: Language, rows: ChecklistModel, view: RowList) -> None:
        super().__init__(theme, view)
        self._language = language
        self._rows = rows
        self._layout = ChecklistLayout(theme, language, rows, self)

    def leave_out_time_and_person(self) -> None:
        """Paint lean rows: only what to do, and what came of it."""
        self._layout.lean = True

    def forget(self) -> None:
        self._layout.measure()

    # --- size and hits ------------------------------------------------------------------------

    def height(self, index: Index, width: int) -> int:
        return self._layout.places(index, width).height

    def part_at(self, index: Index, rect: QRect, at: QPoint) -> RowPart:
        """What a point of the view hits in the row that is shown at ``rect``."""
        places = self._layout.places(index, self._view.row_width)
        point = at - rect.topLeft()
        if places.result.contains(point):
            return RowPart.RESULT
        return RowPart.HOW if _touchable(places.how).contains(point) else RowPart.ROW

    def part_rect(self, index: Index, rect: QRect, part: RowPart) -> QRect:
        """Where a part of the row that is shown at ``rect`` is; the box that is ticked for the row itself."""
        places = self._layout.places(index, self._view.row_width)
        found = {RowPart.ROW: places.box, RowPart.HOW: places.how, RowPart.RESULT: places.result}[part]
        return found.translated(rect.topLeft())

    # --- paint --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._rows.at(index)
        rect = QRect(option.rect.topLeft(), QSize(self._view.row_width, option.rect.height()))
        places = self._layout.places(index, self._view.row_width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        if row.kind is Kind.STEP and index.row() > 0:
            painter.setPen(self._theme.colours.border)
            painter.drawLine(places.box.left(), 0, rect.width() - SPACE, 0)
        if row.kind in (Kind.STEP, Kind.TIP):
            self.paint_ground(painter, option.state, QRect(QPoint(), rect.size()))
        if row.step is not None:
            self._paint_step(painter, index, row.step, places)
        else:
            self._paint_plain(painter, index, row, places)
        painter.restore()

    def _paint_plain(self, painter: QPainter, index: Index, row: Row, places: Places) -> None:
        if row.kind is Kind.TIPS:
            self._draw_icon(painter, "tip", self._theme.tint(Tone.GOOD).edge, places.box)
        elif row.kind is Kind.TIP:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colours.muted)
            painter.drawEllipse(QPointF(places.box.center()), HALF / 2, HALF / 2)
            tone = Tone.INFO if self._rows.reminder(index) else Tone.NEUTRAL
            self._paint_button(painter, places.result, self._rows.reminding(index), tone)
        _draw_text(painter, places.text, places.text_at)
        if not places.side.isNull():
            self._draw_pill(painter, places.side, SIDE[row.side].of(self._language.current), Tone.INFO)

    def _paint_step(self, painter: QPainter, index: Index, step: Step, places: Places) -> None:
        lang = self._language.current
        mark = self._rows.mark(index)
        result = mark.result if mark is not None else None
        self._paint_box(painter, places.box, result)
        _draw_text(painter, places.text, places.text_at)
        if not places.how.isNull():
            self._paint_how(painter, places.how, self._rows.is_unfolded(index))
        if step.stop is not None:
            self._draw_pill(painter, places.stop, RISK[step.stop.risk].of(lang), Tone.BAD, "stop-sign")
        if not places.helped.isNull():
            tint = self._theme.tint(Tone.GOOD if self._rows.helps_often(index) else Tone.NEUTRAL)
            self._draw_line(
                painter, places.helped, self._rows.what_helped(index), tint.text, "history", tint.edge
            )
        if not places.time.isNull():
            muted = self._theme.colours.muted
            self._draw_line(painter, places.time, duration(step.seconds).of(lang), muted, "clock", muted)
            tone = Tone.NEUTRAL if step.who is Who.CASHIER else Tone.INFO
            self._draw_pill(painter, places.who, WHO[step.who].of(lang), tone)
        if mark is not None and mark.note:
            tint = self._theme.tint(Tone.NEUTRAL)
            self._draw_line(painter, places.note, " ".join(mark.note.split()), tint.text, "note", tint.edge)
        _draw_text(painter, places.answer, places.answer_at)
        self._paint_result(painter, places.result, result)

    def _paint_box(self, painter: QPainter, box: QRect, result: StepResult | None) -> None:
        colours = self._theme.colours
        if result is None:
            painter.setPen(QPen(self._theme.tint(Tone.NEUTRAL).edge, 2))
            painter.setBrush(colours.surface)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            helped = result is StepResult.HELPED
            painter.setBrush(self._theme.tint(Tone.GOOD).edge if helped else colours.accent)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), HALF, HALF)
        if result is not None:
            self._draw_icon(painter, "check", colours.on_accent, box, box.width() - HALF)

    def _paint_how(self, painter: QPainter, area: QRect, unfolded: bool) -> None:
        colour = self._theme.colours.accent
        self._draw_line(painter, area, self._layout.how_word, colour)
        arrow = area.adjusted(area.width() - self._layout.columns.icon, 0, 0, 0)
        self._draw_icon(painter, "chevron-up" if unfolded else "chevron-down", colour, arrow)

    def _paint_result(self, painter: QPainter, zone: QRect, result: StepResult | None) -> None:
        """The button at the end of a row: three dots before the tick, the result after it."""
        columns = self._layout.columns
        if result is None:
            self._draw_icon(painter, "more", self._theme.colours.muted, zone, columns.pill)
            return
        words = STEP_RESULT[result].of(self._language.current)
        self._paint_button(painter, zone, words, _RESULT_TONE[result])

    def _paint_button(self, painter: QPainter, zone: QRect, word: str, tone: Tone) -> None:
        """A word on a pill that opens a menu."""
        columns, tint = self._layout.columns, self._theme.tint(tone)
        pill = QRect(0, 0, zone.width(), columns.pill)
        pill.moveCenter(zone.center())
        painter.setPen(QPen(tint.edge, 1))
        painter.setBrush(tint.fill)
        painter.drawRoundedRect(pill, RADIUS, RADIUS)
        words = pill.adjusted(SPACE, 0, -SPACE, 0)
        self._draw_line(painter, words, word, tint.text)
        self._draw_icon(
            painter, "chevron-down", tint.text, words.adjusted(words.width() - columns.icon, 0, 0, 0)
        )

    # --- small things -------------------------------------------------------------------------

    def _draw_pill(self, painter: QPainter, area: QRect, word: str, tone: Tone, icon: str = "") -> None:
        tint = self._theme.tint(tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint.fill)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        if icon:
            self._draw_line(painter, area.adjusted(SPACE, 0, 0, 0), word, tint.text, icon, tint.edge)
        else:
            painter.setFont(self._theme.font(Role.CAPTION))
            painter.setPen(tint.text)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word)

    def _draw_line(
        self,
        painter: QPainter,
        area: QRect,
        words: str,
        colour: QColor,
        icon: str = "",
        icon_colour: QColor | None = None,
    ) -> None:
        """Draw small words on one line, after an icon if there is one; too long a line ends in dots."""
        if icon:
            size = self._layout.columns.icon
            self._draw_icon(
                painter, icon, icon_colour or colour, QRect(area.left(), area.top(), size, area.height())
            )
            area = area.adjusted(size + HALF, 0, 0, 0)
        painter.setFont(self._theme.font(Role.CAPTION))
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _BESIDE, shown)

    def _draw_icon(self, painter: QPainter, name: str, colour: QColor, area: QRect, size: int = 0) -> None:
        """Draw an icon in the middle of an area."""
        size = size or self._layout.columns.icon
        place = QRect(0, 0, size, size)
        place.moveCenter(area.center())
        painter.drawPixmap(place, self._theme.pixmap(name, colour, size))


def _draw_text(painter: QPainter, text: LaidOut | None, at: QPoint) -> None:
    if text is not None:
        text.draw(painter, QPointF(at))


def _touchable(rect: QRect) -> QRect:
    """A painted part, grown to what a finger can hit."""
    if rect.isNull():
        return rect
    wide, high = max(0, TOUCH - rect.width()), max(0, TOUCH - rect.height())
    return rect.adjusted(-wide // 2, -high // 2, wide // 2, high // 2)
