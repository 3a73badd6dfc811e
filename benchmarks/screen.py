"""Knowing when a window has been painted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 5.0


class FirstPaint(QObject):
    """Notes when a window has been painted for the first time, and reports when all that follows is done.

    The times are those of the monotonic clock, in seconds.
    """

    def __init__(self, window: QWidget, report: Callable[[float, float], object]) -> None:
        super().__init__(window)
        self._window = window
        self._report_to = report
        self._painted = 0.0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # It comes back after the rest of the window, which is painted in the same turn of the event loop.
            # (A queued signal would have the empty window load all names of ``Qt``, for 10 ms.)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def customEvent(self, event: QEvent) -> None:
        self._painted = time.monotonic()
        # What a program does after its first painting comes before a timer that begins now.
        QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        self._report_to(self._painted, time.monotonic())


class PaintWatch(QObject):
    """Sees when a window that is shown is painted. One request paints all that has changed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._painted = 0
        window.installEventFilter(self)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self._painted += 1
        return False

    def time(self, job: Callable[[], object]) -> float:
        """The milliseconds from the start of a job until everything that it changed has been painted."""
        self._settle()
        start = time.perf_counter()
        before = self._painted
        job()
        while self._painted == before:
            QApplication.processEvents()
            if time.perf_counter() - start > _PATIENCE:
                raise RuntimeError(f"nothing was painted within {_PATIENCE:g} s")
        return (self._settle() - start) * 1000

    def _settle(self) -> float:
        """Go on until a round of events has painted nothing more; gives when the one before it ended."""
        painted = time.perf_counter()
        before = -1
        while self._painted != before:
            painted = time.perf_counter()
            before = self._painted
            QApplication.processEvents()
        return painted
