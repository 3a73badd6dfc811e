"""The copies that the program keeps of its data, and which of them are not needed any more."""

from collections.abc import Collection
from datetime import date, timedelta

from msgspec import Struct

DAYS, WEEKS = 7, 4
"""Of so many days and weeks the last copies are kept."""

MOST_BEFORE_RESTORE = 3


class Backup(Struct, frozen=True):
    """One copy, by the name of its file. ``before_restore``: what was there before a backup was restored."""

    name: str
    made_on: date
    before_restore: bool = False


def superfluous(backups: Collection[Backup], today: date) -> set[Backup]:
    """The copies that may be deleted.

    Kept are the last of each of the last days and weeks that have copies, and the last ones made before a
    backup was restored. A copy of a later day than today stays too: it or today is the work of a wrong clock.
    """
    daily = sorted((each for each in backups if not each.before_restore), key=_by_date, reverse=True)
    past = [each for each in daily if each.made_on <= today]
    weekly = {_monday(each.made_on): each for each in reversed(past)}
    kept = {*past[:DAYS], *(weekly[week] for week in sorted(weekly)[-WEEKS:])}
    undo = sorted((each for each in backups if each.before_restore), key=_by_date)
    return ({*past} - kept) | {*undo[:-MOST_BEFORE_RESTORE]}


def _by_date(backup: Backup) -> tuple[date, str]:
    return backup.made_on, backup.name


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
