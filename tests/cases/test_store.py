"""The store returns cases as they were saved, and erases deleted ones."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)
from msgspec.structs import replace

from pos_helper.cases.connection import connect
from pos_helper.cases.opening import open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import (
    Case,
    CaseDetails,
    CaseState,
    CaseSummary,
    Mark,
    Reminder,
    StepHistory,
    StepResult,
    step_progress,
)
from pos_helper.domain.entries import GENERAL_CHECKS, Money
from pos_helper.domain.errors import CaseNotFound, UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Fault, TriedStep
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text, replace_surrogates

NOW = datetime(2026, 3, 14, 15, 9, 26, 535897, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
ORDER = "4200002412202611307654321098"
BEIJING = timezone(timedelta(hours=8))
TERMINAL = Machine("card-terminal", "红机器", "2", "10012346", "A920", "NX-1", "银联商务", "95534")


def _renamed(resolved: ResolvedEntry, entry_id: str) -> ResolvedEntry:
    return replace(resolved, entry=replace(resolved.entry, id=entry_id))


def _reopened(path: Path) -> SqliteCaseStore:
    opened = open_store(path)
    assert opened.durable
    return opened.store


def test_the_journal_is_a_case_store(store: SqliteCaseStore) -> None:
    port: CaseStore = store
    assert port.cases() == []
    assert port.latest_open() is None


def test_a_case_comes_back_as_it_was(path: Path, store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    case = store.open_case(resolved, "Ｅ１", NOW)
    assert case == Case(id=case.id, opened_at=NOW, code_shown="Ｅ１", resolved=resolved)
    store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW, "网线松了 🔌"))
    store.save_mark(case.id, "restart-router", Mark(None, NOW, "note only"))
    store.save_note(case.id, "第一行\nsecond line\0𠮷")
    store.save_money_found(case.id, Money.NOT_CHARGED)
    store.save_meaning(case.id, 1)
    store.save_machine(case.id, TERMINAL)
    store.save_details(case.id, CaseDetails(amount="128.50", order_number=ORDER))
    store.save_state(case.id, CaseState.SOLVED, NOW + timedelta(minutes=5))
    expected = Case(
        id=case.id,
        opened_at=NOW,
        code_shown="Ｅ１",
        resolved=resolved,
        marks={
            "reseat-cable": Mark(StepResult.HELPED, NOW, "网线松了 🔌"),
            "restart-router": Mark(None, NOW, "note only"),
        },
        note="第一行\nsecond line\0𠮷",
        state=CaseState.SOLVED,
        closed_at=NOW + timedelta(minutes=5),
        money_found=Money.NOT_CHARGED,
        meaning=1,
        machine=TERMINAL,
        details=CaseDetails(amount="128.50", order_number=ORDER),
    )
    assert store.case(case.id) == expected
    other = _reopened(path)
    assert other.case(case.id) == expected
    other.close()


def test_what_was_chosen_can_be_taken_back(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    case = store.open_case(resolved, "E1", NOW)
    store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW))
    store.save_money_found(case.id, Money.CHARGED)
    store.save_meaning(case.id, 0)
    store.save_machine(case.id, TERMINAL)
    store.save_state(case.id, CaseState.HANDED_OVER, NOW)
    store.save_mark(case.id, "reseat-cable", None)
    store.save_money_found(case.id, None)
    store.save_meaning(case.id, None)
    store.save_machine(case.id, None)
    store.save_state(case.id, CaseState.OPEN, NOW)
    assert store.case(case.id) == case


def test_the_newest_cases_in_a_state_can_be_asked_for(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    first, second, third, fourth = [store.open_case(resolved, "E1", NOW).id for _ in range(4)]
    store.save_state(third, CaseState.SOLVED, NOW)
    assert [case.id for case in store.cases(CaseState.OPEN)] == [fourth, second, first]
    assert [case.id for case in store.cases(CaseState.OPEN, 2)] == [fourth, second]
    assert [case.id for case in store.cases(limit=2)] == [fourth, third]


def test_what_was_met_most_comes_first(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    rare, often = _renamed(resolved, "terminal.rare"), _renamed(resolved, "terminal.often")
    checks = replace(resolved, entry=replace(resolved.entry, id=GENERAL_CHECKS, code=None))
    for entry, code in [(rare, "e1"), *[(often, "E1")] * 3, *[(checks, "E777")] * 2, (checks, "")]:
        store.open_case(entry, code, NOW)
    met = store.met_since(NOW, 9)
    assert [(each.entry, each.code, each.times) for each in met] == [
        ("terminal.often", "E1", 3),
        (GENERAL_CHECKS, "E777", 2),
        (GENERAL_CHECKS, "", 1),
        ("terminal.rare", "E1", 1),
    ]
    assert met[0].title == resolved.entry.title
    assert store.met_since(NOW, 2) == met[:2]


def test_only_what_was_met_since_then_counts_whatever_the_zone(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    east = timezone(timedelta(hours=8))
    store.open_case(_renamed(resolved, "before"), "E1", (NOW - timedelta(seconds=1)).astimezone(east))
    store.open_case(_renamed(resolved, "since"), "E1", (NOW + timedelta(seconds=1)).astimezone(east))
    assert [each.entry for each in store.met_since(NOW, 9)] == ["since"]


@pytest.mark.parametrize(
    "zone",
    [
        UTC,
        timezone(timedelta(hours=8)),
        timezone(timedelta(hours=-3, minutes=-30)),
        timezone(timedelta(hours=8, minutes=5, seconds=43)),
        ZoneInfo("Asia/Shanghai"),
    ],
    ids=str,
)
def test_times_keep_their_offset(
    store: SqliteCaseStore, resolved: ResolvedEntry, zone: timezone | ZoneInfo
) -> None:
    at = datetime(2026, 3, 14, 23, 59, 59, 1, tzinfo=zone)
    case = store.open_case(resolved, "E1", at)
    store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, at))
    store.save_state(case.id, CaseState.SOLVED, at)
    found = store.case(case.id)
    assert found.closed_at
    times = (found.opened_at, found.marks["reseat-cable"].at, found.closed_at, store.cases()[0].opened_at)
    assert {time.isoformat() for time in times} == {at.isoformat()}


def test_a_time_without_a_zone_is_refused(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    with pytest.raises(ValueError, match="zone"):
        store.open_case(resolved, "E1", NOW.replace(tzinfo=None))
    assert store.cases() == []


def test_free_text_is_masked_for_card_data(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    case = store.open_case(resolved, CARD, NOW, Machine(serial=CARD))
    store.save_note(case.id, f"卡号 {CARD}")
    store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW, f"card {CARD}!"))
    found = store.case(case.id)
    assert case.code_shown == found.code_shown == mask_card_data(CARD)
    assert case.machine == found.machine == Machine(serial=mask_card_data(CARD))
    store.save_machine(case.id, Machine(label=f"{CARD}!"))
    assert store.case(case.id).machine == Machine(label=mask_card_data(f"{CARD}!"))
    store.save_details(case.id, CaseDetails(order_number=CARD, screen_text=f"{CARD}!", trace_number="1"))
    details = store.case(case.id).details
    assert details == CaseDetails(
        order_number=mask_card_data(CARD), screen_text=mask_card_data(f"{CARD}!"), trace_number="1"
    )
    assert CARD not in found.note + found.marks["reseat-cable"].note
    assert "1111" in found.note
    stored = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert CARD.encode() not in stored
    assert "网线松了".encode() in stored  # Texts are stored readably, so a card number would be found too.


def test_half_a_character_is_kept_as_a_question_mark(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    case = store.open_case(resolved, "E1\ud800", NOW)
    store.save_note(case.id, "\udfff!")
    assert store.case(case.id) == replace(case, code_shown="E1?", note="?!")


# --- the history --------------------------------------------------------------------------------


def test_the_history_shows_the_newest_first(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    code_less = replace(resolved, entry=replace(resolved.entry, id="symptom.no-paper", code=None))
    first = store.open_case(resolved, "e1", NOW)
    second = store.open_case(code_less, "不出纸", NOW - timedelta(days=1))
    store.save_mark(first.id, "reseat-cable", Mark(StepResult.NO_CHANGE, NOW))
    store.save_mark(first.id, "restart-router", Mark(None, NOW, "note only"))
    total = step_progress(resolved, {}).total
    title = Text("通讯失败", "Communication failure")
    assert store.cases() == [
        CaseSummary(
            second.id, "symptom.no-paper", second.opened_at, "不出纸", None, title, CaseState.OPEN, 0, total
        ),
        CaseSummary(first.id, resolved.entry.id, NOW, "e1", "E1", title, CaseState.OPEN, 1, total),
    ]


def test_the_cases_of_some_entries_since_a_time_can_be_asked_for(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    other = replace(resolved, entry=replace(resolved.entry, id="terminal.e2"))
    store.open_case(resolved, "old", NOW - timedelta(hours=1))
    first = store.open_case(resolved, "E1", NOW.astimezone(BEIJING), TERMINAL)
    store.open_case(other, "E2", NOW)
    last = store.open_case(resolved, "E1", NOW)
    found = store.cases_of({resolved.entry.id, "former"}, NOW)
    assert [(case.id, case.machine) for case in found] == [(last.id, None), (first.id, TERMINAL)]


def test_what_helped_is_counted_over_all_cases(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    for result in (StepResult.HELPED, StepResult.NO_CHANGE, StepResult.HELPED, StepResult.COULD_NOT, None):
        case = store.open_case(resolved, "E1", NOW)
        store.save_mark(case.id, "reseat-cable", Mark(result, NOW, "a note"))
    store.save_mark(case.id, "restart-router", Mark(StepResult.NOT_APPLICABLE, NOW))
    assert store.step_histories() == {"reseat-cable": StepHistory(helped=2, tried=3)}


def test_a_summary_has_what_a_case_is_found_by(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    case = store.open_case(resolved, "E1", NOW, TERMINAL)
    assert (store.cases()[0].note, store.cases()[0].ticket) == ("", "")
    store.save_note(case.id, "下午三点开始")
    store.save_details(case.id, CaseDetails(ticket="WO-77"))
    (found,) = store.cases()
    assert (found.note, found.ticket, found.machine) == ("下午三点开始", "WO-77", TERMINAL)


def test_cases_are_counted_with_what_was_tried_and_what_was_known_of_the_money(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    first, second, third = (step.id for step in resolved.all_steps()[:3])
    case = store.open_case(resolved, "E1", NOW, TERMINAL)
    store.save_mark(case.id, first, Mark(StepResult.NO_CHANGE, NOW))
    store.save_mark(case.id, second, Mark(StepResult.HELPED, NOW))
    store.save_mark(case.id, third, Mark(StepResult.COULD_NOT, NOW))
    store.save_mark(case.id, "gone", Mark(StepResult.HELPED, NOW))
    checked = store.open_case(resolved, "E1", NOW + timedelta(hours=1))
    store.save_money_found(checked.id, Money.NOT_CHARGED)
    newest, oldest = store.incidents(None)
    assert newest.opened_at == NOW + timedelta(hours=1)
    assert (newest.money_unknown, oldest.money_unknown) == (False, resolved.entry.money is Money.UNKNOWN)
    assert oldest.fault == newest.fault == Fault(resolved.entry.id, "")
    assert (oldest.code, oldest.title) == (resolved.entry.code, resolved.entry.title)
    assert oldest.machine == TERMINAL
    assert oldest.tried == (
        TriedStep(first, resolved.steps[first].text, False),
        TriedStep(second, resolved.steps[second].text, True),
    )


def test_only_cases_since_then_are_counted(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    for hours in (0, 1, 2):
        store.open_case(resolved, "E1", NOW + timedelta(hours=hours))
    since = NOW.astimezone(BEIJING) + timedelta(hours=1)
    assert [each.opened_at - NOW for each in store.incidents(since)] == [
        timedelta(hours=2),
        timedelta(hours=1),
    ]


def test_the_history_can_be_read_page_by_page(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    for _ in range(5):
        store.open_case(resolved, "E1", NOW)
    first = store.cases(limit=2)
    second = store.cases(limit=2, before=first[-1].id)
    third = store.cases(limit=2, before=second[-1].id)
    assert [*first, *second, *third] == store.cases()
    assert len(third) == 1


def test_codes_that_nobody_knows_are_counted_apart(store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    general = replace(resolved, entry=replace(resolved.entry, id=GENERAL_CHECKS, code=None))
    for code in ("Z1", "Z2", "Z1"):
        store.open_case(general, code, NOW)
    assert [each.fault.shown for each in store.incidents(None)] == ["Z1", "Z2", "Z1"]


def test_a_reminder_is_there_until_it_is_not_wanted_any_more(store: SqliteCaseStore) -> None:
    paper = Reminder("paper", Text("备好纸卷", "Keep paper at hand"), 7, NOW.date())
    cable = Reminder("cable", Text("看网线", "Look at the cables"), 30, NOW.date() + timedelta(days=1))
    store.save_reminder(cable)
    store.save_reminder(paper)
    assert store.reminders() == [paper, cable]
    later = replace(paper, due=NOW.date() + timedelta(days=7))
    store.save_reminder(later)
    assert store.reminders() == [cable, later]
    store.delete_reminder("cable")
    store.delete_reminder("cable")
    assert store.reminders() == [later]


def test_the_latest_open_case_is_the_one_worked_on_last(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    older = store.open_case(resolved, "E1", NOW)
    newer = store.open_case(_renamed(resolved, "terminal.e2"), "E2", NOW - timedelta(hours=1))
    assert store.latest_open() == newer
    store.save_note(older.id, "still at it")
    assert store.latest_open() == store.case(older.id)
    assert store.latest_open("terminal.e2") == newer
    assert store.latest_open("terminal.e3") is None
    store.save_state(older.id, CaseState.SOLVED, NOW)
    assert store.latest_open() == newer
    assert store.latest_open("terminal.e1") is None
    store.save_state(newer.id, CaseState.HANDED_OVER, NOW)
    assert store.latest_open() is None


# --- deleting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 50, 5000], ids=["short", "page", "many-pages"])
def test_deleting_takes_the_text_out_of_the_files(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry, length: int
) -> None:
    kept = store.open_case(resolved, "E1", NOW)
    store.save_note(kept.id, "this one stays")
    secret = replace(resolved, entry=replace(resolved.entry, title=Text("秘密标题", "secret title")))
    case = store.open_case(secret, "secret code", NOW)
    for number in range(30):
        store.save_note(case.id, f"secret draft {number} " * length)
        store.save_mark(case.id, f"step-{number}", Mark(None, NOW, f"secret mark {number} " * length))
    assert b"secret" in _bytes_beside(path)
    store.delete(case.id)
    for _ in "before and after closing":
        everything = _bytes_beside(path)
        assert b"secret" not in everything
        assert "秘密".encode() not in everything
        assert b"this one stays" in everything
        store.close()
    other = _reopened(path)
    assert [summary.id for summary in other.cases()] == [kept.id]
    other.close()


def test_all_cases_can_be_deleted_and_leave_nothing_in_the_files(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    paper = Reminder("paper", Text("备好纸卷", "Keep paper at hand"), 7, NOW.date())
    store.save_reminder(paper)
    for number in range(3):
        case = store.open_case(resolved, f"secret {number}", NOW)
        store.save_details(case.id, CaseDetails(screen_text="secret"))
    assert store.delete_all() == 3
    assert store.cases() == []
    assert store.reminders() == [paper]
    assert b"secret" not in _bytes_beside(path)


def test_only_cases_that_ended_before_are_deleted(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    before, since, still_open = (
        store.open_case(resolved, code, NOW - timedelta(days=300)) for code in ("secret", "since", "open")
    )
    store.save_state(before.id, CaseState.SOLVED, NOW - timedelta(days=181))
    # The same moment as the limit, in another zone.
    store.save_state(since.id, CaseState.GIVEN_UP, (NOW - timedelta(days=180)).astimezone(BEIJING))
    assert store.delete_ended_before(NOW - timedelta(days=180)) == 1
    assert [case.id for case in store.cases()] == [still_open.id, since.id]
    assert b"secret" not in _bytes_beside(path)


def _bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_deleting_one_case_leaves_the_words_that_another_shares(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    one, other = (store.open_case(resolved, "E1", NOW) for _ in "ab")
    store.delete(one.id)
    assert store.case(other.id).resolved == resolved


def test_the_number_of_a_deleted_case_is_not_given_again(
    store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    case = store.open_case(resolved, "E1", NOW)
    store.delete(case.id)
    assert store.open_case(resolved, "E1", NOW).id > case.id


def test_the_same_words_are_kept_once(path: Path, store: SqliteCaseStore, resolved: ResolvedEntry) -> None:
    store.open_case(resolved, "E1", NOW)
    with connect(path) as db:
        pages = db.execute("PRAGMA page_count").fetchone()
        for _ in range(20):
            store.open_case(resolved, "E1", NOW)
        assert db.execute("PRAGMA page_count").fetchone() == pages
    db.close()


# --- errors -------------------------------------------------------------------------------------

CALLS: dict[str, Callable[[SqliteCaseStore, int], object]] = {
    "case": lambda store, case: store.case(case),
    "save_mark": lambda store, case: store.save_mark(case, "s", Mark(StepResult.HELPED, NOW)),
    "remove_mark": lambda store, case: store.save_mark(case, "s", None),
    "save_note": lambda store, case: store.save_note(case, "note"),
    "save_state": lambda store, case: store.save_state(case, CaseState.SOLVED, NOW),
    "save_money_found": lambda store, case: store.save_money_found(case, Money.CHARGED),
    "save_meaning": lambda store, case: store.save_meaning(case, 0),
    "delete": lambda store, case: store.delete(case),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_case_that_does_not_exist(store: SqliteCaseStore, resolved: ResolvedEntry, call: str) -> None:
    case = store.open_case(resolved, "E1", NOW)
    with pytest.raises(CaseNotFound):
        CALLS[call](store, case.id + 1)
    assert store.case(case.id) == case


@pytest.fixture
def locked(path: Path, store: SqliteCaseStore) -> Iterator[sqlite3.Connection]:
    """A second connection that can lock the file."""
    assert store.cases() == []
    other = sqlite3.connect(path, isolation_level=None)
    yield other
    other.close()


@pytest.mark.parametrize("call", [call for call in CALLS if call != "case"])
def test_a_locked_store_says_so_and_goes_on_later(
    store: SqliteCaseStore, resolved: ResolvedEntry, locked: sqlite3.Connection, call: str
) -> None:
    case = store.open_case(resolved, "E1", NOW)
    locked.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as error:
        CALLS[call](store, case.id)
    assert "没有保存成功：另一个程序占用着这个文件" in error.value.text.zh
    assert "Not saved: another program is holding the file" in error.value.text.en
    assert store.case(case.id) == case
    locked.execute("ROLLBACK")
    CALLS[call](store, case.id)


def test_opening_a_case_in_a_locked_store(
    store: SqliteCaseStore, resolved: ResolvedEntry, locked: sqlite3.Connection
) -> None:
    locked.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError):
        store.open_case(resolved, "E1", NOW)
    locked.execute("ROLLBACK")
    assert store.cases() == []
    assert store.open_case(resolved, "E1", NOW) == store.latest_open()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE guides SET words = '{'",
        "UPDATE guides SET words = '{}'",
        "UPDATE guides SET digest = x'00'",
        "UPDATE cases SET guide = 99",
        "UPDATE cases SET opened_at = '2026-03-14T15:09:26'",
        "UPDATE cases SET opened_at = '0001-01-01T00:00:00+00:00'",
        "UPDATE cases SET opened_at = 5",
        "UPDATE cases SET note = x'ff'",
        "UPDATE cases SET machine = 'odd'",
        "UPDATE cases SET details = x''",
        "UPDATE cases SET opened_at = 'yesterday'",
        "UPDATE cases SET state = 'odd'",
        "UPDATE cases SET money_found = 'odd'",
        "UPDATE marks SET result = 'odd'",
        "UPDATE marks SET at = ''",
    ],
)
def test_a_damaged_case_is_named_and_can_be_deleted(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry, damage: str
) -> None:
    case = store.open_case(resolved, "E1", NOW)
    store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW))
    db = connect(path)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(damage)
    db.close()
    with pytest.raises(UserError) as error:
        store.case(case.id)
    assert [summary.id for summary in store.cases()] == [case.id]
    assert f"第 {case.id} 号" in error.value.text.zh
    assert f"Case {case.id} " in error.value.text.en
    store.delete(case.id)
    assert store.cases() == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cases SET state = 'opfn' WHERE id = 2",
        "UPDATE cases SET guide = 99 WHERE id = 2",
        "UPDATE cases SET opened_at = CAST(x'ff3230' AS TEXT) WHERE id = 2",
        "UPDATE cases SET details = '{' WHERE id = 2",
    ],
)
def test_a_damaged_case_costs_one_row_of_the_history(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry, damage: str
) -> None:
    for _ in range(3):
        store.open_case(resolved, "E1", NOW)
    store.save_reminder(Reminder("clean", Text("清洁", "Clean"), 7, NOW.date()))
    with closing(connect(path)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(damage)
        db.execute("INSERT INTO reminders VALUES (x'00', 'zh', 'en', 7, 'soon')")
        db.execute("INSERT INTO marks VALUES (1, x'00', 'helped', '', '')")
    assert [(case.id, case.is_damaged) for case in store.cases()] == [(3, False), (2, True), (1, False)]
    assert "内容已损坏" in store.cases()[1].title.zh
    assert "damaged" in store.cases()[1].title.en
    assert store.latest_open() == store.case(3)
    assert len(store.incidents(None)) in (2, 3)
    assert next(met.times for met in store.met_since(NOW, 5)) in (2, 3)
    assert [reminder.tip for reminder in store.reminders()] == ["clean"]
    assert store.step_histories() == {}
    store.delete(2)
    assert [case.id for case in store.cases()] == [3, 1]


def test_a_kept_entry_of_which_a_letter_changed_answers_nothing(
    path: Path, store: SqliteCaseStore, resolved: ResolvedEntry
) -> None:
    case = store.open_case(resolved, "E1", NOW)
    with closing(connect(path)) as db:
        db.execute(
            "UPDATE guides SET words = CAST(replace(CAST(words AS TEXT), ?, ?) AS BLOB)",
            (resolved.entry.title.en, resolved.entry.title.en.upper()),
        )
    with pytest.raises(UserError, match="damaged"):
        store.case(case.id)


def test_a_fault_of_the_program_is_no_trouble(path: Path, store: SqliteCaseStore) -> None:
    db = connect(path)
    db.execute("DROP TABLE marks")
    db.close()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.cases()


# --- any sequence of operations -----------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
TIMES = st.datetimes(
    min_value=datetime.fromisoformat("1970-01-01"),
    max_value=datetime.fromisoformat("2998-12-31"),
    timezones=st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
STEPS = st.sampled_from(["check-last-sale", "reseat-cable", "restart-router", "restart-terminal"])
MARKS = st.none() | st.builds(Mark, st.none() | st.sampled_from(StepResult), TIMES, TEXTS)


def _kept(text: str) -> str:
    return mask_card_data(replace_surrogates(text))


class AnyWork(RuleBasedStateMachine):
    """After any sequence of operations, the store contains the same cases as a plain dict."""

    numbers = Bundle("numbers")

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "cases.sqlite3"
        self.store = _reopened(self.path)
        self.model: dict[int, Case] = {}
        self.order: list[int] = []
        sample = Path(__file__).parent / "data" / "resolved-entry.json"
        resolved = msgspec.json.decode(sample.read_bytes(), type=ResolvedEntry)
        self.guides = [resolved, _renamed(resolved, "terminal.e2")]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def _changed(self, number: int, **changes: object) -> None:
        self.model[number] = replace(self.model[number], **changes)
        self.order.remove(number)
        self.order.append(number)

    @rule(target=numbers, resolved=st.integers(0, 1), shown=TEXTS, at=TIMES)
    def open_case(self, resolved: int, shown: str, at: datetime) -> int:
        case = self.store.open_case(self.guides[resolved], shown, at)
        assert case.id not in self.model
        self.model[case.id] = Case(case.id, at, _kept(shown), self.guides[resolved])
        self.order.append(case.id)
        assert case == self.model[case.id]
        return case.id

    @rule(number=numbers, step=STEPS, mark=MARKS)
    def mark(self, number: int, step: str, mark: Mark | None) -> None:
        self.store.save_mark(number, step, mark)
        marks = {**self.model[number].marks}
        marks.pop(step, None)
        if mark:
            marks[step] = replace(mark, note=_kept(mark.note))
        self._changed(number, marks=marks)

    @rule(number=numbers, note=TEXTS)
    def note(self, number: int, note: str) -> None:
        self.store.save_note(number, note)
        self._changed(number, note=_kept(note))

    @rule(number=numbers, state=st.sampled_from(CaseState), at=TIMES)
    def state(self, number: int, state: CaseState, at: datetime) -> None:
        self.store.save_state(number, state, at)
        self._changed(number, state=state, closed_at=None if state is CaseState.OPEN else at)

    @rule(number=numbers, money=st.none() | st.sampled_from(Money))
    def money(self, number: int, money: Money | None) -> None:
        self.store.save_money_found(number, money)
        self._changed(number, money_found=money)

    @rule(number=numbers, meaning=st.none() | st.integers(0, 5))
    def meaning(self, number: int, meaning: int | None) -> None:
        self.store.save_meaning(number, meaning)
        self._changed(number, meaning=meaning)

    @rule(number=consumes(numbers))
    def delete(self, number: int) -> None:
        self.store.delete(number)
        del self.model[number]
        self.order.remove(number)

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = _reopened(self.path)

    @invariant()
    def holds_the_same(self) -> None:
        if not hasattr(self, "store"):
            return
        assert {number: self.store.case(number) for number in self.model} == self.model
        shown = [(summary.id, summary.tried, summary.state) for summary in self.store.cases()]
        assert shown == [
            (number, step_progress(case.resolved, case.marks).done, case.state)
            for number, case in sorted(self.model.items(), reverse=True)
        ]
        for entry in (None, *(resolved.entry.id for resolved in self.guides)):
            still_open = [
                self.model[number]
                for number in self.order
                if self.model[number].state is CaseState.OPEN
                and entry in (None, self.model[number].resolved.entry.id)
            ]
            assert self.store.latest_open(entry) == (still_open[-1] if still_open else None)


TestAnyWork = AnyWork.TestCase
TestAnyWork.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_a_kept_entry_goes_with_the_last_of_its_cases_and_no_sooner(
    store: SqliteCaseStore, path: Path, resolved: ResolvedEntry
) -> None:
    def kept_entries() -> int:
        with closing(sqlite3.connect(path)) as db:
            return int(db.execute("SELECT count(*) FROM guides").fetchone()[0])

    other = replace(resolved, entry=replace(resolved.entry, title=Text("别的", "another")))
    first, second = (store.open_case(resolved, "E1", NOW).id for _ in range(2))
    third = store.open_case(other, "E1", NOW).id
    store.delete(first)
    assert kept_entries() == 2
    store.delete(second)
    assert kept_entries() == 1
    store.delete(third)
    assert kept_entries() == 0
