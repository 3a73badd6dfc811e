"""Prevention tips that the shop wants to be reminded of, and when each is due."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from pos_helper.domain.cases import Reminder
from pos_helper.domain.entries import Tip
from pos_helper.domain.ports import CaseStore

RHYTHMS = (1, 7, 30, 91)
"""The days from one time to the next that a person can choose: a day, a week, a month, a quarter."""

MOST_DUE = 3


class Reminders:
    """The shop's reminders. Every method may raise ``UserError``; nothing has changed then."""

    def __init__(self, store: CaseStore, now: Callable[[], datetime]) -> None:
        """``now`` returns the current time with its UTC offset."""
        self._store = store
        self._now = now

    def all(self) -> Mapping[str, Reminder]:
        """All reminders by the id of their tip, the next one first."""
        return {reminder.tip: reminder for reminder in self._store.reminders()}

    def due(self) -> Sequence[Reminder]:
        """What is to be done today or should have been, the longest due first."""
        today = self._now().date()
        return [reminder for reminder in self.all().values() if reminder.due <= today][:MOST_DUE]

    def remind(self, tip: Tip, every: int) -> None:
        """Be reminded of a tip every so many days, from today on."""
        self._save(Reminder(tip.id, tip.text, every, self._now().date()), every)

    def done(self, tip_id: str) -> None:
        """It was done today: the next time is counted from now, however late it was."""
        if reminder := self.all().get(tip_id):
            self._save(reminder, reminder.every)

    def put_off(self, tip_id: str) -> None:
        """Ask again tomorrow."""
        if reminder := self.all().get(tip_id):
            self._save(reminder, 1)

    def end(self, tip_id: str) -> None:
        """Be reminded of a tip no more, if it was."""
        self._store.delete_reminder(tip_id)

    def _save(self, reminder: Reminder, days: int) -> None:
        """Save a reminder, due so many days from today."""
        self._store.save_reminder(replace(reminder, due=self._now().date() + timedelta(days=days)))
