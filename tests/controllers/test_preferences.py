"""What a person chooses applies at once and is there again at the next start."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths
from pos_helper.settings import load_settings
from pos_helper.ui.dialogs.settings_dialog import SettingsDialog
from pos_helper.ui.theme import Appearance
from tests.window import Open, press, said, wait_until


def choose(app: App, name: str, value: str) -> None:
    """Choose a value in the settings dialog and close it."""
    press(app, "settingsButton")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    choice = dialog.findChild(QWidget, name)
    assert choice is not None
    button = choice.findChild(QAbstractButton, value)
    assert button is not None
    button.click()
    dialog.reject()


def test_the_language_switches_in_place_and_stays(open_window: Open, qtbot: QtBot, user: UserPaths) -> None:
    app = open_window("E1")
    press(app, "languageButton")
    wait_until(qtbot, lambda: "扣没扣款不确定" in said(app, "moneyState"))
    assert load_settings(user.settings).settings.language is Lang.ZH


def test_text_size_is_kept(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    QTest.keyClick(app.window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert load_settings(user.settings).settings.text_percent == 110
    QTest.keyClick(app.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert load_settings(user.settings).settings.text_percent == 100


@pytest.mark.parametrize("appearance", [Appearance.DARK, Appearance.LIGHT])
def test_the_appearance_is_kept(open_window: Open, user: UserPaths, appearance: Appearance) -> None:
    app = open_window()
    choose(app, "appearanceChoice", appearance)
    assert app.theme.is_dark is (appearance is Appearance.DARK)
    app.stop()
    assert open_window().theme.appearance is appearance
    assert load_settings(user.settings).settings.appearance == appearance.value
