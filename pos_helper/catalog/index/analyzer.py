"""Splits a text into terms with their positions. The index and the queries use the same terms.

A token is one Chinese character (simplified) or the stem of one Latin word or number. The terms are:

- every token;
- two neighbouring Chinese characters as one, and two Latin words joined by "-", "_" or "/" as one
  (``Wi-Fi``: ``wi fi wifi``);
- ``=group`` for each word or phrase of a synonym group in the catalog.
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
"""The prefix of a synonym group's term."""

INITIALS = "^"
"""The prefix of a term made of pinyin initials; only titles and aliases have such terms."""

INITIALS_LENGTH = 4
"""The maximum number of initials in such a term."""

_ATOMS = re.compile(rf"([{HAN}]+)|[^\W_{HAN}]+(?:[{APOSTROPHES}][^\W_{HAN}]+)*")
"""A run of Chinese characters, each a token, or one Latin word."""
_HAN_RUN = re.compile(f"[{HAN}]+")
_JOINTS = frozenset("-_/‐‑")


class Token(Struct, frozen=True, gc=False):
    """A term and its position in the text: ``start`` and ``end`` (exclusive), in characters."""

    text: str
    start: int
    end: int


class AnalyzedName(Struct, frozen=True, array_like=True):
    """The terms of a title or alias as ``(text, start, end)``; the first ``tokens`` of them are tokens.

    The index stores it, because analyzing names during a search took most of the search time.
    """

    tokens: int
    terms: tuple[tuple[str, int, int], ...]


LONGEST_PHRASE = 10
"""The maximum length of a synonym phrase, in tokens."""


class Analyzer:
    """Splits texts into tokens and terms, for the compiler as well as for the search."""

    def __init__(self, chinese: Chinese) -> None:
        self.chinese = chinese
        self._phrases: dict[str, list[str]] = {}
        self._lengths: dict[str, list[int]] = {}

    def learn(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Add synonyms: pairs of a phrase, as returned by ``phrase``, and the term of its group."""
        for phrase, group in phrases:
            self._phrases.setdefault(phrase, []).append(group)
            first, *others = phrase.split(" ")
            lengths = self._lengths.setdefault(first, [])
            if (length := 1 + len(others)) not in lengths:
                lengths.append(length)

    def phrase(self, words: str) -> str:
        """The tokens of a word or phrase joined by spaces, at most ``LONGEST_PHRASE`` of them."""
        return " ".join(token.text for token in self.tokens(words)[:LONGEST_PHRASE])

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, in order."""
        plain, offsets = plain_characters(text)
        folded = plain.lower()
        if len(folded) != len(plain):  # a lower-case form of another length would shift the positions
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
        """The terms of a text, tokens first; a term appears once per position."""
        tokens = self.tokens(text)
        return [*tokens, *_joined(text, tokens), *self.groups(tokens)]

    def name(self, name: str) -> AnalyzedName:
        """Analyze a title or alias without its filler words; positions refer to the full name."""
        bare_text, offsets = bare_name(name)
        tokens = self.tokens(bare_text)
        terms = (*tokens, *_joined(bare_text, tokens), *self.groups(tokens))
        return AnalyzedName(
            len(tokens), tuple((term.text, offsets[term.start], offsets[term.end - 1] + 1) for term in terms)
        )

    def initials_in(self, text: str, initials: Iterable[str]) -> list[tuple[int, int]]:
        """The ``(start, end)`` positions of characters whose pinyin initials are among ``initials``."""
        simplified = self.chinese.simplify(text) if initials else ""
        return [
            (start, start + len(letters))
            for letters in initials
            for start in range(len(simplified) - len(letters) + 1)
            if self.chinese.has_initials(simplified[start : start + len(letters)], letters)
        ]

    def initials(self, name: str) -> set[str]:
        """The terms of pinyin initials of a name: of two to four Chinese characters, from each one on."""
        return {
            INITIALS + letters
            for run in _HAN_RUN.findall(self.chinese.simplify(name))
            for start in range(len(run) - 1)
            for letters in self.chinese.initials(run[start : start + INITIALS_LENGTH])
        }

    def groups(self, tokens: Sequence[Token]) -> list[Token]:
        """The terms of the synonym groups that have a phrase among the tokens, with their positions."""
        words = [token.text for token in tokens]
        return [
            Token(group, token.start, tokens[index + length - 1].end)
            for index, token in enumerate(tokens)
            for length in self._lengths.get(token.text, ())
            if index + length <= len(tokens)
            for group in self._phrases.get(" ".join(words[index : index + length]), ())
        ]


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The terms made of two neighbouring tokens: pairs of characters and hyphenated words."""
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
    """Load the bundled character tables. Raises ``OSError``."""
    simplified, pinyin = (paths.resources() / "chinese" / name for name in ("simplified.txt", "pinyin.txt"))
    return Chinese(simplified.read_text(encoding="utf-8"), pinyin.read_text(encoding="utf-8"))
