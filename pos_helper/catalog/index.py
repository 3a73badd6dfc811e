"""Opening the compiled catalog, and compiling it when the packs have changed.

A start with unchanged packs opens one SQLite file and imports no YAML parser. The file is never written
in place: a new one is built beside it and takes its name, so two programs can do this at once.
"""

import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index_format import APPLICATION_ID, INDEX_FORMAT, decompressed
from pos_helper.catalog.pack_files import fingerprint
from pos_helper.catalog.search import Search
from pos_helper.catalog.work import Progress, Work
from pos_helper.domain.entries import Entry, Origin, Source, Step, Tip
from pos_helper.domain.guide import Guide
from pos_helper.domain.lookup import Lookup
from pos_helper.domain.text import Text

if TYPE_CHECKING:
    from pos_helper.catalog.packs import CheckedCatalog

_T = TypeVar("_T")
_TEMPORARY = ".catalog-index-"
_STALE_AFTER = 3600.0
_PROGRAM = f"{__version__} {INDEX_FORMAT}"

# What reading a damaged index can come to: SQLite's own check, a blob that is no record, a missing one.
_DAMAGE = (sqlite3.Error, zlib.error, msgspec.MsgspecError, ValueError, TypeError, KeyError)


class IndexedCatalog:
    """A compiled catalog, ready to be searched (``domain.ports.Catalog``).

    It may be opened in one thread and used in another, by one thread at a time. If the index turns out
    to be damaged, it is compiled anew in memory and the question asked again.
    """

    def __init__(self, connection: sqlite3.Connection, packs: Sequence[Path]) -> None:
        self._packs = packs
        self._use(connection)

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._search = Search(connection)
        self._version = _meta(connection)["version"]
        rows = connection.execute("SELECT zh, en FROM problem ORDER BY number")
        self._problems = tuple(Text(zh, en) for zh, en in rows)

    @property
    def version(self) -> str:
        """The program's version and a short hash of the content: ``0.1.0+1a2b3c4d``."""
        return self._version

    @property
    def problems(self) -> Sequence[Text]:
        """One sentence per pack that could not be loaded whole."""
        return self._problems

    def search(self, query: str, limit: int = 50, met: Collection[str] = ()) -> Lookup:
        """Find entries for what a person typed. Never raises, whatever the text.

        Of equally good answers, those whose id is in ``met`` come first.
        """
        return self._repairing(lambda: self._search.find(query, max(1, limit), met))

    def guide(self, entry_id: str) -> Guide | None:
        """One entry made whole, by its id or a former id; ``None`` if there is none."""
        return self._repairing(lambda: self._guide(entry_id))

    def origins(self) -> tuple[Origin, ...]:
        """Every origin that prints codes: the commonest first, of equals the one with the most codes."""
        return self._repairing(self._origins)

    def close(self) -> None:
        """Let go of the index file."""
        self._connection.close()

    def _origins(self) -> tuple[Origin, ...]:
        rows = self._connection.execute(
            "SELECT origin FROM entry WHERE code IS NOT NULL"
            " GROUP BY origin ORDER BY count(*) DESC, min(number)"
        )
        origins = self._records("origin", [origin for (origin,) in rows], Origin).values()
        return tuple(sorted(origins, key=lambda origin: -origin.common))

    def _guide(self, entry_id: str) -> Guide | None:
        row = self._connection.execute(
            "SELECT pack, entry.body, body_like.body FROM entry, body_like"
            " WHERE id = :id OR number = (SELECT number FROM formerly WHERE id = :id)",
            {"id": entry_id.encode("utf-8", "replace").decode("utf-8")},
        ).fetchone()
        if row is None:
            return None
        pack, body, like = row
        entry = msgspec.json.decode(decompressed(body, like), type=Entry)
        steps = [*entry.first, *(step for cause in entry.causes for step in cause.steps)]
        sources = [source for meaning in entry.meanings for source in meaning.sources]
        return Guide(
            entry=entry,
            origin=self._records("origin", [entry.origin], Origin)[entry.origin],
            steps=self._records("step", steps, Step),
            sources=self._records("source", sources, Source),
            prevention=tuple(self._records("tip", entry.prevention, Tip).values()),
            pack=pack,
            catalog=self._version,
        )

    def _records(self, kind: str, ids: Sequence[str], cls: type[_T]) -> dict[str, _T]:
        """Records by id, in the order they are first named."""
        rows = self._connection.execute(
            "SELECT id, body FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
            (kind, msgspec.json.encode(ids).decode()),
        )
        decoder = msgspec.json.Decoder(cls)
        found = {record_id: decoder.decode(body) for record_id, body in rows}
        return {record_id: found[record_id] for record_id in dict.fromkeys(ids)}

    def _repairing(self, ask: Callable[[], _T]) -> _T:
        try:
            return ask()
        except _DAMAGE:
            self._connection.close()
            from pos_helper.catalog.packs import load

            self._use(_write_memory(load(self._packs), "", Work(self._packs)))
            return ask()


