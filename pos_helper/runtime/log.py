"""The program's log, limited in size and with card data masked.

Messages of ``logging`` and of Qt go to one rotating file; the latest lines are also kept in memory for crash
reports.
"""

import logging
import sys
from collections import deque
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.errors import UserError
from pos_helper.files import make_folder, open_private

_FILE_BYTES = 256 * 1024
_OLD_FILES = 2
_LATEST_LINES = 200

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Log:
    """The log of this process. ``path`` is ``None`` if it is in memory only: the file cannot be written."""

    def __init__(self, path: Path, level: int = logging.INFO) -> None:
        """Start logging at ``level`` and create the folder if needed. Never raises."""
        self._root = logging.getLogger()
        self._level_before = self._root.level
        self._root.setLevel(level)
        # On a full disk lines are dropped silently, because the error of ``logging`` prints them unmasked.
        self._raised_before = logging.raiseExceptions
        logging.raiseExceptions = False
        self._latest = _LatestLines()
        self._handlers: list[logging.Handler] = [self._latest]
        self.path = self._open(path)
        for handler in self._handlers:
            handler.setFormatter(_MaskingFormatter())
            self._root.addHandler(handler)
        # ``close`` restores the previous handler.
        self._qt_handler_before = qInstallMessageHandler(_log_qt_message)

    def _open(self, path: Path) -> Path | None:
        try:
            make_folder(path.parent)
            file = _File(path)
        except (OSError, UserError):
            return None
        self._handlers.append(file)
        return path

    def latest(self) -> str:
        """The latest lines, oldest first, with card data masked."""
        return "\n".join(self._latest.lines)

    def close(self) -> None:
        """Stop logging and close the file."""
        qInstallMessageHandler(self._qt_handler_before)
        for handler in self._handlers:
            self._root.removeHandler(handler)
            # Closing a file on a full disk raises the write error again.
            with suppress(OSError):
                handler.close()
        logging.raiseExceptions = self._raised_before
        self._root.setLevel(self._level_before)


class _MaskingFormatter(logging.Formatter):
    """Masks card data in a formatted record: message, arguments and traceback."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Format a record with card data masked."""
        return mask_card_data(super().format(record))


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Log a Qt message under the name of its category, such as ``qt.fonts``."""
    # The category can be None, despite its type.
    category = str(context.category or "default")
    name = category if category.startswith("qt.") else f"qt.{category}"
    logging.getLogger(name).log(_LEVELS[kind], "%s", message)
    if kind is QtMsgType.QtFatalMsg and sys.stderr is not None:
        # Qt aborts the program after this, so the reason goes to the console too.
        sys.stderr.write(f"{mask_card_data(message or '')}\n")


class _File(logging.FileHandler):
    """A rotating log file; two previous files are kept with a number appended.

    It replaces ``RotatingFileHandler``, whose module imports sockets and queues and adds 5 ms to the start.
    """

    def __init__(self, path: Path) -> None:
        """Raises ``OSError`` if the file cannot be written."""
        super().__init__(path, encoding="utf-8")
        self._path = path

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding=self.encoding, opener=open_private)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() > _FILE_BYTES:
                self.stream.close()
                self._begin_anew()
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _begin_anew(self) -> None:
        try:
            for number in reversed(range(_OLD_FILES)):
                newer = self._numbered(number)
                if newer.exists():
                    newer.replace(self._numbered(number + 1))
        finally:
            self.stream = self._open()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}") if number else self._path


class _LatestLines(logging.Handler):
    """Keeps the latest lines in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_LATEST_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.lines.append(self.format(record))
        except Exception:
            self.handleError(record)
