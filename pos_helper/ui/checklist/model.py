"""The rows of a checklist: causes, the steps that remedy them, and what keeps the fault away."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from pos_helper.domain.cases import Mark, Reminder, StepHistory
from pos_helper.domain.entries import Side, Step, Tab, Tip
from pos_helper.domain.labels import RISK, STEP_RESULT, WHO, duration, rhythm, what_helped
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.surfaces import plain_tip


class Kind(Enum):
    """What a row of a checklist is."""

    CAUSE = auto()
    STEP = auto()
    TIPS = auto()
    TIP = auto()


class Row(NamedTuple):
    """One row. ``text`` is ``None`` for the heading above the tips; only a step and a tip have theirs."""

    kind: Kind
    text: Text | None
    step: Step | None = None
    side: Side = Side.SHOP
    tip: Tip | None = None


class ChecklistModel(FlatModel[Row]):
    """Steps under their causes, with the marks of the case. A tick from a view is only a request."""

    toggled = Signal(str, bool)
    """A view wants a step ticked, or its tick taken back: the step's id, and whether to tick."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(language, parent)
        self._marks: Mapping[str, Mark] = {}
        self._histories: Mapping[str, StepHistory] = {}
        self._reminders: Mapping[str, Reminder] = {}
        self._unfolded: set[int] = set()

    # --- what is shown ------------------------------------------------------------------------

    def show_causes(self, resolved: ResolvedEntry | None, tab: Tab) -> None:
        """Show one tab of an entry: every cause with its steps, then the tips for later."""
        rows: list[Row] = []
        if resolved is not None:
            for cause in resolved.causes_in(tab):
                rows.append(Row(Kind.CAUSE, cause.text, side=cause.side))
                rows += (_step_row(resolved.steps[step_id]) for step_id in cause.steps)
            tips = [Row(Kind.TIP, tip.text, tip=tip) for tip in resolved.prevention if tip.tab is tab]
            if tips:
                rows += [Row(Kind.TIPS, None), *tips]
        self._reset(rows)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show steps alone, without causes."""
        self._reset([_step_row(step) for step in steps])

    def _reset(self, rows: list[Row]) -> None:
        if not rows and not self._rows:
            return
        self._unfolded.clear()
        self.show_rows(rows)

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show what the store has acknowledged. Only rows whose mark differs are drawn again."""
        before, self._marks = self._marks, dict(marks)
        for number, row in enumerate(self._rows):
            if row.step is not None and before.get(row.step.id) != self._marks.get(row.step.id):
                self._row_changed(number)

    def set_histories(self, histories: Mapping[str, StepHistory]) -> None:
        """Show what each step did in this shop."""
        before, self._histories = self._histories, histories
        for number, row in enumerate(self._rows):
            if row.step is not None and before.get(row.step.id) != histories.get(row.step.id):
                self._row_changed(number)

    def set_reminders(self, reminders: Mapping[str, Reminder]) -> None:
        """Show which tips are reminded of, and how often."""
        before, self._reminders = self._reminders, reminders
        for number, row in enumerate(self._rows):
            if row.tip is not None and before.get(row.tip.id) != reminders.get(row.tip.id):
                self._row_changed(number)

    # --- what a row holds ---------------------------------------------------------------------

    def index_of(self, step_id: str) -> QModelIndex:
        """The first row of a step; an invalid index if it is not shown."""
        for number, row in enumerate(self._rows):
            if row.step is not None and row.step.id == step_id:
                return self.index(number)
        return QModelIndex()

    def mark(self, index: Index) -> Mark | None:
        """The mark of the step at an index, if there is one."""
        step = self.at(index).step
        return self._marks.get(step.id) if step is not None else None

    def is_ticked(self, index: Index) -> bool:
        """Whether the step at an index was tried, whatever came of it."""
        mark = self.mark(index)
        return mark is not None and mark.result is not None

    def what_helped(self, index: Index) -> str:
        """What the step at an index did in this shop; empty if that says nothing."""
        step = self.at(index).step
        words = what_helped(step, self._histories.get(step.id)) if step is not None else None
        return words.of(self._language.current) if words is not None else ""

    def helps_often(self, index: Index) -> bool:
        """Whether the step at an index often helped in this shop."""
        step = self.at(index).step
        history = self._histories.get(step.id) if step is not None else None
        return history is not None and history.helps_often

    def reminder(self, index: Index) -> Reminder | None:
        """The reminder of the tip at an index, if there is one."""
        tip = self.at(index).tip
        return self._reminders.get(tip.id) if tip is not None else None

    def reminding(self, index: Index) -> str:
        """What stands on the button of the tip at an index: how often it is reminded of, or the offer."""
        reminder = self.reminder(index)
        return rhythm(reminder.every).of(self._language.current) if reminder else self.tr("Remind me...")

    def is_unfolded(self, index: Index) -> bool:
        """Whether the longer explanation of a step is shown."""
        return index.row() in self._unfolded

    def set_unfolded(self, index: Index, unfolded: bool) -> None:
        """Show or hide the longer explanation of a step that has one."""
        step = self.at(index).step
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

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            match self.at(index).kind:
                case Kind.STEP:
                    flags |= Qt.ItemFlag.ItemIsUserCheckable
                case Kind.CAUSE | Kind.TIPS:
                    # A heading is not enabled, so that the arrow keys pass it by.
                    flags = Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(self.at(index))
            case Qt.ItemDataRole.CheckStateRole if self.at(index).kind is Kind.STEP:
                return Qt.CheckState.Checked if self.is_ticked(index) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tool_tip(index)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a tick. Gives ``False``: nothing changes before the store has acknowledged it."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            step = self.at(index).step
            if step is not None:
                # Views hand over a plain int, which equals no member of the enumeration.
                self.toggled.emit(step.id, Qt.CheckState(value) is Qt.CheckState.Checked)
        return False

    def _text(self, row: Row) -> str:
        if row.text is None:
            return self.tr("So that it does not come back")
        return row.text.of(self._language.current)

    def _spoken(self, index: Index) -> str:
        """A row for a screen reader: all that is painted, in one sentence."""
        row, mark, lang = self.at(index), self.mark(index), self._language.current
        parts = [self._text(row)]
        if row.step is not None:
            parts += [duration(row.step.seconds).of(lang), WHO[row.step.who].of(lang)]
            if row.step.stop is not None:
                parts.append(RISK[row.step.stop.risk].of(lang))
            if helped := self.what_helped(index):
                parts.append(helped)
        if row.tip is not None:
            parts.append(self.reminding(index))
        if mark is not None and mark.result is not None:
            parts.append(STEP_RESULT[mark.result].of(lang))
        if mark is not None and mark.note:
            parts.append(mark.note)
        if row.step is not None and row.step.how is not None and self.is_unfolded(index):
            parts.append(row.step.how.of(lang))
        return ", ".join(parts)

    def _tool_tip(self, index: Index) -> str | None:
        step, mark = self.at(index).step, self.mark(index)
        if mark is not None and mark.note:
            return plain_tip(mark.note)
        if step is not None and step.stop is not None:
            return plain_tip(step.stop.text.of(self._language.current))
        return None


def _step_row(step: Step) -> Row:
    return Row(Kind.STEP, step.text, step)
