"""The shipped catalog, a small catalog for tests, and a helper that writes pack files."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.catalog.packs.loading import Records, load
from pos_helper.paths import resources
from tests.locations import SMALL_CATALOG

Write = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def shipped_records() -> Records:
    """The records of the shipped catalog, read once for all tests."""
    return load([resources() / "catalog"]).records


@pytest.fixture(scope="session")
def shipped(shipped_index: Path) -> Iterator[IndexedCatalog]:
    """The shipped catalog, ready to be searched."""
    with closing(open_catalog([resources() / "catalog"], shipped_index)) as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small catalog, which a test may change."""
    return Path(shutil.copytree(SMALL_CATALOG, tmp_path / "small"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file below the test's folder, given its relative path and indented text."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write
