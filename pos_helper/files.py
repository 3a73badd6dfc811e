"""Writes files atomically, keeps unreadable files aside, and explains file errors to users.

Whoever changes a name in a folder does it by this module: a power cut undoes what the folder was not flushed
after. Names that may be lost, those of the index and of the log, are the exceptions.
"""

import errno
import glob
import itertools
import logging
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text

_log = logging.getLogger(__name__)

_NO_FOLDER = Text("文件夹不存在", "the folder does not exist")
_NOT_PERMITTED = Text("没有写入权限", "writing is not permitted there")
_REASONS = {
    errno.ENOSPC: Text("磁盘满了", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额用完了", "the disk quota is used up"),
    errno.EFBIG: Text("文件太大，超过了系统允许的大小", "the file is larger than the system allows"),
    errno.EACCES: _NOT_PERMITTED,
    errno.EPERM: _NOT_PERMITTED,
    errno.EROFS: Text("这个位置只读", "that place is read-only"),
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: Text("这是一个文件夹，不是文件", "that is a folder, not a file"),
    errno.ENAMETOOLONG: Text("文件名太长", "the file name is too long"),
    errno.EIO: Text("磁盘出错了", "the disk reports a fault"),
}

_CARD_IN_NAME = Text(
    "文件名里像是有卡号，请换一个名字。", "The file name seems to hold a card number; choose another one."
)

_WINDOWS_REFUSALS = {5, 32}
"""Access denied and sharing violation: Windows reports either for a file that is open in, say, Excel."""

_NOT_PERMITTED_OR_OPEN = Text(
    "没有写入权限，或者另一个程序正开着这个文件",
    "writing is not permitted there, or another program has the file open",
)


def reason(error: OSError) -> Text:
    """Why a file operation failed, as a clause in both languages."""
    if getattr(error, "winerror", None) in _WINDOWS_REFUSALS:
        return _NOT_PERMITTED_OR_OPEN
    known = _REASONS.get(error.errno or 0)
    return known or Text(f"系统报告：{error.strerror}", f"the system says: {error.strerror}")


def make_folder(path: Path) -> None:
    """Create a folder for this user alone, with its parents, if it does not exist. Raises ``UserError``.

    The XDG Base Directory Specification asks for 0700 where a folder of the user's data is missing.
    """
    try:
        for missing in reversed([each for each in path.parents if not each.exists()]):
            _make_one_folder(missing)
        if not path.is_dir():
            _make_one_folder(path)
    except OSError as error:
        # Both errors mean that a file has the name of the folder or of a parent.
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        file_there = Text("那里有一个同名的文件", "a file of that name is in the way")
        why = file_there if in_the_way else reason(error)
        raise UserError(
            Text(f"无法建立文件夹 {path}：{why.zh}。", f"Cannot make the folder {path}: {why.en}.")
        ) from error


def _make_one_folder(path: Path) -> None:
    path.mkdir(mode=0o777 if _is_shared(path.parent) else 0o700, exist_ok=True)
    flush_folder(path.parent)


def make_private(folder: Path, patterns: Iterable[str]) -> None:
    """Close a folder of this user's data, and what in it has such names, to all other users of the computer.

    A folder that was shared on purpose stays open: one of a group (with the setgid bit), or one that all
    may write to. On Windows the folder lies in the user's profile. Never raises ``OSError``.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):
        if _is_shared(folder) or folder.stat().st_mode & stat.S_ISVTX:
            return
        for each in (folder, *(found for pattern in patterns for found in folder.glob(pattern))):
            _close_to_others(each)


def _close_to_others(path: Path) -> None:
    try:
        found = path.lstat()
        is_link, mode = stat.S_ISLNK(found.st_mode), stat.S_IMODE(found.st_mode)
        if mode & _OTHERS and found.st_uid == os.geteuid() and not is_link:
            path.chmod(mode & ~_OTHERS)
    except OSError as error:  # gone by now, or a disk that knows no users
        _log.info("%s cannot be closed to others: %s", path, error)


_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def _is_shared(folder: Path) -> bool:
    """Whether somebody gave a folder to a group of users or to all; not so one for everybody's own files."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID or (mode & stat.S_IWOTH and not mode & stat.S_ISVTX))


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file completely or leave the existing one unchanged; see ``replacing``."""
    with replacing(path, private=private) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A new file to write to, which takes the place of ``path`` at the end of the block; not if it raises.

    It is a temporary file in the same folder, which is flushed to the disk and renamed. A ``private`` one is
    for this user alone, another one follows the umask. A link stays a link, a device or a pipe is written to
    directly, a write-protected file is not replaced. An ``OSError`` in the block becomes a ``UserError`` with
    the path and the reason. So does a name that holds card data: it would be kept where the file is sent.
    """
    if has_card_data(path.name):
        raise UserError(_CARD_IN_NAME)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            path.open("r+b").close()  # Raises the error with its reason.
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with _temporary(Path(os.path.realpath(path)), private) as file:
                yield file
    except OSError as error:
        why = reason(error)
        raise UserError(
            Text(
                f"无法写入 {path}：{why.zh}。原来的内容没有变。",
                f"Cannot write {path}: {why.en}. Nothing was changed.",
            )
        ) from error


@contextmanager
def _temporary(path: Path, private: bool) -> Iterator[BinaryIO]:
    # Only a part of the name, because the whole could be too long with the suffix.
    name = path.name[:40]
    remove_left_behind(path.parent, _temporary_pattern(name))
    temporary = path.with_name(f".{name}.{os.urandom(4).hex()}.tmp")
    opener = open_private if private and not _is_shared(path.parent) else None
    try:
        with open(temporary, "xb", opener=opener) as file:
            yield file
            flush(file)
        rename(temporary, path)
    except BaseException:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s was left behind: %s", temporary, error)
        raise


def _temporary_pattern(name: str) -> str:
    return f".{glob.escape(name)}.{'[0-9a-f]' * 8}.tmp"


TEMPORARIES = f".*.{'[0-9a-f]' * 8}.tmp"
"""The pattern of the names of all temporary files of ``replacing``."""

_LEFT_BEHIND_SECONDS = 3600.0
"""Nobody writes to one of our files as rarely: its writer was killed."""


def remove_left_behind(folder: Path, pattern: str) -> None:
    """Delete the files of these names that a killed program left in a folder. Never raises ``OSError``."""
    for left in left_behind(folder, pattern):
        try:
            left.unlink()
        except OSError as error:
            _log.info("%s cannot be removed: %s", left, error)


def left_behind(folder: Path, pattern: str) -> list[Path]:
    """The files and folders of these names that nobody has written to for an hour, whatever the clock."""
    found = []
    with suppress(OSError):  # of a folder that is missing or may not be listed
        for each in folder.glob(pattern):
            with suppress(OSError):  # gone by now
                if abs(time.time() - each.lstat().st_mtime) > _LEFT_BEHIND_SECONDS:
                    found.append(each)
    return found


def open_private(path: str, flags: int) -> int:
    """An ``opener`` for ``open``: a file that it creates is for this user alone."""
    return os.open(path, flags, 0o600)


def rename(old: Path, new: Path) -> None:
    """Give a file or a folder another name, in the place of what has that, for good. Raises ``OSError``."""
    old.replace(new)
    # The new name first: what is in neither folder after a power cut would be lost.
    for folder in dict.fromkeys((new.parent, old.parent)):
        flush_folder(folder)


def flush(file: BinaryIO) -> None:
    """Bring what was written to a file to the disk. Raises ``OSError``."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, so that a power cut does not undo a change of them."""
    if sys.platform == "win32":  # which keeps a journal of names and cannot flush a folder
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:  # a folder in which one may write, but not list
        _log.info("The folder %s cannot be flushed: %s", folder, error)
        return
    try:
        os.fsync(descriptor)
    except OSError as error:  # some network folders cannot do it
        _log.info("The folder %s cannot be flushed: %s", folder, error)
    finally:
        os.close(descriptor)


def aside(path: Path, why: str) -> Path:
    """An unused path beside a file, with ``why`` and the time: ``cases.corrupt-20260314-150926.sqlite3``."""
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    tries = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.{why}-{stamp}{again}{path.suffix}") for again in tries)
    return next(name for name in names if not os.path.lexists(name))


def keep_aside(path: Path, companions: Sequence[str] = (), why: str = "corrupt") -> Path:
    """Rename an unusable file to a name beside it that says ``why``, and return the new path.

    ``companions`` are the suffixes of files that belong to it (SQLite's ``-wal``); existing ones are renamed
    too. Raises ``UserError`` if a file cannot be renamed.
    """
    kept = aside(path, why)
    try:
        # The file itself comes last: after an interruption it is still found and kept at the next start.
        for ending in companions:
            companion = path.with_name(path.name + ending)
            if companion.exists():
                rename(companion, kept.with_name(kept.name + ending))
        rename(path, kept)
    except OSError as error:
        refusal = reason(error)
        raise UserError(
            Text(
                f"{path} 读不出来，也无法改名保留：{refusal.zh}。",
                f"{path} cannot be read, and cannot be kept under another name: {refusal.en}.",
            )
        ) from error
    return kept


_NETWORK_KINDS = {
    *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "ceph", "davfs", "vboxsf"),
    *("fuse.sshfs", "fuse.davfs2", "fuse.smbnetfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.vmhgfs-fuse"),
}
"""What Linux calls file systems that another computer may write to at the same time."""

_REMOTE_DRIVE = 4
"""What Windows calls a drive letter of a network share."""


def is_on_network(path: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a file lies on another computer, as far as the system tells."""
    place = os.path.realpath(path)
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(place)[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    kinds = {}
    for line in lines:
        # A blank in a path is written in octal.
        where, kind = (field.replace("\\040", " ") for field in line.split(" ")[1:3])
        kinds[Path(where)] = kind  # the later of two mounts lies above the earlier
    above = (kinds[folder] for folder in Path(place).parents if folder in kinds)
    return next(above, "") in _NETWORK_KINDS
