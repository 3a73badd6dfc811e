"""Build, change or search one large catalog in its own process, and print the cost as JSON.

python -m benchmarks.scaled build PACK INDEX
python -m benchmarks.scaled change PACK INDEX     (modifies the index)
python -m benchmarks.scaled search PACK INDEX     (reads the queries as JSON from standard input)
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from benchmarks.catalog import times_of_changes
from benchmarks.measure import times, times_of_each
from benchmarks.memory import peak_memory
from pos_helper.catalog.indexed_catalog import open_catalog, open_current

_STARTS = 20
_CHANGES = 5

Kinds = dict[str, Sequence[str]]


class Built(Struct, frozen=True):
    """Cost of building an index: seconds and peak memory in MiB."""

    seconds: float
    mebibytes: float


class Changed(Struct, frozen=True):
    """Milliseconds of each index update after a change to a small pack."""

    samples: list[float]


class Searched(Struct, frozen=True):
    """Cost of using an index: milliseconds per opening and per query, and the additional memory in MiB."""

    starts: list[float]
    searches: dict[str, list[float]]
    mebibytes: float


def build(packs: tuple[Path, ...], index: Path) -> Built:
    """Read the packs and write the index. Raises ``RuntimeError`` if a pack has problems."""
    start = time.perf_counter()
    catalog = open_catalog(packs, index)
    if catalog.problems:
        raise RuntimeError(catalog.problems[0].en)
    catalog.close()
    return Built(time.perf_counter() - start, peak_memory())


def search(packs: tuple[Path, ...], index: Path, kinds: Kinds) -> Searched:
    """Open the index as the program does at start, then run each query once.

    Raises ``RuntimeError`` if the index is not current.
    """
    before = peak_memory()

    def start() -> None:
        opened = open_current(packs, index)
        if opened is None:
            raise RuntimeError("the index is not current")
        opened.close()

    starts = times(start, _STARTS)
    catalog = open_catalog(packs, index)
    searches = {kind: times_of_each(catalog.search, queries) for kind, queries in kinds.items()}
    catalog.close()
    return Searched(starts, searches, peak_memory() - before)


def change(packs: tuple[Path, ...], index: Path) -> Changed:
    """Record codes in a second, small pack."""
    return Changed(times_of_changes(packs, index, index.with_name(f"{index.stem}-shop"), _CHANGES))


def main() -> None:
    """Run the job named on the command line and print its cost as JSON."""
    packs, index = (Path(sys.argv[2]),), Path(sys.argv[3])
    told: Built | Changed | Searched
    if sys.argv[1] == "build":
        told = build(packs, index)
    elif sys.argv[1] == "change":
        told = change(packs, index)
    else:
        kinds = msgspec.json.decode(sys.stdin.buffer.read(), type=Kinds)
        told = search(packs, index, kinds)
    print(msgspec.json.encode(told).decode())


if __name__ == "__main__":
    main()
