"""Compiles a checked catalog into one SQLite file that is searched without reading any YAML.

``code_key`` maps codes to entries at three levels of similarity. ``term`` has one row per term with its
postings; ``sound`` maps a pronunciation or a consonant key to terms. An entry is stored as a compressed blob
beside the columns of a result row, so that a search decodes only the entries it shows.
Entry numbers ascend from the most common entry: the first of any list are the best ones. The number of an
entry or record also identifies its pack (``format.ORDINALS``).
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index.analyzer import GROUP, Analyzer, read_chinese
from pos_helper.catalog.index.format import (
    APPLICATION_ID,
    EXACT,
    LOOKS_LIKE,
    LOOSE,
    ORDINALS,
    PROGRAM,
    RECORDS,
    IndexField,
    compressed,
    entry_number,
    packed,
)
from pos_helper.catalog.index.postings import Postings, sounds
from pos_helper.catalog.index.progress import CompileProgress
from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord, Pack, Records
from pos_helper.catalog.packs.pack_files import path_text
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.entries import Confidence, Entry, Synonyms
from pos_helper.domain.query import code_keys
from pos_helper.domain.text import Lang, Text

_T = TypeVar("_T")

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pack (
    place INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, size INTEGER NOT NULL,
    entries INTEGER NOT NULL, content BLOB NOT NULL, uses TEXT NOT NULL, zh TEXT, en TEXT
);
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT, origin TEXT NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, money TEXT NOT NULL, retry TEXT NOT NULL,
    confidence TEXT, common INTEGER NOT NULL, names TEXT NOT NULL, terms BLOB NOT NULL,
    printed_zh TEXT NOT NULL, printed_en TEXT NOT NULL, pack TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE compression_dictionary (body BLOB NOT NULL);
CREATE TABLE record (
    kind TEXT, id TEXT, number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE formerly (kind TEXT, id TEXT, present TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE origin (
    id TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL, screen_zh TEXT NOT NULL, screen_en TEXT NOT NULL,
    shapes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE code_key (
    level INTEGER, key TEXT, number INTEGER, alias INTEGER, spelling TEXT,
    PRIMARY KEY (level, key, number, alias, spelling)
) WITHOUT ROWID;
CREATE TABLE term (
    word TEXT NOT NULL, entries INTEGER NOT NULL, uses INTEGER NOT NULL,
    alias BLOB NOT NULL, title BLOB NOT NULL, meaning BLOB NOT NULL,
    phrases BLOB NOT NULL, cause BLOB NOT NULL, step BLOB NOT NULL
);
CREATE TABLE phrase (words TEXT, term TEXT, PRIMARY KEY (words, term)) WITHOUT ROWID;
CREATE TABLE step_use (step INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE sound (key TEXT, exact TEXT, word TEXT, PRIMARY KEY (key, exact, word)) WITHOUT ROWID;
"""

_TRUST = {confidence: number for number, confidence in enumerate((*Confidence, None))}
_MOST_COMMON = 5
PRECEDENCES = _MOST_COMMON * len(_TRUST)
"""The number of precedences; a precedence is in ``range(PRECEDENCES)``."""
_ROWS_BETWEEN_REPORTS = 100
# The compression dictionary is made of entries from all over the catalog. A larger one slows zlib down.
_SAMPLES = 24
_LONGEST_LIKE = 8_192


class NoRoom(Exception):
    """The ordinals available do not suffice for the records."""


@dataclass(frozen=True)
class PlacedPack:
    """A pack with its fingerprint, its first ordinal and its records by kind."""

    pack: Pack
    fingerprint: str
    ordinal: int
    records: Mapping[str, Sequence[LocatedRecord[Any]]]

    @property
    def size(self) -> int:
        """The number of ordinals it occupies."""
        return max(map(len, self.records.values()), default=0)

    def numbered(self, kind: str) -> Iterator[tuple[int, LocatedRecord[Any]]]:
        """Its records of a kind, each with its ordinal."""
        return enumerate(self.records.get(kind, ()), self.ordinal)


