"""Answer a query: codes first, then words, then suggestions.

The life of a query:

1. ``domain.query`` reads it: card data is refused here; else it gives the candidate codes, and the text
   without the wrapping ("错误代码", "what does ... mean").
2. Codes (this module). The whole query is tried as a code or an alias, even if it looks like words
   (``order closed``), then each candidate: exactly as written, else with look-alike characters folded,
   else with leading zeros or short hex restored. The first level that finds anything is the answer, from
   every origin: the origin that is named beside it first, codes before aliases, the commoner origin, what
   the shop has met, the better-sourced reading. A word that is in no text of the catalog, only in a code,
   is a code as well (``BANKERROR``). Beside a code nothing else is added, for there a guess misleads; a
   code that is made of words is followed by what the words find.
3. Words. ``query_expansion`` splits the query into terms and expands each to the index terms that match
   it (stems, prefixes, pinyin, initials, near sounds, typing errors, synonyms), each with a match factor.
   ``word_search`` reads their postings, scores the candidates, cuts what covers too little of the query,
   and orders the rest. Every weight and limit of this stands in ``ranking``.
4. Suggestions, marked as near: codes that begin with what was typed, for it may be half typed; else, if it
   has the form of a code, codes that are one edit away.
"""

import json
import sqlite3
import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from pos_helper.catalog.index.analyzer import GROUP
from pos_helper.catalog.index.damage import IndexDamaged
from pos_helper.catalog.index.format import EXACT, LOOKS_LIKE, LOOSE, word
from pos_helper.catalog.search import ranking
from pos_helper.catalog.search.word_search import WordSearch
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.linguistics.english import one_edit_variants
from pos_helper.domain.lookup import Hit, Lookup, Match, MatchedField, MatchMethod, Outcome, Spans
from pos_helper.domain.query import CodeKeys, Query, code_keys, read_query
from pos_helper.domain.text import Text, replace_surrogates

_LAST = "\U0010ffff"
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


class _Entry(NamedTuple):
    """What a result row shows of an entry: the columns of ``_ROW``."""

    id: str
    code: str | None
    origin: str
    title_zh: str
    title_en: str
    money: str
    retry: str
    origin_zh: str
    origin_en: str
    confidence: str | None


class _Spelling(NamedTuple):
    """A spelling of a code that was found, an alias or the code itself, and the entry that it leads to."""

    alias: int
    spelling: str
    common: int
    entry: _Entry


