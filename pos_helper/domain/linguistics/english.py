"""What the search knows of English: the forms of a word, its consonants, and typing mistakes."""

import re
import string
from collections.abc import Iterator
from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_SHORTEST_STEM = 3
_STEMS_REMEMBERED = 10_000
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_TWICE = re.compile(r"(.)\1+")


_FUNCTION_WORDS = """
a about after again ago all already also always am an and another any anymore anyone anything are as at
away back be because been before being but by came can come comes coming could did do does doing done
dont even ever every first for from gave get gets getting give gives go goes
going gone got had has have he her here hers him his how i if in inside instead into is it its itself
just keep keeps kept last left let like little look looks made make makes many may me might more most
much my near need needs next now of off on once one only onto or other our out outside over own please
put really right said same say says see seem seems seen she should show shows side since so some
somebody someone something still such take takes than that the their them then there these they thing
things this those though through to today together told tonight too took try trying under
until up us use used very want wants was way we well went were what when where which while who why will
with without would yesterday yet you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""They make a sentence and say little by themselves."""


@lru_cache(_STEMS_REMEMBERED)
def stem(word: str) -> str:
    """The part that the forms of a word share: ``printing``, ``printed`` and ``prints`` give ``print``.

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
    """What a word becomes by one slip: a letter too many, two swapped, a wrong one, one missing."""
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
