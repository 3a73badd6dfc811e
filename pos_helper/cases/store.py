"""The case store: cases, marks and notes in SQLite. Each call returns only after the change is on disk.

SQLite does not notice all damage to a file. What cannot be read costs the case, the count or the reminder
that it is of, and nothing else.
"""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from pos_helper.cases.connection import named
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import (
    Case,
    CaseDetails,
    CaseState,
    CaseSummary,
    Ended,
    Mark,
    Met,
    Reminder,
    StepHistory,
    StepResult,
)
from pos_helper.domain.entries import Money
from pos_helper.domain.errors import CaseNotFound, UserError
from pos_helper.domain.filled_in import clean
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Fault, Incident, TriedStep
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text, replace_surrogates

_NOT_SAVED = Text("没有保存成功：{why}。请解决后再试一次。", "Not saved: {why}. Solve that and try again.")
_NOT_READ = Text("读不出处理记录：{why}。", "The cases cannot be read: {why}.")
_UNREADABLE_CASE = Text(
    "第 {number} 号处理记录读不出来：内容已损坏。可以在历史里删除它。",
    "Case {number} cannot be read: its content is damaged. It can be deleted in the history.",
)
_DAMAGED = Text("第 {number} 号：内容已损坏，读不出来", "Case {number}: damaged, cannot be read")

_FALSE = (ValueError, TypeError, OverflowError, LookupError)
"""What reading a value that the program has not written raises; msgspec's errors are ``ValueError`` too."""

_YEARS = range(1969, 3000)
"""No clock has other years (a reset one begins with 1970), and not every system knows its zone in them."""

_T = TypeVar("_T")

_log = logging.getLogger(__name__)

_EPOCH, _EPOCH_IN_DAYS = datetime(2000, 1, 1, 12, tzinfo=UTC), 2451545.0
"""The same time as Python and as SQLite's ``julianday`` write it."""

_FIRST_DAY, _LAST_DAY = 1721426.5, 5373483.5
"""The second day of the year 1 and the second last of the year 9999."""

_LARGEST_NUMBER = 2**63 - 1
"""SQLite's largest integer."""

_CASE = """
    SELECT cases.id, opened_at, code_shown, words, note, state, closed_at, money_found, meaning,
        machine, details, digest
    FROM cases LEFT JOIN guides ON guides.id = cases.guide
"""

_OF_ENTRIES = """
    guide IN (SELECT id FROM guides WHERE entry IN (SELECT value FROM json_each(?)))
"""
"""Only the cases of some entries are read, by their index; a ``+`` keeps SQLite from the order's."""

_SUMMARY = """
    SELECT cases.id, entry, opened_at, code_shown, code, title_zh, title_en, state,
        (SELECT count(result) FROM marks WHERE case_id = cases.id), steps, closed_at, machine, note, details
    FROM cases LEFT JOIN guides ON guides.id = cases.guide
"""

_INCIDENT = """
    SELECT cases.id, guide, entry, code, code_shown, title_zh, title_en, opened_at, machine, money_found
    FROM cases JOIN guides ON guides.id = cases.guide
    WHERE julianday(opened_at) >= coalesce(julianday(?), 0) ORDER BY cases.id DESC
"""

_Tried = tuple[str, str]
"""The id of a step and its result, as the file has them."""


class _CountedEntry(msgspec.Struct):
    money: Money


class _CountedStep(msgspec.Struct):
    text: Text


class _Counted(msgspec.Struct):
    """What is counted of a kept entry: the rest need not be read."""

    entry: _CountedEntry
    steps: dict[str, _CountedStep]


class _Guides(dict[int, _Counted]):
    """The kept entries by their row id, each read and decoded once, where one of its cases is counted."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, guide: int) -> _Counted:
        (words,) = self._db.execute("SELECT words FROM guides WHERE id = ?", (guide,)).fetchone()
        self[guide] = counted = msgspec.json.decode(words, type=_Counted)
        return counted


_TIMES = """
    SELECT id, begun, max(begun, julianday(closed_at)) AS ended
    FROM (SELECT id, closed_at, max(julianday(opened_at)) OVER (ORDER BY id) AS begun FROM cases)
