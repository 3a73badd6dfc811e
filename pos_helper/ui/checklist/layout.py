"""Where the parts of a checklist's rows are, measured once for painting, for hitting and for heights."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QFontMetrics

from pos_helper.domain.entries import Side, Step
from pos_helper.domain.labels import RISK, SIDE, STEP_RESULT, WHO, duration
from pos_helper.domain.text import Text
from pos_helper.ui.checklist.model import ChecklistModel, Kind, Row
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.flat_model import Index
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

HALF = SPACE // 2

_MANY_TEXTS = 500
_NARROW_TEXT = 26
"""If fewer characters than this are left for a step's text, time and person stand under it."""


_A_LINE = Text("国A1", "A1")
"""A sample of both scripts: the height of a line depends on them."""


@dataclass(frozen=True)
class Columns:
    """What all rows share, so that they line up. All in device-independent pixels."""

    line: int
    pill: int
    icon: int
    time: int
    who: int
    result: int
    how: int
    narrow: int


@dataclass
class Places:
    """Where the parts of one row are, from the row's own corner. A part that is not shown is null."""

    height: int = 0
    box: QRect = field(default_factory=QRect)
    text_at: QPoint = field(default_factory=QPoint)
    text: LaidOut | None = None
    side: QRect = field(default_factory=QRect)
    how: QRect = field(default_factory=QRect)
    stop: QRect = field(default_factory=QRect)
    helped: QRect = field(default_factory=QRect)
    time: QRect = field(default_factory=QRect)
    who: QRect = field(default_factory=QRect)
    note: QRect = field(default_factory=QRect)
    answer_at: QPoint = field(default_factory=QPoint)
    answer: LaidOut | None = None
    """The longer explanation of how to do a step."""
    result: QRect = field(default_factory=QRect)


