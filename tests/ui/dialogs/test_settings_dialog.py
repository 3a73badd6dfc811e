"""The settings: looks apply at once, the shop's details when they are saved."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QLineEdit

from pos_helper.domain.errors import UserError
from pos_helper.domain.periods import Retention
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.settings_dialog import About, SettingsDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Appearance, Theme
from tests.ui.fits import texts

ABOUT = About("0.1.0", "0.1.0+abc", "/home/shop/pos-helper")
FULL = Text("磁盘满了。", "The disk is full.")
SAVE = QDialogButtonBox.StandardButton.Save


class Drawer:
    """Keeps the shop's details, unless the disk is full."""

    def __init__(self) -> None:
        self.full = False
        self.kept: list[Shop] = []

    def __call__(self, shop: Shop) -> None:
        if self.full:
            raise UserError(FULL)
        self.kept.append(shop)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def dialog(theme: Theme, language: Language, qtbot: Any, drawer: Drawer) -> SettingsDialog:
    language.use(Lang.EN)
    shop = Shop(name="Corner shop", terminal_id="T1")
    dialog = SettingsDialog(theme, language, shop, Retention.DAYS_180, ABOUT, drawer)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def button(dialog: SettingsDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def field(dialog: SettingsDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def save(dialog: SettingsDialog) -> None:
    dialog.buttons.button(SAVE).click()


def test_the_order_of_remedies_is_switched_at_once(dialog: SettingsDialog, qtbot: Any) -> None:
    box = button(dialog, "helpedFirstBox")
    assert box.isChecked()
    with qtbot.waitSignal(dialog.helped_first_requested) as asked:
        box.click()
    assert asked.args == [False]


def test_language_looks_and_size_are_asked_for_at_once(dialog: SettingsDialog, qtbot: Any) -> None:
    for name, signal, value in (
        ("zh", dialog.language_requested, Lang.ZH),
        ("dark", dialog.appearance_requested, Appearance.DARK),
        ("largerButton", dialog.text_percent_requested, 110),
        ("smallerButton", dialog.text_percent_requested, 90),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
        assert asked.args == [value]


def test_what_was_changed_elsewhere_is_shown(
    dialog: SettingsDialog, theme: Theme, language: Language, qtbot: Any
) -> None:
    theme.set_appearance(Appearance.DARK)
    theme.set_text_percent(200)
    language.use(Lang.ZH)
    assert button(dialog, "dark").isChecked()
    assert "200 %" in texts(dialog)
    assert not button(dialog, "largerButton").isEnabled()
    qtbot.waitUntil(button(dialog, "zh").isChecked)


def test_the_numbers_that_the_hotline_asks_for_come_first(dialog: SettingsDialog) -> None:
    edits = sorted(dialog.findChildren(QLineEdit), key=lambda edit: (edit.y(), edit.x()))
    assert [edit.objectName() for edit in edits[:2]] == ["terminal_id", "hotline"]


def test_a_wrong_number_is_named_while_it_is_typed_and_cannot_be_saved(
    dialog: SettingsDialog, qtbot: Any
) -> None:
    problem = "A terminal ID has up to 8 letters and digits."
    field(dialog, "terminal_id").clear()
    qtbot.keyClicks(field(dialog, "terminal_id"), "123456789")
    assert problem in texts(dialog)
    assert not dialog.buttons.button(SAVE).isEnabled()
    qtbot.keyClick(field(dialog, "terminal_id"), Qt.Key.Key_Backspace)
    assert problem not in texts(dialog)
    assert dialog.buttons.button(SAVE).isEnabled()


def test_saving_keeps_the_shop_and_closes(dialog: SettingsDialog, drawer: Drawer) -> None:
    field(dialog, "hotline").setText(" 95516 ")
    save(dialog)
    assert drawer.kept == [Shop(name="Corner shop", terminal_id="T1", hotline="95516")]
    assert not dialog.isVisible()


def test_nothing_is_written_if_nothing_was_changed(dialog: SettingsDialog, drawer: Drawer) -> None:
    save(dialog)
    assert drawer.kept == []
    assert not dialog.isVisible()


def test_trouble_is_said_in_the_dialog_which_stays(dialog: SettingsDialog, drawer: Drawer) -> None:
    drawer.full = True
    field(dialog, "hotline").setText("95516")
    save(dialog)
    assert dialog.isVisible()
    assert FULL.en in texts(dialog)


def test_escape_keeps_nothing(dialog: SettingsDialog, drawer: Drawer, qtbot: Any) -> None:
    field(dialog, "hotline").setText("95516")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert drawer.kept == []
    assert not dialog.isVisible()


def test_tells_where_the_data_are_and_which_version_this_is(dialog: SettingsDialog) -> None:
    shown_text = "\n".join(texts(dialog))
    assert "POS Helper 0.1.0 · catalog 0.1.0+abc" in shown_text
    assert "/home/shop/pos-helper" in shown_text


def test_cases_are_kept_for_another_time_only_on_save(
    dialog: SettingsDialog, drawer: Drawer, qtbot: Any
) -> None:
    assert button(dialog, Retention.DAYS_180).isChecked()
    with qtbot.assertNotEmitted(dialog.retention_requested):
        button(dialog, Retention.DAYS_30).click()
    drawer.full = True
    field(dialog, "name").setText("Another shop")
    with qtbot.assertNotEmitted(dialog.retention_requested):
        dialog.accept()
    drawer.full = False
    with qtbot.waitSignal(dialog.retention_requested) as asked:
        dialog.accept()
    assert asked.args == [Retention.DAYS_30]


def test_the_same_retention_asks_for_nothing(dialog: SettingsDialog, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(dialog.retention_requested):
        dialog.accept()
