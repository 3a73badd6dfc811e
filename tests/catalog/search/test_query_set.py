"""The queries that the search is scored on are well-formed, and name entries that exist."""

from collections import Counter

import pytest

from benchmarks.query_set import CLASSES, SETS, Query, read_queries
from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.lookup import Outcome

FIRST = SETS["first set"]


@pytest.fixture(scope="module")
def queries() -> tuple[Query, ...]:
    """All queries of all sets."""
    return tuple(query for path in SETS.values() for query in read_queries(path))


def test_there_are_enough_queries_of_every_spelling_class() -> None:
    queries = read_queries(FIRST)
    per_class = Counter(query.spelling for query in queries)
    assert set(per_class) == set(CLASSES)
    assert min(per_class.values()) >= 10
    assert len(queries) >= 300


def test_no_query_is_there_twice(queries: tuple[Query, ...]) -> None:
    assert [text for text, count in Counter(query.query for query in queries).items() if count > 1] == []


@pytest.mark.parametrize("name", SETS)
def test_both_languages_are_there(name: str) -> None:
    queries = read_queries(SETS[name])
    chinese = sum(any("\u4e00" <= character <= "\u9fff" for character in query.query) for query in queries)
    assert chinese >= 100
    assert len(queries) - chinese >= 100


def test_every_query_has_entries_or_an_outcome(queries: tuple[Query, ...]) -> None:
    assert [query for query in queries if bool(query.expect) == (query.outcome is not None)] == []


def test_only_the_last_classes_expect_an_outcome(queries: tuple[Query, ...]) -> None:
    outcomes = {"nothing": {"none", "near"}, "card_data": {"card_data"}}
    wrong = [query for query in queries if query.outcome not in outcomes.get(query.spelling, {None})]
    assert wrong == []


# These two classes leave no room for a rate.


def test_every_code_typed_as_it_stands_is_on_top(shipped: IndexedCatalog) -> None:
    exact = [query for query in read_queries(FIRST) if query.spelling == "exact_code"]
    first = {query.query: shipped.search(query.query, 1) for query in exact}
    assert {found.outcome for found in first.values()} == {Outcome.EXACT}
    assert [query.query for query in exact if first[query.query].hits[0].id not in query.expect] == []


def test_card_data_is_refused(queries: tuple[Query, ...], shipped: IndexedCatalog) -> None:
    cards = [query.query for query in queries if query.outcome == "card_data"]
    found = {text: shipped.search(text) for text in cards}
    assert [text for text in cards if found[text].outcome != Outcome.CARD_DATA or found[text].hits] == []
    assert [text for text in cards if found[text].query == text] == []


def test_every_expected_entry_is_in_the_catalog_once(
    queries: tuple[Query, ...], shipped_records: Records
) -> None:
    entries = shipped_records.entries
    unknown = [(query.query, entry) for query in queries for entry in query.expect if entry not in entries]
    assert unknown == []
    assert [query for query in queries if len(set(query.expect)) < len(query.expect)] == []
