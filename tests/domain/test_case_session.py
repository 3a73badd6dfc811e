"""The case session without a window: search, choose, tick, note, finish, undo."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_helper.cases.opening import open_store
from pos_helper.domain.case_session import RESUME_WITHIN, CaseSession, SearchResult
from pos_helper.domain.cases import Case, CaseDetails, CaseState, StepHistory, StepResult
from pos_helper.domain.entries import (
    GENERAL_CHECKS,
    Cause,
    Entry,
    MachineKind,
    Money,
    Origin,
    Retry,
    Step,
    Tab,
    Tile,
    Who,
)
from pos_helper.domain.errors import CaseNotFound, UserError
from pos_helper.domain.lookup import Because, Hit, Lookup, MakerName, Match, Outcome
from pos_helper.domain.machines import Machine
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.scanned import Refusal
from pos_helper.domain.text import Text

SHANGHAI = timezone(timedelta(hours=8))


def _text(word: str) -> Text:
    return Text(f"{word}（中）", word)


def _resolved(entry_id: str, code: str) -> ResolvedEntry:
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
        customer_phrase=_text("One moment, please."),
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
    return ResolvedEntry(entry, origin, steps, {}, (), "built-in", "0.1.0+test")


KINDS = (
    MachineKind(id="card-terminal", title=_text("Terminal"), hint=_text("Hint"), origins=("terminal",)),
    MachineKind(id="scanner", title=_text("Scanner"), hint=_text("Hint")),
)
FIRST = Machine("card-terminal", number="1", terminal_id="10012345")
SECOND = Machine("card-terminal", number="2", terminal_id="10012346")
SCANNER = Machine("scanner")


class TwoCodes:
    """A catalog of two entries that finds them by code, for a shop whose machine shows both."""

    version = "0.1.0+test"
    problems: tuple[Text, ...] = ()

    def __init__(self) -> None:
        self.seen: Collection[str] = ()
        self.screens: Collection[str] = ()
        self.because: Because | None = Because.MACHINES
        self.entries = {
            "terminal.e1": _resolved("terminal.e1", "E1"),
            "terminal.e2": _resolved("terminal.e2", "E2"),
        }

    def search(
        self, query: str, limit: int = 50, seen: Collection[str] = (), screens: Collection[str] = ()
    ) -> Lookup:
        self.seen, self.screens = seen, screens
        hits = tuple(
            Hit(
                resolved.entry.id,
                resolved.entry.code,
                "terminal",
                Match.EXACT,
                resolved.entry.title,
                resolved.entry.money,
                resolved.entry.retry,
                resolved.origin.title,
            )
            for resolved in self.entries.values()
            if resolved.entry.code == query.strip().upper()
        )
        outcome, because = (Outcome.EXACT, self.because) if hits else (Outcome.NONE, None)
        return Lookup(query, query, outcome, hits, because=because)

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        return self.entries.get(entry_id)

    def browse(self, tile: Tile) -> Sequence[Hit]:
        return ()

    def tiles(self) -> Sequence[Tile]:
        return ()

    def machine_kinds(self) -> Sequence[MachineKind]:
        return ()


@dataclass
class Clock:
    """A clock set by the test."""

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
def session(store: CaseStore, clock: Clock) -> CaseSession:
    return CaseSession(TwoCodes(), store, clock)


def restarted(store: CaseStore, clock: Clock) -> CaseSession:
    """Return a new session on the same store, as after a restart."""
    return CaseSession(TwoCodes(), store, clock)


def test_recent_are_the_newest_open_cases_and_what_was_met_within_a_month(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    e1, e2 = _resolved("terminal.e1", "E1"), _resolved("terminal.e2", "E2")
    for days, resolved in [(31, e2), (30, e2), (3, e1), (2, e1), (1, e1)]:
        store.open_case(resolved, "", clock.time - timedelta(days=days))
    newest = store.open_case(e2, "", clock.time)
    store.save_state(newest.id, CaseState.SOLVED, clock.time)
    recent = session.recent()
    assert recent.at == clock.time
    assert [case.code for case in recent.unfinished] == ["E1"] * 3
    assert [(met.entry, met.times) for met in recent.met] == [("terminal.e1", 3), ("terminal.e2", 2)]
    clock.time += timedelta(days=40)
    assert session.recent().met == ()


def test_a_code_is_forgotten_with_its_entry(session: CaseSession) -> None:
    session.search("E1")
    session.clear()
    session.choose("terminal.e2")
    assert session.draft().code_shown == "E2"


def test_the_whole_story(session: CaseSession, store: CaseStore) -> None:
    assert session.search("e1").lookup.outcome is Outcome.EXACT
    assert session.choose("terminal.e1")
    assert session.case is None
    session.tick("reseat-cable", True)
    session.set_result("restart-router", StepResult.HELPED)
    session.set_note("第二次才好")
    session.set_state(CaseState.SOLVED)

    assert session.case is not None
    kept = store.case(session.case.id)
    assert kept == session.case
    assert kept.code_shown == "e1"
    assert kept.result_of("reseat-cable") is StepResult.NO_CHANGE
    assert kept.result_of("restart-router") is StepResult.HELPED
    assert kept.note == "第二次才好"
    assert kept.state is CaseState.SOLVED


def test_what_solved_it_is_saved_with_the_state_and_can_be_undone(
    session: CaseSession, store: CaseStore
) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    session.set_step_note("reseat-cable", "loose")
    session.set_state(CaseState.SOLVED, helped="reseat-cable")
    assert session.case is not None
    kept = store.case(session.case.id)
    assert kept == session.case
    assert (kept.state, kept.result_of("reseat-cable")) == (CaseState.SOLVED, StepResult.HELPED)
    assert kept.marks["reseat-cable"].note == "loose"
    session.undo()
    assert session.marks["reseat-cable"].result is StepResult.NO_CHANGE


def test_who_took_it_over_is_saved_with_the_state_or_nothing_is(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError(Text("磁盘满了", "the disk is full"))

    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    before = session.case
    assert before is not None
    with monkeypatch.context() as context:
        context.setattr(store, "save_details", full)
        with pytest.raises(UserError):
            session.set_state(CaseState.HANDED_OVER, details=CaseDetails(handed_to="UMS"))
    assert session.case == before == store.case(before.id)
    session.set_state(CaseState.HANDED_OVER, details=CaseDetails(handed_to="UMS", ticket="T-7"))
    assert store.case(before.id) == session.case
    assert session.case.details == CaseDetails(handed_to="UMS", ticket="T-7")


def test_details_are_masked_and_open_the_case(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    session.set_details(CaseDetails())
    assert session.case is None
    session.set_details(CaseDetails(amount="128.50", screen_text="4111 1111 1111 1111"))
    assert session.case is not None
    assert store.case(session.case.id).details == session.case.details
    assert "4111" not in session.case.details.screen_text
    assert session.case.details.amount == "128.50"


def test_what_helped_before_is_counted_anew_after_each_tick(session: CaseSession) -> None:
    session.choose("terminal.e1")
    assert session.histories == {}
    session.set_result("reseat-cable", StepResult.HELPED)
    assert session.histories == {"reseat-cable": StepHistory(1, 1)}
    session.undo()
    assert session.histories == {}
    session.redo()
    assert session.histories == {"reseat-cable": StepHistory(1, 1)}


def test_what_helped_stands_first_the_next_time_and_nothing_moves_meanwhile(session: CaseSession) -> None:
    session.search("e1")
    usual = session.in_order
    assert usual is not None
    for _ in range(2):
        assert session.in_order == usual
        session.set_result("restart-router", StepResult.HELPED)
        session.set_state(CaseState.SOLVED)
        assert session.in_order == usual
        session.clear()
        session.search("e1")
    in_order = session.in_order
    assert in_order is not None
    assert in_order.entry.causes[0].steps == ("restart-router", "reseat-cable")
    assert session.in_order is in_order
    assert session.draft().resolved == usual
    session.put_helped_first(False)
    assert session.in_order == usual


def test_what_helped_is_counted_as_the_store_counts_it_without_asking_it_again(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.choose("terminal.e1")
    assert session.histories == {}
    count = store.step_histories
    with monkeypatch.context() as context:
        context.setattr(store, "step_histories", None)
        for result in (*StepResult, None):
            for step in ("reseat-cable", "restart-router"):
                session.set_result(step, result)
                assert session.histories == count()
        session.set_step_note("reseat-cable", "loose")
        session.set_state(CaseState.SOLVED, helped="reseat-cable")
        assert session.histories == count() == {"reseat-cable": StepHistory(1, 1)}
        for change in (session.undo, session.undo, session.undo, session.redo):
            change()
            assert session.histories == count()


def test_the_same_trouble_of_the_same_day_is_offered(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.use_shop([FIRST], KINDS, {})
    session.search("e1")
    assert session.earlier_today() is None
    session.tick("reseat-cable", True)
    assert session.earlier_today() is None
    session.set_state(CaseState.SOLVED)
    assert session.case is not None
    solved = session.case.id
    clock.time += timedelta(hours=1)
    session.search("e2")
    assert session.earlier_today() is None
    session.search("e1")
    assert session.case is None
    earlier = session.earlier_today()
    assert earlier is not None
    assert earlier.id == solved
    session.use_shop([SECOND], KINDS, {})
    assert session.earlier_today() is None
    session.use_shop([FIRST], KINDS, {})
    clock.time += timedelta(days=1)
    assert session.earlier_today() is None


def test_while_it_is_asked_which_screen_it_was_no_earlier_case_is_offered(
    session: CaseSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.use_shop([FIRST], KINDS, {})
    session.search("e1")
    session.tick("reseat-cable", True)
    session.set_state(CaseState.SOLVED)
    session.choose("terminal.e2")
    session.choose("terminal.e1")
    assert session.earlier_today() is not None
    monkeypatch.setattr(session, "is_asking", True)
    assert session.earlier_today() is None


def test_an_entry_without_a_case_asks_the_store_for_none(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.search("e1")
    session.tick("reseat-cable", True)
    monkeypatch.setattr(store, "cases_of", _fail)
    session.search("e2")
    assert session.earlier_today() is None


def test_earlier_cases_that_cannot_be_read_are_not_offered(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.use_shop([FIRST], KINDS, {})
    session.search("e1")
    session.tick("reseat-cable", True)
    session.set_state(CaseState.SOLVED)
    session.choose("terminal.e2")
    session.choose("terminal.e1")
    monkeypatch.setattr(store, "cases_of", _fail)
    assert session.earlier_today() is None


def _fail(*_: object) -> None:
    raise UserError(Text("磁盘坏了", "the disk is broken"))


def test_choosing_opens_no_case(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    assert store.cases() == []


def test_another_catalog_answers_from_now_on_and_the_case_stays(session: CaseSession) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    case = session.case
    more = TwoCodes()
    more.entries["shop.e9"] = _resolved("shop.e9", "E9")
    session.use(more)
    assert session.case is case
    assert session.search("E9").lookup.outcome is Outcome.EXACT
    assert session.choose("shop.e9")


def test_an_unknown_entry_changes_nothing(session: CaseSession) -> None:
    session.choose("terminal.e1")
    assert not session.choose("terminal.e9")
    assert session.resolved is not None
    assert session.resolved.entry.id == "terminal.e1"


def test_after_a_restart_the_open_case_is_back(session: CaseSession, store: CaseStore, clock: Clock) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    again = restarted(store, clock)
    assert again.resume_latest()
    assert again.case == session.case


def test_a_solved_case_does_not_come_back(session: CaseSession, store: CaseStore, clock: Clock) -> None:
    session.choose("terminal.e1")
    session.set_state(CaseState.SOLVED)
    assert not restarted(store, clock).resume_latest()


def test_coming_back_to_a_code_takes_its_case_up_again(session: CaseSession) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    case = session.case
    session.choose("terminal.e2")
    assert session.case is None
    session.choose("terminal.e1")
    assert session.case == case


def test_the_same_code_on_another_day_is_a_new_incident(session: CaseSession, clock: Clock) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    session.clear()
    clock.time += RESUME_WITHIN + timedelta(minutes=1)
    session.choose("terminal.e1")
    assert session.case is None


def test_a_case_that_was_opened_under_a_former_id_is_taken_up_again(session: CaseSession) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    case = session.case
    session.clear()
    resolved = _resolved("terminal.link", "E1")
    renamed = replace(resolved, entry=replace(resolved.entry, formerly=("terminal.e1",)))
    assert isinstance(session.catalog, TwoCodes)
    session.catalog.entries["terminal.link"] = renamed
    session.choose("terminal.link")
    assert session.case == case


def test_an_entry_whose_case_was_deleted_is_not_taken_for_the_code_looked_up_since(
    session: CaseSession,
) -> None:
    session.search("e1")
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    assert session.case is not None
    of_e1 = session.case.id
    session.search("E2")
    session.open(of_e1)
    session.delete(of_e1)
    session.tick("reseat-cable", True)
    assert session.case.code_shown == "e1"


def test_undo_and_redo_a_tick_and_a_result(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    session.set_result("reseat-cable", StepResult.HELPED)
    assert session.case is not None

    session.undo()
    assert store.case(session.case.id).result_of("reseat-cable") is StepResult.NO_CHANGE
    session.undo()
    assert store.case(session.case.id).marks == {}
    assert not session.can_undo
    session.redo()
    session.redo()
    assert store.case(session.case.id).result_of("reseat-cable") is StepResult.HELPED


def test_a_new_change_ends_redo(session: CaseSession) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    session.undo()
    session.tick("restart-router", True)
    session.redo()
    assert set(session.marks) == {"restart-router"}


def test_taking_a_tick_back_keeps_the_note(session: CaseSession) -> None:
    session.choose("terminal.e1")
    session.set_step_note("reseat-cable", "插头松")
    session.tick("reseat-cable", True)
    session.tick("reseat-cable", False)
    assert session.marks["reseat-cable"].note == "插头松"
    assert session.marks["reseat-cable"].result is None


def test_the_check_of_the_last_sale_decides_about_a_retry(session: CaseSession) -> None:
    session.choose("terminal.e1")
    assert session.answers() == (Money.UNKNOWN, Retry.AFTER_CHECK)
    session.set_money_found(Money.NOT_CHARGED)
    assert session.answers() == (Money.NOT_CHARGED, Retry.ONCE)
    session.set_money_found(Money.CHARGED)
    assert session.answers() == (Money.CHARGED, Retry.NO)
    session.set_money_found(None)
    assert session.answers() == (Money.UNKNOWN, Retry.AFTER_CHECK)


def test_notes_hold_no_card_number(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    session.set_note("卡号 6225 8801 2345 6783 刷不了")
    session.set_step_note("reseat-cable", "4111-1111-1111-1111")
    assert session.case is not None
    kept = store.case(session.case.id)
    assert kept == session.case
    assert "4111" not in kept.marks["reseat-cable"].note


def test_when_the_store_fails_the_desk_stays_as_it_was(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    before = session.case

    def full(*_: object) -> None:
        raise UserError(Text("磁盘满了", "The disk is full"))

    monkeypatch.setattr(store, "save_mark", full)
    with pytest.raises(UserError):
        session.tick("restart-router", True)
    assert session.case == before
    with pytest.raises(UserError):
        session.undo()
    assert session.case == before
    assert session.can_undo


def test_a_deleted_case_leaves_the_entry_without_marks(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    assert session.case is not None
    session.delete(session.case.id)
    assert session.case is None
    assert session.marks == {}
    assert store.cases() == []


def test_all_cases_can_be_deleted_and_the_entry_stays(session: CaseSession, store: CaseStore) -> None:
    session.choose("terminal.e1")
    session.set_result("reseat-cable", StepResult.HELPED)
    assert session.histories
    session.delete_all()
    assert store.cases() == []
    assert session.resolved is not None
    assert (session.case, session.marks, session.histories) == (None, {}, {})


def test_a_case_that_ended_long_ago_is_deleted_also_while_it_is_on_screen(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    clock.time += timedelta(days=1)
    assert session.delete_ended_before(clock.time) == 0, "an open case stays, however old it is"
    assert session.case is not None
    session.set_state(CaseState.SOLVED)
    assert session.delete_ended_before(clock.time) == 0
    assert session.case is not None
    assert session.delete_ended_before(clock.time + timedelta(minutes=1)) == 1
    assert session.marks == {}
    assert store.cases() == []


def test_words_that_found_a_symptom_are_not_kept_as_a_code(session: CaseSession) -> None:
    session.search("connection trouble")
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    assert session.case is not None
    assert session.case.code_shown == "E1"


def test_a_code_that_nobody_knows_goes_with_the_general_checks(session: CaseSession) -> None:
    assert session.search("Q 77").lookup.outcome is Outcome.NONE
    session.choose("terminal.e1")
    assert session.draft().code_shown == "Q 77"
    session.tick("reseat-cable", True)
    assert session.case is not None
    assert session.case.code_shown == "Q 77"


def test_a_sheet_before_the_first_tick_names_the_code_as_it_was_typed(
    session: CaseSession, store: CaseStore
) -> None:
    session.search("e1")
    session.choose("terminal.e1")
    assert session.draft().code_shown == "e1"
    assert store.cases() == []
    session.tick("reseat-cable", True)
    assert session.draft() == session.case


def test_a_search_knows_what_the_shop_has_met_before(store: CaseStore, clock: Clock) -> None:
    catalog = TwoCodes()
    session = CaseSession(catalog, store, clock)

    def seen() -> Collection[str]:
        session.search("e1")
        return catalog.seen

    assert seen() == frozenset()
    session.choose("terminal.e1")
    assert seen() == frozenset()  # viewing an entry does not open a case
    session.tick("reseat-cable", True)
    assert seen() == {"terminal.e1"}
    assert session.case is not None
    session.delete(session.case.id)
    assert seen() == frozenset()


def test_a_search_answers_while_the_cases_cannot_be_read(
    store: CaseStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> frozenset[str]:
        raise UserError(Text("读不了", "cannot be read"))

    monkeypatch.setattr(store, "seen", unreadable)
    assert CaseSession(TwoCodes(), store, clock).search("e1").lookup.outcome is Outcome.EXACT


def test_a_search_gives_the_entry_of_its_answer(session: CaseSession) -> None:
    found = session.search("e1")
    assert found.entry is not None
    assert found.entry is session.resolved
    assert found.entry.entry.id == "terminal.e1"


def test_a_search_without_an_answer_leaves_no_entry_on_screen(session: CaseSession) -> None:
    session.search("e1")
    assert session.search("e9") == SearchResult(Lookup("e9", "e9", Outcome.NONE), None)
    assert session.resolved is None


@pytest.mark.parametrize("outcome", [Outcome.NEAR, Outcome.NONE, Outcome.CARD_DATA])
def test_a_guess_is_never_the_answer(outcome: Outcome) -> None:
    hits = TwoCodes().search("e1").hits
    assert Lookup("e1", "e1", outcome, hits, because=Because.NAMED).answer is None
    assert Lookup("e1", "e1", Outcome.EXACT, hits, because=Because.NAMED).answer == hits[0]


@pytest.mark.parametrize(
    ("refused", "outcome"),
    [(Refusal.BARCODE, Outcome.NONE), (Refusal.URL, Outcome.NONE), (Refusal.PAYMENT_CODE, Outcome.CARD_DATA)],
)
def test_what_was_scanned_instead_of_a_code_is_in_no_case(
    store: CaseStore, clock: Clock, monkeypatch: pytest.MonkeyPatch, refused: Refusal, outcome: Outcome
) -> None:
    def refuse(query: str, *_: object) -> Lookup:
        return Lookup(query, query, outcome, refused=refused)

    catalog = TwoCodes()
    catalog.entries[GENERAL_CHECKS] = _resolved(GENERAL_CHECKS, "")
    session = CaseSession(catalog, store, clock)
    session.search("690123456789")  # all but its last digit may be a code
    monkeypatch.setattr(catalog, "search", refuse)
    assert session.search("6901234567892").entry is None
    assert session.resolved is None
    session.choose(GENERAL_CHECKS)
    assert session.draft().code_shown == ""


@pytest.fixture
def unsure(store: CaseStore, clock: Clock) -> CaseSession:
    """A session with a catalog that never knows which screen showed a code."""
    catalog = TwoCodes()
    catalog.because = None
    catalog.entries[GENERAL_CHECKS] = _resolved(GENERAL_CHECKS, "")
    return CaseSession(catalog, store, clock)


def test_a_code_of_an_unknown_screen_is_no_answer(unsure: CaseSession) -> None:
    found = unsure.search("e1")
    assert (found.lookup.answer, found.lookup.is_sure) == (None, False)
    assert (found.lookup.money, found.lookup.retry) == (Money.UNKNOWN, Retry.AFTER_CHECK)
    assert found.entry is not None
    assert found.entry.entry.id == GENERAL_CHECKS
    assert unsure.because is None


def test_the_screen_that_the_person_chooses_makes_it_sure(unsure: CaseSession) -> None:
    unsure.search("e1")
    assert unsure.choose("terminal.e1")
    assert unsure.because is Because.CHOSEN
    unsure.search("e2")
    assert unsure.because is None


def test_a_screen_that_was_chosen_for_good_is_not_asked_for_again(unsure: CaseSession) -> None:
    unsure.use_shop((), (), {"e1": "terminal.e1"})
    lookup = unsure.search(" E1").lookup
    assert (lookup.because, lookup.answer) == (Because.CHOSEN, lookup.hits[0])
    assert unsure.search("e2").lookup.answer is None


def test_a_choice_counts_only_for_what_the_code_can_mean(unsure: CaseSession) -> None:
    unsure.use_shop((), (), {"e1": "terminal.e2"})
    assert unsure.search("e1").lookup.answer is None


def test_codes_are_read_for_the_screens_of_the_shop(unsure: CaseSession) -> None:
    unsure.use_shop((FIRST, SCANNER), KINDS, {})
    unsure.search("e1")
    assert isinstance(unsure.catalog, TwoCodes)
    assert set(unsure.catalog.screens) == {"terminal"}


@pytest.mark.parametrize(
    ("money", "is_answer"),
    [(Money.UNKNOWN, True), (Money.NOT_APPLICABLE, True), (Money.CHARGED, False), (Money.NOT_CHARGED, False)],
)
def test_words_that_prove_nothing_are_an_answer_only_where_it_leaves_the_money_open(
    money: Money, is_answer: bool
) -> None:
    (hit,) = TwoCodes().search("e1").hits
    hits = (replace(hit, money=money),)
    assert (Lookup("no link", "no link", Outcome.TEXT, hits).answer is not None) is is_answer


def test_an_entry_is_shown_without_its_case_while_the_cases_cannot_be_read(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: str | None = None) -> None:
        raise UserError(Text("读不了", "cannot be read"))

    monkeypatch.setattr(store, "latest_open", unreadable)
    found = session.search("e1")
    assert found.entry is not None
    assert (found.notice, session.case) == (Text("读不了", "cannot be read"), None)


def test_a_first_change_that_cannot_be_kept_leaves_no_empty_case(
    session: CaseSession, store: CaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError(Text("磁盘满了", "the disk is full"))

    session.search("e1")
    with monkeypatch.context() as patch:
        for save in ("save_mark", "save_note", "save_state", "save_money_found", "save_meaning"):
            patch.setattr(store, save, full)
        for change in (
            partial(session.tick, "reseat-cable", True),
            partial(session.set_note, "since noon"),
            partial(session.set_state, CaseState.SOLVED),
            partial(session.set_money_found, Money.CHARGED),
            partial(session.set_meaning, 0),
        ):
            with pytest.raises(UserError):
                change()
            assert session.case is None
    assert store.cases() == []
    assert not session.can_undo
    session.tick("reseat-cable", True)
    assert [summary.tried for summary in store.cases()] == [1]


@pytest.fixture
def deleted(session: CaseSession, store: CaseStore) -> Case:
    """A case with all fields filled in, on screen but deleted by another program."""
    session.search("e1")
    session.tick("reseat-cable", True)
    session.set_step_note("restart-router", "not allowed to")
    session.set_note("since noon")
    session.set_money_found(Money.NOT_CHARGED)
    session.set_meaning(0)
    session.set_details(CaseDetails(amount="128.50"))
    assert session.case is not None
    store.delete(session.case.id)
    return session.case


def test_a_change_of_a_case_that_was_deleted_elsewhere_says_so_and_changes_nothing(
    session: CaseSession, deleted: Case
) -> None:
    with pytest.raises(CaseNotFound):
        session.tick("restart-router", True)
    assert session.case == deleted


def test_a_case_that_was_deleted_elsewhere_is_kept_as_a_new_one(
    session: CaseSession, store: CaseStore, deleted: Case
) -> None:
    session.keep_as_new_case()
    assert session.case is not None
    assert session.case.id != deleted.id
    assert store.case(session.case.id) == session.case == replace(deleted, id=session.case.id)
    session.undo()
    assert "restart-router" not in store.case(session.case.id).marks


def test_a_new_case_for_a_deleted_one_is_kept_whole_or_not_at_all(
    session: CaseSession, store: CaseStore, deleted: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError(Text("磁盘满了", "the disk is full"))

    monkeypatch.setattr(store, "save_state", full)
    with pytest.raises(UserError):
        session.keep_as_new_case()
    assert session.case == deleted
    assert store.cases() == []


def test_a_deleted_case_can_be_let_go_and_its_entry_stays(session: CaseSession, deleted: Case) -> None:
    session.drop_case()
    assert session.case is None
    assert session.marks == {}
    assert session.resolved == deleted.resolved
    session.tick("reseat-cable", True)
    assert session.case is not None
    assert session.case.code_shown == deleted.code_shown


def test_what_the_check_showed_of_one_sale_is_not_said_of_the_next(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.search("e1")
    session.set_money_found(Money.NOT_CHARGED)
    session.clear()
    session.search("e1")
    assert session.answers() == (Money.UNKNOWN, Retry.AFTER_CHECK)
    assert not restarted(store, clock).resume_latest()


def test_an_old_or_closed_case_on_screen_does_not_take_todays_ticks(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.search("e1")
    session.tick("reseat-cable", True)
    assert session.case is not None
    old = session.case.id
    session.set_state(CaseState.SOLVED)
    session.open(old)
    session.search("E1")
    session.tick("restart-router", True)
    assert session.case.id != old
    clock.time += RESUME_WITHIN * 2
    assert not restarted(store, clock).resume_latest()


def test_without_an_answer_the_general_checks_are_on_screen(store: CaseStore, clock: Clock) -> None:
    catalog = TwoCodes()
    catalog.entries[GENERAL_CHECKS] = _resolved(GENERAL_CHECKS, "")
    session = CaseSession(catalog, store, clock)
    found = session.search("e9")
    assert found.lookup.answer is None
    assert found.entry is not None
    assert found.entry.entry.id == GENERAL_CHECKS
    session.tick("reseat-cable", True)
    assert session.draft().code_shown == "e9"
    session.search("e8")
    assert session.case is None


# --- which screen showed it -----------------------------------------------------------------------


class Screens(TwoCodes):
    """A catalog in which 11 has two screens, and 15 is known to others only."""

    def __init__(self) -> None:
        super().__init__()
        self.because = None
        self.entries = {
            each.entry.id: each
            for each in (
                _resolved("card.11", "11"),
                _resolved("terminal.11", "11"),
                _resolved(GENERAL_CHECKS, ""),
            )
        }

    def search(
        self, query: str, limit: int = 50, seen: Collection[str] = (), screens: Collection[str] = ()
    ) -> Lookup:
        found = super().search(query, limit, seen, screens)
        if query == "SumUp 15":
            makers = (MakerName(Text("SumUp", "SumUp"), has_table=False),)
            return Lookup(query, "15", Outcome.NONE, makers=makers)
        return found


@pytest.fixture
def asking(store: CaseStore, clock: Clock) -> CaseSession:
    session = CaseSession(Screens(), store, clock)
    session.search("11")
    return session


def on_screen(session: CaseSession) -> str:
    assert session.resolved is not None
    return session.resolved.entry.id


def test_without_evidence_the_screen_is_asked_for_and_the_general_checks_are_on_screen(
    asking: CaseSession,
) -> None:
    assert asking.is_asking
    assert (on_screen(asking), asking.because, asking.choice) == (GENERAL_CHECKS, None, None)


def test_a_choice_is_the_answer_and_can_be_taken_back(asking: CaseSession) -> None:
    asking.choose("card.11")
    assert (on_screen(asking), asking.because, asking.is_asking) == ("card.11", Because.CHOSEN, False)
    assert asking.can_ask_again
    asking.ask_again()
    assert (on_screen(asking), asking.because, asking.is_asking) == (GENERAL_CHECKS, None, True)
    asking.choose(GENERAL_CHECKS)
    assert (asking.because, asking.is_asking, asking.can_ask_again) == (None, False, True)


def test_a_choice_that_is_kept_answers_at_once_until_it_is_forgotten(asking: CaseSession) -> None:
    asking.choose("terminal.11")
    assert asking.choice is not None
    assert not asking.is_choice_kept
    asking.use_shop((), (), {asking.choice: "terminal.11"})
    assert asking.is_choice_kept
    asking.search("11")
    assert (on_screen(asking), asking.is_asking, asking.is_choice_kept) == ("terminal.11", False, True)
    asking.use_shop((), (), {})
    assert not asking.is_choice_kept
    asking.search("11")
    assert asking.is_asking


def test_a_case_for_a_code_nobody_knows_is_called_by_it(asking: CaseSession) -> None:
    asking.search("SumUp 15")
    assert asking.draft().resolved.entry.title == Text("SumUp 上的未知代码 15", "Unknown code 15 on SumUp")
    asking.set_note("since noon")
    assert asking.case is not None
    assert asking.case.resolved.entry.title.en == "Unknown code 15 on SumUp"
    asking.search("11")
    assert asking.draft().resolved.entry.title.en == "Code 11, not clear which screen showed it"
    asking.choose("card.11")
    assert asking.draft().resolved.entry.title.en == "Communication failure"


# --- the machine ------------------------------------------------------------------------------------


def test_a_case_happened_on_the_only_machine_that_shows_such_codes(
    session: CaseSession, store: CaseStore
) -> None:
    session.use_shop((FIRST, SCANNER), KINDS, {})
    session.choose("terminal.e1")
    assert session.machine == session.draft().machine == FIRST
    session.tick("reseat-cable", True)
    assert session.case is not None
    assert store.case(session.case.id).machine == FIRST


def test_a_case_keeps_its_machine_as_it_was(session: CaseSession, store: CaseStore, clock: Clock) -> None:
    session.use_shop((FIRST,), KINDS, {})
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    again = restarted(store, clock)
    again.use_shop((SECOND,), KINDS, {})
    assert again.resume_latest()
    assert again.machine == again.draft().machine == FIRST
    assert again.machines == (FIRST, SECOND)


def test_among_several_machines_the_person_chooses(session: CaseSession, store: CaseStore) -> None:
    session.use_shop((FIRST, SECOND, SCANNER), KINDS, {})
    session.choose("terminal.e1")
    assert session.machines == (FIRST, SECOND)
    assert session.machine is None
    session.set_machine(SECOND)
    assert session.case is not None
    assert session.machine == store.case(session.case.id).machine == SECOND
    session.set_machine(None)
    assert store.case(session.case.id).machine is None


def test_a_code_that_no_machine_here_shows_has_no_machine(session: CaseSession) -> None:
    session.use_shop((SCANNER,), KINDS, {})
    session.choose("terminal.e1")
    assert (session.machines, session.machine) == ((), None)


def test_what_has_no_code_may_happen_on_any_machine(session: CaseSession) -> None:
    assert isinstance(session.catalog, TwoCodes)
    without_code = _resolved("symptom.slow", "")
    entry = replace(without_code.entry, code=None, origin="symptom")
    session.catalog.entries["symptom.slow"] = replace(without_code, entry=entry)
    session.use_shop((FIRST, SCANNER), KINDS, {})
    session.choose("symptom.slow")
    assert (session.machines, session.machine) == ((FIRST, SCANNER), None)


def test_a_case_that_is_kept_anew_keeps_its_machine(session: CaseSession, store: CaseStore) -> None:
    session.use_shop((FIRST, SECOND), KINDS, {})
    session.choose("terminal.e1")
    session.set_machine(SECOND)
    assert session.case is not None
    store.delete(session.case.id)
    session.keep_as_new_case()
    assert store.case(session.case.id).machine == SECOND


# --- a clock that jumps -------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-20_000, -400, -1, 1, 400, 20_000])
def test_a_case_of_another_time_does_not_come_back_by_itself(
    session: CaseSession, store: CaseStore, clock: Clock, days: int
) -> None:
    session.choose("terminal.e1")
    session.tick("reseat-cable", True)
    clock.time += timedelta(days=days)
    again = restarted(store, clock)
    assert not again.resume_latest()
    again.choose("terminal.e1")
    assert again.case is None
    assert again.earlier_today() is None
    assert [case.code_shown for case in again.recent().unfinished] == ["E1"]


def test_after_the_clock_is_set_back_the_same_code_is_a_new_incident_and_the_other_case_an_offer(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.search("e1")
    session.tick("reseat-cable", True)
    assert session.case is not None
    of_the_future = session.case.id
    clock.time -= timedelta(hours=1)
    again = restarted(store, clock)
    assert not again.resume_latest()
    again.search("e1")
    assert again.case is None
    offered = again.earlier_today()
    assert offered is not None
    assert offered.id == of_the_future
    again.tick("reseat-cable", True)
    assert again.case is not None
    assert again.case.id != of_the_future
    assert store.case(of_the_future).marks == session.marks, "the new incident has touched the other case"


def test_a_clock_that_is_set_right_by_a_minute_ends_no_case(
    session: CaseSession, store: CaseStore, clock: Clock
) -> None:
    session.search("e1")
    session.tick("reseat-cable", True)
    clock.time -= timedelta(minutes=1)
    assert restarted(store, clock).resume_latest()


@hypothesis.settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["tick", "note", "solve", "reopen", "choose", "restart"]),
            st.integers(-56 * 365, 80 * 365).map(lambda days: Clock().time + timedelta(days)),
        ),
        max_size=25,
    )
)
def test_no_clock_breaks_the_work(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, datetime]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("clock") / "cases.sqlite3").store
    clock = Clock()
    session = restarted(store, clock)
    session.choose("terminal.e1")
    numbers = []
    for number, (move, clock.time) in enumerate(moves):
        if move == "tick":
            session.tick("reseat-cable", number % 2 == 0)
        elif move == "note":
            session.set_note(f"note {number}")
        elif move == "solve":
            session.set_state(CaseState.SOLVED)
        elif move == "reopen":
            session.set_state(CaseState.OPEN)
        elif move == "choose":
            session.choose(["terminal.e1", "terminal.e2"][number % 2])
        else:
            session = restarted(store, clock)
            session.resume_latest()
            if session.resolved is None:
                session.choose("terminal.e1")
        if session.case is not None:
            assert store.case(session.case.id) == session.case
            numbers.append(session.case.id)
        session.recent()
        session.earlier_today()
    # The history follows the numbers, and these the order in which the cases were opened.
    assert [case.id for case in store.cases()] == sorted({*numbers}, reverse=True)
    store.close()
