"""A backup moves a shop to another PC, and restoring changes everything or nothing."""

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_helper.backup import archive, restore
from pos_helper.backup.archive import back_up_to, read_manifest, write_backup
from pos_helper.backup.progress import Cancelled, Progress
from pos_helper.backup.restore import finish_restoring, prepare
from pos_helper.cases.migrations import STEPS
from pos_helper.cases.opening import open_store
from pos_helper.domain.errors import UserError
from pos_helper.paths import UserPaths, user_paths
from tests.backup.conftest import NOW, RESOLVED, names, shop, whole, work

CHILD = Path(__file__).with_name("child.py")


@pytest.fixture
def backup(user: UserPaths, tmp_path: Path) -> Path:
    """A backup of the shop."""
    path = tmp_path / "shop.zip"
    write_backup(user, path, NOW, Progress())
    return path


def _restore(user: UserPaths, path: Path) -> restore.Restored:
    return restore.restore(user, prepare(user, path, NOW, Progress()))


def _refused(user: UserPaths, path: Path) -> UserError:
    """Restoring raises this and leaves nothing behind."""
    before = {each: each.read_bytes() for each in user.data.rglob("*") if each.is_file()}
    with pytest.raises(UserError) as caught:
        _restore(user, path)
    assert {each: each.read_bytes() for each in user.data.rglob("*") if each.is_file()} == before
    assert not [name for name in names(user.data) if name.startswith((".restoring", "restoring"))]
    assert caught.value.text.zh
    assert caught.value.text.en.count("\n") == 0
    return caught.value


# --- moving -------------------------------------------------------------------------------------


def test_a_shop_moves_to_another_pc(user: UserPaths, new_pc: UserPaths, backup: Path) -> None:
    _restore(new_pc, backup)
    assert whole(new_pc) == whole(user)
    assert names(new_pc.data) == {"backups", "cases.sqlite3", "packs", "settings.json"}


def test_a_running_program_can_be_backed_up(user: UserPaths, new_pc: UserPaths, tmp_path: Path) -> None:
    store = open_store(user.cases).store
    case = store.open_case(RESOLVED, "E1", NOW)  # in the write-ahead log only
    write_backup(user, tmp_path / "backup.zip", NOW, Progress())
    _restore(new_pc, tmp_path / "backup.zip")
    with closing(open_store(new_pc.cases).store) as moved:
        assert moved.case(case.id) == case
    store.save_note(case.id, "the program goes on")
    store.close()


def test_restoring_replaces_everything_and_can_be_undone(
    user: UserPaths, backup: Path, tmp_path: Path
) -> None:
    first = whole(user)
    second_user = shop(tmp_path / "second", "second")
    work(second_user, "later")
    second = whole(second_user)
    restored = _restore(second_user, backup)
    assert whole(second_user) == first
    assert restored.kept in restored.sentence.zh
    assert restored.kept in restored.sentence.en
    assert restored.made_at == NOW
    _restore(second_user, Path(restored.kept))
    assert whole(second_user) == second


def test_an_empty_shop_can_be_backed_up_and_restored(
    user: UserPaths, new_pc: UserPaths, tmp_path: Path
) -> None:
    write_backup(new_pc, tmp_path / "empty.zip", NOW, Progress())
    _restore(user, tmp_path / "empty.zip")
    assert whole(user) == ([], [], b"{}\n", {})


def test_a_backup_says_when_and_by_what_it_was_made(backup: Path) -> None:
    manifest = read_manifest(backup)
    assert (manifest.format, manifest.made_at) == (archive.FORMAT, NOW)
    assert manifest.program


@pytest.mark.parametrize("year", [1970, 2300])
def test_a_backup_is_made_whatever_the_clock_says(user: UserPaths, tmp_path: Path, year: int) -> None:
    write_backup(user, tmp_path / "old.zip", NOW.replace(year=year), Progress())
    assert read_manifest(tmp_path / "old.zip").made_at.year == year


def test_a_backup_of_an_older_format_is_brought_up_to_date(new_pc: UserPaths, backup: Path) -> None:
    data = Path(__file__).parents[1] / "cases" / "data"
    (old,) = data.glob("*format-3*.sqlite3")
    _with_part(backup, "cases.sqlite3", old.read_bytes())
    _restore(new_pc, backup)
    assert whole(new_pc)[0]


def test_a_backup_does_not_lie_in_the_data_folder(user: UserPaths, tmp_path: Path) -> None:
    for inside in (user.cases, user.data / "my.zip", user.packs / "x" / ".." / "y.zip"):
        with pytest.raises(UserError, match="USB stick"):
            back_up_to(user, inside, NOW, Progress())
    back_up_to(user, tmp_path / "my.zip", NOW, Progress())


def test_the_case_file_of_a_backup_that_fails_is_named(user: UserPaths, tmp_path: Path) -> None:
    user.cases.write_bytes(b"not a database")
    with pytest.raises(UserError, match="damaged") as caught:
        write_backup(user, tmp_path / "shop.zip", NOW, Progress())
    assert str(user.cases) in caught.value.text.zh
    assert not (tmp_path / "shop.zip").exists()