"""
"""When each case began and ended, as days. Numbers only grow: a case began no sooner than those before it."""


class SqliteCaseStore:
    """Stores cases in a database of the newest format. Implements ``domain.ports.CaseStore``.

    Free text is masked for card data before it is written. Times must carry a UTC offset, which is stored
    with them; one without raises ``ValueError``. Two processes may use the same file. A call that raises
    ``UserError`` has written nothing, and the store stays usable. It must be used in the thread that created
    it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take ownership of a connection to a database that ``migrate`` has brought up to date."""
        self._db = db
        self.written: Callable[[], object] = lambda: None
        """Called after each change is on the disk."""

    def close(self) -> None:
        """Close the file. No write is pending."""
        self._db.close()

    # --- writing ------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all changes of a ``with`` block together, or none of them if the block raises."""
        with self._writing():
            yield

    def open_case(
        self, resolved: ResolvedEntry, code_shown: str, at: datetime, machine: Machine | None = None
    ) -> Case:
        """Create a case and return it with its number. Numbers are never reused."""
        shown = _clean(code_shown)
        kept = machine and clean(machine)
        opened_at = _iso(at)
        with self._writing():
            guide_id = self._keep_entry(resolved)
            (case_id,) = self._db.execute(
                "INSERT INTO cases (changed, guide, opened_at, code_shown, machine) "
                "VALUES ((SELECT coalesce(max(changed), 0) + 1 FROM cases), ?, ?, ?, ?) RETURNING id",
                (guide_id, opened_at, shown, kept and msgspec.json.encode(kept)),
            ).fetchone()
        return Case(id=case_id, opened_at=at, code_shown=shown, resolved=resolved, machine=kept)

    def save_mark(self, case_id: int, step_id: str, mark: Mark | None) -> None:
        """Save the mark of a step; ``None`` removes it."""
        with self._changing(case_id):
            if mark is None:
                self._db.execute("DELETE FROM marks WHERE case_id = ? AND step = ?", (case_id, step_id))
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO marks (case_id, step, result, at, note) VALUES (?, ?, ?, ?, ?)",
                    (case_id, step_id, mark.result, _iso(mark.at), _clean(mark.note)),
                )

    def save_note(self, case_id: int, note: str) -> None:
        """Save the note of the case."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET note = ? WHERE id = ?", (_clean(note), case_id))

    def save_state(self, case_id: int, state: CaseState, at: datetime) -> None:
        """Save the state of the case. ``at`` is the time it was closed, unused for an open case."""
        closed_at = None if state is CaseState.OPEN else _iso(at)
        with self._changing(case_id):
            self._db.execute(
                "UPDATE cases SET state = ?, closed_at = ? WHERE id = ?", (state, closed_at, case_id)
            )

    def save_money_found(self, case_id: int, money: Money | None) -> None:
        """Save what the last-sale check showed."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET money_found = ? WHERE id = ?", (money, case_id))

    def save_meaning(self, case_id: int, meaning: int | None) -> None:
        """Save the index of the chosen meaning; ``None`` if undecided."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET meaning = ? WHERE id = ?", (meaning, case_id))

    def save_machine(self, case_id: int, machine: Machine | None) -> None:
        """Save the machine on which it happened; ``None`` if that is not known."""
        with self._changing(case_id):
            self._db.execute(
                "UPDATE cases SET machine = ? WHERE id = ?",
                (machine and msgspec.json.encode(clean(machine)), case_id),
            )

    def save_details(self, case_id: int, details: CaseDetails) -> None:
        """Save what the hotline asks about the case."""
        with self._changing(case_id):
            self._db.execute(
                "UPDATE cases SET details = ? WHERE id = ?", (msgspec.json.encode(clean(details)), case_id)
            )

    def save_reminder(self, reminder: Reminder) -> None:
        """Save a reminder; it replaces the one of the same tip."""
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO reminders (tip, text_zh, text_en, every, due) VALUES (?, ?, ?, ?, ?)",
                (
                    reminder.tip,
                    _clean(reminder.text.zh),
                    _clean(reminder.text.en),
                    reminder.every,
                    reminder.due.isoformat(),
                ),
            )

    def delete_reminder(self, tip: str) -> None:
        """Be reminded of a tip no more, if it was."""
        with self._writing():
            self._db.execute("DELETE FROM reminders WHERE tip = ?", (tip,))

    def delete(self, case_id: int) -> None:
        """Delete a case permanently and erase its text from the file and the write-ahead log.

        While another process is reading, the log keeps the text until the last process closes the file.
        """
        with self._writing():
            if not self._delete_where("id = ?", case_id):
                raise CaseNotFound(case_id)
        self._empty_log()

    def delete_all(self) -> int:
        """Delete all cases as ``delete`` does, and return how many there were. Reminders stay."""
        with self._writing():
            deleted = self._delete_where("true")
        self._empty_log()
        return deleted

    def delete_ended_before(self, at: datetime) -> int:
        """Delete the cases that ended before a time as ``delete`` does, and return how many.

        A case ended no sooner than the cases before it began, whatever the clock said when it was closed.
        """
        with self._writing():
            deleted = self._delete_where(
                f"id IN (SELECT id FROM ({_TIMES}) WHERE ended < julianday(?))", _iso(at)
            )
        if deleted:
            self._empty_log()
        return deleted

    # --- reading ------------------------------------------------------------------------------

    def case(self, case_id: int) -> Case:
        """The case with this number. Raises ``CaseNotFound`` if there is none."""
        if case_id > _LARGEST_NUMBER:
            raise CaseNotFound(case_id)
        with self._reading():
            found = self._find("WHERE cases.id = ?", case_id)
        if found is None:
            raise CaseNotFound(case_id)
        return found

    def latest_open(self, entry_id: str | None = None) -> Case | None:
        """The open case that was changed last, of one entry or of any; ``None`` if there is none."""
        with self._reading():
            if entry_id is None:
                return self._find("WHERE state = ? ORDER BY changed DESC LIMIT 1", CaseState.OPEN)
            return self._find(
                f"WHERE {_OF_ENTRIES} AND state = ? ORDER BY +changed DESC LIMIT 1",
                msgspec.json.encode([entry_id]).decode(),
                CaseState.OPEN,
            )

    def cases(
        self, state: CaseState | None = None, limit: int | None = None, before: int | None = None
    ) -> Sequence[CaseSummary]:
        """Summaries of the cases in a state, or of all, newest first; all of them, or at most ``limit``.

        ``before`` is the number of the case that comes right before the first one in this order.
        """
        return self._summaries(
            "WHERE cases.id < ? AND coalesce(state = ?, ?) ORDER BY cases.id DESC LIMIT coalesce(?, -1)",
            _LARGEST_NUMBER if before is None else before,
            state,
            state is None,
            limit,
        )

    def cases_of(self, entries: Collection[str], since: datetime) -> Sequence[CaseSummary]:
        """Summaries of the cases of some entries, by their ids, opened since then, newest first."""
        return self._summaries(
            f"WHERE {_OF_ENTRIES} AND julianday(opened_at) >= julianday(?) ORDER BY +cases.id DESC",
            msgspec.json.encode(sorted(entries)).decode(),
            _iso(since),
        )

    def step_histories(self) -> Mapping[str, StepHistory]:
        """What each step did in this shop, by its id. A step that could not be done was not tried."""
        with self._reading():
            rows = self._db.execute(
                "SELECT step, sum(result = ?), count(*) FROM marks WHERE result IN (?, ?) GROUP BY step",
                (StepResult.HELPED, StepResult.HELPED, StepResult.NO_CHANGE),
            ).fetchall()
        return {step: StepHistory(helped, tried) for step, helped, tried in rows if isinstance(step, str)}

    def incidents(self, since: datetime | None) -> Sequence[Incident]:
        """The cases opened since then, or all, as they are counted, newest first.

        A step that could not be done was not tried.
        """
        with self._reading():
            rows = self._db.execute(_INCIDENT, (since and _iso(since),)).fetchall()
            marks = self._db.execute(
                "SELECT case_id, step, result FROM marks WHERE case_id >= ? AND result IN (?, ?)",
                (min((row[0] for row in rows), default=0), StepResult.HELPED, StepResult.NO_CHANGE),
            )
            tried: dict[int, list[_Tried]] = {}
            for number, step, result in marks:
                tried.setdefault(number, []).append((step, result))
            guides = _Guides(self._db)
            return _readable(rows, lambda row: _incident(row, guides, tried.get(row[0], ())))

    def reminders(self) -> Sequence[Reminder]:
        """All reminders, the next one first."""
        with self._reading():
            rows = self._db.execute(
                "SELECT tip, text_zh, text_en, every, due FROM reminders ORDER BY due, tip"
            ).fetchall()
        return _readable(rows, _reminder)

    def met_since(self, since: datetime, limit: int) -> Sequence[Met]:
        """What the cases opened since then were about, at most ``limit``, the most frequent first.

        Cases of an entry without a code are counted apart for each code that was typed. The words are those
        of the newest case.
        """
        with self._reading():
            rows = self._db.execute(
                """
                SELECT entry, coalesce(code, code_shown) AS met, title_zh, title_en, count(*), max(cases.id)
                FROM cases JOIN guides ON guides.id = cases.guide
                WHERE julianday(opened_at) >= julianday(?)
                GROUP BY entry, met ORDER BY count(*) DESC, max(cases.id) DESC LIMIT ?
                """,
                (_iso(since), limit),
            ).fetchall()
        return _readable(rows, _met)

    def ended_before(self, at: datetime) -> Ended:
        """What ``delete_ended_before`` would delete."""
        with self._reading():
            count, *times = self._db.execute(
                f"""
                WITH times AS ({_TIMES}),
                    moments AS (SELECT begun AS moment FROM times UNION ALL SELECT ended FROM times),
                    border AS (SELECT julianday(?) AS day)
                SELECT (SELECT count(*) FROM times, border WHERE ended < day),
                    (SELECT max(ended) FROM times, border WHERE ended < day),
                    (SELECT min(moment) FROM moments, border WHERE moment >= day),
                    (SELECT max(moment) FROM moments)
                """,
                (_iso(at),),
            ).fetchone()
        return Ended(count, *(None if days is None else _moment(days) for days in times))

    def seen(self) -> frozenset[str]:
        """The ids of all entries that have a case."""
        with self._reading():
            rows = self._db.execute("SELECT DISTINCT entry FROM guides").fetchall()
        return frozenset(entry for (entry,) in rows if isinstance(entry, str))

    # --- inner --------------------------------------------------------------------------------

    def _summaries(self, which: str, *values: object) -> list[CaseSummary]:
        with self._reading():
            rows = self._db.execute(_SUMMARY + which, values).fetchall()
        summaries: list[CaseSummary] = []
        for row in rows:
            try:
                summaries.append(_summary(row))
            except _FALSE:
                summaries.append(_damaged_summary(row, summaries[-1].opened_at if summaries else _EPOCH))
        return summaries

    def _delete_where(self, which: str, *values: object) -> int:
        deleted = self._db.execute(f"DELETE FROM cases WHERE {which} RETURNING guide", values).fetchall()
        guides = sorted({guide for (guide,) in deleted if isinstance(guide, int)})
        # Only their own kept entries are looked at: a file may have as many of them as cases.
        self._db.execute(
            "DELETE FROM guides WHERE id IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM cases WHERE guide = guides.id)",
            (msgspec.json.encode(guides).decode(),),
        )
        return len(deleted)

    def _empty_log(self) -> None:
        """Take deleted text out of the write-ahead log too. It is deleted by now, even if that fails."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with named(_NOT_SAVED), self._transaction("BEGIN IMMEDIATE"):
            yield
        if not self._db.in_transaction:
            self.written()

    @contextmanager
    def _changing(self, case_id: int) -> Iterator[None]:
        """Write to one case and make it the one changed last. Raises ``CaseNotFound`` if there is none."""
        with self._writing():
            touched = self._db.execute(
                "UPDATE cases SET changed = (SELECT max(changed) + 1 FROM cases) WHERE id = ?", (case_id,)
            )
            if touched.rowcount == 0:
                raise CaseNotFound(case_id)
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read a consistent snapshot, whatever another process writes meanwhile."""
        with named(_NOT_READ), self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        if self._db.in_transaction:  # nested; the outer one commits
            yield
            return
        try:
            self._db.execute(begin)
            yield
            self._db.execute("COMMIT")
        finally:
            # SQLite rolls back by itself on some errors.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _keep_entry(self, resolved: ResolvedEntry) -> int:
        """Store the resolved entry, or find the stored one (many cases share it); return its row id."""
        import hashlib  # imported here: 3 MiB that a start does not need

        words = msgspec.json.encode(resolved)
        digest = hashlib.sha256(words).digest()
        known = self._db.execute("SELECT id FROM guides WHERE digest = ?", (digest,)).fetchone()
        if known is None:
            title = resolved.entry.title
            known = self._db.execute(
                "INSERT INTO guides (digest, entry, code, title_zh, title_en, steps, words) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (
                    digest,
                    resolved.entry.id,
                    resolved.entry.code,
                    title.zh,
                    title.en,
                    len(resolved.all_steps()),
                    words,
                ),
            ).fetchone()
        return int(known[0])

    def _find(self, which: str, *values: object) -> Case | None:
        row = self._db.execute(_CASE + which, values).fetchone()
        if row is None:
            return None
        marks = self._db.execute(
            "SELECT step, result, at, note FROM marks WHERE case_id = ?", (row[0],)
        ).fetchall()
        return _case(row, marks)


def _clean(text: str) -> str:
    """Free text as it may be stored: without card data and lone surrogates."""
    return mask_card_data(replace_surrogates(text))


def _moment(days: float) -> datetime:
    """The time of a number of SQLite's ``julianday``, which also knows years that Python does not."""
    days = min(max(days, _FIRST_DAY), _LAST_DAY)
    return _EPOCH + timedelta(days=days - _EPOCH_IN_DAYS)


