"""No clock, however wrong, deletes a case that is not old."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.cases.connection import connect
from pos_helper.cases.migrations import migrate
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.cases import CaseState
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.retention import overdue

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
DAYS = 180
RESOLVED = msgspec.json.decode(
    (Path(__file__).parents[1] / "cases" / "data" / "resolved-entry.json").read_bytes(), type=ResolvedEntry
)


def new_store() -> SqliteCaseStore:
    db = connect(":memory:")
    migrate(db)
    return SqliteCaseStore(db)


@pytest.fixture
def store() -> Iterator[SqliteCaseStore]:
    store = new_store()
    yield store
    store.close()


def case(store: SqliteCaseStore, opened: datetime, closed: datetime | None = None) -> int:
    number = store.open_case(RESOLVED, "E1", opened).id
    if closed is not None:
        store.save_state(number, CaseState.SOLVED, closed)
    return number


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def start(store: SqliteCaseStore, now: datetime) -> list[int]:
    """What a start at this time leaves, if nobody is asked."""
    found = overdue(store, now, DAYS)
    if found.is_sure:
        assert store.delete_ended_before(found.before) == found.count
    return sorted(summary.id for summary in store.cases())


def test_a_shop_that_works_every_week_loses_only_what_is_old(store: SqliteCaseStore) -> None:
    numbers = [case(store, ago(days), ago(days)) for days in range(400, 0, -7)]
    still_open = case(store, ago(0.5))
    assert start(store, NOW) == [*numbers[-26:], still_open]


def test_without_cases_there_is_nothing_to_ask(store: SqliteCaseStore) -> None:
    found = overdue(store, NOW, DAYS)
    assert (found.count, found.is_sure) == (0, True)


def test_an_old_case_that_is_open_stays(store: SqliteCaseStore) -> None:
    number = case(store, ago(900))
    case(store, ago(1), ago(1))
    assert number in start(store, NOW)


@pytest.mark.parametrize("year", [1970, 1980, 2001, 2025])
def test_a_clock_that_is_behind_deletes_nothing(store: SqliteCaseStore, year: int) -> None:
    numbers = [case(store, ago(days), ago(days)) for days in (900, 300, 1)]
    found = overdue(store, NOW.replace(year=year), DAYS)
    assert not found.is_sure
    assert start(store, NOW.replace(year=year)) == numbers


@pytest.mark.parametrize("years", [1, 10, 70])
def test_a_clock_that_is_far_ahead_asks_also_after_a_case_under_that_date(
    store: SqliteCaseStore, years: int
) -> None:
    numbers = [case(store, ago(days), ago(days)) for days in range(100, 0, -7)]
    ahead = NOW + timedelta(days=366 * years)
    assert start(store, ahead) == numbers
    numbers.append(case(store, ahead, ahead))
    for later in (0, 1, 30, 170):
        assert start(store, ahead + timedelta(days=later)) == numbers
    assert overdue(store, ahead, DAYS).count == len(numbers) - 1


def test_what_was_closed_while_the_clock_said_1970_is_as_old_as_its_number(store: SqliteCaseStore) -> None:
    case(store, ago(300), ago(300))
    case(store, ago(181), ago(181))
    recent = case(store, ago(3), ago(3))
    reset = datetime(1970, 1, 1, tzinfo=UTC)
    wrong = case(store, reset, reset + timedelta(hours=1))
    begun_before = case(store, ago(2), reset)
    assert start(store, NOW) == [recent, wrong, begun_before]


@settings(max_examples=200)
@given(st.data())
def test_no_clock_deletes_a_case_of_the_last_days(data: st.DataObject) -> None:
    # The true time goes on; what the clock says is right, or anything at all, at each of the moments.
    store = new_store()
    any_clock = st.floats(-56 * 365, 200 * 365).map(lambda days: NOW + timedelta(days=days))
    young = []
    for days in sorted(data.draw(st.lists(st.integers(0, 500), max_size=12)), reverse=True):
        clock = data.draw(st.one_of(st.just(ago(days)), any_clock))
        number = case(store, clock, clock)
        if days < DAYS and clock == ago(days):
            young.append(number)
    left = start(store, NOW)
    assert {*young} <= {*left}
    store.close()


def test_the_limit_is_a_moment(store: SqliteCaseStore) -> None:
    case(store, ago(DAYS), ago(DAYS))
    case(store, ago(1), ago(1))
    assert overdue(store, NOW, DAYS).count == 0
    assert overdue(store, NOW + timedelta(seconds=1), DAYS).count == 1
