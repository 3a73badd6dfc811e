"""The index format that the compiler and the search share."""

import sys
import zlib
from array import array
from collections.abc import Collection, Mapping
from enum import IntEnum, StrEnum
from typing import TypeVar

import msgspec

from pos_helper import __version__
from pos_helper.catalog.index.damage import IndexDamaged
from pos_helper.domain.entries import MachineKind, Maker, Origin, Source, Step, Synonyms, Tile, Tip
from pos_helper.domain.linguistics.english import consonants

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=StrEnum)


APPLICATION_ID = 0x504F5348
"""Marks an SQLite file as a catalog index of this program ("POSH")."""

_FORMAT = 12
"""Increase it when the tables or their content change."""

PROGRAM = f"{__version__} {_FORMAT} {sys.byteorder}"
"""Identifies the program version, index format and byte order that wrote an index."""

_SHORTEST_BY_CONSONANTS = 5

EXACT, LOOKS_LIKE, LOOSE = range(3)
"""The levels of similarity at which a code is indexed and found."""


class IndexField(IntEnum):
    """The columns of a term's postings, in descending weight.

    They hold entry numbers, except ``STEP``: it holds step numbers, because one step appears in many
    entries, and ``step_use`` maps steps to entries.
    """

    ALIAS = 0
    TITLE = 1
    MEANING = 2
    PHRASES = 3
    CAUSE = 4
    STEP = 5


def consonant_key(word: str) -> str | None:
    """The key that finds a Latin word of five or more letters despite wrong vowels; else ``None``."""
    if len(word) < _SHORTEST_BY_CONSONANTS or not (word.isascii() and word.isalpha()):
        return None
    return f"~{consonants(word)}"


ORDINALS = 1 << 27
"""The number of ordinals. A pack has a first ordinal, and its records of each kind are numbered from there.

Gaps between packs let a pack grow and leave room to insert another. An entry number combines precedence and
ordinal, so the first of any list of entries are the best ones regardless of the pack order.
"""


def entry_number(precedence: int, ordinal: int) -> int:
    """The number of an entry. It fits into 32 bits, because there are twenty precedences."""
    return precedence * ORDINALS + ordinal


RECORDS: Mapping[
    str,
    type[Origin]
    | type[Source]
    | type[Step]
    | type[Tip]
    | type[Synonyms]
    | type[Maker]
    | type[MachineKind]
    | type[Tile],
] = {
    "origins": Origin,
    "sources": Source,
    "steps": Step,
    "prevention": Tip,
    "synonyms": Synonyms,
    "makers": Maker,
    "machine_kinds": MachineKind,
    "tiles": Tile,
}
"""The record kinds other than entries, named like the lists of a pack."""

Numbers = memoryview
"""Ascending unsigned numbers, a view of the bytes read from the index without a copy."""


def compressed(body: bytes, like: bytes) -> bytes:
    """Compress ``body`` with ``like`` as the zlib dictionary."""
    compressor = zlib.compressobj(1, zdict=like)
    return compressor.compress(body) + compressor.flush()


def decompressed(data: bytes, like: bytes) -> bytes:
    """Reverse ``compressed``, with the same dictionary. Raises ``IndexDamaged``."""
    decompressor = zlib.decompressobj(zdict=_blob(like))
    try:
        body = decompressor.decompress(_blob(data))
    except zlib.error as error:
        raise IndexDamaged(str(error)) from error
    if not decompressor.eof:
        raise IndexDamaged("a body is cut short")
    return body


def decoded(data: bytes, decoder: msgspec.json.Decoder[_T] | msgspec.msgpack.Decoder[_T]) -> _T:
    """Decode a stored record. Raises ``IndexDamaged``."""
    try:
        return decoder.decode(_blob(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IndexDamaged("a record cannot be read") from error


def word(kind: type[_Word], value: str) -> _Word:
    """The enumeration member with this value. Raises ``IndexDamaged``."""
    try:
        return kind(value)
    except ValueError as error:
        raise IndexDamaged(f"no word of {kind.__name__}") from error


BYTES_PER_NUMBER = array("I").itemsize


def packed(numbers: Collection[int]) -> bytes:
    """Encode numbers for the index: unsigned, in the byte order of the machine."""
    return array("I", numbers).tobytes() if numbers else b""


def unpacked(data: bytes) -> Numbers:
    """Reverse ``packed``. Raises ``IndexDamaged``."""
    if len(_blob(data)) % BYTES_PER_NUMBER:
        raise IndexDamaged("half a number")
    return memoryview(data).cast("I")


def _blob(value: object) -> bytes:
    """The value if it is ``bytes``; in a damaged file it can be of any type. Raises ``IndexDamaged``."""
    if not isinstance(value, bytes):
        raise IndexDamaged("a value of another type")
    return value
