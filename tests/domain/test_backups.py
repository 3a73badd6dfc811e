"""Of the copies that the program makes, the last week's and one of each of the last weeks are kept."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos_helper.domain.backups import DAYS, MOST_BEFORE_RESTORE, WEEKS, Backup, superfluous

TODAY = date(2026, 3, 14)  # a Saturday
days = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def daily(*made_on: date) -> set[Backup]:
    return {Backup(f"pos-helper-{day}.zip", day) for day in made_on}


def run(first: date, last: date, start: frozenset[Backup] = frozenset()) -> set[Backup]:
    """The copies after the program was used each day."""
    kept = {*start}
    for number in range((last - first).days + 1):
        today = first + timedelta(days=number)
        kept |= daily(today)
        kept -= superfluous(kept, today)
    return kept


def test_a_year_leaves_seven_days_and_four_weeks() -> None:
    kept = sorted(backup.made_on for backup in run(date(2025, 3, 1), TODAY))
    week = [TODAY - timedelta(days=number) for number in reversed(range(DAYS))]
    assert kept == [date(2026, 2, 22), date(2026, 3, 1), *week]
    assert len({day.isocalendar().week for day in kept}) == WEEKS


def test_a_shop_that_opens_seldom_keeps_its_last_copies() -> None:
    seldom = daily(*(TODAY - timedelta(days=30 * number) for number in range(5)))
    assert superfluous(seldom, TODAY) == set()


@given(st.sets(days), days)
def test_a_wrong_clock_deletes_nothing_that_is_later(made_on: set[date], today: date) -> None:
    gone = superfluous(daily(*made_on), today)
    assert all(backup.made_on < today for backup in gone)
    assert len(made_on) - len(gone) >= min(len(made_on), DAYS)


def test_a_clock_that_was_ahead_does_not_stop_the_copies() -> None:
    ahead = frozenset(daily(*(date(2099, 1, day) for day in range(1, 20))))
    assert run(date(2026, 1, 1), TODAY, ahead) >= daily(TODAY, TODAY - timedelta(days=1)) | ahead


def test_the_last_copies_before_a_restore_are_kept_apart() -> None:
    before = [Backup(f"{number}", TODAY, before_restore=True) for number in range(MOST_BEFORE_RESTORE + 2)]
    assert superfluous({*before} | daily(TODAY), TODAY) == {*before[:2]}
