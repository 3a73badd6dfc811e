"""Backups from the window, the copies that it makes by itself, and a case file that may be copied."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from pos_helper import app as window
from pos_helper.backup.archive import write_backup
from pos_helper.backup.kept import kept_backups
from pos_helper.backup.progress import Progress
from pos_helper.cases.opening import open_store
from pos_helper.controllers import backups
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths
from pos_helper.settings import load_settings
from pos_helper.ui.dialogs import backup_dialog
from pos_helper.ui.dialogs.backup_dialog import BackupDialog
from tests.backup.conftest import NOW, shop
from tests.locations import copy_from_outside
from tests.window import Open, kept, press, said, tick_first_step, wait_until, words

CHILD = Path(__file__).with_name("restore_child.py")


def open_dialog(app: window.App) -> BackupDialog:
    press(app, "settingsButton")
    settings = QApplication.activeModalWidget()
    assert settings is not None
    button(settings, "backupButton").click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupDialog)
    return dialog


def button(dialog: QWidget, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton), name
    return found


def notice(dialog: QWidget) -> str:
    found = dialog.findChild(QWidget, "notice")
    assert found is not None
    return words(found) if found.isVisible() else ""


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Say which file the system's dialogs answer with."""

    def answer_with(path: Path) -> None:
        for name in ("ask_path", "ask_backup"):
            asks = BackupDialog.__init__.__defaults__ or ()
            assert getattr(backup_dialog, name) in asks
        monkeypatch.setattr(
            BackupDialog.__init__, "__defaults__", (None, lambda *_: str(path), lambda *_: str(path))
        )

    return answer_with


def test_a_backup_is_written_and_said(
    open_window: Open,
    qtbot: QtBot,
    user: UserPaths,
    tmp_path_factory: pytest.TempPathFactory,
    answer: Callable[[Path], None],
) -> None:
    path = tmp_path_factory.mktemp("stick") / "shop.zip"
    answer(path)
    app = open_window()
    tick_first_step(app)
    dialog = open_dialog(app)
    button(dialog, "backUpButton").click()
    wait_until(qtbot, lambda: str(path) in notice(dialog))
    assert path.exists()
    assert button(dialog, "backUpButton").isEnabled()
    dialog.reject()


@pytest.mark.parametrize("lang", list(Lang))
def test_what_cannot_be_done_is_said_in_the_dialog(
    open_window: Open, qtbot: QtBot, user: UserPaths, answer: Callable[[Path], None], lang: Lang
) -> None:
    other = user.data / "other.zip"
    other.write_bytes(b"not a backup")
    answer(other)
    app = open_window(lang=lang)
    dialog = open_dialog(app)
    button(dialog, "restoreFileButton").click()
    wait_until(
        qtbot, lambda: {"zh": "不是 POS Helper 的备份", "en": "is not a backup"}[lang] in notice(dialog)
    )
    button(dialog, "backUpButton").click()  # the answer lies in the data folder
    wait_until(qtbot, lambda: {"zh": "U盘", "en": "USB stick"}[lang] in notice(dialog))
    assert app.prepared is None
    dialog.reject()


def test_a_kept_copy_is_restored_and_the_window_comes_back_with_it(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    app = open_window()
    tick_first_step(app)
    user.backups.mkdir()
    write_backup(user, user.backups / "pos-helper-2026-03-13.zip", NOW, Progress())
    before = kept(user)
    app.window.search_bar.clear()
    tick_first_step(app)
    app.window.tabs.tick_requested.emit("check-network-connection", True)
    after = kept(user)
    assert after != before
    dialog = open_dialog(app)
    rows = dialog.findChild(QListView, "keptBackups")
    assert rows is not None
    assert not button(dialog, "restoreKeptButton").isEnabled()
    rows.setCurrentIndex(rows.model().index(0, 0))
    button(dialog, "restoreKeptButton").click()
    wait_until(qtbot, lambda: app.prepared is not None)
    app.stop()
    assert app.prepared is not None
    news = window._restore(user, app.prepared)
    again = open_window()
    again.tell(news)
    assert "before-restore" in said(again, "noticeText")
    assert kept(user) == before


def test_the_program_itself_opens_again_after_a_restore(user: UserPaths, tmp_path: Path) -> None:
    other = shop(tmp_path / "other", "other shop")
    write_backup(other, tmp_path / "other.zip", NOW, Progress())
    done = subprocess.run(
        [sys.executable, CHILD, user.data, tmp_path / "other.zip"],
        env={**os.environ, "PYTHONPATH": str(CHILD.parents[2])},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "before-restore" in done.stdout
    assert done.stderr == ""
    assert load_settings(user.settings).settings.shop.name == "other shop"


def test_the_copy_of_today_is_made_once(open_window: Open, qtbot: QtBot, user: UserPaths) -> None:
    app = open_window()
    controller = app.findChild(backups.BackupsController)
    assert controller is not None
    controller.keep_daily()
    wait_until(qtbot, lambda: len(kept_backups(user.backups)) == 1)
    [copy] = kept_backups(user.backups)
    assert not copy.before_restore
    made = (user.backups / copy.name).stat().st_mtime_ns
    controller.keep_daily()
    app.stop()
    assert (user.backups / copy.name).stat().st_mtime_ns == made


def test_the_end_waits_for_no_copy(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    controller = app.findChild(backups.BackupsController)
    assert controller is not None
    controller.keep_daily()
    app.stop()
    assert [each.name for each in user.backups.glob(".*")] == []


def test_a_moment_after_a_tick_the_case_file_alone_has_it(
    open_window: Open, qtbot: QtBot, user: UserPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "IDLE_MS", 10)
    app = open_window()
    tick_first_step(app)

    def copied_alone() -> int:
        copy_from_outside(user.cases, tmp_path / "copied.sqlite3")
        with closing(open_store(tmp_path / "copied.sqlite3").store) as store:
            return len(store.cases())

    wait_until(qtbot, lambda: copied_alone() == 1)


@pytest.mark.parametrize("lang", list(Lang))
def test_cases_that_are_gone_are_said_with_the_newest_copy(
    open_window: Open, user: UserPaths, lang: Lang
) -> None:
    user.backups.mkdir()
    for day in ("2026-03-12", "2026-03-13"):
        (user.backups / f"pos-helper-{day}.zip").touch()
    user.cases.touch()
    app = open_window(lang=lang)
    assert {"zh": "空的（0 字节）", "en": "is empty (0 bytes)"}[lang] in said(app, "noticeText")
    assert "2026-03-13" in said(app, "noticeText")


def test_copies_of_a_sync_program_are_named_once(open_window: Open, user: UserPaths) -> None:
    user.data.mkdir(exist_ok=True)
    (user.data / "cases-PC2.sqlite3").touch()
    app = open_window()
    assert "cases-PC2.sqlite3" in said(app, "noticeText")
    app.stop()
    assert open_window().window.findChild(QLabel, "noticeText") is None


def test_a_window_removes_what_an_earlier_one_left_half_written(
    user: UserPaths, open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = user.data / ".settings.json.0123abcd.tmp"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    monkeypatch.setattr(backups, "FIRST_COPY_MS", 0)
    open_window()
    wait_until(qtbot, lambda: not left.exists())
