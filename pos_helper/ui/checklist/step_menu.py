"""The menu of one step: its four results, its note and its longer explanation."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pos_helper.domain.cases import StepResult
from pos_helper.domain.labels import STEP_RESULT
from pos_helper.domain.text import Lang


class StepMenu(QMenu):
    """The menu of one step; it deletes itself when it closes."""

    result_chosen = Signal(str, object)
    """The step's id and the chosen ``StepResult``."""
    note_chosen = Signal(str)
    how_chosen = Signal(bool)
    """Whether the longer explanation shall be shown."""

    def __init__(
        self, step_id: str, result: StepResult | None, unfolded: bool | None, lang: Lang, parent: QWidget
    ) -> None:
        """``result`` is the one that stands; ``unfolded`` is ``None`` for a step without explanation."""
        super().__init__(parent)
        self.setObjectName("stepMenu")
        self._step_id = step_id
        self._unfolded = unfolded
        self._results: dict[QAction, StepResult] = {}
        for each in StepResult:
            action = self.addAction(STEP_RESULT[each].of(lang))
            action.setCheckable(True)
            action.setChecked(each is result)
            self._results[action] = each
        self.addSeparator()
        self._note = self.addAction(self.tr("Write a note..."))
        self._how: QAction | None = None
        if unfolded is not None:
            self._how = self.addAction(self.tr("Hide how") if unfolded else self.tr("Show how"))
        self.triggered.connect(self._choose)
        self.aboutToHide.connect(self.deleteLater)

    def _choose(self, action: QAction) -> None:
        if action in self._results:
            self.result_chosen.emit(self._step_id, self._results[action])
        elif action is self._note:
            self.note_chosen.emit(self._step_id)
        elif action is self._how:
            self.how_chosen.emit(not self._unfolded)
