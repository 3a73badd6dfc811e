"""What can be wrong with the file of an index, told apart from faults of the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class IndexDamaged(Exception):
    """The file of the index is not what was written, or cannot be read or written. The text says why."""


class IndexOutdated(Exception):
    """The file is no index of this version of the program. The text says why."""


class PacksChanged(Exception):
    """The index is sound, and of other packs than there are now."""


_OF_FILES = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
_NO_TEXT = "Could not decode to UTF-8"
"""How Python's module begins its complaint of a text that is none; it goes on with the text."""


@contextmanager
def naming_damage() -> Iterator[None]:
    """Raise as ``IndexDamaged`` what SQLite reports in the block and only a file or a disk can cause.

    The other errors of SQLite, such as one in a statement, are faults of the program.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if str(error).startswith(_NO_TEXT):
            raise IndexDamaged("a text that is none") from error
        # The low byte is the kind of the error, the rest its details.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_FILES:
            raise
        raise IndexDamaged(str(error)) from error
