"""After a power cut the case file holds all that was acknowledged, whatever of the rest the disk has written.

The disk writes in sectors, in any order, and what was not flushed may be there, be missing or be half there.
So the first tests mix the sectors of the files before and after one change by chance, and open the result.
The last ones undo each change of a name that its folder was not flushed after.
"""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import pytest
from msgspec.structs import replace

from pos_helper.backup.archive import back_up_to, read_manifest
from pos_helper.backup.kept import keep_daily, kept_backups
from pos_helper.backup.progress import Progress
from pos_helper.backup.restore import finish_restoring, prepare, restore
from pos_helper.cases.connection import connect
from pos_helper.cases.opening import open_store
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.catalog.packs.shop_pack import record
from pos_helper.domain.cases import Case
from pos_helper.domain.entries import GENERAL_CHECKS
from pos_helper.domain.recorded_code import RecordedCode
from pos_helper.domain.resolved_entry import SHOP_PACK, ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.files import make_folder, write_atomic
from pos_helper.paths import UserPaths, user_paths
from pos_helper.settings import LoadedSettings, Settings, load_settings, save_settings
from tests.locations import ROOT, copy_from_outside
from tests.names import ForgetfulDisk

SECTOR = 512
CHILD = Path(__file__).with_name("child.py")
TRIES = 12

Files = dict[str, bytes]


def _files(path: Path) -> Files:
    """The files of a store that another process has open. The shared memory is gone after a power cut."""
    found = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    return {name: content for name, content in found.items() if not name.endswith("-shm")}


def _mixed(before: bytes, after: bytes, dice: random.Random) -> bytes:
    """A file with some sectors written, some not, and some with nonsense where nothing was before."""
    sectors = []
    length = dice.choice((len(before), len(after), dice.randint(0, max(len(before), len(after)))))
    length = max(length, min(len(before), len(after)))
    for start in range(0, length, SECTOR):
        old, new = (content[start : start + SECTOR] for content in (before, after))
        if old:
            sectors.append(dice.choice((old, new or old)))
        else:
            sectors.append(dice.choice((new, bytes(len(new)), dice.randbytes(len(new)))))
    return b"".join(sectors)


def _held(folder: Path, files: Files) -> list[Case]:
    """The cases after a start on these files. Nothing is said of them."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    opened = open_store(folder / "cases.sqlite3")
    assert (opened.durable, opened.notice) == (True, None)
    with closing(opened.store) as store:
        return [store.case(summary.id) for summary in store.cases()]


def _changes(path: Path) -> Iterator[tuple[str, Files]]:
    """Change a store in another process, one change after the other, and take its files after each."""
    with subprocess.Popen(
        [sys.executable, CHILD, "change_when_told", path],
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdin
        assert child.stdout
        while said := child.stdout.readline():
            yield said, _files(path)
            child.stdin.write("\n")
            child.stdin.flush()


def test_a_power_cut_between_two_changes(path: Path, tmp_path: Path) -> None:
    dice = random.Random(14)
    cut = 0
    steps = list(_changes(path))
    assert len(steps) > 10
    for number, ((_, before), (what, after)) in enumerate(pairwise(steps)):
        states = [_held(tmp_path / f"{number}-{which}", files) for which, files in enumerate((before, after))]
        log_before, log_after = (len(files.get("cases.sqlite3-wal", b"")) for files in (before, after))
        if log_after < log_before:
            # The log is emptied when all of it is in the file and that is flushed: nothing is mixed then.
            assert _held(tmp_path / f"{number}-folded", {**before, **after}) in states, what
            continue
        for turn in range(TRIES):
            files = {name: _mixed(before.get(name, b""), after[name], dice) for name in after}
            found = _held(tmp_path / f"{number}-{turn}-mixed", files)
            assert found in states, what
            cut += 1
    assert cut > 100


def test_a_power_cut_with_a_journal(
    path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_helper.cases.opening.is_on_network", lambda path: True)
    store = open_store(path).store
    for number in range(40):
        case = store.open_case(resolved, "E1", now)
        store.save_note(case.id, f"{number} " * 500)
    held = [store.case(summary.id) for summary in store.cases()]
    store.close()
    before = path.read_bytes()
    db = connect(path)
    db.execute("PRAGMA cache_size = 2")  # so that pages reach the file before the end of the change
    db.execute("BEGIN IMMEDIATE")
    for number in range(1, 41):
        db.execute("UPDATE cases SET note = ? WHERE id = ?", ("half a change " * 900, number))
    during = {}
    for name in ("cases.sqlite3", "cases.sqlite3-journal"):
        copy_from_outside(path.with_name(name), tmp_path / name)
        during[name] = (tmp_path / name).read_bytes()
    db.close()
    assert during["cases.sqlite3"] != before
    dice = random.Random(15)
    for turn in range(40):
        mixed = {**during, "cases.sqlite3": _mixed(before, during["cases.sqlite3"], dice)}
        assert _held(tmp_path / f"mixed-{turn}", mixed) == held


def test_a_setting_and_an_own_code_are_there_before_or_after(tmp_path: Path) -> None:
    dice = random.Random(16)
    path, packs = tmp_path / "settings.json", tmp_path / "packs"
    old = Settings(shop=Shop(name="old"))
    save_settings(path, old)
    save_settings(tmp_path / "new.json", replace(old, shop=Shop(name="new")))
    packs.mkdir()
    new = (tmp_path / "new.json").read_bytes()
    for turn in range(50):
        # What was being written has no name of its own yet, and any content.
        torn = _mixed(b"", new, dice)
        for folder in (tmp_path, packs):
            (folder / f".settings.json.{turn:08x}.tmp").write_bytes(torn)
        assert load_settings(path) == LoadedSettings(old, None)
    assert find_packs(packs / "none", packs) == (packs / "none",)
    assert sqlite3.sqlite_version_info >= (3, 37)


# --- names --------------------------------------------------------------------------------------


def _save_shop(user: UserPaths, name: str) -> None:
    save_settings(user.settings, Settings(shop=Shop(name=name)))


def _own_codes(user: UserPaths) -> list[str]:
    return sorted(each.name for each in user.packs.rglob("*.yaml"))


class _Disk:
    """The folders of a shop that opened today, on a disk that forgets from ``watch`` on."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.user = user_paths(place / "new" / "data")
        self.outside = place / "outside"
        self.outside.mkdir()
        self._stash = place / "stash"
        self._stash.mkdir()
        self._monkeypatch = monkeypatch

    def watch(self) -> ForgetfulDisk:
        return ForgetfulDisk(self._stash, self._monkeypatch)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Disk:
    if sys.platform != "linux":
        pytest.skip("how Linux names an open folder")
    return _Disk(tmp_path, monkeypatch)


