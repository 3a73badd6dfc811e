"""With any file or folder at the store's path, opening works, loses no data and reports what it did."""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.cases.connection import CaseConnection, connect
from pos_helper.cases.migrations import STEPS
from pos_helper.cases.opening import conflict_copies, fold_log, open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.cases import Case, Mark, StepResult
from pos_helper.domain.errors import CaseNotFound
from pos_helper.domain.resolved_entry import ResolvedEntry
from tests.locations import copy_from_outside

CHILD = Path(__file__).with_name("child.py")


@pytest.fixture(autouse=True)
def every_line_is_captured(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")


KEPT_NAME = re.compile(r"cases\.corrupt-\d{8}-\d{6}(-\d+)?\.sqlite3")
PAGE = 4096


def _child(task: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, CHILD, task, path],
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2])},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def _fill(path: Path, resolved: ResolvedEntry, now: datetime, cases: int = 20) -> list[Case]:
    """Add cases to a store and close it; return all its cases."""
    store = open_store(path).store
    for number in range(cases):
        case = store.open_case(resolved, "E1", now)
        store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, now, "n" * 300))
        store.save_note(case.id, f"{number} " * 200)
    held = [store.case(summary.id) for summary in store.cases()]
    store.close()
    return held


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _assert_kept_aside(path: Path, content: bytes, recovered: int = 0) -> None:
    """The file is kept unchanged, the notice names it in both languages, a new store works at ``path``.

    It has at least so many of the cases.
    """
    opened = open_store(path)
    (kept,) = (file for file in path.parent.iterdir() if KEPT_NAME.fullmatch(file.name))
    assert opened.durable
    assert opened.notice
    assert str(kept) in opened.notice.zh
    assert str(kept) in opened.notice.en
    assert kept.read_bytes() == content
    assert "新文件" in opened.notice.zh
    assert "new file" in opened.notice.en
    found = len(opened.store.cases())
    assert (found >= recovered) if recovered else (found == 0)
    assert not found or f"The {found} cases that could still be read" in opened.notice.en
    opened.store.close()
    again = open_store(path)
    assert (again.durable, again.notice) == (True, None)
    again.store.close()


# --- processes ----------------------------------------------------------------------------------


def test_what_was_acknowledged_survives_a_killed_process(path: Path) -> None:
    child = _child("tick_until_killed", path)
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(25)]
    child.kill()
    rest, _ = child.communicate()
    saved = {
        json.loads(line)["saved"] for line in [*lines, *rest.splitlines()] if line.endswith("}\n") or line
    }
    opened = open_store(path)
    assert opened.notice is None
    case = opened.store.latest_open()
    assert case
    assert len(saved) >= 25
    assert saved <= case.marks.keys()
    assert len(case.marks) <= len(saved) + 1
    opened.store.close()


def test_two_processes_write_to_one_store(path: Path, resolved: ResolvedEntry, now: datetime) -> None:
    _fill(path, resolved, now, cases=1)
    said = [json.loads(child.communicate()[0]) for child in [_child("work_on_case_one", path) for _ in "ab"]]
    store = open_store(path).store
    assert {*said[0]["steps"], *said[1]["steps"]} <= store.case(1).marks.keys()
    assert {summary.id for summary in store.cases()} == {1, *said[0]["cases"], *said[1]["cases"]}
    assert len(store.cases()) == 11
    store.close()


def test_two_open_stores_see_one_another(path: Path, resolved: ResolvedEntry, now: datetime) -> None:
    one, other = open_store(path).store, open_store(path).store
    case = one.open_case(resolved, "E1", now)
    other.save_note(case.id, "来自另一个窗口")
    assert one.case(case.id).note == "来自另一个窗口"
    one.close()
    other.close()


def test_every_commit_is_flushed_to_the_disk(path: Path) -> None:
    # A power cut cannot be simulated here; with these settings SQLite survives one.
    opened = open_store(path)
    with closing(connect(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
    opened.store.close()


# --- damaged files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"\0",
        b"not a database at all",
        b"SQLite format 3\0",
        b"SQLite format 3\0" + bytes(84),
        b"SQLite format 3\0" + b"\1" * 600,
        bytes(PAGE),
        bytes(range(256)) * 48,
    ],
    ids=["letter", "null", "text", "magic", "magic-and-nulls", "magic-and-ones", "nulls", "noise"],
)
def test_garbage_is_kept_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    _assert_kept_aside(path, content)


