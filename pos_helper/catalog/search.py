"""Codes first, then words: what a person typed -> the entries that answer it.

The order of an answer:

1. A code or an alias that is all of what was typed, even if it looks like words (``order closed``). Then
   a code among what was typed: exactly as written, else with look-alike characters folded, else with
   leading zeros or short hex restored. The first level that finds anything is the answer, from every
   origin, codes before aliases, better-sourced readings first. Beside a code nothing else is added, for
   there a guess misleads; a code that is made of words is followed by what the words find.
2. Words, all of them; if no entry has all, any of them and any pair of neighbouring characters. Titles
   come first, then meanings weigh more than causes and causes more than steps. A Latin word also finds
   longer ones that begin with it. A word with a digit does not: someone who typed 300 must not be shown
   3000 as if that had been asked for. A single letter or digit is no word but the beginning of a code.
3. Suggestions, marked as near: codes that begin with what was typed, for the person may be typing still;
   else, if it has the shape of a code, codes that differ in a character or two.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from pos_helper.catalog.index_format import EXACT, LOOKS_LIKE, LOOSE, is_cjk, tokens
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.lookup import Hit, Lookup, Match, Outcome
from pos_helper.domain.query import CodeKeys, Query, code_keys, read_query
from pos_helper.domain.text import Text

_MOST_TERMS = 12
# Of a word that stands in half of a huge catalog, ranking every entry would take longer than a key press.
_MOST_RANKED = 1000
_MOST_COMPLETIONS = 10
_MOST_NEAR = 5
_AFTER_ALL = "\U0010ffff"
# A difference of one character in a short code, of two in a longer one, is still a slip of the finger.
_SHORT_CODE = 4

_ROW = "id, code, origin, title_zh, title_en, money, retry, origin_zh, origin_en, confidence"
_BY_KEYS = f"""
SELECT alias, spelling, {_ROW} FROM code_key JOIN entry USING (number)
WHERE level = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY alias, trust, number
"""
_BY_WORDS = f"""
SELECT {_ROW} FROM (
    SELECT rowid AS number, bm25(words, 8, 4, 2, 1) AS score FROM words
    WHERE words MATCH ? LIMIT {_MOST_RANKED}
) JOIN entry USING (number) ORDER BY score, number LIMIT ?
"""
_BY_BEGINNING = f"""
SELECT alias, spelling, {_ROW} FROM code_key JOIN entry USING (number)
WHERE level = ? AND key > ? AND key < ? ORDER BY key, number LIMIT ?
"""


class Search:
    """Searches one index. Raises only ``sqlite3.Error``, and that only if the index is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, text: str, limit: int) -> Lookup:
        """The answer to what a person typed, with at most ``limit`` hits."""
        # Half of a character that was cut in two cannot be asked of the database.
        query = read_query(text.encode("utf-8", "replace").decode("utf-8"))
        if query.card_data:
            return Lookup(query.masked, query.masked, Outcome.CARD_DATA)
        words = query.words[:_MOST_TERMS]
        if rows := next(filter(None, self._code_answers(query)), None):
            hits = _each_once(_code_hit(row) for row in rows)
            if not query.candidates:
                hits = _each_once((*hits, *self._by_words(words, limit)))
            return Lookup(query.masked, rows[0][1], Outcome.EXACT, hits[:limit])
        read_as = query.candidates[0] if query.candidates else " ".join(words)
        if hits := self._by_words(words, limit):
            return Lookup(query.masked, read_as, Outcome.TEXT, hits)
        if hits := self._completions(query.candidates or words[:1]) or self._near(query.candidates):
            return Lookup(query.masked, read_as, Outcome.NEAR, hits[:limit])
        return Lookup(query.masked, read_as, Outcome.NONE)

    def _code_answers(self, query: Query) -> Iterator[list[Sequence[str]]]:
        """What each reading of the query as a code finds, the most literal reading first."""
        yield self._rows(EXACT, {code_keys(query.masked).exact})
        for candidate in query.candidates:
            yield self._by_code(code_keys(candidate))

    def _by_code(self, keys: CodeKeys) -> list[Sequence[str]]:
        """What is found at the first level that finds anything."""
        levels = ((EXACT, {keys.exact}), (LOOKS_LIKE, {keys.looks_like}), (LOOSE, keys.sought))
        return next((rows for level, wanted in levels if (rows := self._rows(level, wanted))), [])

    def _rows(self, level: int, keys: Iterable[str]) -> list[Sequence[str]]:
        return self._connection.execute(_BY_KEYS, (level, json.dumps(sorted(keys)))).fetchall()

    def _by_words(self, words: Sequence[str], limit: int) -> tuple[Hit, ...]:
        terms = [term for word in words if (term := tokens(word)) and (len(term[0]) > 1 or is_cjk(term[0]))]
        if not terms:
            return ()
        hits = self._matching(" AND ".join(map(_phrase, terms)), limit)
        parts = dict.fromkeys(_phrase(part) for term in terms for part in _parts(term))
        if not hits and len(parts) > 1:
            hits = self._matching(" OR ".join(parts), limit)
        return hits

    def _matching(self, expression: str, limit: int) -> tuple[Hit, ...]:
        """Entries whose title matches, then the others, each by how often and where the words stand."""
        hits: tuple[Hit, ...] = ()
        for where in ("title : ", ""):
            if len(hits) < limit:
                rows = self._connection.execute(_BY_WORDS, (f"{where}({expression})", limit))
                hits = _each_once((*hits, *(_hit(row, Match.TEXT) for row in rows)))
        return hits[:limit]

    def _completions(self, readings: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that begin with a reading, in the order of a dictionary."""
        for reading in readings:
            key = code_keys(reading).looks_like
            among = (LOOKS_LIKE, key, key + _AFTER_ALL, _MOST_COMPLETIONS)
            if key and (rows := self._connection.execute(_BY_BEGINNING, among).fetchall()):
                return _each_once(_suggestion(row) for row in rows)
        return ()

    def _near(self, candidates: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that differ little from a candidate, the nearest first."""
        # Most answers never come here, and the start need not wait for this import.
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        for candidate in candidates:
            key = code_keys(candidate).looks_like
            furthest = 1 if len(key) <= _SHORT_CODE else 2
            near = process.extract(
                key, self._all_keys, scorer=Levenshtein.distance, score_cutoff=furthest, limit=None
            )
            nearest = sorted((distance, found) for found, distance, _ in near)[:_MOST_NEAR]
            rows = [row for _, found in nearest for row in self._rows(LOOKS_LIKE, [found])]
            if rows:
                return _each_once(_suggestion(row) for row in rows)[:_MOST_NEAR]
        return ()

    @cached_property
    def _all_keys(self) -> list[str]:
        rows = self._connection.execute("SELECT DISTINCT key FROM code_key WHERE level = ?", (LOOKS_LIKE,))
        return [key for (key,) in rows]


def _hit(row: Sequence[str], match: Match) -> Hit:
    entry_id, code, origin, zh, en, money, retry, origin_zh, origin_en, confidence = row
    return Hit(
        id=entry_id,
        code=code,
        origin=origin,
        match=match,
        title=Text(zh, en),
        money=Money(money),
        retry=Retry(retry),
        origin_title=Text(origin_zh, origin_en),
        confidence=Confidence(confidence) if confidence else None,
    )


def _code_hit(row: Sequence[str]) -> Hit:
    alias, _, *rest = row
    return _hit(rest, Match.ALIAS if alias else Match.EXACT)


def _suggestion(row: Sequence[str]) -> Hit:
    return _hit(row[2:], Match.NEAR)


def _each_once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits without the later ones of an entry that was found several ways."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    return tuple(first.values())


def _phrase(term: Sequence[str]) -> str:
    """Tokens side by side, in the query language of FTS5. Tokens hold letters and digits only."""
    phrase = f'"{" ".join(term)}"'
    word = term[0]
    is_word = len(term) == 1 and word.isalpha() and not is_cjk(word)
    return f"{phrase}*" if is_word else phrase


def _parts(term: Sequence[str]) -> Iterable[Sequence[str]]:
    """What may be found alone if the whole is not found: pairs of neighbours in a Chinese run."""
    return list(pairwise(term)) if len(term) > 2 else [term]
