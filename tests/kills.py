"""Kills the program again and again while it keeps things, and looks whether anything acknowledged is lost.

    python tests/kills.py [KILLS] [SEED] [--network]        or: make kills

Work goes on in one data folder from kill to kill: ticks, results, notes, fields, states, deleting, reminders,
settings, own codes, backups and restoring. Each piece is acknowledged once its call has returned. After each
kill the folder is opened as at a start, and must hold exactly what was acknowledged, and at most the one
piece more that was going on. It needs a system that can fork: starting Python each time would take too long.
"""

import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from msgspec.structs import replace

from pos_helper.backup import restore
from pos_helper.backup.archive import read_manifest, write_backup
from pos_helper.backup.kept import keep_daily
from pos_helper.backup.progress import Progress
from pos_helper.cases import opening
from pos_helper.cases.opening import fold_log, open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.catalog.packs.shop_pack import record
from pos_helper.domain.cases import CaseDetails, CaseState, Mark, Reminder, StepResult
from pos_helper.domain.entries import GENERAL_CHECKS, Money
from pos_helper.domain.machines import Machine
from pos_helper.domain.recorded_code import RecordedCode
from pos_helper.domain.resolved_entry import SHOP_PACK, ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths, user_paths
from pos_helper.settings import Settings, load_settings, save_settings

START = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
RESOLVED = msgspec.json.decode(
    (Path(__file__).parent / "cases" / "data" / "resolved-entry.json").read_bytes(), type=ResolvedEntry
)
GENERAL = replace(RESOLVED, entry=replace(RESOLVED.entry, id=GENERAL_CHECKS))
OFTEN = (
    *("case", "tick", "tick", "result", "note", "step note", "details", "state", "money", "meaning"),
    *("machine", "reminder", "no reminder", "settings"),
)
SELDOM = (
    *("own code", "fold", "close", "delete", "delete old", "delete all"),
    *("backup", "daily", "restore", "restore"),
)
WITHOUT_CASE = (
    *("reminder", "no reminder", "settings", "own code", "fold", "close", "backup", "daily", "restore"),
)


class NoCatalog:
    """Knows the general checks and nothing else."""

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        """The general checks."""
        return GENERAL if entry_id == GENERAL_CHECKS else None


class WorkingShop:
    """A data folder and the work in it: piece ``n`` is the same whoever does it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.user: UserPaths = user_paths(folder / "data")
        self.backup = folder / "backup.zip"
        self._seed = seed
        self._store: SqliteCaseStore | None = None

    @property
    def store(self) -> SqliteCaseStore:
        """The store, opened as at a start."""
        if self._store is None:
            restore.finish_restoring(self.user)
            opened = open_store(self.user.cases)
            assert opened.durable, opened.notice
            assert opened.notice is None, opened.notice
            self._store = opened.store
        return self._store

    def close(self) -> None:
        """Close the store, as at the end."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def do(self, number: int) -> str:
        """Do one piece of work and return what it was."""
        dice = random.Random(f"{self._seed}/{number}")
        name = dice.choice(SELDOM if dice.random() < 0.15 else OFTEN)
        store, user, progress, now = self.store, self.user, Progress(), START + timedelta(minutes=number)
        cases = [case.id for case in store.cases(limit=5)]
        if not cases and name not in WITHOUT_CASE:
            name = "case"
        case_id = dice.choice(cases or [0])
        step, tip = dice.choice(("reseat-cable", "restart-router", "check-last-sale")), f"tip-{number % 4}"
        words = f"{name} {number} " * dice.choice((1, 20, 400))
        pieces: dict[str, Callable[[], object]] = {
            "case": lambda: store.open_case(RESOLVED, f"E{number}", now),
            "tick": lambda: store.save_mark(case_id, step, Mark(StepResult.NO_CHANGE, now)),
            "result": lambda: store.save_mark(case_id, step, Mark(dice.choice([*StepResult]), now)),
            "note": lambda: store.save_note(case_id, words),
            "step note": lambda: store.save_mark(case_id, step, Mark(None, now, words)),
            "details": lambda: store.save_details(case_id, CaseDetails("1.50", screen_text=words)),
            "state": lambda: store.save_state(case_id, dice.choice([*CaseState]), now),
            "money": lambda: store.save_money_found(case_id, dice.choice([None, *Money])),
            "meaning": lambda: store.save_meaning(case_id, dice.choice([None, 0, 1])),
            "machine": lambda: store.save_machine(case_id, Machine("card-terminal", f"{number}")),
            "reminder": lambda: store.save_reminder(Reminder(tip, Text(words, words), 7, now.date())),
            "no reminder": lambda: store.delete_reminder(tip),
            "delete": lambda: store.delete(case_id),
            "delete old": lambda: store.delete_ended_before(now - timedelta(hours=2)),
            "delete all": store.delete_all,
            "settings": lambda: save_settings(user.settings, Settings(shop=Shop(name=f"shop {number}"))),
            "own code": lambda: self._record(f"Z{number}", words[:40], now),
            "fold": lambda: fold_log(user.cases),
            "close": self.close,
            "backup": lambda: write_backup(user, self.backup, now, progress),
            "daily": lambda: keep_daily(user, now, progress),
            "restore": lambda: self._restore(now, progress),
        }
        pieces[name]()
        return name

    def _record(self, code: str, words: str, now: datetime) -> None:
        catalog: Any = NoCatalog()
        record(self.user.packs / SHOP_PACK, RecordedCode(code, "terminal", words), catalog, now.date())

    def _restore(self, now: datetime, progress: Progress) -> None:
        if self.backup.exists():
            staged = restore.prepare(self.user, self.backup, now, progress)
            self.close()
            restore.restore(self.user, staged)

    def state(self) -> dict[str, Any]:
        """All that is kept. Each backup that is there can be read."""
        store, user = self.store, self.user
        settings = load_settings(user.settings)
        assert settings.notice is None, settings.notice
        daily = {each.name: read_manifest(each) for each in user.backups.glob("*.zip")}
        return {
            "cases": [store.case(summary.id) for summary in store.cases()],
            "reminders": store.reminders(),
            "settings": settings.settings,
            "packs": {file.name: file.read_bytes() for file in user.packs.rglob("*.yaml")},
            "backup": read_manifest(self.backup).made_at if self.backup.exists() else None,
            "daily": {name: made for name, made in daily.items() if "before-restore" not in name},
        }


