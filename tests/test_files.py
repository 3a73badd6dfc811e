"""A file is written completely or not at all, and errors have a text in both languages."""

import errno
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_helper.domain.errors import UserError
from pos_helper.files import (
    TEMPORARIES,
    aside,
    is_on_network,
    keep_aside,
    make_folder,
    make_private,
    reason,
    remove_left_behind,
    replacing,
    write_atomic,
)

OLD, NEW = b"old content", b"new content"

_needs_posix = pytest.mark.skipif(os.name != "posix", reason="devices, links and limits of POSIX systems")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with content, the only one in its folder."""
    path = tmp_path / "单子.txt"
    path.write_bytes(OLD)
    return path


def _trouble(path: Path, data: bytes = NEW) -> UserError:
    """Return the error that writing raises; its text names the path in both languages."""
    with pytest.raises(UserError) as caught:
        write_atomic(path, data)
    assert str(path) in caught.value.text.zh
    assert str(path) in caught.value.text.en
    return caught.value


def _assert_untouched(path: Path) -> None:
    assert [file.read_bytes() for file in path.parent.iterdir()] == [OLD]


@contextmanager
def _file_size_limit(limit: int) -> Iterator[None]:
    """Limit the size of files written by this process to ``limit`` bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["new.txt", "单子.txt", "n" * 255, "无" * 85])
def test_a_file_is_written_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for data in (OLD, NEW, b""):
        write_atomic(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("old", [None, OLD], ids=["new", "there"])
def test_a_file_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, old: bytes | None, flushes: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / "file"
    if old is not None:
        path.write_bytes(old)
    write_atomic(path, NEW)
    found = path.stat().st_ino
    assert flushes[:2] == [("flushed", found, len(NEW)), ("renamed", found, len(NEW))]


@_needs_posix
def test_a_new_name_is_on_the_disk_too(path: Path, flushes: list[tuple[str, int, int]]) -> None:
    write_atomic(path, NEW)
    assert flushes[2][:2] == ("flushed", path.parent.stat().st_ino)


@_needs_posix
def test_a_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


@_needs_posix
def test_a_link_stays_a_link(tmp_path: Path, path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    write_atomic(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW


@_needs_posix
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    write_atomic(link, NEW)
    assert link.is_char_device()


def test_a_break_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, NEW)
    _assert_untouched(path)


def test_what_cannot_be_removed_after_a_failure_leaves_one_line(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    caplog.set_level("INFO")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        patch.setattr(Path, "unlink", refuse)
        _trouble(path)
    (left,) = (file for file in path.parent.iterdir() if file != path)
    assert caplog.messages == [f"{left} was left behind: [Errno {errno.EACCES}] Permission denied"]


def test_a_kill_before_the_file_takes_its_name_leaves_the_old_file(path: Path) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from pos_helper.files import write_atomic\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "write_atomic(Path(sys.argv[1]), b'new content')\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, path], cwd=Path(__file__).parents[1], check=False)
    assert killed.returncode != 0
    assert path.read_bytes() == OLD
    assert sorted(file.read_bytes() for file in path.parent.iterdir()) == [NEW, OLD]


# --- other users of the computer ----------------------------------------------------------------


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@_needs_posix
def test_new_folders_and_private_files_are_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    write_atomic(folder / "file", NEW, private=True)
    assert [_mode(each) for each in (folder.parent, folder, folder / "file")] == [0o700, 0o700, 0o600]


@_needs_posix
def test_what_is_open_to_others_is_closed(tmp_path: Path) -> None:
    for name in ("cases.sqlite3", "cases.sqlite3-wal", "invoice.txt"):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    (tmp_path / "cases-link").symlink_to(tmp_path / "invoice.txt")
    make_private(tmp_path, ["cases*"])
    modes = [_mode(tmp_path / name) for name in ("", "cases.sqlite3", "cases.sqlite3-wal", "invoice.txt")]
    assert modes == [0o700, 0o600, 0o600, 0o644]


@_needs_posix
def test_a_folder_that_was_made_for_a_group_stays_open_to_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o2775)
    (tmp_path / "cases").touch()
    (tmp_path / "cases").chmod(0o664)
    make_private(tmp_path, ["cases"])
    before = os.umask(0o002)
    try:
        make_folder(tmp_path / "packs")
        write_atomic(tmp_path / "settings", NEW, private=True)
    finally:
        os.umask(before)
    assert [_mode(tmp_path / name) for name in ("", "cases", "packs", "settings")] == [
        *(0o775, 0o664, 0o775, 0o664),
    ]


@_needs_posix
def test_a_folder_of_all_users_stays_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    make_private(tmp_path, [])
    assert _mode(tmp_path) == 0o777
    make_private(tmp_path / "missing", [])


# --- what a kill left ---------------------------------------------------------------------------


def _left(folder: Path, name: str, seconds: float) -> Path:
    """A temporary file that was written to so long ago."""
    left = folder / name
    left.write_bytes(NEW)
    at = time.time() - seconds
    os.utime(left, (at, at))
    return left


def test_what_a_kill_left_is_removed_once_nobody_can_be_writing_to_it(tmp_path: Path) -> None:
    for number, seconds in enumerate((7200, -7200)):  # the clock may have been set back since
        _left(tmp_path, f".settings.json.0000000{number}.tmp", seconds)
    others = [
        _left(tmp_path, ".settings.json.00000002.tmp", 60),
        _left(tmp_path, "settings.json.00000003.tmp", 7200),
        _left(tmp_path, ".settings.json.tmp", 7200),
        _left(tmp_path, ".settings.json.0000000g.tmp", 7200),
    ]
    remove_left_behind(tmp_path, TEMPORARIES)
    remove_left_behind(tmp_path / "missing", TEMPORARIES)
    assert sorted(tmp_path.iterdir()) == sorted(others)


@pytest.mark.parametrize("name", ["sheet [1]*.txt", "单子.txt", "n" * 255])
def test_the_next_file_of_a_name_removes_what_a_kill_left_of_it(tmp_path: Path, name: str) -> None:
    _left(tmp_path, f".{name[:40]}.00000001.tmp", 7200)
    other = _left(tmp_path, ".other.00000001.tmp", 7200)
    write_atomic(tmp_path / name, NEW)
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / name, other])


