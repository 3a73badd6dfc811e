"""What the screen says: the shipped entries have it, and it finds them."""

import pytest
import yaml

from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.entries import CARD_NETWORK, Money
from tests.locations import DATA


def test_a_bank_code_has_what_the_terminal_shows_for_it(shipped_records: Records) -> None:
    tables: dict[str, list[str]] = yaml.safe_load((DATA / "screen-texts.yaml").read_text("utf-8"))
    entries = [found.record for found in shipped_records.entries.values()]
    screens = {entry.code: entry.screen.zh for entry in entries if entry.origin == CARD_NETWORK}
    missing = {code: texts for code, texts in tables.items() if not set(texts) <= set(screens[code])}
    assert missing == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("无效卡号", "card-network.14"),
        ("無效卡號", "card-network.14"),
        ("wxkh", "card-network.14"),
        ("wuxiaka hao", "card-network.14"),
        ("wuxiakahao", "card-network.14"),
        ("余额不足，请查询", "card-network.51"),
        ("insuff funds", "card-network.51"),
        ("logon pls", "card-network.77"),
        ("qxbz", "alipay.20001"),  # 授权权限不足
    ],
)
def test_what_the_screen_says_finds_the_entry(shipped: IndexedCatalog, typed: str, found: str) -> None:
    assert shipped.search(typed).hits[0].id == found


@pytest.mark.parametrize("typed", ["交易失败，请稍后重试", "交易失败，请联系发卡行", "校验错，请重新签到"])
def test_words_of_several_screens_that_leave_the_money_open_are_no_answer(
    shipped: IndexedCatalog, typed: str
) -> None:
    found = shipped.search(typed)
    assert (found.is_sure, found.money) == (False, Money.UNKNOWN)
    assert {hit.money for hit in found.hits} >= {Money.NOT_CHARGED, Money.UNKNOWN}
