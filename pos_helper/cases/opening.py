"""Opens the case store. With an unusable file the program still runs, with a notice for the user."""

import logging
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pos_helper.cases.connection import (
    BUSY_SECONDS,
    COMPANIONS,
    connect,
    copy,
    is_of_file,
    is_unreadable,
    named,
    primary_code,
)
from pos_helper.cases.migrations import NotACaseFile, check_layout, migrate, refuse_newer, require_ours
from pos_helper.cases.recovery import recover
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.cases.write_ahead_log import passed_over
from pos_helper.domain.errors import StoreHeld, UserError
from pos_helper.domain.text import Text
from pos_helper.files import aside, is_on_network, keep_aside, make_folder, make_private

CHECKED_PAGES = 2048
"""A file of more pages (8 MiB, about ten thousand cases) is not checked at start: it would take too long."""

_CANNOT_OPEN = Text("处理记录文件 {path} 打不开：{why}。", "The case file {path} cannot be opened: {why}.")
_KEPT_ASIDE = Text(
    "处理记录文件读不出来，已原样保留为 {kept}。", "The case file cannot be read and was kept as {kept}."
)
_WAS_EMPTY = Text(
    "处理记录文件是空的（0 字节），里面的记录不见了。文件已保留为 {kept}。",
    "The case file is empty (0 bytes): the cases in it are gone. The file was kept as {kept}.",
)
_BEGUN_ANEW = Text("现在从一个新文件开始记录。", "A new file was begun.")
_RECOVERED = Text(
    "还读得出来的 {count} 个处理记录已放进一个新文件。",
    "The {count} cases that could still be read are in a new file.",
)
_LOG_DAMAGED = Text(
    "处理记录的日志坏了一部分，最后至少 {count} 次改动读不出来：请看看最近几个记录是否完整。",
    "A part of the log of the case file is damaged, and at least {count} of the last changes cannot be read: "
    "look whether the newest cases are complete.",
)
_IN_MEMORY = Text(
    "问题解决之前，处理记录没有存盘，关闭程序就会丢失；要留底请先导出。",
    "Until this is solved, cases are not saved and are lost when the program closes: export what you need.",
)

_MADE_BY_START = ("log", "cache")
"""What stands beside the case file after a first start that was interrupted."""

_KEPT_BY_PROGRAM = re.compile(r"\.(corrupt|empty|format-\d+)-\d{8}-\d{6}")

_log = logging.getLogger(__name__)
# Logged as information only, because the notice reaches the user.


@dataclass(frozen=True)
class OpenedStore:
    """A usable store and a notice for the user.

    ``durable`` is ``False`` if cases are kept in memory only; ``notice`` says so then. A durable store has a
    notice if something was lost; ``is_anew`` if the file was kept aside, with cases that are not here.
    ``is_held``: cases are in memory because another program holds the file for now.
    """

    store: SqliteCaseStore
    notice: Text | None
    durable: bool
    is_anew: bool = False
    is_held: bool = False


def open_store(path: Path, wait: float = BUSY_SECONDS) -> OpenedStore:
    """Open the case store, or create it with its folder. Never raises ``UserError``.

    A file that is damaged or not a case file is kept aside under a ``corrupt`` name, an empty one in the
    place of cases under an ``empty`` name, and a new file is created, with what can still be read. If the
    place is read-only, full, locked or missing, or the format is newer, the store is in memory, with a copy
    of the cases if they can be read.
    ``wait`` is the timeout in seconds for a lock of another program, here and in each later call.
    """
    notices: list[Text] = []
    is_anew = False
    try:
        make_folder(path.parent)
        count = passed_over(path)
        if count:
            _keep_log(path)
            _end_log(path)
            notices.append(_LOG_DAMAGED.format(count=count))
        try:
            db = _open(path, wait)
        except (NotACaseFile, _Emptied) as why:
            is_empty = isinstance(why, _Emptied)
            kept = keep_aside(path, COMPANIONS, "empty" if is_empty else "corrupt")
            _log.info("The case file %s cannot be read (%s) and was kept as %s", path, why, kept)
            notices.append((_WAS_EMPTY if is_empty else _KEPT_ASIDE).format(kept=kept))
            db = _open(path, wait)
            is_anew = True
            count = 0 if is_empty else recover(kept, db)
            notices.append(_RECOVERED.format(count=count) if count else _BEGUN_ANEW)
    except UserError as error:
        _log.info("Cases are in memory only: %s", error.text.en)
        return OpenedStore(
            _in_memory(path),
            _join(*notices, error.text, _IN_MEMORY),
            durable=False,
            is_held=isinstance(error, StoreHeld),
        )
    make_private(path.parent, [f"{path.name}*"])
    notice = _join(*notices) if notices else None
    return OpenedStore(SqliteCaseStore(db), notice, durable=True, is_anew=is_anew)


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """The case files that a sync program put beside ours because two computers changed it, by name.

    They end as ours and are named after it: ``cases-PC2``, ``cases (PC2's conflicted copy)``,
    ``cases.sync-conflict-20260314``.
    """
    found = sorted(path.parent.glob(f"{path.stem}*{path.suffix}"))
    return tuple(each for each in found if each != path and not _KEPT_BY_PROGRAM.search(each.name))


