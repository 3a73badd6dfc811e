"""Writes files atomically, keeps unreadable files aside, and explains file errors to users."""

import errno
import itertools
import logging
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

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
    """Write a file completely or leave the existing one unchanged.

    The data goes to a temporary file in the same folder, which is flushed to the disk and renamed. A link
    stays a link, a device or a pipe is written to directly, a write-protected file is not replaced. Raises
    ``UserError`` with the path and the reason.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            path.open("r+b").close()  # Raises the error with its reason.
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        why = reason(error)
        raise UserError(
            Text(
                f"无法写入 {path}：{why.zh}。原来的内容没有变。",
                f"Cannot write {path}: {why.en}. Nothing was changed.",
            )
        ) from error


def _replace(path: Path, data: bytes) -> None:
    # Only a part of the name, because the whole could be too long with the suffix.
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        try:
            temporary.unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s was left behind: %s", temporary, error)
        raise


def aside(path: Path, why: str) -> Path:
    """An unused path beside a file, with ``why`` and the time: ``cases.corrupt-20260314-150926.sqlite3``."""
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    tries = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.{why}-{stamp}{again}{path.suffix}") for again in tries)
    return next(name for name in names if not os.path.lexists(name))


def keep_aside(path: Path, companions: Sequence[str] = ()) -> Path:
    """Rename an unreadable file to a ``corrupt`` name beside it, and return the new path.

    ``companions`` are the suffixes of files that belong to it (SQLite's ``-wal``); existing ones are renamed
    too. Raises ``UserError`` if a file cannot be renamed.
    """
    kept = aside(path, "corrupt")
    try:
        # The file itself comes last: after an interruption it is still found and kept at the next start.
        for ending in companions:
            companion = path.with_name(path.name + ending)
            if companion.exists():
                companion.rename(kept.with_name(kept.name + ending))
        path.rename(kept)
    except OSError as error:
        why = reason(error)
        raise UserError(
            Text(
                f"{path} 读不出来，也无法改名保留：{why.zh}。",
                f"{path} cannot be read, and cannot be kept under another name: {why.en}.",
            )
        ) from error
    return kept
