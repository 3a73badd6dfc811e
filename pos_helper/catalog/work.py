"""How far a compilation is, and stopping it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pos_helper.catalog.pack_files import pack_files

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


class CompileCancelled(Exception):
    """Whoever asked for the compilation does not want it any more. Nothing was left behind."""


class Work:
    """Counts a compilation: reading the files is its first half, writing the index the second."""

    def __init__(
        self,
        packs: Sequence[Path],
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._read = 0
        self._files = sum(_file_count(pack) for pack in packs)

    def file_read(self) -> None:
        """One more file was read. Raises ``CompileCancelled`` if the work shall stop."""
        self._read += 1
        self._report(self._read)

    def written(self, rows: int, of: int) -> None:
        """So many rows are written. Raises ``CompileCancelled`` if the work shall stop."""
        self._report(self._files + self._files * rows // of)

    def _report(self, done: int) -> None:
        if self._cancelled and self._cancelled():
            raise CompileCancelled
        if self._progress:
            self._progress(done, 2 * self._files)


def _file_count(pack: Path) -> int:
    try:
        return len(pack_files(pack))
    except OSError:  # named as a problem when the pack is read
        return 0
