"""Codes first, then words: what a person typed -> the entries that answer it.

The order of an answer:

1. A code or an alias that is all of what was typed, even if it looks like words (``order closed``). Then
   a code among what was typed: exactly as written, else with look-alike characters folded, else with
   leading zeros or short hex restored. The first level that finds anything is the answer, from every
   origin, codes before aliases, the commoner screen and the better-sourced reading first. Beside a code
   nothing else is added, for there a guess misleads; a code that is made of words is followed by what the
   words find.
2. Words, in every way that people write and sound them (``question``, ``word_search``).
3. Suggestions, marked as near: codes that begin with what was typed, for the person may be typing still;
   else, if it has the shape of a code, codes that one slip of the finger leads to.
"""

import json
import sqlite3
import string
from collections.abc import Collection, Iterable, Iterator, Sequence

from pos_helper.catalog.index_format import EXACT, LOOKS_LIKE, LOOSE
from pos_helper.catalog.word_search import WordSearch
from pos_helper.domain.english import slips
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.lookup import Hit, How, Lookup, Match, Outcome, Part, Places
from pos_helper.domain.query import CodeKeys, Query, code_keys, read_query
from pos_helper.domain.text import Text, encodable

_MOST_COMPLETIONS = 10
_MOST_NEAR = 5
_LONGEST_WITH_SLIP = 24
_AFTER_ALL = "\U0010ffff"
_CODE_CHARACTERS = string.digits + string.ascii_lowercase

_ROW = "entry.id, code, origin, title_zh, title_en, money, retry, zh, en, confidence"
_ROWS = "entry JOIN origin ON origin.id = origin"
_KEYS = "code_key JOIN entry USING (number) JOIN origin ON origin.id = origin"
_BY_KEYS = f"""
SELECT alias, spelling, common, {_ROW} FROM {_KEYS}
WHERE level = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY alias, number
"""
_BY_NUMBERS = f"SELECT number, {_ROW} FROM {_ROWS} WHERE number IN (SELECT value FROM json_each(?))"
_BY_BEGINNING = f"""
SELECT alias, spelling, common, {_ROW} FROM {_KEYS}
WHERE level = ? AND key > ? AND key < ? ORDER BY key, number LIMIT ?
"""


class Search:
    """Searches one index. Raises ``sqlite3.Error`` and ``ValueError``, and that only if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = WordSearch(connection)

    def find(self, text: str, limit: int, met: Collection[str] = ()) -> Lookup:
        """The answer to what a person typed, with at most ``limit`` hits.

        ``met`` are ids of entries that the shop has met before; of equally good answers they come first.
        """
        query = read_query(encodable(text))
        if query.card_data:
            return Lookup(query.masked, query.masked, Outcome.CARD_DATA)
        if rows := next(filter(None, self._code_answers(query)), None):
            # They stand in the order of their numbers; of the equally common, what was met comes first.
            rows.sort(key=lambda row: (row[0], -int(row[2]), row[3] not in met))
            hits = _each_once(map(_code_hit, rows))
            if not query.candidates:
                hits = _each_once((*hits, *self._by_words(query, limit, met)))
            return Lookup(query.masked, rows[0][1], Outcome.EXACT, hits[:limit])
        read_as = query.candidates[0] if query.candidates else " ".join(query.words)
        if not _is_only_a_code_word(query) and (hits := self._by_words(query, limit, met)):
            return Lookup(query.masked, read_as, Outcome.TEXT, hits)
        if hits := self._completions(query.candidates or query.words[:1]) or self._near(query.candidates):
            return Lookup(query.masked, read_as, Outcome.NEAR, hits[:limit])
        return Lookup(query.masked, read_as, Outcome.NONE)

    # --- codes --------------------------------------------------------------------------------------

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

    def _completions(self, readings: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that begin with a reading, in the order of a dictionary."""
        for reading in readings:
            key = code_keys(reading).looks_like
            among = (LOOKS_LIKE, key, key + _AFTER_ALL, _MOST_COMPLETIONS)
            if key and (rows := self._connection.execute(_BY_BEGINNING, among).fetchall()):
                return _each_once(_suggestion(row) for row in rows)
        return ()

    def _near(self, candidates: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that one slip of the finger makes of a candidate."""
        for candidate in candidates:
            key = code_keys(candidate).looks_like
            if len(key) <= _LONGEST_WITH_SLIP and (
                rows := self._rows(LOOKS_LIKE, {*slips(key, _CODE_CHARACTERS)} - {""})
            ):
                return _each_once(_suggestion(row) for row in rows)[:_MOST_NEAR]
        return ()

    # --- words --------------------------------------------------------------------------------------

    def _by_words(self, query: Query, limit: int, met: Collection[str]) -> tuple[Hit, ...]:
        found = self._words.find(query, limit, met)
        numbers = json.dumps([each.number for each in found])
        rows = {number: row for number, *row in self._connection.execute(_BY_NUMBERS, (numbers,))}
        return tuple(
            _hit(rows[each.number], Match.TEXT, each.part, each.how, each.marks_zh, each.marks_en)
            for each in found
        )


def _is_only_a_code_word(query: Query) -> bool:
    """Whether all that was typed is a code made of words: if it is unknown, its words mislead."""
    return "_" in "".join(query.candidates[:1]) and query.candidates[0].casefold() == query.said.strip()


def _hit(
    row: Sequence[str],
    match: Match,
    part: Part,
    how: How = How.LITERAL,
    marks_zh: Places = (),
    marks_en: Places = (),
) -> Hit:
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
        matched_on=part,
        how=how,
        marks_zh=marks_zh,
        marks_en=marks_en,
    )


def _code_hit(row: Sequence[str]) -> Hit:
    alias, _, _, *rest = row
    return _hit(rest, Match.ALIAS, Part.ALIAS) if alias else _hit(rest, Match.EXACT, Part.CODE)


def _suggestion(row: Sequence[str]) -> Hit:
    alias, _, _, *rest = row
    return _hit(rest, Match.NEAR, Part.ALIAS if alias else Part.CODE, How.TYPO)


def _each_once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits without the later ones of an entry that was found several ways."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    return tuple(first.values())
