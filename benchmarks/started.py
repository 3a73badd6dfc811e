"""A process that starts, is painted, says when and how large it was, and ends.

python -m benchmarks.started empty
python -m benchmarks.started program DATA_DIR

It prints when the window was painted, when the program was ready (on the clock that all processes share,
in seconds), and the most memory it had until then, in MiB.
"""

import sys

from benchmarks.memory import peak_memory

# Nothing else is imported up here: both windows would wait for it, and Qt comes when the program wants it.


def report(painted: float, ready: float) -> None:
    """Print what was measured, and end the program."""
    from PySide6.QtWidgets import QApplication

    print(painted, ready, peak_memory(), flush=True)
    QApplication.quit()


def empty() -> int:
    """An empty window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from benchmarks.screen import FirstPaint

    application = QApplication([])
    window = QMainWindow()
    FirstPaint(window, report)
    window.show()
    return application.exec()


def program(data_dir: str) -> int:
    """The program as a person starts it. All that it imports comes in its own order."""
    from pos_helper.__main__ import main
    from pos_helper.runtime import quick_start

    # Only tools for development bring this module. An installed program has none, but msgspec would load it.
    vars(sys)["modules"]["typing_extensions"] = None
    load_qt = quick_start.load_qt

    def load_and_watch() -> None:
        load_qt()
        _watch_event_loop()

    quick_start.load_qt = load_and_watch
    return main(["--data-dir", data_dir])


def _watch_event_loop() -> None:
    """Begin the watch when the program enters its event loop, the first place where its window is there."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from benchmarks.screen import FirstPaint

    run_events = QApplication.exec

    def watched(*_: object) -> int:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
        FirstPaint(window, report)
        return run_events()

    # Not unittest.mock: importing it takes as long as a quarter of the empty window.
    event_loop = "exec"
    setattr(QApplication, event_loop, watched)


if __name__ == "__main__":
    sys.exit(empty() if sys.argv[1] == "empty" else program(sys.argv[2]))
