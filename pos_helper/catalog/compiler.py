"""A checked catalog -> one SQLite file that is searched without reading any YAML.

Codes stand in ``code_key`` at three levels of likeness. Each word stands once in ``term`` with the entries
that have it; ``sound`` leads to a word from the way it is read aloud. Each entry is one packed blob
beside the columns that a result row shows: a search decodes nothing it does not show.
Entries are numbered from the most common one: of any list of them the first are the better ones.
"""

import hashlib
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index_format import (
    APPLICATION_ID,
    EXACT,
    LOOKS_LIKE,
    LOOSE,
    Field,
    Name,
    compressed,
    consonant_key,
    packed,
)
from pos_helper.catalog.packs import CheckedCatalog, Found, Pack
from pos_helper.catalog.terms import Analysis, is_han, read_chinese
from pos_helper.catalog.work import Work
from pos_helper.domain.chinese import near_sound
from pos_helper.domain.entries import Confidence, Entry, Synonyms
from pos_helper.domain.query import bare_name, code_keys
from pos_helper.domain.text import Lang, Text

if TYPE_CHECKING:
    from hashlib import _Hash

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE problem (number INTEGER PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL);
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT, origin TEXT NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, money TEXT NOT NULL, retry TEXT NOT NULL,
    confidence TEXT, common INTEGER NOT NULL, names TEXT NOT NULL, terms BLOB NOT NULL,
    pack TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE formerly (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE body_like (body BLOB NOT NULL);
CREATE TABLE record (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE origin (id TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE code_key (
    level INTEGER, key TEXT, number INTEGER, alias INTEGER, spelling TEXT,
    PRIMARY KEY (level, key, number, alias, spelling)
) WITHOUT ROWID;
CREATE TABLE term (
    word TEXT NOT NULL, entries INTEGER NOT NULL, uses INTEGER NOT NULL,
    alias BLOB NOT NULL, title BLOB NOT NULL, meaning BLOB NOT NULL, said BLOB NOT NULL, cause BLOB NOT NULL,
    step BLOB NOT NULL
);
CREATE TABLE step_use (step INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE sound (key TEXT, exact TEXT, word TEXT, PRIMARY KEY (key, exact, word)) WITHOUT ROWID;
"""

_TRUST = {confidence: number for number, confidence in enumerate((*Confidence, None))}
_FIELDS = range(len(Field))
_ROWS_BETWEEN_REPORTS = 100
_TEXTS_REMEMBERED = 100_000
# What a body is compressed by: some entries from all over the catalog, as much of them as zlib looks back.
_SAMPLES = 24
_LONGEST_LIKE = 32_768


def write_index(
    connection: sqlite3.Connection, catalog: CheckedCatalog, fingerprint: str, work: Work
) -> None:
    """Write the whole index into an empty database.

    Raises ``CompileCancelled``, ``sqlite3.Error``, and ``OSError`` if the bundled tables cannot be read.
    """
    # The file takes its name only when it is whole, so a half-written one need not be recoverable.
    connection.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = {APPLICATION_ID};"
    )
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    content = hashlib.sha256()
    analysis = Analysis(read_chinese())
    analysis.learn(_synonyms(found.record for found in catalog.records.synonyms.values()))
    _write_records(connection, catalog, content)
    _Writer(connection, catalog, analysis, work).write(content)
    connection.executemany(
        "INSERT INTO problem (zh, en) VALUES (?, ?)",
        [(said.zh, said.en) for pack in catalog.packs if (said := _problem_sentence(pack))],
    )
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("fingerprint", fingerprint),
            ("version", f"{__version__}+{content.hexdigest()[:8]}"),
            ("phrases", msgspec.json.encode(analysis.phrases).decode()),
        ],
    )
    connection.execute("COMMIT")
    work.written(1, of=1)


def _synonyms(groups: Iterable[Synonyms]) -> dict[str, tuple[str, ...]]:
    return {group.id: (*group.words.zh, *group.words.en) for group in groups}


def _write_records(connection: sqlite3.Connection, catalog: CheckedCatalog, content: "_Hash") -> None:
    records = catalog.records
    for kind, found in (
        ("origin", records.origins),
        ("source", records.sources),
        ("step", records.steps),
        ("tip", records.prevention),
        ("synonyms", records.synonyms),
    ):
        for record_id, place in found.items():
            body = msgspec.json.encode(place.record)
            content.update(body)
            connection.execute("INSERT INTO record VALUES (?, ?, ?)", (kind, record_id, body))
    connection.executemany(
        "INSERT INTO origin VALUES (?, ?, ?)",
        [
            (found.record.id, found.record.title.zh, found.record.title.en)
            for found in records.origins.values()
        ],
    )


class _Writer:
    """Writes the entries, then everything that leads to them."""

    def __init__(
        self, connection: sqlite3.Connection, catalog: CheckedCatalog, analysis: Analysis, work: Work
    ) -> None:
        self._connection = connection
        self._records = catalog.records
        self._analysis = analysis
        self._work = work
        self._terms: dict[str, tuple[array[int], ...]] = {}
        self._step_numbers = {step: number for number, step in enumerate(catalog.records.steps)}
        self._step_uses: list[array[int]] = [array("I") for _ in self._step_numbers]
        self._like = b""
        self._of_text = lru_cache(_TEXTS_REMEMBERED)(self._terms_of)

    def write(self, content: "_Hash") -> None:
        """Write all entries in the order of their numbers."""
        numbers: dict[str, int] = {}
        entries = sorted(self._records.entries.values(), key=self._precedence)
        samples = entries[:: len(entries) // _SAMPLES + 1]
        self._like = b"".join(msgspec.json.encode(found.record) for found in samples)[:_LONGEST_LIKE]
        self._connection.execute("INSERT INTO body_like VALUES (?)", (self._like,))
        for number, found in enumerate(entries, start=1):
            if number % _ROWS_BETWEEN_REPORTS == 0:
                self._work.written(number, of=len(entries) + 1)
            numbers[found.record.id] = number
            self._write_entry(number, found)
        for found in self._records.entries.values():  # the version does not depend on the numbers
            content.update(msgspec.json.encode(found.record))
        self._write_terms()
        self._connection.executemany(
            "INSERT INTO formerly VALUES (?, ?)",
            [(former, numbers[found.record.id]) for former, found in self._records.entries_formerly.items()],
        )

    def _common(self, entry: Entry) -> int:
        return entry.common or self._records.origins[entry.origin].record.common

    def _precedence(self, found: Found[Entry]) -> tuple[int, int]:
        """The commoner stands first, then the better sourced."""
        return -self._common(found.record), _TRUST[found.record.confidence]

    def _write_entry(self, number: int, found: Found[Entry]) -> None:
        entry = found.record
        names = [*_both(entry.title), *(entry.aliases if entry.code is None else ())]
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
                "\n".join(names),
                msgspec.msgpack.encode([*map(self._name, names)]),
                found.pack,
                compressed(msgspec.json.encode(entry), self._like),
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO code_key VALUES (?, ?, ?, ?, ?)", _code_keys(entry, number)
        )
        known: set[str] = set()
        mentioned: set[str] = set()
        for field, texts in _texts(entry).items():
            terms = set().union(*map(self._of_text, texts))
            if field in (Field.ALIAS, Field.TITLE):
                aside = self._mentioned(texts)
                mentioned |= aside
                terms = terms.union(*map(self._analysis.initials, texts)) - aside
            elif field is Field.MEANING:
                terms |= mentioned
            terms -= known
            known |= terms
            for term in terms:
                self._postings(term)[field].append(number)
        steps = dict.fromkeys(chain(entry.first, *(cause.steps for cause in entry.causes)))
        for step in steps:
            self._step_uses[self._step_numbers[step]].append(number)

    def _name(self, name: str) -> Name:
        bare, places = bare_name(name)
        terms = self._analysis.terms(bare)
        return Name(
            len(self._analysis.atoms(bare)),
            tuple((term.text, places[term.start], places[term.end - 1] + 1) for term in terms),
        )

    def _terms_of(self, text: str) -> frozenset[str]:
        return frozenset(term.text for term in self._analysis.terms(text))

    def _mentioned(self, names: Iterable[str]) -> set[str]:
        """The groups of synonyms that the names only mention: a name with one is mostly about something else.

        They count as if they stood in a meaning.
        """
        mentioned: set[str] = set()
        about: set[str] = set()
        for name in names:
            atoms = self._analysis.atoms(name)
            for group in self._analysis.groups(atoms):
                inside = sum(group.start <= atom.start < group.end for atom in atoms)
                (about if 2 * inside >= len(atoms) else mentioned).add(group.text)
        return mentioned - about

    def _postings(self, term: str) -> tuple["array[int]", ...]:
        if (found := self._terms.get(term)) is None:
            found = self._terms[term] = tuple(array("I") for _ in _FIELDS)
        return found

    def _write_terms(self) -> None:
        for step_id, step in self._step_numbers.items():
            text = self._records.steps[step_id].record.text
            for term in self._of_text(text.zh) | self._of_text(text.en):
                self._postings(term)[Field.STEP].append(step)
        self._connection.executemany(
            "INSERT INTO step_use VALUES (?, ?)",
            ((step, packed(uses)) for step, uses in enumerate(self._step_uses)),
        )
        self._connection.executemany(
            "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    word,
                    sum(map(len, postings[: Field.STEP])),
                    sum(len(self._step_uses[step]) for step in postings[Field.STEP]),
                    *map(packed, postings),
                )
                for word, postings in self._terms.items()
            ),
        )
        self._connection.execute("CREATE UNIQUE INDEX term_word ON term (word)")
        self._connection.executemany(
            "INSERT INTO sound VALUES (?, ?, ?)", chain.from_iterable(map(self._sounds, self._terms))
        )

    def _sounds(self, word: str) -> set[tuple[str, str, str]]:
        if key := consonant_key(word):
            return {(key, "", word)}
        if not is_han(word):
            return set()
        return {
            (" ".join(map(near_sound, syllables)), " ".join(syllables), word)
            for syllables in self._analysis.chinese.sounds(word)
        }


def _texts(entry: Entry) -> Mapping[Field, list[str]]:
    """What is searched of an entry, by field. Of codes only the words: a number is found as a code."""
    codes = [entry.code or "", *entry.aliases]
    if entry.code is not None:
        codes = [code for code in codes if not any(each.isdecimal() for each in code)]
    return {
        Field.ALIAS: codes,
        Field.TITLE: [*_both(entry.title)],
        Field.MEANING: [text for meaning in entry.meanings for text in _both(meaning.text)],
        Field.SAID: [*entry.said.zh, *entry.said.en],
        Field.CAUSE: [text for cause in entry.causes for text in _both(cause.text)],
    }


def _code_keys(entry: Entry, number: int) -> Iterator[tuple[int, str, int, bool, str]]:
    if entry.code is None:
        return  # the aliases of a symptom are other words for it, and are found as words
    for spelling, alias in ((entry.code, False), *((alias, True) for alias in entry.aliases)):
        keys = code_keys(spelling)
        yield EXACT, keys.exact, number, alias, spelling
        yield LOOKS_LIKE, keys.looks_like, number, alias, spelling
        for key in sorted(keys.loose):
            yield LOOSE, key, number, alias, spelling


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


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
