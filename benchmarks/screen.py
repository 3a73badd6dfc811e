"""Detect when a window has been painted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 5.0


class FirstPaint(QObject):
    """Reports when a window was first painted and when the work queued behind that was done.

    Calls ``report(painted, ready)`` once, in seconds of the monotonic clock.
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
            # The posted event arrives after the rest of the window, which is painted in the same iteration of
            # the event loop. A queued signal would load all names of ``Qt``: 10 ms more for the empty window.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
        return False

    def customEvent(self, event: QEvent) -> None:
        self._painted = time.monotonic()
        # Work that the program has queued for after its first paint runs before this timer.
        QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        self._report_to(self._painted, time.monotonic())


class PaintWatch(QObject):
    """Counts the repaints of a visible window. One update request paints all pending changes."""

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
        """Return the milliseconds from the start of ``job`` until all its changes are painted.

        Raises ``RuntimeError`` if nothing is painted within ``_PATIENCE`` seconds.
        """
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
        """Process events until a round paints nothing; return when the last painting round ended."""
        painted = time.perf_counter()
        before = -1
        while self._painted != before:
            painted = time.perf_counter()
            before = self._painted
            QApplication.processEvents()
        return painted
