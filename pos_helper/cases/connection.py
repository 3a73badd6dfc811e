"""Opening an SQLite database the way the journal needs it, and naming what SQLite reports."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text

BUSY_SECONDS = 2.0
"""How long to wait for another program that is writing."""

_DAMAGED = Text("文件已损坏", "the file is damaged")
_READ_ONLY = Text("文件或文件夹只读", "the file or its folder is read-only")
_IN_USE = Text("另一个程序占用着这个文件", "another program is holding the file")
_REASONS = {
    sqlite3.SQLITE_FULL: Text("磁盘满了", "the disk is full"),
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
}


def connect(database: Path | str, timeout: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a database, a ``file:`` address or ``:memory:``. The caller begins and ends transactions."""
    db = sqlite3.connect(
        database,
        timeout=timeout,
        isolation_level=None,
        uri=isinstance(database, str) and database.startswith("file:"),
    )
    try:
        for setting in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            db.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database. Raises ``sqlite3.Error``."""
    # Python's backup waits for ever on a locked source; with the read lock taken first it need not wait.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    source.backup(target)
    source.execute("ROLLBACK")


def is_unreadable(error: sqlite3.Error) -> bool:
    """Whether SQLite reports that the file is no database, or a broken one."""
    return (
        primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        # A wrong byte of the header; SQLite gives it the code of a wrong statement.
        or str(error) == "unsupported file format"
    )


def is_of_file(error: sqlite3.Error) -> bool:
    """Whether a file, a disk or another program can cause an error; else it is a fault of this program."""
    return primary_code(error) in _REASONS or is_unreadable(error)


@contextmanager
def named(failed: Text, **values: object) -> Iterator[None]:
    """Raise what SQLite reports in the block as a ``UserError``: ``failed`` with its ``{why}`` filled in.

    A code that neither a disk nor another program can cause is a fault of the program and stays as it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        why = _REASONS.get(primary_code(error))
        if why is None:
            raise
        zh, en = failed.zh.format(why=why.zh, **values), failed.en.format(why=why.en, **values)
        raise UserError(Text(zh, en)) from error


def primary_code(error: sqlite3.Error) -> int:
    """The kind of an error, such as ``sqlite3.SQLITE_FULL``; 0 for an error of Python's module itself."""
    # The low byte is the kind, the rest its details.
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
