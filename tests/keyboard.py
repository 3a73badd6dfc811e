"""Keys as they come from a keyboard, to the window that has the focus, each with the time of its press."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

BY_HAND = 120
BY_SCANNER = 8
"""Milliseconds from one key to the next."""

ARTICLE = "6901234567892"


class Keyboard:
    """A person, or a scanner, in the same time."""

    def __init__(self) -> None:
        self._now = 1_000_000

    def press(
        self,
        key: Qt.Key | str,
        pace: int = BY_HAND,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key, named or by its character, and let it go."""
        self._now += pace
        self._send(QEvent.Type.KeyPress, key, modifiers)
        self._now += pace // 4
        self._send(QEvent.Type.KeyRelease, key, modifiers)

    def hold(self, key: Qt.Key | str, times: int) -> None:
        """Hold a key down, so that the system repeats it."""
        self._now += BY_HAND
        self._send(QEvent.Type.KeyPress, key)
        for _ in range(times):
            self._now += 30
            self._send(QEvent.Type.KeyPress, key, repeats=True)

    def type(self, text: str) -> None:
        """Type a text by hand."""
        for character in text:
            self.press(character)

    def scan(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Type a text as a scanner does, with the key that it is set to send at the end."""
        self._now += 1000
        for key in (*text, *([end] if end else [])):
            self.press(key, BY_SCANNER)

    def _send(
        self,
        kind: QEvent.Type,
        key: Qt.Key | str,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        repeats: bool = False,
    ) -> None:
        text = key if isinstance(key, str) else "\r" if key is Qt.Key.Key_Return else ""
        code = ord(key.upper()) if isinstance(key, str) else key
        event = QKeyEvent(kind, code, modifiers, text, repeats)
        event.setTimestamp(self._now)
        window = QGuiApplication.focusWindow()
        if window is not None:  # a key can have closed the one that had the focus
            QCoreApplication.sendEvent(window, event)
