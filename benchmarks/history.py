"""The history with 10,000 cases: from its request to the painted list, and a key in its search."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from benchmarks.measure import Budget, Figure
from benchmarks.screen import PaintWatch
from pos_helper import paths
from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.domain.cases import CaseDetails, CaseState, Mark, StepResult
from pos_helper.domain.machines import Machine
from pos_helper.runtime import quick_start

CASES = 10_000
_MACHINES = tuple(Machine("card-terminal", number=str(number)) for number in (1, 2, 3))
_QUERIES = ("E1", "0301", "网络", "printer", "WO-77", "no signal", "2026")
_OPENINGS = 15


def figures(folder: Path, packs: Sequence[Path], application: QApplication) -> Iterator[Figure]:
    """Yield the figures of the real window on a case file that is created in ``folder``."""
    user = paths.user_paths(folder)
    fill(user.cases, packs)
    window = QWidget()
    window.show()
    bare_opening, bare_typing = _use(window, lambda: _BareDialog(window).open())
    window.close()

    app = App(application, user, ())
    app.window.resize(1366, 768)
    app.window.show()
    app.start()
    while not app.is_ready:
        application.processEvents()
    quick_start.end()  # as at every start
    opening, typing = _use(app.window, app.window.search_bar.history_requested.emit)
    app.window.close()
    app.stop()

    bare = "dialog with a plain list of as many rows"
    yield Figure(f"history with {CASES:,} cases opens", opening, bare, bare_opening, Budget(200, "p99"))
    yield Figure("a key in its search", typing, bare, bare_typing, Budget(16, "p99"))


def fill(path: Path, packs: Sequence[Path]) -> None:
    """Create a case file as a busy shop would have it after some years: the same cases each time."""
    chance = random.Random(10)
    catalog = open_catalog(packs)
    found = [catalog.resolve(hit.id) for query in ("E1", "网络", "打印", "余额", "51") for hit in catalog.search(query).hits]
    entries = [resolved for resolved in found if resolved is not None]
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


def _use(window: QWidget, open_history: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Return milliseconds per opening, and per key in the search of the dialog that is open then."""
    watch = PaintWatch(window)
    opening = []
    for _ in range(_OPENINGS):
        opening.append(watch.time_child(open_history))
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()
    open_history()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    box = dialog.findChild(QLineEdit)
    watch = PaintWatch(dialog)
    typing = []
    for query in _QUERIES:
        typing += [watch.time(lambda key=key: _press(box, key)) for key in query]
        box.clear()
    dialog.close()
    return opening, typing
