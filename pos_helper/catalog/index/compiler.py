"""A checked catalog -> one SQLite file that is searched without reading any YAML.

Codes stand in ``code_key`` at three levels of likeness. Each word stands once in ``term`` with the entries
that have it; ``sound`` leads to a word from the way it is read aloud. Each entry is one packed blob
beside the columns that a result row shows: a search decodes nothing it does not show.
Entries are numbered from the most common one: of any list of them the first are the better ones. All that is
numbered tells by its number which pack it came from (``format.ORDINALS``).
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
    pack TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE compression_dictionary (body BLOB NOT NULL);
CREATE TABLE record (
    kind TEXT, id TEXT, number INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE formerly (kind TEXT, id TEXT, present TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE origin (id TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL) WITHOUT ROWID;
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
"""How many precedences there are."""
_ROWS_BETWEEN_REPORTS = 100
# What a body is compressed by: some entries from all over the catalog. With more, zlib begins slowly.
_SAMPLES = 24
_LONGEST_LIKE = 8_192


class NoRoom(Exception):
    """There are more records than places for them."""


@dataclass(frozen=True)
class PlacedPack:
    """One pack with its state and its records by kind, from its first place on."""

    pack: Pack
    fingerprint: str
    ordinal: int
    records: Mapping[str, Sequence[LocatedRecord[Any]]]

    @property
    def size(self) -> int:
        """How many places it takes."""
        return max(map(len, self.records.values()), default=0)

    def numbered(self, kind: str) -> Iterator[tuple[int, LocatedRecord[Any]]]:
        """Its records of a kind with their places."""
        return enumerate(self.records.get(kind, ()), self.ordinal)


def placed(
    packs: Sequence[tuple[Pack, str]], records: Records, first: int = 0, end: int = ORDINALS
) -> list[PlacedPack]:
    """Packs, each with its fingerprint, spread between two places. Raises ``NoRoom``."""
    own: dict[Path, dict[str, list[LocatedRecord[Any]]]] = {pack.path: {} for pack, _ in packs}
    for kind in (*RECORDS, "entries"):
        for found in getattr(records, kind).values():
            if found.pack in own:
                own[found.pack].setdefault(kind, []).append(found)
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
    """Begin to write a file that takes its name when it is whole, so that half of it need not last."""
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {script}")


def finish(connection: sqlite3.Connection, compile_progress: CompileProgress) -> None:
    """Write what can be said only at the end, of all packs."""
    content = hashlib.sha256()
    for (of_pack,) in connection.execute("SELECT content FROM pack ORDER BY place"):
        content.update(of_pack)
    set_meta(connection, "program", PROGRAM)
    set_meta(connection, "version", f"{__version__}+{content.hexdigest()[:8]}")
    connection.execute("COMMIT")
    compile_progress.done()


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note a value of the index as a whole."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


class PackWriter:
    """Writes packs with all that is theirs alone, and gathers what their terms are."""

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
        """What the entries have in common."""
        samples = self._entries[:: len(self._entries) // _SAMPLES + 1]
        return b"".join(msgspec.json.encode(found.record) for _, found in samples)[:_LONGEST_LIKE]

    def write(self, postings: Postings, steps: Mapping[str, int]) -> None:
        """Write the packs. ``steps`` has the numbers of the steps that their entries use."""
        for pack in self._packs:
            self._write_pack(pack)
        self._write_formerly("steps", self._records.steps_formerly)
        self._write_formerly("entries", self._records.entries_formerly)
        names = {pack.pack.path: pack.pack.name for pack in self._packs}
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
        """The commoner stands first, then the better sourced."""
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
            "INSERT INTO origin VALUES (?, ?, ?)",
            [
                (found.record.id, found.record.title.zh, found.record.title.en)
                for found in pack.records.get("origins", ())
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
        names = [entry.title.zh, entry.title.en, *(entry.aliases if entry.code is None else ())]
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    """Write new terms, each with the number of its uses and its postings by field, and what leads to them."""
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
    """The rows one by one; now and then it is told how many of them are done."""
    for done, row in enumerate(rows):
        if done % _ROWS_BETWEEN_REPORTS == 0:
            report(done, len(rows))
        yield row


def _phrases(groups: Iterable[Synonyms], analyzer: Analyzer) -> list[tuple[str, str]]:
    """The words of groups of synonyms as atoms, each with the term of its group."""
    phrases = {
        (phrase, GROUP + group.id): None
        for group in groups
        for words in (*group.words.zh, *group.words.en)
        if (phrase := analyzer.phrase(words))
    }
    return list(phrases)


def entry_keys(entry: Entry, number: int) -> Iterator[tuple[int, str, int, bool, str]]:
    """The rows of ``code_key`` that lead to an entry."""
    if entry.code is None:
        return  # the aliases of a symptom are other words for it, and are found as words
    for spelling, alias in ((entry.code, False), *((alias, True) for alias in entry.aliases)):
        keys = code_keys(spelling)
        yield EXACT, keys.exact, number, alias, spelling
        yield LOOKS_LIKE, keys.looks_like, number, alias, spelling
        for key in sorted(keys.loose):
            yield LOOSE, key, number, alias, spelling


def _problem_sentence(pack: Pack) -> Text | None:
    """What is said on screen about a pack that is not whole."""
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
