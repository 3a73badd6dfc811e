"""Start the program, print what it has loaded when its window is painted, and exit.

Arguments: the data folder, then the names to check: modules, or Qt names such as ``QtCore.Qt``. Prints the
list of those that are loaded, then whether Python's own import function is in place.
"""

import builtins
import sys

from pos_helper.__main__ import main
from pos_helper.runtime import quick_start

PLAIN_IMPORT = builtins.__import__

load_qt = quick_start.load_qt


def is_loaded(name: str) -> bool:
    """Whether a module has been imported, or PySide has created the object behind a Qt name."""
    module, _, member = name.partition(".")
    return name in sys.modules or member in vars(sys.modules.get(f"PySide6.{module}", object))


def tell(*_: object) -> None:
    """Print what is loaded so far, instead of loading the rest, and quit."""
    from PySide6.QtWidgets import QApplication

    sys.stdout.write(f"{[name for name in sys.argv[2:] if is_loaded(name)]}\n")
    sys.stdout.write(f"{builtins.__import__ is PLAIN_IMPORT}\n")
    QApplication.quit()


def load_and_wait() -> None:
    """Load Qt as the program does, and have ``tell`` called when the window is painted."""
    load_qt()
    from pos_helper.app import App

    begin = "start"
    setattr(App, begin, tell)


if __name__ == "__main__":
    quick_start.load_qt = load_and_wait
    sys.exit(main(["--data-dir", sys.argv[1]]))
