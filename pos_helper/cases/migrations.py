"""The format of the case file, as one migration step per version.

A step turns format *n* into *n + 1* and is never changed once released. With a new step in ``STEPS``, add its
test and a sample file of the previous format.
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from pos_helper.cases.connection import connect, copy
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import aside

APPLICATION_ID = int.from_bytes(b"POSH")
"""The SQLite header field (bytes 68 to 71) that tells case files from other programs' databases."""

MigrationStep = Callable[[sqlite3.Connection], None]

_log = logging.getLogger(__name__)


class NotACaseFile(Exception):
    """The file is damaged or not a case file, and must be kept aside. The message says why."""


class NewerFormat(UserError):
    """The file was written by a newer version of the program."""


def create_schema_v1(db: sqlite3.Connection) -> None:
    """Format 1: resolved entries (``guides``), each once, cases, and the marks of their steps.

    ``words`` is the resolved entry as JSON; the other columns are for the rows of the history. ``changed`` is
    a counter of all changes in the file: it orders cases by last change even with a wrong clock.
    """
    db.execute(
        """
        CREATE TABLE guides (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            entry TEXT NOT NULL,
            code TEXT,
            title_zh TEXT NOT NULL,
            title_en TEXT NOT NULL,
            steps INTEGER NOT NULL,
            words BLOB NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE cases (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            changed INTEGER NOT NULL,
            guide INTEGER NOT NULL REFERENCES guides,
            opened_at TEXT NOT NULL,
            code_shown TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'open',
            closed_at TEXT,
            money_found TEXT,
            meaning INTEGER
        )
        """
    )
    db.execute("CREATE INDEX cases_by_change ON cases (changed)")
    db.execute("CREATE INDEX cases_by_guide ON cases (guide)")
    db.execute(
        """
        CREATE TABLE marks (
            case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
            step TEXT NOT NULL,
            result TEXT,
            at TEXT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (case_id, step)
        ) WITHOUT ROWID
        """
    )


def rename_phrases_v2(db: sqlite3.Connection) -> None:
    """Format 2: in the stored entries, ``say`` becomes ``customer_phrase`` and ``said`` ``phrases``.

    A damaged entry stays unchanged; the error appears when one of its cases is opened.
    """
    rows = db.execute("SELECT id, coalesce(CAST(words AS BLOB), x'') FROM guides").fetchall()
    if not rows:  # as in the empty database that each start compares with
        return
    from hashlib import sha256  # 3 MiB that only the migration of an old file needs

    for number, words in rows:
        try:
            kept = msgspec.json.decode(words, type=dict[str, Any])
            entry = msgspec.convert(kept.get("entry"), dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            _log.warning("The kept entry %s is damaged and was not renamed", number)
            continue
        kept["entry"] = {_PRESENT_FIELDS.get(name, name): value for name, value in entry.items()}
        words = msgspec.json.encode(kept)
        db.execute(
            "UPDATE guides SET digest = ?, words = ? WHERE id = ?", (sha256(words).digest(), words, number)
        )


_PRESENT_FIELDS = {"say": "customer_phrase", "said": "phrases"}


def add_machine_v3(db: sqlite3.Connection) -> None:
    """Format 3: the machine on which the case happened, as JSON; nothing if that is not known."""
    db.execute("ALTER TABLE cases ADD COLUMN machine BLOB")


def add_details_v4(db: sqlite3.Connection) -> None:
    """Format 4: what the hotline asks about a case, as JSON, and the tips to be reminded of.

    ``due`` is the date of the next time, ``every`` the days from one to the next.
    """
    db.execute("ALTER TABLE cases ADD COLUMN details BLOB")
    db.execute(
        """
        CREATE TABLE reminders (
            tip TEXT PRIMARY KEY,
            text_zh TEXT NOT NULL,
            text_en TEXT NOT NULL,
            every INTEGER NOT NULL,
            due TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


STEPS: tuple[MigrationStep, ...] = (create_schema_v1, rename_phrases_v2, add_machine_v3, add_details_v4)


def migrate(db: sqlite3.Connection, path: Path | None = None, steps: Sequence[MigrationStep] = STEPS) -> None:
    """Migrate a database to the newest format in one transaction.

    If ``path`` is given, a file of an older format is first copied to a name beside it, such as
    ``cases.format-1-20260314-150926.sqlite3``. Raises ``NewerFormat`` for a newer format, ``NotACaseFile``
    for another program's database and ``sqlite3.Error`` if reading or writing fails.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        refuse_newer(db, len(steps))
        found = _format(db)
        if path is not None and 0 < found < len(steps):
            _back_up(path, aside(path, f"format-{found}"))
        for step in steps[found:]:
            step(db)
        if found < len(steps):
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def refuse_newer(db: sqlite3.Connection, known: int = len(STEPS)) -> None:
    """Raise ``NewerFormat`` if the format of a case file is newer than ``known``."""
    if _is_ours(db) and _version(db) > known:
        raise NewerFormat(
            Text(
                "处理记录文件是更新版本的程序写的，这个版本读不了；文件没有改动，请安装新版本。",
                "The case file was written by a newer version of the program and was left as it is: "
                "please install the newer version.",
            )
        )


def _format(db: sqlite3.Connection) -> int:
    """The format of a database; 0 for an empty one. Raises ``NotACaseFile``."""
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables == 0:
        return 0
    require_ours(db)
    return _version(db)


def require_ours(db: sqlite3.Connection) -> None:
    """Raise ``NotACaseFile`` unless the database is a case file, of any format."""
    if not _is_ours(db) or _version(db) < 1:
        raise NotACaseFile("it is not of this program")


def check_layout(db: sqlite3.Connection) -> None:
    """Raise ``NotACaseFile`` unless the tables are those of the format that the database says it has.

    What SQLite reads of them is compared: columns with type, default and key, indexes, references. More than
    that does no harm, but a trigger would change what is written. In other tables every statement could fail,
    and that would look like a fault of the program.
    """
    if _format(db) == 0:
        return
    with closing(connect(":memory:")) as new:
        migrate(new, steps=STEPS[: _version(db)])
        missing = _layout(new) - _layout(db)
    if missing:
        raise NotACaseFile("tables or columns are missing")
    if db.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'").fetchone() != (0,):
        raise NotACaseFile("it has triggers")


_LAYOUT = (
    """
    SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
    FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'
    """,
    """
    SELECT t.name, i.name, i."unique", i.origin, c.seqno, c.name
    FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
    WHERE t.type = 'table'
    """,
    """
    SELECT t.name, f."from", f."table", f."to", f.on_update, f.on_delete
    FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'
    """,
)


def _layout(db: sqlite3.Connection) -> set[tuple[object, ...]]:
    """All that SQLite knows of the columns, the indexes and the references of each table."""
    return {row for part in _LAYOUT for row in db.execute(part)}


def _is_ours(db: sqlite3.Connection) -> bool:
    return bool(db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,))


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _back_up(path: Path, name: Path) -> None:
    try:
        with closing(connect(path)) as source, closing(connect(name)) as target:
            copy(source, target)
    except sqlite3.Error:
        try:
            name.unlink()
        except OSError as error:
            _log.info("The unfinished copy %s was left behind: %s", name, error)
        raise
