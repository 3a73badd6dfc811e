"""What stands at the shop's counter: codes are read for these machines first."""

from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text

if TYPE_CHECKING:  # the settings know the machines before the window is painted, and need no entries
    from pos_helper.domain.entries import MachineKind


class Machine(Struct, frozen=True):
    """One machine of the shop. ``kind`` is the id of a kind of the catalog. Every field may be empty.

    ``number`` is the number that the shop has given it ("2" of two terminals).
    """

    kind: str = ""
    label: str = ""
    number: str = ""
    terminal_id: str = ""
    model: str = ""
    serial: str = ""
    acquirer: str = ""
    hotline: str = ""

    @property
    def called(self) -> str:
        """What the shop calls it, with its number; empty if it has given neither."""
        return f"{self.label} {self.number}".strip()

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays while its numbers change: cases keep it as it was then."""
        return self.kind, self.label, self.number


def machines_by_origin(
    machines: Iterable[Machine], kinds: "Iterable[MachineKind]"
) -> dict[str, tuple[Machine, ...]]:
    """The machines that show the codes of an origin, by its id; the keys are all origins that are shown here.

    A kind that the catalog no longer has shows none.
    """
    origins = {kind.id: kind.origins for kind in kinds}
    found: dict[str, tuple[Machine, ...]] = {}
    for machine in machines:
        for origin in origins.get(machine.kind, ()):
            found[origin] = (*found.get(origin, ()), machine)
    return found


def machine_name(machine: Machine, kinds: "Iterable[MachineKind]") -> Text:
    """What the shop calls a machine, or else its kind's name, with its number."""
    kind = next((kind.title for kind in kinds if kind.id == machine.kind), Text(machine.kind, machine.kind))
    zh, en = (f"{machine.label or title} {machine.number}".strip() for title in (kind.zh, kind.en))
    return Text(zh, en)


def numbered(machines: Iterable[Machine]) -> tuple[Machine, ...]:
    """The machines, those of one kind with numbers to tell them apart. A number that was given stays."""
    every = tuple(machines)
    alike = Counter(machine.kind for machine in every)
    taken = {(machine.kind, machine.number) for machine in every}
    found = []
    for machine in every:
        if alike[machine.kind] > 1 and not machine.number:
            number = next(str(n) for n in count(1) if (machine.kind, str(n)) not in taken)
            taken.add((machine.kind, number))
            machine = replace(machine, number=number)
        found.append(machine)
    return tuple(found)


def shop_at(shop: Shop, machine: Machine | None) -> Shop:
    """The shop's details for a case on this machine: what is asked for at its hotline, and whom to call.

    What belongs together is taken together: the number of another machine beside this one's model would be
    wrong. A machine of which nothing was filled in has what the shop's details say.
    """
    if machine is None:
        return shop
    if machine.terminal_id or machine.model or machine.serial:
        shop = replace(
            shop, terminal_id=machine.terminal_id, device_model=machine.model, serial=machine.serial
        )
    if machine.acquirer or machine.hotline:
        shop = replace(shop, acquirer=machine.acquirer, hotline=machine.hotline)
    return shop
