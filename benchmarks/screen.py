"""Knowing when something was painted."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 5.0


class PaintWatch(QObject):
    """Sees when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False

    def time(self, job: Callable[[], object]) -> float:
        """The milliseconds from the start of a job until the widget has been painted after it."""
        QApplication.processEvents()
        self.seen = False
        start = time.perf_counter()
        job()
        while not self.seen:
            QApplication.processEvents()
            if time.perf_counter() - start > _PATIENCE:
                raise RuntimeError(f"nothing was painted within {_PATIENCE:g} s")
        # The paint event is inside this call of the event loop: it ends when the window is drawn.
        return (time.perf_counter() - start) * 1000
