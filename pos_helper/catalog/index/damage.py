"""The errors of an index file, as distinct from errors of the program."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class IndexDamaged(Exception):
    """The index file is damaged, or cannot be read or written. The message says why."""


class IndexOutdated(Exception):
    """The file is not an index of this version of the program. The message says why."""


class PacksChanged(Exception):
    """The index is valid but was compiled from other packs or other versions of them."""


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
"""How the message of Python's ``sqlite3`` for invalid text begins; the text itself follows."""


@contextmanager
def naming_damage() -> Iterator[None]:
    """Convert SQLite errors in the block that a file or a disk causes to ``IndexDamaged``.

    Other SQLite errors, such as one in a statement, are errors of the program and stay unchanged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if str(error).startswith(_NO_TEXT):
            raise IndexDamaged("a text that is none") from error
        # The low byte is the primary error code.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _OF_FILES:
            raise
        raise IndexDamaged(str(error)) from error
