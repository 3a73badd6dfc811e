"""What a person types about a case: handed over to be kept while it is typed, or once the field is left."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos_helper.domain.cases import Case
from pos_helper.domain.resolved_entry import ResolvedEntry

TYPING_PAUSE = 800
"""After so many milliseconds without a key what was typed is handed over to be kept."""

KEPT_WITHIN = 800
"""So many milliseconds after a key it is handed over even if typing goes on."""

_T = TypeVar("_T")


class KeptTyping(QObject, Generic[_T]):
    """Stands between fields and the store: the fields are its owner's, which ``read``s and ``show``s them.

    While a person types nothing is changed under the cursor: what is kept in another form than it was typed,
    as card data are, is shown after a pause.
    """

    changed = Signal(object)
    """What stands in the fields, to be kept."""

    def __init__(
        self,
        read: Callable[[], _T],
        show: Callable[[_T], object],
        blank: _T,
        parent: QObject,
        meanwhile: Callable[[_T, _T], _T] | None = None,
    ) -> None:
        """``blank`` is what stands in the fields while nothing is kept.

        ``meanwhile`` says of what stands there, and of what is kept, what can be kept while typing goes on;
        without it nothing is kept before a pause.
        """
        super().__init__(parent)
        self._read = read
        self._show = show
        self._meanwhile = meanwhile
        self._entry_id: str | None = None
        self._case_id: int | None = None
        self.kept = self._blank = blank
        """What is kept of the case on screen."""
        self._handed = self._kept_from = blank
        self.is_typed = False
        """Whether something was typed since that was shown: else the fields need not be read."""
        self._pause = self._timer(TYPING_PAUSE, self.hand_over)
        self._limit = self._timer(KEPT_WITHIN, self._hand_over_meanwhile)

    def _timer(self, after: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True)
        # Not as a keyword: PySide does not find it on a Turkish system, where the capital of "i" is another.
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    def go_on(self) -> None:
        """Something was typed: wait for a pause, but not for long."""
        self.is_typed = True
        self._pause.start()
        if self._meanwhile is not None and not self._limit.isActive():
            self._limit.start()

    def hand_over(self) -> None:
        """Wait no longer."""
        if (value := self.take()) is None:
            return
        self._hand(value)
        if self.is_typed and self._read() == self._kept_from != self.kept:
            self._show(self.kept)
            self.is_typed = False

    def _hand_over_meanwhile(self) -> None:
        if self._entry_id is None or self._meanwhile is None:
            return
        value = self._meanwhile(self._read(), self.kept)
        if value != self.kept:
            self._hand(value)

    def _hand(self, value: _T) -> None:
        self._handed = value
        self.changed.emit(value)

    def take(self) -> _T | None:
        """What stands in the fields if it differs from what is kept, else ``None``.

        To be called before another entry comes on screen: there is no pause to wait for any more.
        """
        self._pause.stop()
        self._limit.stop()
        if self._entry_id is None or not self.is_typed:
            return None
        value = self._read()
        return value if value != self.kept else None

    def show_kept(self, resolved: ResolvedEntry | None, case: Case | None, kept: _T | None) -> None:
        """Show what is kept of a case, but never over what could not be kept yet."""
        value = self._blank if kept is None else kept
        entry_id, case_id = resolved.entry.id if resolved else None, case.id if case else None
        # The first thing that is kept gives an entry its case: that is no change of case.
        other = entry_id != self._entry_id or (self._case_id is not None and case_id != self._case_id)
        is_new = value != self.kept
        kept_anew = is_new and value != self._read() and not self._pause.isActive()
        self._entry_id, self._case_id, self.kept = entry_id, case_id, value
        if is_new:
            self._kept_from = self._handed
        if kept_anew or (other and (is_new or self.is_typed)):
            self._show(value)
            self._pause.stop()
            self._limit.stop()
            self.is_typed = False
