"""Helpers to run the command line: in this process, or as a separate program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from pos_helper.cli import main
from pos_helper.paths import user_paths


def data_folder(folder: Path, index: Path) -> Path:
    """Create a data folder that has an index of the shipped catalog."""
    user = user_paths(folder)
    user.cache.mkdir(parents=True)
    shutil.copy(index, user.index)
    return folder


class CommandLine:
    """Runs commands in English on a data folder; returns exit code, standard output and standard error."""

    def __init__(
        self, data: Path, printed: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._data = data
        self._printed = printed
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(self._data), *words])
        printed = self._printed.readouterr()
        return code, printed.out.decode(), printed.err.decode()


def program(
    data: Path,
    *words: str,
    environment: dict[str, str] | None = None,
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program on a data folder in a new process, without a screen unless ``environment`` has one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "DISPLAY", "WAYLAND", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pos_helper", "--data-dir", data, *words],
        env={**kept, "LANG": "C.UTF-8", **(environment or {})},
        stdout=stdout,
        stderr=stderr,
        check=False,
    )
