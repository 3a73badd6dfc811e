"""The history: finding, opening and deleting cases."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QWidget,
)

from pos_helper.domain.text import Lang
from pos_helper.ui.dialogs.history_dialog import HistoryDialog, ask_delete
from pos_helper.ui.dialogs.history_list import HistoryModel
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.samples import HISTORY


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
    dialog = HistoryDialog(theme, language, None, answer)
    qtbot.addWidget(dialog)
    dialog.show_cases(HISTORY)
    dialog.show()
    return dialog


def view(dialog: HistoryDialog) -> QListView:
    found = dialog.findChild(QListView, "historyList")
    assert isinstance(found, QListView)
    return found


def rows(dialog: HistoryDialog) -> list[str]:
    model = view(dialog).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def button(dialog: HistoryDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def find(dialog: HistoryDialog, words: str) -> None:
    edit = dialog.findChild(QLineEdit, "historyFilter")
    assert isinstance(edit, QLineEdit)
    edit.setText(words)


def test_is_a_sound_model(language: Language, qtmodeltester: Any) -> None:
    model = HistoryModel(language)
    model.show_rows(HISTORY)
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
    assert empty.text() == "No case has these words."
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
    at = view(dialog).visualRect(view(dialog).model().index(2, 0)).center()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(dialog.open_requested) as asked:
        qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=at)
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
    dialog.show_cases(HISTORY[1:])
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
    for row in range(3):
        assert view(dialog).sizeHintForIndex(view(dialog).model().index(row, 0)).height() >= TOUCH
