"""Search quality: how often the right entry ranks first, against plain searches over the same entries."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import grid, p99, times_of_each
from benchmarks.plain import PlainFts, PlainFuzzy
from benchmarks.query_set import BLIND, CLASSES, SETS, TOP, Answer, Query, place, read_queries
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.loading import load
from pos_helper.domain.lookup import Outcome


@dataclass(frozen=True)
class Score:
    """The result of one query with one search. ``place`` counts from 1; 0 means not among the best three."""

    query: Query
    answer: Answer
    place: int
    milliseconds: float


Search = Callable[[str], Answer]


def score(queries: Sequence[Query], search: Search) -> list[Score]:
    """Run every query through one search and score the results."""
    times = times_of_each(search, [query.query for query in queries])
    return [
        Score(query, answer := search(query.query), place(query, answer), milliseconds)
        for query, milliseconds in zip(queries, times, strict=True)
    ]


def report(packs: Sequence[Path], folder: Path, misses: Path) -> Iterator[str]:
    """Yield the lines of the tables, from an index built in ``folder``; list missed queries in ``misses``."""
    entries = [found.record for found in load(packs).records.entries.values()]
    catalog = open_catalog(packs, folder / "quality.sqlite3")
    fts = PlainFts(entries)

    def ours(text: str) -> Answer:
        found = catalog.search(text)
        return Answer([hit.id for hit in found.hits[:TOP]], found.outcome)

    searches: dict[str, Search] = {
        "POS Helper": ours,
        "FTS5 trigram": _unmarked(fts.search),
        "RapidFuzz": _unmarked(PlainFuzzy(entries).search),
    }
    listed = []
    yield f"Right entry on top and among the first {TOP}, in percent; time of one query"
    yield f"over {len(entries)} entries"
    for name, path in SETS.items():
        queries = read_queries(path)
        scores = {search: score(queries, ask) for search, ask in searches.items()}
        yield ""
        yield from grid(_rows(name, scores), left={0})
        missed = [one for one in scores["POS Helper"] if one.place != 1]
        yield f"{len(missed)} missed, of which {sum(one.place > 1 for one in missed)} are second or third"
        if name != BLIND:
            listed += [name, *_listed(missed), ""]
    misses.write_text("\n".join(listed), encoding="utf-8")
    yield ""
    yield f"What was missed: {misses.name}"
    catalog.close()
    fts.close()


def _unmarked(search: Callable[[str], Sequence[str]]) -> Search:
    """Wrap a search without guesses: everything it finds counts as an answer."""

    def answer(text: str) -> Answer:
        ids = search(text)
        return Answer(ids, Outcome.TEXT if ids else Outcome.NONE)

    return answer


def _rows(name: str, scores: dict[str, list[Score]]) -> Iterator[tuple[str, ...]]:
    columns = [(search, what) for search in scores for what in ("top 1", "top 3")]
    yield (name, "queries", *(f"{search} {what}" if what == "top 1" else what for search, what in columns))
    for spelling in CLASSES:
        some = {search: _of(all_scores, spelling) for search, all_scores in scores.items()}
        if some["POS Helper"]:
            yield _row(spelling, some)
    yield _row("all", scores)
    times = {search: [one.milliseconds for one in all_scores] for search, all_scores in scores.items()}
    for label, measure in (("median, ms", statistics.median), ("p99, ms", p99)):
        yield (label, "", *(cell for taken in times.values() for cell in (f"{measure(taken):.2f}", "")))


def _row(label: str, scores: dict[str, list[Score]]) -> tuple[str, ...]:
    count = len(next(iter(scores.values())))
    rates = (
        f"{100 * sum(0 < one.place <= top for one in some) / count:.1f}"
        for some in scores.values()
        for top in (1, TOP)
    )
    return (label, str(count), *rates)


def _of(scores: Sequence[Score], spelling: str) -> list[Score]:
    return [one for one in scores if one.query.spelling == spelling]


def _listed(missed: Sequence[Score]) -> Iterator[str]:
    """Yield lines with the expected and the actual result of each missed query, grouped by class."""
    for spelling in CLASSES:
        if some := _of(missed, spelling):
            yield f"{spelling}: {len(some)} missed"
        for one in some:
            wanted = one.query.outcome or ", ".join(one.query.expect)
            came = f"{one.answer.outcome}: {', '.join(one.answer.ids) or '-'}"
            yield f"    {one.query.query!r}  place {one.place or '-'}  {came}"
            yield f"        wanted {wanted}"
