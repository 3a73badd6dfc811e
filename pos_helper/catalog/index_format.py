"""What the compiler and the search must agree on."""

import sys
import zlib
from array import array
from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from pos_helper.domain.english import consonants

APPLICATION_ID = 0x504F5348
"""Marks an SQLite file as a catalog index of this program ("POSH")."""

INDEX_FORMAT = f"3 {sys.byteorder}"
"""Changes with the tables and with what is written to them."""

_SHORTEST_BY_CONSONANTS = 5

EXACT, LOOKS_LIKE, LOOSE = range(3)
"""The levels of likeness at which a code is kept and found."""


class Field(IntEnum):
    """The columns of a term's postings, in the order in which they count.

    All but the last hold numbers of entries. The last one holds numbers of steps, for one step stands in
    very many entries; ``step_use`` leads from there to the entries.
    """

    ALIAS = 0
    TITLE = 1
    MEANING = 2
    SAID = 3
    CAUSE = 4
    STEP = 5


class Name(Struct, frozen=True, array_like=True):
    """A title or an alias taken apart: its terms with their places in it, the first ``atoms`` being atoms.

    A search looks at many names; taking them apart anew took most of its time.
    """

    atoms: int
    terms: tuple[tuple[str, int, int], ...]


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


BYTES_PER_NUMBER = array("I").itemsize


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers as they are kept in the index."""
    return array("I", numbers).tobytes()


def unpacked(data: bytes) -> Numbers:
    """What ``packed`` made. Raises ``TypeError`` if it is damaged."""
    return memoryview(data).cast("I")
