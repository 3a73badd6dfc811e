"""After a power cut the case file holds all that was acknowledged, whatever of the rest the disk has written.

The disk writes in sectors, in any order, and what was not flushed may be there, be missing or be half there.
So each test mixes the sectors of the files before and after one change by chance, and opens the result.
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

import pytest
from msgspec.structs import replace

from pos_helper.cases.connection import connect
from pos_helper.cases.opening import open_store
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.domain.cases import Case
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.settings import LoadedSettings, Settings, load_settings, save_settings
from tests.locations import ROOT, copy_from_outside

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
