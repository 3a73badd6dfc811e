"""The history of the real window: listing, deleting, what is not kept, and what keeps failing."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.controllers import history
from pos_helper.domain.cases import CaseState, Mark, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.periods import Retention
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths, resources
from pos_helper.settings import Settings, load_settings, save_settings
from pos_helper.ui.dialogs.history_dialog import HistoryDialog
from pos_helper.ui.dialogs.patterns_dialog import PatternsDialog
from pos_helper.ui.dialogs.settings_dialog import SettingsDialog
from tests.window import MACHINES, Open, kept, press, quick_steps, tick_first_step, wait_until

NOW = datetime.now().astimezone()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old cases are deleted as soon as the window is ready."""
    monkeypatch.setattr(history, "PAUSE", 0)


Fill = Callable[..., None]


@pytest.fixture
def fill(user: UserPaths) -> Fill:
    """Put cases into the file: for each, the days since it was opened and ended, and how it stands."""

    def put(*cases: tuple[int, CaseState]) -> None:
        catalog = open_catalog([resources() / "catalog"], user.index)
        resolved = catalog.resolve("symptom.no-paper") or catalog.resolve(catalog.search("E1").hits[0].id)
        catalog.close()
        assert resolved is not None
        with closing(open_store(user.cases).store) as store, store.transaction():
            for days, state in cases:
                at = NOW - timedelta(days=days)
                case = store.open_case(resolved, "", at, MACHINES[0])
                store.save_mark(case.id, resolved.all_steps()[0].id, Mark(StepResult.HELPED, at))
                if state is not CaseState.OPEN:
                    store.save_state(case.id, state, at)

    return put


def open_history(app: App) -> HistoryDialog:
    press(app, "historyButton")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    return dialog


