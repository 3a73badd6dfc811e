"""Work in a background thread, so that the window never waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from pos_helper.backup.progress import Cancelled, Progress
from pos_helper.domain.errors import UserError

Work = Callable[[Progress], object]


class Job(QThread):
    """Does one piece of work. ``requestInterruption`` breaks it off."""

    progressed = Signal(int, int)
    """How much is done, and of how much."""
    done = Signal(object)
    """What the work gave. Not emitted after an interruption."""
    failed = Signal(object)
    """Why it cannot be done: a ``Text``."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work

    def run(self) -> None:
        try:
            result = self._work(Progress(self.progressed.emit, self.isInterruptionRequested))
        except Cancelled:
            return
        except UserError as error:
            self.failed.emit(error.text)
            return
        self.done.emit(result)

    def stop(self) -> None:
        """Break the work off and wait for its end."""
        self.requestInterruption()
        self.wait()
