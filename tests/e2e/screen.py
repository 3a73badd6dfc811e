"""A real X display without a monitor, and a person's fingers on its keyboard."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadWindow
from Xlib.ext import xtest
from Xlib.protocol.event import ClientMessage

_PATIENCE = 60.0
"""How long a condition may take on a slow and busy machine before it counts as never, in seconds."""


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for a condition, however long it takes within reason; fail naming it."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"never happened: {what}")
        time.sleep(0.02)  # between two looks at another process there is nothing to wait on


class Screen:
    """One X display. Keys go to whatever window has the focus, as from a keyboard."""

    def __init__(self, name: str, temporary: str) -> None:
        self.name = name
        self._temporary = temporary
        self._display = Display(name)

    def close(self) -> None:
        self._display.close()

    def environment(self) -> dict[str, str]:
        """The environment of a program that shall show itself here."""
        others = ("QT_", "LC_", "LANG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        ours = {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8", "TMPDIR": self._temporary}
        return {**kept, **ours}

    def titles(self) -> list[str]:
        """The titles of the windows that are shown."""
        return list(self._windows())

    def size(self, title: str) -> tuple[int, int]:
        """The width and height of a window in pixels."""
        place = self._windows()[title].get_geometry()
        return place.width, place.height

    def focus(self, title: str) -> None:
        """Give the keyboard to a window, as a window manager would."""
        self._windows()[title].set_input_focus(X.RevertToParent, X.CurrentTime)
        self._display.sync()

    def close_window(self, title: str) -> None:
        """Close a window as its button in the title bar does."""
        window = self._windows()[title]
        protocols, delete = (self._display.get_atom(each) for each in ("WM_PROTOCOLS", "WM_DELETE_WINDOW"))
        window.send_event(
            ClientMessage(window=window, client_type=protocols, data=(32, [delete, X.CurrentTime, 0, 0, 0]))
        )
        self._display.sync()

    def _windows(self) -> dict[str, Any]:
        """The windows that are shown, by title."""
        name = self._display.get_atom("_NET_WM_NAME")
        found = {}
        for window in self._display.screen().root.query_tree().children:
            with suppress(BadWindow):  # it may close while it is looked at
                title = window.get_full_text_property(name)
                if title and window.get_attributes().map_state == X.IsViewable:
                    found[title] = window
        return found

    def press(self, *keys: str) -> None:
        """Press keys together: ``press("Control_L", "e")``. Names are those of X."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(key)) for key in keys]
        for code in codes:
            xtest.fake_input(self._display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()

    def type(self, text: str) -> None:
        """Type letters, digits and what a path is made of."""
        names = {"/": "slash", ".": "period", "-": "minus", "_": "underscore", " ": "space"}
        for character in text:
            key = names.get(character, character)
            shifted = character.isupper() or character == "_"
            self.press(*(["Shift_L"] if shifted else []), key.lower() if character.isalpha() else key)


@contextmanager
def x_display(size: str = "1366x768x24") -> Iterator[Screen]:
    """Start Xvfb on a free display number, and end it afterwards."""
    program = shutil.which("Xvfb")
    assert program, "Xvfb is missing; `make test` installs it"
    readable, writable = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writable), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writable],
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    try:
        # A killed program leaves its claim behind, and the name of its socket must be short.
        with tempfile.TemporaryDirectory(prefix="pos-") as temporary, os.fdopen(readable) as number:
            screen = Screen(f":{number.readline().strip()}", temporary)
            try:
                yield screen
            finally:
                screen.close()
    finally:
        server.terminate()
        server.wait()
