"""What a damaged write-ahead log has lost is said, once."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

from pos_helper.cases.opening import open_store
from pos_helper.domain.resolved_entry import ResolvedEntry
from tests.locations import copy_from_outside


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
