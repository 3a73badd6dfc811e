"""What is not about a shop's payments and devices is not understood, and what is about them is.

The phrases are those of tests/data/out-of-scope.yaml, written by others than the rules: see its head.
"""

import msgspec
import pytest
from msgspec import Struct

from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.domain.entries import Money
from pos_helper.domain.lookup import Match, Outcome
from tests.locations import DATA

MIN_REFUSED = 0.7
MIN_UNDERSTOOD = 0.99
MAX_DEFINITE = 1
"""The present number, to be lowered and never raised."""

GUESSES = (Outcome.NEAR, Outcome.NONE)


class _Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    q: str
    lang: str
    kind: str
    must_be_about: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    phrases: tuple[_Phrase, ...]
    in_scope: tuple[_Phrase, ...]


@pytest.fixture(scope="module")
def file() -> _File:
    return msgspec.yaml.decode((DATA / "out-of-scope.yaml").read_bytes(), type=_File)


def test_what_is_about_something_else_is_not_understood(file: _File, shipped: IndexedCatalog) -> None:
    refused = [phrase for phrase in file.phrases if shipped.search(phrase.q, 3).outcome in GUESSES]
    assert len(refused) / len(file.phrases) >= MIN_REFUSED


def test_what_is_about_something_else_says_nothing_of_the_money(file: _File, shipped: IndexedCatalog) -> None:
    money = [shipped.search(phrase.q, 3).money for phrase in file.phrases]
    assert money.count(Money.CHARGED) + money.count(Money.NOT_CHARGED) <= MAX_DEFINITE


def test_what_is_about_the_devices_is_understood(file: _File, shipped: IndexedCatalog) -> None:
    understood = [phrase for phrase in file.in_scope if shipped.search(phrase.q, 3).outcome not in GUESSES]
    assert len(understood) / len(file.in_scope) >= MIN_UNDERSTOOD


def test_what_was_not_understood_is_listed_as_guesses(shipped: IndexedCatalog) -> None:
    found = shipped.search("收到假币")
    assert (found.outcome, found.answer) == (Outcome.NEAR, None)
    assert {hit.match for hit in found.hits} == {Match.NEAR}
