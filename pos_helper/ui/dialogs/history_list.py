"""The rows of the history: cases under the days on which they were opened, and how they are painted."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from pos_helper.domain.cases import CaseSummary
from pos_helper.domain.entries import MachineKind
from pos_helper.domain.labels import CASE_STATE
from pos_helper.domain.machines import machine_name
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.local_time import local_day, local_time, time_of_day
from pos_helper.ui.widgets.looks import STATE_LOOKS
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run

_ICON = 22

_AT_FIRST = 12
"""So many rows are laid out at once, and as many again as there are when the end is reached.

Ten thousand would have to be laid out anew at each key.
"""


_ROOT = QModelIndex()

HistoryRow = CaseSummary | date
"""A case, or the heading of a day."""


class HistoryModel(FlatModel[HistoryRow]):
    """Cases, newest first, under their days. The text of a row is what a screen reader says.

    A view is given more rows when it asks for them.
    """

    def __init__(
        self,
        language: Language,
        kinds: Sequence[MachineKind],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(language, parent)
        self._kinds = kinds
        self._now = now
        self._cases: list[CaseSummary] = []
        self._taken = 0
        self._last_day: date | None = None
        self._shown: list[HistoryRow] = []

    @property
    def found(self) -> int:
        """How many cases there are, those included that no view has asked for yet."""
        return len(self._cases)

    def show_cases(self, cases: Sequence[CaseSummary]) -> None:
        """Show these cases instead."""
        self._cases, self._taken, self._last_day = list(cases), 0, None
        self._shown = list(self._next_rows())
        self.show_rows(self._shown)

    def add_cases(self, cases: Sequence[CaseSummary]) -> None:
        """Show these older cases too."""
        is_at_end = not self.canFetchMore()
        self._cases += cases
        if is_at_end:
            self.fetchMore()

    def remove_case(self, case_id: int) -> None:
        """Show a case no more, nor its day if it was the only one that is shown under it."""
        number = next((number for number, case in enumerate(self._cases) if case.id == case_id), None)
        if number is None:
            return
        case = self._cases.pop(number)
        if number >= self._taken:
            return
        self._taken -= 1
        shown = self._shown
        first = last = shown.index(case)
        is_last_of_day = last + 1 == len(shown) or isinstance(shown[last + 1], date)
        if is_last_of_day and isinstance(shown[first - 1], date):
            first -= 1
        self.beginRemoveRows(_ROOT, first, last)
        del shown[first : last + 1]
        self.endRemoveRows()
        # Cases of that day that no view has asked for yet bring its heading again.
        self._last_day = next((row for row in reversed(shown) if isinstance(row, date)), None)
        if self._taken < _AT_FIRST:
            self.fetchMore()

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> bool:
        return self._taken < len(self._cases)

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> None:
        if more := list(self._next_rows()):
            self.beginInsertRows(_ROOT, len(self._shown), len(self._shown) + len(more) - 1)
            self._shown += more
            self.endInsertRows()

    def _next_rows(self) -> Iterator[HistoryRow]:
        more = self._cases[self._taken : self._taken + max(_AT_FIRST, self._taken)]
        for case in more:
            day = case.opened_at.astimezone().date()
            if day != self._last_day:
                self._last_day = day
                yield day
            yield case
        self._taken += len(more)

    # --- words --------------------------------------------------------------------------------

    def title(self, case: CaseSummary) -> str:
        """What a case was about, in the current language."""
        return " ".join(part for part in (case.code, case.title.of(self._language.current)) if part)

    def detail(self, case: CaseSummary, when: str) -> str:
        """When it was, how it stands, how far it came, and where."""
        if case.is_damaged:
            return when
        lang = self._language.current
        tried = self.tr("{0} of {1} steps").format(case.tried, case.total)
        machine = machine_name(case.machine, self._kinds).of(lang) if case.machine else ""
        parts = (when, CASE_STATE[case.state].of(lang), tried, machine, case.ticket)
        return " · ".join(part for part in parts if part)

    def day(self, day: date) -> str:
        """The heading of a day."""
        today = self._now().astimezone().date()
        if day == today:
            return self.tr("Today")
        return self.tr("Yesterday") if day == today - timedelta(days=1) else local_day(day)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.at(index)
        if isinstance(row, date):
            return self.day(row)
        return f"{self.title(row)}, {self.detail(row, local_time(row.opened_at))}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_heading = index.isValid() and isinstance(self.at(index), date)
        return Qt.ItemFlag.ItemNeverHasChildren if is_heading else super().flags(index)


class HistoryDelegate(TextRowDelegate[HistoryRow]):
    """Paints a case: its code and title, and below when it was and what came of it."""

    def __init__(self, theme: Theme, model: HistoryModel, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._history = model

    def sides(self) -> tuple[float, float]:
        return SPACE * 3 + self._theme.scaled(_ICON), SPACE * 2

    def paint_ground(self, painter: QPainter, state: QStyle.StateFlag, row: QRect) -> None:
        if state & QStyle.StateFlag.State_Enabled:  # a heading cannot be chosen
            super().paint_ground(painter, state, row)

    def paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the icon of the outcome, on the line that leads from case to case."""
        item = self.item(index)
        if isinstance(item, date):
            return
        look = STATE_LOOKS[item.state]
        place = QRect(0, 0, self._theme.scaled(_ICON), self._theme.scaled(_ICON))
        place.moveCenter(option.rect.center())
        place.moveLeft(option.rect.left() + SPACE * 3 // 2)
        middle = place.center().x() + 0.5
        painter.setPen(self._theme.colours.border)
        for top, bottom in ((option.rect.top(), place.top()), (place.bottom() + 1, option.rect.bottom() + 1)):
            painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
        painter.drawPixmap(
            place, self._theme.pixmap(look.icon, self._theme.tint(look.tone).edge, place.width())
        )

    def paragraphs(self, item: HistoryRow) -> list[list[Run]]:
        colours = self._theme.colours
        if isinstance(item, date):
            return [[Run(self._history.day(item), Role.STRONG, colours.muted)]]
        detail = self._history.detail(item, time_of_day(item.opened_at))
        return [
            [Run(self._history.title(item), Role.STRONG, colours.text)],
            [Run(detail, Role.CAPTION, colours.muted)],
        ]
