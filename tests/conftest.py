"""What every test relies on: no real screen, no real user folder, no network."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_helper.paths import UserPaths
    from tests.window import Open

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


@pytest.fixture
def user(tmp_path: Path, shipped_index: Path) -> "UserPaths":
    """One user's folders, with the compiled catalog in the cache."""
    from pos_helper.paths import user_paths

    paths = user_paths(tmp_path)
    paths.cache.mkdir(parents=True)
    shutil.copy(shipped_index, paths.index)
    return paths


@pytest.fixture
def open_window(qapp: "QApplication", qtbot: "QtBot", user: "UserPaths") -> "Iterator[Open]":
    """Open windows on the user's folders; see ``tests/window.py``."""
    from tests.window import windows

    with windows(qapp, qtbot, user) as open_one:
        yield open_one


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
