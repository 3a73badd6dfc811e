"""A question in words -> what is wanted: the terms of the index that answer it, and how well each does.

A want is one thing to be found, by one of several ways. ``没纸`` is wanted literally; ``meizhi`` by the words
that sound so; ``expierd`` by the words that it can be a slip of. What no entry has is not wanted at all, so a
whole question needs no cleaning.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice, pairwise, product

from msgspec import Struct

from pos_helper.catalog.index_format import consonant_key
from pos_helper.catalog.terms import INITIALS, INITIALS_LENGTH, Analysis, Term, bare, is_han, read_chinese
from pos_helper.domain.chinese import near_sound
from pos_helper.domain.english import slips, stem
from pos_helper.domain.lookup import How
from pos_helper.domain.query import Query

_MOST_ATOMS = 60
_MOST_LONGER = 12
_MOST_SOUNDING = 10
_MOST_READINGS = 6
_LONGEST_FOR_SLIPS = 20
_MOST_ROWS = 200
_AFTER_ALL = "\U0010ffff"

# How much a match counts, by how it came about.
_LITERAL = 1.0
_LONGER = 0.85
_SAME_SOUND = 0.8
_INITIALS = 0.7
_SLIP = 0.7
_NEAR_SOUND = 0.65
_SYNONYM = 0.62
_SAME_CONSONANTS = 0.6
_BEGINNING = 0.6
_ONE_CHARACTER = 0.25

_SHORTEST_WITH_SLIP = 4
_SHORTEST_BEGINNING = 4
_SHORTEST_HALF = 2


class Way(Struct, frozen=True):
    """A term that answers a want, and how much such an answer counts (at most 1)."""

    term: str
    factor: float = _LITERAL
    how: How = How.LITERAL


class Want(Struct, frozen=True):
    """One thing to be found.

    A ``weak`` want supports what others find, but finds nothing by itself. ``size`` is how much of the
    question it stands for, ``initials`` the letters of it that may be initials.
    """

    ways: tuple[Way, ...] = ()
    size: float = 1.0
    weak: bool = False
    initials: str = ""


class Interpreter:
    """Reads questions with the vocabulary of one index. Raises ``sqlite3.Error`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def analysis(self) -> Analysis:
        """How texts are taken apart; read with the first question in words."""
        analysis = Analysis(read_chinese())
        (phrases,) = self._connection.execute("SELECT value FROM meta WHERE name = 'phrases'").fetchone()
        analysis.phrases = json.loads(phrases)
        return analysis

    def wants(self, query: Query) -> list[Want]:
        """What is wanted, in the order of the question."""
        found: list[Want] = []
        text = query.bare
        atoms = self.analysis.atoms(text)[:_MOST_ATOMS]
        known = self._known(atoms)
        runs = [list(run) for _, run in groupby(atoms, key=lambda atom: is_han(atom.text))]
        for run in runs:
            if is_han(run[0].text):
                for part in _contiguous(run):
                    found += self._chinese(part, known)
            else:
                found += self._latin(run, atoms, text, known)
        return [*found, *self._synonyms(atoms)]

    # --- Chinese ------------------------------------------------------------------------------------

    def _chinese(self, run: Sequence[Term], known: set[str]) -> Iterator[Want]:
        alone = len(run) == 1
        for atom in run:
            if atom.text in known:
                yield Want((Way(atom.text, _LITERAL if alone else _ONE_CHARACTER),), weak=not alone)
        pairs = list(pairwise(run))
        words = [one.text + other.text for one, other in pairs]
        sounding: list[tuple[Way, ...]] = [()] * len(pairs)
        if not known.issuperset(words):  # a slip in one pair of neighbours is one in the next pair too
            readings = [self.analysis.chinese.readings(atom.text) for atom in run]
            sounding = self._sounding(pairwise(readings), How.SOUND)
        for word, alike in zip(words, sounding, strict=True):
            literal = (Way(word),) if word in known else ()
            if ways := (*literal, *(way for way in alike if way.term != word)):
                yield Want(ways)

    def _sounding(self, words: Iterable[Sequence[Sequence[str]]], how: How) -> list[tuple[Way, ...]]:
        """For each word, the words of the index that sound so. Each syllable may be one of several."""
        spoken = [
            {" ".join(each): _near(each) for each in islice(product(*word), _MOST_READINGS)} for word in words
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
                Way(found, _SAME_SOUND if exact in word else _NEAR_SOUND, how)
                for key in set(word.values())
                for exact, found in alike.get(key, ())
            )
            for word in spoken
        ]

    def _begun(self, word: Sequence[Sequence[str]]) -> tuple[Way, ...]:
        """The words of the index that sound as this one begins."""
        spoken = {" ".join(each): _near(each) for each in islice(product(*word), _MOST_READINGS)}
        rows = [row for key in set(spoken.values()) for row in self._sounds(key, key + _AFTER_ALL)]
        return _best(
            Way(found, _SAME_SOUND if exact.startswith(tuple(spoken)) else _NEAR_SOUND, How.PINYIN)
            for exact, found in rows
        )

    # --- letters ------------------------------------------------------------------------------------

    def _latin(self, run: Sequence[Term], atoms: Sequence[Term], text: str, known: set[str]) -> list[Want]:
        words = [bare(text[atom.start : atom.end]) for atom in run]
        initials: list[Want] = []
        if any(atom.text not in known for atom in run):
            if spoken := self._pinyin(words, *self._beside(run, atoms), at_end=run[-1] is atoms[-1]):
                return spoken
            initials = self._initials(_letters(words))
            if len(initials) > 1 or (initials and len(words) > 1):
                return initials
        joined = [stem(one + other) for one, other in pairwise(words)]
        return [
            want
            for place, word in enumerate(words)
            for want in self._word(
                word,
                [Way(each) for each in joined[max(0, place - 1) : place + 1] if each in known],
                initials[0].ways if initials else (),
                known,
            )
        ]

    def _word(self, word: str, joined: Iterable[Way], initials: Iterable[Way], known: set[str]) -> list[Want]:
        """A word of letters: itself, joined with a neighbour, longer, initials; else what was meant by it."""
        if len(word) < 2:
            return []  # the beginning of a code, not a word
        root = stem(word)
        ways = [*([Way(root)] if root in known else []), *joined]
        if word.isalpha():
            ways += (Way(each, _LONGER) for each in self._longer(word) if each != root)
        if found := (*ways, *initials):
            return [Want(found, initials=word if initials else "")]
        if not (word.isascii() and word.isalpha()):
            return []
        if halves := self._halves(word):
            return [Want((Way(half),)) for half in halves]
        meant = (*self._slips(word), *self._same_consonants(root), *self._beginning(word))
        return [Want(meant)] if meant else []

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

    def _slips(self, word: str) -> tuple[Way, ...]:
        if not _SHORTEST_WITH_SLIP <= len(word) <= _LONGEST_FOR_SLIPS:
            return ()
        meant = self._among({stem(each) for each in slips(word)})
        return tuple(Way(each, _SLIP, How.TYPO) for each in sorted(meant))

    def _same_consonants(self, root: str) -> tuple[Way, ...]:
        key = consonant_key(root)
        near = [word for _, word in self._sounds(key, key) if abs(len(word) - len(root)) <= 2] if key else []
        return tuple(Way(word, _SAME_CONSONANTS, How.TYPO) for word in near)

    def _beginning(self, word: str) -> tuple[Way, ...]:
        """The longest known word that this one begins with."""
        known = self._among(word[:length] for length in range(_SHORTEST_BEGINNING, len(word)))
        return tuple(Way(each, _BEGINNING) for each in sorted(known, key=len)[-1:])

    # --- letters that spell Chinese -----------------------------------------------------------------

    def _pinyin(
        self, words: Sequence[str], before: Sequence[str], after: Sequence[str], at_end: bool
    ) -> list[Want]:
        """The wants of words that are pinyin beside these readings of a character; none if they are not."""
        spellings = [self.analysis.chinese.spellings(word) for word in words]
        best: tuple[float, list[Want]] = (0.0, [])
        for choice in islice(product(*spellings), _MOST_READINGS):
            syllables = [syllable for spelling in choice for syllable in spelling]
            begun = not self.analysis.chinese.is_syllable(syllables[-1])
            whole = syllables[:-1] if begun else syllables
            if (begun and not at_end) or not all(map(self.analysis.chinese.is_syllable, whole)):
                continue
            spoken = [each for each in (before, *([each] for each in syllables), after) if each]
            if len(spoken) == 1:
                units: list[tuple[Sequence[str], ...]] = [] if self._longer(words[0]) else [(spoken[0],)]
            else:
                units = [*pairwise(spoken)]
            if begun and units:
                pairs = [*self._sounding(units[:-1], How.PINYIN), self._begun(units[-1])]
            else:
                pairs = self._sounding(units, How.PINYIN)
            wants = [Want(ways) for ways in pairs if ways]
            same = sum(want.ways[0].factor >= _SAME_SOUND for want in wants)
            if pairs and 2 * same >= len(pairs) and same / len(pairs) > best[0]:
                best = (same / len(pairs), wants)
        return best[1]

    def _beside(self, run: Sequence[Term], atoms: Sequence[Term]) -> tuple[Sequence[str], Sequence[str]]:
        """The readings of the characters that stand right before and right after a run of letters."""
        before = "".join(atom.text for atom in atoms if atom.end == run[0].start)
        after = "".join(atom.text for atom in atoms if atom.start == run[-1].end)
        return self.analysis.chinese.readings(before), self.analysis.chinese.readings(after)

    def _initials(self, letters: str) -> list[Want]:
        """The wants of letters that are the initials of a name; none if they are not."""
        terms = [
            INITIALS + letters[start : start + INITIALS_LENGTH]
            for start in range(max(1, len(letters) - INITIALS_LENGTH + 1))
        ]
        known = self._among(terms) if letters else set()
        if len(terms) > 1:
            size = (len(letters) - 1) / len(terms)
            wants = [Want((Way(term, _INITIALS, How.INITIALS),), size, initials=letters) for term in terms]
            wants = [want for want in wants if want.ways[0].term in known]
            return wants if 2 * len(wants) > len(terms) else []
        longer = self._longer(terms[0]) if 1 < len(letters) < INITIALS_LENGTH else []
        ways = [Way(term, _INITIALS, How.INITIALS) for term in (*sorted(known), *longer)]
        return [Want(tuple(ways), len(letters) - 1, initials=letters)] if ways else []

    # --- both ---------------------------------------------------------------------------------------

    def _synonyms(self, atoms: Sequence[Term]) -> Iterator[Want]:
        """The groups of which the question has a word, each once, by its longest word."""
        sizes: dict[str, int] = {}
        for group in self.analysis.groups(atoms):
            inside = [atom for atom in atoms if group.start <= atom.start < group.end]
            size = max(1, len(inside) - 1) if is_han(inside[0].text) else len(inside)
            sizes[group.text] = max(size, sizes.get(group.text, 0))
        return (Want((Way(group, _SYNONYM),), size=size) for group, size in sizes.items())

    def _known(self, atoms: Sequence[Term]) -> set[str]:
        pairs = [(one.text, other.text) for one, other in pairwise(atoms)]
        return self._among(
            [
                *(atom.text for atom in atoms),
                *(one + other for one, other in pairs if is_han(one) == is_han(other)),
            ]
        )

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


def _near(syllables: Iterable[str]) -> str:
    return " ".join(map(near_sound, syllables))


def _best(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The best way to each term, of those that count most."""
    best: dict[str, Way] = {}
    for way in sorted(ways, key=lambda way: (-way.factor, way.term)):
        best.setdefault(way.term, way)
    return tuple(islice(best.values(), _MOST_SOUNDING))


def _contiguous(run: Sequence[Term]) -> Iterator[list[Term]]:
    """A run of characters, cut where something stands between them."""
    part: list[Term] = []
    for atom in run:
        if part and part[-1].end != atom.start:
            yield part
            part = []
        part.append(atom)
    yield part


def _letters(words: Sequence[str]) -> str:
    """The letters that may be initials: one word, or letters one by one."""
    letters = "".join(words)
    may_be = len(words) == 1 or len(letters) == len(words)
    return letters if may_be and len(letters) > 1 and letters.isascii() and letters.isalpha() else ""
