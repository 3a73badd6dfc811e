"""Real processes for what cannot be tried inside the test's own."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

_HERE = Path(__file__).parent


class Child:
    """A script of this folder as a running process. Leaving the ``with`` block kills it.

    The scripts end by themselves after a while, so that a failing test does not wait for ever.
    """

    def __init__(self, script: str, *arguments: object, **environment: str) -> None:
        root = str(_HERE.parents[1])
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", str(_HERE / script), *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": root, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def line(self) -> str:
        """The next line that it says; empty if it has ended."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: exit code, what else it said, what it complained of."""
        output, errors = self._process.communicate()
        return self._process.returncode, output, errors

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it like a power cut."""
        self._process.kill()
        self._process.communicate()
