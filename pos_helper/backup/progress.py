"""How long work says how far it is, and how it is broken off."""

from collections.abc import Callable


class Cancelled(Exception):
    """The work was broken off; it leaves nothing behind."""


class Progress:
    """Counts bytes of a total that grows while more work is found."""

    def __init__(
        self,
        report: Callable[[int, int], object] = lambda done, total: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self._report = report
        self._is_cancelled = is_cancelled
        self._done = self._total = 0

    def expect(self, amount: int) -> None:
        """So much more is to be done."""
        self._total += amount

    def advance(self, amount: int = 0) -> None:
        """So much more is done. Raises ``Cancelled`` if the work is not wanted any more."""
        if self._is_cancelled():
            raise Cancelled
        self._done += amount
        # In thousandths, because Qt counts in 32 bits.
        self._report(self._done * 1000 // max(1, self._total), 1000)
