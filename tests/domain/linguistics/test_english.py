"""Comparing English words: word forms, consonants, typing mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_helper.domain.linguistics.english import consonants, one_edit_variants, stem


@pytest.mark.parametrize(
    "forms",
    [
        "print prints printed printing",
        "decline declines declined declining",
        "expire expired expires expiring",
        "stop stops stopped stopping",
        "settle settles settled settling",
        "charge charges charged charging",
        "deny denies denied",
        "battery batteries",
        "box boxes",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["status", "this", "less", "pos", "red", "ring", "e1", "0x0004", "卡", ""])
def test_what_is_no_form_stays_as_it_is(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("reciept", "receipt"), ("recept", "receipt"), ("conection", "connection"), ("teminel", "teminal")],
)
def test_wrong_vowels_and_doubled_letters_leave_the_consonants(typed: str, meant: str) -> None:
    assert consonants(typed) == consonants(meant)


@pytest.mark.parametrize("typed", ["expierd", "expird", "expiredd", "expirad", "xpired", "expire"])
def test_one_slip_leads_to_the_word(typed: str) -> None:
    assert "expired" in one_edit_variants(typed)


@given(st.text(alphabet="abc", min_size=1, max_size=8), st.data())
def test_every_slip_can_be_undone(word: str, data: st.DataObject) -> None:
    slip = data.draw(st.sampled_from(sorted(set(one_edit_variants(word, "abc")))))
    assert word in set(one_edit_variants(slip, "abc")) | {slip}
