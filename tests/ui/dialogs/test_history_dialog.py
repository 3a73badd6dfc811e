"""The history: finding, opening and deleting cases."""

from datetime import datetime, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QWidget,
)

from pos_helper.domain.cases import CaseState, CaseSummary
from pos_helper.domain.text import Lang
from pos_helper.ui.dialogs.history_dialog import HistoryDialog, ask_delete
from pos_helper.ui.dialogs.history_list import HistoryModel
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.samples import HISTORY, MACHINE_KINDS, MACHINES

HERE = datetime(2026, 3, 9, 10, 30).astimezone()
"""The days of the history are those of the zone that the machine is in."""


def now() -> datetime:
    return HERE


class Answer:
    """Stands for a person who is asked whether to delete."""

    def __init__(self) -> None:
        self.yes = True
        self.asked: list[str] = []

    def __call__(self, parent: QWidget, title: str, question: str, delete: str) -> bool:
        self.asked.append(question)
        return self.yes


@pytest.fixture
def answer() -> Answer:
    return Answer()


@pytest.fixture
def dialog(theme: Theme, language: Language, qtbot: Any, answer: Answer) -> HistoryDialog:
    language.use(Lang.EN)
    dialog = HistoryDialog(theme, language, MACHINE_KINDS, now, None, answer)
    qtbot.addWidget(dialog)
    dialog.show_cases(HISTORY)
    dialog.show()
    return dialog


def view(dialog: HistoryDialog) -> QListView:
    found = dialog.findChild(QListView, "historyList")
    assert isinstance(found, QListView)
    return found


def lines(dialog: HistoryDialog) -> list[str]:
    """All rows, the headings of the days included."""
    model = view(dialog).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def rows(dialog: HistoryDialog) -> list[str]:
    """The cases."""
    return [line for line in lines(dialog) if " · " in line]


def choose(dialog: HistoryDialog, name: str, word: str) -> None:
    """Choose from the menu of a button."""
    menu = next(each for each in dialog.findChildren(QPushButton, name)).menu()
    next(action for action in menu.actions() if action.text() == word).trigger()


def count(dialog: HistoryDialog) -> str:
    found = dialog.findChild(QLabel, "historyCount")
    assert isinstance(found, QLabel)
    return found.text()


def chosen(dialog: HistoryDialog) -> str:
    return str(view(dialog).currentIndex().data())