@pytest.mark.parametrize("chunk", [0, 1])
def test_breaking_off_leaves_nothing(user: UserPaths, backup: Path, chunk: int) -> None:
    before, content = whole(user), backup.read_bytes()

    def broken_off() -> Progress:
        answers = iter([False] * chunk + [True] * 99)
        return Progress(is_cancelled=lambda: next(answers))

    with pytest.raises(Cancelled):
        write_backup(user, backup, NOW, broken_off())
    with pytest.raises(Cancelled):
        prepare(user, backup, NOW, broken_off())
    assert backup.read_bytes() == content
    assert whole(user) == before
    assert not [name for name in names(user.data) if name.startswith(".restoring")]
    assert names(backup.parent) == {"data", "shop.zip"}


# --- what is refused ----------------------------------------------------------------------------


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as old:
        return {name: old.read(name) for name in old.namelist()}


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def _with_part(path: Path, name: str, content: bytes | None) -> None:
    parts = _parts(path)
    parts.pop(name, None)
    _write(path, parts if content is None else {**parts, name: content})


@pytest.mark.parametrize(
    "name",
    [
        "../evil.yaml",
        "packs/../../evil.yaml",
        "/evil.yaml",
        "packs//evil.yaml",
        "packs/./evil.yaml",
        "packs/..",
        "packs/C:evil.yaml",
        "packs/..\\..\\evil.yaml",
        "evil.exe",
        "cases.sqlite3/evil",
        "packs/",
        "packs",
    ],
)
def test_what_lies_outside_of_its_place_is_refused(
    user: UserPaths, backup: Path, tmp_path: Path, name: str
) -> None:
    _with_part(backup, name, b"evil")
    assert "is not a backup of POS Helper" in _refused(user, backup).text.en
    assert not list(tmp_path.rglob("evil*"))


def test_the_same_name_twice_is_refused(user: UserPaths, backup: Path) -> None:
    with zipfile.ZipFile(backup, "a") as both, pytest.warns(UserWarning, match="Duplicate"):
        both.writestr("settings.json", b"{}")
    _refused(user, backup)


@pytest.mark.parametrize("part", ["settings.json", "packs/bomb.yaml", "manifest.json"])
def test_a_bomb_is_refused_before_it_is_unpacked(user: UserPaths, backup: Path, part: str) -> None:
    _with_part(backup, part, bytes(archive.MOST_FILE_BYTES + 1))
    assert backup.stat().st_size < 100_000
    assert "is not a backup of POS Helper" in _refused(user, backup).text.en


def test_a_bomb_of_cases_is_refused(user: UserPaths, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1 << 20)
    _with_part(backup, "cases.sqlite3", bytes((1 << 20) + 1))
    _refused(user, backup)


def test_what_is_larger_than_it_says_is_cut_and_refused(user: UserPaths, backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    place = content.rindex(b"PK\x01\x02")  # of the last part: the cases
    content[place + 24 : place + 28] = (4096).to_bytes(4, "little")
    backup.write_bytes(content)
    assert "damaged" in _refused(user, backup).text.en


def test_there_must_be_room_for_it(user: UserPaths, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1000))
    assert "not enough room" in _refused(user, backup).text.en


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a backup"),
        (b"hello", "is not a backup"),
        (b"PK\x03\x04", "is damaged"),
        (b"PK\x03\x04" + bytes(500), "is damaged"),
    ],
)
def test_another_file_is_refused(user: UserPaths, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "other.zip").write_bytes(content)
    error = _refused(user, tmp_path / "other.zip")
    assert says in error.text.en
    assert str(tmp_path / "other.zip") in error.text.zh


@pytest.mark.parametrize(
    ("part", "content", "says"),
    [
        ("manifest.json", None, "is not a backup"),
        ("manifest.json", b"{}", "is not a backup"),
        ("manifest.json", b"\xff", "is not a backup"),
        ("manifest.json", b'{"kind":"other","format":1}', "is not a backup"),
        ("manifest.json", b'{"kind":"pos-helper backup","format":2,"new":1}', "newer version"),
        ("settings.json", None, "is not a backup"),
        ("settings.json", b"[]", "is damaged"),
        ("settings.json", b"\xff{}", "is damaged"),
        ("cases.sqlite3", None, "is not a backup"),
        ("cases.sqlite3", b"hello", "is damaged"),
        ("cases.sqlite3", b"", "is damaged"),
    ],
)
def test_a_part_that_is_wrong_or_missing(
    user: UserPaths, backup: Path, part: str, content: bytes | None, says: str
) -> None:
    _with_part(backup, part, content)
    assert says in _refused(user, backup).text.en


def test_newer_cases_are_refused(user: UserPaths, new_pc: UserPaths, tmp_path: Path) -> None:
    with closing(sqlite3.connect(user.cases)) as db:
        db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    write_backup(user, tmp_path / "newer.zip", NOW, Progress())
    shop(new_pc.data, "here")
    assert "newer version" in _refused(new_pc, tmp_path / "newer.zip").text.en


