"""How far a compilation is, and stopping it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pos_helper.catalog.packs.pack_files import pack_files

ProgressCallback = Callable[[int, int], None]
"""Told how much is done, of how much."""


class CompileCancelled(Exception):
    """Whoever asked for the compilation does not want it any more. Nothing was left behind."""


# Where the stages end, as they last in a large catalog.
_READ, _ENTRIES_WRITTEN, _DONE = 500, 950, 1000


class CompileProgress:
    """Counts a compilation in thousandths: reading the files, writing entries, writing what leads to them.

    Everything raises ``CompileCancelled`` if the work shall stop.
    """

    def __init__(
        self,
        packs: Sequence[Path],
        progress: ProgressCallback | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._read = 0
        self._files = sum(_file_count(pack) for pack in packs)

    def file_read(self) -> None:
        """One more file was read."""
        self._read += 1
        self._report(0, _READ, self._read, self._files)

    def entries_written(self, done: int, of: int) -> None:
        """So many entries are written."""
        self._report(_READ, _ENTRIES_WRITTEN, done, of)

    def terms_written(self, done: int, of: int) -> None:
        """So many terms are written."""
        self._report(_ENTRIES_WRITTEN, _DONE, done, of)

    def done(self) -> None:
        """All is written."""
        self.terms_written(1, 1)

    def _report(self, start: int, end: int, done: int, of: int) -> None:
        if self._cancelled and self._cancelled():
            raise CompileCancelled
        if self._progress:
            self._progress(start + (end - start) * done // of, _DONE)


def _file_count(pack: Path) -> int:
    try:
        return len(pack_files(pack))
    except OSError:  # named as a problem when the pack is read
        return 0
