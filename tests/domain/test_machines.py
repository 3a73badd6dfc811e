"""The shop's machines: whose codes they show, and what the sheet of a case says of them."""

import pytest

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import Machine, machine_name, machines_by_origin, numbered, shop_at
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text

NAME = Text("机器", "Machine")
KINDS = (
    MachineKind(id="terminal", title=NAME, hint=NAME, origins=("card-network", "terminal")),
    MachineKind(id="newland", title=NAME, hint=NAME, origins=("newland", "card-network")),
    MachineKind(id="scanner", title=NAME, hint=NAME),
)
SHOP = Shop(name="小红", terminal_id="1", device_model="N910", acquirer="银联商务", hotline="95534")


def test_each_origin_has_the_machines_that_show_its_codes() -> None:
    terminal, newland = Machine("terminal", number="1"), Machine("newland")
    assert machines_by_origin((terminal, newland, Machine("scanner"), Machine("gone")), KINDS) == {
        "card-network": (terminal, newland),
        "terminal": (terminal,),
        "newland": (newland,),
    }


def test_without_machines_no_screen_is_known() -> None:
    assert machines_by_origin((), KINDS) == {}


@pytest.mark.parametrize(
    ("machine", "name"),
    [
        (Machine("terminal"), NAME),
        (Machine("terminal", number="2"), Text("机器 2", "Machine 2")),
        (Machine("terminal", label="红机器", number="2"), Text("红机器 2", "红机器 2")),
        (Machine("gone"), Text("gone", "gone")),
    ],
)
def test_a_machine_is_called_as_the_shop_calls_it_or_as_its_kind(machine: Machine, name: Text) -> None:
    assert machine_name(machine, KINDS) == name


def test_machines_of_a_kind_are_told_apart_by_numbers() -> None:
    bare, second = Machine("terminal"), Machine("terminal", number="2")
    assert numbered((bare, Machine("scanner"))) == (bare, Machine("scanner"))
    assert [machine.number for machine in numbered((bare, second, bare))] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (None, SHOP),
        (Machine("terminal", label="红机器", number="2"), SHOP),
        (
            Machine(terminal_id="2"),
            Shop("小红", terminal_id="2", acquirer="银联商务", hotline="95534"),
        ),
        (
            Machine(hotline="95516"),
            Shop("小红", terminal_id="1", device_model="N910", hotline="95516"),
        ),
        (
            Machine(serial="NX-2", acquirer="拉卡拉"),
            Shop("小红", serial="NX-2", acquirer="拉卡拉"),
        ),
    ],
    ids=["no-machine", "nothing-filled-in", "terminal-id", "hotline", "both"],
)
def test_a_machine_brings_its_own_numbers_and_its_own_hotline(
    machine: Machine | None, expected: Shop
) -> None:
    assert shop_at(SHOP, machine) == expected