def click(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def said(dialog: QWidget, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label is not None
    return label.text()


def say_yes(dialog: HistoryDialog) -> None:
    dialog._ask = lambda *_: True


# --- listing and deleting -----------------------------------------------------------------------


def test_every_case_is_listed_however_many_there_are(
    open_window: Open, qtbot: QtBot, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_PAGE", 3)
    fill(*((0, CaseState.SOLVED) for _ in range(10)))
    dialog = open_history(open_window())
    wait_until(qtbot, lambda: said(dialog, "historyCount") == "10 of 10 cases")
    dialog.reject()


def test_a_list_that_is_closed_is_read_no_further(
    open_window: Open, qtbot: QtBot, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "_PAGE", 3)
    fill(*((0, CaseState.SOLVED) for _ in range(10)))
    app = open_window()
    open_history(app).reject()
    again = open_history(app)
    wait_until(qtbot, lambda: said(again, "historyCount") == "10 of 10 cases")
    again.reject()


def test_a_deleted_case_is_gone_from_the_list_and_the_file(
    open_window: Open, user: UserPaths, fill: Fill
) -> None:
    fill((1, CaseState.SOLVED), (0, CaseState.SOLVED))
    dialog = open_history(open_window())
    say_yes(dialog)
    click(dialog, "deleteCaseButton")
    assert said(dialog, "historyCount") == "1 of 1 cases"
    assert [case.id for case in kept(user)] == [1]
    dialog.reject()


def test_a_case_that_another_window_deleted_is_gone_from_the_list(
    open_window: Open, user: UserPaths, fill: Fill
) -> None:
    fill((1, CaseState.SOLVED), (0, CaseState.SOLVED))
    dialog = open_history(open_window())
    say_yes(dialog)
    with closing(open_store(user.cases).store) as store:
        store.delete(2)
    click(dialog, "deleteCaseButton")
    assert said(dialog, "historyCount") == "1 of 1 cases"
    dialog.reject()


def test_all_cases_are_deleted_with_the_marks_on_screen(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    tick_first_step(app)
    assert quick_steps(app).model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    dialog = open_history(app)
    say_yes(dialog)
    click(dialog, "deleteAllButton")
    assert kept(user) == []
    assert said(dialog, "historyEmpty") == "No cases yet. The first tick under a code opens one."
    dialog.reject()
    assert (
        quick_steps(app).model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    )


# --- what is not kept ---------------------------------------------------------------------------


@pytest.mark.usefixtures("at_once")
def test_soon_after_the_start_what_ended_long_ago_is_deleted(
    open_window: Open, qtbot: QtBot, user: UserPaths, fill: Fill, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pos_helper.controllers.history")
    fill((400, CaseState.OPEN), (200, CaseState.SOLVED), (181, CaseState.GIVEN_UP), (179, CaseState.SOLVED))
    open_window()
    wait_until(qtbot, lambda: [case.id for case in kept(user)] == [4, 1])
    assert [each.getMessage().split(" that ")[0] for each in caplog.records] == ["2 cases"]


@pytest.mark.usefixtures("at_once")
def test_kept_for_ever_nothing_is_deleted(
    open_window: Open, qtbot: QtBot, user: UserPaths, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Retention] = []

    def noting(retention: Retention) -> None:
        done.append(retention)

    monkeypatch.setattr(Retention, "days", property(noting))
    save_settings(user.settings, Settings(retention=Retention.FOR_EVER, machines_asked=True))
    fill((4000, CaseState.SOLVED))
    open_window()
    wait_until(qtbot, lambda: bool(done))
    assert len(kept(user)) == 1


@pytest.mark.usefixtures("at_once")
def test_after_a_long_gap_the_clock_is_not_trusted(
    open_window: Open, qtbot: QtBot, user: UserPaths, fill: Fill, caplog: pytest.LogCaptureFixture
) -> None:
    fill((500, CaseState.SOLVED), (1, CaseState.SOLVED))
    open_window()
    wait_until(qtbot, lambda: "the clock may be wrong" in caplog.text)
    assert len(kept(user)) == 2


def test_a_shorter_time_counts_at_once(open_window: Open, user: UserPaths, fill: Fill) -> None:
    fill((100, CaseState.SOLVED), (10, CaseState.SOLVED))
    app = open_window()
    press(app, "settingsButton")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    click(dialog, Retention.DAYS_30)
    assert len(kept(user)) == 2
    dialog.accept()
    assert [case.id for case in kept(user)] == [2]
    assert load_settings(user.settings).settings.retention is Retention.DAYS_30


def test_old_cases_that_cannot_be_deleted_disturb_nobody(
    open_window: Open, fill: Fill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill((200, CaseState.SOLVED))
    app = open_window()

    def fail(at: datetime) -> int:
        raise UserError(Text("磁盘满了。", "The disk is full."))

    assert app._lookup is not None
    assert app._history is not None
    monkeypatch.setattr(app._lookup, "delete_ended_before", fail)
    app._history.delete_old()
    assert "cannot be deleted" in caplog.text
    assert not app.window.banner.isVisible()


# --- what keeps failing -------------------------------------------------------------------------


def test_what_keeps_failing_is_counted_for_the_time_that_is_chosen(
    open_window: Open, fill: Fill, tmp_path: Path
) -> None:
    fill((100, CaseState.OPEN), (20, CaseState.OPEN), (0, CaseState.OPEN))
    dialog = open_history(open_window())
    click(dialog, "patternsButton")
    patterns = QApplication.activeModalWidget()
    assert isinstance(patterns, PatternsDialog)
    assert said(patterns, "patternsAbout") == "Last 90 days · All machines · 2 cases"
    patterns.period_requested.emit(patterns.period)
    menu = next(each for each in patterns.findChildren(QPushButton, "patternsPeriod")).menu()
    next(action for action in menu.actions() if action.text() == "At any time").trigger()
    assert said(patterns, "patternsAbout") == "At any time · All machines · 3 cases"

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        asked.setDirectory(str(tmp_path))
        asked.accept()

    QTimer.singleShot(0, answer)
    click(patterns, "savePictureButton")
    (saved,) = tmp_path.glob("*.png")
    assert saved.read_bytes().startswith(b"\x89PNG")
    patterns.reject()
    dialog.reject()