def button(dialog: HistoryDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def find(dialog: HistoryDialog, words: str) -> None:
    edit = dialog.findChild(QLineEdit, "historyFilter")
    assert isinstance(edit, QLineEdit)
    edit.setText(words)


def test_is_a_sound_model(language: Language, qtmodeltester: Any) -> None:
    model = HistoryModel(language, MACHINE_KINDS, now)
    model.show_cases(many(200))
    qtmodeltester.check(model)


def test_a_row_says_what_when_and_how_it_ended(dialog: HistoryDialog, language: Language, qtbot: Any) -> None:
    assert rows(dialog)[0].startswith("E1 Communication failure, ")
    assert rows(dialog)[0].endswith(" · Open · 2 of 8 steps")
    assert rows(dialog)[1].startswith("The printer prints nothing, ")
    language.use(Lang.ZH)
    assert rows(dialog)[2].startswith("01 请联系发卡行, ")
    assert " · 已解决 · " in rows(dialog)[2]


@pytest.mark.parametrize(
    ("words", "found"), [("e1", [0]), ("打印", [1]), ("PRINTER", [1]), ("solved", [2]), ("  ", [0, 1, 2])]
)
def test_finds_by_code_words_in_both_languages_and_outcome(
    dialog: HistoryDialog, words: str, found: list[int]
) -> None:
    every = rows(dialog)
    find(dialog, words)
    assert rows(dialog) == [every[number] for number in found]


def test_says_so_if_nothing_is_found_and_nothing_can_be_pressed(dialog: HistoryDialog) -> None:
    find(dialog, "zzz")
    empty = dialog.findChild(QLabel, "historyEmpty")
    assert isinstance(empty, QLabel)
    assert empty.isVisible()
    assert empty.text() == "No case is like this."
    assert button(dialog, "deleteAllButton").isEnabled()
    assert not button(dialog, "openCaseButton").isEnabled()
    assert not button(dialog, "deleteCaseButton").isEnabled()
    dialog.show_cases(())
    assert empty.text() == "No cases yet. The first tick under a code opens one."


def test_opens_the_chosen_case_and_closes(dialog: HistoryDialog, qtbot: Any) -> None:
    find(dialog, "printer")
    with qtbot.waitSignal(dialog.open_requested) as asked:
        button(dialog, "openCaseButton").click()
    assert asked.args == [5]
    assert not dialog.isVisible()


def test_opens_by_enter_and_by_double_click(dialog: HistoryDialog, qtbot: Any) -> None:
    with qtbot.waitSignal(dialog.open_requested) as asked:
        qtbot.keyClick(dialog.findChild(QLineEdit, "historyFilter"), Qt.Key.Key_Return)
    assert asked.args == [7]
    dialog.show()
    port = view(dialog).viewport()
    at = view(dialog).visualRect(view(dialog).model().index(5, 0)).center()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(dialog.open_requested) as asked:
        qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
    # The dialog closed at the second press; Qt would take the button for pressed in later tests.
    qtbot.mouseRelease(dialog, Qt.MouseButton.LeftButton)
    assert asked.args == [3]


def test_asks_before_it_asks_to_delete(dialog: HistoryDialog, answer: Answer, qtbot: Any) -> None:
    answer.yes = False
    with qtbot.assertNotEmitted(dialog.delete_requested):
        button(dialog, "deleteCaseButton").click()
    answer.yes = True
    with qtbot.waitSignal(dialog.delete_requested) as asked:
        button(dialog, "deleteCaseButton").click()
    assert asked.args == [7]
    assert "E1 Communication failure" in answer.asked[0]
    assert len(rows(dialog)) == 3
    dialog.remove_case(7)
    assert len(rows(dialog)) == 2
    assert button(dialog, "openCaseButton").isEnabled()


@pytest.mark.parametrize("yes", [True, False])
def test_the_question_can_be_answered_both_ways(dialog: HistoryDialog, yes: bool) -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        words = "Delete" if yes else "Cancel"
        next(each for each in box.buttons() if each.text().replace("&", "") == words).click()

    QTimer.singleShot(0, press)
    assert ask_delete(dialog, "Delete a case", "For good?", "Delete") is yes


@pytest.mark.parametrize("percent", [80, 200])
def test_rows_are_large_enough_for_a_finger(dialog: HistoryDialog, theme: Theme, percent: int) -> None:
    theme.set_text_percent(percent)
    for row in range(6):
        assert view(dialog).sizeHintForIndex(view(dialog).model().index(row, 0)).height() >= TOUCH


# --- days, filters and many cases ---------------------------------------------------------------


def case(number: int, **changed: Any) -> CaseSummary:
    return replace(HISTORY[0], id=number, **{"opened_at": HERE, **changed})


def many(total: int) -> list[CaseSummary]:
    """Cases of one day, newest first."""
    return [
        case(total - number, opened_at=HERE - timedelta(seconds=number), ticket=f"W{number:05}")
        for number in range(total)
    ]


def test_cases_stand_under_their_days(dialog: HistoryDialog, language: Language) -> None:
    days = [HERE, HERE, HERE - timedelta(days=1), HERE - timedelta(days=7)]
    dialog.show_cases([case(9 - number, opened_at=day) for number, day in enumerate(days)])
    assert [line for line in lines(dialog) if " · " not in line] == [
        "Today",
        "Yesterday",
        "Monday, March 2, 2026",
    ]
    assert lines(dialog)[0] == "Today"
    assert " · " in lines(dialog)[1]
    assert " · " in lines(dialog)[2]
    language.use(Lang.ZH)
    assert lines(dialog)[0] == "今天"
    assert "2026年3月2日星期一" in lines(dialog)


def test_a_heading_cannot_be_chosen(dialog: HistoryDialog, qtbot: Any) -> None:
    assert chosen(dialog) == rows(dialog)[0]
    for expected in (1, 2, 2):
        qtbot.keyClick(view(dialog), Qt.Key.Key_Down)
        assert chosen(dialog) == rows(dialog)[expected]
    qtbot.keyClick(view(dialog), Qt.Key.Key_Home)
    qtbot.keyClick(view(dialog), Qt.Key.Key_Up)
    assert chosen(dialog) == rows(dialog)[0]


def test_a_row_says_the_machine_and_the_ticket(dialog: HistoryDialog) -> None:
    dialog.show_cases([case(7, machine=MACHINES[1], ticket="WO-77")])
    assert rows(dialog)[0].endswith(" · Open · 2 of 8 steps · The red one at the door 2 · WO-77")


@pytest.mark.parametrize(
    "words", ["#41", "wo-77", "red one", "10012346", "hotspot HELPED", "2026-03-09", "2026/3/9", "3月9日"]
)
def test_finds_by_number_ticket_machine_note_and_day(dialog: HistoryDialog, words: str) -> None:
    wanted = case(41, ticket="WO-77", machine=MACHINES[1], note="The hotspot helped")
    dialog.show_cases([wanted, *HISTORY[1:]])
    find(dialog, words)
    assert len(rows(dialog)) == 1
    assert rows(dialog)[0].startswith("E1 ")
    assert count(dialog) == "1 of 3 cases"


def test_filters_by_outcome_machine_and_period_together(dialog: HistoryDialog) -> None:
    first, second, _ = MACHINES
    dialog.show_cases(
        [
            case(9, machine=first),
            case(8, machine=second, state=CaseState.SOLVED),
            case(7, machine=second, opened_at=HERE - timedelta(days=6)),
            case(6, machine=second, opened_at=HERE - timedelta(days=8)),
            case(5, opened_at=HERE - timedelta(days=100)),
        ]
    )
    assert count(dialog) == "5 of 5 cases"
    choose(dialog, "machineChoice", "The red one at the door 2")
    assert count(dialog) == "3 of 5 cases"
    choose(dialog, "periodChoice", "Last 7 days")
    assert count(dialog) == "2 of 5 cases"
    choose(dialog, "outcomeChoice", "Solved")
    assert count(dialog) == "1 of 5 cases"
    choose(dialog, "periodChoice", "At any time")
    choose(dialog, "machineChoice", "All machines")
    choose(dialog, "outcomeChoice", "Any outcome")
    assert count(dialog) == "5 of 5 cases"
    choose(dialog, "periodChoice", "Today")
    assert count(dialog) == "2 of 5 cases"


def test_a_choice_says_what_is_chosen_and_keeps_it_in_the_other_language(
    dialog: HistoryDialog, language: Language, qtbot: Any
) -> None:
    choose(dialog, "outcomeChoice", "Solved")
    outcome = button(dialog, "outcomeChoice")
    assert (outcome.text(), outcome.accessibleName()) == ("Solved", "Outcome: Solved")
    assert outcome.property("kind") == "chip"
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: outcome.text() == "已解决")
    assert len(rows(dialog)) == 1


