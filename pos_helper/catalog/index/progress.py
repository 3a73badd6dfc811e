"""The progress of a compilation, and cancelling it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from pos_helper.catalog.packs.pack_files import pack_files

ProgressCallback = Callable[[int, int], None]
"""Called with the amount done and the total."""


class CompileCancelled(Exception):
    """The compilation was cancelled; it leaves no files behind."""


# The ends of the stages in thousandths, in proportion to their duration for a large catalog.
_READ, _ENTRIES_WRITTEN, _DONE = 500, 950, 1000


class CompileProgress:
    """Reports progress in thousandths over three stages: reading files, writing entries, writing terms.

    Every method raises ``CompileCancelled`` once ``cancelled`` returns ``True``.
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
        """Report one more file as read."""
        self._read += 1
        self._report(0, _READ, self._read, self._files)

    def entries_written(self, done: int, of: int) -> None:
        """Report the number of entries written."""
        self._report(_READ, _ENTRIES_WRITTEN, done, of)

    def terms_written(self, done: int, of: int) -> None:
        """Report the number of terms written."""
        self._report(_ENTRIES_WRITTEN, _DONE, done, of)

    def done(self) -> None:
        """Report the compilation as finished."""
        self.terms_written(1, 1)

    def _report(self, start: int, end: int, done: int, of: int) -> None:
        if self._cancelled and self._cancelled():
            raise CompileCancelled
        if self._progress:
            self._progress(start + (end - start) * done // of, _DONE)


def _file_count(pack: Path) -> int:
    try:
        return len(pack_files(pack))
    except OSError:  # reported as a problem when the pack is read
        return 0