def _masked(value: Any, field: str = "") -> Any:
    """A record of a shop's pack with card data masked in its texts; ids and codes stay."""
    if isinstance(value, msgspec.Struct):
        changed = {name: _masked(getattr(value, name), name) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_masked(each, field) for each in value)
    return mask_card_data(value) if isinstance(value, str) and field in Text.__struct_fields__ else value


def placed(
    packs: Sequence[tuple[Pack, str]], records: Records, first: int = 0, end: int = ORDINALS
) -> list[PlacedPack]:
    """Assign ordinals to packs, given with their fingerprints, evenly between ``first`` and ``end``.

    Raises ``NoRoom``.
    """
    own: dict[Path, dict[str, list[LocatedRecord[Any]]]] = {pack.path: {} for pack, _ in packs}
    built_in = {pack.path for pack, _ in packs if pack.built_in}
    for kind in (*RECORDS, "entries"):
        for found in getattr(records, kind).values():
            if found.pack in own:
                shown = found if found.pack in built_in else replace(found, record=_masked(found.record))
                own[found.pack].setdefault(kind, []).append(shown)
    spread = [
        PlacedPack(pack, fingerprint, 0, {} if pack.left_out else own[pack.path])
        for pack, fingerprint in packs
    ]
    gap = (end - first - sum(pack.size for pack in spread)) // (len(spread) + 1)
    if gap < 1:
        raise NoRoom
    ordinals = accumulate((pack.size + gap for pack in spread), initial=first + gap)
    return [replace(pack, ordinal=ordinal) for pack, ordinal in zip(spread, ordinals, strict=False)]


def write_index(
    connection: sqlite3.Connection,
    catalog: CheckedCatalog,
    fingerprints: Sequence[str],
    compile_progress: CompileProgress,
) -> None:
    """Write the whole index into an empty database.

    Raises ``CompileCancelled``, ``sqlite3.Error``, and ``OSError`` if the bundled tables cannot be read.
    """
    begin(connection, f"PRAGMA application_id = {APPLICATION_ID}; {_TABLES}")
    analyzer = Analyzer(read_chinese())
    phrases = _phrases((found.record for found in catalog.records.synonyms.values()), analyzer)
    connection.executemany("INSERT INTO phrase VALUES (?, ?)", phrases)
    analyzer.learn(phrases)
    postings = Postings(analyzer)
    packs = placed(list(zip(catalog.packs, fingerprints, strict=True)), catalog.records)
    steps = {number: found.record for pack in packs for number, found in pack.numbered("steps")}
    writer = PackWriter(connection, packs, catalog.records, analyzer, compile_progress)
    connection.execute("INSERT INTO compression_dictionary VALUES (?)", (writer.sample(),))
    writer.write(postings, {step.id: number for number, step in steps.items()})
    uses = postings.uses(steps)
    words = reporting(sorted(postings.words), compile_progress.terms_written)
    write_terms(connection, analyzer, ((word, uses[word], postings.of(word)) for word in words))
    connection.execute("CREATE UNIQUE INDEX term_word ON term (word)")
    finish(connection, compile_progress)


def begin(connection: sqlite3.Connection, script: str = "") -> None:
    """Begin the one transaction that writes the index, and run ``script`` in it.

    It has no rollback journal and no syncs: an unfinished file is discarded.
    """
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {script}")


def finish(connection: sqlite3.Connection, compile_progress: CompileProgress) -> None:
    """Write the versions of the program and of the catalog, which depends on all packs, and commit."""
    content = hashlib.sha256()
    for (of_pack,) in connection.execute("SELECT content FROM pack ORDER BY place"):
        content.update(of_pack)
    set_meta(connection, "program", PROGRAM)
    set_meta(connection, "version", f"{__version__}+{content.hexdigest()[:8]}")
    connection.execute("COMMIT")
    compile_progress.done()


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Set a value that concerns the index as a whole."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


