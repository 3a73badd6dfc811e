"""A resolved entry independent of the shipped catalog, and a new store."""

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
    """The folder of sample files."""
    return DATA


@pytest.fixture(scope="session")
def resolved(data: Path) -> ResolvedEntry:
    """E1 with two meanings and four steps, one of which is listed twice."""
    return msgspec.json.decode((data / "resolved-entry.json").read_bytes(), type=ResolvedEntry)


@pytest.fixture
def now() -> datetime:
    """A time with a time zone."""
    return datetime(2026, 3, 14, 15, 9, 26, 535897, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A path for a store, in a folder that does not exist yet."""
    return tmp_path / "data" / "cases.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteCaseStore]:
    """A new store on disk."""
    opened = open_store(path, wait=0.05)
    assert opened.durable
    yield opened.store
    opened.store.close()
