"""A question in words -> what is wanted: the terms of the index that answer it, and how well each does.

A want is one thing to be found, by one of several ways. ``没纸`` is wanted literally; ``meizhi`` by the words
that sound so; ``expierd`` by the words that it can be a slip of. What no entry has is not wanted at all, so a
whole question needs no cleaning.
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
from pos_helper.domain.linguistics.characters import base_letters
from pos_helper.domain.linguistics.chinese import is_han, sound_key, without_tones
from pos_helper.domain.linguistics.english import one_edit_variants, stem
from pos_helper.domain.linguistics.stop_words import STOP_WORDS
from pos_helper.domain.lookup import MatchMethod
from pos_helper.domain.query import Query

_MOST_TOKENS = 60
_MOST_LONGER = 8
_FEW_LONGER = 3
_MOST_SOUNDING = 10
_MOST_READINGS = 6
_LONGEST_FOR_EDITS = 20
_LONGEST_PINYIN = 60
_MOST_ROWS = 200
_AFTER_ALL = "\U0010ffff"

# How much a match counts, by how it came about.
_LITERAL = 1.0
_LONGER = 0.85
_SAME_SOUND = 0.8
_INITIALS = 0.7
_ONE_EDIT = 0.7
_NEAR_SOUND = 0.65
_SYNONYM = 0.72
_SAME_CONSONANTS = 0.6
_BEGINNING = 0.6
_ONE_CHARACTER = 0.25

_HALF_SOUND = _SAME_SOUND / 2
_SHORTEST_WITH_EDIT = 4
_SHORTEST_BEGINNING = 4
_SHORTEST_HALF = 2


class Expansion(Struct, frozen=True):
    """A term that answers a want, and how much such an answer counts (at most 1)."""

    term: str
    factor: float = _LITERAL
    how: MatchMethod = MatchMethod.LITERAL


Expansions = tuple[Expansion, ...]


class _Kind(Enum):
    """What a word of a question is made of."""

    CHINESE = 0
    PINYIN = 1
    OTHER = 2


class QueryTerm(Struct, frozen=True):
    """One thing to be found, and its place in the question.

    A ``weak`` want supports what others find, but finds nothing by itself. ``size`` is how much of the
    question it stands for, ``initials`` the letters of it that may be initials.
    """

    start: int
    end: int
    expansions: Expansions
    size: float = 1.0
    weak: bool = False
    initials: str = ""


class QueryExpander:
    """Reads questions with the vocabulary of one index. Raises ``sqlite3.Error`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def analyzer(self) -> Analyzer:
        """How texts are taken apart; read with the first question in words."""
        return Analyzer(read_chinese())

    def query_terms(self, query: Query) -> list[QueryTerm]:
        """What is wanted, in the order of the question."""
        found: list[QueryTerm] = []
        text = query.bare
        tokens = self.analyzer.tokens(text)[:_MOST_TOKENS]
        known = self._known(tokens, text)
        for kind, each in groupby(tokens, key=lambda token: self._kind(token, tokens, text)):
            run = list(each)
            if kind is _Kind.CHINESE:
                for part in _contiguous(run):
                    remnant = len(tokens) > 1 and _touches_han(part, query.folded)
                    found += self._chinese(part, known, remnant)
            else:
                found += self._latin(run, kind, tokens, text, known)
        return list(
            self._synonyms([query_term for query_term in found if query_term.expansions], query.folded)
        )

    def units(self, query: Query) -> list[tuple[int, int]]:
        """The places of what a question is made of: Latin words and Chinese characters that say something."""
        tokens = self.analyzer.tokens(query.bare)[:_MOST_TOKENS]
        said_by_the_way = {
            token.start
            for pair in pairwise(tokens)
            if pair[0].text + pair[1].text in STOP_WORDS
            for token in pair
        }
        return [
            (token.start, token.end)
            for token in tokens
            if token.start not in said_by_the_way
            if is_han(token.text) or (len(token.text) > 1 and token.text not in STOP_WORDS)
        ]

    def _kind(self, token: Token, tokens: Sequence[Token], text: str) -> "_Kind":
        if is_han(token.text):
            return _Kind.CHINESE
        chinese = self.analyzer.chinese
        spellings = chinese.spellings(without_tones(base_letters(text[token.start : token.end])))
        may_be_begun = token is tokens[-1]
        if any(may_be_begun or chinese.is_syllable(spelling[-1]) for spelling in spellings):
            return _Kind.PINYIN
        return _Kind.OTHER

    # --- Chinese ------------------------------------------------------------------------------------

    def _chinese(self, run: Sequence[Token], known: set[str], remnant: bool) -> Iterator[QueryTerm]:
        alone = len(run) == 1 and not remnant
        for token in run:
            if token.text in known:
                expansion = Expansion(token.text, _LITERAL if alone else _ONE_CHARACTER)
                yield QueryTerm(token.start, token.end, (expansion,), weak=not alone)
        pairs = list(pairwise(run))
        words = [one.text + other.text for one, other in pairs]
        sounding: list[Expansions] = [()] * len(pairs)
        if not known.issuperset(words):  # a slip in one pair of neighbours is one in the next pair too
            readings = [self.analyzer.chinese.readings(token.text) for token in run]
            sounding = self._sounding(pairwise(readings), MatchMethod.SOUND)
        for (one, other), word, alike in zip(pairs, words, sounding, strict=True):
            literal = (Expansion(word),) if word in known else ()
            if expansions := (*literal, *(expansion for expansion in alike if expansion.term != word)):
                yield QueryTerm(one.start, other.end, expansions, weak=word in STOP_WORDS and len(run) > 2)

    def _sounding(self, words: Iterable[Sequence[Sequence[str]]], how: MatchMethod) -> list[Expansions]:
        """For each word, the words of the index that sound so. Each syllable may be one of several."""
        spoken = [
            {" ".join(each): sound_key(each) for each in islice(product(*word), _MOST_READINGS)}
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
                Expansion(found, _SAME_SOUND if exact in word else _NEAR_SOUND, how)
                for key in set(word.values())
                for exact, found in alike.get(key, ())
            )
            for word in spoken
        ]

    def _begun(self, word: Sequence[Sequence[str]]) -> Expansions:
        """The words of the index that sound as this one begins."""
        spoken = {" ".join(each): sound_key(each) for each in islice(product(*word), _MOST_READINGS)}
        rows = [row for key in set(spoken.values()) for row in self._sounds(key, key + _AFTER_ALL)]
        return _best(
            Expansion(
                found, _SAME_SOUND if exact.startswith(tuple(spoken)) else _NEAR_SOUND, MatchMethod.PINYIN
            )
            for exact, found in rows
        )

    # --- letters ------------------------------------------------------------------------------------

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
            if kind is _Kind.PINYIN and sum(map(len, words)) <= _LONGEST_PINYIN:
                likeness, spoken = self._pinyin(words, *self._beside(run, tokens))
                # A word that somebody is typing, or has mistyped, may look like pinyin, but not all of it
                # will sound right.
                may_be_other = all(self._longer(word) or self._one_edit_terms(word) for word in words)
                if likeness >= (_SAME_SOUND if may_be_other else _HALF_SOUND):
                    whole = spoken
            if not whole and (len(initials) > 1 or len(words) > 1):
                whole = initials
            if whole:
                size = max(1, len(letters) - 1) / len(whole) if whole is initials else 1
                for expansions in whole:
                    yield QueryTerm(run[0].start, run[-1].end, expansions, size, initials=letters)
                return
        for token, word in zip(run, words, strict=True):
            joined = self._joined(token, tokens, text, known)
            weak = token.text in STOP_WORDS and len(tokens) > 1
            for expansions in self._word(word, (*joined, *chain.from_iterable(initials)), known):
                yield QueryTerm(token.start, token.end, expansions, weak=weak, initials=letters)

    def _joined(
        self, token: Token, tokens: Sequence[Token], text: str, known: set[str]
    ) -> Iterator[Expansion]:
        """The word that an atom is half of, with the one before or after it."""
        place = tokens.index(token)
        for one, other in pairwise(tokens[max(0, place - 1) : place + 2]):
            whole = stem(
                base_letters(text[one.start : one.end]) + base_letters(text[other.start : other.end])
            )
            if whole in known and not is_han(whole):
                yield Expansion(whole)

    def _word(self, word: str, also: Sequence[Expansion], known: set[str]) -> list[Expansions]:
        """A word of letters: itself, longer ones, and what else it may be; if none, what was meant by it."""
        if len(word) < 2:
            return []  # the beginning of a code, not a word
        root = stem(word)
        longer = self._longer(word) if word.isalpha() else []
        expansions = (
            *((Expansion(root),) if root in known else ()),
            *(Expansion(each, _LONGER) for each in longer if each != root),
            *also,
        )
        if root not in known and 0 < len(longer) < _FEW_LONGER:
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
            (word, word + _AFTER_ALL, _MOST_LONGER),
        )
        return [longer for (longer,) in rows]

    def _halves(self, word: str) -> tuple[str, str] | None:
        """The two words that were written as one."""
        cuts = [
            (stem(word[:place]), stem(word[place:]))
            for place in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
        ]
        known = self._among(half for cut in cuts for half in cut)
        return max(
            (cut for cut in cuts if known.issuperset(cut)), key=lambda cut: min(map(len, cut)), default=None
        )

    def _one_edit_terms(self, word: str) -> Expansions:
        if not _SHORTEST_WITH_EDIT <= len(word) <= _LONGEST_FOR_EDITS:
            return ()
        meant = self._among({stem(each) for each in one_edit_variants(word)})
        return tuple(Expansion(each, _ONE_EDIT, MatchMethod.TYPO) for each in sorted(meant))

    def _same_consonants(self, root: str) -> Expansions:
        key = consonant_key(root)
        near = [word for _, word in self._sounds(key, key) if abs(len(word) - len(root)) <= 2] if key else []
        return tuple(Expansion(word, _SAME_CONSONANTS, MatchMethod.TYPO) for word in near)

    def _beginning(self, word: str) -> Expansions:
        """The longest known word that this one begins with."""
        known = self._among(word[:length] for length in range(_SHORTEST_BEGINNING, len(word)))
        return tuple(Expansion(each, _BEGINNING) for each in sorted(known, key=len)[-1:])

    # --- letters that spell Chinese -----------------------------------------------------------------

    def _pinyin(
        self, words: Sequence[str], before: Sequence[str], after: Sequence[str]
    ) -> tuple[float, Sequence[Expansions]]:
        """What the words mean as pinyin, beside these readings of a character, and how much that counts."""
        spellings = [self.analyzer.chinese.spellings(without_tones(word)) for word in words]
        best: tuple[float, list[Expansions]] = (0.0, [])
        for choice in islice(product(*spellings), _MOST_READINGS):
            syllables = [syllable for spelling in choice for syllable in spelling]
            begun = not self.analyzer.chinese.is_syllable(syllables[-1])
            whole = syllables[:-1] if begun else syllables
            if not all(map(self.analyzer.chinese.is_syllable, whole)):
                continue
            spoken = [each for each in (before, *([each] for each in syllables), after) if each]
            units: list[tuple[Sequence[str], ...]] = [*pairwise(spoken)]
            if not units and words[0].isalpha() and not self._longer(words[0]):
                units = [(spoken[0],)]
            pairs = self._sounding(units[:-1] if begun else units, MatchMethod.PINYIN)
            if begun and units:
                pairs.append(self._begun(units[-1]))
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
        """What letters mean as the initials of a name; nothing if they are none."""
        if len(letters) < 2:
            return ()
        terms = [
            INITIALS + letters[start : start + INITIALS_LENGTH]
            for start in range(max(1, len(letters) - INITIALS_LENGTH + 1))
        ]
        known = self._among(terms)
        if len(letters) < INITIALS_LENGTH:
            longer = [each for each in self._longer(terms[0]) if each != terms[0]]
            expansions = tuple(Expansion(term, _INITIALS, MatchMethod.INITIALS) for term in (*known, *longer))
            return (expansions,) if expansions else ()
        found = [(Expansion(term, _INITIALS, MatchMethod.INITIALS),) for term in terms if term in known]
        return found if 2 * len(found) > len(terms) else ()

    # --- both ---------------------------------------------------------------------------------------

    def _synonyms(self, query_terms: Sequence[QueryTerm], folded: str) -> Iterator[QueryTerm]:
        """The wants again, each answered also by the other words for what it is part of."""
        tokens = self.analyzer.tokens(folded)[:_MOST_TOKENS]
        groups = self._groups(tokens)
        for query_term in query_terms:
            expansions = tuple(
                Expansion(group.text, _SYNONYM)
                for group in groups
                if _is_inside(query_term, group) and not query_term.weak
            )
            yield (
                structs.replace(query_term, expansions=(*query_term.expansions, *expansions))
                if expansions
                else query_term
            )
        for group in groups:
            inside = [token.text for token in tokens if group.start <= token.start < group.end]
            is_phrase = len(inside) > (2 if is_han(inside[0]) else 1)
            if is_phrase or not any(
                _is_inside(query_term, group) and not query_term.weak for query_term in query_terms
            ):
                # What has all of a phrase has more than some of its words.
                yield QueryTerm(group.start, group.end, (Expansion(group.text, _SYNONYM),))

    def _groups(self, tokens: Sequence[Token]) -> list[Token]:
        """The groups of synonyms of which a word stands among the atoms; only these are read."""
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
        """What the index has of the atoms, and of neighbours taken as one word."""
        words = [base_letters(text[token.start : token.end]) for token in tokens]
        pairs = pairwise(zip(tokens, words, strict=True))
        joined = (
            one.text + other.text if is_han(one.text) else stem(word + next_word)
            for (one, word), (other, next_word) in pairs
            if is_han(one.text) == is_han(other.text)
        )
        return self._among([*(token.text for token in tokens), *joined])

    def _among(self, words: Iterable[str]) -> set[str]:
        """Those of the words that the index has."""
        rows = self._connection.execute(
            "SELECT word FROM term WHERE word IN (SELECT value FROM json_each(?))", (json.dumps(list(words)),)
        )
        return {word for (word,) in rows}

    def _sounds(self, first: str, last: str) -> list[tuple[str, str]]:
        return self._connection.execute(
            "SELECT exact, word FROM sound WHERE key BETWEEN ? AND ? LIMIT ?", (first, last, _MOST_ROWS)
        ).fetchall()


def _best(expansions: Iterable[Expansion]) -> Expansions:
    """The best way to each term, of those that count most."""
    best: dict[str, Expansion] = {}
    for expansion in sorted(expansions, key=lambda expansion: (-expansion.factor, expansion.term)):
        best.setdefault(expansion.term, expansion)
    return tuple(islice(best.values(), _MOST_SOUNDING))


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
    """Whether more Chinese was said right before or after a run, which was then left out as filler."""
    return is_han(folded[: run[0].start][-1:]) or is_han(folded[run[-1].end :][:1])


def _is_inside(query_term: QueryTerm, group: Token) -> bool:
    return group.start <= query_term.start and query_term.end <= group.end


def _letters(words: Sequence[str]) -> str:
    """The letters that may be initials: one word, or letters one by one."""
    letters = "".join(words)
    may_be = len(words) == 1 or len(letters) == len(words)
    return letters if may_be and len(letters) > 1 and letters.isascii() and letters.isalpha() else ""
