"""One form of a text for all scripts and keyboards, and patterns that several modules need."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

APOSTROPHES = "'’"
"""The apostrophes inside a word, as they stand in a character class of a regular expression."""

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")

# Format characters, variation selectors and keycaps: invisible between two digits.
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})

_CHARACTERS_REMEMBERED = 10_000

DATE_OR_TIME = re.compile(
    r"(?<![0-9])(?:"
    r"(?:19|20)[0-9]{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12][0-9]|3[01])"
    r"|[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?"
    r")(?![0-9])"
)
"""A date (year first) or a time of day, in plain characters."""


def plain_characters(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain characters, and for each of them its position in the original.

    Plain means NFKC character by character (so that positions stay known), the decimal digits of all
    scripts as 0-9, and nothing invisible.
    """
    if text.isascii():
        return text, range(len(text))
    forms = {original: _plain(original) for original in set(text)}
    plain = "".join(map(forms.__getitem__, text))
    if all(len(form) == 1 for form in forms.values()):
        return plain, range(len(plain))
    return plain, [place for place, original in enumerate(text) for _ in forms[original]]


def base_letters(word: str) -> str:
    """A Latin word without accents and apostrophes: ``won't`` gives ``wont``, ``qiāndào`` ``qiandao``."""
    if word.isascii() and word.isalnum():
        return word
    word = _APOSTROPHE.sub("", word)
    if not word.isascii():
        letters = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return word


@lru_cache(_CHARACTERS_REMEMBERED)
def _plain(original: str) -> str:
    return "".join(
        str(unicodedata.decimal(character, character))
        for character in unicodedata.normalize("NFKC", original)
        if unicodedata.category(character) not in _INVISIBLE
    )
