"""A program that fails in a way of its own: ``crash_child.py FOLDER WAY``. It prints what it was told.

Each way runs the event loop and ends by itself with the exit code 0, unless it dies of what it tries.
"""

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThread, QThreadPool, QTimer

from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.runtime.crash import CrashHook, CrashReport, FatalErrorLog
from pos_helper.runtime.log import Log

LONGEST_LIFE_MS = 20_000
CARD = "4111 1111 1111 1111"


def say(*words: object) -> None:
    """Print a line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Program(QObject):
    """Fails in one of its ways, says what it is told, and ends when it is told what it waits for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.log = Log(folder / "pos-helper.log")
        self.hook = CrashHook(self.log.latest, self)
        self.hook.install()
        self.hook.crashed.connect(self.told)
        self.waits_for = "cannot read"

    def told(self, report: CrashReport) -> None:
        """What the window would show."""
        say("told", "here" if QThread.currentThread() == self.thread() else "elsewhere", report.sentence.en)
        say("details", ascii(report.details))
        if self.waits_for in report.details:
            QCoreApplication.quit()

    def fail(self) -> None:
        """Fail with card data in the words."""
        raise RuntimeError(f"cannot read {CARD}")

    def fail_otherwise(self) -> None:
        """A second fault, to see that those before it are through."""
        raise RuntimeError("the last one")

    def fail_to_show(self) -> None:
        """Fail at showing a fault."""
        raise RuntimeError("no dialog")

    def run_into_trouble(self) -> None:
        """Run into expected trouble that nobody expected."""
        raise UserError(Text("磁盘满了。", "The disk is full."))

    def interrupt(self) -> None:
        """What Python does on Ctrl+C."""
        raise KeyboardInterrupt

    # --- the ways ------------------------------------------------------------------------------

    def in_a_slot(self) -> None:
        QTimer.singleShot(0, self.fail)

    def in_a_python_thread(self) -> None:
        threading.Thread(target=self.fail).start()

    def in_a_pool_thread(self) -> None:
        QThreadPool.globalInstance().start(Failing())

    def before_the_loop(self) -> None:
        self.fail()

    def again_and_again(self) -> None:
        self.waits_for = "the last one"
        for _ in range(50):
            QTimer.singleShot(0, self.fail)
        QTimer.singleShot(0, self.fail_otherwise)

    def at_showing(self) -> None:
        self.hook.crashed.connect(self.fail_to_show)
        self.in_a_slot()

    def in_trouble(self) -> None:
        self.waits_for = "The disk is full."
        QTimer.singleShot(0, self.run_into_trouble)

    def in_a_finalizer(self) -> None:
        self.waits_for = "the last one"
        Unlucky()
        QTimer.singleShot(0, self.fail_otherwise)

    def by_ctrl_c(self) -> None:
        QTimer.singleShot(0, self.interrupt)

    def for_good(self) -> None:
        os.abort()


class Failing(QRunnable):
    """Fails on a thread of Qt's pool."""

    def run(self) -> None:
        """Fail."""
        raise RuntimeError(f"cannot read {CARD}")


class Unlucky:
    """Fails when it is thrown away."""

    def __del__(self) -> None:
        raise RuntimeError("thrown away")


def main() -> int:
    folder, way = Path(sys.argv[1]), sys.argv[2]
    application = QCoreApplication([])
    application.setApplicationName("pos-helper")
    faults = FatalErrorLog(folder / "faults.txt")
    say("before", ascii(faults.previous))
    program = Program(folder)
    go: Callable[[], None] = getattr(program, way)
    go()
    QTimer.singleShot(LONGEST_LIFE_MS, application.quit)
    code = application.exec()
    faults.close()
    program.log.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
