"""A checked catalog -> one SQLite file that is searched without reading any YAML.

Codes stand in ``code_key`` at three levels of likeness, words in an FTS5 table, and each entry as one
JSON blob beside the columns that a result row shows, so that a search decodes nothing it does not show.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index_format import APPLICATION_ID, EXACT, LOOKS_LIKE, LOOSE, tokens
from pos_helper.catalog.packs import CheckedCatalog, Found, Pack
from pos_helper.catalog.work import Work
from pos_helper.domain.entries import Confidence, Entry, Origin, Step
from pos_helper.domain.query import code_keys
from pos_helper.domain.text import Lang, Text

if TYPE_CHECKING:
    from hashlib import _Hash

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE problem (number INTEGER PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL);
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT, origin TEXT NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, money TEXT NOT NULL, retry TEXT NOT NULL,
    origin_zh TEXT NOT NULL, origin_en TEXT NOT NULL, confidence TEXT, trust INTEGER NOT NULL,
    pack TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE formerly (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE record (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE code_key (
    level INTEGER, key TEXT, number INTEGER, alias INTEGER, spelling TEXT,
    PRIMARY KEY (level, key, number, alias, spelling)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, meanings, causes, steps, content = '', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
"""

_TRUST = {confidence: number for number, confidence in enumerate((*Confidence, None))}
_ROWS_BETWEEN_REPORTS = 100


def write_index(
    connection: sqlite3.Connection, catalog: CheckedCatalog, fingerprint: str, work: Work
) -> None:
    """Write the whole index into an empty database. Raises ``CompileCancelled`` and ``sqlite3.Error``."""
    # The file takes its name only when it is whole, so a half-written one need not be recoverable.
    connection.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = {APPLICATION_ID};"
    )
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    content = hashlib.sha256()
    _write_records(connection, catalog, content)
    _write_entries(connection, catalog, content, work)
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.executemany(
        "INSERT INTO problem (zh, en) VALUES (?, ?)",
        [(said.zh, said.en) for pack in catalog.packs if (said := _problem_sentence(pack))],
    )
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [("fingerprint", fingerprint), ("version", f"{__version__}+{content.hexdigest()[:8]}")],
    )
    connection.execute("COMMIT")
    work.written(1, of=1)


def _write_records(connection: sqlite3.Connection, catalog: CheckedCatalog, content: "_Hash") -> None:
    records = catalog.records
    for kind, found in (
        ("origin", records.origins),
        ("source", records.sources),
        ("step", records.steps),
        ("tip", records.prevention),
    ):
        for record_id, place in found.items():
            body = msgspec.json.encode(place.record)
            content.update(body)
            connection.execute("INSERT INTO record VALUES (?, ?, ?)", (kind, record_id, body))


def _write_entries(
    connection: sqlite3.Connection, catalog: CheckedCatalog, content: "_Hash", work: Work
) -> None:
    records = catalog.records
    numbers: dict[str, int] = {}
    for number, found in enumerate(records.entries.values(), start=1):
        if number % _ROWS_BETWEEN_REPORTS == 0:
            work.written(number, of=len(records.entries))
        entry = found.record
        numbers[entry.id] = number
        body = msgspec.json.encode(entry)
        content.update(body)
        origin = records.origins[entry.origin].record
        connection.execute(
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
                origin.title.zh,
                origin.title.en,
                entry.confidence,
                _precedence(origin, entry),
                found.pack,
                body,
            ),
        )
        connection.executemany("INSERT OR IGNORE INTO code_key VALUES (?, ?, ?, ?, ?)", _keys(entry, number))
        connection.execute(
            "INSERT INTO words (rowid, title, meanings, causes, steps) VALUES (?, ?, ?, ?, ?)",
            (number, *_words(entry, records.steps)),
        )
    connection.executemany(
        "INSERT INTO formerly VALUES (?, ?)",
        [(former, numbers[found.record.id]) for former, found in records.entries_formerly.items()],
    )


def _precedence(origin: Origin, entry: Entry) -> int:
    """Of entries with the same code the lower stands first: the commoner screen, then the better source."""
    return -origin.common * len(_TRUST) + _TRUST[entry.confidence]


def _keys(entry: Entry, number: int) -> Iterator[tuple[int, str, int, bool, str]]:
    if entry.code is None:
        return  # the aliases of a symptom are other words for it, and are found as words
    for spelling, alias in ((entry.code, False), *((alias, True) for alias in entry.aliases)):
        keys = code_keys(spelling)
        yield EXACT, keys.exact, number, alias, spelling
        yield LOOKS_LIKE, keys.looks_like, number, alias, spelling
        for key in sorted(keys.loose):
            yield LOOSE, key, number, alias, spelling


def _words(entry: Entry, steps: Mapping[str, Found[Step]]) -> Iterator[str]:
    """The searched words of an entry: title with the code, meanings, causes, steps."""
    yield _spaced(entry.code or "", *entry.aliases, *_both(entry.title))
    yield _spaced(*chain.from_iterable(_both(meaning.text) for meaning in entry.meanings))
    yield _spaced(*chain.from_iterable(_both(cause.text) for cause in entry.causes))
    used = dict.fromkeys(chain(entry.first, *(cause.steps for cause in entry.causes)))
    yield _spaced(*chain.from_iterable(_both(steps[step].record.text) for step in used))


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _spaced(*texts: str) -> str:
    return " ".join(token for text in texts for token in tokens(text))


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
