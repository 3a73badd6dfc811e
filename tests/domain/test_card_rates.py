"""How many cards and secrets the guard misses and how many innocent numbers it masks, on generated sets."""

import pytest

from pos_helper.domain.card_data import mask_card_data
from tests.domain.number_notes import INNOCENTS, MUST_GO
from tests.domain.number_sets import cards, innocents, secret_survives, secrets, survives

SEEDS = (1, 2)
TEXTS = 5_000
PAN_DIGITS = 12
MISSED_CARDS, MISSED_SECRETS, FALSE_ALARMS = 0.001, 0.001, 0.002


@pytest.mark.parametrize("seed", SEEDS)
def test_fewer_than_one_card_in_a_thousand_is_missed(seed: int) -> None:
    missed = [card for card in cards(seed, TEXTS) if survives(card.pan, mask_card_data(card.text))]
    assert len(missed) < MISSED_CARDS * TEXTS, missed


@pytest.mark.parametrize("seed", SEEDS)
def test_fewer_than_one_spoken_secret_in_a_thousand_is_missed(seed: int) -> None:
    missed = [
        each for each in secrets(seed, TEXTS) if secret_survives(each.digits, mask_card_data(each.text))
    ]
    assert len(missed) < MISSED_SECRETS * TEXTS, missed


@pytest.mark.parametrize("seed", SEEDS)
def test_fewer_than_two_innocent_numbers_in_a_thousand_are_masked(seed: int) -> None:
    masked = [each for each in innocents(seed, TEXTS) if mask_card_data(each.text) != each.text]
    assert len(masked) < FALSE_ALARMS * TEXTS, masked


@pytest.mark.parametrize(("note", "digits"), MUST_GO)
def test_no_card_data_stay_in_a_note_as_people_write_it(note: str, digits: str) -> None:
    can_be_read = survives if len(digits) >= PAN_DIGITS else secret_survives
    assert not can_be_read(digits, mask_card_data(note))


@pytest.mark.parametrize("note", INNOCENTS)
def test_a_note_without_card_data_stays_as_it_is(note: str) -> None:
    assert mask_card_data(note) == note
