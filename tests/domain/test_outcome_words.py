"""Words that contradict a code take the certainty away."""

import pytest

from pos_helper.domain.entries import Money
from pos_helper.domain.outcome_words import contradict


@pytest.mark.parametrize(
    ("said", "money", "title"),
    [
        ("wrong pin but approved", Money.NOT_CHARGED, "Wrong PIN"),
        ("订单取消了还扣钱", Money.NOT_CHARGED, "顾客取消了"),
        ("51 交易成功", Money.NOT_CHARGED, "余额不足"),
        ("A6 server busy", Money.CHARGED, "Accepted"),
        ("11 declined", Money.CHARGED, "Approved"),
        ("00 交易失败", Money.CHARGED, "交易成功"),
        ("退款 NOTENOUGH", Money.NOT_CHARGED, "余额不足"),
        ("支付宝退款 10000", Money.CHARGED, "付款成功"),
    ],
)
def test_words_that_speak_against_the_money_state_are_seen(said: str, money: Money, title: str) -> None:
    assert contradict(said, money, title)


@pytest.mark.parametrize(
    ("said", "money", "title"),
    [
        ("51 余额不足", Money.NOT_CHARGED, "余额不足"),
        ("刷卡不成功", Money.NOT_CHARGED, "银行没有批准"),
        ("card was not approved", Money.NOT_CHARGED, "Declined"),
        ("00 approved", Money.CHARGED, "Approved"),
        ("already paid", Money.NOT_CHARGED, "Order already paid"),
        ("refund failed", Money.NOT_CHARGED, "A refund was refused"),
        ("E1", Money.UNKNOWN, "Communication failure"),
        ("E1 approved and declined", Money.UNKNOWN, "Communication failure"),
    ],
)
def test_words_that_say_the_same_or_nothing_are_no_contradiction(said: str, money: Money, title: str) -> None:
    assert not contradict(said, money, title)