class ChecklistLayout(QObject):
    """Lays out the rows of one checklist for any width, in the current fonts and language."""

    def __init__(self, theme: Theme, language: Language, rows: ChecklistModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._rows = rows
        self._texts: dict[tuple[str, Role, bool, int], LaidOut] = {}
        self._places: dict[tuple[int, int], Places] = {}
        self.lean = False
        """Whether time and person are left out, as for the quick steps: all short, all the cashier's."""
        rows.modelReset.connect(self._places.clear)
        rows.dataChanged.connect(self._places.clear)
        self.measure()

    def measure(self) -> None:
        """Measure again what depends on fonts, colours and words."""
        self._texts.clear()
        self._places.clear()
        lang = self._language.current
        body = QFontMetrics(self._theme.font(Role.BODY))
        sample = _A_LINE.of(lang)
        line = round(self._text(sample, Role.BODY, 2 * body.horizontalAdvance(sample)).height)
        self._caption = caption = QFontMetrics(self._theme.font(Role.CAPTION))
        icon = caption.height()

        def widest(words: list[str]) -> int:
            return max(caption.horizontalAdvance(word) for word in words) + 2 * SPACE

        time = widest([duration(seconds).of(lang) for seconds in (59, 59 * 60)]) + icon
        who = widest([word.of(lang) for word in WHO.values()])
        result = max(widest([word.of(lang) for word in STEP_RESULT.values()]) + icon + HALF, TOUCH)
        self.how_word = self.tr("How")
        self.columns = Columns(
            line=line,
            pill=icon + SPACE,
            icon=icon,
            time=time,
            who=who,
            result=result,
            how=caption.horizontalAdvance(self.how_word) + HALF + icon,
            narrow=time + who + result + _NARROW_TEXT * body.averageCharWidth() + 8 * SPACE,
        )

    def places(self, index: Index, width: int) -> Places:
        """Where the parts of a row are in a view of this inner width."""
        # Each row is asked for several times between two changes: for its height, to be painted, to be hit.
        key = (index.row(), width)
        places = self._places.get(key)
        if places is None:
            row = self._rows.at(index)
            step = row.step
            places = self._plain(index, row, width) if step is None else self._step(index, step, width)
            self._places[key] = places
        return places

    def _plain(self, index: Index, row: Row, width: int) -> Places:
        """A heading or a tip: a text, perhaps with a mark before it or a pill after it."""
        columns, places = self.columns, Places()
        heading = row.kind is not Kind.TIP
        left = 2 * SPACE if row.kind is Kind.CAUSE else 3 * SPACE + columns.icon
        room = width - left - 2 * SPACE
        pill = 0
        if row.kind is Kind.TIP:
            zone = self._pill(self._rows.reminding(index), icon=True)
            zone = max(TOUCH, zone)
            places.result = QRect(width - SPACE - zone, 0, zone, max(TOUCH, columns.pill))
            room = places.result.left() - SPACE - left
        if row.side is not Side.SHOP:
            pill = self._pill(SIDE[row.side])
            room -= pill + SPACE
        above = (SPACE if index.row() == 0 else 2 * SPACE) if heading else self._above
        places.box = QRect(2 * SPACE, above, columns.icon, columns.line)
        places.text_at = QPoint(left, above)
        places.text = self._text(self._words(index), Role.STRONG if heading else Role.BODY, room)
        if pill:
            at = left + _last_line(places.text) + SPACE
            places.side = QRect(at, above + (columns.line - columns.pill) // 2, pill, columns.pill)
            places.side.translate(0, round(places.text.height) - columns.line)
        places.height = above + round(places.text.height) + (SPACE if heading else above)
        if row.kind is Kind.TIP:
            places.height = max(TOUCH, places.height)  # half of an odd number of pixels is lost
        return places

    def _step(self, index: Index, step: Step, width: int) -> Places:
        columns, places = self.columns, Places()
        beside = not self.lean and width >= columns.narrow
        below_text = not self.lean and not beside
        above = self._above
        places.box = QRect(2 * SPACE, above, columns.line, columns.line)
        left = places.box.right() + 1 + SPACE + HALF
        end = width - SPACE
        ticked = self._rows.is_ticked(index)
        zone = columns.result if ticked else TOUCH
        places.result = QRect(end - zone, 0, zone, max(TOUCH, columns.pill))
        right = end - columns.result - SPACE
        who = self._pill(WHO[step.who])
        if beside:
            top = above + (columns.line - columns.pill) // 2
            places.who = QRect(right - columns.who, top, who, columns.pill)
            places.time = QRect(places.who.left() - columns.time, top, columns.time, columns.pill)
            right = places.time.left() - SPACE
        room = right - left
        places.text_at = QPoint(left, above)
        places.text = self._text(self._words(index), Role.BODY, room, muted=ticked)
        flow = _Flow(left, right, above + round(places.text.height), columns.line)
        flow.at += _last_line(places.text)
        if step.how is not None:
            places.how = flow.place(columns.how, columns.line)
        if step.stop is not None:
            places.stop = flow.place(self._pill(RISK[step.stop.risk], icon=True), columns.pill)
        if helped := self._rows.what_helped(index):
            wide = columns.icon + SPACE + self._caption.horizontalAdvance(helped)
            places.helped = flow.place(min(wide, room), columns.line)
        if below_text:
            flow.new_line()
            places.time = flow.place(columns.time, columns.pill)
            places.who = flow.place(who, columns.pill)
        below = flow.below
        mark = self._rows.mark(index)
        if mark is not None and mark.note:
            places.note = QRect(left, below + HALF, room, columns.icon + HALF)
            below = places.note.bottom() + 1
        if step.how is not None and self._rows.is_unfolded(index):
            places.answer_at = QPoint(left, below + SPACE)
            places.answer = self._text(step.how.of(self._language.current), Role.BODY, end - left - SPACE)
            below += SPACE + round(places.answer.height)
        places.height = max(TOUCH, below + (above if below == above + columns.line else SPACE + HALF))
        return places

    @property
    def _above(self) -> int:
        """What stands free above a row's first line, so that one line is as high as a finger needs."""
        return max(HALF, (TOUCH - self.columns.line) // 2)

    def _pill(self, word: Text | str, *, icon: bool = False) -> int:
        """The width of a pill around a word."""
        shown = word if isinstance(word, str) else word.of(self._language.current)
        wide = self._caption.horizontalAdvance(shown) + 2 * SPACE
        return wide + self.columns.icon + HALF if icon else wide

    def _words(self, index: Index) -> str:
        return str(self._rows.data(index))

    def _text(self, words: str, role: Role, width: int, *, muted: bool = False) -> LaidOut:
        key = (words, role, muted, width)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) > _MANY_TEXTS:
                self._texts.clear()
            colours = self._theme.colours
            colour = colours.muted if muted else colours.text
            paragraphs = [[Run(line, role, colour)] for line in words.splitlines() or [""]]
            text = self._texts[key] = lay_out(self._theme, paragraphs, width, HALF)
        return text


@dataclass
class _Flow:
    """Small parts set one after the other behind a text, on new lines where they do not fit."""

    left: int
    right: int
    below: int
    """Where the current line ends, from the top of the row."""
    line: int
    at: int = 0

    def place(self, width: int, height: int) -> QRect:
        """Where the next part comes."""
        at = self.at + SPACE if self.at else 0
        if at and self.left + at + width > self.right:
            self.new_line()
            at = 0
        self.at = at + width
        return QRect(self.left + at, self.below - (self.line + height) // 2, width, height)

    def new_line(self) -> None:
        """Go on below."""
        if self.at:
            self.below += self.line + HALF
            self.at = 0


def _last_line(text: LaidOut) -> int:
    """The width of the last line of a text."""
    paragraph = text.paragraphs[-1]
    return round(paragraph.lineAt(paragraph.lineCount() - 1).naturalTextWidth())
