"""What every test relies on: no real screen, no desktop session, no real user folder, no network.

Locale, time zone and fonts stay those of the machine, for the program has to work with any of them:
``make environments`` runs what depends on them with several.
"""

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_helper.paths import UserPaths
    from tests.command_line import CommandLine
    from tests.window import Open

_SESSION = ("QT_", "XDG_", "DISPLAY", "WAYLAND_", "DBUS_", "DESKTOP_", "SESSION_", "GNOME_", "KDE_", "GTK_")
"""How the variables begin that lead a program to its user's desktop and say how it shall look there."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--every-byte", action="store_true", help="damage every byte of a case file's first pages"
    )


def _leave_the_session() -> None:
    for name in [name for name in os.environ if name.startswith(_SESSION)]:
        del os.environ[name]
    # Qt reads these once, when it is first imported.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_ACCESSIBILITY"] = "1"
    if not _locale_is_utf8():
        # Qt would warn, and a warning of Qt fails a test.
        os.environ["LC_ALL"] = "C.UTF-8"


def _locale_is_utf8() -> bool:
    """Whether the locale that the variables name exists here and writes UTF-8."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "")
        return sys.platform == "win32" or locale.nl_langinfo(locale.CODESET) == "UTF-8"
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)


_leave_the_session()
# How long an example takes says more about the machine than about the program.
hypothesis.settings.register_profile("any speed", deadline=None)
hypothesis.settings.load_profile("any speed")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What the one ``QApplication`` of all tests is made with: the style of the program."""
    from pos_helper.ui.theme import STYLE

    return ["pytest", *STYLE]


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> "QtBot":
    """Waits for conditions, as long as a slow and busy machine takes to meet them."""
    from tests.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalog, compiled once for all tests. Each test that may change it copies it."""
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
def data(tmp_path: Path, shipped_index: Path) -> Path:
    """A data folder that has an index of the shipped catalog."""
    from tests.command_line import data_folder

    return data_folder(tmp_path / "data", shipped_index)


@pytest.fixture
def run(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> "CommandLine":
    """Runs a command; returns exit code, standard output and standard error."""
    from tests.command_line import CommandLine

    return CommandLine(data, capfdbinary, monkeypatch)


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
