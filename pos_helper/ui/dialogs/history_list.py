"""The rows of the history: a thin model and the delegate that paints it."""

from PySide6.QtCore import QRect, QSortFilterProxyModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from pos_helper.domain.cases import CaseSummary
from pos_helper.domain.labels import CASE_STATE
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.local_time import local_time
from pos_helper.ui.widgets.looks import STATE_LOOKS
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run

_ICON = 22

FILTER_ROLE = Qt.ItemDataRole.UserRole
"""Everything that a row can be found by, in both languages."""


class HistoryModel(FlatModel[CaseSummary]):
    """Cases, newest first. The text of a row is the sentence that a screen reader says."""

    def title(self, case: CaseSummary) -> str:
        """What a case was about, in the current language."""
        return " ".join(part for part in (case.code, case.title.of(self._language.current)) if part)

    def detail(self, case: CaseSummary) -> str:
        """When it was, how it stands and how far it came."""
        tried = self.tr("{0} of {1} steps").format(case.tried, case.total)
        state = CASE_STATE[case.state].of(self._language.current)
        return f"{local_time(case.opened_at)} · {state} · {tried}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        case = self.at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.title(case)}, {self.detail(case)}"
        if role == FILTER_ROLE:
            state = CASE_STATE[case.state]
            words = (case.code or "", case.code_shown, case.title.zh, case.title.en, state.zh, state.en)
            return "\n".join((*words, local_time(case.opened_at)))
        return None


class HistoryDelegate(TextRowDelegate[CaseSummary]):
    """Paints a case: its code and title, and below when it was and what came of it."""

    def __init__(
        self, theme: Theme, model: HistoryModel, shown: QSortFilterProxyModel, view: RowList
    ) -> None:
        """``shown`` is the part of the model that the view shows."""
        super().__init__(theme, model, view)
        self._cases = model
        self._shown = shown

    def item(self, index: Index) -> CaseSummary:
        return self._cases.at(self._shown.mapToSource(index))

    def sides(self) -> tuple[float, float]:
        return SPACE * 3 + self._theme.scaled(_ICON), SPACE * 2

    def paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the icon of the outcome."""
        look = STATE_LOOKS[self.item(index).state]
        place = QRect(0, 0, self._theme.scaled(_ICON), self._theme.scaled(_ICON))
        place.moveCenter(option.rect.center())
        place.moveLeft(option.rect.left() + SPACE * 3 // 2)
        painter.drawPixmap(
            place, self._theme.pixmap(look.icon, self._theme.tint(look.tone).edge, place.width())
        )

    def paragraphs(self, item: CaseSummary) -> list[list[Run]]:
        colours = self._theme.colours
        return [
            [Run(self._cases.title(item), Role.STRONG, colours.text)],
            [Run(self._cases.detail(item), Role.CAPTION, colours.muted)],
        ]