def test_the_disk_of_these_tests_does_forget(disk: _Disk) -> None:
    old, new = disk.outside / "old", disk.outside / "new"
    old.write_text("1", encoding="utf-8")
    new.write_text("2", encoding="utf-8")
    cut = disk.watch()
    old.replace(new)
    new.unlink()
    (disk.outside / "folder").mkdir()
    assert cut.cut() == 3
    assert (old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")) == ("1", "2")
    assert sorted(disk.outside.iterdir()) == [new, old]


@pytest.mark.parametrize("is_first", [True, False])
def test_saved_settings_survive_a_power_cut(disk: _Disk, is_first: bool) -> None:
    if not is_first:
        _save_shop(disk.user, "old")
    cut = disk.watch()
    _save_shop(disk.user, "new")
    cut.cut()
    assert load_settings(disk.user.settings).settings.shop.name == "new"


def test_a_recorded_code_survives_a_power_cut(disk: _Disk, resolved: ResolvedEntry, now: datetime) -> None:
    cut = disk.watch()
    names = [_record(disk.user, code, resolved, now) for code in ("Z1", "Z2")]
    cut.cut()
    assert _own_codes(disk.user) == [f"{name}.yaml" for name in names]


def _record(user: UserPaths, code: str, resolved: ResolvedEntry, now: datetime) -> str:
    catalog = Mock()
    catalog.resolve = {GENERAL_CHECKS: resolved}.get
    return record(user.packs / SHOP_PACK, RecordedCode(code, "terminal", "words"), catalog, now.date())


def test_an_export_over_an_old_file_survives_a_power_cut(disk: _Disk) -> None:
    sheet = disk.outside / "sheet.txt"
    sheet.write_bytes(b"old")
    cut = disk.watch()
    write_atomic(sheet, b"new")
    cut.cut()
    assert sheet.read_bytes() == b"new"


def test_a_file_kept_aside_and_the_new_one_survive_a_power_cut(disk: _Disk) -> None:
    make_folder(disk.user.data)
    disk.user.settings.write_bytes(b"[")
    disk.user.cases.write_bytes(b"no database at all")
    disk.user.cases.with_name("cases.sqlite3-wal").write_bytes(b"nor is this")
    cut = disk.watch()
    _save_shop(disk.user, "new")
    opened = open_store(disk.user.cases)
    opened.store.close()
    cut.cut()
    assert opened.is_anew
    kept = {each.read_bytes() for each in disk.user.data.glob("*.corrupt-*")}
    assert kept == {b"[", b"no database at all", b"nor is this"}
    assert load_settings(disk.user.settings).settings.shop.name == "new"


def test_the_first_case_of_all_survives_a_power_cut(
    disk: _Disk, resolved: ResolvedEntry, now: datetime
) -> None:
    cut = disk.watch()
    with closing(open_store(disk.user.cases).store) as store:
        store.open_case(resolved, "E1", now)
    cut.cut()
    with closing(open_store(disk.user.cases).store) as store:
        assert [case.code_shown for case in store.cases()] == ["E1"]


def test_backups_survive_a_power_cut(disk: _Disk, now: datetime) -> None:
    _save_shop(disk.user, "old")
    wanted = disk.outside / "backup.zip"
    cut = disk.watch()
    keep_daily(disk.user, now, Progress())
    back_up_to(disk.user, wanted, now, Progress())
    cut.cut()
    assert read_manifest(wanted).made_at == now
    assert len(kept_backups(disk.user.backups)) == 1


def test_restored_data_survive_a_power_cut(disk: _Disk, resolved: ResolvedEntry, now: datetime) -> None:
    user, backup = disk.user, disk.outside / "backup.zip"
    _save_shop(user, "backed up")
    _record(user, "Z1", resolved, now)
    with closing(open_store(user.cases).store) as store:
        store.open_case(resolved, "E1", now)
    back_up_to(user, backup, now, Progress())
    _save_shop(user, "later")
    _record(user, "Z2", resolved, now)
    with closing(open_store(user.cases).store) as store:
        store.delete_all()
    cut = disk.watch()
    restored = restore(user, prepare(user, backup, now, Progress()))
    cut.cut()
    finish_restoring(user)
    assert load_settings(user.settings).settings.shop.name == "backed up"
    assert _own_codes(user) == ["shop.z1.yaml"]
    with closing(open_store(user.cases).store) as store:
        assert [case.code_shown for case in store.cases()] == ["E1"]
    assert read_manifest(Path(restored.kept)).made_at == now
