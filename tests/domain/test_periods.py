"""Periods begin at midnight, retention counts from now."""

from datetime import datetime, timedelta, timezone

import pytest

from pos_helper.domain.periods import Period, Retention

NOW = datetime(2026, 3, 9, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("period", "first_day"),
    [(Period.TODAY, 9), (Period.WEEK, 3)],
)
def test_a_period_has_so_many_days_with_today(period: Period, first_day: int) -> None:
    assert period.begin(NOW) == datetime(2026, 3, first_day, tzinfo=NOW.tzinfo)


def test_all_time_has_no_begin() -> None:
    assert Period.ALL.begin(NOW) is None
    assert all(period.begin(NOW) for period in Period if period is not Period.ALL)


def test_cases_are_kept_for_so_many_days_or_for_ever() -> None:
    assert [each.days for each in Retention] == [30, 90, 180, 365, None]
