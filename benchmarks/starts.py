"""Starting the program, beside an empty PySide6 window started in turn with it."""

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
    """Milliseconds from the start of a process to its painted window and to the end of what follows; MiB."""

    painted: float
    ready: float
    memory: float


def figures(user: Path) -> Iterator[Figure]:
    """Until the window is painted, until it answers searches, and the most memory until then.

    The user's data are in the folder ``user``; the index is there, as it is at every start but the first.
    """
    user_files = paths.user_paths(user)
    packs = find_packs(paths.resources() / "catalog", user_files.packs)
    open_catalog(packs, user_files.index).close()
    # The first pair warms the disk's cache; it does not count.
    pairs = [(_start("program", str(user)), _start("empty")) for _ in range(_COUNT + 1)][1:]
    (painted, ready, memory), (empty, _, empty_memory) = (
        zip(*starts, strict=True) for starts in zip(*pairs, strict=True)
    )
    yield Figure("start to painted window", painted, "empty window", empty, Budget(1.5, "ratio"))
    yield Figure("start to first answer", ready, "empty window", empty)
    yield Figure("memory after start", memory, "empty window", empty_memory, Budget(1.7, "ratio"), unit="MiB")


def _start(*arguments: str) -> Start:
    """One process, from the command to its end."""
    command = [sys.executable, "-m", "benchmarks.started", *arguments]
    # An installed program has its bytecode at hand, whatever this machine is set to.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    painted, ready, memory = map(float, told.split())
    return Start((painted - started) * 1000, (ready - started) * 1000, memory)