def test_the_case_file_itself_is_no_backup(user: UserPaths) -> None:
    assert "is not a backup" in _refused(user, user.cases).text.en


def test_a_missing_file_and_a_folder(user: UserPaths, tmp_path: Path) -> None:
    assert "the folder does not exist" in _refused(user, tmp_path / "missing.zip").text.en
    assert "that is a folder" in _refused(user, tmp_path).text.en


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_backup_is_refused_or_whole(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "damaged"
    source = user_paths(folder / "source")
    if not folder.exists():
        shop(source.data, "first")
        write_backup(source, folder / "shop.zip", NOW, Progress())
        shop(folder / "target", "here")
    good = (folder / "shop.zip").read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    how = data.draw(st.sampled_from(["cut", "flip", "zeros"]))
    if how == "cut":
        bad = good[:place]
    elif how == "flip":
        bad = good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    else:
        bad = good[:place] + bytes(min(512, len(good) - place)) + good[place + 512 :]
    (folder / "bad.zip").write_bytes(bad)
    target = user_paths(folder / "target")
    try:
        staged = prepare(target, folder / "bad.zip", NOW, Progress())
    except UserError:
        assert not list(target.data.glob(".restoring*"))
        return
    with closing(sqlite3.connect(staged / "cases.sqlite3")) as db:
        assert db.execute("SELECT note FROM cases").fetchall() == [("first",)]
    assert json.loads((staged / "settings.json").read_bytes())["shop"]["name"] == "first"
    shutil.rmtree(staged)
    shutil.rmtree(target.backups)


# --- other programs and interruptions -----------------------------------------------------------


def test_nothing_is_restored_under_an_open_window(user: UserPaths, backup: Path) -> None:
    window = open_store(user.cases).store
    case = window.open_case(RESOLVED, "E1", NOW)
    staged = prepare(user, backup, NOW, Progress())
    with pytest.raises(UserError, match="another program is holding the file") as caught:
        restore.restore(user, staged)
    assert "另一个窗口" in caught.value.text.zh
    assert "Nothing was changed" in caught.value.text.en
    window.save_note(case.id, "goes on")
    window.close()
    assert names(user.data) == {"backups", "cases.sqlite3", "packs", "settings.json"}
    assert whole(user)[0]


@pytest.mark.parametrize(
    "moment",
    [
        "staged",
        "restoring",
        "former-packs",
        "packs",
        "former-settings.json",
        "settings.json",
        "cases",
        "done",
    ],
)
def test_a_kill_leaves_the_old_or_the_new_state(user: UserPaths, tmp_path: Path, moment: str) -> None:
    second = shop(tmp_path / "second", "second")
    write_backup(second, tmp_path / "second.zip", NOW, Progress())
    old, new = whole(user), whole(second)
    killed = subprocess.run(
        [sys.executable, CHILD, "restore", user.data, tmp_path / "second.zip", moment],
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2])},
        check=False,
    )
    assert killed.returncode != 0
    finish_restoring(user)
    assert whole(user) == (old if moment == "staged" else new)
    assert finish_restoring(user) is None
    _restore(user, tmp_path / "second.zip")
    assert names(user.data) == {"backups", "cases.sqlite3", "packs", "settings.json"}


@pytest.mark.parametrize("room", [0, 150_000], ids=["at once", "while the cases are copied"])
def test_a_disk_that_is_full_changes_nothing(
    run_with_mounts: Callable[..., str], user: UserPaths, tmp_path: Path, room: int
) -> None:
    second = shop(tmp_path / "second", "second")
    with closing(open_store(second.cases).store) as store:
        for number in range(300):
            case = store.open_case(RESOLVED, "E1", NOW)
            store.save_note(case.id, f"{number} " * 400)
    write_backup(second, tmp_path / "second.zip", NOW, Progress())
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=4m tmpfs {disk}; cp -r {shlex.quote(str(user.data))} {disk}/data"
    said = json.loads(
        run_with_mounts(
            mount, CHILD, "restore_on_full_disk", disk / "data", tmp_path / "second.zip", str(room)
        )
    )
    assert "disk is full" in said["en"]
    assert "磁盘满了" in said["zh"]
    assert said["same"]
    assert said["left"] == ["backups", "cases.sqlite3", "packs", "settings.json"]


def test_a_read_only_folder_refuses(
    run_with_mounts: Callable[..., str], user: UserPaths, backup: Path
) -> None:
    folder = shlex.quote(str(user.data))
    read_only = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    said = json.loads(run_with_mounts(read_only, CHILD, "restore_read_only", user.data, backup))
    assert "只读" in said["zh"]
    assert "read-only" in said["en"]


def test_a_read_only_shop_can_be_backed_up(
    run_with_mounts: Callable[..., str], user: UserPaths, new_pc: UserPaths, tmp_path: Path
) -> None:
    expected = whole(user)
    folder = shlex.quote(str(user.data))
    read_only = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    run_with_mounts(read_only, CHILD, "back_up", user.data, tmp_path / "shop.zip")
    _restore(new_pc, tmp_path / "shop.zip")
    assert whole(new_pc) == expected