def open_current(packs: Sequence[Path], index_path: Path) -> IndexedCatalog | None:
    """The compiled catalog if it is up to date, without reading any YAML; else ``None``."""
    return _open(index_path, packs, fingerprint(packs, _PROGRAM))


def open_catalog(
    packs: Sequence[Path],
    index_path: Path | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> IndexedCatalog:
    """The compiled catalog of some packs, the built-in one first; compiled now if that is needed.

    Without an ``index_path``, or where nothing can be written there, the index lives in memory. While
    compiling, ``progress`` is told how much is done of how much, and ``cancelled`` is asked whether to
    stop: then ``CompileCancelled`` is raised and an older index stays as it was.
    """
    state = fingerprint(packs, _PROGRAM)
    if index_path is not None and (current := _open(index_path, packs, state)):
        return current
    # From here on YAML is read; a start with a current index does without the parser.
    from pos_helper.catalog.packs import load

    work = Work(packs, progress, cancelled)
    catalog = load(packs, work.file_read)
    if index_path is not None:
        try:
            _write_file(index_path, catalog, state, work)
        except (OSError, sqlite3.Error):
            pass  # no room, no right to write, or another program holds the file: memory will do
        else:
            if current := _open(index_path, packs, state):
                return current
    return IndexedCatalog(_write_memory(catalog, state, work), packs)


def _open(index_path: Path, packs: Sequence[Path], state: str) -> IndexedCatalog | None:
    """The index in a file, if it is one of ours and of this state."""
    if not index_path.is_file():
        return None
    # A finished index never changes under its name, so it needs no locks and no writable folder.
    path = quote(index_path.absolute().as_posix())
    uri = f"file://{'' if path.startswith('/') else '/'}{path}?mode=ro&immutable=1"
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application == APPLICATION_ID and _meta(connection).get("fingerprint") == state:
            return IndexedCatalog(connection, packs)
    except _DAMAGE:
        pass
    if connection is not None:
        connection.close()
    return None


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM meta"))


def _write_file(index_path: Path, catalog: "CheckedCatalog", state: str, work: Work) -> None:
    """Build the index under another name, then give it its own. Raises ``OSError``, ``sqlite3.Error``."""
    from pos_helper.catalog.compiler import write_index

    index_path.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale(index_path.parent)
    with tempfile.NamedTemporaryFile(dir=index_path.parent, prefix=_TEMPORARY, delete=False) as file:
        temporary = Path(file.name)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            write_index(connection, catalog, state, work)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(index_path)
    finally:
        temporary.unlink(missing_ok=True)


def _remove_stale(folder: Path) -> None:
    """Remove what compilations left behind that were killed."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_AFTER:
                left.unlink()


def _write_memory(catalog: "CheckedCatalog", state: str, work: Work) -> sqlite3.Connection:
    from pos_helper.catalog.compiler import write_index

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    write_index(connection, catalog, state, work)
    return connection
