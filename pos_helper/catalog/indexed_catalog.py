"""Opening the compiled catalog, and compiling it when the packs have changed.

A start with unchanged packs opens one SQLite file and imports no YAML parser. The file is never written
in place: a new one is built beside it and takes its name, so two programs can do this at once.
"""

import os
import shutil
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from pos_helper.catalog.index.format import APPLICATION_ID, PROGRAM, decompressed
from pos_helper.catalog.index.progress import CompileProgress, ProgressCallback
from pos_helper.catalog.packs.pack_files import fingerprint, path_text
from pos_helper.catalog.search.search import Search
from pos_helper.domain.entries import Entry, Origin, Source, Step, Tip
from pos_helper.domain.lookup import Lookup
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

_T = TypeVar("_T")
_Write = Callable[[sqlite3.Connection], None]
_TEMPORARY = ".catalog-index-"
_STALE_AFTER = 3600.0

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
        rows = connection.execute("SELECT zh, en FROM pack WHERE zh IS NOT NULL ORDER BY place")
        self._problems = tuple(Text(zh, en) for zh, en in rows)

    @property
    def version(self) -> str:
        """The program's version and a short hash of the content: ``0.1.0+1a2b3c4d``."""
        return self._version

    @property
    def problems(self) -> Sequence[Text]:
        """One sentence per pack that could not be loaded whole."""
        return self._problems

    def search(self, query: str, limit: int = 50, seen: Collection[str] = ()) -> Lookup:
        """Find entries for what a person typed. Never raises, whatever the text.

        Of equally good answers, those whose id is in ``seen`` come first.
        """
        return self._repairing(lambda: self._search.find(query, max(1, limit), seen))

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        """One entry made whole, by its id or a former id; ``None`` if there is none."""
        return self._repairing(lambda: self._resolve(entry_id))

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
        origins = self._records("origins", [origin for (origin,) in rows], Origin).values()
        return tuple(sorted(origins, key=lambda origin: -origin.common))

    def _resolve(self, entry_id: str) -> ResolvedEntry | None:
        row = self._connection.execute(
            "SELECT pack, entry.body, compression_dictionary.body FROM entry, compression_dictionary"
            " WHERE id = :id OR id = (SELECT present FROM formerly WHERE kind = 'entries' AND id = :id)",
            {"id": entry_id.encode("utf-8", "replace").decode("utf-8")},
        ).fetchone()
        if row is None:
            return None
        pack, body, like = row
        entry = msgspec.json.decode(decompressed(body, like), type=Entry)
        steps = [*entry.first, *(step for cause in entry.causes for step in cause.steps)]
        sources = [source for meaning in entry.meanings for source in meaning.sources]
        return ResolvedEntry(
            entry=entry,
            origin=self._records("origins", [entry.origin], Origin)[entry.origin],
            steps=self._records("steps", steps, Step),
            sources=self._records("sources", sources, Source),
            prevention=tuple(self._records("prevention", entry.prevention, Tip).values()),
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
            self._use(
                _in_memory(_compilation(self._packs, _state(self._packs), CompileProgress(self._packs)))
            )
            return ask()


def open_current(packs: Sequence[Path], index_path: Path) -> IndexedCatalog | None:
    """The compiled catalog if it is up to date, without reading any YAML; else ``None``."""
    return _open(index_path, packs, _state(packs))


def open_catalog(
    packs: Sequence[Path],
    index_path: Path | None = None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> IndexedCatalog:
    """The compiled catalog of some packs, the built-in one first; brought up to date now if that is needed.

    Without an ``index_path``, or where nothing can be written there, the index lives in memory. While
    compiling, ``progress`` is told how much is done of how much, and ``cancelled`` is asked whether to
    stop: then ``CompileCancelled`` is raised and an older index stays as it was. If it turns out that all
    packs must be read, ``progress`` begins once more.
    """
    state = _state(packs)
    if index_path is not None:
        if current := _open(index_path, packs, state):
            return current
        if updated := _updated(index_path, packs, state, progress, cancelled):
            return updated
    write = _compilation(packs, state, CompileProgress(packs, progress, cancelled))
    if index_path is not None:
        # No room, no right to write, or another program holds the file: memory will do.
        with suppress(OSError, sqlite3.Error):
            if compiled := _in_file(index_path, packs, state, write):
                return compiled
    return IndexedCatalog(_in_memory(write), packs)


def _state(packs: Sequence[Path]) -> list[str]:
    return [fingerprint(pack) for pack in packs]


def _open(index_path: Path, packs: Sequence[Path], state: Sequence[str]) -> IndexedCatalog | None:
    """The index in a file, if it is one of ours and of this state."""
    if not index_path.is_file():
        return None
    # A finished index never changes under its name, so it needs no locks and no writable folder.
    path = quote(index_path.absolute().as_posix())
    uri = f"file://{'' if path.startswith('/') else '/'}{path}?mode=ro&immutable=1"
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        if _is_current(connection, packs, state):
            return IndexedCatalog(connection, packs)
    except _DAMAGE:
        pass
    if connection is not None:
        connection.close()
    return None


def _is_current(connection: sqlite3.Connection, packs: Sequence[Path], state: Sequence[str]) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID or _meta(connection)["program"] != PROGRAM:
        return False
    compiled = connection.execute("SELECT path, fingerprint FROM pack ORDER BY place").fetchall()
    return compiled == list(zip(map(path_text, packs), state, strict=True))


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM meta"))


def _compilation(packs: Sequence[Path], state: Sequence[str], compile_progress: CompileProgress) -> _Write:
    """Read all packs; what comes of it can be written into an empty database."""
    # Here YAML is read; a start with a current index does without the parser.
    from pos_helper.catalog.index.compiler import write_index
    from pos_helper.catalog.packs.loading import load

    catalog = load(packs, compile_progress.file_read)
    return lambda connection: write_index(connection, catalog, state, compile_progress)


def _updated(
    index_path: Path,
    packs: Sequence[Path],
    state: Sequence[str],
    progress: ProgressCallback | None,
    cancelled: Callable[[], bool] | None,
) -> IndexedCatalog | None:
    """The catalog made of an older index and the packs that changed since; ``None`` if all must be read."""
    if not index_path.is_file():
        return None
    from pos_helper.catalog.index.update import FullRebuildNeeded, update_index

    def write(connection: sqlite3.Connection) -> None:
        update_index(connection, packs, state, progress, cancelled)

    with suppress(FullRebuildNeeded, OSError, *_DAMAGE):
        return _in_file(index_path, packs, state, write, older=index_path)
    return None


def _in_file(
    index_path: Path, packs: Sequence[Path], state: Sequence[str], write: _Write, older: Path | None = None
) -> IndexedCatalog | None:
    """Write the index under another name, then give it its own. Raises ``OSError`` and what ``write`` raises.

    Where the name cannot be taken, what was written goes on in memory: on Windows a file that a program
    has open keeps its name.
    """
    index_path.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale(index_path.parent)
    with tempfile.NamedTemporaryFile(dir=index_path.parent, prefix=_TEMPORARY, delete=False) as file:
        temporary = Path(file.name)
    try:
        if older:
            shutil.copyfile(older, temporary)
        with closing(sqlite3.connect(temporary)) as connection:
            write(connection)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            temporary.replace(index_path)
        except OSError:
            with closing(sqlite3.connect(temporary)) as connection:
                return IndexedCatalog(_in_memory(connection.backup), packs)
    finally:
        temporary.unlink(missing_ok=True)
    return _open(index_path, packs, state)


def _in_memory(write: _Write) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    write(connection)
    return connection


def _remove_stale(folder: Path) -> None:
    """Remove what compilations left behind that were killed."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_AFTER:
                left.unlink()
