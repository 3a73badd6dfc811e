"""The window as it is built for real, for tests: opened on a user's folders, worked with, and looked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import Case
from pos_helper.domain.machines import Machine
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths
from pos_helper.settings import Settings, save_settings

PATIENCE = 60_000
"""A catalog is compiled in so many milliseconds even on a slow machine that is busy with other things."""

Open = Callable[..., App]
"""Opens one more window: ``open_window(query="", lang=Lang.EN, packs=())``."""


MACHINES = (Machine(kind="card-terminal"), Machine(kind="till-software"))
"""What stands in the shop of a test: with it most codes are sure from the first key."""


@contextmanager
def windows(qapp: QApplication, qtbot: QtBot, user: UserPaths) -> Iterator[Open]:
    """Open windows on the user's folders, in English unless told otherwise; close them at the end.

    Unless a test has written settings, the shop has ``MACHINES``.
    """
    opened: list[App] = []
    if not user.settings.exists():
        save_settings(user.settings, Settings(machines=MACHINES, machines_asked=True))

    def open_one(query: str = "", lang: Lang = Lang.EN, packs: tuple[Path, ...] = ()) -> App:
        app = App(qapp, user, packs)
        app.language.use(lang)
        opened.append(app)
        app.window.resize(1366, 728)
        with qtbot.waitActive(app.window, timeout=PATIENCE):  # keys go to the active window only
            app.window.show()
            app.window.activateWindow()
        app.start(query)
        wait_until(qtbot, lambda: app.is_ready)
        return app

    yield open_one
    for app in opened:
        close(app)


def wait_until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    """Wait for something that may need a compiled catalog first."""
    qtbot.waitUntil(condition, timeout=PATIENCE)


def close(app: App) -> None:
    """End one window, as closing it does."""
    app.window.close()
    app.stop()
    app.language.use(Lang.EN)  # or its translation would stay for the tests that follow
    # The application owns the last two, and they would go on following the system.
    for each in (app.window, app, app.theme, app.language):
        each.deleteLater()


def part(app: App, kind: type[QWidget], name: str) -> QWidget:
    """The part of the window with this object name."""
    found = app.window.findChild(kind, name)
    assert found is not None, name
    return found


def press(app: App, name: str) -> None:
    """Click the button with this object name."""
    QTest.mouseClick(part(app, QWidget, name), Qt.MouseButton.LeftButton)


def box(app: App) -> QLineEdit:
    """The search box."""
    found = part(app, QLineEdit, "searchBox")
    assert isinstance(found, QLineEdit)
    return found


def said(app: App, name: str) -> str:
    """All words of a part of the window."""
    return words(part(app, QWidget, name))


def words(found: QWidget) -> str:
    """All words of a widget and those in it."""
    labels = [found, *found.findChildren(QLabel)]
    return " ".join(label.text() for label in labels if isinstance(label, QLabel))


def quick_steps(app: App) -> QListView:
    """The checklist of what to do first."""
    found = part(app, QListView, "quickSteps")
    assert isinstance(found, QListView)
    return found


def tick_first_step(app: App) -> None:
    """Look E1 up and tick the first thing to do, with the keyboard."""
    QTest.keyClicks(box(app), "E1")
    QTest.keyClick(box(app), Qt.Key.Key_Return)
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)


def press_enter(app: App) -> None:
    """Press Enter wherever the keyboard is."""
    focused = app.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)


def kept(user: UserPaths) -> list[Case]:
    """What another program finds in the store."""
    store = open_store(user.cases).store
    cases = [store.case(summary.id) for summary in store.cases()]
    store.close()
    return cases
