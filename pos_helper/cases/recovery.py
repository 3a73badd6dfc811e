"""Reads what can still be read of a damaged case file into a new one, row by row."""

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pos_helper.cases.connection import connect
from pos_helper.cases.migrations import NotACaseFile, migrate
from pos_helper.domain.cases import CaseState
from pos_helper.domain.errors import UserError

_MOST_PROBED = 100_000
"""So many numbers of cases are asked for one by one where a page between them is damaged: a second."""

_CASE = (
    "id, changed, guide, opened_at, code_shown, note, state, "
    "closed_at, money_found, meaning, machine, details"
)
_GUIDE = "id, digest, entry, code, title_zh, title_en, steps, words"
_MARK = "case_id, step, result, at, note"
_REMINDER = "tip, text_zh, text_en, every, due"

_STATES = {str(state) for state in CaseState}

_log = logging.getLogger(__name__)


def recover(damaged: Path, db: sqlite3.Connection) -> int:
    """Copy the cases that can be read into a new database, and return how many. Never raises for a file.

    The damaged file and its companions stay as they are. A case whose entry is lost comes without it, so that
    its note and its numbers are still there; SQLite's ``.recover`` does likewise, but is in its shell only.
    """
    try:
        with TemporaryDirectory(prefix="pos-helper-") as folder:
            return max(_copied(each, db) for each in _readings(damaged, Path(folder)))
    except (OSError, sqlite3.Error) as error:
        _log.warning("Nothing was recovered from %s: %s", damaged, error)
        return 0


def _readings(damaged: Path, folder: Path) -> Iterator[Path]:
    """Copies to read from: as it is, then with the first page of a new file, which has the same tables."""
    for first_page in (b"", _first_page()):
        copy = folder / f"cases-{len(first_page)}.sqlite3"
        for ending in ("", "-wal", "-journal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{damaged}{ending}", f"{copy}{ending}")
        if first_page:
            with copy.open("r+b") as file:
                pages = file.seek(0, 2) // len(first_page)
                file.seek(0)
                # The header says how many pages there are, and that reading takes the write-ahead log into
                # account: https://www.sqlite.org/fileformat2.html#the_database_header
                file.write(first_page[:18] + b"\2\2" + first_page[20:28])
                file.write(pages.to_bytes(4, "big") + first_page[32:])
        yield copy


def _first_page() -> bytes:
    with closing(connect(":memory:")) as new:
        migrate(new)
        (size,) = new.execute("PRAGMA page_size").fetchone()
        return new.serialize()[:size]


def _copied(source: Path, db: sqlite3.Connection) -> int:
    """Copy what can be read of one file and was not copied yet; how many cases there are then."""
    with suppress(sqlite3.Error), closing(connect(source)) as old:
        with suppress(sqlite3.Error, NotACaseFile, UserError):
            migrate(old)  # as far as that is possible
        _copy_rows(old, db)
    (count,) = db.execute("SELECT count(*) FROM cases").fetchone()
    return int(count)


def _copy_rows(old: sqlite3.Connection, db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        for case in _cases(old):
            _copy_case(old, db, case)
        for reminder in _read(old, f"SELECT {_REMINDER} FROM reminders"):
            _insert(db, "reminders", _REMINDER, reminder)
        db.execute("COMMIT")
    except sqlite3.Error as error:
        _log.warning("What was read of a damaged case file cannot be written: %s", error)
        raise
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _cases(old: sqlite3.Connection) -> Sequence[tuple[Any, ...]]:
    """The cases from both ends up to a damaged page, and those between that can be asked for by number."""
    found: dict[int, tuple[Any, ...]] = {}
    ends = []
    for order in ("ASC", "DESC"):
        last = None
        try:
            for row in old.execute(f"SELECT {_CASE} FROM cases ORDER BY id {order}"):
                last = row[0]
                found[last] = row
        except sqlite3.Error:
            ends.append(last)
        else:
            return list(found.values())
    low = ends[0] or 0
    high = min(ends[1] or low + _MOST_PROBED, low + _MOST_PROBED)
    for number in range(low + 1, high):
        for row in _read(old, f"SELECT {_CASE} FROM cases WHERE id = ?", number):
            found[number] = row
    return list(found.values())


def _copy_case(old: sqlite3.Connection, db: sqlite3.Connection, case: tuple[Any, ...]) -> None:
    number, changed, guide, opened_at, code_shown, note, state, *others = case
    if not (state in _STATES or _is_time(opened_at)):
        return  # a page of something else
    if not isinstance(guide, int):
        guide = -number
    for row in _read(old, f"SELECT {_GUIDE} FROM guides WHERE id = ?", guide):
        _insert(db, "guides", _GUIDE, row)
    # If it cannot be read, a case needs one all the same; it says itself that it is damaged.
    _insert(db, "guides", _GUIDE, (guide, f"lost {guide}".encode(), "", None, "", "", "lost", b""))
    texts = ("" if text is None else text for text in (opened_at, code_shown, note, state))
    changed = changed if isinstance(changed, int) else number
    _insert(db, "cases", _CASE, (number, changed, guide, *texts, *others))
    for mark in _read(old, f"SELECT {_MARK} FROM marks WHERE case_id = ?", number):
        _insert(db, "marks", _MARK, mark)


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _read(old: sqlite3.Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a statement until damage is met."""
    found: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error):
        found.extend(old.execute(statement, values))
    return found


def _insert(db: sqlite3.Connection, table: str, columns: str, row: Sequence[object]) -> None:
    """Insert a row unless it is there already or lacks what it must have."""
    places = ", ".join("?" * len(row))
    db.execute(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})", row)
