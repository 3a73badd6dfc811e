"""Split a query into terms, and expand each to the terms of the index that match it.

A query term matches in one or several ways: ``没纸`` literally, ``meizhi`` by the words that sound so,
``expierd`` by the words that are one edit away. Terms with no match in the index are dropped, so a whole
question needs no cleaning.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from itertools import chain, groupby, islice, pairwise, product

from msgspec import Struct, structs

from pos_helper.catalog.index.analyzer import (
    INITIALS,
    INITIALS_LENGTH,
    LONGEST_PHRASE,
    Analyzer,
    Token,
    read_chinese,
)
from pos_helper.catalog.index.format import consonant_key
from pos_helper.catalog.search import ranking
from pos_helper.domain.linguistics.characters import base_letters
from pos_helper.domain.linguistics.chinese import is_han, sound_key, without_tones
from pos_helper.domain.linguistics.english import one_edit_variants, stem
from pos_helper.domain.linguistics.stop_words import STOP_WORDS
from pos_helper.domain.lookup import MatchMethod
from pos_helper.domain.query import Query

_LAST = "\U0010ffff"

_IN_TEXTS = "AND length(title) + length(meaning) + length(phrases) + length(cause) + length(step) > 0"
"""Words that stand in texts, and not only in codes."""
"""Sorts behind every term with the same prefix."""


class Expansion(Struct, frozen=True):
    """An index term that matches a query term, the factor of the match, and its method."""

    term: str
    factor: float = ranking.LITERAL
    method: MatchMethod = MatchMethod.LITERAL


Expansions = tuple[Expansion, ...]


class _Kind(Enum):
    """What a token of a query is taken for."""

    CHINESE = 0
    PINYIN = 1
    OTHER = 2


class QueryTerm(Struct, frozen=True):
    """A term of a query with its span in it, and the index terms that match it.

    An ``optional`` term ranks what the required ones find, and finds nothing by itself.
    ``initials`` are the letters of it that may be initials.
    """

    start: int
    end: int
    expansions: Expansions
    optional: bool = False
    initials: str = ""


class QueryExpander:
    """Expands queries with the vocabulary of one index. Raises ``sqlite3.Error`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analyzer of the index; its tables are read with the first query in words."""
        return Analyzer(read_chinese())

    def query_terms(self, query: Query) -> list[QueryTerm]:
        """The terms of a query that the index can match, in the order of the query."""
        found: list[QueryTerm] = []
        text = query.bare
        tokens = self.analyzer.tokens(text)[: ranking.MAX_QUERY_TOKENS]
        known = self._known(tokens, text)
        for kind, each in groupby(tokens, key=lambda token: self._kind(token, tokens, text)):
            run = list(each)
            if kind is _Kind.CHINESE:
                for part in _contiguous(run):
                    is_fragment = len(tokens) > 1 and _touches_han(part, query.folded)
                    found += self._chinese(part, known, is_fragment)
            else:
                found += self._latin(run, kind, tokens, text, known)
        return list(
            self._synonyms([query_term for query_term in found if query_term.expansions], query.folded)
        )

    def content_spans(self, query: Query) -> list[tuple[int, int]]:
        """The spans of the tokens of a query that are no stop words."""
        tokens = self.analyzer.tokens(query.bare)[: ranking.MAX_QUERY_TOKENS]
        in_stop_words = {
            token.start
            for pair in pairwise(tokens)
            if pair[0].text + pair[1].text in STOP_WORDS
            for token in pair
        }
        return [
            (token.start, token.end)
            for token in tokens
            if token.start not in in_stop_words
            if is_han(token.text) or (len(token.text) > 1 and token.text not in STOP_WORDS)
        ]

    def _kind(self, token: Token, tokens: Sequence[Token], text: str) -> "_Kind":
        if is_han(token.text):
            return _Kind.CHINESE
        chinese = self.analyzer.chinese
        spellings = chinese.spellings(without_tones(base_letters(text[token.start : token.end])))
        may_be_half_typed = token is tokens[-1]
        if any(may_be_half_typed or chinese.is_syllable(spelling[-1]) for spelling in spellings):
            return _Kind.PINYIN
        return _Kind.OTHER

    # --- Chinese ------------------------------------------------------------------------------------

    def _chinese(self, run: Sequence[Token], known: set[str], is_fragment: bool) -> Iterator[QueryTerm]:
        alone = len(run) == 1 and not is_fragment
        for token in run:
            if token.text in known:
                expansion = Expansion(token.text, ranking.LITERAL if alone else ranking.SINGLE_CHARACTER)
                yield QueryTerm(token.start, token.end, (expansion,), optional=not alone)
        pairs = list(pairwise(run))
        words = [one.text + other.text for one, other in pairs]
        sounding: list[Expansions] = [()] * len(pairs)
        if not known.issuperset(words):  # a wrong character is part of two pairs
            readings = [self.analyzer.chinese.readings(token.text) for token in run]
            sounding = self._sounding(pairwise(readings), MatchMethod.SOUND)
        for (one, other), word, alike in zip(pairs, words, sounding, strict=True):
            literal = (Expansion(word),) if word in known else ()
            if expansions := (*literal, *(expansion for expansion in alike if expansion.term != word)):
                yield QueryTerm(
                    one.start, other.end, expansions, optional=word in STOP_WORDS and len(run) > 2
                )

    def _sounding(self, words: Iterable[Sequence[Sequence[str]]], method: MatchMethod) -> list[Expansions]:
        """For each word (readings by syllable) the words of the index that sound nearly so."""
        spoken = [
            {" ".join(each): sound_key(each) for each in islice(product(*word), ranking.MAX_READINGS)}
            for word in words
        ]
        rows = self._connection.execute(
            "SELECT key, exact, word FROM sound WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted({key for word in spoken for key in word.values()})),),
        )
        alike: dict[str, list[tuple[str, str]]] = {}
        for key, exact, word in rows:
            alike.setdefault(key, []).append((exact, word))
        return [
            _best(
                Expansion(found, ranking.SAME_SOUND if exact in word else ranking.NEAR_SOUND, method)
                for key in set(word.values())
                for exact, found in alike.get(key, ())
            )
            for word in spoken
        ]

    def _sound_prefix(self, word: Sequence[Sequence[str]]) -> Expansions:
        """The words of the index whose sound begins as this one."""
        spoken = {" ".join(each): sound_key(each) for each in islice(product(*word), ranking.MAX_READINGS)}
        rows = [row for key in set(spoken.values()) for row in self._sounds(key, key + _LAST)]
        return _best(
            Expansion(
                found,
                ranking.SAME_SOUND if exact.startswith(tuple(spoken)) else ranking.NEAR_SOUND,
                MatchMethod.PINYIN,
            )
            for exact, found in rows
        )

    # --- Latin words --------------------------------------------------------------------------------

    def _latin(
        self, run: Sequence[Token], kind: "_Kind", tokens: Sequence[Token], text: str, known: set[str]
    ) -> Iterator[QueryTerm]:
        words = [base_letters(text[token.start : token.end]) for token in run]
        initials: Sequence[Expansions] = ()
        letters = ""
        if any(token.text not in known for token in run):
            letters = _letters(words)
            initials = self._initials(letters)
            letters = letters if initials else ""
            whole: Sequence[Expansions] = ()
            if kind is _Kind.PINYIN and sum(map(len, words)) <= ranking.MAX_PINYIN_LENGTH:
                likeness, spoken = self._pinyin(words, *self._beside(run, tokens))
                # A half-typed or mistyped English word may look like pinyin, but hardly all of it sounds
                # like a word of the index.
                may_be_english = all(self._longer(word) or self._one_edit_terms(word) for word in words)
                if likeness >= (ranking.SAME_SOUND if may_be_english else ranking.MIN_PINYIN_LIKENESS):
                    whole = spoken
            if not whole and (len(initials) > 1 or len(words) > 1):
                whole = initials
            if whole:
                for expansions in whole:
                    yield QueryTerm(run[0].start, run[-1].end, expansions, initials=letters)
                return
        for token, word in zip(run, words, strict=True):
            joined = self._joined(token, tokens, text, known)
            optional = token.text in STOP_WORDS and len(tokens) > 1
            for expansions in self._word(word, (*joined, *chain.from_iterable(initials)), known):
                yield QueryTerm(token.start, token.end, expansions, optional=optional, initials=letters)

    def _joined(
        self, token: Token, tokens: Sequence[Token], text: str, known: set[str]
    ) -> Iterator[Expansion]:
        """The words that a token makes together with the one before or after it: ``time out``."""
        place = tokens.index(token)
        for one, other in pairwise(tokens[max(0, place - 1) : place + 2]):
            whole = stem(
                base_letters(text[one.start : one.end]) + base_letters(text[other.start : other.end])
            )
            if whole in known and not is_han(whole):
                yield Expansion(whole)

    def _word(self, word: str, also: Sequence[Expansion], known: set[str]) -> list[Expansions]:
        """A Latin word: itself, its completions and what else it may be, or else its corrections."""
        if len(word) < 2:
            return []  # the beginning of a code, not a word
        root = stem(word)
        longer = self._longer(word) if word.isalpha() else []
        expansions = (
            *((Expansion(root),) if root in known else ()),
            *(Expansion(each, ranking.PREFIX) for each in longer if each != root),
            *also,
        )
        if root not in known and 0 < len(longer) < ranking.MIN_PREFIX_EXPANSIONS:
            expansions = (*expansions, *self._one_edit_terms(word))
        if expansions or root in STOP_WORDS or not (word.isascii() and word.isalpha()):
            return [expansions]
        if meant := self._one_edit_terms(word):
            return [(*meant, *self._same_consonants(root))]
        if halves := self._halves(word):
            return [(Expansion(half),) for half in halves]
        return [(*self._same_consonants(root), *self._beginning(word))]

    def _longer(self, word: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT word FROM term WHERE word > ? AND word < ? ORDER BY entries DESC LIMIT ?",
            (word, word + _LAST, ranking.MAX_PREFIX_EXPANSIONS),
        )
        return [longer for (longer,) in rows]

    def _halves(self, word: str) -> tuple[str, str] | None:
        """The two words that were written as one: ``cardexpired``. Two codes never are: ``xkcd``."""
        cuts = [
            (stem(word[:place]), stem(word[place:]))
            for place in range(
                ranking.MIN_COMPOUND_PART_LENGTH, len(word) - ranking.MIN_COMPOUND_PART_LENGTH + 1
            )
        ]
        known = self._among((half for cut in cuts for half in cut), _IN_TEXTS)
        return max(
            (cut for cut in cuts if known.issuperset(cut)), key=lambda cut: min(map(len, cut)), default=None
        )

    def _one_edit_terms(self, word: str) -> Expansions:
        if not ranking.MIN_WORD_LENGTH_FOR_EDITS <= len(word) <= ranking.MAX_WORD_LENGTH_FOR_EDITS:
            return ()
        meant = self._among({stem(each) for each in one_edit_variants(word)})
        return tuple(Expansion(each, ranking.ONE_EDIT, MatchMethod.TYPO) for each in sorted(meant))

    def _same_consonants(self, root: str) -> Expansions:
        key = consonant_key(root)
        near = self._sounds(key, key) if key else ()
        return tuple(Expansion(word, ranking.SAME_CONSONANTS, MatchMethod.TYPO) for _, word in near)

    def _beginning(self, word: str) -> Expansions:
        """The longest word of the index that this one begins with."""
        known = self._among(word[:length] for length in range(ranking.MIN_KNOWN_PREFIX_LENGTH, len(word)))
        return tuple(
            Expansion(each, ranking.KNOWN_PREFIX, MatchMethod.TYPO) for each in sorted(known, key=len)[-1:]
        )

    # --- pinyin and initials ------------------------------------------------------------------------

    def _pinyin(
        self, words: Sequence[str], before: Sequence[str], after: Sequence[str]
    ) -> tuple[float, Sequence[Expansions]]:
        """How likely the words are pinyin, beside characters with these readings, and what they mean then."""
        spellings = [self.analyzer.chinese.spellings(without_tones(word)) for word in words]
        best: tuple[float, list[Expansions]] = (0.0, [])
        for choice in islice(product(*spellings), ranking.MAX_READINGS):
            syllables = [syllable for spelling in choice for syllable in spelling]
            half_typed = not self.analyzer.chinese.is_syllable(syllables[-1])
            whole = syllables[:-1] if half_typed else syllables
            if not all(map(self.analyzer.chinese.is_syllable, whole)):
                continue
            spoken = [each for each in (before, *([each] for each in syllables), after) if each]
            units: list[tuple[Sequence[str], ...]] = [*pairwise(spoken)]
            if not units and words[0].isalpha() and not self._longer(words[0]):
                units = [(spoken[0],)]
            pairs = self._sounding(units[:-1] if half_typed else units, MatchMethod.PINYIN)
            if half_typed and units:
                pairs.append(self._sound_prefix(units[-1]))
            alike = [expansions for expansions in pairs if expansions]
            likeness = sum(expansions[0].factor for expansions in alike) / max(1, len(pairs))
            if likeness > best[0]:
                best = (likeness, alike)
        return best

    def _beside(self, run: Sequence[Token], tokens: Sequence[Token]) -> tuple[Sequence[str], Sequence[str]]:
        """The readings of the characters that stand right before and right after a run of letters."""
        before = "".join(token.text for token in tokens if token.end == run[0].start)
        after = "".join(token.text for token in tokens if token.start == run[-1].end)
        return self.analyzer.chinese.readings(before), self.analyzer.chinese.readings(after)

    def _initials(self, letters: str) -> Sequence[Expansions]:
        """The initials of names that the letters match; nothing if too few of them do."""
        if len(letters) < 2:
            return ()
        terms = [
            INITIALS + letters[start : start + INITIALS_LENGTH]
            for start in range(max(1, len(letters) - INITIALS_LENGTH + 1))
        ]
        known = self._among(terms)
        if len(letters) < INITIALS_LENGTH:
            longer = [each for each in self._longer(terms[0]) if each != terms[0]]
            expansions = tuple(
                Expansion(term, ranking.INITIALS, MatchMethod.INITIALS) for term in (*known, *longer)
            )
            return (expansions,) if expansions else ()
        found = [
            (Expansion(term, ranking.INITIALS, MatchMethod.INITIALS),) for term in terms if term in known
        ]
        return found if len(found) > ranking.MIN_INITIALS_MATCHED * len(terms) else ()

    # --- synonyms and look-ups ----------------------------------------------------------------------

    def _synonyms(self, query_terms: Sequence[QueryTerm], folded: str) -> Iterator[QueryTerm]:
        """The terms, each with the groups of synonyms that it is part of; and whole phrases as terms."""
        tokens = self.analyzer.tokens(folded)[: ranking.MAX_QUERY_TOKENS]
        groups = self._groups(tokens)
        for query_term in query_terms:
            expansions = tuple(
                Expansion(group.text, ranking.SYNONYM)
                for group in groups
                if _is_inside(query_term, group) and not query_term.optional
            )
            yield (
                structs.replace(query_term, expansions=(*query_term.expansions, *expansions))
                if expansions
                else query_term
            )
        for group in groups:
            inside = [token.text for token in tokens if group.start <= token.start < group.end]
            is_phrase = len(inside) > (ranking.WORD_LENGTH_ZH if is_han(inside[0]) else 1)
            if is_phrase or not any(
                _is_inside(query_term, group) and not query_term.optional for query_term in query_terms
            ):
                # An entry about the whole phrase ranks before one with some of its words.
                yield QueryTerm(group.start, group.end, (Expansion(group.text, ranking.SYNONYM),))

    def _groups(self, tokens: Sequence[Token]) -> list[Token]:
        """The groups of synonyms with a word or phrase among the tokens; only these are read."""
        runs = {
            (start, end): " ".join(token.text for token in tokens[start:end])
            for start in range(len(tokens))
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(tokens)) + 1)
        }
        terms: dict[str, list[str]] = {}
        for words, term in self._connection.execute(
            "SELECT words, term FROM phrase WHERE words IN (SELECT value FROM json_each(?))",
            (json.dumps(list(runs.values())),),
        ):
            terms.setdefault(words, []).append(term)
        return [
            Token(term, tokens[start].start, tokens[end - 1].end)
            for (start, end), words in runs.items()
            for term in terms.get(words, ())
        ]

    def _known(self, tokens: Sequence[Token], text: str) -> set[str]:
        """The tokens that are in the index, and the neighbours that are as one word."""
        words = [base_letters(text[token.start : token.end]) for token in tokens]
        pairs = pairwise(zip(tokens, words, strict=True))
        joined = (
            one.text + other.text if is_han(one.text) else stem(word + next_word)
            for (one, word), (other, next_word) in pairs
            if is_han(one.text) == is_han(other.text)
        )
        return self._among([*(token.text for token in tokens), *joined])

    def _among(self, words: Iterable[str], which: str = "") -> set[str]:
        """Those of the words that are in the index, ``which`` being a further condition."""
        rows = self._connection.execute(
            f"SELECT word FROM term WHERE word IN (SELECT value FROM json_each(?)) {which}",
            (json.dumps(list(words)),),
        )
        return {word for (word,) in rows}

    def _sounds(self, first: str, last: str) -> list[tuple[str, str]]:
        return self._connection.execute(
            "SELECT exact, word FROM sound WHERE key BETWEEN ? AND ? LIMIT ?",
            (first, last, ranking.MAX_SOUND_ROWS),
        ).fetchall()


def _best(expansions: Iterable[Expansion]) -> Expansions:
    """The terms that match best, each with its best match."""
    best: dict[str, Expansion] = {}
    for expansion in sorted(expansions, key=lambda expansion: (-expansion.factor, expansion.term)):
        best.setdefault(expansion.term, expansion)
    return tuple(islice(best.values(), ranking.MAX_SOUND_EXPANSIONS))


def _contiguous(run: Sequence[Token]) -> Iterator[list[Token]]:
    """A run of characters, cut where something stands between them."""
    part: list[Token] = []
    for token in run:
        if part and part[-1].end != token.start:
            yield part
            part = []
        part.append(token)
    yield part


def _touches_han(run: Sequence[Token], folded: str) -> bool:
    """Whether Chinese wrapping was cut out right before or after a run."""
    return is_han(folded[: run[0].start][-1:]) or is_han(folded[run[-1].end :][:1])


def _is_inside(query_term: QueryTerm, group: Token) -> bool:
    return group.start <= query_term.start and query_term.end <= group.end


def _letters(words: Sequence[str]) -> str:
    """The letters that may be initials: one word, or letters one by one."""
    letters = "".join(words)
    may_be = len(words) == 1 or len(letters) == len(words)
    return letters if may_be and len(letters) > 1 and letters.isascii() and letters.isalpha() else ""
