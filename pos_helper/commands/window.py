"""Opening the window."""

import argparse
import os
import sys

from pos_helper.commands.shared import FAILED, user_paths
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text

_NO_WINDOW = Text(
    "窗口打不开（{why}）。可以用命令行查：pos-helper lookup 代码",
    "The window cannot be opened ({why}). Use the command line instead: pos-helper lookup CODE",
)


def open_window(arguments: argparse.Namespace, lang: Lang) -> int:
    """Open the window, or say in one line why there is none."""
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

    with named_if_missing(_NO_WINDOW, lang, FAILED):
        return app.run(user_paths(arguments), arguments.pack, arguments.query)


def _has_screen() -> bool:
    """Whether a screen is named at all. This takes no time; whether it is there, Qt finds out."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
