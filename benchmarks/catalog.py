"""Index benchmarks: a full build against plain YAML parsing, and an update after one recorded code."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import yaml

from benchmarks.measure import Budget, Figure, times
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import pack_files
from pos_helper.catalog.packs.shop_pack import record
from pos_helper.domain.recorded_code import RecordedCode

_COUNT = 7
_DAY = date(2026, 3, 14)


def figures(folder: Path, packs: Sequence[Path]) -> Iterator[Figure]:
    """Yield the figures for an index of ``packs``, rebuilt in ``folder`` for each sample."""
    files = [file for pack in packs for file in pack_files(pack)]

    def parse() -> None:
        for file in files:
            yaml.load(file.read_bytes(), yaml.CSafeLoader)

    def build() -> None:
        index = folder / "index.sqlite3"
        index.unlink(missing_ok=True)
        open_catalog(packs, index).close()

    built = times(build, _COUNT)
    yield Figure("first index build", built, "PyYAML alone", times(parse, _COUNT), Budget(1000, "median"))
    changed = times_of_changes(packs, folder / "index.sqlite3", folder / "shop", _COUNT)
    yield Figure("index with one more recorded code", changed, "first index build", built)


def times_of_changes(packs: Sequence[Path], index: Path, shop: Path, count: int) -> list[float]:
    """Return milliseconds from recording a code to finding it, for each of ``count`` codes.

    ``packs`` have an index already; the codes go into the pack ``shop``. Raises ``RuntimeError`` if a code is
    not found.
    """
    catalog = open_catalog(packs, index)
    own = RecordedCode("E77", catalog.origins()[0].id, "读卡器松了")

    def change() -> None:
        nonlocal catalog
        entry_id = record(shop, own, catalog, _DAY)
        catalog.close()
        catalog = open_catalog((*packs, shop), index)
        if catalog.resolve(entry_id) is None:
            raise RuntimeError(f"{entry_id} was not found")

    samples = times(change, count)
    catalog.close()
    return samples
