"""The history with 50,000 cases: opened, searched, emptied, and what keeps failing; and they exported."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from benchmarks.measure import Budget, Figure, times
from benchmarks.screen import PaintWatch
from benchmarks.window import press
from pos_helper import paths
from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.domain.cases import CaseDetails, CaseState, Mark, StepResult
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Incident, count, days_between, sentences
from pos_helper.runtime import quick_start

_W = TypeVar("_W", bound=QWidget)

CASES = 50_000
_MACHINES = tuple(Machine("card-terminal", number=str(number)) for number in (1, 2, 3))
_QUERIES = ("E1", "0301", "网络", "printer", "WO-77", "no signal", "2026")
_OPENINGS = 15
_COUNTS = 5
_DELETED = 100


def figures(folder: Path, packs: Sequence[Path], application: QApplication) -> Iterator[Figure]:
    """Yield the figures of the real window on a case file that is created in ``folder``."""
    user = paths.user_paths(folder)
    fill(user.cases, packs)
    window = QWidget()
    window.show()
    bare = _use(application, lambda: _BareDialog(window).open())
    window.close()

    app = App(application, user, ())
    app.window.resize(1366, 768)
    app.window.show()
    app.start()
    while not app.is_ready:
        application.processEvents()
    quick_start.end()  # as at every start
    used = _use(application, app.window.search_bar.history_requested.emit)
    app.window.close()
    app.stop()

    rows = "plain list of as many"
    yield Figure(f"history with {CASES:,} cases opens", used.opening, rows, bare.opening, Budget(300, "p99"))
    yield Figure("a key in its search", used.typing, rows, bare.typing, Budget(50, "p99"))
    yield Figure("its search emptied", used.emptying, rows, bare.emptying, Budget(50, "p99"))
    yield from _store_figures(user.cases, folder / "plain.sqlite3")


def _store_figures(cases: Path, plain: Path) -> Iterator[Figure]:
    with (
        closing(open_store(cases).store) as store,
        closing(sqlite3.connect(plain, isolation_level=None)) as db,
    ):
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, fault TEXT)")
        rows = ((number, str(number % 90)) for number in range(CASES))
        db.executemany("INSERT INTO plain VALUES (?, ?)", rows)
        grouped = "SELECT fault, count(*) FROM plain GROUP BY fault"
        counting = times(lambda: _count(store.incidents(None)), _COUNTS)
        grouping = times(lambda: db.execute(grouped).fetchall(), _COUNTS)
        yield Figure(
            "what keeps failing", counting, "rows grouped by SQLite", grouping, Budget(1000, "median")
        )
        numbers = iter([case.id for case in store.cases(limit=_DELETED + 1)])
        deleting = times(lambda: store.delete(next(numbers)), _DELETED)
        plain_numbers = iter(range(CASES))
        bare = times(lambda: db.execute("DELETE FROM plain WHERE id = ?", (next(plain_numbers),)), _DELETED)
        yield Figure("a case deleted for good", deleting, "row deleted by SQLite", bare, Budget(50, "p99"))


def _count(incidents: Sequence[Incident]) -> None:
    """Do what the dialog does with them, but for the drawing."""
    days = [each.opened_at.date() for each in incidents]
    count(incidents)
    sentences(incidents, days_between(min(days), max(days)), ())


def fill(path: Path, packs: Sequence[Path]) -> None:
    """Create a case file as a busy shop would have it after some years: the same cases each time."""
    chance = random.Random(10)
    catalog = open_catalog(packs)
    hits = [hit for query in ("E1", "网络", "打印", "余额", "51") for hit in catalog.search(query).hits]
    entries = [resolved for hit in hits if (resolved := catalog.resolve(hit.id))]
    now = datetime.now().astimezone()
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(open_store(path).store) as store, store.transaction():
        for number in range(CASES):
            at = now - timedelta(hours=(CASES - number) * 4, minutes=chance.randrange(240))
            resolved = entries[min(int(chance.expovariate(0.1)), len(entries) - 1)]
            case = store.open_case(resolved, resolved.entry.code or "", at, chance.choice((*_MACHINES, None)))
            for step in resolved.all_steps()[: chance.randrange(4)]:
                store.save_mark(case.id, step.id, Mark(chance.choice(list(StepResult)), at))
            if chance.random() < 0.2:
                store.save_note(case.id, "下午开始，重启以后好了")
            if chance.random() < 0.1:
                store.save_details(case.id, CaseDetails(handed_to="银联商务", ticket=f"WO-{number}"))
            if chance.random() < 0.9:
                store.save_state(case.id, chance.choice(list(CaseState)), at)


class _Used(NamedTuple):
    """Milliseconds per opening, and per key and emptying of the search in the dialog that is open then."""

    opening: list[float]
    typing: list[float]
    emptying: list[float]


def _use(application: QApplication, open_history: Callable[[], object]) -> _Used:
    used = _Used([], [], [])
    for _ in range(_OPENINGS):
        used.opening.append(_time_opening(application, open_history))
        _dialog().close()
        application.processEvents()
    open_history()
    box = _part(QLineEdit)
    watch = PaintWatch(_dialog())
    watch.time(partial(box.setText, " "))  # settles: all cases are read
    watch.time(box.clear)
    for query in _QUERIES:
        used.typing.extend(watch.time(partial(press, box, key)) for key in query)
        used.emptying.append(watch.time(box.clear))
    _dialog().close()
    return used


def _time_opening(application: QApplication, open_history: Callable[[], object]) -> float:
    """Return the milliseconds until the list is painted, and what waited for that was done once."""
    start = time.perf_counter()
    open_history()
    painted = _Painted(_part(QListView).viewport())
    while not painted.seen:
        application.processEvents()
    return (time.perf_counter() - start) * 1000


def _dialog() -> QWidget:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


def _part(kind: type[_W]) -> _W:
    """The part of the dialog of this kind."""
    found = _dialog().findChild(kind)
    assert found is not None
    return found


class _Painted(QObject):
    """Sees a widget being painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


class _BareDialog(QDialog):
    """The simplest dialog with as many rows that can be searched: a line edit, and a list behind a filter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1229, 691)
        box = QLineEdit()
        rows = QStringListModel([f"{_QUERIES[row % len(_QUERIES)]} {row}" for row in range(CASES)], self)
        found = QSortFilterProxyModel(self)
        found.setSourceModel(rows)
        listed = QListView()
        listed.setUniformItemSizes(True)
        listed.setModel(found)
        column = QVBoxLayout(self)
        column.addWidget(box)
        column.addWidget(listed)
        box.textChanged.connect(found.setFilterFixedString)
