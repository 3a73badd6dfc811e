"""How often the search is right. It is deterministic: only a change of search or content moves a rate."""

import pytest

from benchmarks.query_set import SETS, TOP, Answer, place, read_queries
from pos_helper.catalog.indexed_catalog import IndexedCatalog


# Of the blind set nobody looks at a single answer: on failure, too, only the rates are shown.
@pytest.mark.parametrize(
    ("name", "on_top", "among_first"),
    [
        # Lower by one query (她刷了两次都是75) and by four of the blind set since a number among words is a
        # code only behind a label or beside the name of a screen.
        # Among three it is two less since a thousand codes and 46 symptoms more stand in the catalog.
        ("first set", 525 / 539, 530 / 539),
        ("later set", 340 / 373, 357 / 373),
        ("blind set", 222 / 263, 241 / 263),
    ],
)
def test_the_right_entry_is_on_top_and_among_the_first_three_as_often_as_before(
    shipped: IndexedCatalog, name: str, on_top: float, among_first: float
) -> None:
    places = []
    for query in read_queries(SETS[name]):
        found = shipped.search(query.query, TOP)
        places.append(place(query, Answer([hit.id for hit in found.hits], found.outcome)))
    assert places.count(1) / len(places) >= on_top
    assert sum(at > 0 for at in places) / len(places) >= among_first
