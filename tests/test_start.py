"""At start, the window is painted before anything else is loaded."""

import os
import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("first_paint_child.py")
ROOT = CHILD.parent.parent

COSTLY = (
    "pos_helper.domain.cases",
    "pos_helper.domain.entries",
    "pos_helper.domain.report",
    "pos_helper.catalog.indexed_catalog",
    "pos_helper.cases.opening",
    "pos_helper.ui.pages.banner",
    "pos_helper.ui.pages.work_page",
    "jinja2",
    "sqlite3",
    "yaml",
    "PySide6.QtNetwork",
    # The first access to one of these makes PySide create hundreds of enum members.
    "QtCore.Qt",
    "QtWidgets.QStyle",
)


def test_the_window_is_painted_before_what_it_can_do_without_is_loaded(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, CHILD, tmp_path, *COSTLY],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert told == "[]\nTrue\n"
