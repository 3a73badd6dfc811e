"""The shipped catalog, compiled once for all tests of the search."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from pos_helper import paths
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog


@pytest.fixture(scope="session")
def shipped() -> Iterator[IndexedCatalog]:
    """The shipped catalog, ready to be searched."""
    with closing(open_catalog([paths.resources() / "catalog"])) as catalog:
        yield catalog
