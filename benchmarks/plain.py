"""Baseline searches from existing libraries: SQLite FTS5 with trigrams, and RapidFuzz over titles."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from pos_helper.domain.entries import Entry

_LIMIT = 3
_LEAST_SCORE = 60
"""Minimum RapidFuzz score of a hit; without one every query would have hits."""


def names(entry: Entry) -> tuple[str, ...]:
    """Return the texts that a plain search indexes: the entry's code, aliases and both titles."""
    code = (entry.code,) if entry.code else ()
    return (*code, *entry.aliases, entry.title.zh, entry.title.en)


class PlainFts:
    """SQLite FTS5 with the trigram tokenizer and its default ranking.

    A query matches all its words, else any word, else any three consecutive characters, because Chinese has
    no spaces. The tokenizer cannot find words of fewer than three characters.
    """

    def __init__(self, entries: Iterable[Entry], path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:")
        self._db.execute("CREATE VIRTUAL TABLE entry USING fts5 (id UNINDEXED, words, tokenize = 'trigram')")
        rows = ((entry.id, "\n".join(names(entry))) for entry in entries)
        self._db.executemany("INSERT INTO entry VALUES (?, ?)", rows)
        self._db.commit()

    def search(self, query: str) -> Sequence[str]:
        """The ids of the best entries."""
        words = query.split()
        pieces = [query[at : at + 3] for at in range(len(query) - 2)]
        return self._ids(words, "AND") or self._ids(words, "OR") or self._ids(pieces, "OR")

    def _ids(self, words: Sequence[str], operator: str) -> Sequence[str]:
        if not words:
            return []
        quoted = ('"' + word.replace('"', '""') + '"' for word in words)
        match = f" {operator} ".join(quoted)
        rows = self._db.execute(
            "SELECT id FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?", (match, _LIMIT)
        )
        return [entry_id for (entry_id,) in rows]

    def close(self) -> None:
        """Close the index."""
        self._db.close()


class PlainFuzzy:
    """RapidFuzz's weighted ratio of the query and every code, alias and title."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        named = [(entry.id, name) for entry in entries for name in names(entry)]
        self._ids = [entry_id for entry_id, _ in named]
        self._names = [utils.default_process(name) for _, name in named]

    def search(self, query: str) -> Sequence[str]:
        """The ids of the best entries."""
        found = process.extract(
            utils.default_process(query),
            self._names,
            scorer=fuzz.WRatio,
            limit=4 * _LIMIT,
            score_cutoff=_LEAST_SCORE,
        )
        return list(dict.fromkeys(self._ids[index] for _, _, index in found))[:_LIMIT]
