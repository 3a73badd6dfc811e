"""Normalizing characters."""

import pytest

from pos_helper.domain.linguistics.characters import base_letters


@pytest.mark.parametrize(
    ("word", "letters"),
    [("won't", "wont"), ("won’t", "wont"), ("qiāndào", "qiandao"), ("Café", "Cafe"), ("e1", "e1"), ("'", "")],
)
def test_accents_and_apostrophes_make_no_difference(word: str, letters: str) -> None:
    assert base_letters(word) == letters
