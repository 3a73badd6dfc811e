"""Whatever is damaged in a case file, a start ends in a store that can be used and read."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import CaseState, Mark, Reminder, StepResult
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from tests.locations import copy_from_outside

HEADER = 100
SPARSE = 101
"""Beyond the header each such byte is damaged, to keep the test short; a prime meets all fields."""


@pytest.fixture
def sound(path: Path, resolved: ResolvedEntry, now: datetime) -> bytes:
    """A case file with four cases, one of them closed, and a reminder."""
    with closing(open_store(path).store) as store:
        for number in range(4):
            case = store.open_case(resolved, "E1", now)
            store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, now, "有效"))
            store.save_note(case.id, f"第 {number} 个 " * 20)
        store.save_state(2, CaseState.SOLVED, now)
        store.save_reminder(Reminder("clean", Text("清洁", "Clean"), 7, now.date()))
    content = path.read_bytes()
    shutil.rmtree(path.parent)
    return content


def damaged(sound: bytes) -> Iterator[tuple[int, bytes]]:
    """The file with one byte set to two other values, and where."""
    for place in [*range(HEADER), *range(HEADER, len(sound), SPARSE)]:
        for value in (sound[place] ^ 0xFF, sound[place] ^ 0x01):
            yield place, sound[:place] + bytes([value]) + sound[place + 1 :]


def test_with_any_byte_damaged_a_start_ends_in_a_store_that_works(
    tmp_path: Path, sound: bytes, resolved: ResolvedEntry, now: datetime
) -> None:
    path = tmp_path / "cases.sqlite3"
    anew = recovered = 0
    for place, content in damaged(sound):
        path.write_bytes(content)
        opened = open_store(path, wait=0.05)
        with closing(opened.store) as store:
            found = store.cases()
            assert opened.notice or found, place
            store.seen()
            store.step_histories()
            store.incidents(None)
            store.met_since(now, 5)
            store.reminders()
            case = store.open_case(resolved, "E1", now)
            store.delete(case.id)
        if opened.is_anew:
            anew += 1
            recovered += len(found) == 4
        for left in tmp_path.iterdir():
            left.unlink()
    assert anew > 50
    assert recovered > anew * 0.9


def test_changes_behind_a_damaged_part_of_the_log_are_missed_once_and_it_is_said(
    path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    with closing(open_store(path).store) as store:
        for number in range(8):
            store.open_case(resolved, f"E{number}", now)
        copy_from_outside(path, tmp_path / "whole")
        log = path.with_name("cases.sqlite3-wal").read_bytes()
    frame = 24 + 4096
    for place in [3, 20, 40, 32 + 500, 32 + frame + 10, 32 + frame + 900, 32 + 8 * frame + 4000]:
        folder = tmp_path / str(place)
        folder.mkdir()
        shutil.copyfile(tmp_path / "whole", folder / "cases.sqlite3")
        hurt = log[:place] + bytes([log[place] ^ 1]) + log[place + 1 :]
        (folder / "cases.sqlite3-wal").write_bytes(hurt)
        opened = open_store(folder / "cases.sqlite3")
        assert opened.durable
        assert opened.notice, place
        assert "日志坏了一部分" in opened.notice.zh
        assert "of the last changes cannot be read" in opened.notice.en
        assert [each.read_bytes() for each in folder.glob("cases.corrupt-*-wal")] == [hurt]
        assert len(opened.store.cases()) < 8
        opened.store.open_case(resolved, "E9", now)
        opened.store.close()
        again = open_store(folder / "cases.sqlite3")
        assert again.notice is None
        again.store.close()


def test_a_sound_log_is_read_whole_and_nothing_is_said(
    path: Path, tmp_path: Path, resolved: ResolvedEntry, now: datetime
) -> None:
    with closing(open_store(path).store) as store:
        for number in range(8):
            store.open_case(resolved, f"E{number}", now)
        for ending in ("", "-wal"):
            copy_from_outside(Path(f"{path}{ending}"), tmp_path / f"c.sqlite3{ending}")
    opened = open_store(tmp_path / "c.sqlite3")
    assert (opened.notice, len(opened.store.cases())) == (None, 8)
    opened.store.close()
