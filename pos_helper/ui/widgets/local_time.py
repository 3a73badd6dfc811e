"""Times as the current locale writes them, in the time zone of this computer."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale


def local_time(at: datetime) -> str:
    """Date and time."""
    return QLocale().toString(_moment(at), QLocale.FormatType.ShortFormat)


def local_date(day: date) -> str:
    """The day alone."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def time_of_day(at: datetime) -> str:
    """The time without its date."""
    return QLocale().toString(_moment(at).time(), QLocale.FormatType.ShortFormat)


def local_day(day: date) -> str:
    """A day with its weekday."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _moment(at: datetime) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(round(at.timestamp()))
