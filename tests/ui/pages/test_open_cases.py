"""The button with the number of open cases, beside the history."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.pages.open_cases import OpenCases
from pos_helper.ui.pages.search_bar import SearchBar
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.local_time import local_time
from tests.ui.fits import settle
from tests.ui.samples import HISTORY, MACHINE_KINDS, MACHINES

CASES = (replace(HISTORY[0], id=7, machine=replace(MACHINES[0], label="Front till", number="")), HISTORY[1])


@pytest.fixture
def bar(theme: Theme, language: Language, qtbot: Any) -> SearchBar:
    bar = SearchBar(theme, language)
    qtbot.addWidget(bar)
    bar.resize(1334, bar.sizeHint().height())
    bar.show()
    return bar


def button(bar: SearchBar) -> QPushButton:
    found = bar.findChild(OpenCases, "openCasesButton")
    assert isinstance(found, QPushButton)
    return found


def offers(bar: SearchBar) -> list[QAction]:
    return [action for action in button(bar).menu().actions() if not action.isSeparator()]


def test_without_an_open_case_there_is_no_button(bar: SearchBar) -> None:
    bar.show_open_cases((), MACHINE_KINDS, None)
    assert bar.findChild(OpenCases) is None
    bar.show_open_cases(CASES, MACHINE_KINDS, None)
    assert button(bar).isVisible()
    bar.show_open_cases((), MACHINE_KINDS, None)
    assert not button(bar).isVisible()


def test_the_menu_names_each_case_with_its_machine_and_marks_the_present_one(
    bar: SearchBar, language: Language
) -> None:
    bar.show_open_cases(CASES, MACHINE_KINDS, CASES[1].id)
    assert button(bar).text() == "Open 2"
    first, second = offers(bar)
    case = CASES[0]
    assert first.text() == f"{case.code_shown}  {case.title.en} · Front till · {local_time(case.opened_at)}"
    assert [action.isChecked() for action in (first, second)] == [False, True]
    language.use(Lang.ZH)
    settle()
    assert button(bar).text() == "处理中 2"
    assert case.title.zh in offers(bar)[0].text()


def test_a_case_of_the_menu_can_be_chosen(bar: SearchBar, qtbot: Any) -> None:
    bar.show_open_cases(CASES, MACHINE_KINDS, CASES[1].id)
    with qtbot.waitSignal(bar.case_chosen) as asked:
        offers(bar)[0].trigger()
    assert asked.args == [CASES[0].id]
    with qtbot.assertNotEmitted(bar.case_chosen):
        offers(bar)[1].trigger()  # it is on screen


def test_more_than_the_menu_holds_are_found_in_the_history(bar: SearchBar, qtbot: Any) -> None:
    bar.show_open_cases([replace(HISTORY[0], id=number) for number in range(10)], MACHINE_KINDS, None)
    assert button(bar).text() == "Open 9+"
    assert len(offers(bar)) == 10
    with qtbot.waitSignal(bar.history_requested):
        offers(bar)[-1].trigger()


def test_the_cases_are_read_anew_before_they_are_listed(bar: SearchBar, qtbot: Any) -> None:
    bar.show_open_cases(CASES, MACHINE_KINDS, None)
    bar.open_cases_requested.connect(lambda: bar.show_open_cases(CASES[:1], MACHINE_KINDS, CASES[0].id))
    bar.list_open_cases()
    qtbot.waitUntil(button(bar).menu().isVisible)
    assert [action.isChecked() for action in offers(bar)] == [True]
    button(bar).menu().close()


def test_where_there_is_little_room_it_says_the_number_alone(bar: SearchBar) -> None:
    bar.show_open_cases(CASES, MACHINE_KINDS, None)
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    assert button(bar).text() == "2"
    assert button(bar).accessibleName() == "Open cases: 2"
