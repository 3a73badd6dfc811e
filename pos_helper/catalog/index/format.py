"""What the compiler and the search must agree on."""

import sys
import zlib
from array import array
from collections.abc import Collection, Mapping
from enum import IntEnum, StrEnum
from typing import TypeVar

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index.damage import IndexDamaged
from pos_helper.domain.entries import Maker, Origin, Source, Step, Synonyms, Tip
from pos_helper.domain.linguistics.english import consonants

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)


APPLICATION_ID = 0x504F5348
"""Marks an SQLite file as a catalog index of this program ("POSH")."""

_FORMAT = 7
"""Changes with the tables and with what is written to them."""

PROGRAM = f"{__version__} {_FORMAT} {sys.byteorder}"
"""What an index depends on beside the packs."""

_SHORTEST_BY_CONSONANTS = 5

EXACT, LOOKS_LIKE, LOOSE = range(3)
"""The levels of likeness at which a code is kept and found."""


class IndexField(IntEnum):
    """The columns of a term's postings, in the order in which they count.

    All but the last hold numbers of entries. The last one holds numbers of steps, for one step stands in
    very many entries; ``step_use`` leads from there to the entries.
    """

    ALIAS = 0
    TITLE = 1
    MEANING = 2
    PHRASES = 3
    CAUSE = 4
    STEP = 5


def consonant_key(word: str) -> str | None:
    """The key under which a longer Latin word is found in spite of wrong vowels; ``None`` for other words."""
    if len(word) < _SHORTEST_BY_CONSONANTS or not (word.isascii() and word.isalpha()):
        return None
    return f"~{consonants(word)}"


ORDINALS = 1 << 27
"""Where the records of a catalog may stand. A pack has its first place; its records of a kind follow on.

The first places of packs lie far apart, so a pack can grow, and another come between two. The number of an
entry is its place and, before that, its precedence: of any list of entries the first are the better ones,
whatever pack was read last.
"""


def entry_number(precedence: int, ordinal: int) -> int:
    """The number of an entry. It fits into 32 bits, for there are twenty precedences."""
    return precedence * ORDINALS + ordinal


RECORDS: Mapping[str, type[Origin] | type[Source] | type[Step] | type[Tip] | type[Synonyms] | type[Maker]] = {
    "origins": Origin,
    "sources": Source,
    "steps": Step,
    "prevention": Tip,
    "synonyms": Synonyms,
    "makers": Maker,
}
"""The kinds of records beside entries, as the lists of a pack are named."""

Numbers = memoryview
"""Ascending numbers, as they are read from the index: nothing is copied."""


def compressed(body: bytes, like: bytes) -> bytes:
    """A short text that has much in common with another one."""
    compressor = zlib.compressobj(1, zdict=like)
    return compressor.compress(body) + compressor.flush()


def decompressed(data: bytes, like: bytes) -> bytes:
    """What was ``compressed`` like this. Raises ``IndexDamaged``."""
    decompressor = zlib.decompressobj(zdict=_blob(like))
    try:
        body = decompressor.decompress(_blob(data))
    except zlib.error as error:
        raise IndexDamaged(str(error)) from error
    if not decompressor.eof:
        raise IndexDamaged("a body is cut short")
    return body


def decoded(data: bytes, decoder: msgspec.json.Decoder[_T] | msgspec.msgpack.Decoder[_T]) -> _T:
    """What was kept of a record. Raises ``IndexDamaged``."""
    try:
        return decoder.decode(_blob(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IndexDamaged("a record cannot be read") from error


def word(kind: type[_Word], value: str) -> _Word:
    """One of the words of an enumeration. Raises ``IndexDamaged``."""
    try:
        return kind(value)
    except ValueError as error:
        raise IndexDamaged(f"no word of {kind.__name__}") from error


BYTES_PER_NUMBER = array("I").itemsize


def packed(numbers: Collection[int]) -> bytes:
    """Numbers as they are kept in the index."""
    return array("I", numbers).tobytes() if numbers else b""


def unpacked(data: bytes) -> Numbers:
    """What ``packed`` made. Raises ``IndexDamaged``."""
    if len(_blob(data)) % BYTES_PER_NUMBER:
        raise IndexDamaged("half a number")
    return memoryview(data).cast("I")


def _blob(value: object) -> bytes:
    """A value that is one of bytes: in a damaged file any value can be of any type."""
    if not isinstance(value, bytes):
        raise IndexDamaged("a value of another type")
    return value
