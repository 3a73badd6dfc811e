"""One window per data folder: a second start hands its query over to the first and ends.

Two data folders are two programs that know nothing of one another. A start that finds the first one
hung opens a window of its own, for a cashier who cannot open the program has nothing.
"""

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QDir, QLockFile, QObject, Signal

from pos_helper.domain.text import replace_surrogates

# The first window must not wait for the network module; it is loaded when the window stands.
if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_BETWEEN_TRIES_MS = 50
_MOST_CHARACTERS = 10_000
_MOST_BYTES = 64 * 1024
_RECEIVED = b"ok\n"


class _Message(msgspec.Struct):
    """What a later start says to the first one."""

    query: str


class SingleInstance(QObject):
    """The claim of this process to be the one window of a data folder.

    First ``claim``; if it says so, open the window, and ``listen`` once it is painted.
    """

    summoned = Signal(str)
    """Another start asks for the window, with the query that it was given (maybe empty)."""

    def __init__(self, data: Path, parent: QObject | None = None, *, patience_ms: int = 3000) -> None:
        """``data`` is the data folder, ``patience_ms`` how long a first window may take to answer."""
        super().__init__(parent)
        self._patience_ms = patience_ms
        self._name = instance_name(data)
        # Of a living process Qt takes no lock, however old; of a dead one it takes even a damaged one.
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        self._server: QLocalServer | None = None

    def claim(self, query: str = "") -> bool:
        """Whether this process shall open a window. If not, the first one has been given the query.

        Waits only if the first one does not answer, and then as long as patience lasts.
        """
        deadline = QDeadlineTimer(self._patience_ms)
        while not deadline.hasExpired():
            # Waiting for the lock covers a first start that ends, or is not listening yet.
            if (
                self._lock.tryLock(_BETWEEN_TRIES_MS)
                or self._lock.error() != QLockFile.LockError.LockFailedError
            ):
                return True
            if self._hand_over(query, deadline):
                return False
        logging.getLogger(__name__).warning("The first window does not answer; opening another one")
        return True

    def listen(self) -> None:
        """Let later starts find this one. Does nothing without the lock."""
        if not self._lock.isLocked():
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._read)
        # With the lock in hand, a socket of that name can only be what a killed process left.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            logging.getLogger(__name__).warning("Cannot listen: %s", self._server.errorString())

    def close(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _hand_over(self, query: str, deadline: QDeadlineTimer) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_BETWEEN_TRIES_MS):
            return False
        _allow_raising()
        message = _Message(replace_surrogates(query[:_MOST_CHARACTERS]))
        socket.write(msgspec.json.encode(message) + b"\n")
        while not socket.canReadLine():
            if not socket.waitForReadyRead(max(1, deadline.remainingTime())):
                return False
        return socket.readLine().data() == _RECEIVED

    def _read(self) -> None:
        """Read what has come from all starts that are connected, the new ones too."""
        from PySide6.QtNetwork import QLocalSocket

        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)
        queries: list[str] = []
        for socket in self._server.findChildren(QLocalSocket):
            if socket.canReadLine() and (query := _query_in(socket.readLine().data())) is not None:
                queries.append(query)
                socket.write(_RECEIVED)
                socket.flush()
            elif socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
        for query in queries:
            self.summoned.emit(query)


def instance_name(data: Path) -> str:
    """The name of the claim on one person's data folder, the same however the folder is written."""
    folder = os.path.normcase(data.expanduser().resolve())
    whose = f"{QDir.homePath()}\n{folder}".encode("utf-8", "surrogateescape")
    # Qt's hash is there already; Python's would load OpenSSL for these few bytes.
    digest = QCryptographicHash.hash(whose, QCryptographicHash.Algorithm.Sha256)
    return f"pos-helper-{bytes(digest.data()).hex()[:16]}"


def _query_in(line: bytes) -> str | None:
    """The query in a message, or ``None`` if the message is not one of ours."""
    try:
        return msgspec.json.decode(line, type=_Message).query
    except (msgspec.DecodeError, RecursionError):
        return None


def _allow_raising() -> None:
    """Windows lets a program come to the front only if the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
