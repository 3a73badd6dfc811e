"""The rows of a checklist: causes, the steps that remedy them, and what keeps the fault away."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pos_helper.domain.cases import Mark
from pos_helper.domain.entries import Side, Step, Tab
from pos_helper.domain.labels import RISK, STEP_RESULT, WHO, duration
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language

AnyIndex = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()


class Kind(Enum):
    """What a row of a checklist is."""

    CAUSE = auto()
    STEP = auto()
    TIPS = auto()
    TIP = auto()


class Row(NamedTuple):
    """One row. ``text`` is ``None`` for the heading above the tips, ``step`` for all but steps."""

    kind: Kind
    text: Text | None
    step: Step | None = None
    side: Side = Side.SHOP


class ChecklistModel(QAbstractListModel):
    """Steps under their causes, with the marks of the case. A tick from a view is only a request."""

    toggled = Signal(str, bool)
    """A view wants a step ticked, or its tick taken back: the step's id, and whether to tick."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: list[Row] = []
        self._marks: Mapping[str, Mark] = {}
        self._unfolded: set[int] = set()

    # --- what is shown ------------------------------------------------------------------------

    def show_causes(self, resolved: ResolvedEntry | None, tab: Tab) -> None:
        """Show one tab of an entry: every cause with its steps, then the tips for later."""
        rows: list[Row] = []
        if resolved is not None:
            for cause in resolved.causes_in(tab):
                rows.append(Row(Kind.CAUSE, cause.text, side=cause.side))
                rows += (_step_row(resolved.steps[step_id]) for step_id in cause.steps)
            tips = [Row(Kind.TIP, tip.text) for tip in resolved.prevention if tip.tab is tab]
            if tips:
                rows += [Row(Kind.TIPS, None), *tips]
        self._reset(rows)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show steps alone, without causes."""
        self._reset([_step_row(step) for step in steps])

    def _reset(self, rows: list[Row]) -> None:
        if not rows and not self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self._unfolded.clear()
        self.endResetModel()

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show what the store has acknowledged. Only rows whose mark differs are drawn again."""
        before, self._marks = self._marks, dict(marks)
        for number, row in enumerate(self._rows):
            if row.step is not None and before.get(row.step.id) != self._marks.get(row.step.id):
                self._row_changed(number)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    # --- what a row holds ---------------------------------------------------------------------

    def row(self, index: AnyIndex) -> Row:
        """The row at a valid index."""
        return self._rows[index.row()]

    def index_of(self, step_id: str) -> QModelIndex:
        """The first row of a step; an invalid index if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.step is not None and row.step.id == step_id:
                return self.index(number)
        return QModelIndex()

    def mark(self, index: AnyIndex) -> Mark | None:
        """The mark of the step at an index, if there is one."""
        step = self.row(index).step
        return self._marks.get(step.id) if step is not None else None

    def is_ticked(self, index: AnyIndex) -> bool:
        """Whether the step at an index was tried, whatever came of it."""
        mark = self.mark(index)
        return mark is not None and mark.result is not None

    def is_unfolded(self, index: AnyIndex) -> bool:
        """Whether the longer explanation of a step is shown."""
        return index.row() in self._unfolded

    def set_unfolded(self, index: AnyIndex, unfolded: bool) -> None:
        """Show or hide the longer explanation of a step that has one."""
        step = self.row(index).step
        if step is None or step.how is None or unfolded == self.is_unfolded(index):
            return
        if unfolded:
            self._unfolded.add(index.row())
        else:
            self._unfolded.discard(index.row())
        self._row_changed(index.row())

    def _row_changed(self, number: int) -> None:
        index = self.index(number)
        self.dataChanged.emit(index, index)

    # --- Qt's side ----------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        match self.row(index).kind:
            case Kind.STEP:
                return usable | Qt.ItemFlag.ItemIsUserCheckable
            case Kind.TIP:
                return usable
            case _:
                # A heading is not enabled, so that the arrow keys pass it by.
                return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(self.row(index))
            case Qt.ItemDataRole.CheckStateRole if self.row(index).kind is Kind.STEP:
                return Qt.CheckState.Checked if self.is_ticked(index) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(index)
            case _:
                return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a tick. Gives ``False``: nothing changes before the store has acknowledged it."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            step = self.row(index).step
            if step is not None:
                # Views hand over a plain int, which equals no member of the enumeration.
                self.toggled.emit(step.id, Qt.CheckState(value) is Qt.CheckState.Checked)
        return False

    def _text(self, row: Row) -> str:
        if row.text is None:
            return self.tr("So that it does not come back")
        return row.text.of(self._language.current)

    def _spoken(self, index: AnyIndex) -> str:
        """A row for a screen reader: all that is painted, in one sentence."""
        row, mark, lang = self.row(index), self.mark(index), self._language.current
        parts = [self._text(row)]
        if row.step is not None:
            parts += [duration(row.step.seconds).of(lang), WHO[row.step.who].of(lang)]
            if row.step.stop is not None:
                parts.append(RISK[row.step.stop.risk].of(lang))
        if mark is not None and mark.result is not None:
            parts.append(STEP_RESULT[mark.result].of(lang))
        if mark is not None and mark.note:
            parts.append(mark.note)
        if row.step is not None and row.step.how is not None and self.is_unfolded(index):
            parts.append(row.step.how.of(lang))
        return ", ".join(parts)

    def _tool_tip(self, index: AnyIndex) -> str | None:
        step, mark = self.row(index).step, self.mark(index)
        if mark is not None and mark.note:
            return mark.note
        if step is not None and step.stop is not None:
            return step.stop.text.of(self._language.current)
        return None


def _step_row(step: Step) -> Row:
    return Row(Kind.STEP, step.text, step)
