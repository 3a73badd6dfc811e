"""Opens the compiled catalog, and compiles it when the packs have changed.

With unchanged packs it opens one SQLite file and imports no YAML parser. The file is never written in place:
a new one is built beside it and renamed, so two processes can compile at the same time.

A packaged program brings the compiled built-in pack along (``write_shipped``), so that its first start
compiles nothing. Without other packs that file is opened where it is; with others theirs is made from it.
"""

import logging
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from pos_helper.catalog.index.checksum import check, seal
from pos_helper.catalog.index.damage import IndexDamaged, IndexOutdated, PacksChanged, naming_damage
from pos_helper.catalog.index.format import PROGRAM, decoded, decompressed
from pos_helper.catalog.index.progress import CompileProgress, ProgressCallback
from pos_helper.catalog.packs.pack_files import contents, fingerprint, path_text
from pos_helper.catalog.search.search import Search
from pos_helper.domain.entries import Entry, MachineKind, Origin, Source, Step, Tile, Tip
from pos_helper.domain.lookup import Hit, Lookup
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

_T = TypeVar("_T")
_Write = Callable[[sqlite3.Connection], None]
_TEMPORARY = ".catalog-index-"
_STALE_AFTER = 3600.0
_AS_SHIPPED = ""
"""The path of the built-in pack in a shipped index, which does not know where it will be installed."""
_INSTALLED_WITHIN = 3600.0
"""A pack with a file younger than the shipped index by more than this was changed after it was installed."""

_NOT_USABLE = (IndexDamaged, IndexOutdated, PacksChanged, OSError)

_log = logging.getLogger(__name__)


