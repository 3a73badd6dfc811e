"""What the compiler and the search must agree on."""

import sys
import zlib
from array import array
from collections.abc import Iterable
from enum import IntEnum

from pos_helper.domain.english import consonants

APPLICATION_ID = 0x504F5348
"""Marks an SQLite file as a catalog index of this program ("POSH")."""

INDEX_FORMAT = f"2 {sys.byteorder}"
"""Changes with the tables and with what is written to them."""

_SHORTEST_BY_CONSONANTS = 5

EXACT, LOOKS_LIKE, LOOSE = range(3)
"""The levels of likeness at which a code is kept and found."""


class Field(IntEnum):
    """The columns of a term's postings, in the order in which they count.

    The first four hold numbers of entries. The last one holds numbers of steps, for one step stands in
    very many entries; ``step_use`` leads from there to the entries.
    """

    ALIAS = 0
    TITLE = 1
    MEANING = 2
    CAUSE = 3
    STEP = 4


def consonant_key(word: str) -> str | None:
    """The key under which a longer Latin word is found in spite of wrong vowels; ``None`` for other words."""
    if len(word) < _SHORTEST_BY_CONSONANTS or not (word.isascii() and word.isalpha()):
        return None
    return f"~{consonants(word)}"


Numbers = memoryview
"""Ascending numbers, as they are read from the index: nothing is copied."""


def compressed(body: bytes, like: bytes) -> bytes:
    """A short text that has much in common with another one."""
    compressor = zlib.compressobj(1, zdict=like)
    return compressor.compress(body) + compressor.flush()


def decompressed(data: bytes, like: bytes) -> bytes:
    """What was ``compressed`` like this. Raises ``zlib.error`` if it is damaged."""
    return zlib.decompressobj(zdict=like).decompress(data)


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers as they are kept in the index."""
    return array("I", numbers).tobytes()


def unpacked(data: bytes) -> Numbers:
    """What ``packed`` made. Raises ``TypeError`` if it is damaged."""
    return memoryview(data).cast("I")
