"""Evidence narrows the readings of a code, and makes them sure if they agree."""

import pytest
from msgspec import Struct

from pos_helper.domain.entries import Money, Retry
from pos_helper.domain.lookup import Because
from pos_helper.domain.sureness import Evidence, fits, narrowed


class Meaning(Struct, frozen=True):
    """One reading of a code."""

    id: str
    money: Money
    retry: Retry = Retry.AFTER_CHECK


BANK = Meaning("bank", Money.CHARGED)
GATEWAY = Meaning("gateway", Money.NOT_CHARGED)
WALLET = Meaning("wallet", Money.NOT_CHARGED)
ALL = (BANK, GATEWAY, WALLET)


@pytest.mark.parametrize(
    ("evidence", "left", "because"),
    [
        ([], ALL, None),
        ([(Because.NAMED, {"bank"})], (BANK,), Because.NAMED),
        ([(Because.MACHINES, {"gateway", "wallet"})], (GATEWAY, WALLET), Because.MACHINES),
        ([(Because.MACHINES, {"bank", "wallet"})], (BANK, WALLET), None),
        ([(Because.MACHINES, {"bank", "wallet"}), (Because.WORDS, {"wallet"})], (WALLET,), Because.MACHINES),
        ([(Because.MACHINES, {"bank"}), (Because.WORDS, {"wallet"})], (BANK,), Because.MACHINES),
        ([(Because.MACHINES, {"printer"}), (Because.WORDS, {"wallet"})], (WALLET,), Because.WORDS),
    ],
)
def test_evidence_narrows_the_readings(
    evidence: list[Evidence], left: tuple[Meaning, ...], because: Because | None
) -> None:
    readings, why = narrowed(ALL, evidence)
    assert (tuple(readings), why) == (left, because)


def test_one_reading_is_not_sure_because_there_is_no_other() -> None:
    assert narrowed([BANK], []) == ([BANK], None)


def test_readings_that_differ_about_another_try_are_not_sure() -> None:
    once = Meaning("once", Money.CHARGED, Retry.NO)
    _, because = narrowed([BANK, once], [(Because.NAMED, {"bank", "once"})])
    assert because is None


@pytest.mark.parametrize(
    ("code", "shape", "is_one"),
    [
        ("ACQ.SYSTEM_ERROR", "ACQ[._-]*", True),
        ("acq-system-error", "ACQ[._-]*", True),
        ("ACQUIRER", "ACQ[._-]*", False),
        ("USERPAYING", "USERPAYING", True),
        ("USERPAYING2", "USERPAYING", False),
        ("E1", "E[0-9", False),
        ("E1", "[z-a]", False),
        ("E1", "(" * 40, False),
    ],
)
def test_a_shape_is_matched_whole_and_none_is_an_error(code: str, shape: str, is_one: bool) -> None:
    assert fits(code, [shape]) is is_one
