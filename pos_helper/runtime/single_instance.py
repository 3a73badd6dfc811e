"""One instance per data folder: a second start passes its query to the first instance and ends.

Instances with different data folders are independent. If the first instance does not respond, a second start
opens a window of its own, so that the program stays usable.

What is typed may be a card number, so it goes to nobody but this user: the claim and the socket lie in a
folder that no other user can enter. On Windows the temporary folder is the user's own, and a named pipe made
with ``UserAccessOption`` lets in no other user.
"""

import logging
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QDir, QLockFile, QObject, Signal

from pos_helper.domain.text import replace_surrogates

# The network module is imported after the first window is shown, to keep it out of the start.
if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_BETWEEN_TRIES_MS = 50
_LONGEST_START = 15.0
"""So many seconds a window takes at most until it listens, on a slow PC with twenty starts at once."""

_MOST_CHARACTERS = 10_000
_MOST_BYTES = 64 * 1024
_RECEIVED = b"ok\n"
_LONGEST_ADDRESS = 103
"""So many bytes may the path of a socket have everywhere: Linux takes 107, macOS 103."""


class _Message(msgspec.Struct):
    """The message of a later start to the first instance."""

    query: str


class SingleInstance(QObject):
    """Makes this process the only instance of a data folder.

    Call ``claim`` first; if it returns ``True``, open the window, and call ``listen`` once it is painted.
    """

    summoned = Signal(str)
    """Another start asks for the window; the argument is its query, which can be empty."""

    def __init__(self, data: Path, parent: QObject | None = None, *, patience_ms: int = 3000) -> None:
        """``data`` is the data folder, ``patience_ms`` the timeout for the answer of the first instance."""
        super().__init__(parent)
        self._patience_ms = patience_ms
        self._address = instance_address(data)
        # Qt takes over the lock of a dead process, even a damaged one, but never that of a living process.
        self._lock = QLockFile(f"{self._address or data}.lock")
        self._server: QLocalServer | None = None

    def claim(self, query: str = "") -> bool:
        """Whether this process should open a window. If not, the first instance has received the query.

        It waits only if the first instance does not answer, for at most about ``patience_ms``, or as long as
        the first instance may still be starting: of many starts at once on a slow PC one opens a window.
        """
        if self._address is None:
            logging.getLogger(__name__).warning("No folder is this user's alone; other windows are not found")
            return True
        deadline = QDeadlineTimer(self._patience_ms)
        is_garbage = False
        while not deadline.hasExpired() or self._is_new():
            # Waiting for the lock covers a first instance that is ending or not listening yet.
            if (
                self._lock.tryLock(_BETWEEN_TRIES_MS)
                or self._lock.error() != QLockFile.LockError.LockFailedError
            ):
                return True
            if self._hand_over(query, deadline):
                return False
            was_garbage, is_garbage = is_garbage, not self._lock.getLockInfo()[0]
            if was_garbage and is_garbage:
                # Nobody is about to write it: a power cut left it. Qt does not take it from a living process.
                self._lock.removeStaleLockFile()
        logging.getLogger(__name__).warning("The first window does not answer; opening another one")
        return True

    def listen(self) -> None:
        """Accept messages of later starts. Does nothing without the lock."""
        if self._address is None or not self._lock.isLocked():
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._read)
        # This process holds the lock, so an existing socket is left over from a killed process.
        QLocalServer.removeServer(_server_name(self._address))
        if not self._server.listen(_server_name(self._address)):
            logging.getLogger(__name__).warning("Cannot listen: %s", self._server.errorString())

    def close(self) -> None:
        """Stop listening and release the lock."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _is_new(self) -> bool:
        """Whether the claim is so new that the process which made it may not be listening yet."""
        try:
            age = time.time() - Path(self._lock.fileName()).stat().st_mtime
        except OSError:
            return False
        return 0 <= age < _LONGEST_START

    def _hand_over(self, query: str, deadline: QDeadlineTimer) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        assert self._address is not None  # or nothing would have been claimed
        if not _is_own(self._address):
            return False
        socket = QLocalSocket()
        socket.connectToServer(_server_name(self._address))
        if not socket.waitForConnected(_BETWEEN_TRIES_MS):
            return False
        _allow_raising()
        message = _Message(replace_surrogates(query[:_MOST_CHARACTERS]))
        socket.write(msgspec.json.encode(message) + b"\n")
        while not socket.canReadLine():
            if not socket.waitForReadyRead(max(_BETWEEN_TRIES_MS, deadline.remainingTime())):
                return False
        return socket.readLine().data() == _RECEIVED

    def _read(self) -> None:
        """Read the messages of all connected starts and emit ``summoned`` for each."""
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


def instance_address(data: Path) -> Path | None:
    """The path of the socket, and without its ending of the lock: in a folder that is this user's alone.

    That is the runtime folder of the XDG Base Directory Specification, else the temporary or the data folder.
    Without any it is ``None``.
    """
    name = _instance_name(data)
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folders = [*([Path(runtime)] if runtime else []), Path(QDir.tempPath()), data]
    own = (folder / name for folder in folders if _is_private(folder))
    return next((path for path in own if len(os.fsencode(path)) <= _LONGEST_ADDRESS), None)


def _is_private(folder: Path) -> bool:
    """Whether nobody but this user can enter a folder."""
    if sys.platform == "win32":
        return True
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _is_own(address: Path) -> bool:
    """Whether this user made the socket, if there is one."""
    if sys.platform == "win32":
        return True
    try:
        return address.lstat().st_uid == os.geteuid()
    except OSError:
        return False


def _server_name(address: Path) -> str:
    """What Qt calls the socket: on Windows a pipe, which is in no folder."""
    return address.name if sys.platform == "win32" else str(address)


def _instance_name(data: Path) -> str:
    """A name that is unique per user and data folder, whatever the path's spelling."""
    folder = os.path.normcase(data.expanduser().resolve())
    whose = f"{QDir.homePath()}\n{folder}".encode("utf-8", "surrogateescape")
    # Qt's hash is already loaded; Python's would load OpenSSL.
    digest = QCryptographicHash.hash(whose, QCryptographicHash.Algorithm.Sha256)
    return f"pos-helper-{bytes(digest.data()).hex()[:16]}"


def _query_in(line: bytes) -> str | None:
    """The query in a message; ``None`` if it is not a valid message."""
    try:
        return msgspec.json.decode(line, type=_Message).query
    except (msgspec.DecodeError, RecursionError):
        return None


def _allow_raising() -> None:
    """Allow the first instance to come to the front, which Windows requires of the active program."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
