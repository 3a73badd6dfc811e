"""What anyone would reach for first: SQLite FTS5 with trigrams, and RapidFuzz over a list of titles."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from pos_helper.domain.entries import Entry

_LIMIT = 3
_LEAST_SCORE = 60
"""Below this RapidFuzz finds nothing; it would otherwise answer everything."""


def names(entry: Entry) -> tuple[str, ...]:
    """What a plain search knows of an entry: its code, other codes and words, and both titles."""
    code = (entry.code,) if entry.code else ()
    return (*code, *entry.aliases, entry.title.zh, entry.title.en)


class PlainFts:
    """SQLite FTS5 with the trigram tokenizer, ranked as it comes.

    A query's words must all be there, or else any of them. Words of less than three characters are
    beyond this tokenizer.
    """

    def __init__(self, entries: Iterable[Entry], path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:")
        self._db.execute("CREATE VIRTUAL TABLE entry USING fts5 (id UNINDEXED, words, tokenize = 'trigram')")
        rows = ((entry.id, "\n".join(names(entry))) for entry in entries)
        self._db.executemany("INSERT INTO entry VALUES (?, ?)", rows)
        self._db.commit()

    def search(self, query: str) -> Sequence[str]:
        """The ids of the best entries."""
        words = ['"' + word.replace('"', '""') + '"' for word in query.split()]
        return self._ids(" AND ".join(words)) or self._ids(" OR ".join(words))

    def _ids(self, match: str) -> Sequence[str]:
        with closing(
            self._db.execute(
                "SELECT id FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?", (match, _LIMIT)
            )
        ) as rows:
            return [entry_id for (entry_id,) in rows]

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()


class PlainFuzzy:
    """RapidFuzz's weighted ratio of the query and every code, other word and title."""

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
