"""The shipped catalog, entry by entry."""

import re
from collections.abc import Iterator

import pytest
from msgspec import Struct, structs

from pos_helper import paths
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.catalog.packs.check import check
from pos_helper.catalog.packs.loading import load
from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    GENERAL_CHECKS,
    Confidence,
    Entry,
    Money,
    Origin,
    Retry,
    Source,
    SourceKind,
    Step,
    Tip,
)
from pos_helper.domain.lookup import Match, Outcome
from pos_helper.domain.query import code_keys
from pos_helper.domain.text import Text

BUILT_IN = paths.resources() / "catalog"
RECORDS = load([BUILT_IN]).records
ENTRIES = [found.record for found in RECORDS.entries.values()]
CODES = [entry for entry in ENTRIES if entry.code is not None]

_CHINESE = re.compile("[\u4e00-\u9fff]")
_HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def catalog() -> Iterator[IndexedCatalog]:
    opened = open_catalog([BUILT_IN])
    yield opened
    opened.close()


def by_id(entries: list[Entry]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", entries, ids=[entry.id for entry in entries])


def texts(record: object) -> Iterator[Text]:
    """Yield all texts of a record, at any depth."""
    if isinstance(record, Text):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from texts(item)
    elif isinstance(record, Struct):
        yield from texts(structs.astuple(record))


def test_it_has_no_problems() -> None:
    assert [str(problem) for problem in check(BUILT_IN)] == []


def test_it_holds_the_codes_and_topics_of_the_articles() -> None:
    codes = {"11", "0x0000", "0x0001", "0x0002", "0x0003", "0x0004", "0x0005", "3000", "E1", "01"}
    assert codes <= {entry.code for entry in CODES}
    assert sum(entry.code is None for entry in ENTRIES) >= 8
    assert GENERAL_CHECKS in RECORDS.entries


@by_id(ENTRIES)
def test_an_entry_is_whole(catalog: IndexedCatalog, entry: Entry) -> None:
    resolved = catalog.resolve(entry.id)
    assert resolved is not None
    assert resolved.entry == entry
    assert resolved.origin.id == entry.origin
    assert {source for meaning in entry.meanings for source in meaning.sources} == set(resolved.sources)
    assert {step.id for step in resolved.all_steps()} == set(resolved.steps)
    assert [tip.id for tip in resolved.prevention] == list(entry.prevention)
    assert entry.meanings or entry.code is None
    assert resolved.all_steps() or entry.money is Money.CHARGED


@by_id(CODES)
def test_a_code_is_found_as_it_is_shown(catalog: IndexedCatalog, entry: Entry) -> None:
    found = catalog.search(str(entry.code))
    assert found.outcome is Outcome.EXACT
    # Two tables may write the same code with a space or an underscore.
    assert code_keys(found.read_as).exact == code_keys(str(entry.code)).exact
    assert (entry.id, Match.EXACT) in {(hit.id, hit.match) for hit in found.hits}


@by_id([entry for entry in ENTRIES if entry.aliases])
def test_an_alias_finds_its_entry(catalog: IndexedCatalog, entry: Entry) -> None:
    """An alias of a code matches like the code; an alias of a symptom matches as text."""
    for alias in entry.aliases:
        found = catalog.search(alias)
        assert found.outcome is Outcome.EXACT or (entry.code is None and found.outcome is Outcome.TEXT)
        assert entry.id in {hit.id for hit in found.hits}, alias


@by_id(ENTRIES)
def test_a_title_finds_its_entry(catalog: IndexedCatalog, entry: Entry) -> None:
    for title in (entry.title.zh, entry.title.en):
        found = catalog.search(title)
        assert found.outcome in (Outcome.TEXT, Outcome.EXACT)
        assert entry.id in {hit.id for hit in found.hits}


@by_id(ENTRIES)
def test_an_article_alone_is_never_trusted(entry: Entry) -> None:
    for meaning in entry.meanings:
        kinds = {RECORDS.sources[source].record.kind for source in meaning.sources}
        if kinds == {SourceKind.ARTICLE}:
            assert meaning.confidence is Confidence.LOW, meaning.text.en


RECORDS_WITH_TEXT = [
    found.record
    for kind in (RECORDS.origins, RECORDS.sources, RECORDS.steps, RECORDS.prevention, RECORDS.entries)
    for found in kind.values()
]


@pytest.mark.parametrize("record", RECORDS_WITH_TEXT, ids=[record.id for record in RECORDS_WITH_TEXT])
def test_texts_stand_under_their_language(record: Origin | Source | Step | Tip | Entry) -> None:
    for text in texts(record):
        assert _CHINESE.search(text.zh), text.zh
        assert not _CHINESE.search(text.en), text.en
        assert not _HALF_WIDTH.search(text.zh), text.zh
        assert not has_card_data(f"{text.zh} {text.en}")


# --- double charges, and the command line's contract ----------------------------------------------


def test_the_last_sale_comes_first_while_money_is_unknown() -> None:
    unknown = [entry for entry in ENTRIES if entry.money is Money.UNKNOWN]
    assert unknown
    assert {entry.first[0] for entry in unknown} == {CHECK_LAST_SALE}


@pytest.mark.parametrize(
    ("code", "money", "retry"),
    [("11", Money.CHARGED, Retry.NO), ("01", Money.NOT_CHARGED, Retry.OTHER_CARD)],
)
def test_the_articles_codes_ask_which_screen_showed_them(
    catalog: IndexedCatalog, code: str, money: Money, retry: Retry
) -> None:
    first, *others = catalog.search(code).hits
    assert (first.origin, first.money, first.retry) == ("card-network", money, retry)
    (articles,) = (hit for hit in others if hit.origin == "terminal")
    assert (articles.money, articles.retry) == (Money.UNKNOWN, Retry.AFTER_CHECK)


def test_a_screen_from_abroad_never_answers_first(catalog: IndexedCatalog) -> None:
    """E1 means "not charged" on one maker's terminals in New Zealand, and unknown elsewhere."""
    first, *others = catalog.search("E1").hits
    assert (first.origin, first.money) == ("terminal", Money.UNKNOWN)
    assert "windcave" in {hit.origin for hit in others}


@pytest.mark.parametrize("query", ["0xOO04", "0x0004", "0X4", "０×０００４", "错误代码 0x0004", "0x 0004"])
def test_0x0004_is_read_in_every_spelling(catalog: IndexedCatalog, query: str) -> None:
    found = catalog.search(query)
    assert (found.outcome, found.read_as) == (Outcome.EXACT, "0x0004")
    assert [(hit.id, hit.match) for hit in found.hits] == [("pos-app.0x0004", Match.EXACT)]