def kill_at_random(shop: WorkingShop, first: int, dice: random.Random) -> int:
    """Work in a child from piece ``first`` on, kill it, and return how many pieces it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            shop.state()
            os.write(writer, b"o")
            for number in range(first, first + 10_000):
                shop.do(number)
                os.write(writer, b".")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writer)
    said = b"" if dice.random() < 0.1 else os.read(reader, 1)  # some are killed while they open the folder
    time.sleep(dice.expovariate(1 / 0.06))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while chunk := os.read(reader, 65_536):
        said += chunk
    os.close(reader)
    assert os.WIFSIGNALED(status), "the work failed by itself"
    return said.count(b".")


def run(folder: Path, kills: int, seed: int) -> Iterator[tuple[int, str]]:
    """Kill so many times; yield how many pieces were acknowledged, and which one was kept untold, if any."""
    dice = random.Random(seed)
    killed, expected = WorkingShop(folder / "killed", seed), WorkingShop(folder / "expected", seed)
    number = 0
    for _ in range(kills):
        acknowledged = kill_at_random(killed, number, dice)
        for each in range(number, number + acknowledged):
            expected.do(each)
        number += acknowledged
        found, wanted, untold = killed.state(), expected.state(), ""
        if found != wanted:
            untold = expected.do(number)
            number += 1
            wanted = expected.state()
            assert found == wanted, [untold, *(key for key in wanted if wanted[key] != found[key])]
        yield acknowledged, untold
        killed.close()
        expected.close()


def main(arguments: list[str]) -> int:
    """Kill as often as asked and say what came of it."""
    numbers = [int(each) for each in arguments if each.isdigit()]
    kills, seed = (*numbers, *(1000, random.randrange(10**6))[len(numbers) :])
    changes, untold = 0, Counter[str]()
    with (
        tempfile.TemporaryDirectory(prefix="kills-") as folder,
        patch.object(opening, "is_on_network", lambda path: "--network" in arguments),
    ):
        for acknowledged, name in run(Path(folder), kills, seed):
            changes += acknowledged
            untold[name] += 1
    del untold[""]
    also = ", ".join(f"{name} {times}" for name, times in untold.most_common())
    sys.stdout.write(f"{kills} kills (seed {seed}), {changes} acknowledged changes, none lost.\n")
    sys.stdout.write(f"Kept whole before anybody was told: {also}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