class IndexedCatalog:
    """A compiled catalog to search (``domain.ports.Catalog``).

    It can be opened in one thread and used in another, by one thread at a time. If the index proves to be
    damaged in use, it is compiled again and the call repeated.
    """

    def __init__(
        self, connection: sqlite3.Connection, packs: Sequence[Path], index_path: Path | None = None
    ) -> None:
        self._packs = packs
        self._index_path = index_path
        self._use(connection)

    def _use(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._search = Search(connection)
        self._version = _meta(connection)["version"]
        rows = connection.execute("SELECT zh, en FROM pack WHERE zh IS NOT NULL ORDER BY place")
        self._problems = tuple(Text(zh, en) for zh, en in rows)

    @property
    def version(self) -> str:
        """The program's version and eight digits of the content's hash: ``0.1.0+1a2b3c4d``."""
        return self._version

    @property
    def problems(self) -> Sequence[Text]:
        """One sentence for each pack that was not or not completely loaded."""
        return self._problems

    def search(
        self, query: str, limit: int = 50, seen: Collection[str] = (), screens: Collection[str] = ()
    ) -> Lookup:
        """Find up to ``limit`` entries for typed text. Never raises, whatever the text.

        Of equally good hits, those whose id is in ``seen`` come first. ``screens`` are the ids of the origins
        whose codes the shop's machines show; empty if that is not known.
        """
        return self._repairing(lambda: self._search.find(query, max(1, limit), seen, screens))

    def browse(self, tile: Tile) -> Sequence[Hit]:
        """The entries of a tile, in its order."""
        return self._repairing(lambda: self._search.entries(tile.entries))

    def tiles(self) -> Sequence[Tile]:
        """The tiles of the start page, in the order of the catalog."""
        return self._repairing(lambda: self._all("tiles", Tile))

    def machine_kinds(self) -> Sequence[MachineKind]:
        """The kinds of machines that a shop can have, in the order of the catalog."""
        return self._repairing(lambda: self._all("machine_kinds", MachineKind))

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        """The resolved entry with this current or former id; ``None`` if there is none."""
        return self._repairing(lambda: self._resolve(entry_id))

    def origins(self) -> tuple[Origin, ...]:
        """Every origin with codes: the most common first, then the one with the most codes."""
        return self._repairing(self._origins)

    def close(self) -> None:
        """Close the index file."""
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
        entry = decoded(decompressed(body, like), msgspec.json.Decoder(Entry))
        sources = [source for meaning in entry.meanings for source in meaning.sources]
        return ResolvedEntry(
            entry=entry,
            origin=self._records("origins", [entry.origin], Origin)[entry.origin],
            steps=self._records("steps", entry.step_ids, Step),
            sources=self._records("sources", sources, Source),
            prevention=tuple(self._records("prevention", entry.prevention, Tip).values()),
            pack=pack,
            catalog=self._version,
        )

    def _records(self, kind: str, ids: Sequence[str], cls: type[_T]) -> dict[str, _T]:
        """Records by id, in the order of ``ids``. Raises ``IndexDamaged`` if one is missing."""
        rows = self._connection.execute(
            "SELECT id, body FROM record WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
            (kind, msgspec.json.encode(ids).decode()),
        )
        decoder = msgspec.json.Decoder(cls)
        found = {record_id: decoded(body, decoder) for record_id, body in rows}
        if not found.keys() >= {*ids}:
            raise IndexDamaged(f"some of the {kind} are missing")
        return {record_id: found[record_id] for record_id in dict.fromkeys(ids)}

    def _all(self, kind: str, cls: type[_T]) -> list[_T]:
        """All records of a kind, in the order of the packs."""
        rows = self._connection.execute("SELECT body FROM record WHERE kind = ? ORDER BY number", (kind,))
        decoder = msgspec.json.Decoder(cls)
        return [decoded(body, decoder) for (body,) in rows]

    def _repairing(self, ask: Callable[[], _T]) -> _T:
        try:
            with naming_damage():
                return ask()
        except IndexDamaged as error:
            _log.warning("The index %s was damaged while in use: %s", self._index_path, error)
        self._connection.close()
        self._use(_compiled(self._packs, self._index_path, _state(self._packs)))
        return ask()


def open_current(
    packs: Sequence[Path], index_path: Path, shipped: Path | None = None
) -> IndexedCatalog | None:
    """The compiled catalog if it is up to date, without reading any YAML; else ``None``.

    ``shipped`` is the index that the program brings along. It does not log the reason; ``open_catalog`` does.
    """
    with suppress(*_NOT_USABLE):
        return _open(index_path, packs, _state(packs))
    if shipped is not None and len(packs) == 1:
        with suppress(*_NOT_USABLE):
            return IndexedCatalog(_connected_shipped(shipped, packs[0]), packs, index_path)
    return None


def open_catalog(
    packs: Sequence[Path],
    index_path: Path | None = None,
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
    shipped: Path | None = None,
) -> IndexedCatalog:
    """Open the compiled catalog of the packs, the built-in one first; update or compile it if needed.

    Without an ``index_path``, or if it cannot be written, the index is kept in memory. ``progress`` is called
    with the amount done and the total; it starts over if an update turns into a full compilation. ``shipped``
    is the index of the built-in pack that the program brings along. Raises ``CompileCancelled`` once
    ``cancelled`` returns ``True``, and leaves an existing index unchanged.
    """
    state = _state(packs)
    if index_path is not None:
        try:
            return _open(index_path, packs, state)
        except PacksChanged:
            _log.info("The packs have changed since the index %s was made", index_path)
            if updated := _updated(index_path, index_path, packs, state, progress, cancelled):
                return IndexedCatalog(updated, packs, index_path)
        except (FileNotFoundError, NotADirectoryError):
            pass  # not created yet, or writing it reports the reason
        except IndexOutdated as why:
            _log.info("The index %s is not current: %s", index_path, why)
        except (IndexDamaged, OSError) as error:
            _log.warning("The index %s cannot be read: %s", index_path, error)
    if shipped is not None and (
        made := _from_shipped(shipped, packs, index_path, state, progress, cancelled)
    ):
        return made
    compiled = _compiled(packs, index_path, state, progress, cancelled)
    return IndexedCatalog(compiled, packs, index_path)


def write_shipped(pack: Path, target: Path) -> None:
    """Compile the built-in pack into an index to be shipped with the program.

    Raises ``ValueError`` if the pack has problems, and ``OSError``.
    """
    from pos_helper.catalog.index.compiler import write_index
    from pos_helper.catalog.packs.loading import load

    catalog = load([pack])
    if catalog.problems:
        raise ValueError(f"{pack} has problems: {catalog.problems[0].place()}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as connection:
        write_index(connection, catalog, _state([pack]), CompileProgress([pack]))
        with connection:
            connection.execute("UPDATE pack SET path = ?, fingerprint = ?", (_AS_SHIPPED, contents(pack)[0]))
    seal(target)


def _from_shipped(
    shipped: Path,
    packs: Sequence[Path],
    index_path: Path | None,
    state: Sequence[str],
    progress: ProgressCallback | None,
    cancelled: Callable[[], bool] | None,
) -> IndexedCatalog | None:
    """The shipped index, or one made from it if there are other packs; ``None`` if it does not serve."""
    try:
        connection = _connected_shipped(shipped, packs[0])
    except FileNotFoundError:  # only a packaged program has one
        return None
    except PacksChanged:
        _log.info("The built-in pack is not the one of the index %s that came with the program", shipped)
        return None
    except (IndexDamaged, IndexOutdated, OSError) as error:
        _log.warning("The index %s that came with the program cannot be used: %s", shipped, error)
        return None
    if len(packs) > 1:
        connection.close()
        updated = index_path and _updated(shipped, index_path, packs, state, progress, cancelled)
        if not updated:
            return None
        connection = updated
    return IndexedCatalog(connection, packs, index_path)


def _connected_shipped(shipped: Path, built_in: Path) -> sqlite3.Connection:
    """Connect to the shipped index where it is. Raises as ``_open`` does."""
    found, newest = contents(built_in)
    if newest > shipped.stat().st_mtime + _INSTALLED_WITHIN:
        raise PacksChanged
    return _connected(shipped, [(_AS_SHIPPED, found)])


def _state(packs: Sequence[Path]) -> list[str]:
    return [fingerprint(pack) for pack in packs]


def _open(index_path: Path, packs: Sequence[Path], state: Sequence[str]) -> IndexedCatalog:
    """Open an index file as it is.

    Raises ``IndexDamaged``, ``IndexOutdated``, ``PacksChanged`` or ``OSError``.
    """
    with ExitStack() as on_failure:
        connection = _connected(index_path, _rows(packs, state))
        on_failure.callback(connection.close)
        catalog = IndexedCatalog(connection, packs, index_path)
        on_failure.pop_all()
    return catalog


def _rows(packs: Sequence[Path], state: Sequence[str]) -> list[tuple[str, str]]:
    """What an index of the packs says of them."""
    return list(zip(map(path_text, packs), state, strict=True))


def _connected(index_path: Path, packs: list[tuple[str, str]]) -> sqlite3.Connection:
    """Connect to an index of just these packs, given with their fingerprints. Raises as ``_open`` does."""
    check(index_path)
    # A finished index file is never modified, so it needs no locks and no writable folder.
    path = quote(index_path.absolute().as_posix())
    uri = f"file://{'' if path.startswith('/') else '/'}{path}?mode=ro&immutable=1"
    with naming_damage(), ExitStack() as on_failure:
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        on_failure.callback(connection.close)
        if _meta(connection)["program"] != PROGRAM:
            raise IndexOutdated("another version of the program made it")
        compiled = connection.execute("SELECT path, fingerprint FROM pack ORDER BY place").fetchall()
        if compiled != packs:
            raise PacksChanged
        on_failure.pop_all()
    return connection


def _meta(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM meta"))


def _compiled(
    packs: Sequence[Path],
    index_path: Path | None,
    state: Sequence[str],
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> sqlite3.Connection:
    """Compile all packs into a file, or into memory if the file cannot be written."""
    # Imported here, because a start with a current index does not need the YAML parser.
    from pos_helper.catalog.index.compiler import write_index
    from pos_helper.catalog.packs.loading import load

    compile_progress = CompileProgress(packs, progress, cancelled)
    catalog = load(packs, compile_progress.file_read)
    for pack in catalog.packs:
        if pack.problems:
            _log.info("The pack %s has %d problem(s)", pack.path, len(pack.problems))

    def write(connection: sqlite3.Connection) -> None:
        write_index(connection, catalog, state, compile_progress)

    if index_path is not None:
        try:
            return _in_file(index_path, packs, state, write)
        except (IndexDamaged, IndexOutdated, PacksChanged, OSError) as error:
            # IndexOutdated and PacksChanged: another process has replaced the index at the same time.
            _log.warning("The index %s cannot be written and is used from memory: %s", index_path, error)
    return _in_memory(write)


def _updated(
    older: Path,
    index_path: Path,
    packs: Sequence[Path],
    state: Sequence[str],
    progress: ProgressCallback | None,
    cancelled: Callable[[], bool] | None,
) -> sqlite3.Connection | None:
    """Update an older or the shipped index with the packs that changed; ``None`` if all must be read."""
    from pos_helper.catalog.index.update import FullRebuildNeeded, update_index

    def write(connection: sqlite3.Connection) -> None:
        with connection:
            connection.execute(
                "UPDATE pack SET path = ?, fingerprint = ? WHERE path = ?",
                (path_text(packs[0]), state[0], _AS_SHIPPED),
            )
        update_index(connection, packs, state, progress, cancelled)

    try:
        return _in_file(index_path, packs, state, write, older)
    except (FullRebuildNeeded, IndexOutdated, PacksChanged) as why:
        _log.info("All packs are read: %s", why)
    except (IndexDamaged, OSError) as error:
        _log.warning("The index %s cannot be brought up to date: %s", index_path, error)
    return None


def _in_file(
    index_path: Path, packs: Sequence[Path], state: Sequence[str], write: _Write, older: Path | None = None
) -> sqlite3.Connection:
    """Write the index to a temporary file, flush it to the disk and rename it to ``index_path``.

    If the rename fails, the index is loaded into memory: Windows does not replace a file that is open.
    Raises ``OSError``, what ``_open`` raises, and what ``write`` raises.
    """
    index_path.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale(index_path.parent)
    with tempfile.NamedTemporaryFile(dir=index_path.parent, prefix=_TEMPORARY, delete=False) as file:
        temporary = Path(file.name)
    try:
        if older:
            shutil.copyfile(older, temporary)
        with naming_damage(), closing(sqlite3.connect(temporary)) as connection:
            write(connection)
        seal(temporary)
        try:
            temporary.replace(index_path)
        except OSError as error:
            _log.warning("The index %s cannot be replaced and is used from memory: %s", index_path, error)
            with naming_damage(), closing(sqlite3.connect(temporary)) as connection:
                return _in_memory(connection.backup)
    finally:
        temporary.unlink(missing_ok=True)
    return _connected(index_path, _rows(packs, state))


def _in_memory(write: _Write) -> sqlite3.Connection:
    with ExitStack() as on_failure:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        on_failure.callback(connection.close)
        write(connection)
        on_failure.pop_all()
    return connection


def _remove_stale(folder: Path) -> None:
    """Remove temporary files of killed compilations."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        try:
            if time.time() - left.stat().st_mtime > _STALE_AFTER:
                left.unlink()
        except OSError as error:
            _log.info("%s cannot be removed: %s", left, error)
