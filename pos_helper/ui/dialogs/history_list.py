"""The rows of the history: a thin model and the delegate that paints it."""

from datetime import datetime

from PySide6.QtCore import (
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_helper.domain.cases import CaseState, CaseSummary
from pos_helper.domain.labels import CASE_STATE
from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Role, Theme, Tone
from pos_helper.ui.widgets.flat_model import FlatModel
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_Index = QModelIndex | QPersistentModelIndex
_ICON = 22

FILTER_ROLE = Qt.ItemDataRole.UserRole
"""Everything that a row can be found by, in both languages."""

_LOOKS = {
    CaseState.OPEN: ("clock", Tone.WARN),
    CaseState.SOLVED: ("resolved", Tone.GOOD),
    CaseState.HANDED_OVER: ("handed-over", Tone.INFO),
}


class HistoryModel(FlatModel[CaseSummary]):
    """Cases, newest first. The text of a row is the sentence that a screen reader says."""

    def title(self, case: CaseSummary) -> str:
        """What a case was about, in the language of the moment."""
        return " ".join(part for part in (case.code, case.title.of(self._language.current)) if part)

    def detail(self, case: CaseSummary) -> str:
        """When it was, how it stands and how far it came."""
        tried = self.tr("{0} of {1} steps").format(case.tried, case.total)
        state = CASE_STATE[case.state].of(self._language.current)
        return f"{local_time(case.opened_at)} · {state} · {tried}"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
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


class HistoryDelegate(QStyledItemDelegate):
    """Paints a case: its code and title, and below when it was and what came of it."""

    def __init__(
        self, theme: Theme, model: HistoryModel, shown: QSortFilterProxyModel, view: RowList
    ) -> None:
        """``shown`` is the part of the model that the view shows."""
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._shown = shown
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        text = self._text(index)
        return QSize(TOUCH, max(TOUCH, round(text.height) + 2 * SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, colours = self._theme, self._theme.colours
        area = QRectF(option.rect).adjusted(SPACE / 2, 1, -SPACE / 2, -1)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colours.accent, 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if selected else theme.tint(Tone.NEUTRAL).fill)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        icon, tone = _LOOKS[self._model.at(self._shown.mapToSource(index)).state]
        size = theme.scaled(_ICON)
        at = QPointF(area.left() + SPACE, area.center().y() - size / 2)
        painter.drawPixmap(at, theme.pixmap(icon, theme.tint(tone).edge, size))
        text = self._text(index)
        text.draw(painter, QPointF(area.left() + 2.5 * SPACE + size, area.center().y() - text.height / 2))
        painter.restore()

    def _text(self, index: _Index) -> LaidOut:
        case = self._model.at(self._shown.mapToSource(index))
        colours = self._theme.colours
        title = [Run(self._model.title(case), Role.STRONG, colours.text)]
        detail = [Run(self._model.detail(case), Role.CAPTION, colours.muted)]
        room = self._view.row_width - self._theme.scaled(_ICON) - 5 * SPACE
        return lay_out(self._theme, [title, detail], room, SPACE / 4)


def local_time(at: datetime) -> str:
    """A time as the locale of the moment writes it, in the time zone of this computer."""
    moment = QDateTime.fromSecsSinceEpoch(round(at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
