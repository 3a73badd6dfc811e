"""A guide that does not depend on the shipped catalog, and a fresh store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from pos_helper.cases.opening import open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.resolved_entry import ResolvedEntry

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """The stored samples."""
    return DATA


@pytest.fixture(scope="session")
def resolved(data: Path) -> ResolvedEntry:
    """E1 with two meanings and four steps, one of them under two heads."""
    return msgspec.json.decode((data / "resolved-entry.json").read_bytes(), type=ResolvedEntry)


@pytest.fixture
def now() -> datetime:
    """A time with a zone."""
    return datetime(2026, 3, 14, 15, 9, 26, 535897, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store can be, in a folder that is not made yet."""
    return tmp_path / "data" / "cases.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteCaseStore]:
    """A new store on disk."""
    opened = open_store(path, wait=0.05)
    assert opened.durable
    yield opened.store
    opened.store.close()
