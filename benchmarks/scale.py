"""Search in catalogs of growing size, against plain FTS5 over the same titles and codes."""

import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from benchmarks import generate, window
from benchmarks.measure import Budget, Figure, grid, p99, times_of_each
from benchmarks.picture import Line, picture
from benchmarks.plain import PlainFts
from benchmarks.scaled import Built, Changed, Kinds, Searched
from pos_helper import paths
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import find_packs

SIZES = (1_000, 10_000)
LARGE = 100_000
BUDGET = 16.0
"""Limit for the 99th percentile of a search in the largest catalog, in milliseconds."""
_PER_KIND = 150
_ALL = "all queries"


@dataclass(frozen=True)
class Scale:
    """The results for one catalog size. Search times are in milliseconds, by kind of query."""

    entries: int
    built: Built
    changed: Changed
    index_mebibytes: float
    searched: Searched
    plain: dict[str, list[float]]


def measure(entries: int, folder: Path) -> Scale:
    """Generate, compile and search a catalog of one size, in an existing folder."""
    pack, index = folder / f"pack-{entries}", folder / f"index-{entries}.sqlite3"
    generate.write(pack, entries)
    kinds = generate.queries(entries, _PER_KIND)
    built = msgspec.json.decode(_told("build", pack, index), type=Built)
    searched = msgspec.json.decode(_told("search", pack, index, kinds), type=Searched)
    index_mebibytes = index.stat().st_size / 1024**2
    changed = msgspec.json.decode(_told("change", pack, index), type=Changed)
    fts = PlainFts((made.entry for made in generate.entries(entries)), folder / f"plain-{entries}.sqlite3")
    plain = {kind: times_of_each(fts.search, queries) for kind, queries in kinds.items()}
    fts.close()
    return Scale(entries, built, changed, index_mebibytes, searched, plain)


def report(scales: Sequence[Scale]) -> Iterator[str]:
    """Yield the lines of the tables for all sizes."""
    yield f"Search by the size of a generated catalog, {_PER_KIND} queries of a kind, each asked once"
    yield ""
    rows = [("", *(f"{scale.entries:,} entries" for scale in scales))]
    rows.append(("index built, s", *(f"{scale.built.seconds:.1f}" for scale in scales)))
    changed = (statistics.median(scale.changed.samples) / 1000 for scale in scales)
    rows.append(("one changed pack, s", *(f"{seconds:.2f}" for seconds in changed)))
    rows.append(("most memory meanwhile, MiB", *(f"{scale.built.mebibytes:.0f}" for scale in scales)))
    rows.append(("index, MiB", *(f"{scale.index_mebibytes:.1f}" for scale in scales)))
    rows.append(("index opened, ms", *(f"{statistics.median(s.searched.starts):.2f}" for s in scales)))
    rows.append(("memory to search, MiB", *(f"{scale.searched.mebibytes:.1f}" for scale in scales)))
    yield from grid(rows, left={0})
    yield ""
    yield from grid(_search_rows(scales), left={0})
    largest = scales[-1]
    slowest, kind = max((p99(samples), kind) for kind, samples in largest.searched.searches.items())
    verdict = f"budget at {LARGE:,} entries {BUDGET:g} ms"
    if largest.entries == LARGE:
        verdict += f": {'kept' if slowest <= BUDGET else 'OVER'}"
    yield ""
    yield f"p99 of the slowest kind at {largest.entries:,} entries, {kind}: {slowest:.2f} ms; {verdict}"


def draw(scales: Sequence[Scale], path: Path) -> None:
    """Write the chart of search latency against catalog size to ``path``, as SVG."""
    kinds = scales[0].searched.searches
    sizes = [scale.entries for scale in scales]
    lines = [Line(kind, [p99(scale.searched.searches[kind]) for scale in scales]) for kind in kinds]
    plain = Line("plain FTS5, all queries", [p99(_all(scale.plain)) for scale in scales], dashed=True)
    title = "Time of one search, 99th percentile"
    path.write_text(picture(title, sizes, [*lines, plain], BUDGET), encoding="utf-8")


def window_figures(folder: Path, application: QApplication) -> Iterator[Figure]:
    """Yield the window's figures with the large catalog installed as a pack in the data folder ``folder``."""
    user = paths.user_paths(folder)
    generate.write(user.packs / "generated", LARGE, built_in=False)
    open_catalog(find_packs(paths.resources() / "catalog", user.packs), user.index).close()
    for figure in window.figures(folder, application):
        limit = Budget(BUDGET, "p99") if figure.what.startswith("key press") else figure.budget
        yield replace(figure, what=f"{figure.what}, {LARGE:,} entries", budget=limit)


def _search_rows(scales: Sequence[Scale]) -> Iterator[tuple[str, ...]]:
    yield ("median / p99, ms", *(cell for s in scales for cell in (f"{s.entries:,} entries", "plain FTS5")))
    for kind in scales[0].searched.searches:
        cells = ((s.searched.searches[kind], s.plain[kind]) for s in scales)
        yield (kind, *(_times(samples) for pair in cells for samples in pair))
    cells = ((_all(s.searched.searches), _all(s.plain)) for s in scales)
    yield (_ALL, *(_times(samples) for pair in cells for samples in pair))


def _times(samples: Sequence[float]) -> str:
    return f"{statistics.median(samples):.2f} / {p99(samples):.2f}"


def _all(searches: dict[str, list[float]]) -> list[float]:
    return [sample for samples in searches.values() for sample in samples]


def _told(job: str, pack: Path, index: Path, kinds: Kinds | None = None) -> bytes:
    """Run a job in a separate process, so that its memory is measured alone, and return its output."""
    command = [sys.executable, "-m", "benchmarks.scaled", job, str(pack), str(index)]
    given = msgspec.json.encode(kinds) if kinds else b""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, input=given).stdout
