"""How often the search is sure, and whether it is ever sure and wrong about money.

The texts were written by others than the search: see the heads of the files. The tests hold these numbers.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from benchmarks.query_set import TOP
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.catalog.packs.loading import Records, load
from pos_helper.domain.entries import Entry, Maker
from pos_helper.domain.lookup import Lookup, Outcome

_DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
GUESSES = (Outcome.NEAR, Outcome.NONE)

_NAMES_WITHOUT_TABLE = 100


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One text with what is true about its money: see the head of tests/data/money-truth.yaml."""

    query: str
    truth: Literal["charged", "not_charged", "unknown", "not_payment"]
    sure_allowed: bool
    kind: str
    source: str
    with_machines: tuple[str, ...] = ()


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """One phrase of tests/data/out-of-scope.yaml."""

    q: str
    lang: str
    kind: str
    must_be_about: tuple[str, ...] = ()


class RealQuery(Struct, frozen=True):
    """What somebody typed, and the entries that answer it, if there are any."""

    q: str
    accept: tuple[str, ...] = ()
    never_sure_money: tuple[str, ...] = ()


class _Truth(Struct, frozen=True):
    cases: tuple[Case, ...]


class Scope(Struct, frozen=True):
    """What is about something else, and what is near to it and about the shop's payments and devices."""

    phrases: tuple[Phrase, ...]
    in_scope: tuple[Phrase, ...]


class _Real(Struct, frozen=True):
    queries: tuple[RealQuery, ...]


def read_truth() -> tuple[Case, ...]:
    """The texts whose truth about money is known."""
    return msgspec.yaml.decode((_DATA / "money-truth.yaml").read_bytes(), type=_Truth, strict=False).cases


def read_scope() -> Scope:
    """The phrases that are not to be understood, and those that are."""
    return msgspec.yaml.decode((_DATA / "out-of-scope.yaml").read_bytes(), type=Scope)


def read_real_queries() -> tuple[RealQuery, ...]:
    """What real people typed. Nobody who writes the search looks at single lines: only rates are shown."""
    return msgspec.yaml.decode((_DATA / "real-queries-2.yaml").read_bytes(), type=_Real, strict=False).queries


def wrong(found: Lookup, case: Case) -> bool:
    """Whether an answer says that money moved, or that it did not, where that is not true."""
    return found.money.is_definite and found.money.value != case.truth


def foreign_pairs(records: Records) -> Iterator[tuple[Entry, Maker]]:
    """Each code beside each name of another maker's that has a table, and beside a hundred that have none."""
    makers = [found.record for found in records.makers.values() if found.record.kind.shows_codes]
    without = [maker for maker in makers if not maker.origins]
    names = [maker for maker in makers if maker.origins]
    names += without[:: len(without) // _NAMES_WITHOUT_TABLE][:_NAMES_WITHOUT_TABLE]
    for found in records.entries.values():
        entry = found.record
        for maker in names:
            # An everyday word names a maker only before a code with a digit.
            is_word = maker.name.en.lower() in map(str.lower, maker.common_words)
            if entry.code and entry.origin not in maker.origins and not is_word:
                yield entry, maker


def is_of_others(found: Lookup, maker: Maker) -> bool:
    """Whether another screen's meaning of a code is the answer beside a maker's name.

    Words may find an entry that leaves the money open.
    """
    if found.answer is None or found.answer.origin in maker.origins:
        return False
    return found.outcome is not Outcome.TEXT or found.money.is_definite


def report(packs: Sequence[Path], folder: Path) -> Iterator[str]:
    """Yield the lines of the tables, from an index built in ``folder``."""
    catalog = open_catalog(packs, folder / "money.sqlite3")
    records = load(packs).records
    yield "Sure, and wrong about money (risk), and sure where it may be (coverage)"
    cases = read_truth()
    for name, chosen in (
        ("no machines known", [case for case in cases if not case.with_machines]),
        ("machines known", [case for case in cases if case.with_machines]),
    ):
        found = [catalog.search(case.query, TOP, screens=case.with_machines) for case in chosen]
        sure = sum(each.is_sure for each in found)
        bad = sum(map(wrong, found, chosen))
        allowed = [each.is_sure for each, case in zip(found, chosen, strict=True) if case.sure_allowed]
        yield (
            f"  {name}: {len(chosen)} texts, {sure} sure, {bad} wrong;"
            f" sure in {sum(allowed)} of {len(allowed)} where the text allows it"
        )
    codes = [found.record for found in records.entries.values() if found.record.code]
    sure = sum(catalog.search(entry.code or "", TOP, screens={entry.origin}).is_sure for entry in codes)
    yield f"  codes with their machine: {sure} of {len(codes)} sure"
    pairs = list(foreign_pairs(records))
    bad = sum(
        is_of_others(catalog.search(f"{maker.name.en} {entry.code}", TOP), maker) for entry, maker in pairs
    )
    yield f"  codes beside other makers' names: {len(pairs)} tried, {bad} answered with another's meaning"
    yield ""
    scope = read_scope()
    refused = _refused(catalog, scope.phrases)
    yield f"About something else: {refused} of {len(scope.phrases)} not understood"
    refused = _refused(catalog, scope.in_scope)
    yield f"Near to it, about payments and devices: {refused} of {len(scope.in_scope)} not understood"
    yield ""
    yield from _real(catalog, read_real_queries())
    catalog.close()


def _refused(catalog: IndexedCatalog, phrases: Collection[Phrase]) -> int:
    return sum(catalog.search(phrase.q, TOP).outcome in GUESSES for phrase in phrases)


def _real(catalog: IndexedCatalog, queries: Sequence[RealQuery]) -> Iterator[str]:
    both = [(catalog.search(query.q, TOP), query) for query in queries]
    answered = [[hit.id in query.accept for hit in found.hits] for found, query in both if query.accept]
    never = sum(found.money.value in query.never_sure_money for found, query in both)
    yield (
        f"What real people typed, with an entry for it: {len(answered)};"
        f" first {sum(places[:1] == [True] for places in answered) / len(answered):.1%},"
        f" among {TOP} {sum(map(any, answered)) / len(answered):.1%};"
        f" of all {len(queries)} a word about money that must not be said: {never}"
    )
