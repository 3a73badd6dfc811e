"""A start of the program that tells what it has loaded when its window is painted, and ends.

It prints which of the names given after the data folder are loaded: modules, or names of Qt as ``QtCore.Qt``.
"""

import builtins
import sys

from pos_helper.__main__ import main
from pos_helper.runtime import quick_start

PLAIN_IMPORT = builtins.__import__

load_qt = quick_start.load_qt


def is_loaded(name: str) -> bool:
    """Whether a module has been imported, or PySide has made what a name of Qt stands for."""
    module, _, member = name.partition(".")
    return name in sys.modules or member in vars(sys.modules.get(f"PySide6.{module}", object))


def tell(*_: object) -> None:
    """Print what is loaded by now, in the place of loading the rest."""
    from PySide6.QtWidgets import QApplication

    sys.stdout.write(f"{[name for name in sys.argv[2:] if is_loaded(name)]}\n")
    sys.stdout.write(f"{builtins.__import__ is PLAIN_IMPORT}\n")
    QApplication.quit()


def load_and_wait() -> None:
    """Load Qt as the program does, and be told when the window is painted."""
    load_qt()
    from pos_helper.app import App

    begin = "start"
    setattr(App, begin, tell)


if __name__ == "__main__":
    quick_start.load_qt = load_and_wait
    sys.exit(main(["--data-dir", sys.argv[1]]))