def test_older_cases_come_while_the_newest_are_looked_at(dialog: HistoryDialog) -> None:
    cases = many(150)
    dialog.show_cases(cases[:100])
    find(dialog, "W0009")
    assert count(dialog) == "10 of 100 cases"
    dialog.add_cases(cases[100:])
    assert count(dialog) == "10 of 150 cases"
    find(dialog, "W0010")
    assert len(rows(dialog)) == 10
    assert count(dialog) == "10 of 150 cases"


def test_what_is_found_among_older_cases_is_listed_as_they_come(dialog: HistoryDialog) -> None:
    cases = many(150)
    dialog.show_cases(cases[:100])
    find(dialog, "W0012")
    assert rows(dialog) == []
    dialog.add_cases(cases[100:])
    assert len(rows(dialog)) == 10
    assert button(dialog, "openCaseButton").isEnabled()


def test_every_case_is_reached_by_scrolling(dialog: HistoryDialog, qtbot: Any) -> None:
    dialog.show_cases(many(400))
    assert len(rows(dialog)) < 200

    def go_on() -> bool:
        qtbot.keyClick(view(dialog), Qt.Key.Key_End)
        return "W00399" in chosen(dialog)

    qtbot.waitUntil(go_on)
    assert len(rows(dialog)) == 400


