"""What a person chooses applies at once and is there again at the next start."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.domain.machines import Machine
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths
from pos_helper.settings import Settings, load_settings, save_settings
from pos_helper.ui.dialogs.machines_dialog import MachinesDialog
from pos_helper.ui.dialogs.settings_dialog import SettingsDialog
from pos_helper.ui.theme import Appearance
from tests.window import Open, box, kept, part, press, said, wait_until


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


# --- the machines -------------------------------------------------------------------------------

FIRST = Machine("card-terminal", number="1", terminal_id="10012345", acquirer="银联商务", hotline="95534")
SECOND = Machine("card-terminal", number="2", terminal_id="10012346", acquirer="拉卡拉", hotline="95016")


def question(app: App) -> QWidget | None:
    """The question which machines stand here, if it is on screen."""
    found = app.window.findChild(QWidget, "machinesQuestion")
    return found if found is not None and found.isVisible() else None


def pick(*names: str) -> None:
    """Press these buttons of the dialog with the machines."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MachinesDialog)
    for name in names:
        button = dialog.findChild(QAbstractButton, name)
        assert button is not None
        button.click()


def test_the_first_start_asks_for_the_machines_and_two_taps_answer_it(
    open_window: Open, user: UserPaths
) -> None:
    save_settings(user.settings, Settings())
    app = open_window()
    assert question(app) is not None
    assert QApplication.activeModalWidget() is None
    assert box(app).hasFocus()
    press(app, "chooseMachinesButton")
    pick("card-terminal", "doneButton")
    assert question(app) is None
    assert load_settings(user.settings).settings.machines == (Machine("card-terminal"),)
    app.stop()
    assert question(open_window()) is None


@pytest.mark.parametrize("in_dialog", [True, False])
def test_the_question_can_be_put_off_and_is_not_asked_again(
    open_window: Open, user: UserPaths, in_dialog: bool
) -> None:
    save_settings(user.settings, Settings())
    app = open_window()
    press(app, "chooseMachinesButton" if in_dialog else "laterMachinesButton")
    if in_dialog:
        pick("laterButton")
    assert question(app) is None
    app.stop()
    assert question(open_window()) is None
    assert load_settings(user.settings).settings.machines == ()


def test_the_question_is_in_nobodys_way(open_window: Open, user: UserPaths) -> None:
    save_settings(user.settings, Settings())
    app = open_window("3000")
    assert question(app) is None
    QTest.keyClicks(box(app), "1")
    assert box(app).text() == "30001"
    QTest.keyClick(box(app), Qt.Key.Key_Escape)
    assert question(app) is not None


def test_with_the_machine_set_the_usual_code_is_sure_at_once(open_window: Open, user: UserPaths) -> None:
    save_settings(user.settings, Settings())
    app = open_window("51")
    assert "Not charged" not in said(app, "moneyState")
    press(app, "settingsButton")
    settings = QApplication.activeModalWidget()
    assert isinstance(settings, SettingsDialog)
    button = settings.findChild(QAbstractButton, "machinesButton")
    assert button is not None
    button.click()
    pick("card-terminal", "doneButton")
    assert QApplication.activeModalWidget() is settings
    settings.reject()
    assert "Not charged" in said(app, "moneyState")


def test_the_hotline_and_the_case_are_those_of_the_machine_that_was_chosen(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    save_settings(user.settings, Settings(machines=(FIRST, SECOND)))
    app = open_window("51")
    assert "95016" not in said(app, "workPage")
    chooser = part(app, QPushButton, "machineChoice")
    assert isinstance(chooser, QPushButton)
    chooser.menu().actions()[1].trigger()
    assert "Hotline 95016 拉卡拉" in said(app, "workPage")
    assert "10012346" in said(app, "workPage")
    assert [case.machine for case in kept(user)] == [SECOND]


def test_what_is_changed_of_the_machines_counts_for_what_is_on_screen(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    save_settings(user.settings, Settings(machines=(FIRST,)))
    app = open_window("51")
    assert "Hotline 95534" in said(app, "workPage")
    press(app, "settingsButton")
    settings = QApplication.activeModalWidget()
    assert isinstance(settings, SettingsDialog)
    settings.machines_requested.emit()
    pick("turnButton", "card-terminal", "receipt-printer", "doneButton")
    settings.reject()
    assert "95534" not in said(app, "workPage")
    wait_until(qtbot, lambda: "Not charged" not in said(app, "moneyState"))
