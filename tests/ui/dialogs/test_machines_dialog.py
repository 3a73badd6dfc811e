"""The shop's machines: two taps and done; details for those who want them."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.machine_dialog import MachineDialog
from pos_helper.ui.dialogs.machines_dialog import MachinesDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.fits import texts

KINDS = (
    MachineKind(
        id="card-terminal",
        title=Text("银行卡刷卡机", "Bank card terminal"),
        hint=Text("插卡、挥卡、刷卡", "Takes chip, tap and swipe"),
    ),
    MachineKind(
        id="scanner", title=Text("扫码枪", "Barcode scanner"), hint=Text("扫商品条码", "Reads barcodes")
    ),
)
FULL = Text("磁盘满了。", "The disk is full.")
TERMINAL = Machine("card-terminal", terminal_id="10012345", acquirer="银联商务", hotline="95516")
GONE = Machine("no-longer-known", label="红机器")


class Drawer:
    """Keeps the machines, unless the disk is full."""

    def __init__(self) -> None:
        self.full = False
        self.kept: list[Sequence[Machine]] = []

    def __call__(self, machines: Sequence[Machine]) -> None:
        if self.full:
            raise UserError(FULL)
        self.kept.append(machines)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


Make = Callable[..., MachinesDialog]


@pytest.fixture
def make(theme: Theme, language: Language, qtbot: Any, drawer: Drawer) -> Make:
    """Show the dialog for a shop with these machines."""
    language.use(Lang.EN)

    def make(*machines: Machine) -> MachinesDialog:
        dialog = MachinesDialog(theme, language, KINDS, machines, drawer)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def button(dialog: QWidget, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def rows(dialog: MachinesDialog) -> list[QAbstractButton]:
    """What can be tapped to fill in the details of a machine."""
    return [row for row in dialog.findChildren(QAbstractButton, "machine") if row.isVisible()]


def meanwhile(qtbot: Any, act: Callable[[MachineDialog], None]) -> None:
    """Do something with the dialog of one machine, which the next click opens."""

    def with_it() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MachineDialog)
        act(dialog)

    QTimer.singleShot(0, with_it)


def fill(dialog: MachineDialog, **words: str) -> None:
    for field, word in words.items():
        edit = dialog.findChild(QLineEdit, field)
        assert isinstance(edit, QLineEdit)
        edit.setText(word)


def test_two_taps_and_it_is_done(make: Make, drawer: Drawer, qtbot: Any) -> None:
    dialog = make()
    picker = dialog.findChild(QWidget, "machinePicker")
    assert picker is not None
    for name in ("card-terminal", "doneButton"):
        assert button(dialog, name).height() >= TOUCH
        qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
    assert drawer.kept == [(Machine("card-terminal"),)]
    assert not dialog.isVisible()


def test_each_kind_says_how_to_know_it(make: Make) -> None:
    dialog = make()
    tile = button(dialog, "card-terminal")
    assert (tile.accessibleName(), tile.accessibleDescription()) == (
        "Bank card terminal",
        "Takes chip, tap and swipe",
    )


def test_later_keeps_nothing(make: Make, drawer: Drawer, qtbot: Any) -> None:
    dialog = make()
    assert button(dialog, "laterButton").text() == "Later"
    button(dialog, "scanner").click()
    with qtbot.waitSignal(dialog.rejected):
        button(dialog, "laterButton").click()
    assert drawer.kept == []


def test_trouble_is_said_in_the_dialog_which_stays(make: Make, drawer: Drawer) -> None:
    dialog = make()
    drawer.full = True
    button(dialog, "card-terminal").click()
    button(dialog, "doneButton").click()
    assert dialog.isVisible()
    assert FULL.en in texts(dialog)
    drawer.full = False
    button(dialog, "doneButton").click()
    assert drawer.kept == [(Machine("card-terminal"),)]


def test_a_shop_with_machines_sees_them_with_what_is_known(make: Make) -> None:
    dialog = make(TERMINAL, Machine("scanner", number="2"), GONE)
    assert [(row.accessibleName(), row.accessibleDescription()) for row in rows(dialog)] == [
        ("Bank card terminal", "10012345 · 银联商务 · 95516"),
        ("Barcode scanner 2", "Nothing filled in yet"),
        ("红机器", "Nothing filled in yet"),
    ]
    assert not button(dialog, "scanner").isVisible()


def test_kinds_are_added_and_removed_and_the_details_of_the_others_stay(make: Make, drawer: Drawer) -> None:
    dialog = make(TERMINAL, Machine("scanner"), GONE)
    button(dialog, "turnButton").click()
    assert button(dialog, "card-terminal").isChecked()
    button(dialog, "scanner").click()
    button(dialog, "turnButton").click()
    assert len(rows(dialog)) == 2
    button(dialog, "doneButton").click()
    assert drawer.kept == [(TERMINAL, GONE)]


def test_a_tap_on_a_machine_asks_for_its_details(make: Make, drawer: Drawer, qtbot: Any) -> None:
    dialog = make(TERMINAL)

    def number_it(machine: MachineDialog) -> None:
        fill(machine, number=" 2 ", label="Red one", hotline="95534")
        machine.accept()

    meanwhile(qtbot, number_it)
    rows(dialog)[0].click()
    button(dialog, "doneButton").click()
    assert drawer.kept == [
        (Machine("card-terminal", "Red one", "2", "10012345", acquirer="银联商务", hotline="95534"),)
    ]


def test_details_that_are_cancelled_stay_as_they_were(make: Make, drawer: Drawer, qtbot: Any) -> None:
    dialog = make(TERMINAL)

    def think_again(machine: MachineDialog) -> None:
        fill(machine, hotline="95534")
        machine.reject()

    meanwhile(qtbot, think_again)
    rows(dialog)[0].click()
    button(dialog, "doneButton").click()
    assert drawer.kept == [(TERMINAL,)]


def test_one_more_of_a_kind_gets_a_number_and_the_same_hotline(
    make: Make, drawer: Drawer, qtbot: Any
) -> None:
    dialog = make(TERMINAL)
    meanwhile(qtbot, lambda machine: button(machine, "oneMoreButton").click())
    rows(dialog)[0].click()
    assert [row.accessibleName() for row in rows(dialog)] == ["Bank card terminal 1", "Bank card terminal 2"]
    button(dialog, "doneButton").click()
    (kept,) = drawer.kept
    assert kept[1] == Machine("card-terminal", number="2", acquirer="银联商务", hotline="95516")


def test_a_machine_is_removed(make: Make, drawer: Drawer, qtbot: Any) -> None:
    dialog = make(TERMINAL, Machine("scanner"))
    meanwhile(qtbot, lambda machine: button(machine, "removeButton").click())
    rows(dialog)[0].click()
    button(dialog, "doneButton").click()
    assert drawer.kept == [(Machine("scanner"),)]


def test_a_wrong_terminal_id_is_named_and_not_taken(theme: Theme, language: Language, qtbot: Any) -> None:
    language.use(Lang.EN)
    dialog = MachineDialog(theme, language, Text("刷卡机", "Terminal"), TERMINAL)
    qtbot.addWidget(dialog)
    dialog.show()
    fill(dialog, terminal_id="123456789")
    assert "A terminal ID has up to 8 letters and digits." in texts(dialog)
    enabled = {each.text(): each.isEnabled() for each in dialog.buttons.buttons()}
    assert enabled == {"OK": False, "One more of this kind": False, "Remove": True, "Cancel": True}
