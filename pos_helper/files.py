"""Writing files so that a reader never finds half of one."""

import errno
import os
import tempfile
from pathlib import Path

from pos_helper.domain.errors import Trouble
from pos_helper.domain.text import Text

_REASONS = {
    errno.ENOSPC: Text("磁盘满了", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额用完了", "the disk quota is used up"),
    errno.EACCES: Text("没有写入权限", "writing is not permitted there"),
    errno.EPERM: Text("没有写入权限", "writing is not permitted there"),
    errno.EROFS: Text("这个位置只读", "that place is read-only"),
    errno.ENOENT: Text("文件夹不存在", "the folder does not exist"),
    errno.ENOTDIR: Text("文件夹不存在", "the folder does not exist"),
    errno.EISDIR: Text("这是一个文件夹，不是文件", "that is a folder, not a file"),
    errno.ENAMETOOLONG: Text("文件名太长", "the file name is too long"),
}


def reason(error: OSError) -> Text:
    """Why an operation on a file failed, as a clause in both languages."""
    known = _REASONS.get(error.errno or 0)
    return known or Text(f"系统报告：{error.strerror}", f"the system says: {error.strerror}")


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file or leave what was there.

    The bytes go to a new file in the same folder, are flushed to the disk, and then take the name.
    Raises ``Trouble`` naming the path and the reason, and then nothing of the attempt is left behind.
    """
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; the finished one follows the umask like any other.
        if os.name == "posix":
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        why = reason(error)
        raise Trouble(
            Text(
                f"无法写入 {path}：{why.zh}。原来的内容没有变。",
                f"Cannot write {path}: {why.en}. Nothing was changed.",
            )
        ) from error
