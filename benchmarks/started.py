"""Start a window, print when it was painted and how much memory it used, and exit.

python -m benchmarks.started empty
python -m benchmarks.started program DATA_DIR

Prints three numbers: when the window was painted and when the program was ready, both in seconds of the
system-wide monotonic clock, and the peak memory until then in MiB.
"""

import sys

from benchmarks.memory import peak_memory

# No further imports here: they would delay both windows, and the program itself decides when to import Qt.


def report(painted: float, ready: float) -> None:
    """Print the measurements and quit the application."""
    from PySide6.QtWidgets import QApplication

    print(painted, ready, peak_memory(), flush=True)
    QApplication.quit()


def empty() -> int:
    """Show an empty window; return the exit code."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from benchmarks.screen import FirstPaint

    application = QApplication([])
    window = QMainWindow()
    FirstPaint(window, report)
    window.show()
    return application.exec()


def program(data_dir: str) -> int:
    """Run the program as a person starts it, with its own import order; return the exit code."""
    from pos_helper.__main__ import main
    from pos_helper.runtime import quick_start

    # Only development tools install this module; msgspec would import it, but an installed program has none.
    vars(sys)["modules"]["typing_extensions"] = None
    load_qt = quick_start.load_qt

    def load_and_watch() -> None:
        load_qt()
        _watch_event_loop()

    quick_start.load_qt = load_and_watch
    return main(["--data-dir", data_dir])


def _watch_event_loop() -> None:
    """Start watching when the program enters its event loop: its window exists, but is not painted yet."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from benchmarks.screen import FirstPaint

    run_events = QApplication.exec

    def watched(*_: object) -> int:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
        FirstPaint(window, report)
        return run_events()

    # Not unittest.mock: its import takes a quarter of the time of the empty window.
    event_loop = "exec"
    setattr(QApplication, event_loop, watched)


if __name__ == "__main__":
    sys.exit(empty() if sys.argv[1] == "empty" else program(sys.argv[2]))
