"""Answer a query: codes first, then words, then suggestions.

The life of a query:

1. ``domain.query`` reads it: card data and what a scanner reads are refused here; else it gives the candidate
   codes, the numbers that are only a number among words, and the text without the wrapping ("错误代码", "what
   does ... mean").
2. ``domain.makers`` finds the makers that are named. Beside a name a code is that maker's, or unknown: what
   others mean by it stands behind, marked as theirs.
3. Codes (this module). The whole query is tried as a code or an alias, even if it looks like words
   (``order closed``), then each candidate, at all levels: as written, with look-alike characters folded, and
   written otherwise (leading zeros, short hex), which is never an answer. The surer level stands first, then
   the origin that is named beside it, codes before aliases, the commoner origin, entries that the shop has
   seen, the better-sourced reading. A number among words is tried if they say what the code means or name its
   origin. A word that is in no text of the catalog, only in a code, is a code as well (``BANKERROR``). Beside
   a code nothing else is added, for there a guess misleads; a code that is made of words is followed by what
   the words find.
4. Words. ``query_expansion`` splits the query into terms and expands each to the index terms that match
   it (stems, prefixes, pinyin, initials, near sounds, typing errors, synonyms), each with a match factor.
   ``word_search`` reads their postings, scores the candidates, cuts what covers too little of the query,
   and orders the rest. Every weight and limit of this stands in ``ranking``.
5. Suggestions, marked as near: codes that begin with what was typed, for it may be half typed; else, if it
   has the form of a code, codes that are one edit away.
6. ``domain.outcome_words``: words that speak against the first hit's money state take the answer away.
"""

import json
import re
import sqlite3
import string
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
from msgspec import structs

from pos_helper.catalog.index.analyzer import GROUP
from pos_helper.catalog.index.damage import IndexDamaged
from pos_helper.catalog.index.format import EXACT, LOOKS_LIKE, LOOSE, decoded, word
from pos_helper.catalog.search import ranking
from pos_helper.catalog.search.word_search import WordSearch
from pos_helper.domain.entries import CARD_NETWORK, Confidence, Maker, MakerKind, Money, Retry
from pos_helper.domain.linguistics.characters import plain_characters
from pos_helper.domain.linguistics.english import one_edit_variants
from pos_helper.domain.linguistics.stop_words import STOP_WORDS
from pos_helper.domain.lookup import (
    Because,
    Hit,
    Lookup,
    MakerName,
    Match,
    MatchedField,
    MatchMethod,
    Outcome,
)
from pos_helper.domain.makers import MakerNames, NamedMaker, blanked
from pos_helper.domain.outcome_words import contradict
from pos_helper.domain.query import CodeKeys, Query, code_keys, read_query
from pos_helper.domain.resolved_entry import SHOP_PACK
from pos_helper.domain.sureness import SURE_WORDS, Evidence, fits, narrowed
from pos_helper.domain.text import Text, replace_surrogates

_MAKERS = msgspec.json.Decoder(Maker)
_LETTERS_APART = re.compile(r"[a-z|]{1,3}[\s./\-‐‑‒–—−_:]+[0-9]+", re.IGNORECASE)
_LAST = "\U0010ffff"
_CODE_CHARACTERS = string.digits + string.ascii_lowercase

_ROW = (
    "entry.id, code, origin, title_zh, title_en, money, retry, zh, en, screen_zh, screen_en,"
    " printed_zh, printed_en, confidence, names"
)
_ROWS = "entry JOIN origin ON origin.id = origin"
_KEYS = "code_key JOIN entry USING (number) JOIN origin ON origin.id = origin"
_BY_KEYS = f"""
SELECT alias, spelling, common, {_ROW} FROM {_KEYS}
WHERE level = ? AND key IN (SELECT value FROM json_each(?)) ORDER BY alias, number
"""
_BY_IDS = f"SELECT {_ROW} FROM {_ROWS} WHERE entry.id IN (SELECT value FROM json_each(?))"
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
    screen_zh: str
    screen_en: str
    printed_zh: str
    printed_en: str
    confidence: str | None
    names: str


