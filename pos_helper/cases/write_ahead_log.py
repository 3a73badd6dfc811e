"""Finds changes in a write-ahead log that SQLite passes over in silence behind a damaged part.

The format is that of https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

_HEADER = 32
_FRAME_HEADER = 24
_MAGIC = 0x377F0682
"""The last bit says that checksums are of big-endian numbers."""


def passed_over(database: Path) -> int:
    """How many changes were acknowledged and will not be read; 0 if that cannot be told.

    Called while this process has the database not open: closing a file drops the locks of a process on it.

    SQLite reads a log up to the first frame whose checksum is wrong. Frames of an earlier log may follow and
    have other salts. One change more may follow a damaged frame after a power cut: it was being written and
    nobody was told of it. Of more than one, all but the last were flushed to the disk. When a log that is in
    the database already is being written over, a power cut leaves such changes too: the last of them is
    compared with the database.
    """
    log = database.with_name(f"{database.name}-wal")
    try:
        content = log.read_bytes()
        if len(content) < _HEADER + _FRAME_HEADER:
            return 0
        page, commits = _after_damage(content)
        if len(commits) < 2 or _is_folded(database, page, commits[-1]):
            return 0
        with log.open("rb") as file:
            if file.read(_HEADER) != content[:_HEADER]:
                return 0  # another process has just begun it anew
    except OSError:
        return 0
    return len(commits) - 1


def _is_folded(database: Path, page: int, frames: Sequence[bytes]) -> bool:
    """Whether the pages of a change are in the database."""
    with database.open("rb") as file:
        for frame in frames:
            file.seek((int.from_bytes(frame[:4], "big") - 1) * page)
            if file.read(page) != frame[_FRAME_HEADER:]:
                return False
    return True


def _after_damage(log: bytes) -> tuple[int, list[list[bytes]]]:
    """The size of a page, and the frames of each change that follows damage, or is itself damaged."""
    magic, _, page, *_ = struct.unpack(">8I", log[:_HEADER])
    order = ">" if magic & 1 else "<"
    sums = _checksum(log[:24], (0, 0), order)
    is_broken = magic & ~1 != _MAGIC or struct.pack(">2I", *sums) != log[24:_HEADER]
    salts = log[16:24]
    if is_broken:
        # The first frame has what the header should have; the program makes pages of this size.
        page, salts = 4096, log[_HEADER + 8 : _HEADER + 16]
    size = _FRAME_HEADER + page
    commits: list[list[bytes]] = []
    frames: list[bytes] = []
    for start in range(_HEADER, len(log) - size + 1, size):
        frame = log[start : start + size]
        is_of_log = frame[8:16] == salts
        if not is_broken:
            sums = _checksum(frame[:8] + frame[_FRAME_HEADER:], sums, order)
            is_broken = not is_of_log or struct.pack(">2I", *sums) != frame[16:_FRAME_HEADER]
        if is_broken and is_of_log:
            frames.append(frame)
            if any(frame[4:8]):  # the size of the database after a change: its last frame
                commits.append(frames)
                frames = []
    return page, commits


def _checksum(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    numbers = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for first, second in zip(numbers, numbers, strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
