"""Writes files atomically, keeps unreadable files aside, and explains file errors to users."""

import errno
import itertools
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

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
    """Create a folder with its parents if it does not exist. Raises ``UserError``."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        # Both errors mean that a file has the name of the folder or of a parent.
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        file_there = Text("那里有一个同名的文件", "a file of that name is in the way")
        why = file_there if in_the_way else reason(error)
        raise UserError(
            Text(f"无法建立文件夹 {path}：{why.zh}。", f"Cannot make the folder {path}: {why.en}.")
        ) from error


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file completely or leave the existing one unchanged; see ``replacing``."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file to write to, which takes the place of ``path`` at the end of the block; not if it raises.

    It is a temporary file in the same folder, which is flushed to the disk and renamed. A link stays a link,
    a device or a pipe is written to directly, a write-protected file is not replaced. An ``OSError`` in the
    block becomes a ``UserError`` with the path and the reason.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            path.open("r+b").close()  # Raises the error with its reason.
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with _temporary(Path(os.path.realpath(path))) as file:
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
def _temporary(path: Path) -> Iterator[BinaryIO]:
    # Only a part of the name, because the whole could be too long with the suffix.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            yield file
            flush(file)
        temporary.replace(path)
        flush_folder(path.parent)
    except BaseException:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s was left behind: %s", temporary, error)
        raise


def flush(file: BinaryIO) -> None:
    """Bring what was written to a file to the disk. Raises ``OSError``."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, so that a power cut does not undo a rename."""
    if sys.platform == "win32":  # which keeps a journal of names and cannot flush a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
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
                companion.rename(kept.with_name(kept.name + ending))
        path.rename(kept)
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
