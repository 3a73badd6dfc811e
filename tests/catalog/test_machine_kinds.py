"""The shipped kinds of machines: a code is read for these first, so none shows what is not its own."""

import pytest

from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.entries import MachineKind

ON_NO_MACHINE = {
    "emv-message": "its numbers stand in a program's log only, and would be taken for the bank's",
}
"""Origins with codes that no kind shows, and why."""


@pytest.fixture(scope="module")
def kinds(shipped_records: Records) -> list[MachineKind]:
    """All kinds, in the order of the catalog."""
    return [found.record for found in shipped_records.machine_kinds.values()]


def test_every_origin_with_codes_is_shown_by_a_machine(
    shipped_records: Records, kinds: list[MachineKind]
) -> None:
    entries = (found.record for found in shipped_records.entries.values())
    with_codes = {entry.origin for entry in entries if entry.code is not None}
    shown = {origin for kind in kinds for origin in kind.origins}
    assert with_codes - shown == set(ON_NO_MACHINE)


def test_what_most_shops_have_comes_first(kinds: list[MachineKind]) -> None:
    common = [kind.common for kind in kinds]
    assert common == sorted(common, reverse=True)


def test_machines_without_a_screen_show_no_codes(kinds: list[MachineKind]) -> None:
    dumb = {"scanner", "cash-drawer", "payment-speaker", "scale", "label-printer", "customer-display"}
    assert dumb == {kind.id for kind in kinds if not kind.origins}
