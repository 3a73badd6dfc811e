"""The case on screen: how it ends, what the hotline asks, the earlier one, and others that are open."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.domain.cases import CaseDetails, CaseState, StepResult
from pos_helper.domain.machines import Machine
from pos_helper.domain.shop import Shop
from pos_helper.paths import UserPaths
from pos_helper.settings import Settings, save_settings
from pos_helper.ui.dialogs.details_dialog import DetailsDialog
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.solved_dialog import SolvedDialog
from tests.window import Open, box, kept, part, press, said, wait_until, words

FIRST, SECOND, THIRD = "check-last-sale", "check-network-connection", "restart-router"
E1_STEPS = ("check-last-sale", "check-network-connection")


@pytest.fixture
def acquirer(user: UserPaths) -> str:
    """The acquirer of the shop's machine, other than the shop's own."""
    machine = Machine(kind="card-terminal", acquirer="UMS")
    save_settings(
        user.settings, Settings(shop=Shop(acquirer="Lakala"), machines=(machine,), machines_asked=True)
    )
    return "UMS"


def tick(app: App, *steps: str) -> None:
    for step in steps:
        app.window.tabs.tick_requested.emit(step, True)


def ask(app: App, state: CaseState) -> None:
    app.window.action_bar.state_requested.emit(state)


def answering(kind: type[Dialog], answer: Callable[[Dialog], object]) -> list[str]:
    """Answer the next dialog, which must be of this kind; the list has its words once it was shown."""
    seen: list[str] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        seen.append(words(dialog))
        answer(dialog)

    QTimer.singleShot(0, act)
    return seen


def click(name: str) -> Callable[[Dialog], None]:
    def act(dialog: Dialog) -> None:
        button = dialog.findChild(QAbstractButton, name)
        assert button is not None
        button.click()

    return act


def fill_in(**values: str) -> Callable[[Dialog], None]:
    def act(dialog: Dialog) -> None:
        for name, value in values.items():
            line = dialog.findChild(QLineEdit, name)
            assert line is not None
            line.setText(value)
        dialog.accept()

    return act


def line(app: App, name: str) -> QLineEdit:
    found = app.window.answer_card.details.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


# --- how a case ends -----------------------------------------------------------------------------


def test_the_only_ticked_step_solved_it_without_a_question(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    tick(app, FIRST)
    press(app, "resolvedButton")
    (case,) = kept(user)
    assert case.state is CaseState.SOLVED
    assert case.marks[FIRST].result is StepResult.HELPED
    assert "Solved by: Look up the last sale" in said(app, "caseLine")
    press(app, "undoButton")
    (case,) = kept(user)
    assert case.marks[FIRST].result is StepResult.NO_CHANGE


@pytest.mark.parametrize(("pressed", "helped"), [(FIRST, [FIRST]), (SECOND, [SECOND]), ("byItself", [])])
def test_of_several_ticked_steps_it_is_asked_which_one_solved_it(
    open_window: Open, user: UserPaths, pressed: str, helped: list[str]
) -> None:
    app = open_window("E1")
    tick(app, FIRST, SECOND)
    asked = answering(SolvedDialog, click(pressed))
    press(app, "resolvedButton")
    assert "Which step solved it?" in asked[0]
    (case,) = kept(user)
    assert case.state is CaseState.SOLVED
    assert [step for step in case.marks if case.result_of(step) is StepResult.HELPED] == helped


def test_the_step_done_last_is_offered_first(open_window: Open) -> None:
    app = open_window("E1")
    tick(app, SECOND, FIRST)

    def order(dialog: Dialog) -> None:
        rows = [dialog.findChild(QWidget, name) for name in (FIRST, SECOND, "byItself")]
        places = [row.y() for row in rows if row is not None]
        assert len(places) == 3
        assert places == sorted(places)
        dialog.reject()

    asked = answering(SolvedDialog, order)
    press(app, "resolvedButton")
    assert asked


def test_no_answer_leaves_the_case_open(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    tick(app, FIRST, SECOND)
    answering(SolvedDialog, Dialog.reject)
    press(app, "resolvedButton")
    (case,) = kept(user)
    assert case.state is CaseState.OPEN
    solved = part(app, QAbstractButton, "resolvedButton")
    assert isinstance(solved, QAbstractButton)
    assert not solved.isChecked()


def test_nothing_is_asked_where_it_is_known_what_helped(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    tick(app, FIRST, SECOND)
    app.window.tabs.result_requested.emit(SECOND, StepResult.HELPED)
    press(app, "resolvedButton")
    (case,) = kept(user)
    assert case.state is CaseState.SOLVED
    assert case.result_of(FIRST) is StepResult.NO_CHANGE


def test_to_whom_a_case_was_handed_over_is_asked_and_can_be_changed(
    open_window: Open, user: UserPaths, acquirer: str
) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "amount"), "128.50")
    answering(DetailsDialog, fill_in(ticket="T-7"))
    ask(app, CaseState.HANDED_OVER)
    (case,) = kept(user)
    assert case.state is CaseState.HANDED_OVER
    assert case.details == CaseDetails(amount="128.50", handed_to=acquirer, ticket="T-7")
    assert "Handed over to UMS, their number T-7" in said(app, "caseLine")
    answering(DetailsDialog, fill_in(handed_to="", ticket="T-8"))
    press(app, "changeHandoverButton")
    (changed,) = kept(user)
    assert changed == replace(case, details=CaseDetails(amount="128.50", ticket="T-8"))
    asked = answering(DetailsDialog, Dialog.reject)
    press(app, "changeHandoverButton")
    assert "UMS" not in asked[0]  # who was taken out is not proposed again
    assert kept(user) == [changed]


def test_handing_over_can_be_called_off(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    tick(app, FIRST)
    answering(DetailsDialog, Dialog.reject)
    ask(app, CaseState.HANDED_OVER)
    (case,) = kept(user)
    assert (case.state, case.details) == (CaseState.OPEN, CaseDetails())


def test_a_closed_case_is_reopened_in_one_press(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    tick(app, FIRST)
    ask(app, CaseState.GIVEN_UP)
    assert "Given up" in said(app, "caseLine")
    press(app, "reopenButton")
    (case,) = kept(user)
    assert (case.state, case.closed_at) == (CaseState.OPEN, None)
    assert not part(app, QWidget, "caseLine").isVisible()


# --- what the hotline asks -----------------------------------------------------------------------


def test_details_are_kept_after_a_pause_and_come_back(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "amount"), "128.50")
    wait_until(qtbot, lambda: [case.details.amount for case in kept(user)] == ["128.50"])
    box(app).setText("51")
    assert line(app, "amount").text() == ""
    box(app).setText("E1")
    assert line(app, "amount").text() == "128.50"


def test_details_are_kept_before_the_next_code_and_at_the_end(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "amount"), "128.50")
    box(app).setText("51")
    QTest.keyClicks(line(app, "trace_number"), "001234")
    app.stop()
    assert [case.details for case in kept(user)] == [
        CaseDetails(trace_number="001234"),
        CaseDetails(amount="128.50"),
    ]


def test_what_is_wrong_is_said_once_more_before_it_leaves_the_screen(
    open_window: Open, user: UserPaths
) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "trace_number"), "4111111111111111")
    box(app).setText("51")
    said_above = words(app.window.banner)
    assert "was not kept. No card number" in said_above
    assert "41111111" not in said_above
    assert line(app, "trace_number").text() == ""
    assert kept(user) == []


def test_the_others_are_behind_a_button_with_what_is_typed(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "amount"), "12..5")
    answering(DetailsDialog, fill_in(amount="12.5", changed="new router"))
    press(app, "moreDetailsButton")
    (case,) = kept(user)
    assert case.details == CaseDetails(amount="12.5", changed="new router")
    assert line(app, "amount").text() == "12.5"
    answering(DetailsDialog, Dialog.reject)
    press(app, "moreDetailsButton")
    assert kept(user) == [case]


def test_details_are_asked_only_about_a_payment_and_not_beside_the_question(open_window: Open) -> None:
    app = open_window("E1")
    row = part(app, QWidget, "detailsRow")
    assert row.isVisible()
    app.window.entry_chosen.emit("symptom.drawer-shut")
    assert not row.isVisible()
    box(app).setText("01")
    assert app.window.answer_card.is_asking
    assert not row.isVisible()


def test_the_sheet_has_what_is_being_typed(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    QTest.keyClicks(line(app, "amount"), "128.50")
    assert app._lookup is not None
    draft = app._lookup.draft()
    assert draft is not None
    assert draft.details == CaseDetails(amount="128.50")


# --- other cases -----------------------------------------------------------------------------------


def test_the_same_trouble_of_today_is_offered_and_opened_when_asked_for(
    open_window: Open, user: UserPaths
) -> None:
    app = open_window("E1")
    tick(app, FIRST)
    press(app, "resolvedButton")
    box(app).setText("51")
    assert not part(app, QWidget, "caseLine").isVisible()
    box(app).setText("E1")
    assert "Worked on today at" in said(app, "caseLine")
    assert len(kept(user)) == 1
    press(app, "earlierCaseButton")
    assert "Solved by:" in said(app, "caseLine")
    press(app, "reopenButton")
    (case,) = kept(user)
    assert case.state is CaseState.OPEN


def open_count(app: App) -> str:
    found = app.window.findChild(QAbstractButton, "openCasesButton")
    return found.text() if found is not None and found.isVisible() else ""


def test_open_cases_are_counted_as_they_change_and_one_leads_to_the_other(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    app = open_window("E1")
    assert open_count(app) == ""
    tick(app, FIRST)
    box(app).setText("51")
    assert open_count(app) == "Open 1"
    app.window.action_bar.note_changed.emit("declined twice")
    assert open_count(app) == "Open 2"
    app.window.search_bar.list_open_cases()
    button = app.window.search_bar._open_cases
    assert button is not None
    menu = button.menu()
    qtbot.waitUntil(menu.isVisible)
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    menu.close()
    assert "E1" in said(app, "entryTitle")
    ask(app, CaseState.GIVEN_UP)
    assert open_count(app) == "Open 1"


def test_open_cases_are_counted_soon_after_the_start(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    tick(open_window("E1"), FIRST)
    app = open_window("51")
    wait_until(qtbot, lambda: open_count(app) == "Open 1")


def test_the_start_page_names_the_machine_of_a_case(open_window: Open, acquirer: str) -> None:
    app = open_window("E1")
    tick(app, FIRST)
    box(app).clear()
    assert "Bank card terminal · 1 of" in words(app.window.start_page)
