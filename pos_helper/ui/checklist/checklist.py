"""The checklist: causes as headings, remedies to tick, each with its result and note."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from pos_helper.domain.cases import Mark, Reminder, StepHistory, StepResult
from pos_helper.domain.entries import Step, Tab
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.checklist.delegate import ChecklistDelegate, RowPart
from pos_helper.ui.checklist.model import ChecklistModel
from pos_helper.ui.checklist.step_menu import StepMenu
from pos_helper.ui.checklist.tip_menu import TipMenu
from pos_helper.ui.dialogs.stop_sign import AskStopSign, StopSignDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Theme
from pos_helper.ui.widgets.row_list import RowList


class Checklist(RowList):
    """Steps to tick. It only asks: a tick is shown once ``set_marks`` brings it back.

    Mouse or touch on a row, or Space, ticks it; the field at its end, Enter or the menu key opens its
    results, note and explanation; the arrow keys right and left unfold and fold the explanation.
    A risky step shows its stop sign before it can be ticked.
    """

    tick_requested = Signal(str, bool)
    """A step's id, and whether to tick it."""
    result_requested = Signal(str, object)
    """A step's id and its ``StepResult``."""
    note_requested = Signal(str)
    """The id of the step whose note is to be edited."""
    reminder_requested = Signal(object, object)
    """A ``Tip``, and every how many days to be reminded of it; ``None`` for no more."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
        ask_stop_sign: AskStopSign = StopSignDialog.ask,
    ) -> None:
        super().__init__(theme, parent)
        self.setObjectName("checklist")
        self.setProperty("kind", "plain")
        self._theme = theme
        self._language = language
        self._ask_stop_sign = ask_stop_sign
        self._pressed = QPoint()
        self._rows = ChecklistModel(language, self)
        self._rows.toggled.connect(self._request_tick)
        self._painter = ChecklistDelegate(theme, language, self._rows, self)
        self.show_model(self._rows, self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.retranslate()

    # --- what is shown ------------------------------------------------------------------------

    def show_causes(self, resolved: ResolvedEntry | None, tab: Tab) -> None:
        """Show one tab of an entry, or nothing."""
        self._rows.show_causes(resolved, tab)
        self.scrollToTop()

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show steps alone, without headings, times and persons, as high as their rows need."""
        self._painter.leave_out_time_and_person()
        self.fit_rows()
        self._rows.show_steps(steps)

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show what the store has acknowledged."""
        self._rows.set_marks(marks)

    def set_histories(self, histories: Mapping[str, StepHistory]) -> None:
        """Show what each step did in this shop."""
        self._rows.set_histories(histories)

    def set_reminders(self, reminders: Mapping[str, Reminder]) -> None:
        """Show which tips are reminded of, and how often."""
        self._rows.set_reminders(reminders)

    def retranslate(self) -> None:
        super().retranslate()
        self.setAccessibleName(self.tr("Checklist"))

    # --- requests -----------------------------------------------------------------------------

    def _request_tick(self, step_id: str, ticked: bool) -> None:
        if not ticked or self._may_tick(step_id):
            self.tick_requested.emit(step_id, ticked)

    def _may_tick(self, step_id: str) -> bool:
        """Whether the stop sign of a step, if it has one and is not ticked, has been read just now."""
        index = self._rows.index_of(step_id)
        if not index.isValid():
            return False
        step = self._rows.at(index).step
        if step is None or step.stop is None or self._rows.is_ticked(index):
            return True
        return self._ask_stop_sign(self._theme, self._language, step, self)

    def _toggle(self, index: QModelIndex) -> None:
        step = self._rows.at(index).step
        if step is not None:
            self._request_tick(step.id, not self._rows.is_ticked(index))

    # --- mouse, touch and keys ----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if (
            event.button() != Qt.MouseButton.LeftButton
            or not index.isValid()
            or index != self.indexAt(self._pressed)
        ):
            return
        match self._painter.part_at(index, self.visualRect(index), at):
            case RowPart.ROW:
                self._toggle(index)
            case RowPart.HOW:
                self._rows.set_unfolded(index, not self._rows.is_unfolded(index))
            case RowPart.RESULT:
                self._open_menu(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid():
            match event.key():
                case Qt.Key.Key_Space:
                    return self._toggle(index)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    return self._open_menu(index)
                case Qt.Key.Key_Right | Qt.Key.Key_Left:
                    return self._rows.set_unfolded(index, event.key() == Qt.Key.Key_Right)
        super().keyPressEvent(event)
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self._open_menu(index)

    # --- the menus of steps and tips ----------------------------------------------------------

    def _open_menu(self, index: QModelIndex) -> None:
        row = self._rows.at(index)
        menu: QMenu
        if row.step is not None:
            menu = self._step_menu(index, row.step)
        elif row.tip is not None:
            menu = TipMenu(row.tip, self._rows.reminder(index), self._language.current, self)
            menu.chosen.connect(self.reminder_requested)
        else:
            return
        self.setCurrentIndex(index)
        button = self._painter.part_rect(index, self.visualRect(index), RowPart.RESULT)
        menu.popup(self.viewport().mapToGlobal(button.bottomLeft()))

    def _step_menu(self, index: QModelIndex, step: Step) -> StepMenu:
        mark = self._rows.mark(index)
        unfolded = self._rows.is_unfolded(index) if step.how is not None else None
        menu = StepMenu(step.id, mark.result if mark else None, unfolded, self._language.current, self)
        menu.result_chosen.connect(self._request_result)
        menu.note_chosen.connect(self.note_requested)
        menu.how_chosen.connect(self._unfold_current)
        return menu

    def _request_result(self, step_id: str, result: StepResult) -> None:
        if self._may_tick(step_id):
            self.result_requested.emit(step_id, result)

    def _unfold_current(self, unfolded: bool) -> None:
        self._rows.set_unfolded(self.currentIndex(), unfolded)

    # --- looks --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._rows.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colours.muted)
            area = self.viewport().rect().adjusted(SPACE * 3, SPACE * 2, -SPACE * 3, -SPACE * 2)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self.tr("Nothing to do here for this code."))
