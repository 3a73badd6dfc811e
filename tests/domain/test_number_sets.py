"""The sets by which the card-data guard is judged are what they say. The guard itself is not asked here."""

from collections import Counter

import pytest

from tests.domain.number_notes import INNOCENTS, MUST_GO
from tests.domain.number_sets import (
    BRANDS,
    KINDS,
    SPELLINGS,
    WORDINGS,
    Brand,
    cards,
    innocents,
    passes_luhn,
    read_digits,
    read_letters,
    secret_survives,
    secrets,
    survives,
)

EVERY_CARD = len(BRANDS) * len(SPELLINGS)
EVERY_WORDING = sum(map(len, WORDINGS.values()))
BY_NAME = {brand.name: brand for brand in BRANDS}


def is_issued(brand: Brand, pan: str) -> bool:
    starts_right = any(first <= int(pan[: len(str(first))]) <= last for first, last in brand.ranges)
    return starts_right and len(pan) in brand.lengths


def test_the_check_digit_is_that_of_the_standards_example() -> None:
    assert passes_luhn("79927398713")
    assert not any(passes_luhn(f"7992739871{last}") for last in "012456789")


def test_there_are_enough_brands_and_spellings_and_each_brand_names_its_source() -> None:
    assert len(BY_NAME) == len(BRANDS) >= 25
    assert len(SPELLINGS) >= 20
    for brand in BRANDS:
        assert brand.source
        for first, last in brand.ranges:
            assert len(str(first)) == len(str(last))
            assert first <= last


def test_a_card_is_issued_by_its_brand_and_can_be_read_in_its_text() -> None:
    for text, pan, brand, spelling in cards(1, 2 * EVERY_CARD):
        assert passes_luhn(pan), pan
        assert is_issued(BY_NAME[brand], pan), (brand, pan)
        assert pan in read_digits(text) or pan in read_letters(text), (text, pan, spelling)
        assert survives(pan, text), (text, pan, spelling)


def test_every_brand_comes_in_every_spelling() -> None:
    pairs = Counter((card.brand, card.spelling) for card in cards(2, EVERY_CARD))
    assert len(pairs) == EVERY_CARD
    assert {*pairs.values()} == {1}


def test_a_card_that_could_be_a_bar_code_or_an_order_has_a_word_beside_it() -> None:
    for card in cards(3, EVERY_CARD):
        if len(card.pan) < 14 or card.brand == "UATP":
            assert any(char.isalpha() for char in card.text), card


def test_a_masked_card_no_longer_counts_as_read() -> None:
    assert not survives("4111111111111111", "卡 ••••1111 金额128")
    assert not survives("4111111111111111", "411111******1111")
    assert survives("4111111111111111", "4lll-llll 1111")


def test_a_secret_stands_once_in_its_text() -> None:
    for text, digits, wording in secrets(1, 4 * EVERY_WORDING):
        assert len(digits) >= 3, wording
        assert read_digits(text).count(digits) == 1, (text, digits)


def test_every_wording_of_a_secret_and_every_innocent_kind_comes() -> None:
    assert len({secret.wording for secret in secrets(1, EVERY_WORDING)}) == EVERY_WORDING
    assert [innocent.kind for innocent in innocents(1, len(KINDS))] == [*KINDS]


@pytest.mark.parametrize("kind", ["WeChat number", "Alipay number"])
@pytest.mark.parametrize("way", ["", " in groups", " over two lines"])
def test_a_trade_number_has_28_digits_and_the_day_where_its_issuer_puts_it(kind: str, way: str) -> None:
    found = [read_digits(text) for text, of_kind in innocents(1, 40 * len(KINDS)) if of_kind == kind + way]
    start, day = ("4200", slice(10, 14)) if kind == "WeChat number" else ("20", slice(0, 4))
    for digits in found:
        assert len(digits) == 28
        assert digits.startswith(start)
        assert 2023 <= int(digits[day]) <= 2027


def test_no_innocent_is_a_bare_number_that_could_be_a_card() -> None:
    for text, kind in innocents(1, 200 * len(KINDS)):
        if text.isdigit() and 14 <= len(text) <= 19 and passes_luhn(text):
            assert not [brand.name for brand in BRANDS if is_issued(brand, text)], (text, kind)


def test_the_sets_depend_on_their_seed_alone() -> None:
    for make in (cards, secrets, innocents):
        assert make(5, 500) == make(5, 500)
        assert make(5, 500) != make(6, 500)
        assert make(5, 100) == make(5, 500)[:100]


def test_the_notes_by_hand_are_many_and_right() -> None:
    assert len(MUST_GO) >= 60
    assert len({*INNOCENTS}) >= 100
    for note, digits in MUST_GO:
        if len(digits) >= 12:
            assert passes_luhn(digits), digits
            assert digits in read_digits(note) or digits in read_letters(note), note
        else:
            assert secret_survives(digits, note), note