class _Spelling(NamedTuple):
    """A spelling of a code that was found, an alias or the code itself, and the entry that it leads to."""

    level: int
    alias: int
    spelling: str
    common: int
    entry: _Entry

    @property
    def is_otherwise(self) -> bool:
        """Whether the code would have to be written otherwise than it was typed."""
        return self.level == LOOSE


class Search:
    """Searches one index. Raises ``IndexDamaged`` and ``sqlite3.Error``, and that only if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._words = WordSearch(connection)

    def find(
        self, text: str, limit: int, seen: Collection[str] = (), screens: Collection[str] = ()
    ) -> Lookup:
        """The answer to what a person typed, with at most ``limit`` hits.

        ``seen`` are ids of entries that the shop has met before; of equally good answers they come first.
        ``screens`` are the origins whose codes the shop's machines show; empty if that is not known.
        """
        # What is sure does not depend on how many hits are asked for.
        found = self._find(text, max(limit, ranking.MAX_JUDGED), seen, frozenset(screens))
        disputed = False
        if found.outcome in (Outcome.EXACT, Outcome.TEXT):
            first = found.hits[0]
            title = f"{first.title.zh}\n{first.title.en}\n{first.code}"
            disputed = contradict(found.query, first.money, title)
        return structs.replace(found, hits=found.hits[:limit], disputed=disputed)

    def entries(self, ids: Sequence[str]) -> list[Hit]:
        """These entries as hits, in this order, without those that there are not."""
        rows = self._connection.execute(_BY_IDS, (json.dumps(ids),))
        found = {entry.id: _hit(entry, Match.TEXT, MatchedField.TITLE) for entry in map(_Entry._make, rows)}
        return [found[each] for each in dict.fromkeys(ids) if each in found]

    def _find(self, text: str, limit: int, seen: Collection[str], screens: frozenset[str]) -> Lookup:
        query = read_query(replace_surrogates(text))
        if query.card_data or query.refused:
            outcome = Outcome.CARD_DATA if query.card_data else Outcome.NONE
            return Lookup(query.masked, query.masked, outcome, refused=query.refused)
        plain = plain_characters(query.masked)[0]
        names = self._makers.find(plain)
        # A name may hold digits (XP-80C, Windows 11): they are no code.
        code_query = read_query(blanked(plain, names)) if names else query
        named = [each for each in names if each.maker.kind.shows_codes]
        rows = self._code_rows(query, code_query, bool(named), seen)
        if named:
            return self._beside_makers(query, code_query, rows, named, limit, seen)
        read_as = query.candidates[0] if query.candidates else " ".join(query.words)
        if rows and rows[0].is_otherwise and not _is_only_a_code(query):
            # The words beside a code that is not there say more than what is written like it.
            hits, understood = self._by_words(query, limit, seen)
            if understood:
                hits = _each_once((*hits, *map(_code_hit, rows)))[:limit]
                return self._of_words(query, read_as, Outcome.TEXT, hits, screens)
        if rows:
            return self._of_code(query, rows, screens, limit, seen)
        is_only_an_amount = query.has_amount and all(map(str.isdecimal, query.words))
        is_searched = not (is_only_an_amount or _is_plainly_a_code(query))
        if is_searched:
            hits, understood = self._by_words(query, limit, seen)
            if hits:
                outcome = Outcome.TEXT if understood else Outcome.NEAR
                return self._of_words(query, read_as, outcome, hits, screens)
        if hits := self._completions(query.candidates or query.words[:1]) or self._near(query.candidates):
            return Lookup(query.masked, read_as, Outcome.NEAR, hits[:limit])
        return Lookup(query.masked, read_as, Outcome.NONE)

    def _of_code(
        self,
        query: Query,
        rows: Sequence[_Spelling],
        screens: frozenset[str],
        limit: int,
        seen: Collection[str],
    ) -> Lookup:
        """What a code means: its readings, and whether there is evidence for the screen that showed it."""
        best = [row for row in rows if row.level == rows[0].level]
        readings: Sequence[Hit] = _each_once(map(_code_hit, best))
        because = None
        if not rows[0].is_otherwise:
            readings, because = narrowed(readings, self._evidence(query, query, best, screens))
        hits = _each_once((*readings, *map(_code_hit, rows)))
        if not (query.candidates or query.numbers):
            hits = _each_once((*hits, *self._by_words(query, limit, seen)[0]))
            if because is None:
                return self._of_words(query, rows[0].spelling, Outcome.EXACT, hits[:limit], screens)
        if screens:
            kept = {hit.id for hit in readings} if because else set()
            hits = tuple(
                structs.replace(hit, others=not (hit.id in kept or _is_of(hit, screens))) for hit in hits
            )
            hits = tuple(sorted(hits, key=lambda hit: hit.others))
        outcome = Outcome.OTHERWISE if rows[0].is_otherwise else Outcome.EXACT
        return Lookup(query.masked, rows[0].spelling, outcome, hits[:limit], because=because)

    def _evidence(
        self,
        query: Query,
        nameless: Query,
        rows: Sequence[_Spelling],
        screens: frozenset[str],
        of_screens: Because = Because.MACHINES,
    ) -> Iterator[Evidence]:
        """All that tells which screen showed a code.

        ``nameless`` is the query without the names of makers; ``of_screens`` is what speaks for ``screens``.
        """
        # To take words apart, the Chinese tables are read: a code alone is answered without them.
        has_words = not _is_only_a_code(query)
        code: set[str] = set()
        if has_words:
            code = {term.text for row in rows for term in self._words.analyzer.terms(row.spelling)}
            named = self._named(query, code)
            clearest = max(named.values(), default=0.0)
            if named and not any(named.get(row.entry.origin) == clearest for row in rows):
                return  # a screen is named that shows no such code
            titled = self._titled(query)
            yield Because.NAMED, {row.entry.id for row in rows if row.entry.origin in titled}
        yield of_screens, {row.entry.id for row in rows if screens and _is_of(row.entry, screens)}
        yield Because.SHAPE, {row.entry.id for row in rows if self._has_shape(row)}
        if has_words:
            said = self._telling_terms(nameless.bare) - code - self._origins_by_term.keys()
            foreign = self._origins_of_makers - screens
            yield (
                Because.WORDS,
                {
                    row.entry.id
                    for row in rows
                    if self._is_said(row, said, 1.0 if row.entry.origin in foreign else SURE_WORDS)
                },
            )

    def _has_shape(self, row: _Spelling) -> bool:
        """Whether the code has a shape that its origin alone has."""
        return fits(row.spelling, self._shapes.get(row.entry.origin, ()))

    @cached_property
    def _shapes(self) -> dict[str, list[str]]:
        rows = self._connection.execute("SELECT id, shapes FROM origin WHERE shapes != ''")
        return {origin: shapes.split("\n") for origin, shapes in rows}

    def _is_said(self, row: _Spelling, said: Collection[str], least: float) -> bool:
        """Whether at least this part of the terms beside a code is in the entry's title or on its screen."""
        if not said:
            return False
        there = set().union(*map(self._telling_terms, row.entry.names.split("\n")))
        return len(there.intersection(said)) >= least * len(said)

    def _of_words(
        self, query: Query, read_as: str, outcome: Outcome, hits: tuple[Hit, ...], screens: frozenset[str]
    ) -> Lookup:
        """What words mean. The entries of one product are not the answer for whoever named and has none."""
        if outcome is Outcome.NEAR:
            return Lookup(query.masked, read_as, outcome, hits)
        foreign = self._origins_of_makers - screens
        hits = tuple(structs.replace(hit, others=hit.origin in foreign) for hit in hits)
        if screens:
            hits = _own_first(hits)
        because = Because.WORDS if _are_sure(query, hits) else None
        return Lookup(query.masked, read_as, outcome, hits, because=because)

    def _beside_makers(
        self,
        query: Query,
        code_query: Query,
        rows: Sequence[_Spelling],
        named: Sequence[NamedMaker],
        limit: int,
        seen: Collection[str],
    ) -> Lookup:
        """The answer to what stands beside a maker's name: what the maker means by it, or that it is unknown.

        What other makers mean by it stands behind that, marked as theirs, and is never the answer.
        """
        makers = {each.maker.id: each.maker for each in named}
        names = tuple(MakerName(maker.name, bool(maker.origins)) for maker in makers.values())
        origins = {origin for maker in makers.values() for origin in maker.origins}
        codes = (*code_query.candidates, *code_query.numbers, *code_query.digits)
        read_as = codes[0] if codes else " ".join(query.words)
        is_code = bool(codes) and (_is_only_a_code(code_query) or any(each.before_code for each in named))
        outcome = Outcome.NONE
        because = None
        if rows:
            own = {row.entry.id for row in rows if _is_of(row.entry, origins)}
            hits = [structs.replace(_code_hit(row), others=row.entry.id not in own) for row in rows]
            if own:
                first = next(row for row in rows if row.entry.id in own)
                read_as = first.spelling
                outcome = Outcome.OTHERWISE if first.is_otherwise else Outcome.EXACT
                best = [row for row in rows if row.entry.id in own and row.level == first.level]
                if not first.is_otherwise:
                    evidence = self._evidence(query, code_query, best, frozenset(origins), Because.NAMED)
                    readings, because = narrowed(_each_once(map(_code_hit, best)), evidence)
                    hits = [*readings, *hits]
        elif is_code:
            hits = []
        else:
            # A card scheme is named in many a message, and it does not tell whose screen showed that.
            is_screen = any(maker.kind is not MakerKind.CARD_NETWORK for maker in makers.values())
            foreign = self._origins_of_makers - origins if is_screen else frozenset()
            found, understood = self._by_words(query, limit, seen)
            hits = [structs.replace(hit, others=hit.origin in foreign) for hit in found]
            if not all(hit.others for hit in hits):
                outcome = Outcome.TEXT if understood else Outcome.NEAR
        hits.sort(key=lambda hit: hit.others)
        listed = _each_once(hits)[:limit]
        if outcome is Outcome.TEXT and _are_sure(code_query, listed):
            because = Because.WORDS
        return Lookup(query.masked, read_as, outcome, listed, names, because=because)

    @cached_property
    def _makers(self) -> MakerNames:
        rows = self._connection.execute("SELECT body FROM record WHERE kind = 'makers' ORDER BY number")
        return MakerNames([decoded(body, _MAKERS) for (body,) in rows])

    @cached_property
    def _origins_of_makers(self) -> frozenset[str]:
        """The origins that are of some makers only; the card networks' codes are shown by everybody's."""
        return self._makers.origins - {CARD_NETWORK}

    # --- codes --------------------------------------------------------------------------------------

    def _code_rows(
        self, query: Query, code_query: Query, is_named: bool, seen: Collection[str]
    ) -> list[_Spelling]:
        """What is found as a code, best first: of the reading that is found without writing it otherwise."""
        whole = [] if query.has_amount else self._rows(EXACT, {code_keys(query.masked).exact})
        if is_named and not whole and not code_query.candidates:
            # The word on the maker's screen, such as APPROVED.
            whole = self._rows(EXACT, {code_keys(code_query.masked).exact})
        if whole and code_keys("".join(code_query.candidates[:1])).exact != code_keys(query.masked).exact:
            return self._sorted(whole, query, seen)  # a code that is more than one piece, such as n=1 bit2
        numbers = (*code_query.numbers, *code_query.digits) if is_named else ()
        found = [self._by_code(code_keys(each)) for each in (*code_query.candidates, *numbers)]
        # A reading that is found as it stands before one that would have to be written otherwise.
        found = sorted(filter(None, found), key=lambda rows: rows[0].is_otherwise)
        if found:
            return self._sorted(found[0], query, seen)
        for number in code_query.numbers:
            rows = [row for row in self._by_code(code_keys(number)) if not row.is_otherwise]
            meant = {row.entry.id for row in rows if self._is_meant(row, code_query)}
            if meant:
                return sorted(self._sorted(rows, query, seen), key=lambda row: row.entry.id not in meant)
        return self._sorted(whole or self._rows(EXACT, self._words.only_in_codes(query.words)), query, seen)

    def _is_meant(self, row: _Spelling, query: Query) -> bool:
        """Whether the words beside a number say what the code means, or name its origin."""
        terms = self._telling_terms(query.bare)
        entry = row.entry
        names = (entry.title_zh, entry.title_en, entry.origin_zh, entry.origin_en)
        return any(terms & self._telling_terms(name) for name in names)

    def _telling_terms(self, text: str) -> set[str]:
        return {
            term.text
            for term in self._words.analyzer.terms(text)
            if len(term.text) > 1 and not term.text.isdecimal() and not term.text.startswith(GROUP)
            if term.text not in STOP_WORDS
        }

    def _sorted(self, rows: Sequence[_Spelling], query: Query, seen: Collection[str]) -> list[_Spelling]:
        """Surer levels first, then the named origin, codes before aliases, common ones, what was seen."""
        named = self._named(query) if len({row.entry.origin for row in rows}) > 1 else {}
        # They stand in the order of their numbers, and of equals stay so.
        return sorted(
            rows,
            key=lambda row: (
                row.level,
                -named.get(row.entry.origin, 0.0),
                row.alias,
                -row.common,
                row.entry.id not in seen,
            ),
        )

    def _by_code(self, keys: CodeKeys) -> list[_Spelling]:
        """What is found at all levels, the surest first; an entry stands at its surest level only."""
        levels = ((EXACT, {keys.exact}), (LOOKS_LIKE, {keys.looks_like}), (LOOSE, keys.loose_query))
        found: dict[str, list[_Spelling]] = {}
        for level, keys_of_level in levels:
            for row in self._rows(level, keys_of_level):
                rows = found.setdefault(row.entry.id, [])
                if not rows or rows[0].level == level:
                    rows.append(row)
        return sorted((row for rows in found.values() for row in rows), key=lambda row: row.level)

    def _rows(self, level: int, keys: Iterable[str]) -> list[_Spelling]:
        return self._spellings(_BY_KEYS, (level, json.dumps(sorted(keys))))

    def _spellings(self, sql: str, values: tuple[int | str, ...]) -> list[_Spelling]:
        level = int(values[0])
        return [
            _Spelling(level, alias, spelling, common, _Entry(*entry))
            for alias, spelling, common, *entry in self._connection.execute(sql, values)
        ]

    def _named(self, query: Query, code: Collection[str] = ()) -> Mapping[str, float]:
        """How clearly the words beside a code, which are not its own, name its origin, by the origin's id."""
        named: Counter[str] = Counter()
        if any(word.isalpha() and len(word) > 1 for word in query.words):
            for term in {term.text for term in self._words.analyzer.terms(query.bare)}.difference(code):
                origins = self._origins_by_term.get(term, ())
                if 0 < len(origins) <= ranking.MAX_ORIGINS_PER_NAME:
                    named.update(dict.fromkeys(origins, 1 / len(origins)))
        return named

    def _titled(self, query: Query) -> frozenset[str]:
        """The origins of whose title, in one language, the query has the greater part."""
        said = self._telling_terms(query.folded)  # with the labels, which are in titles too
        return frozenset(
            origin
            for origin, titles in self._titles.items()
            if any(len(title & said) > len(title) / 2 for title in titles)
        )

    @cached_property
    def _titles(self) -> dict[str, list[set[str]]]:
        rows = self._connection.execute("SELECT id, zh, en FROM origin")
        return {origin: [self._telling_terms(title) for title in both] for origin, *both in rows}

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

    def _by_words(self, query: Query, limit: int, seen: Collection[str]) -> tuple[tuple[Hit, ...], bool]:
        """What the words find, and whether they were understood: else it is guesses, and marked as such."""
        result = self._words.find(query, limit, seen)
        found, match = result.hits, Match.TEXT if result.understood else Match.NEAR
        numbers = json.dumps([each.number for each in found])
        rows = {
            number: _Entry(*entry) for number, *entry in self._connection.execute(_BY_NUMBERS, (numbers,))
        }
        if len(rows) != len(found):
            raise IndexDamaged("an entry has no origin")
        hits = tuple(
            structs.replace(
                _hit(rows[each.number], match, each.matched_on, each.method),
                named=each.named,
                marks_zh=each.marks_zh,
                marks_en=each.marks_en,
            )
            for each in found
        )
        return hits, result.understood


