"""Start time and memory of the program, against an empty PySide6 window started alternately."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Budget, Figure
from pos_helper import paths
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import find_packs

_COUNT = 20


class Start(NamedTuple):
    """One start: milliseconds from the start of the process to ``painted`` and ``ready``; memory in MiB."""

    painted: float
    ready: float
    memory: float


def figures(user: Path) -> Iterator[Figure]:
    """Yield the time to the painted window, the time to the first answer, and the peak memory until then.

    User data are in the folder ``user``, with a current index, as at every start but the first.
    """
    user_files = paths.user_paths(user)
    packs = find_packs(paths.resources() / "catalog", user_files.packs)
    open_catalog(packs, user_files.index).close()
    # The first pair warms the disk cache and is dropped.
    pairs = [(_start("program", str(user)), _start("empty")) for _ in range(_COUNT + 1)][1:]
    (painted, ready, memory), (empty, _, empty_memory) = (
        zip(*starts, strict=True) for starts in zip(*pairs, strict=True)
    )
    yield Figure("start to painted window", painted, "empty window", empty, Budget(1.5, "ratio"))
    yield Figure("start to first answer", ready, "empty window", empty)
    yield Figure("memory after start", memory, "empty window", empty_memory, Budget(1.7, "ratio"), unit="MiB")


def _start(*arguments: str) -> Start:
    """Run one start in a new process and return its measurements."""
    command = [sys.executable, "-m", "benchmarks.started", *arguments]
    # An installed program has cached bytecode, so this machine's setting must not disable it.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    painted, ready, memory = map(float, told.split())
    return Start((painted - started) * 1000, (ready - started) * 1000, memory)
