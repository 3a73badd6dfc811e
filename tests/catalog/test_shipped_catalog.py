"""The shipped catalog, entry by entry. Each test lists all records that break its rule."""

import re
from collections.abc import Iterator
from itertools import chain, takewhile

import pytest
from msgspec import Struct, structs

from pos_helper import paths
from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.catalog.packs.check import check
from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    GENERAL_CHECKS,
    Confidence,
    Entry,
    Money,
    Retry,
    SourceKind,
    Topic,
)
from pos_helper.domain.lookup import Match, Outcome
from pos_helper.domain.query import code_keys, read_query
from pos_helper.domain.text import Text

_CHINESE = re.compile("[\u4e00-\u9fff]")
_HALF_WIDTH = re.compile("[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def entries(shipped_records: Records) -> list[Entry]:
    """All entries."""
    return [found.record for found in shipped_records.entries.values()]


@pytest.fixture(scope="module")
def codes(entries: list[Entry]) -> list[Entry]:
    """The entries that have a code."""
    return [entry for entry in entries if entry.code is not None]


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
    assert [str(problem) for problem in check(paths.resources() / "catalog")] == []


def test_it_holds_the_codes_and_topics_of_the_articles(entries: list[Entry], codes: list[Entry]) -> None:
    articles = {"11", "0x0000", "0x0001", "0x0002", "0x0003", "0x0004", "0x0005", "3000", "E1", "01"}
    assert articles <= {entry.code for entry in codes}
    assert sum(entry.code is None for entry in entries) >= 8
    assert GENERAL_CHECKS in {entry.id for entry in entries}


def test_no_code_is_taken_for_what_a_scanner_reads(codes: list[Entry]) -> None:
    written = [code for entry in codes for code in (entry.code, *entry.aliases) if code]
    assert [code for code in written if read_query(code).refused] == []


def test_every_entry_is_whole(shipped: IndexedCatalog, entries: list[Entry]) -> None:
    broken = {entry.id: wrong for entry in entries if (wrong := [*_missing(shipped, entry)])}
    assert broken == {}


def _missing(catalog: IndexedCatalog, entry: Entry) -> Iterator[str]:
    """Yield what is missing or wrong when an entry is read from the index."""
    resolved = catalog.resolve(entry.id)
    if resolved is None:
        yield "it is not in the index"
        return
    if resolved.entry != entry:
        yield f"the index has another: {resolved.entry}"
    if resolved.origin.id != entry.origin:
        yield f"origin: {resolved.origin.id}"
    if {source for meaning in entry.meanings for source in meaning.sources} != set(resolved.sources):
        yield f"sources: {sorted(resolved.sources)}"
    if {step.id for step in resolved.all_steps()} != set(resolved.steps):
        yield f"steps: {sorted(resolved.steps)}"
    if [tip.id for tip in resolved.prevention] != list(entry.prevention):
        yield f"prevention: {resolved.prevention}"
    if entry.code is not None and not entry.meanings:
        yield "a code without a meaning"
    if not resolved.all_steps() and entry.money is not Money.CHARGED:
        yield "nothing to do"


def test_every_code_is_found_as_it_is_shown(shipped: IndexedCatalog, codes: list[Entry]) -> None:
    lost = {}
    for entry in codes:
        found = shipped.search(str(entry.code))
        # Two tables may write the same code with a space or an underscore.
        same_code = code_keys(found.read_as).exact == code_keys(str(entry.code)).exact
        hits = {(hit.id, hit.match) for hit in found.hits}
        if not (found.outcome is Outcome.EXACT and same_code and (entry.id, Match.EXACT) in hits):
            lost[entry.id] = (found.outcome, found.read_as, sorted(hits))
    assert lost == {}


def test_every_alias_finds_its_entry(shipped: IndexedCatalog, entries: list[Entry]) -> None:
    """An alias of a code matches like the code; an alias of a symptom matches as text."""
    lost = {}
    for entry in entries:
        good = {Outcome.EXACT} if entry.code is not None else {Outcome.EXACT, Outcome.TEXT}
        for alias in entry.aliases:
            found = shipped.search(alias)
            if found.outcome not in good or entry.id not in {hit.id for hit in found.hits}:
                lost[entry.id, alias] = (found.outcome, [hit.id for hit in found.hits])
    assert lost == {}


def test_every_title_finds_its_entry(shipped: IndexedCatalog, entries: list[Entry]) -> None:
    lost = {}
    for entry in entries:
        for title in (entry.title.zh, entry.title.en):
            found = shipped.search(title)
            known = found.outcome in (Outcome.TEXT, Outcome.EXACT)
            if not known or entry.id not in {hit.id for hit in found.hits}:
                lost[entry.id, title] = (found.outcome, [hit.id for hit in found.hits])
    assert lost == {}


def test_an_article_alone_is_never_trusted(shipped_records: Records, entries: list[Entry]) -> None:
    sources = shipped_records.sources
    trusted = [
        (entry.id, meaning.text.en, meaning.confidence)
        for entry in entries
        for meaning in entry.meanings
        if {sources[source].record.kind for source in meaning.sources} == {SourceKind.ARTICLE}
        and meaning.confidence is not Confidence.LOW
    ]
    assert trusted == []


@pytest.mark.parametrize("kind", ["origins", "sources", "steps", "prevention", "entries"])
def test_texts_stand_under_their_language(shipped_records: Records, kind: str) -> None:
    records = [found.record for found in getattr(shipped_records, kind).values()]
    assert records
    all_texts = [(record.id, text) for record in records for text in texts(record)]
    assert [(owner, text.zh) for owner, text in all_texts if not _CHINESE.search(text.zh)] == []
    assert [(owner, text.en) for owner, text in all_texts if _CHINESE.search(text.en)] == []
    assert [(owner, text.zh) for owner, text in all_texts if _HALF_WIDTH.search(text.zh)] == []
    assert [(owner, text) for owner, text in all_texts if has_card_data(f"{text.zh} {text.en}")] == []


# --- double charges, and the command line's contract ----------------------------------------------


def test_only_waiting_comes_before_looking_the_sale_up_while_money_is_unknown(entries: list[Entry]) -> None:
    unknown = [entry for entry in entries if entry.money is Money.UNKNOWN]
    assert unknown
    looks = {
        CHECK_LAST_SALE,
        "check-bill-sale",
        "check-original-order",
        "check-refund-state",
        "check-void-state",
        "find-original",
        "find-preauthorisation",
        "look-up-shouqianba-order",
    }
    before = {step for entry in unknown for step in takewhile(lambda step: step not in looks, entry.first)}
    assert before <= {
        "customer-confirms-on-phone",
        "customer-enters-text-code",
        "compare-signature",
        "customer-takes-card",
        "guide-customer",
        "pause-a-minute",
        "poll-order",
        "poll-shouqianba-order",
        "wait-for-result",
        "wait-ready",
    }
    assert all(looks & {*entry.first} for entry in unknown)


def test_no_look_up_calls_a_failed_shouqianba_order_unpaid(entries: list[Entry]) -> None:
    """Its order list says "failed" before it knows what the wallet did."""
    shouqianba = [entry for entry in entries if entry.origin == "shouqianba"]
    assert shouqianba
    steps = {step for entry in shouqianba for step in chain(entry.first, *(c.steps for c in entry.causes))}
    assert not steps & {"look-in-dashboard", "look-up-wallet-order", "query-same-order"}


@pytest.mark.parametrize(
    ("code", "money", "retry"),
    [("11", Money.CHARGED, Retry.NO), ("01", Money.NOT_CHARGED, Retry.OTHER_CARD)],
)
def test_the_articles_codes_ask_which_screen_showed_them(
    shipped: IndexedCatalog, code: str, money: Money, retry: Retry
) -> None:
    first, *others = shipped.search(code).hits
    assert (first.origin, first.money, first.retry) == ("card-network", money, retry)
    articles = next(hit for hit in others if hit.origin == "terminal")
    assert (articles.money, articles.retry) == (Money.UNKNOWN, Retry.AFTER_CHECK)


def test_a_screen_from_abroad_never_answers_first(shipped: IndexedCatalog) -> None:
    """E1 means "not charged" on one maker's terminals in New Zealand, and unknown elsewhere."""
    first, *others = shipped.search("E1").hits
    assert (first.origin, first.money) == ("terminal", Money.UNKNOWN)
    assert "windcave" in {hit.origin for hit in others}


@pytest.mark.parametrize("query", ["0xOO04", "0x0004", "０×０００４", "错误代码 0x0004", "0x 0004"])
def test_0x0004_is_read_in_every_spelling(shipped: IndexedCatalog, query: str) -> None:
    found = shipped.search(query)
    assert (found.outcome, found.read_as) == (Outcome.EXACT, "0x0004")
    exact = [hit.id for hit in found.hits if hit.match is Match.EXACT]
    assert exact == [found.hits[0].id] == ["pos-app.0x0004"]


def test_the_tiles_offer_short_lists(shipped: IndexedCatalog) -> None:
    tiles = shipped.tiles()
    assert [tile.about for tile in tiles] == [Topic.MONEY, *[None] * 8]
    assert tiles[-1].entries == (GENERAL_CHECKS,)
    for tile in tiles[:-1]:
        offered = shipped.browse(tile)
        assert [hit.id for hit in offered] == list(tile.entries)
        assert 6 <= len(offered) <= 14
        assert sum(hit.code is None for hit in offered) > len(offered) / 2


def test_a_tile_offers_a_definite_money_state_only_for_what_the_terminal_says(
    shipped: IndexedCatalog,
) -> None:
    offered = (hit for tile in shipped.tiles() for hit in shipped.browse(tile))
    definite = {hit.id for hit in offered if hit.money.is_definite}
    assert definite == {"symptom.chip-not-read", "symptom.stripe-not-read"}
