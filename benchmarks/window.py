"""The window at work: from a key press to painted results, and a change of language."""

from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget

from benchmarks.measure import Budget, Figure
from benchmarks.screen import PaintWatch
from pos_helper import paths
from pos_helper.app import App
from pos_helper.domain.text import Lang
from pos_helper.runtime import quick_start
from pos_helper.ui.language import Language

_QUERIES = (
    "E1",
    "0x0004",
    "3000",
    "11",
    "01",
    "通讯失败",
    "小票打不出",
    "printer",
    "no signal",
    "communication",
)
_ROUNDS = 8
_SWITCHES = 40


def figures(folder: Path, application: QApplication) -> Iterator[Figure]:
    """The real window beside a bare one, on the shipped catalog and the user's data in this folder."""
    bare = BareWindow()
    bare_typing, bare_switching = _use(bare, bare.box, Language(application, paths.translations()))
    bare.close()

    app = App(application, paths.user_paths(folder), ())
    app.start()
    # Keys that are pressed while the index is still being built search for nothing.
    while not app.is_ready:
        application.processEvents()
    quick_start.end()  # as at every start
    typing, switching = _use(app.window, app.window.search_bar.box, app.language)
    app.window.close()
    app.stop()

    yield Figure("key press to painted results", typing, "line edit and list", bare_typing, Budget(8, "p99"))
    yield Figure("language switch", switching, "line edit and list", bare_switching, Budget(100, "p99"))


def _use(window: QWidget, box: QLineEdit, language: Language) -> tuple[list[float], list[float]]:
    """The times of typing some queries key by key, and of switching the language with an answer shown."""
    window.resize(1366, 768)
    window.show()
    watch = PaintWatch(window)
    typing = []
    for _ in range(_ROUNDS):
        for query in _QUERIES:
            watch.time(box.clear)
            typing += [watch.time(partial(_press, box, character)) for character in query]
    languages = islice(cycle(Lang), _SWITCHES)
    switching = [watch.time(partial(language.use, lang)) for lang in languages]
    return typing, switching


def _press(box: QLineEdit, character: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(box, event)


class BareWindow(QWidget):
    """The least that could show results: a line edit, and a list that is filled anew at every key."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QLineEdit()
        self._rows = QStringListModel(self)
        rows = QListView()
        rows.setModel(self._rows)
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addWidget(rows)
        self.box.textChanged.connect(self._show)

    def _show(self, text: str) -> None:
        self._rows.setStringList([f"{text} {row}" for row in range(8)])