# --- errors -------------------------------------------------------------------------------------


def test_a_missing_folder(tmp_path: Path) -> None:
    text = _trouble(tmp_path / "missing" / "file").text
    assert "文件夹不存在" in text.zh
    assert "the folder does not exist" in text.en
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_folders_place(path: Path) -> None:
    assert "文件夹不存在" in _trouble(path / "file").text.zh
    _assert_untouched(path)


@pytest.mark.parametrize("content", [None, "file"])
def test_a_folder_in_the_files_place(tmp_path: Path, content: str | None) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if content:
        (folder / content).touch()
    text = _trouble(folder).text
    assert "这是一个文件夹" in text.zh
    assert "that is a folder" in text.en
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("folder", [".", "..", "/"])
def test_a_path_without_a_file_name(folder: str) -> None:
    assert "that is a folder" in _trouble(Path(folder)).text.en


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    text = _trouble(tmp_path / ("n" * 256)).text
    assert "文件名太长" in text.zh
    assert "the file name is too long" in text.en
    assert list(tmp_path.iterdir()) == []


@_needs_posix
def test_a_file_that_outgrows_what_the_system_allows(path: Path) -> None:
    with _file_size_limit(1_000_000):
        text = _trouble(path, bytes(1_000_001)).text
    assert "文件太大" in text.zh
    assert "larger than the system allows" in text.en
    _assert_untouched(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_is_full() -> None:
    text = _trouble(Path("/dev/full")).text
    assert "磁盘满了" in text.zh
    assert "the disk is full" in text.en


PROGRAM = """
import sys
from pathlib import Path
from pos_helper.domain.errors import UserError
from pos_helper.files import write_atomic
path = Path(sys.argv[1])
try:
    write_atomic(path, bytes(200_000))
except UserError as trouble:
    files = sorted(file.name for file in path.parent.iterdir())
    sys.stdout.buffer.write(f"{trouble.text.zh}|{trouble.text.en}|{path.read_bytes()}|{files}".encode())
"""


@pytest.mark.parametrize(
    ("mounts", "zh", "en"),
    [
        ("mount -t tmpfs -o size=100k tmpfs {0}; printf old > {0}/file", "磁盘满了", "the disk is full"),
        (
            "printf old > {0}/file; mount --bind {0} {0}; mount -o remount,bind,ro {0}",
            "这个位置只读",
            "read-only",
        ),
        (
            "printf old > {0}/file; mount --bind {0}/file {0}/file; mount -o remount,bind,ro {0}/file",
            "这个位置只读",
            "read-only",
        ),
    ],
    ids=["full", "read-only-folder", "read-only-file"],
)
def test_a_disk_that_takes_nothing(
    run_with_mounts: Callable[..., str], tmp_path: Path, mounts: str, zh: str, en: str
) -> None:
    program, disk = tmp_path / "program.py", tmp_path / "disk"
    program.write_text(PROGRAM, encoding="utf-8")
    disk.mkdir()
    said = run_with_mounts(mounts.format(shlex.quote(str(disk))), program, disk / "file").split("|")
    assert zh in said[0]
    assert en in said[1]
    assert said[2:] == ["b'old'", "['file']"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is protected from root")
def test_a_write_protected_file_is_not_replaced(path: Path) -> None:
    path.chmod(0o400)
    assert "没有写入权限" in _trouble(path).text.zh
    _assert_untouched(path)


def test_an_error_without_a_sentence_of_ours_is_quoted() -> None:
    text = reason(OSError(errno.ELOOP, "Too many levels of symbolic links"))
    assert text.zh == "系统报告：Too many levels of symbolic links"
    assert text.en == "the system says: Too many levels of symbolic links"


class _WindowsError(PermissionError):
    winerror = 5


def test_windows_may_refuse_because_another_program_has_the_file_open() -> None:
    text = reason(_WindowsError(errno.EACCES, "Access is denied"))
    assert "另一个程序正开着这个文件" in text.zh
    assert "another program has the file open" in text.en


# --- folders and keeping aside ------------------------------------------------------------------


def test_a_folder_is_made_with_all_that_it_lies_in(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    make_folder(folder)
    assert folder.is_dir()


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_way_of_a_folder(path: Path, below: str) -> None:
    with pytest.raises(UserError) as caught:
        make_folder(path / below)
    assert f"无法建立文件夹 {path / below}：那里有一个同名的文件" in caught.value.text.zh
    assert "a file of that name is in the way" in caught.value.text.en
    _assert_untouched(path)


def test_a_file_is_kept_aside_with_its_companions(tmp_path: Path) -> None:
    for name in ("cases.sqlite3", "cases.sqlite3-wal", "cases.sqlite3.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    kept = keep_aside(tmp_path / "cases.sqlite3", companions=("-wal", "-shm"))
    assert re.fullmatch(r"cases\.corrupt-\d{8}-\d{6}\.sqlite3", kept.name)
    found = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert found == {
        kept.name: "cases.sqlite3",
        f"{kept.name}-wal": "cases.sqlite3-wal",
        "cases.sqlite3.txt": "cases.sqlite3.txt",
    }


def test_names_aside_are_free(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    names = set()
    for _ in range(3):
        name = aside(path, "corrupt")
        name.touch()
        names.add(name)
    assert len(names) == 3
    assert {name.suffix for name in names} == {".json"}


def test_a_file_that_cannot_be_kept_aside(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        keep_aside(tmp_path / "missing")
    assert str(tmp_path / "missing") in caught.value.text.zh
    assert str(tmp_path / "missing") in caught.value.text.en


# --- network shares -----------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux lists what is mounted")
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("/dev/sda1 / ext4 rw 0 0\n", False),
        ("server:/data {folder} nfs4 rw 0 0\n", True),
        ("//server/share {folder} cifs rw 0 0\n", True),
        ("//server/share {above} cifs rw 0 0\n/dev/sda1 {folder} ext4 rw 0 0\n", False),
        ("/dev/sda1 {folder} ext4 rw 0 0\nserver:/data {folder} nfs rw 0 0\n", True),
        ("user@host: {folder} fuse.sshfs rw 0 0\n", True),
    ],
)
def test_a_folder_on_another_computer_is_known(tmp_path: Path, lines: str, expected: bool) -> None:
    folder = tmp_path / "data of the shop"
    folder.mkdir()
    named = {"folder": str(folder).replace(" ", "\\040"), "above": str(tmp_path)}
    mounts = tmp_path / "mounts"
    mounts.write_text(lines.format(**named), encoding="utf-8")
    assert is_on_network(folder / "cases.sqlite3", mounts) is expected
    (tmp_path / "link").symlink_to(folder)
    assert is_on_network(tmp_path / "link" / "cases.sqlite3", mounts) is expected
    assert not is_on_network(folder, tmp_path / "missing")


def test_what_is_written_in_pieces_takes_its_place_at_the_end(path: Path) -> None:
    with replacing(path) as file:
        file.write(NEW[:3])
        assert path.read_bytes() == OLD
        file.write(NEW[3:])
    assert path.read_bytes() == NEW


def test_what_is_broken_off_leaves_the_old_file(path: Path) -> None:
    def break_off() -> None:
        with replacing(path) as file:
            file.write(NEW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    _assert_untouched(path)


@pytest.mark.parametrize("private", [False, True])
def test_no_file_is_written_under_a_name_with_a_card_number(tmp_path: Path, private: bool) -> None:
    with pytest.raises(UserError, match="card number") as refused:
        write_atomic(tmp_path / "sheet of 4111 1111 1111 1111.pdf", b"", private=private)
    assert "4111" not in str(refused.value)
    assert not any(tmp_path.iterdir())
