"""Tells the keys of a barcode scanner from a person's, by their speed, where they could do harm.

A scanner is a keyboard: it types what it reads and then Enter, a key every 1 to 20 ms, into whatever has the
focus. In a text field that is text, and Enter goes no further; in the search box it replaces what stands
there. Anywhere else it would tick steps, choose results and press buttons.
"""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

HOLD = 40
"""Keys that follow each other in fewer milliseconds are a scanner's; people need 60 at the least."""

SCAN = 6
"""A burst of so many characters is a scan even without Enter; two or three may be two hands at once."""

TAIL = 300
"""So many milliseconds after such a scan an Enter still belongs to it: some scanners wait before it."""

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ScanGuard(QObject):
    """Holds characters back, outside of text fields, until it is plain who typed them.

    What a scanner typed is thrown away. What a person typed is delivered: Space to the list or button that
    has the focus; any other character, in the main window, to the search box.

    It watches the windows and not the application, where Qt would ask it about each event of each widget.
    """

    scanned = Signal()
    """Something was scanned, and thrown away."""

    def __init__(self, box: QLineEdit) -> None:
        """``box`` is the search box of the main window."""
        super().__init__(box)
        self._box = box
        self._held: list[QKeyEvent] = []
        self._burst = ""
        self._last = -HOLD
        self._tail = 0
        self._popup: QWidget | None = None
        self._pause = QTimer(self, singleShot=True)
        # Not as a keyword: PySide does not find it on a Turkish system, where the capital of "i" is another.
        self._pause.setInterval(HOLD)
        self._pause.timeout.connect(self._settle)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once, however often it is called

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            match event.type():
                case QEvent.Type.KeyPress:
                    return self._takes_press(event)
                case QEvent.Type.KeyRelease if self._held:
                    self._held.append(event.clone())
                    return True
        return False

    def _takes_press(self, event: QKeyEvent) -> bool:
        """Whether a key that was pressed goes no further, for now or at all."""
        if event.isAutoRepeat() or event.key() in _MODIFIERS:
            return False
        # The time when it was pressed: the program may have been busy since. Input methods may not tell it.
        at = event.timestamp() or round(time.monotonic() * 1000)
        is_quick = 0 <= at - self._last < HOLD
        if not is_quick:
            self._settle()
        is_end = event.key() in _ENDS
        is_text = event.text().isprintable() and bool(event.text()) and not event.modifiers() & _COMMANDS
        if not (is_end or is_text):
            self._settle()
            return False
        self._last = at
        self._burst = self._burst + event.text() if is_quick else event.text()
        receiver = self._receiver()
        if _takes_text(receiver):
            if receiver is self._box:
                if len(self._burst) == SCAN:
                    self._box.setText(self._burst[:-1])
                return False
            # In a line of a dialog Enter would press the button that ends it.
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            return is_enter and isinstance(receiver, QLineEdit) and len(self._burst) > SCAN
        if is_text:
            self._held.append(event.clone())
            self._pause.start()
            return True
        if self._held:
            self._throw_away()
        return is_quick or self._tail - TAIL <= at < self._tail

    def _receiver(self) -> QWidget | None:
        """The widget that gets the keys: an open menu, else what has the focus."""
        popup = QApplication.activePopupWidget()
        if popup is None:
            return QApplication.focusWidget() or QApplication.activeWindow()
        # PySide takes what a popup returns for the popup's own, and lets go of it together with its object.
        self._popup = popup
        # The proposals below a text field hand their keys to it.
        return popup.focusProxy() or popup.focusWidget() or popup

    def _settle(self) -> None:
        """Nothing has followed the characters that are held: deliver them, unless they are a scan."""
        self._pause.stop()
        if sum(event.type() is QEvent.Type.KeyPress for event in self._held) >= SCAN:
            self._tail = self._last + TAIL
            self._throw_away()
        held, self._held = self._held, []
        for event in held:
            self._deliver(event)

    def _throw_away(self) -> None:
        self._pause.stop()
        self._held = []
        self.scanned.emit()

    def _deliver(self, event: QKeyEvent) -> None:
        receiver = self._receiver()
        is_for_receiver = event.type() is QEvent.Type.KeyRelease or event.key() == Qt.Key.Key_Space
        in_window = receiver is None or receiver.window() is self._box.window()
        if in_window and not (is_for_receiver or _takes_text(receiver)):
            self._box.setFocus()
            self._box.selectAll()
            receiver = self._box
        if receiver is not None:
            QCoreApplication.sendEvent(receiver, event)


def _takes_text(widget: QWidget | None) -> bool:
    fields = QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox
    return isinstance(widget, fields) and not widget.isReadOnly()
