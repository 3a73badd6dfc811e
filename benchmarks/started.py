"""A process that starts, is painted, says when and how large it was, and ends.

python -m benchmarks.started empty
python -m benchmarks.started program DATA_DIR

It prints when the window was painted, when the program was ready (on the clock that all processes share,
in seconds), and the most memory it had until then, in MiB.
"""

import sys
import time
from pathlib import Path  # PySide6 needs it itself

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

# Nothing else is imported up here: whatever is, the empty window would wait for too.


class FirstPaint(QObject):
    """Notes when a window has been painted and when all that follows is done, then ends the program."""

    _painting = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._painted = 0.0
        # Queued: the rest of the window is painted in the same turn of the event loop.
        self._painting.connect(self._note, Qt.ConnectionType.QueuedConnection)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._painting.emit()
        return False

    def _note(self) -> None:
        self._painted = time.monotonic()
        # What a program does after its first painting comes before a timer that begins now.
        QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        print(self._painted, time.monotonic(), peak_memory(), flush=True)
        QApplication.quit()


def peak_memory() -> float:
    """The most memory that this process has had resident, in MiB; not a number where that is unknown."""
    # Not getrusage: what it tells a new process begins with the size of the process that started it.
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def empty() -> int:
    """An empty window."""
    application = QApplication([])
    window = QMainWindow()
    FirstPaint(window)
    window.show()
    return application.exec()


def program(data_dir: str) -> int:
    """The program as a person starts it, down to the event loop, which is where the watch begins."""
    from pos_helper.cli import main

    run_events = QApplication.exec

    def watched(*_: object) -> int:
        FirstPaint(next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow)))
        return run_events()

    # Not unittest.mock: importing it takes as long as a quarter of the empty window.
    event_loop = "exec"
    setattr(QApplication, event_loop, watched)
    return main(["--data-dir", data_dir])


if __name__ == "__main__":
    sys.exit(empty() if sys.argv[1] == "empty" else program(sys.argv[2]))
