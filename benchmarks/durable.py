"""Time from a tick until it is on disk, against a plain SQLite insert and a plain write with fsync."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from benchmarks.measure import Budget, Figure, times
from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import Mark, StepResult
from pos_helper.domain.resolved_entry import ResolvedEntry

_COUNT = 300


def figures(folder: Path, resolved: ResolvedEntry) -> Iterator[Figure]:
    """Yield the figures for ticks of one case, in a case store created in ``folder``."""
    tick = _store(folder / "cases.sqlite3", resolved)
    budget = Budget(20, "median")
    yield Figure("tick to durable", tick, "SQLite insert", _sqlite(folder / "raw.sqlite3"), budget)
    yield Figure("tick to durable", tick, "write and fsync", _fsync(folder / "raw.bin"), budget)


def _store(path: Path, resolved: ResolvedEntry) -> list[float]:
    opened = open_store(path)
    with closing(opened.store) as store:
        now = datetime.now(UTC)
        case = store.open_case(resolved, "E1", now)
        steps = cycle(step.id for step in resolved.all_steps())
        results = cycle(StepResult)
        return times(lambda: store.save_mark(case.id, next(steps), Mark(next(results), now)), _COUNT)


def _sqlite(path: Path) -> list[float]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, value TEXT)")
        return times(lambda: db.execute("INSERT INTO raw (value) VALUES ('no_change')"), _COUNT)


def _fsync(path: Path) -> list[float]:
    with path.open("wb", buffering=0) as file:

        def write() -> None:
            file.write(bytes(4096))
            os.fsync(file.fileno())

        return times(write, _COUNT)
