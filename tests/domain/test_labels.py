"""The label of a pack."""

from pos_helper.domain.labels import pack_mark
from pos_helper.domain.resolved_entry import BUILT_IN_PACK, SHOP_PACK
from pos_helper.domain.text import Text


def test_what_does_not_ship_with_the_program_is_marked() -> None:
    assert pack_mark(BUILT_IN_PACK) is None
    assert pack_mark(SHOP_PACK) == Text("本店记录", "Recorded in this shop")
    assert pack_mark("chain-store") == Text("chain-store", "chain-store")
