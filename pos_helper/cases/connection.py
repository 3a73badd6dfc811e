"""Opens SQLite databases with the settings of the case store, and explains SQLite errors to users."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pos_helper.domain.errors import StoreHeld, UserError
from pos_helper.domain.text import Text

BUSY_SECONDS = 2.0
"""How long to wait for a lock of another program."""

WINDOW_BUSY_SECONDS = 0.05
"""How long a window waits for it, which stands still meanwhile. Our own writes take less."""

COMPANIONS = ("-wal", "-shm", "-journal")
"""The endings of the files that SQLite puts beside a case file and that belong to it."""

COPIED_PAGES = 256
"""So many pages (1 MiB) are copied before the copying can be broken off."""

_DAMAGED = Text("文件已损坏", "the file is damaged")
_READ_ONLY = Text("文件或文件夹只读", "the file or its folder is read-only")
_IN_USE = Text("另一个程序占用着这个文件", "another program is holding the file")
_FULL = Text("磁盘满了", "the disk is full")
_REASONS = {
    sqlite3.SQLITE_FULL: _FULL,
    # There is no room for the index of the write-ahead log.
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_IOERR: Text("磁盘写不进或读不出", "the disk cannot be written or read"),
    sqlite3.SQLITE_CANTOPEN: Text(
        "这个文件或它的文件夹不能读写", "the file or its folder cannot be read or written"
    ),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    # A damaged length of a value; a value that the table does not allow.
    sqlite3.SQLITE_TOOBIG: _DAMAGED,
    sqlite3.SQLITE_CONSTRAINT: _DAMAGED,
    sqlite3.SQLITE_MISMATCH: _DAMAGED,
}
_UNREADABLE = {code for code, why in _REASONS.items() if why is _DAMAGED}


class CaseConnection(sqlite3.Connection):
    """A connection for which damage to the file is always a ``sqlite3.DatabaseError``.

    SQLite quotes damaged names in its messages; if they are not UTF-8, Python raises ``UnicodeDecodeError``
    instead of the error itself. Text that is not UTF-8 is read with replacement characters.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.text_factory = partial(str, encoding="utf-8", errors="replace")

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Execute a statement. Raises ``sqlite3.Error``."""
        try:
            return super().execute(sql, *values)
        except (UnicodeDecodeError, MemoryError) as error:
            damaged = sqlite3.DatabaseError("a damaged name or length")
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged from error


def connect(database: Path | str, timeout: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a path, a ``file:`` URI or ``:memory:``. The caller begins and ends transactions.

    ``timeout`` is in seconds. Raises ``sqlite3.Error``.
    """
    db = sqlite3.connect(
        database,
        timeout=timeout,
        isolation_level=None,
        factory=CaseConnection,
        uri=isinstance(database, str) and database.startswith("file:"),
    )
    try:
        # EXTRA is FULL with a write-ahead log; without one, a power cut does not undo the last change either.
        for setting in ("foreign_keys = ON", "synchronous = EXTRA", "secure_delete = ON"):
            db.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def copy(
    source: sqlite3.Connection, target: sqlite3.Connection, step: Callable[[], object] = lambda: None
) -> None:
    """Copy a whole database, as it is at one moment. Raises ``sqlite3.Error``.

    ``step`` is called every ``COPIED_PAGES`` pages; what it raises ends the copying.
    """
    # Python's backup retries forever on a locked source, so the read lock is taken first.
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        source.backup(target, pages=COPIED_PAGES, progress=lambda *_: step())
    finally:
        if source.in_transaction:
            source.execute("ROLLBACK")


def is_unreadable(error: sqlite3.Error) -> bool:
    """Whether SQLite reports that the file is damaged or not a database."""
    return (
        primary_code(error) in _UNREADABLE
        # A wrong byte in the header, for which SQLite gives the code of a wrong statement.
        or str(error) == "unsupported file format"
    )


def is_of_file(error: sqlite3.Error) -> bool:
    """Whether a file, a disk or another program can cause the error; if not, it is a program error."""
    return primary_code(error) in _REASONS or is_unreadable(error)


@contextmanager
def named(failed: Text, **values: object) -> Iterator[None]:
    """Convert SQLite errors in the block to a ``UserError``: ``failed`` with ``{why}`` and values filled in.

    It is a ``StoreHeld`` if another program holds the file.
    An error that neither a disk nor another program can cause is a program error and stays unchanged.
    """
    try:
        yield
    except sqlite3.Error as error:
        why = _REASONS.get(_code(error)) or _REASONS.get(primary_code(error))
        if why is None:
            raise
        zh, en = failed.zh.format(why=why.zh, **values), failed.en.format(why=why.en, **values)
        raise (StoreHeld if why is _IN_USE else UserError)(Text(zh, en)) from error


def primary_code(error: sqlite3.Error) -> int:
    """The primary error code, such as ``sqlite3.SQLITE_FULL``; 0 for an error of the Python module."""
    # The primary code is the low byte of the extended one.
    return _code(error) & 0xFF


def _code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code
