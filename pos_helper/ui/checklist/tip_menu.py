"""The menu of one tip: how often to be reminded of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pos_helper.domain.cases import Reminder
from pos_helper.domain.entries import Tip
from pos_helper.domain.labels import rhythm
from pos_helper.domain.reminders import RHYTHMS
from pos_helper.domain.text import Lang


class TipMenu(QMenu):
    """The menu of one tip; it deletes itself when it closes."""

    chosen = Signal(object, object)
    """The ``Tip``, and every how many days to be reminded of it; ``None`` for no more."""

    def __init__(self, tip: Tip, reminder: Reminder | None, lang: Lang, parent: QWidget) -> None:
        """``reminder`` is the one that stands."""
        super().__init__(parent)
        self.setObjectName("tipMenu")
        self._tip = tip
        self._days: dict[QAction, int | None] = {}
        for days in RHYTHMS:
            action = self.addAction(rhythm(days).of(lang))
            action.setCheckable(True)
            action.setChecked(reminder is not None and reminder.every == days)
            self._days[action] = days
        if reminder is not None:
            self.addSeparator()
            self._days[self.addAction(self.tr("No more"))] = None
        self.triggered.connect(self._choose)
        self.aboutToHide.connect(self.deleteLater)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(self._tip, self._days[action])
