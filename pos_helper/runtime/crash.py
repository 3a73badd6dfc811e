"""Handles uncaught errors: they are logged and shown once, and the program continues.

``CrashHook`` handles Python exceptions, ``FatalErrorLog`` crashes of the whole process.
"""

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal, qVersion

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text
from pos_helper.files import make_folder, open_private

_FAULT = Text(
    "程序出了一点问题。已经打的勾和备注都保存了，可以继续使用。如果再出现，请把详情发给维护人员。",
    "Something went wrong in the program. Your ticks and notes are saved and you can go on. "
    "If it happens again, send the details to whoever looks after the program.",
)


class CrashReport(Struct, frozen=True):
    """An error to show: a sentence for the user, and details to copy, with card data masked."""

    sentence: Text
    details: str


class _Caught(QEvent):
    """Carries a report to the GUI thread."""

    def __init__(self, report: CrashReport) -> None:
        super().__init__(QEvent.Type.User)
        self.report = report


class CrashHook(QObject):
    """Handles uncaught exceptions of all threads from ``install`` on. Create it on the GUI thread.

    Every exception is logged. ``crashed`` is emitted on the GUI thread, but not while receivers still handle
    a report (a dialog is open), nor for an exception that was reported before (a widget that fails at each
    repaint). Exceptions of finalizers are only logged.
    """

    crashed = Signal(object)
    """A ``CrashReport`` to show."""

    def __init__(self, recent_log: Callable[[], str], parent: QObject | None = None) -> None:
        """``recent_log`` returns the latest lines of the log, for the details."""
        super().__init__(parent)
        self._recent_log = recent_log
        self._handling = threading.local()
        self._reporting = False
        self._reported: set[str] = set()
        self._hooks_before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Replace Python's three hooks."""
        self._hooks_before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread
        sys.unraisablehook = self._handle_unraisable

    def uninstall(self) -> None:
        """Restore the previous hooks."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks_before

    def handle(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Log and report an exception. Never raises; an error of its own goes to standard error.

        Ctrl+C is not reported: it ends the program with the exit code that shells expect.
        """
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        if getattr(self._handling, "now", False):
            # Formatting the exception may be what fails, so it is not formatted again.
            _write_to_stderr(f"{kind.__name__} while handling another fault\n")
            return
        report: CrashReport | None = None
        self._handling.now = True
        try:
            _write_to_stderr(_as_text(kind, fault, trace))
            logging.getLogger(__name__).critical("Uncaught", exc_info=(kind, fault, trace))
            report = self._new_report(kind, fault, trace)
        except BaseException as own_fault:
            _write_to_stderr(_as_text(type(own_fault), own_fault, own_fault.__traceback__))
        finally:
            self._handling.now = False
        if report is not None:
            self._pass_on(report)

    def _handle_in_thread(self, args: threading.ExceptHookArgs) -> None:
        # A thread may end itself with SystemExit.
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    def _handle_unraisable(self, unraisable: "sys.UnraisableHookArgs") -> None:
        with suppress(BaseException):
            fault = unraisable.exc_value or unraisable.exc_type()
            logging.getLogger(__name__).error(
                "%s: %r",
                unraisable.err_msg or "Ignored",
                unraisable.object,
                exc_info=(unraisable.exc_type, fault, unraisable.exc_traceback),
            )

    def _new_report(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> CrashReport | None:
        """The report of an exception; ``None`` if one of this type at this place was reported before."""
        place = "".join(traceback.format_tb(trace, limit=-1)) + kind.__name__
        if place in self._reported:
            return None
        self._reported.add(place)
        return CrashReport(
            sentence=fault.text if isinstance(fault, UserError) else _FAULT,
            details=self._details(_as_text(kind, fault, trace)),
        )

    def _pass_on(self, report: CrashReport) -> None:
        here = QThread.currentThread()
        if here == self.thread() and here.loopLevel() == 0:
            # No event loop is running to deliver a posted report.
            self._report(report)
        else:
            # Posted on the same thread too: no dialog may open in the middle of a paint event.
            QCoreApplication.postEvent(self, _Caught(report))

    def _details(self, trace: str) -> str:
        import platform  # not at the top, to keep it out of the start

        about = (
            f"{QCoreApplication.applicationName()} {QCoreApplication.applicationVersion()}, "
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
        )
        return f"{about}\n\n{trace}\n{mask_card_data(self._recent_log())}"

    def customEvent(self, event: QEvent) -> None:
        if isinstance(event, _Caught):
            self._report(event.report)

    def _report(self, report: CrashReport) -> None:
        if self._reporting:
            return
        self._reporting = True
        try:
            self.crashed.emit(report)
        finally:
            self._reporting = False


def _as_text(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> str:
    """An exception as Python prints it, with card data masked."""
    return mask_card_data("".join(traceback.format_exception(kind, fault, trace)))


def _write_to_stderr(text: str) -> None:
    """Write to standard error if there is one; a windowed program on Windows has none. Never raises."""
    with suppress(BaseException):
        if sys.stderr is not None:
            sys.stderr.write(text)


class FatalErrorLog:
    """The file for the stack traces of a crash in native code, which ends the whole process.

    ``close`` deletes the file, so one found at the next start is from a run that did not end properly.
    """

    def __init__(self, path: Path) -> None:
        """Start recording. Never raises; nothing is recorded if the file cannot be written."""
        self.previous = ""
        """The stack traces of the last run's crash, or ``""``."""
        self._path = path
        self._file: TextIO | None = None
        with suppress(OSError, UserError):
            if path.is_file():
                self.previous = path.read_text(encoding="utf-8", errors="replace")
            make_folder(path.parent)
            opened = open_private(str(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            self._file = os.fdopen(opened, "w", encoding="utf-8")
            faulthandler.enable(self._file)

    def close(self) -> None:
        """Stop recording and delete the file, at the end of a normal run."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            with suppress(OSError):
                self._path.unlink()
