"""A process that starts, is painted, says when and how large it was, and ends.

python -m benchmarks.started empty
python -m benchmarks.started program DATA_DIR
"""

import sys
import time
from collections.abc import Callable
from unittest.mock import patch

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from benchmarks.memory import peak_memory


class FirstPaint(QObject):
    """Reports the first painting of a widget, then ends the program."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            # The rest of the window is painted in the same turn of the event loop.
            QTimer.singleShot(0, self._report)
        return False

    def _report(self) -> None:
        print(time.monotonic(), peak_memory(), flush=True)
        QApplication.quit()


def empty() -> int:
    """An empty window."""
    application = QApplication([])
    window = QMainWindow()
    FirstPaint(window)
    window.show()
    return application.exec()


def program(data_dir: str) -> int:
    """The program as a person starts it, down to the event loop, which is where the watch begins."""
    # Here, because the empty window shall not wait for it.
    from pos_helper.cli import main

    run_events: Callable[[], int] = QApplication.exec

    def watched(*_: object) -> int:
        FirstPaint(next(w for w in QApplication.allWidgets() if w.objectName() == "searchBox"))
        return run_events()

    with patch.object(QApplication, "exec", watched):
        return main(["--data-dir", data_dir])


if __name__ == "__main__":
    sys.exit(empty() if sys.argv[1] == "empty" else program(sys.argv[2]))
