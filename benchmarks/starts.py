"""Starting the program, beside an empty PySide6 window started in turn with it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Budget, Figure

_COUNT = 10


def figures(user: Path) -> Iterator[Figure]:
    """The time from the start of the process to a painted window, and the most memory until then.

    The user's data are in the folder ``user``; afterwards the index is there.
    """
    ours, empty = [], []
    # The first pair warms the disk's cache and builds the index; it does not count.
    for _ in range(_COUNT + 1):
        empty.append(_start("empty"))
        ours.append(_start("program", str(user)))
    time_of, memory_of = zip(*ours[1:], strict=True)
    empty_time, empty_memory = zip(*empty[1:], strict=True)
    yield Figure("start to painted window", time_of, "empty window", empty_time, Budget(1.5, "ratio"))
    yield Figure(
        "memory after start", memory_of, "empty window", empty_memory, Budget(1.7, "ratio"), unit="MiB"
    )


def _start(*arguments: str) -> tuple[float, float]:
    """Milliseconds to the painted window and MiB at that time, of one process."""
    started = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.started", *arguments]
    # An installed program has its bytecode at hand, whatever this machine is set to.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    # The monotonic clock is the same in all processes.
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()
    return (float(told[0]) - started) * 1000, float(told[1])
