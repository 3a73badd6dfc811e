"""Chinese: its characters, simplified forms, and pinyin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, product

HAN = r"々〇\u3400-\u4dbf\u4e00-\ufaff\U00020000-\U0003ffff"
"""The Chinese characters, as they stand in a character class of a regular expression.

Yi and Hangul syllables lie inside the range and are read in the same way, character by character.
"""

_FIRST_IS_HAN = re.compile(f"[{HAN}]")
_BEFORE_HAN = "\u3004"
_PINYIN_WITH_TONES = re.compile(r"(?:[a-z]{1,6}[1-5])+")
_TONE = re.compile(r"[1-5]")

_SYLLABLES_REMEMBERED = 1000
_MOST_SPELLINGS = 6
_MOST_INITIALS = 4
_LONGEST_SYLLABLE = 6

# Sounds that many people merge, in speech or with an input method: zh z, ch c, sh s, n l, ang an, fa hua
_NEAR_SOUNDS = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?=[a-z])"), "l"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
    (re.compile("v"), "u"),
    (re.compile("^f(?=a)"), "hu"),
    (re.compile("^fe(?=[in])"), "hu"),
    (re.compile("^f"), "h"),
)


def is_han(term: str) -> bool:
    """Whether a term begins with a Chinese character; a term never mixes scripts."""
    return term > _BEFORE_HAN and _FIRST_IS_HAN.match(term) is not None


def without_tones(letters: str) -> str:
    """Pinyin without its tone numbers: ``qian1dao4`` gives ``qiandao``; other text as it is."""
    return _TONE.sub("", letters) if _PINYIN_WITH_TONES.fullmatch(letters) else letters


@lru_cache(_SYLLABLES_REMEMBERED)
def near_sound(syllable: str) -> str:
    """The syllable (or a prefix of one) with near sounds merged: ``zhang`` and ``zan`` give ``zan``."""
    for pattern, instead in _NEAR_SOUNDS:
        syllable = pattern.sub(instead, syllable)
    return syllable


def sound_key(syllables: Iterable[str]) -> str:
    """The key that words share whose syllables sound nearly the same."""
    return " ".join(map(near_sound, syllables))


class Chinese:
    """Simplified forms and pinyin of characters, from two tables of lines ``key characters``.

    In ``pinyin`` the usual readings stand first.
    """

    def __init__(self, simplified: str, pinyin: str) -> None:
        self._simplified = {
            ord(traditional): target for target, sources in _lines(simplified) for traditional in sources
        }
        self._readings: dict[str, list[str]] = {}
        for syllable, characters in _lines(pinyin):
            for character in characters:
                self._readings.setdefault(character, []).append(syllable)
        syllables = {syllable for syllable, _ in _lines(pinyin)}
        # A speaker who merges near sounds also types them merged: "sua" for "shua".
        self._syllables = frozenset(syllables | {near_sound(syllable) for syllable in syllables})

    def simplify(self, text: str) -> str:
        """The text with traditional characters as simplified ones, character by character."""
        return text if text.isascii() else text.translate(self._simplified)

    def readings(self, character: str) -> Sequence[str]:
        """The syllables that one character is read as, the usual one first; none if unknown."""
        return self._readings.get(character, ())

    def sounds(self, word: str) -> list[tuple[str, ...]]:
        """The ways a word of Chinese characters is read aloud: syllables without tones; none if unknown."""
        return list(product(*(self._readings.get(character, ()) for character in word)))

    def initials(self, word: str) -> list[str]:
        """The first letters of a word's syllables, in the few ways it may be read; none if unknown."""
        letters = [self._first_letters.get(character, "") for character in word]
        return ["".join(each) for each in islice(product(*letters), _MOST_INITIALS)]

    def has_initials(self, word: str, letters: str) -> bool:
        """Whether each character may be read with the letter at its place."""
        for character, letter in zip(word, letters, strict=True):
            if letter not in self._first_letters.get(character, ""):
                return False
        return True

    def spellings(self, letters: str) -> list[tuple[str, ...]]:
        """The ways that letters can be cut into syllables, longest syllables first; the last may be begun.

        ``xian`` gives ``("xian",)`` and ``("xi", "an")``; ``qiandaosh`` ends in the begun ``sh``.
        """
        found: list[tuple[str, ...]] = []
        for spelling in self._cut(letters):
            found.append(spelling)
            if len(found) == _MOST_SPELLINGS:
                break
        return found

    def is_syllable(self, letters: str) -> bool:
        """Whether the letters are one whole syllable."""
        return letters in self._syllables

    def _cut(self, letters: str, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        if not letters:
            yield before
            return
        for length in range(min(_LONGEST_SYLLABLE, len(letters)), 0, -1):
            if (syllable := letters[:length]) in self._syllables:
                yield from self._cut(letters[length:], (*before, syllable))
        if before and letters in self._beginnings and letters not in self._syllables:
            yield (*before, letters)

    @cached_property
    def _first_letters(self) -> dict[str, str]:
        return {
            character: "".join(dict.fromkeys(syllable[0] for syllable in readings))
            for character, readings in self._readings.items()
        }

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(each[:length] for each in self._syllables for length in range(1, len(each)))


def _lines(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        key, _, characters = line.partition(" ")
        yield key, characters
