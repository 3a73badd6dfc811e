"""A start of the whole program: ``window_child.py FOLDER WAY``. It prints the window's notice, and ends.

The ways to end: ``well``, as closing the window does, and ``badly``, as a fault in native code does.
"""

import os
import sys

from PySide6.QtWidgets import QApplication, QLabel

from pos_helper.__main__ import main
from pos_helper.app import App


def tell_and_end(app: App, query: str = "") -> None:
    """In the place of opening the cases and the catalog: say what the painted window says."""
    notices = [label.text() for label in app.window.findChildren(QLabel, "noticeText") if label.isVisible()]
    sys.stdout.write(f"{' '.join(notices)}\n")
    sys.stdout.flush()
    if sys.argv[2] == "badly":
        os.abort()
    QApplication.closeAllWindows()


if __name__ == "__main__":
    begin = "start"
    setattr(App, begin, tell_and_end)
    sys.exit(main(["--data-dir", sys.argv[1]]))
