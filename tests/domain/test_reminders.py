"""When a prevention tip is due, and what its answers do."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pos_helper.cases.opening import open_store
from pos_helper.domain.entries import Tab, Tip
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.reminders import MOST_DUE, Reminders
from pos_helper.domain.text import Text

MONDAY = date(2026, 3, 9)


def _tip(tip_id: str) -> Tip:
    return Tip(id=tip_id, tab=Tab.NETWORK, text=Text("看网线", "Check the cables"))


class Calendar:
    """A day that a test can turn."""

    def __init__(self) -> None:
        self.day = MONDAY

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)

    def turn(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    with closing(open_store(tmp_path / "cases.sqlite3").store) as store:
        yield store


@pytest.fixture
def reminders(store: CaseStore, calendar: Calendar) -> Reminders:
    return Reminders(store, calendar)


def _due(reminders: Reminders) -> list[str]:
    return [reminder.tip for reminder in reminders.due()]


def test_a_tip_is_due_when_its_time_has_come_and_not_before(reminders: Reminders, calendar: Calendar) -> None:
    reminders.remind(_tip("cables"), 7)
    calendar.turn(6)
    assert _due(reminders) == []
    calendar.turn(1)
    assert _due(reminders) == ["cables"]
    assert reminders.due()[0].text == Text("看网线", "Check the cables")


def test_done_counts_the_next_time_from_today(reminders: Reminders, calendar: Calendar) -> None:
    reminders.remind(_tip("cables"), 7)
    calendar.turn(10)
    reminders.done("cables")
    assert reminders.all()["cables"].due == calendar.day + timedelta(days=7)
    assert _due(reminders) == []


def test_put_off_it_comes_back_tomorrow_and_keeps_its_rhythm(
    reminders: Reminders, calendar: Calendar
) -> None:
    reminders.remind(_tip("cables"), 30)
    calendar.turn(30)
    reminders.put_off("cables")
    assert _due(reminders) == []
    calendar.turn(1)
    assert _due(reminders) == ["cables"]
    assert reminders.all()["cables"].every == 30


def test_ended_it_never_comes_back(reminders: Reminders, calendar: Calendar) -> None:
    reminders.remind(_tip("cables"), 1)
    reminders.end("cables")
    calendar.turn(400)
    assert _due(reminders) == []
    for answer in (reminders.done, reminders.put_off, reminders.end):  # as from another window
        answer("cables")
    assert not reminders.all()


def test_the_longest_due_stand_first_and_only_a_few(reminders: Reminders, calendar: Calendar) -> None:
    for number in range(MOST_DUE + 1):
        reminders.remind(_tip(f"tip-{number}"), 7 - number)
    calendar.turn(30)
    assert _due(reminders) == [f"tip-{number}" for number in range(MOST_DUE, 0, -1)]


def test_another_rhythm_replaces_the_one_before(reminders: Reminders, calendar: Calendar) -> None:
    reminders.remind(_tip("cables"), 1)
    reminders.remind(_tip("cables"), 91)
    assert [each.every for each in reminders.all().values()] == [91]
    assert reminders.all()["cables"].due == calendar.day + timedelta(days=91)