@settings(max_examples=30, deadline=None)
@given(content=st.binary(min_size=1, max_size=2 * PAGE))
def test_any_garbage_is_kept_aside(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("garbage") / "cases.sqlite3"
    path.write_bytes(content)
    _assert_kept_aside(path, content)


@pytest.mark.parametrize("cut", [1, 100, PAGE - 1, PAGE, PAGE + 1, 5 * PAGE])
def test_a_truncated_store_is_kept_aside(
    path: Path, resolved: ResolvedEntry, now: datetime, cut: int
) -> None:
    _fill(path, resolved, now)
    content = path.read_bytes()[:-cut]
    path.write_bytes(content)
    _assert_kept_aside(path, content, recovered=10 if cut < 5 * PAGE else 0)


def test_a_store_with_any_page_wiped_is_kept_aside(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    _fill(path, resolved, now)
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'cases'").fetchone()
    for start in range(0, len(whole), PAGE):
        folder = path.parent / str(start)
        folder.mkdir()
        wiped = whole[:start] + bytes(PAGE) + whole[start + PAGE :]
        (folder / path.name).write_bytes(wiped)
        _assert_kept_aside(folder / path.name, wiped, recovered=0 if start == (root - 1) * PAGE else 10)


def test_another_programs_database_is_kept_aside(path: Path) -> None:
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE sales (amount INTEGER)")
    db.close()
    _assert_kept_aside(path, path.read_bytes())


def test_a_store_without_its_tables_is_kept_aside(path: Path, resolved: ResolvedEntry, now: datetime) -> None:
    _fill(path, resolved, now)
    db = sqlite3.connect(path)
    db.execute("DROP TABLE cases")
    db.close()
    _assert_kept_aside(path, path.read_bytes())


def test_the_log_of_a_damaged_store_is_kept_with_it(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    store = open_store(path).store
    store.open_case(resolved, "E1", now)
    copied = path.parent / "copied"
    copied.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", copied / f"{path.name}{ending}")
    store.close()
    log = (copied / "cases.sqlite3-wal").read_bytes()
    (copied / "cases.sqlite3").write_bytes(b"overwritten by something else")
    opened = open_store(copied / "cases.sqlite3")
    (kept,) = (file for file in copied.iterdir() if KEPT_NAME.fullmatch(file.name))
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == log
    assert [case.id for case in opened.store.cases()] == [1]
    opened.store.close()


def test_a_last_page_cut_short_in_a_power_cut_comes_back_from_the_log(
    path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    store = open_store(path).store
    case = store.open_case(resolved, "E1", now)
    after = tmp_path / "after"
    after.mkdir()
    shutil.copy(f"{path}-wal", after / "cases.sqlite3-wal")
    (after / "cases.sqlite3").write_bytes(path.read_bytes() + bytes(PAGE // 2))
    store.close()
    opened = open_store(after / "cases.sqlite3")
    assert (opened.durable, opened.notice) == (True, None)
    assert opened.store.latest_open() == case
    opened.store.close()


def test_a_case_whose_entry_is_lost_is_recovered_with_its_note(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now, cases=3)
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + bytes(PAGE) + whole[2 * PAGE :])
    with closing(open_store(path).store) as store:
        found = store.cases()
        assert [case.is_damaged for case in found] == [True] * 3
        assert {case.note for case in found} == {case.note for case in held}
        store.delete(found[0].id)
        assert len(store.cases()) == 2


def test_two_damaged_stores_in_one_second_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first", b"second"):
        path.write_bytes(content)
        open_store(path).store.close()
    kept = {file.read_bytes() for file in path.parent.iterdir() if KEPT_NAME.fullmatch(file.name)}
    assert kept == {b"first", b"second"}


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    opened = open_store(path)
    assert (opened.durable, opened.notice) == (True, None)
    opened.store.close()


@pytest.mark.parametrize("beside", ["settings.json", "backups", "packs", "cases.sqlite3-wal"])
def test_an_empty_file_beside_other_data_is_not_taken_for_new(path: Path, beside: str) -> None:
    path.parent.mkdir()
    path.touch()
    (path.parent / beside).write_text("there", encoding="utf-8")
    opened = open_store(path)
    (kept,) = path.parent.glob("cases.empty-*.sqlite3")
    assert (opened.durable, opened.is_anew) == (True, True)
    assert opened.notice
    assert f"空的（0 字节），里面的记录不见了。文件已保留为 {kept}" in opened.notice.zh
    assert f"is empty (0 bytes): the cases in it are gone. The file was kept as {kept}" in opened.notice.en
    assert kept.stat().st_size == 0
    opened.store.close()
    again = open_store(path)
    assert (again.notice, again.is_anew) == (None, False)
    again.store.close()
    assert conflict_copies(path) == ()


@pytest.mark.parametrize("beside", ["log", "cache", "cases.sqlite3-journal"])
def test_a_first_start_that_was_interrupted_says_nothing(path: Path, beside: str) -> None:
    path.parent.mkdir()
    path.touch()
    if "." in beside:
        (path.parent / beside).touch()
    else:
        (path.parent / beside).mkdir()
    opened = open_store(path)
    assert (opened.durable, opened.notice) == (True, None)
    opened.store.close()


# --- copied, shared and synced ------------------------------------------------------------------


def test_a_copy_of_the_case_file_alone_has_all_cases_once_the_log_is_folded(
    path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    store = open_store(path).store
    case = store.open_case(resolved, "E1", now)
    store.save_note(case.id, "still open")
    fold_log(path)
    copy_from_outside(path, tmp_path / "copied.sqlite3")
    copied = open_store(tmp_path / "copied.sqlite3")
    assert (copied.notice, copied.store.case(case.id)) == (None, store.case(case.id))
    copied.store.close()
    store.save_note(case.id, "goes on")
    store.close()
    assert not path.with_name("cases.sqlite3-wal").exists()


def test_folding_waits_for_nobody_and_loses_nothing(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    store = open_store(path).store
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM cases").fetchall()
    case = store.open_case(resolved, "E1", now)
    fold_log(path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    fold_log(path)
    for other in (reader, writer):
        other.close()
    assert store.case(case.id) == case
    store.close()
    fold_log(path.parent / "missing" / "cases.sqlite3")


def test_each_change_is_told_once_it_is_on_the_disk(
    store: SqliteCaseStore, resolved: ResolvedEntry, now: datetime
) -> None:
    told = []
    store.written = lambda: told.append(len(store.cases()))
    with store.transaction():
        store.open_case(resolved, "E1", now)
        store.open_case(resolved, "E1", now)
        assert told == []
    assert told == [2]
    store.cases()
    with pytest.raises(CaseNotFound):
        store.save_note(99, "")
    assert told == [2]


@pytest.mark.parametrize("was_log", [True, False])
def test_on_a_network_share_there_is_no_log_and_nothing_is_said(
    path: Path,
    resolved: ResolvedEntry,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    was_log: bool,
) -> None:
    held = _fill(path, resolved, now) if was_log else []
    monkeypatch.setattr("pos_helper.cases.opening.is_on_network", lambda path: True)
    opened, other = open_store(path), open_store(path)
    assert (opened.durable, opened.notice, other.durable) == (True, None, True)
    with closing(connect(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert db.execute("PRAGMA synchronous").fetchone() == (3,)
    case = opened.store.open_case(resolved, "E1", now)
    other.store.save_note(case.id, "from the other PC")
    assert opened.store.case(case.id).note == "from the other PC"
    assert len(opened.store.cases()) == len(held) + 1
    assert not list(path.parent.glob("*-shm"))
    opened.store.close()
    other.store.close()
    assert caplog.messages == []


def test_a_file_that_another_pc_has_open_with_a_log_is_not_shared(
    path: Path, resolved: ResolvedEntry, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_store(path)
    before.store.open_case(resolved, "E1", now)
    monkeypatch.setattr("pos_helper.cases.opening.is_on_network", lambda path: True)
    opened = open_store(path, wait=0.05)
    assert not opened.durable
    assert opened.notice
    assert "another program is holding the file" in opened.notice.en
    assert "另一个程序占用着这个文件" in opened.notice.zh
    opened.store.close()
    before.store.close()


def test_the_conflict_copies_of_sync_programs_are_found(path: Path) -> None:
    path.parent.mkdir()
    conflicts = {
        "cases-PC2.sqlite3",
        "cases (PC2's conflicted copy 2026-03-14).sqlite3",
        "cases (PC2 的冲突副本 2026-03-14).sqlite3",
        "cases.sync-conflict-20260314-150926-ABCDEFG.sqlite3",
        "cases (1).sqlite3",
    }
    ours = {
        "cases.sqlite3",
        "cases.sqlite3-wal",
        "cases.corrupt-20260314-150926.sqlite3",
        "cases.corrupt-20260314-150926-2.sqlite3",
        "cases.empty-20260314-150926.sqlite3",
        "cases.format-3-20260314-150926.sqlite3",
        "settings.json",
    }
    for name in conflicts | ours:
        (path.parent / name).touch()
    assert {each.name for each in conflict_copies(path)} == conflicts


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as a second account"
)


def _as_second_account(task: str, path: Path) -> dict[str, Any]:
    """Run a task of ``child.py`` as another user."""
    done = subprocess.run(
        [sys.executable, CHILD, task, path, "12345"],
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture
def shared() -> Iterator[Path]:
    """A store in a folder that is shared with every account, which may read."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o2755)
        yield Path(folder) / "cases.sqlite3"


@needs_root
def test_a_second_account_does_not_see_cases_that_nobody_shared(
    shared: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    _fill(shared, resolved, now)
    shared.parent.chmod(0o755)
    shared.chmod(0o644)
    store = open_store(shared).store
    store.save_note(1, "in the log")
    said = _as_second_account("open_where_told", shared)
    store.close()
    assert (said["durable"], said["before"]) == (False, 0)


@needs_root
@pytest.mark.parametrize("is_open", [True, False], ids=["beside a window", "alone"])
def test_a_second_account_that_may_write_shares_the_cases(
    shared: Path, resolved: ResolvedEntry, now: datetime, is_open: bool
) -> None:
    shared.parent.chmod(0o777)
    held = _fill(shared, resolved, now)
    shared.chmod(0o666)
    window = open_store(shared).store if is_open else None
    if window is not None:
        window.save_note(held[0].id, "in the log")
    said = _as_second_account("open_where_told", shared)
    assert (said["durable"], said["en"], said["before"], said["works"]) == (True, None, len(held), True)
    store = window or open_store(shared).store
    assert len(store.cases()) == len(held) + 1
    store.save_note(held[0].id, "goes on")
    store.close()


@needs_root
@pytest.mark.parametrize("is_open", [True, False], ids=["beside a window", "alone"])
def test_a_second_account_that_may_only_read_is_told_so(
    shared: Path, resolved: ResolvedEntry, now: datetime, is_open: bool
) -> None:
    held = _fill(shared, resolved, now)
    window = open_store(shared).store if is_open else None
    if window is not None:
        window.save_note(held[0].id, "in the log")
    said = _as_second_account("open_where_told", shared)
    assert not said["durable"]
    assert "只读" in said["zh"] or "不能读写" in said["zh"]
    assert "read-only" in said["en"] or "cannot be read or written" in said["en"]
    assert "not saved" in said["en"]
    assert said["before"] == len(held)
    if window is not None:
        window.close()
    assert len(_fill(shared, resolved, now, cases=0)) == len(held)


# --- places that cannot be written --------------------------------------------------------------


def test_a_newer_store_is_left_untouched(path: Path, resolved: ResolvedEntry, now: datetime) -> None:
    _fill(path, resolved, now)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    db.close()
    before = _snapshot(path.parent)
    opened = open_store(path)
    assert not opened.durable
    assert opened.notice
    assert "新版本" in opened.notice.zh
    assert "没有存盘" in opened.notice.zh
    assert "newer version" in opened.notice.en
    assert "not saved" in opened.notice.en
    case = opened.store.open_case(resolved, "E1", now)
    assert opened.store.case(case.id) == case
    opened.store.close()
    assert _snapshot(path.parent) == before


def test_a_newer_format_is_seen_while_it_stands_in_the_log_only(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now)
    newer = sqlite3.connect(path, isolation_level=None)
    newer.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    opened = open_store(path)
    assert not opened.durable
    assert opened.notice
    assert "newer version" in opened.notice.en
    opened.store.close()
    assert newer.execute("SELECT count(*) FROM cases").fetchone() == (len(held),)
    newer.close()


def test_a_locked_store_is_replaced_by_memory_with_its_cases(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opened = open_store(path, wait=0.05)
    assert not opened.durable
    assert opened.notice
    assert "另一个程序" in opened.notice.zh
    assert "another program" in opened.notice.en
    assert [opened.store.case(summary.id) for summary in opened.store.cases()] == held
    opened.store.close()
    other.close()
    again = open_store(path)
    assert again.durable
    again.store.close()


def test_an_exclusively_locked_store_does_not_hold_up_the_start(
    path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("UPDATE cases SET note = 'changed by another program'")
    other.execute("BEGIN EXCLUSIVE")
    opened = open_store(path, wait=0.05)
    assert not opened.durable
    assert opened.notice
    assert "another program" in opened.notice.en
    case = opened.store.open_case(resolved, "E1", now)
    assert opened.store.case(case.id) == case
    opened.store.close()
    other.execute("ROLLBACK")
    other.close()
    again = open_store(path).store
    assert len(again.cases()) == len(held)
    again.close()


def test_a_folder_in_the_stores_place(path: Path, resolved: ResolvedEntry, now: datetime) -> None:
    path.mkdir(parents=True)
    opened = open_store(path)
    assert not opened.durable
    assert opened.notice
    assert "打不开" in opened.notice.zh
    assert "cannot be opened" in opened.notice.en
    case = opened.store.open_case(resolved, "E1", now)
    opened.store.delete(case.id)
    assert opened.store.cases() == []
    opened.store.close()


def test_a_file_in_the_folders_place(path: Path) -> None:
    path.parent.write_bytes(b"a file")
    opened = open_store(path)
    assert not opened.durable
    assert opened.notice
    assert str(path.parent) in opened.notice.zh
    assert "a file of that name is in the way" in opened.notice.en
    opened.store.close()
    assert path.parent.read_bytes() == b"a file"


def test_a_full_disk_while_working(run_with_mounts: Callable[..., str], tmp_path: Path) -> None:
    said = json.loads(
        run_with_mounts(
            f"mount -t tmpfs -o size=400k tmpfs {shlex.quote(str(tmp_path))}",
            CHILD,
            "fill_disk",
            tmp_path / "cases.sqlite3",
        )
    )
    assert said["durable"]
    assert said["tries"] > 0
    assert "磁盘满了" in said["zh"]
    assert "the disk is full" in said["en"]
    assert said["kept_what_was_acknowledged"]
    assert said["after"] == "room again"


def test_a_full_disk_at_start(
    run_with_mounts: Callable[..., str], path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now)
    disk, store = tmp_path / "disk", tmp_path / "disk" / "cases.sqlite3"
    disk.mkdir()
    full = (
        f"mount -t tmpfs -o size=400k tmpfs {disk}; cp {path} {store}; "
        f"dd if=/dev/zero of={disk}/ballast bs=4k status=none 2>/dev/null || true"
    )
    said = json.loads(run_with_mounts(full, CHILD, "open_where_told", store))
    assert not said["durable"]
    assert "没有存盘" in said["zh"]
    assert "not saved" in said["en"]
    assert said["before"] == len(held)
    assert said["works"]


@pytest.mark.parametrize("kilobytes", [40, 44, 52, 60, 64])
def test_a_first_start_on_a_nearly_full_disk_reads_what_it_opened(
    run_with_mounts: Callable[..., str], tmp_path: Path, kilobytes: int
) -> None:
    nearly_full = f"mount -t tmpfs -o size={kilobytes}k tmpfs {shlex.quote(str(tmp_path))}"
    said = json.loads(run_with_mounts(nearly_full, CHILD, "read_where_told", tmp_path / "cases.sqlite3"))
    assert said["cases"] == 0
    assert said["durable"] or "the disk is full" in said["en"]


@pytest.mark.parametrize("clean", [True, False], ids=["closed", "killed"])
def test_a_read_only_folder(
    run_with_mounts: Callable[..., str], path: Path, resolved: ResolvedEntry, now: datetime, clean: bool
) -> None:
    held = _fill(path, resolved, now)
    if not clean:
        child = _child("tick_until_killed", path)
        assert child.stdout
        child.stdout.readline()
        child.kill()
        child.communicate()
    before = _snapshot(path.parent)
    folder = shlex.quote(str(path.parent))
    read_only = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    said = json.loads(run_with_mounts(read_only, CHILD, "open_where_told", path))
    assert not said["durable"]
    assert "没有存盘" in said["zh"]
    assert "not saved" in said["en"]
    assert said["works"]
    assert said["before"] == len(held) + (not clean)
    assert _snapshot(path.parent) == before


def test_a_read_only_file(
    run_with_mounts: Callable[..., str], path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now)
    before = path.read_bytes()
    file = shlex.quote(str(path))
    read_only = f"mount --bind {file} {file}; mount -o remount,bind,ro {file}"
    said = json.loads(run_with_mounts(read_only, CHILD, "open_where_told", path))
    assert not said["durable"]
    assert "只读" in said["zh"]
    assert "read-only" in said["en"]
    assert said["before"] == len(held)
    assert path.read_bytes() == before


@pytest.mark.parametrize("garbage", [True, False], ids=["garbage", "wiped-page"])
def test_a_damaged_store_in_a_read_only_folder(
    run_with_mounts: Callable[..., str], path: Path, resolved: ResolvedEntry, now: datetime, garbage: bool
) -> None:
    _fill(path, resolved, now)
    content = b"garbage" if garbage else path.read_bytes()[:-PAGE] + bytes(PAGE)
    path.write_bytes(content)
    folder = shlex.quote(str(path.parent))
    read_only = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    said = json.loads(run_with_mounts(read_only, CHILD, "open_where_told", path))
    assert not said["durable"]
    assert str(path) in said["zh"]
    assert str(path) in said["en"]
    # The wiped page had some of the cases.
    assert said["before"] == 0 if garbage else 0 < said["before"] < 20
    assert said["works"]
    assert path.read_bytes() == content


# --- log messages -------------------------------------------------------------------------------


def test_a_store_that_is_as_it_should_be_leaves_no_line(
    path: Path, caplog: pytest.LogCaptureFixture, resolved: ResolvedEntry, now: datetime
) -> None:
    caplog.set_level("DEBUG")
    _fill(path, resolved, now)
    open_store(path).store.close()
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"x", "it has one byte"),
        (b"not a database at all", "file is not a database"),
        (b"SQLite format 3\0" + b"\1" * 600, "file is not a database"),
    ],
    ids=["letter", "text", "header"],
)
def test_a_file_kept_aside_leaves_one_line(
    path: Path, caplog: pytest.LogCaptureFixture, content: bytes, why: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    open_store(path).store.close()
    (kept,) = (file for file in path.parent.iterdir() if KEPT_NAME.fullmatch(file.name))
    assert caplog.messages == [f"The case file {path} cannot be read ({why}) and was kept as {kept}"]


def _schema(part: str, other: str) -> str:
    """A statement that changes the layout where SQLite keeps it."""
    quoted = [text.replace("'", "''") for text in (part, other)]
    return (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema"
        f" SET sql = replace(sql, '{quoted[0]}', '{quoted[1]}')"
    )


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("DROP TABLE marks", "tables or columns are missing"),
        ("ALTER TABLE cases RENAME COLUMN note TO notes", "tables or columns are missing"),
        ("PRAGMA application_id = 5", "it is not of this program"),
        ("CREATE TRIGGER t AFTER UPDATE ON cases BEGIN DELETE FROM marks; END", "it has triggers"),
        ("DROP INDEX cases_by_change", "tables or columns are missing"),
        (_schema("note TEXT NOT NULL", "note BLOB NOT NULL"), "tables or columns are missing"),
        (_schema("'open'", "'opfn'"), "tables or columns are missing"),
        (_schema("ON DELETE CASCADE", "ON DELETE SET NULL"), "tables or columns are missing"),
    ],
)
def test_a_file_laid_out_otherwise_is_kept_aside_and_leaves_one_line(
    path: Path,
    caplog: pytest.LogCaptureFixture,
    resolved: ResolvedEntry,
    now: datetime,
    damage: str,
    why: str,
) -> None:
    _fill(path, resolved, now, cases=1)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(damage)
        db.commit()
    open_store(path).store.close()
    [line] = caplog.messages
    assert f"({why})" in line


def test_more_than_this_program_needs_does_no_harm(
    path: Path, caplog: pytest.LogCaptureFixture, resolved: ResolvedEntry, now: datetime
) -> None:
    held = _fill(path, resolved, now, cases=1)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("ALTER TABLE cases ADD COLUMN colour TEXT; CREATE TABLE own (x); ANALYZE")
    opened = open_store(path)
    assert [opened.store.case(summary.id) for summary in opened.store.cases()] == held
    opened.store.close()
    assert caplog.messages == []


def test_a_store_in_memory_leaves_one_line(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.write_bytes(b"a file")
    open_store(path).store.close()
    assert caplog.messages[:1] == [
        f"Cases are in memory only: Cannot make the folder {path.parent}: a file of that name is in the way."
    ]


def test_cases_that_cannot_be_copied_to_memory_leave_one_line_more(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    path.mkdir(parents=True)
    open_store(path).store.close()
    in_memory, not_read = caplog.messages
    assert in_memory.startswith(f"Cases are in memory only: The case file {path} cannot be opened: ")
    assert not_read.startswith(f"The cases of {path} cannot be read either: ")


class _WithoutLog(CaseConnection):
    """Fail as a file system that does not support the write-ahead log."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return super().execute("SELECT 'delete'" if "journal_mode" in sql else sql, *values)


class _Refusing(CaseConnection):
    """Fail as if another process had the file open."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if "journal_mode" in sql:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, *values)


@pytest.mark.parametrize(("connection", "why"), [(_WithoutLog, "delete"), (_Refusing, "database is locked")])
def test_a_file_used_without_a_log_is_durable_and_leaves_one_line(
    path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    connection: type[sqlite3.Connection],
    why: str,
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("pos_helper.cases.connection.CaseConnection", connection)
    opened = open_store(path)
    assert opened.durable
    opened.store.close()
    assert caplog.messages == [f"The case file {path} is used without a write-ahead log: {why}"]


def test_a_fault_of_the_program_is_not_taken_for_a_damaged_file(
    path: Path, resolved: ResolvedEntry, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _fill(path, resolved, now, cases=1)

    def fail(db: sqlite3.Connection, *_: object) -> None:
        db.execute("SELECT absent FROM cases")

    with monkeypatch.context() as patch:
        patch.setattr("pos_helper.cases.opening.migrate", fail)
        with pytest.raises(sqlite3.OperationalError, match="no such column: absent"):
            open_store(path)
    opened = open_store(path)
    assert opened.notice is None
    assert [opened.store.case(summary.id) for summary in opened.store.cases()] == held
    opened.store.close()


@pytest.mark.parametrize("statement", ["page_size", "journal_mode"])
def test_a_wrong_statement_is_not_taken_for_a_file_that_cannot_be_used(
    path: Path,
    resolved: ResolvedEntry,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
) -> None:
    class Wrong(CaseConnection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            return super().execute("SELECT absent" if statement in sql else sql, *values)

    _fill(path, resolved, now, cases=1)
    monkeypatch.setattr("pos_helper.cases.connection.CaseConnection", Wrong)
    with pytest.raises(sqlite3.OperationalError, match="no such column: absent"):
        open_store(path)
