"""English: word stems, consonant skeletons and typing errors."""

import re
import string
from collections.abc import Iterator
from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_SHORTEST_STEM = 3
_STEMS_REMEMBERED = 10_000
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(_STEMS_REMEMBERED)
def stem(word: str) -> str:
    """The stem that the forms of a word share: ``printing``, ``printed`` and ``prints`` give ``print``.

    It need not be a word (``decline`` gives ``declin``); it only has to be the same for all forms.
    """
    if len(word) <= _SHORTEST_STEM or not word.isalpha() or not word.isascii():
        return word
    if word.endswith(("ies", "ied")):
        return f"{word[:-3]}i"
    if word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST_STEM and not _VOWELS.isdisjoint(rest):
            word = _DOUBLED.sub(r"\1", rest)
            break
    if len(word) > _SHORTEST_STEM and word.endswith("e"):
        return word[:-1]
    if len(word) > _SHORTEST_STEM and word.endswith("y") and word[-2] not in _VOWELS:
        return f"{word[:-1]}i"
    return word


def consonants(word: str) -> str:
    """The first letter and the consonants after it, each once: ``receipt`` and ``reciept`` give ``rcpt``."""
    return word[:1] + _TWICE.sub(r"\1", "".join(each for each in word[1:] if each not in _VOWELS))


def one_edit_variants(word: str, alphabet: str = string.ascii_lowercase) -> Iterator[str]:
    """The words one edit away: a letter deleted, two neighbours swapped, one replaced, one inserted."""
    for place in range(len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
        for other in alphabet:
            yield before + other + after
            yield before + other + letter + after
    for other in alphabet:
        yield word + other
