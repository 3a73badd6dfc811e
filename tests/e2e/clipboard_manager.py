"""A clipboard manager as desktops have one: it takes over what a program leaves behind (freedesktop.org)."""

import threading
from types import TracebackType
from typing import Any

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event


class ClipboardManager:
    """Keeps the text of the clipboard when its owner asks for that, and gives it to whoever pastes."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._window = self._display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._manager, self._clipboard, self._utf8, self._targets, self._ended = (
            self._display.get_atom(each)
            for each in ("CLIPBOARD_MANAGER", "CLIPBOARD", "UTF8_STRING", "TARGETS", "_TEST_ENDED")
        )
        self._text = b""
        self._asked: Any = None
        self._name = name
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> "ClipboardManager":
        self._window.set_selection_owner(self._manager, X.CurrentTime)
        self._display.sync()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        other = Display(self._name)
        window = other.create_resource_object("window", self._window.id)
        message = event.ClientMessage(window=window, client_type=self._ended, data=(32, [0] * 5))
        window.send_event(message)
        other.sync()
        self._thread.join()
        other.close()
        self._display.close()

    def _serve(self) -> None:
        while (happened := self._display.next_event()).type != X.ClientMessage:
            if happened.type == X.SelectionRequest and happened.selection == self._manager:
                self._asked = happened
                self._window.convert_selection(self._clipboard, self._utf8, self._utf8, X.CurrentTime)
            elif happened.type == X.SelectionNotify:
                self._text = self._window.get_full_property(self._utf8, X.AnyPropertyType).value
                self._window.set_selection_owner(self._clipboard, X.CurrentTime)
                self._answer(self._asked)
            elif happened.type == X.SelectionRequest:
                self._give(happened)
            self._display.flush()

    def _give(self, request: Any) -> None:
        if request.target == self._targets:
            request.requestor.change_property(request.property, Xatom.ATOM, 32, [self._utf8])
        else:
            request.requestor.change_property(request.property, self._utf8, 8, self._text)
        self._answer(request)

    def _answer(self, request: Any) -> None:
        request.requestor.send_event(
            event.SelectionNotify(
                time=request.time,
                requestor=request.requestor,
                selection=request.selection,
                target=request.target,
                property=request.property,
            )
        )
