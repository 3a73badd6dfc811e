"""What every test relies on: no real screen, no real user folder, no network."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Qt reads these once, when it is first imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_ACCESSIBILITY", "1")
# Without a UTF-8 locale Qt warns of it, whoever's machine this is.
os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What the one ``QApplication`` of all tests is made with: the style of the program."""
    from pos_helper.ui.theme import STYLE

    return ["pytest", *STYLE]


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalog, compiled once for all tests. Each test that opens it copies it."""
    from pos_helper.catalog.indexed_catalog import open_catalog
    from pos_helper.paths import resources

    index = tmp_path_factory.mktemp("index") / "index.sqlite3"
    open_catalog([resources() / "catalog"], index).close()
    return index


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Let Qt throw away now what a test threw away: no event loop does it between tests.

    Else every window of every test before follows each change of theme and language.
    """
    if "PySide6.QtCore" in sys.modules:  # the rules are tested without Qt
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance() is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def run_with_mounts() -> Callable[..., str]:
    """Run a Python script with mounts of its own, such as a disk that is really full; gives what it prints.

    The mounts are seen by that process alone and are gone with it. Needs Linux and the right to make them.
    """

    def run(mounts: str, script: Path, *arguments: str | Path) -> str:
        shell = ["unshare", "--map-root-user", "--mount", "sh", "-ec"]
        try:
            subprocess.run([*shell, "mount -t tmpfs tmpfs /tmp"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("no mounts of one's own can be made here: not Linux, or a closed container")
        done = subprocess.run(
            [*shell, f'{mounts}\nexec "$@"', "sh", sys.executable, script, *arguments],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def flushes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int]]:
    """Which files are flushed to the disk and which take another name, in this order, with their sizes."""
    noted: list[tuple[str, int, int]] = []
    flush, rename = os.fsync, Path.replace

    def noting_flush(file: int) -> None:
        flush(file)
        found = os.fstat(file)
        noted.append(("flushed", found.st_ino, found.st_size))

    def noting_rename(path: Path, target: Path) -> Path:
        found = path.stat()
        noted.append(("renamed", found.st_ino, found.st_size))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_flush)
    monkeypatch.setattr(Path, "replace", noting_rename)
    return noted
