"""Puts a backup in the place of the data: wholly or not at all, whenever the program is killed.

The backup is unpacked and checked beside the data first. Then that folder takes the name ``restoring``: from
that moment on the backup counts, and whoever finds such a folder moves what is in it into place. The cases
are copied into their file in one transaction: renamed over it, they would leave another program with a file
that has no name.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

import msgspec
from msgspec import Struct

from pos_helper.backup.archive import CASES, FOREIGN, PACKS, SETTINGS, unpack
from pos_helper.backup.kept import STAGED, keep_before_restore
from pos_helper.backup.progress import Progress
from pos_helper.cases.connection import COMPANIONS, connect, copy, is_unreadable, named
from pos_helper.cases.opening import open_store
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import keep_aside, make_folder, reason, rename, write_atomic
from pos_helper.paths import UserPaths

_FORMER = "former-"
_NEWS = "restored.json"

_NOT_RESTORED = Text(
    "没有恢复：{why}。现在的数据没有变。如果另一个窗口开着，请先关掉它。",
    "Not restored: {why}. Nothing was changed. If another window is open, close it first.",
)
_RESTORED = Text(
    "已恢复 {made_at} 的备份。恢复之前的数据保留为 {kept}，想撤销就恢复它。",
    "The backup of {made_at} was restored. What was here before is kept as {kept}: restore that to undo it.",
)

_log = logging.getLogger(__name__)


class Restored(Struct, frozen=True):
    """Which backup took the place of the data, and where those are kept."""

    made_at: datetime
    kept: str

    @property
    def sentence(self) -> Text:
        """What to tell the person."""
        return _RESTORED.format(made_at=f"{self.made_at.astimezone():%Y-%m-%d %H:%M}", kept=self.kept)


def prepare(user: UserPaths, backup: Path, now: datetime, progress: Progress) -> Path:
    """Unpack and check a backup beside the data and keep a copy of these; return the folder for ``restore``.

    That works while a window uses the data. Raises ``UserError`` and ``Cancelled``; nothing has changed then.
    """
    if backup.resolve() in _files_of(user.cases):
        # Opened here and closed, it would lose the locks of the window.
        raise UserError(FOREIGN.format(path=backup))
    make_folder(user.data)
    discard_prepared(user)
    try:
        staged = Path(mkdtemp(prefix=STAGED, dir=user.data))
    except OSError as error:
        raise _not_restored(reason(error)) from error
    try:
        if not user.cases.exists():
            open_store(user.cases).store.close()  # a file without content would look like lost cases
        manifest = unpack(backup, staged, progress)
        kept = keep_before_restore(user, now, progress)
        news = Restored(manifest.made_at, str(kept))
        write_atomic(staged / _NEWS, msgspec.json.encode(news), private=True)
    except BaseException:
        _discard(staged)
        raise
    return staged


def _files_of(cases: Path) -> set[Path]:
    return {cases.with_name(f"{cases.name}{ending}").resolve() for ending in ("", *COMPANIONS)}


def restore(user: UserPaths, staged: Path) -> Restored:
    """Put what ``prepare`` made in the place of the data. Raises ``UserError``; nothing has changed then.

    Nobody may have the data open meanwhile: a window would go on with cases that are not there any more.
    """
    try:
        with _alone(user.cases) as cases:
            try:
                rename(staged, user.restoring)
            except OSError as error:
                raise _not_restored(reason(error)) from error
            return _finish(user, cases)
    finally:
        _discard(staged)


def finish_restoring(user: UserPaths) -> Restored | None:
    """Finish what a killed program began to restore, if one did. Raises ``UserError``.

    Called before anything of the data is read.
    """
    if not user.restoring.is_dir():
        return None
    with _alone(user.cases) as cases:
        return _finish(user, cases) if user.restoring.is_dir() else None


def discard_prepared(user: UserPaths) -> None:
    """Throw away what was prepared and never restored."""
    for staged in user.data.glob(f"{STAGED}*"):
        _discard(staged)


def _finish(user: UserPaths, cases: sqlite3.Connection) -> Restored:
    folder = user.restoring
    moves = [(folder / PACKS, user.packs), (folder / SETTINGS, user.settings)]
    try:
        for new, place in moves:
            _swap(new, place)
        with closing(connect(f"{(folder / CASES).absolute().as_uri()}?mode=ro")) as source:
            copy(source, cases)
        news = msgspec.json.decode((folder / _NEWS).read_bytes(), type=Restored)
    except (OSError, sqlite3.Error, msgspec.DecodeError) as error:
        for new, place in reversed(moves):
            _swap_back(new, place)
        _discard(folder)
        if isinstance(error, OSError):
            raise _not_restored(reason(error)) from error
        with named(_NOT_RESTORED):
            raise
    _discard(folder)
    return news


def _swap(new: Path, place: Path) -> None:
    """Put ``new`` into its place, unless that was done before the program was killed."""
    if new.exists():
        if place.exists():
            rename(place, _former(new))
        rename(new, place)


def _swap_back(new: Path, place: Path) -> None:
    former = _former(new)
    if not new.exists():
        rename(place, new)
    if former.exists():
        rename(former, place)


def _former(new: Path) -> Path:
    return new.with_name(f"{_FORMER}{new.name}")


def _discard(folder: Path) -> None:
    """Delete a folder. It loses its name first, so that half of it is never taken for the whole."""
    if not folder.exists():
        return
    doomed = folder.with_name(f"{STAGED}{os.urandom(4).hex()}")
    try:
        rename(folder, doomed)
    except OSError as error:
        _log.warning("%s cannot be put away: %s", folder, error)
        return
    shutil.rmtree(doomed, ignore_errors=True)


@contextmanager
def _alone(cases: Path) -> Iterator[sqlite3.Connection]:
    """The case file, which nobody else can use meanwhile. Raises ``UserError`` if somebody does."""
    with named(_NOT_RESTORED):
        try:
            db = _exclusive(cases)
        except sqlite3.Error as error:
            if not is_unreadable(error):
                raise
            keep_aside(cases, COMPANIONS)
            db = _exclusive(cases)
    with closing(db):
        yield db


def _exclusive(cases: Path) -> sqlite3.Connection:
    db = connect(cases)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        # With a write-ahead log SQLite refuses this while anybody else has the file open at all.
        db.execute("PRAGMA journal_mode = DELETE").fetchall()
        db.execute("BEGIN EXCLUSIVE")
        db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def _not_restored(why: Text) -> UserError:
    return UserError(Text(_NOT_RESTORED.zh.format(why=why.zh), _NOT_RESTORED.en.format(why=why.en)))
