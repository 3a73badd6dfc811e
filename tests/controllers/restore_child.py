"""Runs the program on a data folder, restores a backup in it, and prints what the next window says."""

import os
import sys
from pathlib import Path
from unittest.mock import patch

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "default.warning=false"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from pos_helper import app
from pos_helper.controllers.backups import BackupsController
from pos_helper.paths import user_paths
from pos_helper.ui.pages.main_window import MainWindow


class Driver:
    """Restores once, then reads the notice and ends the program."""

    def __init__(self, backup: str) -> None:
        self._backup = backup
        self._first: MainWindow | None = None

    def look(self) -> None:
        """Do the next step as soon as its window is ready."""
        for window in QApplication.topLevelWidgets():
            if not isinstance(window, MainWindow) or not window.isVisible():
                continue
            application = QApplication.instance()
            assert application is not None
            controllers = application.findChildren(BackupsController)
            if not controllers:
                continue
            if self._first is None:
                self._first = window
                controllers[0]._restore(self._backup)
            elif window is not self._first:
                notice = window.findChild(QLabel, "noticeText")
                sys.stdout.write(notice.text() if notice is not None else "")
                QApplication.exit(0)


def main(data: str, backup: str) -> int:
    """Run the program with the driver."""
    driver = Driver(backup)
    made = app.App.start

    def start(self: app.App, query: str = "") -> None:
        made(self, query)
        timer = QTimer(self.window)
        timer.timeout.connect(driver.look)
        timer.start(20)

    with patch.object(app.App, "start", start):
        return app.run(user_paths(Path(data)), (), "")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
