"""The copies that the program keeps by itself."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_helper.backup.archive import read_manifest
from pos_helper.backup.kept import (
    is_due,
    keep_before_restore,
    keep_daily,
    kept_backups,
    remove_left_over,
    with_offer,
)
from pos_helper.backup.progress import Cancelled, Progress
from pos_helper.domain.errors import UserError
from pos_helper.domain.resolved_entry import SHOP_PACK
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths
from tests.backup.conftest import NOW, names


def test_a_copy_is_due_once_a_day(user: UserPaths) -> None:
    assert is_due(user.backups, NOW.date())
    keep_before_restore(user, NOW, Progress())
    assert is_due(user.backups, NOW.date())
    keep_daily(user, NOW, Progress())
    assert not is_due(user.backups, NOW.date())
    assert is_due(user.backups, NOW.date() + timedelta(days=1))
    assert is_due(user.backups, date(1970, 1, 1))


def test_old_copies_go_and_everything_else_stays(user: UserPaths) -> None:
    user.backups.mkdir()
    mine = {"notes.txt", "pos-helper-2026-99-99.zip", "pos-helper-my-own.zip", "shop.zip"}
    for name in mine:
        (user.backups / name).touch()
    for days in range(40):
        keep_daily(user, NOW + timedelta(days=days), Progress())
    kept = [backup.made_on for backup in kept_backups(user.backups)]
    last = (NOW + timedelta(days=39)).date()
    assert kept[:7] == [last - timedelta(days=number) for number in range(7)]
    assert len(kept) == 9
    assert mine <= names(user.backups)
    assert len(names(user.backups)) == len(mine) + 9


def test_a_copy_that_cannot_be_made_costs_no_other(user: UserPaths) -> None:
    for days in range(8):
        keep_daily(user, NOW + timedelta(days=days), Progress())
    before = names(user.backups)
    with pytest.raises(Cancelled):
        keep_daily(user, NOW + timedelta(days=60), Progress(is_cancelled=lambda: True))
    user.cases.write_bytes(b"damaged")
    with pytest.raises(UserError):
        keep_daily(user, NOW + timedelta(days=60), Progress())
    assert names(user.backups) == before


def test_the_newest_copy_is_offered_by_its_date(user: UserPaths, tmp_path: Path) -> None:
    gone = Text("没了。", "Gone.")
    assert with_offer(gone, user.backups) == gone
    keep_daily(user, NOW - timedelta(days=1), Progress())
    keep_daily(user, NOW, Progress())
    offer = with_offer(gone, user.backups)
    assert offer.zh.startswith("没了。程序留有 2026-03-14 的备份")
    assert offer.en.startswith("Gone. The program kept a copy of 2026-03-14")
    assert read_manifest(user.backups / kept_backups(user.backups)[0].name).made_at == NOW


def test_what_a_kill_left_in_the_data_is_removed_later(user: UserPaths) -> None:
    keep_daily(user, NOW, Progress())
    (user.packs / SHOP_PACK).mkdir(parents=True, exist_ok=True)
    whole_files = {each for each in user.data.rglob("*") if each.is_file()}
    left = [
        user.data / ".settings.json.0123abcd.tmp",
        user.packs / SHOP_PACK / ".shop.e1.yaml.0123abcd.tmp",
        user.backups / ".pos-helper-2026-03-14.zip.0123abcd.tmp",
        user.data / ".restoring-x1y2z3" / "packs" / "own.yaml",
    ]
    fresh = user.data / ".restoring-now" / "settings.json"
    for each in (*left, fresh):
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(b"half")
    for each in (*left[:3], user.data / ".restoring-x1y2z3"):
        os.utime(each, (0, 0))
    remove_left_over(user)
    assert {each for each in user.data.rglob("*") if each.is_file()} == {*whole_files, fresh}
    assert not (user.data / ".restoring-x1y2z3").exists()