def _iso(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.isoformat()


def _readable(rows: Iterable[Sequence[Any]], read: Callable[[Sequence[Any]], _T]) -> list[_T]:
    """What can be read of some rows."""
    found, damaged = [], 0
    for row in rows:
        try:
            found.append(read(row))
        except _FALSE:
            damaged += 1
    if damaged:
        _log.warning("%d damaged rows were left out", damaged)
    return found


def _text(value: object) -> str:
    """A text as the program writes it. Raises ``TypeError``."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("not a number")
    return value


def _time(value: object) -> datetime:
    """A time as the program writes it. Raises ``TypeError`` and ``ValueError``."""
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None or at.year not in _YEARS:
        raise ValueError("not a time of a case")
    return at


def _closed(value: object) -> datetime | None:
    return None if value is None else _time(value)


def _machine(value: Any) -> Machine | None:
    return None if value is None else msgspec.json.decode(value, type=Machine)


def _details(value: Any) -> CaseDetails:
    return CaseDetails() if value is None else msgspec.json.decode(value, type=CaseDetails)


def _kept_entry(words: bytes, digest: object) -> ResolvedEntry:
    """A kept entry. Raises ``ValueError`` if a byte of it was changed: it says whether the money moved."""
    import hashlib  # imported here: 3 MiB that a start without an open case does not need

    if hashlib.sha256(words).digest() != digest:
        raise ValueError("not what was written")
    return msgspec.json.decode(words, type=ResolvedEntry)


def _case(row: Sequence[Any], marks: Sequence[Sequence[Any]]) -> Case:
    """A case with its marks. Raises ``UserError`` if anything in it is damaged."""
    number, opened_at, code_shown, words, note, state, closed_at, money_found, meaning, *kept = row
    machine, details, digest = kept
    try:
        return Case(
            id=number,
            opened_at=_time(opened_at),
            code_shown=_text(code_shown),
            resolved=_kept_entry(words, digest),
            marks={
                _text(step): Mark(None if result is None else StepResult(result), _time(at), _text(mark_note))
                for step, result, at, mark_note in marks
            },
            note=_text(note),
            state=CaseState(state),
            closed_at=_closed(closed_at),
            money_found=None if money_found is None else Money(money_found),
            meaning=None if meaning is None else _number(meaning),
            machine=_machine(machine),
            details=_details(details),
        )
    except _FALSE as error:
        raise UserError(_UNREADABLE_CASE.format(number=number)) from error


def _summary(row: Sequence[Any]) -> CaseSummary:
    number, entry, opened_at, code_shown, code, title_zh, title_en, state, *others = row
    tried, total, closed_at, machine, note, details = others
    return CaseSummary(
        id=number,
        entry=_text(entry),
        opened_at=_time(opened_at),
        code_shown=_text(code_shown),
        code=_text_or_none(code),
        title=Text(_text(title_zh), _text(title_en)),
        state=CaseState(state),
        tried=tried,
        total=_number(total),
        closed_at=_closed(closed_at),
        machine=_machine(machine),
        note=_text(note),
        ticket=_details(details).ticket,
    )


def _damaged_summary(row: Sequence[Any], listed_at: datetime) -> CaseSummary:
    """The row of a damaged case, at its own time if that can be read, else at that of its neighbour."""
    number, _, opened_at, code_shown, *_, note, _ = row
    with suppress(*_FALSE):
        listed_at = _time(opened_at)
    return CaseSummary(
        id=number,
        entry="",
        opened_at=listed_at,
        code_shown=code_shown if isinstance(code_shown, str) else "",
        code=None,
        title=_DAMAGED.format(number=number),
        state=CaseState.OPEN,
        tried=0,
        total=0,
        note=note if isinstance(note, str) else "",
        is_damaged=True,
    )


def _incident(row: Sequence[Any], guides: _Guides, tried: Sequence[_Tried]) -> Incident:
    _, guide, entry, code, code_shown, title_zh, title_en, opened_at, machine, money_found = row
    counted = guides[guide]
    money = Money(money_found) if money_found else counted.entry.money
    return Incident(
        fault=Fault(_text(entry), "" if code else _text(code_shown)),
        code=_text_or_none(code),
        title=Text(_text(title_zh), _text(title_en)),
        opened_at=_time(opened_at),
        machine=_machine(machine),
        money_unknown=money is Money.UNKNOWN,
        tried=tuple(
            TriedStep(step, counted.steps[step].text, result == StepResult.HELPED)
            for step, result in tried
            if step in counted.steps
        ),
    )


def _met(row: Sequence[Any]) -> Met:
    entry, code, zh, en, times, _ = row
    return Met(_text(entry), _text(code), Text(_text(zh), _text(en)), times)


def _reminder(row: Sequence[Any]) -> Reminder:
    tip, zh, en, every, due = row
    return Reminder(_text(tip), Text(_text(zh), _text(en)), _number(every), date.fromisoformat(_text(due)))
