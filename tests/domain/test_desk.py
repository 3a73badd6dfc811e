"""The whole user story without a window: search, choose, tick, note, finish, undo."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from msgspec.structs import replace

from pos_helper.cases.store import open_store
from pos_helper.domain.cases import CaseState, StepResult
from pos_helper.domain.desk import RESUME_WITHIN, Desk
from pos_helper.domain.entries import Cause, Entry, Money, Origin, Retry, Step, Tab, Who
from pos_helper.domain.errors import Trouble
from pos_helper.domain.guide import Guide
from pos_helper.domain.lookup import Hit, Lookup, Match, Outcome
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.text import Text

SHANGHAI = timezone(timedelta(hours=8))


def _text(word: str) -> Text:
    return Text(f"{word}（中）", word)


def _guide(entry_id: str, code: str) -> Guide:
    steps = {
        step_id: Step(id=step_id, text=_text(step_id), who=Who.CASHIER, seconds=30)
        for step_id in ("check-last-sale", "reseat-cable", "restart-router")
    }
    entry = Entry(
        id=entry_id,
        code=code,
        origin="terminal",
        title=_text("Communication failure"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        say=_text("One moment, please."),
        first=("check-last-sale",),
        causes=(
            Cause(
                id="cable",
                tab=Tab.NETWORK,
                text=_text("Loose cable"),
                steps=("reseat-cable", "restart-router"),
            ),
        ),
    )
    origin = Origin(id="terminal", title=_text("Terminal"), screen=_text("On the terminal"))
    return Guide(entry, origin, steps, {}, (), "built-in", "0.1.0+test")


class TwoCodes:
    """A catalog of two entries that knows them by their codes."""

    version = "0.1.0+test"
    problems: tuple[Text, ...] = ()

    def __init__(self) -> None:
        self.met: Collection[str] = ()
        self.guides = {
            "terminal.e1": _guide("terminal.e1", "E1"),
            "terminal.e2": _guide("terminal.e2", "E2"),
        }

    def search(self, query: str, limit: int = 50, met: Collection[str] = ()) -> Lookup:
        self.met = met
        hits = tuple(
            Hit(
                guide.entry.id,
                guide.entry.code,
                "terminal",
                Match.EXACT,
                guide.entry.title,
                guide.entry.money,
                guide.entry.retry,
                guide.origin.title,
            )
            for guide in self.guides.values()
            if guide.entry.code == query.strip().upper()
        )
        return Lookup(query, query, Outcome.EXACT if hits else Outcome.NONE, hits)

    def guide(self, entry_id: str) -> Guide | None:
        return self.guides.get(entry_id)


@dataclass
class Clock:
    """A clock that the test sets."""

    time: datetime = datetime(2026, 3, 1, 16, 44, tzinfo=SHANGHAI)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    opened = open_store(tmp_path / "cases.sqlite3")
    yield opened.store
    opened.store.close()


@pytest.fixture
def desk(store: CaseStore, clock: Clock) -> Desk:
    return Desk(TwoCodes(), store, clock)


def restarted(store: CaseStore, clock: Clock) -> Desk:
    """The program, started again on the same store."""
    return Desk(TwoCodes(), store, clock)


def test_the_whole_story(desk: Desk, store: CaseStore) -> None:
    assert desk.search("e1").outcome is Outcome.EXACT
    assert desk.choose("terminal.e1")
    assert desk.case is None
    desk.tick("reseat-cable", True)
    desk.set_result("restart-router", StepResult.HELPED)
    desk.set_note("第二次才好")
    desk.set_state(CaseState.SOLVED)

    assert desk.case is not None
    kept = store.case(desk.case.id)
    assert kept == desk.case
    assert kept.code_shown == "e1"
    assert kept.result_of("reseat-cable") is StepResult.NO_CHANGE
    assert kept.result_of("restart-router") is StepResult.HELPED
    assert kept.note == "第二次才好"
    assert kept.state is CaseState.SOLVED


def test_choosing_opens_no_case(desk: Desk, store: CaseStore) -> None:
    desk.choose("terminal.e1")
    assert store.cases() == []


def test_another_catalog_answers_from_now_on_and_the_case_stays(desk: Desk) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    case = desk.case
    more = TwoCodes()
    more.guides["shop.e9"] = _guide("shop.e9", "E9")
    desk.use(more)
    assert desk.case is case
    assert desk.search("E9").outcome is Outcome.EXACT
    assert desk.choose("shop.e9")


def test_an_unknown_entry_changes_nothing(desk: Desk) -> None:
    desk.choose("terminal.e1")
    assert not desk.choose("terminal.e9")
    assert desk.guide is not None
    assert desk.guide.entry.id == "terminal.e1"


def test_after_a_restart_the_open_case_is_back(desk: Desk, store: CaseStore, clock: Clock) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    again = restarted(store, clock)
    assert again.resume_latest()
    assert again.case == desk.case


def test_a_solved_case_does_not_come_back(desk: Desk, store: CaseStore, clock: Clock) -> None:
    desk.choose("terminal.e1")
    desk.set_state(CaseState.SOLVED)
    assert not restarted(store, clock).resume_latest()


def test_coming_back_to_a_code_takes_its_case_up_again(desk: Desk) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    case = desk.case
    desk.choose("terminal.e2")
    assert desk.case is None
    desk.choose("terminal.e1")
    assert desk.case == case


def test_the_same_code_on_another_day_is_a_new_incident(desk: Desk, clock: Clock) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    desk.clear()
    clock.time += RESUME_WITHIN + timedelta(minutes=1)
    desk.choose("terminal.e1")
    assert desk.case is None


def test_a_case_that_was_opened_under_a_former_id_is_taken_up_again(desk: Desk) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    case = desk.case
    desk.clear()
    guide = _guide("terminal.link", "E1")
    renamed = replace(guide, entry=replace(guide.entry, formerly=("terminal.e1",)))
    assert isinstance(desk.catalog, TwoCodes)
    desk.catalog.guides["terminal.link"] = renamed
    desk.choose("terminal.link")
    assert desk.case == case


def test_an_entry_whose_case_was_deleted_is_not_taken_for_the_code_looked_up_since(desk: Desk) -> None:
    desk.search("e1")
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    assert desk.case is not None
    of_e1 = desk.case.id
    desk.search("E2")
    desk.open(of_e1)
    desk.delete(of_e1)
    desk.tick("reseat-cable", True)
    assert desk.case.code_shown == "e1"


def test_undo_and_redo_a_tick_and_a_result(desk: Desk, store: CaseStore) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    desk.set_result("reseat-cable", StepResult.HELPED)
    assert desk.case is not None

    desk.undo()
    assert store.case(desk.case.id).result_of("reseat-cable") is StepResult.NO_CHANGE
    desk.undo()
    assert store.case(desk.case.id).marks == {}
    assert not desk.can_undo
    desk.redo()
    desk.redo()
    assert store.case(desk.case.id).result_of("reseat-cable") is StepResult.HELPED


def test_a_new_change_ends_redo(desk: Desk) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    desk.undo()
    desk.tick("restart-router", True)
    desk.redo()
    assert set(desk.marks) == {"restart-router"}


def test_taking_a_tick_back_keeps_the_note(desk: Desk) -> None:
    desk.choose("terminal.e1")
    desk.set_step_note("reseat-cable", "插头松")
    desk.tick("reseat-cable", True)
    desk.tick("reseat-cable", False)
    assert desk.marks["reseat-cable"].note == "插头松"
    assert desk.marks["reseat-cable"].result is None


def test_the_check_of_the_last_sale_decides_about_a_retry(desk: Desk) -> None:
    desk.choose("terminal.e1")
    assert desk.answers() == (Money.UNKNOWN, Retry.AFTER_CHECK)
    desk.set_money_found(Money.NOT_CHARGED)
    assert desk.answers() == (Money.NOT_CHARGED, Retry.ONCE)
    desk.set_money_found(Money.CHARGED)
    assert desk.answers() == (Money.CHARGED, Retry.NO)
    desk.set_money_found(None)
    assert desk.answers() == (Money.UNKNOWN, Retry.AFTER_CHECK)


def test_notes_hold_no_card_number(desk: Desk, store: CaseStore) -> None:
    desk.choose("terminal.e1")
    desk.set_note("卡号 6225 8801 2345 6783 刷不了")
    desk.set_step_note("reseat-cable", "4111-1111-1111-1111")
    assert desk.case is not None
    kept = store.case(desk.case.id)
    assert kept == desk.case
    assert "4111" not in kept.marks["reseat-cable"].note


def test_when_the_store_fails_the_desk_stays_as_it_was(
    desk: Desk, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    before = desk.case

    def full(*_: object) -> None:
        raise Trouble(Text("磁盘满了", "The disk is full"))

    monkeypatch.setattr(store, "save_mark", full)
    with pytest.raises(Trouble):
        desk.tick("restart-router", True)
    assert desk.case == before
    with pytest.raises(Trouble):
        desk.undo()
    assert desk.case == before
    assert desk.can_undo


def test_a_deleted_case_leaves_the_entry_without_marks(desk: Desk, store: CaseStore) -> None:
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    assert desk.case is not None
    desk.delete(desk.case.id)
    assert desk.case is None
    assert desk.marks == {}
    assert store.cases() == []


def test_words_that_found_a_symptom_are_not_kept_as_a_code(desk: Desk) -> None:
    desk.search("connection trouble")
    desk.choose("terminal.e1")
    desk.tick("reseat-cable", True)
    assert desk.case is not None
    assert desk.case.code_shown == "E1"


def test_a_code_that_nobody_knows_goes_with_the_general_checks(desk: Desk) -> None:
    assert desk.search("Q 77").outcome is Outcome.NONE
    desk.choose("terminal.e1")
    assert desk.draft().code_shown == "Q 77"
    desk.tick("reseat-cable", True)
    assert desk.case is not None
    assert desk.case.code_shown == "Q 77"


def test_a_sheet_before_the_first_tick_names_the_code_as_it_was_typed(desk: Desk, store: CaseStore) -> None:
    desk.search("e1")
    desk.choose("terminal.e1")
    assert desk.draft().code_shown == "e1"
    assert store.cases() == []
    desk.tick("reseat-cable", True)
    assert desk.draft() == desk.case


def test_a_search_knows_what_the_shop_has_met_before(store: CaseStore, clock: Clock) -> None:
    catalog = TwoCodes()
    desk = Desk(catalog, store, clock)

    def met() -> Collection[str]:
        desk.search("e1")
        return catalog.met

    assert met() == frozenset()
    desk.choose("terminal.e1")
    assert met() == frozenset()  # looking at an entry is not meeting the fault
    desk.tick("reseat-cable", True)
    assert met() == {"terminal.e1"}
    assert desk.case is not None
    desk.delete(desk.case.id)
    assert met() == frozenset()


def test_a_search_answers_while_the_cases_cannot_be_read(
    store: CaseStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> frozenset[str]:
        raise Trouble(Text("读不了", "cannot be read"))

    monkeypatch.setattr(store, "met", unreadable)
    assert Desk(TwoCodes(), store, clock).search("e1").outcome is Outcome.EXACT
