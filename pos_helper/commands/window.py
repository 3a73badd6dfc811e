"""Open the window."""

import os
import sys

from msgspec import Struct

from pos_helper.commands.command import Commands, Context, ExitCode, Say, add_command
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text

_NO_WINDOW = Text(
    "窗口打不开（{why}）。可以用命令行查：pos-helper lookup 代码",
    "The window cannot be opened ({why}). Use the command line instead: pos-helper lookup CODE",
)


class OpenArguments(Struct, frozen=True):
    """The arguments of ``open``. ``query`` is the first search; it may be empty."""

    query: str


def add_open(commands: Commands, t: Say) -> None:
    """Add ``open``."""
    about = t("打开窗口；pos-helper 查询词 也一样", "open the window; `pos-helper QUERY` does the same")
    parser = add_command(commands, "open", about, OpenArguments, open_window)
    parser.add_argument(
        "query", nargs="?", default="", metavar="QUERY", help=t("先查这个", "search for this first")
    )


def open_window(arguments: OpenArguments, context: Context) -> int:
    """Run the window until it is closed and return its exit code. Raises ``UserError`` without a screen."""
    if not _has_screen():
        raise UserError(
            Text(
                "没有可用的屏幕，窗口打不开。可以用命令行查：pos-helper lookup 代码",
                "There is no screen for a window. Use the command line instead: pos-helper lookup CODE",
            )
        )
    from pos_helper.runtime import quick_start

    quick_start.load_qt()
    from pos_helper import app
    from pos_helper.runtime.screen import named_if_missing

    with named_if_missing(_NO_WINDOW, context.lang, ExitCode.FAILED):
        return app.run(context.user, context.packs, arguments.query)


def _has_screen() -> bool:
    """Whether a display is configured. Only Qt finds out whether it can be opened."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("DISPLAY"):
        return True
    # A Wayland screen is a file in the session's folder; without that folder its library only complains.
    wayland = os.environ.get("WAYLAND_DISPLAY", "")
    return wayland.startswith("/") or bool(wayland and os.environ.get("XDG_RUNTIME_DIR"))
