"""The case journal: cases, marks and notes in SQLite. Each call returns only when the change is on disk."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import msgspec

from pos_helper.cases.connection import named
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import Case, CaseState, CaseSummary, Mark, StepResult
from pos_helper.domain.entries import Money
from pos_helper.domain.errors import CaseNotFound, UserError
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text, replace_surrogates

_NOT_SAVED = Text("没有保存成功：{why}。请解决后再试一次。", "Not saved: {why}. Solve that and try again.")
_NOT_READ = Text("读不出处理记录：{why}。", "The cases cannot be read: {why}.")
_UNREADABLE_CASE = Text(
    "第 {number} 号处理记录读不出来：内容已损坏。", "Case {number} cannot be read: its content is damaged."
)

_LARGEST_NUMBER = 2**63 - 1
"""SQLite's largest integer."""

_CASE = """
    SELECT cases.id, opened_at, code_shown, words, note, state, closed_at, money_found, meaning
    FROM cases JOIN guides ON guides.id = cases.guide
"""


class SqliteCaseStore:
    """Keeps cases in a database of the newest format. Satisfies ``domain.ports.CaseStore``.

    Free text is masked for card data on its way in. Times must carry their zone; they come back with the
    same offset. Two processes may work on one file. After a ``UserError`` nothing of the call was kept, and
    the store can go on being used. It belongs to the thread that made it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take over a connection whose database ``migrate`` has brought up to date."""
        self._db = db

    def close(self) -> None:
        """Let go of the file. Nothing waits to be written."""
        self._db.close()

    # --- writing ------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of a ``with`` block together, or none of them if the block raises."""
        with self._writing():
            yield

    def open_case(self, resolved: ResolvedEntry, code_shown: str, at: datetime) -> Case:
        """Begin a case and return it with its number. A number is never given twice."""
        shown = _clean(code_shown)
        opened_at = _iso(at)
        with self._writing():
            guide_id = self._keep_entry(resolved)
            (case_id,) = self._db.execute(
                "INSERT INTO cases (changed, guide, opened_at, code_shown) "
                "VALUES ((SELECT coalesce(max(changed), 0) + 1 FROM cases), ?, ?, ?) RETURNING id",
                (guide_id, opened_at, shown),
            ).fetchone()
        return Case(id=case_id, opened_at=at, code_shown=shown, resolved=resolved)

    def save_mark(self, case_id: int, step_id: str, mark: Mark | None) -> None:
        """Keep what stands beside a step; ``None`` takes it away."""
        with self._changing(case_id):
            if mark is None:
                self._db.execute("DELETE FROM marks WHERE case_id = ? AND step = ?", (case_id, step_id))
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO marks (case_id, step, result, at, note) VALUES (?, ?, ?, ?, ?)",
                    (case_id, step_id, mark.result, _iso(mark.at), _clean(mark.note)),
                )

    def save_note(self, case_id: int, note: str) -> None:
        """Keep the note of the case."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET note = ? WHERE id = ?", (_clean(note), case_id))

    def save_state(self, case_id: int, state: CaseState, at: datetime) -> None:
        """Mark the case solved, handed over, or open again. ``at`` is when it was closed."""
        closed_at = None if state is CaseState.OPEN else _iso(at)
        with self._changing(case_id):
            self._db.execute(
                "UPDATE cases SET state = ?, closed_at = ? WHERE id = ?", (state, closed_at, case_id)
            )

    def save_money_found(self, case_id: int, money: Money | None) -> None:
        """Keep what the check of the last sale showed."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET money_found = ? WHERE id = ?", (money, case_id))

    def save_meaning(self, case_id: int, meaning: int | None) -> None:
        """Keep which meaning the person chose."""
        with self._changing(case_id):
            self._db.execute("UPDATE cases SET meaning = ? WHERE id = ?", (meaning, case_id))

    def delete(self, case_id: int) -> None:
        """Delete a case for good: its text leaves the file, and the write-ahead log with it.

        While another process is reading, the log keeps the text until the last one closes the file.
        """
        with self._changing(case_id):
            self._db.execute("DELETE FROM cases WHERE id = ?", (case_id,))
            self._db.execute("DELETE FROM guides WHERE id NOT IN (SELECT guide FROM cases)")
        # The case is gone by now, whatever becomes of the log.
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    # --- reading ------------------------------------------------------------------------------

    def case(self, case_id: int) -> Case:
        """One case, whole."""
        if case_id > _LARGEST_NUMBER:
            raise CaseNotFound(case_id)
        with self._reading():
            found = self._find("WHERE cases.id = ?", case_id)
        if found is None:
            raise CaseNotFound(case_id)
        return found

    def latest_open(self, entry_id: str | None = None) -> Case | None:
        """The open case that was worked on last, of one entry or of any, if there is one."""
        with self._reading():
            return self._find(
                "WHERE state = ? AND coalesce(?, entry) = entry ORDER BY changed DESC LIMIT 1",
                CaseState.OPEN,
                entry_id,
            )

    def cases(self) -> Sequence[CaseSummary]:
        """All cases, newest first."""
        with self._reading():
            rows = self._db.execute(
                """
                SELECT cases.id, opened_at, code_shown, code, title_zh, title_en, state,
                    (SELECT count(result) FROM marks WHERE case_id = cases.id), steps
                FROM cases JOIN guides ON guides.id = cases.guide
                ORDER BY cases.id DESC
                """
            ).fetchall()
        return [_summary(row) for row in rows]

    def seen(self) -> frozenset[str]:
        """The ids of the entries that there is a case of."""
        with self._reading():
            rows = self._db.execute("SELECT DISTINCT entry FROM guides").fetchall()
        return frozenset(entry for (entry,) in rows)

    # --- inner --------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with named(_NOT_SAVED), self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _changing(self, case_id: int) -> Iterator[None]:
        """Write to one case, and make it the one that was worked on last."""
        with self._writing():
            touched = self._db.execute(
                "UPDATE cases SET changed = (SELECT max(changed) + 1 FROM cases) WHERE id = ?", (case_id,)
            )
            if touched.rowcount == 0:
                raise CaseNotFound(case_id)
            yield

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read one state of the file, whatever another process does meanwhile."""
        with named(_NOT_READ), self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        if self._db.in_transaction:  # part of a larger one, which ends it
            yield
            return
        try:
            self._db.execute(begin)
            yield
            self._db.execute("COMMIT")
        finally:
            # Some errors of SQLite have rolled back already.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _keep_entry(self, resolved: ResolvedEntry) -> int:
        """Keep the words, or find them: many cases are worked with the same ones."""
        import hashlib  # 3 MiB that no start needs

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
    """Free text as it may be kept."""
    return mask_card_data(replace_surrogates(text))


def _iso(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.isoformat()


@contextmanager
def _unreadable_named(case_id: int) -> Iterator[None]:
    """What SQLite gives back is whole, but a damaged disk can still have changed what stands in it."""
    try:
        yield
    except ValueError as error:  # A bad time or word, and msgspec's errors too.
        raise UserError(_UNREADABLE_CASE.format(number=case_id)) from error


def _case(row: Sequence[Any], marks: Sequence[Sequence[Any]]) -> Case:
    number, opened_at, code_shown, words, note, state, closed_at, money_found, meaning = row
    with _unreadable_named(number):
        return Case(
            id=number,
            opened_at=datetime.fromisoformat(opened_at),
            code_shown=code_shown,
            resolved=msgspec.json.decode(words, type=ResolvedEntry),
            marks={
                step: Mark(result and StepResult(result), datetime.fromisoformat(at), mark_note)
                for step, result, at, mark_note in marks
            },
            note=note,
            state=CaseState(state),
            closed_at=closed_at and datetime.fromisoformat(closed_at),
            money_found=money_found and Money(money_found),
            meaning=meaning,
        )


def _summary(row: Sequence[Any]) -> CaseSummary:
    number, opened_at, code_shown, code, title_zh, title_en, state, tried, total = row
    with _unreadable_named(number):
        return CaseSummary(
            id=number,
            opened_at=datetime.fromisoformat(opened_at),
            code_shown=code_shown,
            code=code,
            title=Text(title_zh, title_en),
            state=CaseState(state),
            tried=tried,
            total=total,
        )
