"""Knowing when a window has been painted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 5.0


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
        self._settle()
        return (time.perf_counter() - start) * 1000

    def _settle(self) -> None:
        """Go on until a round of events has painted nothing more."""
        before = -1
        while self._painted != before:
            before = self._painted
            QApplication.processEvents()
