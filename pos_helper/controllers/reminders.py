"""The shop's reminders: set beside a tip, shown on the start page when they are due."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from pos_helper.controllers.view import View
from pos_helper.domain.entries import Tip
from pos_helper.domain.reminders import Reminders


class RemindersController(QObject):
    """Handles what is asked about tips and due reminders. There is no notice outside the window."""

    def __init__(
        self, view: View, reminders: Reminders, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._reminders = reminders
        self._now = now

    def show(self) -> None:
        """Show beside the tips which are reminded of, and on the start page what is due now."""
        self._view.attempt(self._show)

    def remind(self, tip: Tip, every: int | None) -> None:
        """Be reminded of a tip every so many days, or no more."""
        if every is None:
            self.end(tip.id)
        else:
            self._change(self._reminders.remind, tip, every)

    def done(self, tip_id: str) -> None:
        """A due tip was done."""
        self._change(self._reminders.done, tip_id)

    def put_off(self, tip_id: str) -> None:
        """Ask about a due tip again tomorrow."""
        self._change(self._reminders.put_off, tip_id)

    def end(self, tip_id: str) -> None:
        """Be reminded of a tip no more."""
        self._change(self._reminders.end, tip_id)

    def _change(self, change: Callable[..., object], *values: object) -> None:
        self._view.attempt(change, *values)
        self.show()

    def _show(self) -> None:
        window = self._view.window
        window.tabs.set_reminders(self._reminders.all())
        window.start_page.show_due(self._reminders.due(), self._now().date())
