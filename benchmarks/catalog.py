"""Building the index at the first start, beside merely parsing the same files."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from benchmarks.measure import Budget, Figure, times
from pos_helper.catalog.index import open_catalog
from pos_helper.catalog.pack_files import pack_files

_COUNT = 7


def figures(folder: Path, packs: Sequence[Path]) -> Iterator[Figure]:
    """The index of some packs, made anew in this folder each time."""
    files = [file for pack in packs for file in pack_files(pack)]

    def parse() -> None:
        for file in files:
            yaml.load(file.read_bytes(), yaml.CSafeLoader)

    def build() -> None:
        index = folder / "index.sqlite3"
        index.unlink(missing_ok=True)
        open_catalog(packs, index).close()

    yield Figure(
        "first index build",
        times(build, _COUNT),
        "PyYAML alone",
        times(parse, _COUNT),
        Budget(1000, "median"),
    )