class PackWriter:
    """Writes the rows that belong to single packs and collects the postings of their terms."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        packs: Sequence[PlacedPack],
        records: Records,
        analyzer: Analyzer,
        compile_progress: CompileProgress,
    ) -> None:
        self._connection = connection
        self._analyzer = analyzer
        self._packs = packs
        self._records = records
        self._work = compile_progress
        entries = [
            (entry_number(self._precedence(found.record), ordinal), found)
            for pack in packs
            for ordinal, found in pack.numbered("entries")
        ]
        self._entries = sorted(entries, key=itemgetter(0))

    def sample(self) -> bytes:
        """The compression dictionary: the JSON of sample entries, at most 8 KiB."""
        samples = self._entries[:: len(self._entries) // _SAMPLES + 1]
        return b"".join(msgspec.json.encode(found.record) for _, found in samples)[:_LONGEST_LIKE]

    def write(self, postings: Postings, steps: Mapping[str, int]) -> None:
        """Write the packs and add to ``postings``. ``steps`` maps the ids of all steps used to numbers."""
        for pack in self._packs:
            self._write_pack(pack)
        self._write_formerly("steps", self._records.steps_formerly)
        self._write_formerly("entries", self._records.entries_formerly)
        names = {pack.pack.path: mask_card_data(pack.pack.name) for pack in self._packs}
        (like,) = self._connection.execute("SELECT body FROM compression_dictionary").fetchone()
        for number, found in reporting(self._entries, self._work.entries_written):
            self._write_entry(number, found.record, names[found.pack], like)
            postings.add_entry(number, found.record, steps)
        for pack in self._packs:
            for number, found in pack.numbered("steps"):
                postings.add_step(number, found.record)
                row = (number, packed(postings.step_uses.get(number, ())))
                self._connection.execute("INSERT INTO step_use VALUES (?, ?)", row)

    def _common(self, entry: Entry) -> int:
        return entry.common or self._records.origins[entry.origin].record.common

    def _precedence(self, entry: Entry) -> int:
        """The rank of an entry, 0 first: by how common it is, then by confidence."""
        return (_MOST_COMMON - self._common(entry)) * len(_TRUST) + _TRUST[entry.confidence]

    def _write_pack(self, pack: PlacedPack) -> None:
        content = hashlib.sha256()
        for kind in RECORDS:
            for number, found in pack.numbered(kind):
                body = msgspec.json.encode(found.record)
                content.update(body)
                self._connection.execute(
                    "INSERT INTO record VALUES (?, ?, ?, ?)", (kind, found.record.id, number, body)
                )
        for found in pack.records.get("entries", ()):  # the version does not depend on the numbers
            content.update(msgspec.json.encode(found.record))
        self._connection.executemany(
            "INSERT INTO origin VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    *(origin.id, origin.title.zh, origin.title.en, origin.screen.zh, origin.screen.en),
                    "\n".join(origin.shapes),
                )
                for origin in (found.record for found in pack.records.get("origins", ()))
            ],
        )
        said = _problem_sentence(pack.pack)
        self._connection.execute(
            "INSERT INTO pack VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                pack.ordinal,
                path_text(pack.pack.path),
                pack.fingerprint,
                pack.size,
                len(pack.records.get("entries", ())),
                content.digest() if pack.size else b"",
                msgspec.json.encode(sorted(map(path_text, pack.pack.uses))).decode(),
                said and said.zh,
                said and said.en,
            ),
        )

    def _write_formerly(self, kind: str, formerly: Mapping[str, LocatedRecord[Any]]) -> None:
        own = {pack.pack.path for pack in self._packs}
        self._connection.executemany(
            "INSERT INTO formerly VALUES (?, ?, ?)",
            [(kind, former, found.record.id) for former, found in formerly.items() if found.pack in own],
        )

    def _write_entry(self, number: int, entry: Entry, pack: str, like: bytes) -> None:
        screen = (*entry.screen.zh, *entry.screen.en)
        names = [entry.title.zh, entry.title.en, *screen, *(entry.aliases if entry.code is None else ())]
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                entry.id,
                entry.code,
                entry.origin,
                entry.title.zh,
                entry.title.en,
                entry.money,
                entry.retry,
                entry.confidence,
                self._common(entry),
                "\n".join(name.replace("\n", " ") for name in names),
                msgspec.msgpack.encode([*map(self._analyzer.name, names)]),
                next(iter(entry.screen.zh), ""),
                next(iter(entry.screen.en), ""),
                pack,
                compressed(msgspec.json.encode(entry), like),
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO code_key VALUES (?, ?, ?, ?, ?)", entry_keys(entry, number)
        )


def write_terms(
    connection: sqlite3.Connection,
    analyzer: Analyzer,
    terms: Iterable[tuple[str, int, Sequence[Collection[int]]]],
) -> None:
    """Write new terms and their rows in ``sound``.

    A term comes with its number of uses through steps and its postings, one list per ``IndexField``.
    """
    words: list[str] = []

    def rows() -> Iterator[tuple[str | int | bytes, ...]]:
        for word, uses, fields in terms:
            words.append(word)
            yield (word, sum(map(len, fields[: IndexField.STEP])), uses, *map(packed, fields))

    connection.executemany("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    connection.executemany(
        "INSERT INTO sound VALUES (?, ?, ?)", chain.from_iterable(sounds(analyzer, word) for word in words)
    )


def reporting(rows: Collection[_T], report: Callable[[int, int], None]) -> Iterator[_T]:
    """Yield the rows and call ``report`` with the number done and the total every hundred rows."""
    for done, row in enumerate(rows):
        if done % _ROWS_BETWEEN_REPORTS == 0:
            report(done, len(rows))
        yield row


def _phrases(groups: Iterable[Synonyms], analyzer: Analyzer) -> list[tuple[str, str]]:
    """Pairs of a synonym phrase, as tokens joined by spaces, and the term of its group."""
    phrases = {
        (phrase, GROUP + group.id): None
        for group in groups
        for words in (*group.words.zh, *group.words.en)
        if (phrase := analyzer.phrase(words))
    }
    return list(phrases)


def entry_keys(entry: Entry, number: int) -> Iterator[tuple[int, str, int, bool, str]]:
    """The ``code_key`` rows of an entry: level, key, number, whether it is an alias, and the spelling."""
    if entry.code is None:
        return  # the aliases of a symptom are indexed as terms
    for spelling, alias in ((entry.code, False), *((alias, True) for alias in entry.aliases)):
        keys = code_keys(spelling)
        yield EXACT, keys.exact, number, alias, spelling
        yield LOOKS_LIKE, keys.looks_like, number, alias, spelling
        for key in sorted(keys.loose):
            yield LOOSE, key, number, alias, spelling


def _problem_sentence(pack: Pack) -> Text | None:
    """The notice about a pack with problems; ``None`` without any."""
    if not pack.problems:
        return None
    count, first = len(pack.problems), pack.problems[0]
    if pack.left_out:
        said = Text(
            "目录包“{name}”有 {count} 个问题，没有加载。第一个：{first}",
            'The pack "{name}" was not loaded: {count} problem(s). The first: {first}',
        )
    else:
        said = Text(
            "内置目录有 {count} 个问题，有问题的内容没有加载。第一个：{first}",
            "Parts of the built-in catalog were not loaded: {count} problem(s). The first: {first}",
        )
    return Text(
        said.zh.format(name=pack.name, count=count, first=first.of(Lang.ZH)),
        said.en.format(name=pack.name, count=count, first=first.of(Lang.EN)),
    )