def _own_first(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with one of this shop first that the words name, if there is one among the best."""
    own = (hit for hit in hits[: ranking.MAX_JUDGED] if _is_named(hit) and not hit.others)
    return _each_once((*own, *hits))


def _are_sure(query: Query, hits: tuple[Hit, ...]) -> bool:
    """Whether words make their first hit sure.

    They do if they name it, if all of the best that they name says the same about the money, and if they
    leave no number unexplained.
    """
    has_number = query.has_amount or any(map(str.isdecimal, query.bare))
    is_own = _is_named(hits[0]) and not hits[0].others
    moneys = {hit.money for hit in hits[: ranking.MAX_JUDGED] if _is_named(hit)}
    return is_own and not has_number and len(moneys) == 1


def _is_named(hit: Hit) -> bool:
    return hit.named >= ranking.MIN_NAMED_TO_BE_SURE


def _is_plainly_a_code(query: Query) -> bool:
    """Whether all that was typed is a code that can be nothing else, such as USER_PAYING or -10.

    If it is unknown, what words find misleads, for they would find a part of it: E 05 is not 05. Letters and
    digits without a joint may be pinyin with tones.
    """
    first = "".join(query.candidates[:1])
    has_joint = "_" in first or first.startswith("-") or _LETTERS_APART.fullmatch(first) is not None
    return _is_only_a_code(query) and has_joint


def _is_only_a_code(query: Query) -> bool:
    """Whether all that was typed is a code."""
    codes = "".join((*query.candidates, *query.numbers, *query.digits)).casefold()
    return bool(codes) and all(word in codes for word in query.words)


def _is_of(entry: _Entry | Hit, origins: Collection[str]) -> bool:
    """Whether an entry is of one of these origins, or was recorded in this shop."""
    return entry.origin in origins or entry.id.startswith(f"{SHOP_PACK}.")


def _hit(
    entry: _Entry,
    match: Match,
    matched_on: MatchedField,
    method: MatchMethod = MatchMethod.LITERAL,
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
        screen=Text(entry.screen_zh, entry.screen_en),
        printed=Text(entry.printed_zh, entry.printed_en),
        confidence=word(Confidence, entry.confidence) if entry.confidence else None,
        matched_on=matched_on,
        how=method,
    )


def _code_hit(row: _Spelling) -> Hit:
    match, matched_on = (Match.ALIAS, MatchedField.ALIAS) if row.alias else (Match.EXACT, MatchedField.CODE)
    return _hit(row.entry, Match.OTHERWISE if row.is_otherwise else match, matched_on)


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