def test_after_a_case_is_deleted_the_one_in_its_place_is_chosen(dialog: HistoryDialog) -> None:
    dialog.show_cases(many(9))
    view(dialog).setCurrentIndex(view(dialog).model().index(3, 0))
    assert "W00002" in chosen(dialog)
    below = rows(dialog)[3]
    dialog.remove_case(7)
    assert chosen(dialog) == below
    for number in (9, 8, 6, 5, 4, 3, 2, 1):
        assert button(dialog, "deleteCaseButton").isEnabled()
        dialog.remove_case(number)
    assert lines(dialog) == []
    assert not button(dialog, "deleteCaseButton").isEnabled()
    assert not button(dialog, "deleteAllButton").isEnabled()


def test_far_down_a_deleted_case_leaves_the_list_where_it_was(dialog: HistoryDialog) -> None:
    dialog.show_cases(many(200))
    model = view(dialog).model()
    while model.canFetchMore(view(dialog).rootIndex()):
        model.fetchMore(view(dialog).rootIndex())
    every = rows(dialog)
    place = lines(dialog).index(every[150])
    view(dialog).setCurrentIndex(model.index(place, 0))
    dialog.remove_case(50)
    assert rows(dialog) == every[:150] + every[151:]
    assert chosen(dialog) == every[151]


@hypothesis.settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 60), unique=True), st.integers(1, 20), st.integers(0, 3))
def test_whatever_is_deleted_each_case_stands_under_its_day_and_no_day_is_empty(
    language: Language, deleted: list[int], a_day: int, fetched: int
) -> None:
    cases = [
        replace(case, opened_at=HERE - timedelta(days=number // a_day))
        for number, case in enumerate(many(60))
    ]
    model = HistoryModel(language, MACHINE_KINDS, now)
    model.show_cases(cases)
    for _ in range(fetched):
        model.fetchMore()
    for number in deleted:
        model.remove_case(number)
    while model.canFetchMore():
        model.fetchMore()
    left = HistoryModel(language, MACHINE_KINDS, now)
    left.show_cases([case for case in cases if case.id not in deleted])
    while left.canFetchMore():
        left.fetchMore()
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        left.index(row).data() for row in range(left.rowCount())
    ]


@pytest.mark.parametrize("answers", [(False,), (True, False)])
def test_all_cases_are_deleted_only_after_two_questions(
    dialog: HistoryDialog, answer: Answer, qtbot: Any, answers: tuple[bool, ...]
) -> None:
    find(dialog, "e1")
    given = iter(answers)
    dialog._ask = lambda *_: next(given)
    with qtbot.assertNotEmitted(dialog.delete_all_requested):
        button(dialog, "deleteAllButton").click()
    dialog._ask = answer
    with qtbot.waitSignal(dialog.delete_all_requested):
        button(dialog, "deleteAllButton").click()
    assert answer.asked == [
        "Delete all cases of this shop? There are 3, with their ticks and notes.",
        "Really delete all 3 cases for good? Nothing brings them back.",
    ]
