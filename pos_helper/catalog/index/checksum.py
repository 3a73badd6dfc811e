"""The checksum of an index file: writing and verifying it.

SQLite detects a malformed page but not a changed byte: a wrong byte in a key would silently lead to another
code. The checksum is stored in the header field ``user_version``, which SQLite leaves to applications.
"""

import os
import zlib
from io import BufferedIOBase
from pathlib import Path

from pos_helper.catalog.index.damage import IndexDamaged, IndexOutdated

_PLACE = 60
_LENGTH = 4
_CHUNK = 1 << 16
_NONE = bytes(_LENGTH)


def seal(path: Path) -> None:
    """Write the checksum into a finished index and flush the file to the disk. Raises ``OSError``."""
    with path.open("rb+") as file:
        _, checksum = _read(file)
        file.seek(_PLACE)
        file.write(checksum)
        file.flush()
        os.fsync(file.fileno())


def check(path: Path) -> None:
    """Verify the checksum. Raises ``IndexDamaged``, ``IndexOutdated`` if there is none, or ``OSError``."""
    with path.open("rb") as file:
        kept, checksum = _read(file)
    if kept == _NONE:
        raise IndexOutdated("it has no checksum")
    if kept != checksum:
        raise IndexDamaged("its bytes are not those that were written")


def _read(file: BufferedIOBase) -> tuple[bytes, bytes]:
    """The stored checksum and the computed one of all other bytes; the latter is never zero."""
    checksum = zlib.crc32(file.read(_PLACE))
    kept = file.read(_LENGTH)
    buffer = memoryview(bytearray(_CHUNK))
    while size := file.readinto(buffer):
        checksum = zlib.crc32(buffer[:size], checksum)
    return kept, (checksum or 1).to_bytes(_LENGTH, "big")
