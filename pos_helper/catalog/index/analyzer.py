"""The terms of a text: what the index keeps of it and what a query looks for, with their places.

An atom is one Chinese character (simplified) or the stem of one Latin word or number. The terms are:

- the stem of each Latin word; two joined by "-", "_" or "/" also as one (``Wi-Fi``: ``wi fi wifi``);
- each pair of neighbouring Chinese characters, and each character by itself;
- ``=group`` wherever one of the words stands that the catalog's synonyms name.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pos_helper import paths
from pos_helper.domain.linguistics.characters import APOSTROPHES, base_letters, plain_characters
from pos_helper.domain.linguistics.chinese import HAN, Chinese, is_han
from pos_helper.domain.linguistics.english import stem
from pos_helper.domain.query import bare_name

GROUP = "="
"""Begins the term of a group of synonyms."""

INITIALS = "^"
"""Begins the term of the initials of Chinese characters; only names have such terms."""

INITIALS_LENGTH = 4
"""How many initials such a term has, if so many characters follow."""

_ATOMS = re.compile(rf"([{HAN}]+)|[^\W_{HAN}]+(?:[{APOSTROPHES}][^\W_{HAN}]+)*")
"""A run of Chinese characters, each an atom, or one Latin word."""
_HAN_RUN = re.compile(f"[{HAN}]+")
_JOINTS = frozenset("-_/‐‑")


class Token(Struct, frozen=True, gc=False):
    """A term, and the first character of its place in the text and the one after the last."""

    text: str
    start: int
    end: int


class AnalyzedName(Struct, frozen=True, array_like=True):
    """A title or an alias taken apart: its terms with their places in it, the first ``tokens`` being atoms.

    A search looks at many names; taking them apart anew took most of its time.
    """

    tokens: int
    terms: tuple[tuple[str, int, int], ...]


LONGEST_PHRASE = 10
"""How many atoms a word of a group of synonyms can have."""


class Analyzer:
    """Takes texts apart, always in the same way."""

    def __init__(self, chinese: Chinese) -> None:
        self.chinese = chinese
        self._phrases: dict[str, list[str]] = {}
        self._lengths: dict[str, list[int]] = {}

    def learn(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Learn the words of groups, as ``phrase`` gives them, each with the term of its group."""
        for phrase, group in phrases:
            self._phrases.setdefault(phrase, []).append(group)
            first, *others = phrase.split(" ")
            lengths = self._lengths.setdefault(first, [])
            if (length := 1 + len(others)) not in lengths:
                lengths.append(length)

    def phrase(self, words: str) -> str:
        """The atoms of a word or phrase, joined by blanks."""
        return " ".join(token.text for token in self.tokens(words)[:LONGEST_PHRASE])

    def tokens(self, text: str) -> list[Token]:
        """The atoms of a text, in their order."""
        plain, offsets = plain_characters(text)
        folded = plain.lower()
        if len(folded) != len(plain):  # a letter whose small form is longer: no word of ours
            folded = plain
        folded = self.chinese.simplify(folded)
        tokens = []
        for match in _ATOMS.finditer(folded):
            start, end = match.span()
            if match[1]:
                for at, character in enumerate(match[1], start):
                    tokens.append(Token(character, offsets[at], offsets[at] + 1))
            else:
                tokens.append(Token(stem(base_letters(match[0])), offsets[start], offsets[end - 1] + 1))
        return tokens

    def terms(self, text: str) -> list[Token]:
        """The terms of a text, its atoms first; a term may stand in several places."""
        tokens = self.tokens(text)
        return [*tokens, *_joined(text, tokens), *self.groups(tokens)]

    def name(self, name: str) -> AnalyzedName:
        """A name taken apart without what is only said around it."""
        bare_text, offsets = bare_name(name)
        tokens = self.tokens(bare_text)
        terms = (*tokens, *_joined(bare_text, tokens), *self.groups(tokens))
        return AnalyzedName(
            len(tokens), tuple((term.text, offsets[term.start], offsets[term.end - 1] + 1) for term in terms)
        )

    def initials_in(self, text: str, initials: Iterable[str]) -> list[tuple[int, int]]:
        """The places of characters whose first letters are among these."""
        simplified = self.chinese.simplify(text) if initials else ""
        return [
            (start, start + len(letters))
            for letters in initials
            for start in range(len(simplified) - len(letters) + 1)
            if self.chinese.has_initials(simplified[start : start + len(letters)], letters)
        ]

    def initials(self, name: str) -> set[str]:
        """The terms of a name for the initials of its Chinese characters, from each character on."""
        return {
            INITIALS + letters
            for run in _HAN_RUN.findall(self.chinese.simplify(name))
            for start in range(len(run) - 1)
            for letters in self.chinese.initials(run[start : start + INITIALS_LENGTH])
        }

    def groups(self, tokens: Sequence[Token]) -> list[Token]:
        """The groups of synonyms of which a word stands among the atoms."""
        words = [token.text for token in tokens]
        return [
            Token(group, token.start, tokens[index + length - 1].end)
            for index, token in enumerate(tokens)
            for length in self._lengths.get(token.text, ())
            if index + length <= len(tokens)
            for group in self._phrases.get(" ".join(words[index : index + length]), ())
        ]


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """What two neighbouring atoms make together: a pair of characters, a word with a hyphen."""
    joined = []
    before: Token | None = None
    for token in tokens:
        if before is not None:
            if before.end == token.start:
                if is_han(before.text) and is_han(token.text):
                    joined.append(Token(before.text + token.text, before.start, token.end))
            elif text[before.end : token.start] in _JOINTS:
                joined.append(Token(before.text + token.text, before.start, token.end))
        before = token
    return joined


def read_chinese() -> Chinese:
    """The bundled tables of characters. Raises ``OSError``."""
    simplified, pinyin = (paths.resources() / "chinese" / name for name in ("simplified.txt", "pinyin.txt"))
    return Chinese(simplified.read_text(encoding="utf-8"), pinyin.read_text(encoding="utf-8"))
