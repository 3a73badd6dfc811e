"""Stretches of time to choose from: which cases are shown, and how long ended ones are kept."""

from datetime import datetime, timedelta
from enum import StrEnum


class Period(StrEnum):
    """Which cases are looked at: those opened on the last so many days, today included, or all."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"

    def begin(self, now: datetime) -> datetime | None:
        """The first moment of the period; ``None`` if it has none."""
        days = _DAYS.get(self)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return None if days is None else midnight - timedelta(days=days - 1)


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 90}


class Retention(StrEnum):
    """For how many days a case is kept after it has ended."""

    DAYS_30 = "30"
    DAYS_90 = "90"
    DAYS_180 = "180"
    DAYS_365 = "365"
    FOR_EVER = "for_ever"

    @property
    def days(self) -> int | None:
        """The number of days; ``None`` if it is for ever."""
        return None if self is Retention.FOR_EVER else int(self)
