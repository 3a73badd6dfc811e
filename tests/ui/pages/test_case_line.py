"""One line about the case: how it ended, or an earlier one to go on with."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from pos_helper.domain.cases import CaseDetails, CaseState, Mark, StepResult
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.pages.case_line import CaseLine
from pos_helper.ui.theme import Theme, Tone
from pos_helper.ui.widgets.local_time import local_time, time_of_day
from tests.ui.fits import settle, texts
from tests.ui.samples import AT, CASE, HISTORY, STEPS


@pytest.fixture
def line(theme: Theme, language: Language, qtbot: Any) -> CaseLine:
    line = CaseLine(theme, language)
    qtbot.addWidget(line)
    return line


def buttons(line: CaseLine) -> list[str]:
    return [each.objectName() for each in line.findChildren(QAbstractButton) if each.isVisible()]


def press(line: CaseLine, name: str, qtbot: Any) -> None:
    button = line.findChild(QAbstractButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def marked(**results: StepResult) -> dict[str, Mark]:
    return {step.replace("_", "-"): Mark(result, AT) for step, result in results.items()}


HELPED, NO_CHANGE, COULD_NOT = StepResult.HELPED, StepResult.NO_CHANGE, StepResult.COULD_NOT


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        (
            marked(check_last_sale=NO_CHANGE, restart_router=HELPED),
            f"Solved by: {STEPS['restart-router'].text.en}",
        ),
        (marked(check_last_sale=NO_CHANGE), "Solved, none of the ticked steps helped"),
        (marked(check_last_sale=COULD_NOT), "Solved"),
        ({}, "Solved"),
    ],
)
def test_a_solved_case_says_which_step_helped(line: CaseLine, marks: dict[str, Mark], says: str) -> None:
    line.show_case(replace(CASE, state=CaseState.SOLVED, closed_at=AT, marks=marks), None)
    assert f"{says} · {local_time(AT)}" in texts(line)
    assert (buttons(line), line.tone) == (["reopenButton"], Tone.GOOD)


@pytest.mark.parametrize(
    ("details", "zh", "en"),
    [
        (CaseDetails(), "已转交", "Handed over"),
        (CaseDetails(handed_to="UMS"), "已转交UMS", "Handed over to UMS"),
        (CaseDetails(ticket="7"), "已转交，对方单号 7", "Handed over, their number 7"),
        (
            CaseDetails(handed_to="UMS", ticket="7"),
            "已转交UMS，对方单号 7",
            "Handed over to UMS, their number 7",
        ),
    ],
)
def test_a_case_that_was_handed_over_says_to_whom_and_their_number(
    line: CaseLine, language: Language, details: CaseDetails, zh: str, en: str
) -> None:
    line.show_case(replace(CASE, state=CaseState.HANDED_OVER, closed_at=AT, details=details), None)
    assert f"{en} · {local_time(AT)}" in texts(line)
    assert buttons(line) == ["changeHandoverButton", "reopenButton"]
    language.use(Lang.ZH)
    settle()
    assert f"{zh} · {local_time(AT)}" in texts(line)


def test_a_case_that_was_given_up_can_be_reopened(line: CaseLine, qtbot: Any) -> None:
    line.show_case(replace(CASE, state=CaseState.GIVEN_UP, closed_at=AT), None)
    assert f"Given up · {local_time(AT)}" in texts(line)
    with qtbot.waitSignal(line.reopen_requested):
        press(line, "reopenButton", qtbot)


def test_whom_it_was_handed_to_can_be_changed(line: CaseLine, qtbot: Any) -> None:
    line.show_case(replace(CASE, state=CaseState.HANDED_OVER, closed_at=AT), None)
    with qtbot.waitSignal(line.handover_requested):
        press(line, "changeHandoverButton", qtbot)


def test_an_earlier_case_is_offered_and_opened_only_when_asked_for(line: CaseLine, qtbot: Any) -> None:
    earlier = replace(HISTORY[0], state=CaseState.SOLVED)
    with qtbot.assertNotEmitted(line.case_chosen):
        line.show_case(None, earlier)
    assert f"Worked on today at {time_of_day(earlier.opened_at)}: Solved" in texts(line)
    assert (buttons(line), line.tone) == (["earlierCaseButton"], Tone.NEUTRAL)
    with qtbot.waitSignal(line.case_chosen) as asked:
        press(line, "earlierCaseButton", qtbot)
    assert asked.args == [earlier.id]


def test_an_open_case_and_none_say_nothing(line: CaseLine) -> None:
    for case in (CASE, None):
        line.show_case(None, HISTORY[0])
        assert line.isVisible()
        line.show_case(case, None)
        assert not line.isVisible()
