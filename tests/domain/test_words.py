"""The words that depend on something."""

from pos_helper.domain.guide import BUILT_IN_PACK, SHOP_PACK
from pos_helper.domain.text import Text
from pos_helper.domain.words import pack_mark


def test_what_does_not_ship_with_the_program_is_marked() -> None:
    assert pack_mark(BUILT_IN_PACK) is None
    assert pack_mark(SHOP_PACK) == Text("本店记录", "Recorded in this shop")
    assert pack_mark("chain-store") == Text("chain-store", "chain-store")