class Search:
    """Searches one index. Raises ``IndexDamaged`` and ``sqlite3.Error``, and that only if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = WordSearch(connection)

    def find(self, text: str, limit: int, seen: Collection[str] = ()) -> Lookup:
        """The answer to what a person typed, with at most ``limit`` hits.

        ``seen`` are ids of entries that the shop has met before; of equally good answers they come first.
        """
        query = read_query(replace_surrogates(text))
        if query.card_data:
            return Lookup(query.masked, query.masked, Outcome.CARD_DATA)
        if rows := next(filter(None, self._code_answers(query)), None):
            named = self._named(query) if len({row.entry.origin for row in rows}) > 1 else {}
            # They stand in the order of their numbers, and of equals stay so.
            rows.sort(
                key=lambda row: (
                    -named.get(row.entry.origin, 0.0),
                    row.alias,
                    -row.common,
                    row.entry.id not in seen,
                )
            )
            hits = _each_once(map(_code_hit, rows))
            if not query.candidates:
                hits = _each_once((*hits, *self._by_words(query, limit, seen)))
            return Lookup(query.masked, rows[0].spelling, Outcome.EXACT, hits[:limit])
        read_as = query.candidates[0] if query.candidates else " ".join(query.words)
        if not _is_only_a_code_word(query) and (hits := self._by_words(query, limit, seen)):
            return Lookup(query.masked, read_as, Outcome.TEXT, hits)
        if hits := self._completions(query.candidates or query.words[:1]) or self._near(query.candidates):
            return Lookup(query.masked, read_as, Outcome.NEAR, hits[:limit])
        return Lookup(query.masked, read_as, Outcome.NONE)

    # --- codes --------------------------------------------------------------------------------------

    def _code_answers(self, query: Query) -> Iterator[list[_Spelling]]:
        """What each reading of the query as a code finds, the most literal reading first."""
        yield self._rows(EXACT, {code_keys(query.masked).exact})
        for candidate in query.candidates:
            yield self._by_code(code_keys(candidate))
        yield self._rows(EXACT, self._words.only_in_codes(query.words))

    def _by_code(self, keys: CodeKeys) -> list[_Spelling]:
        """What is found at the first level that finds anything."""
        levels = ((EXACT, {keys.exact}), (LOOKS_LIKE, {keys.looks_like}), (LOOSE, keys.loose_query))
        return next(
            (rows for level, keys_of_level in levels if (rows := self._rows(level, keys_of_level))), []
        )

    def _rows(self, level: int, keys: Iterable[str]) -> list[_Spelling]:
        return self._spellings(_BY_KEYS, (level, json.dumps(sorted(keys))))

    def _spellings(self, sql: str, values: tuple[int | str, ...]) -> list[_Spelling]:
        return [
            _Spelling(alias, spelling, common, _Entry(*entry))
            for alias, spelling, common, *entry in self._connection.execute(sql, values)
        ]

    def _named(self, query: Query) -> Mapping[str, float]:
        """How clearly the words beside a code name its origin, by the id of the origin."""
        named: Counter[str] = Counter()
        if any(word.isalpha() and len(word) > 1 for word in query.words):
            for term in {term.text for term in self._words.analyzer.terms(query.bare)}:
                origins = self._origins_by_term.get(term, ())
                if 0 < len(origins) <= ranking.MAX_ORIGINS_PER_NAME:
                    named.update(dict.fromkeys(origins, 1 / len(origins)))
        return named

    @cached_property
    def _origins_by_term(self) -> dict[str, list[str]]:
        """The origins whose title has a term; a character alone and a group of synonyms name none."""
        found: dict[str, list[str]] = {}
        for origin, *title in self._connection.execute("SELECT id, zh, en FROM origin"):
            for term in {term.text for text in title for term in self._words.analyzer.terms(text)}:
                if len(term) > 1 and not term.startswith(GROUP):
                    found.setdefault(term, []).append(origin)
        return found

    def _completions(self, readings: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that begin with a reading, in alphabetical order."""
        for reading in readings:
            key = code_keys(reading).looks_like
            among = (LOOKS_LIKE, key, key + _LAST, ranking.MAX_COMPLETIONS)
            if key and (rows := self._spellings(_BY_BEGINNING, among)):
                return _each_once(_suggestion(row) for row in rows)
        return ()

    def _near(self, candidates: Iterable[str]) -> tuple[Hit, ...]:
        """Codes that are one edit away from a candidate."""
        for candidate in candidates:
            key = code_keys(candidate).looks_like
            if len(key) <= ranking.MAX_CODE_LENGTH_FOR_EDITS and (
                rows := self._rows(LOOKS_LIKE, {*one_edit_variants(key, _CODE_CHARACTERS)} - {""})
            ):
                return _each_once(_suggestion(row) for row in rows)[: ranking.MAX_CODE_SUGGESTIONS]
        return ()

    # --- words --------------------------------------------------------------------------------------

    def _by_words(self, query: Query, limit: int, seen: Collection[str]) -> tuple[Hit, ...]:
        found = self._words.find(query, limit, seen)
        numbers = json.dumps([each.number for each in found])
        rows = {
            number: _Entry(*entry) for number, *entry in self._connection.execute(_BY_NUMBERS, (numbers,))
        }
        if len(rows) != len(found):
            raise IndexDamaged("an entry has no origin")
        return tuple(
            _hit(rows[each.number], Match.TEXT, each.matched_on, each.method, each.marks_zh, each.marks_en)
            for each in found
        )


def _is_only_a_code_word(query: Query) -> bool:
    """Whether all that was typed is a code made of words: if it is unknown, its words mislead."""
    return "_" in "".join(query.candidates[:1]) and query.candidates[0].casefold() == query.folded.strip()


def _hit(
    entry: _Entry,
    match: Match,
    matched_on: MatchedField,
    method: MatchMethod = MatchMethod.LITERAL,
    marks_zh: Spans = (),
    marks_en: Spans = (),
) -> Hit:
    return Hit(
        id=entry.id,
        code=entry.code,
        origin=entry.origin,
        match=match,
        title=Text(entry.title_zh, entry.title_en),
        money=word(Money, entry.money),
        retry=word(Retry, entry.retry),
        origin_title=Text(entry.origin_zh, entry.origin_en),
        confidence=word(Confidence, entry.confidence) if entry.confidence else None,
        matched_on=matched_on,
        how=method,
        marks_zh=marks_zh,
        marks_en=marks_en,
    )


def _code_hit(row: _Spelling) -> Hit:
    match, matched_on = (Match.ALIAS, MatchedField.ALIAS) if row.alias else (Match.EXACT, MatchedField.CODE)
    return _hit(row.entry, match, matched_on)


def _suggestion(row: _Spelling) -> Hit:
    return _hit(
        row.entry, Match.NEAR, MatchedField.ALIAS if row.alias else MatchedField.CODE, MatchMethod.TYPO
    )


def _each_once(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits without the later ones of an entry that was found several ways."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.id, hit)
    return tuple(first.values())
