"""What stands at the shop's counter: codes are read for these machines first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # the settings are read before the first paint, which needs no entries
    from pos_helper.domain.entries import MachineKind


class Machine(Struct, frozen=True):
    """One machine of the shop. ``kind`` is the id of a kind of the catalog; every other field may be empty.

    ``number`` is the number that the shop has given it ("2" of two terminals).
    """

    kind: str
    label: str = ""
    number: str = ""
    terminal_id: str = ""
    model: str = ""
    serial: str = ""
    acquirer: str = ""
    hotline: str = ""


def screens_of(machines: Iterable[Machine], kinds: "Iterable[MachineKind]") -> frozenset[str]:
    """The ids of the origins whose codes these machines show; empty without machines.

    A kind that the catalog no longer has shows none.
    """
    origins = {kind.id: kind.origins for kind in kinds}
    return frozenset(origin for machine in machines for origin in origins.get(machine.kind, ()))