def copy_of_cases(path: Path, step: Callable[[], object] = lambda: None) -> sqlite3.Connection:
    """All cases of a file, also while a program writes to it, as a checked copy in memory.

    Without a file the copy is empty. ``step`` is called again and again; what it raises ends the copying.
    Raises ``UserError`` if the file cannot be read, ``NotACaseFile`` if it is damaged or something else.
    """
    db = connect(":memory:")
    try:
        with named(_CANNOT_OPEN, path=path):
            if not path.exists():
                migrate(db)
                return db
            try:
                with closing(connect(path)) as source:
                    copy(source, db, step)
            except sqlite3.Error as error:
                if primary_code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                db.close()
                db = connect(":memory:")
                # As in ``_in_memory``: a read-only folder allows no ``-shm`` file.
                with closing(_connect_read_only(path, immutable=not _has_log(path))) as source:
                    copy(source, db, step)
            _check_whole(db)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.Error) and is_unreadable(error):
            raise NotACaseFile(str(error)) from error
        raise
    return db


def make_current(path: Path) -> None:
    """Check a copy of a case file that nobody has open, and bring it to the newest format.

    Raises ``NotACaseFile`` if anything in it is damaged, ``NewerFormat`` if its format is newer, and
    ``UserError`` if the disk is in the way.
    """
    try:
        with named(_CANNOT_OPEN, path=path), closing(connect(path)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchall()
            _check_whole(db)
            check_layout(db)
            migrate(db)
    except UserError as error:
        if isinstance(error.__cause__, sqlite3.Error) and is_unreadable(error.__cause__):
            raise NotACaseFile(str(error.__cause__)) from error
        raise


def fold_log(path: Path) -> None:
    """Bring what stands in the write-ahead log into the case file: a copy of that alone has all cases then.

    It waits for nobody, and what cannot be folded now stays in the log, as safe as before.
    """
    try:
        with closing(connect(path, timeout=0)) as db:
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    except sqlite3.Error as error:
        _log.info("The log of %s was not folded into it: %s", path, error)


def _keep_log(path: Path) -> None:
    """Keep a copy of a damaged log, which SQLite will write over."""
    log = path.with_name(f"{path.name}-wal")
    kept = aside(log, "corrupt")
    try:
        shutil.copyfile(log, kept)
        _log.info("The log %s is damaged and was copied to %s", log, kept)
    except OSError as error:
        _log.info("The log %s is damaged and cannot be copied: %s", log, error)


def _end_log(path: Path) -> None:
    """Bring what can be read of a damaged log into the file, so that the damage is not found again."""
    with suppress(sqlite3.Error), closing(connect(path, timeout=0)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class _Emptied(Exception):
    """The file has no content, and other data of the program stand beside it."""


def _open(path: Path, wait: float) -> sqlite3.Connection:
    """Connect to the file, migrate and check it. Raises ``NotACaseFile``, ``_Emptied`` and ``UserError``."""
    _look_before_writing(path)
    with named(_CANNOT_OPEN, path=path), ExitStack() as on_failure:
        try:
            db = connect(path, wait)
            on_failure.callback(db.close)
            takes_log = not is_on_network(path)
            if not takes_log:
                _leave_log(db)
            _check_pages(db)
            check_layout(db)
            migrate(db, path)
            _check_writable(db)
            if takes_log:
                _use_log(db, path)
            _check_readable(db)
        except sqlite3.Error as error:
            if is_unreadable(error) or _says_read_only(error, path):
                raise NotACaseFile(str(error)) from error
            raise
        on_failure.pop_all()
    return db


def _says_read_only(error: sqlite3.Error, path: Path) -> bool:
    """Whether it is the file itself that SQLite finds read-only: a wrong write version in its header.

    https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    """
    if primary_code(error) != sqlite3.SQLITE_READONLY:
        return False
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except OSError:
        return False
    return header[18:19] > b"\2"


def _look_before_writing(path: Path) -> None:
    """Check what SQLite overlooks, and what must be known before it opens the file for writing.

    A newer format is refused without changing a byte. SQLite takes a file of one byte for an empty one and
    ignores a truncated last page (which is valid while there is a write-ahead log). The file is not read
    directly, because closing it would drop the locks of other connections in this process.
    Raises ``NotACaseFile``, ``UserError`` and ``sqlite3.Error``.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return  # There is no file yet, or SQLite reports the reason.
    if size == 0 and _has_data_beside(path):
        raise _Emptied("it is empty")
    if size == 1:
        raise NotACaseFile("it has one byte")
    if _has_content(path, "-journal"):
        return  # SQLite first takes back what a power cut left half done, in any part of the file.
    try:
        with closing(_connect_read_only(path, immutable=True)) as db:
            refuse_newer(db)
            (page,) = db.execute("PRAGMA page_size").fetchone()
    except sqlite3.Error as error:
        # Opened for writing, SQLite would delete the write-ahead log of a file that is not a database. Other
        # damage is left to the page check, which takes the log into account.
        if primary_code(error) == sqlite3.SQLITE_NOTADB:
            raise NotACaseFile(str(error)) from error
        if not is_of_file(error):
            raise
        return
    if size % page and not _has_log(path):
        raise NotACaseFile("its last page is cut short")


def _has_data_beside(path: Path) -> bool:
    """Whether a case file that is empty now was not made by a first start, interrupted or still at it."""
    try:
        beside = {each.name for each in path.parent.iterdir()}
    except OSError:  # a folder that may not be listed
        return False
    return not beside <= {path.name, f"{path.name}-journal", *_MADE_BY_START}


def _check_whole(db: sqlite3.Connection) -> None:
    """Raise ``NotACaseFile`` if anything in the database is damaged or it is not of this program."""
    (finding,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise NotACaseFile("SQLite finds it damaged")
    require_ours(db)


def _check_pages(db: sqlite3.Connection) -> None:
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    if pages <= CHECKED_PAGES:
        # Unlike ``quick_check``, it sees a damaged index, with which every write would fail.
        (finding,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if finding != "ok":
            raise NotACaseFile("SQLite finds it damaged")


def _check_writable(db: sqlite3.Connection) -> None:
    # SQLite opens a read-only file without an error; the error appears at the first write.
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM cases WHERE false")
    db.execute("ROLLBACK")


def _check_readable(db: sqlite3.Connection) -> None:
    # A nearly full disk may have room for a new file and none for the index of its log, which reading needs.
    db.execute("SELECT count(*) FROM reminders").fetchall()


def _use_log(db: sqlite3.Connection, path: Path) -> None:
    """Switch to a write-ahead log if possible. The cases are durable without it too."""
    try:
        (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError as error:
        # SQLite refuses it while another process opens the file.
        if not is_of_file(error):
            raise
        mode = error
    if mode != "wal":
        _log.info("The case file %s is used without a write-ahead log: %s", path, mode)


def _leave_log(db: sqlite3.Connection) -> None:
    """Use a rollback journal: a write-ahead log needs shared memory, which two computers do not have.

    In exclusive mode SQLite needs none to fold a log from the time when the file lay on a disk.
    """
    db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    db.execute("PRAGMA journal_mode = DELETE").fetchall()
    db.execute("PRAGMA locking_mode = NORMAL").fetchall()
    db.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # gives the exclusive lock back


def _in_memory(path: Path) -> SqliteCaseStore:
    """A store in memory, with the cases of the file if they can be read."""
    db = connect(":memory:")
    try:
        # Without a log, ``immutable`` avoids the ``-shm`` file, which a read-only folder would not allow.
        with closing(_connect_read_only(path, immutable=not _has_log(path))) as source:
            copy(source, db)
        _check_pages(db)
        check_layout(db)
        migrate(db)
    except (sqlite3.Error, UserError, NotACaseFile) as error:
        db.close()
        if isinstance(error, sqlite3.Error) and not is_of_file(error):
            raise
        why = error.text.en if isinstance(error, UserError) else error
        _log.info("The cases of %s cannot be read either: %s", path, why)
        db = connect(":memory:")
        migrate(db)
        if isinstance(error, NotACaseFile) or (isinstance(error, sqlite3.Error) and is_unreadable(error)):
            recover(path, db)
    return SqliteCaseStore(db)


def _connect_read_only(path: Path, *, immutable: bool) -> sqlite3.Connection:
    """Connect for reading. ``immutable`` reads the file alone, without locks and write-ahead log."""
    how = "mode=ro&immutable=1" if immutable else "mode=ro"
    return connect(f"{path.absolute().as_uri()}?{how}", timeout=0)


def _has_log(path: Path) -> bool:
    """Whether there is a write-ahead log with content. A failed opening can leave an empty one behind."""
    return _has_content(path, "-wal")


def _has_content(path: Path, ending: str) -> bool:
    """Whether the companion of a file with this ending has content."""
    try:
        return path.with_name(path.name + ending).stat().st_size > 0
    except OSError:
        return False


def _join(*texts: Text) -> Text:
    return Text("".join(text.zh for text in texts), " ".join(text.en for text in texts))
