"""Window benchmarks: from a key press to painted results, and switching the language."""

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
    """Yield the figures of the real window against a bare one; user data are in ``folder``."""
    bare = BareWindow()
    bare_typing, bare_switching = _use(bare, bare.box, Language(application, paths.translations()))
    bare.close()

    app = App(application, paths.user_paths(folder), ())
    app.start()
    # Before the catalog is ready, key presses would not search.
    while not app.is_ready:
        application.processEvents()
    quick_start.end()  # as at every start
    typing, switching = _use(app.window, app.window.search_bar.box, app.language)
    app.window.close()
    app.stop()

    yield Figure("key press to painted results", typing, "line edit and list", bare_typing, Budget(8, "p99"))
    yield Figure("language switch", switching, "line edit and list", bare_switching, Budget(100, "p99"))


def _use(window: QWidget, box: QLineEdit, language: Language) -> tuple[list[float], list[float]]:
    """Return milliseconds per typed key, and per language switch while results are shown."""
    window.resize(1366, 768)
    window.show()
    watch = PaintWatch(window)
    typing = []
    for _ in range(_ROUNDS):
        for query in _QUERIES:
            watch.time(box.clear)
            typing += [watch.time(partial(press, box, character)) for character in query]
    languages = islice(cycle(Lang), _SWITCHES)
    switching = [watch.time(partial(language.use, lang)) for lang in languages]
    return typing, switching


def press(box: QLineEdit, character: str) -> None:
    """Press and release a key in a line edit."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(box, event)


class BareWindow(QWidget):
    """The simplest window that shows results: a line edit, and a list that every key refills."""

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
