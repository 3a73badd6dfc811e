"""Working without typing, in the window as it is built for real: from a tile to a remedy, and back."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.domain.cases import CaseState
from pos_helper.domain.entries import GENERAL_CHECKS
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths, resources
from pos_helper.ui.widgets.card_button import CardButton
from tests.ui.fits import cut_off, unnamed
from tests.window import Open, box, kept, part, press, quick_steps, said

PRINTER = "tile:printer"
PAPER = "symptom.no-paper"


def browsed(app: App) -> QListView:
    """The list behind a tile."""
    found = part(app, QListView, "browseList")
    assert isinstance(found, QListView)
    return found


def touch(app: App, row: int) -> None:
    """Touch a row of the list."""
    view = browsed(app)
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def on_start(app: App) -> bool:
    return app.window.start_page.isVisible()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert isinstance(found, QWidget)
    return found


def saying(app: App, words: str) -> list[CardButton]:
    """The cards that say this beside their title."""
    cards = app.window.findChildren(CardButton)
    return [each for each in cards if words in each.accessibleDescription()]


def case_of(user: UserPaths, entry_id: str, code: str, ago: timedelta, state: CaseState) -> int:
    """What the shop met before this start."""
    catalog, store = (
        open_catalog(find_packs(resources() / "catalog"), user.index),
        open_store(user.cases).store,
    )
    resolved, now = catalog.resolve(entry_id), datetime.now().astimezone()
    assert resolved is not None
    case = store.open_case(resolved, code, now - ago)
    store.save_state(case.id, state, now)
    store.close()
    catalog.close()
    return case.id


def test_from_a_tile_to_a_ticked_step_by_touch(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    press(app, PRINTER)
    assert part(app, QWidget, "browsePage").isVisible()
    assert "Out of paper" in browsed(app).model().index(0, 0).data()
    touch(app, 0)
    assert app.window.answer_card.isVisible()
    assert "Not known" in said(app, "moneyState")
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)
    (case,) = kept(user)
    assert (case.resolved.entry.id, case.code_shown, len(case.marks)) == (PAPER, "", 1)


def test_from_a_tile_to_a_ticked_step_by_keys(open_window: Open, user: UserPaths, qtbot: QtBot) -> None:
    app = open_window()
    for _ in range(9):  # past the buttons beside the box and the machines
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if focused().objectName().startswith("tile:"):
            break
    assert focused().objectName() == "tile:money"
    # It stands below the first tile once the next one has its place beside that.
    qtbot.waitUntil(lambda: part(app, QWidget, "tile:terminal").y() == focused().y())
    qtbot.waitUntil(lambda: part(app, QWidget, PRINTER).y() > focused().y())
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused().objectName() == PRINTER
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is browsed(app)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is quick_steps(app)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert [case.resolved.entry.id for case in kept(user)] == [PAPER]


def test_back_leads_to_the_list_and_then_to_the_start(open_window: Open) -> None:
    app = open_window()
    press(app, PRINTER)
    touch(app, 1)
    press(app, "backButton")
    assert part(app, QWidget, "browsePage").isVisible()
    assert app.window.answer_card.isVisible() is False
    press(app, "backButton")
    assert on_start(app)
    assert app.window.focusWidget() is box(app)


def test_escape_leads_to_the_start_from_the_list_and_from_an_entry(open_window: Open) -> None:
    app = open_window()
    for goes_on in (False, True):
        press(app, PRINTER)
        if goes_on:
            touch(app, 0)
        QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)
        assert on_start(app)


def test_who_does_not_know_has_the_general_checks_at_once(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    QTest.keyClicks(box(app), "E777")
    QTest.keyClick(box(app), Qt.Key.Key_Escape)
    press(app, "tile:unknown")
    assert "Not known" in said(app, "moneyState")
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)
    (case,) = kept(user)
    # The code that was typed before is another customer's.
    assert (case.resolved.entry.id, case.code_shown) == (GENERAL_CHECKS, "")
    press(app, "backButton")
    assert on_start(app)


def test_typing_leaves_the_list(open_window: Open) -> None:
    app = open_window()
    press(app, PRINTER)
    QTest.keyClicks(box(app), "drawer wont open")
    assert not part(app, QWidget, "browsePage").isVisible()
    assert not app.window.search_bar.back_button.isVisible()
    box(app).clear()
    assert on_start(app)


def test_a_case_that_is_not_finished_is_opened_from_the_start(open_window: Open, user: UserPaths) -> None:
    case_of(user, PAPER, "", timedelta(days=1), CaseState.OPEN)
    case_of(user, "symptom.paper-jam", "", timedelta(days=1), CaseState.SOLVED)
    app = open_window()
    assert on_start(app)
    offered = [
        each for each in app.window.findChildren(CardButton) if "yesterday" in each.accessibleDescription()
    ]
    assert [each.accessibleName() for each in offered] == ["Out of paper"]
    offered[0].click()
    assert app.window.answer_card.isVisible()
    press(app, "backButton")
    assert on_start(app)


@pytest.mark.parametrize(
    ("entry_id", "code", "query"),
    [(PAPER, "", ""), ("card-network.55", "55", ""), (GENERAL_CHECKS, "E777", "E777")],
)
def test_what_was_met_lately_is_shown_once_more(
    open_window: Open, user: UserPaths, qtbot: QtBot, entry_id: str, code: str, query: str
) -> None:
    for days in (1, 2, 40):
        case_of(user, entry_id, code, timedelta(days=days), CaseState.SOLVED)
    app = open_window()
    (met,) = saying(app, "2 times")
    met.click()
    assert app.window.search_bar.query == query
    qtbot.waitUntil(quick_steps(app).isVisible)
    app.window.work.go_to_answer()
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)
    worked = [case for case in kept(user) if case.state is CaseState.OPEN]
    assert [(case.resolved.entry.id, case.code_shown) for case in worked] == [(entry_id, code)]


def test_a_case_begun_meanwhile_stands_on_the_start_page(open_window: Open) -> None:
    app = open_window()
    press(app, PRINTER)
    touch(app, 0)
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)
    QTest.keyClick(app.window.focusWidget(), Qt.Key.Key_Escape)
    assert on_start(app)
    assert len(saying(app, "today")) == 1


def test_the_machines_can_be_asked_for(open_window: Open, qtbot: QtBot) -> None:
    app = open_window()
    with qtbot.waitSignal(app.window.start_page.machines_requested):
        press(app, "addMachineButton")


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_cut_off_in_any_list(open_window: Open, qtbot: QtBot, lang: Lang) -> None:
    app = open_window(lang=lang)
    app.window.resize(1024, 600)
    names = [each.objectName() for each in app.window.findChildren(QPushButton)]
    tiles = [name for name in names if name.startswith("tile:")]
    assert len(tiles) == 9
    qtbot.waitUntil(lambda: cut_off(app.window) == [])
    for name in tiles:
        press(app, name)
        qtbot.waitUntil(lambda: cut_off(app.window) == [])
        assert unnamed(app.window) == []
        app.window.search_bar.clear()
