"""What the hotline asks about a payment, in one row under the quick steps."""

import re
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from pos_helper.domain.cases import Case, CaseDetails
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.pages.details_row import DetailsRow
from pos_helper.ui.theme import TOUCH, Theme
from pos_helper.ui.widgets.kept_typing import TYPING_PAUSE
from tests.ui.fits import cut_off, settle, texts, unnamed
from tests.ui.samples import CASE, RESOLVED

CARD = "4111111111111111"


@pytest.fixture
def row(theme: Theme, language: Language, qtbot: Any) -> DetailsRow:
    row = DetailsRow(theme, language)
    qtbot.addWidget(row)
    row.resize(980, 60)
    row.show()
    row.show_case(None, RESOLVED)
    return row


def line(row: DetailsRow, name: str) -> QLineEdit:
    found = row.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def button(row: DetailsRow, name: str) -> QAbstractButton:
    found = row.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def problems(row: DetailsRow) -> list[str]:
    """What is said to be wrong, below the fields."""
    lines = row.findChildren(QLineEdit)
    return [line.accessibleDescription() for line in lines if line.accessibleDescription()]


def shown_problems(row: DetailsRow) -> list[str]:
    labels = row.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible() and label.text() in problems(row)]


def kept(details: CaseDetails) -> Case:
    return replace(CASE, details=details)


def test_what_is_typed_is_handed_over_after_a_pause(row: DetailsRow, qtbot: Any) -> None:
    with qtbot.waitSignal(row.changed) as asked:
        qtbot.keyClicks(line(row, "amount"), "128.50")
        qtbot.keyClicks(line(row, "trace_number"), "001234")
    assert asked.args == [CaseDetails(amount="128.50", trace_number="001234")]


def test_what_is_typed_is_handed_over_when_the_field_is_left(row: DetailsRow, qtbot: Any) -> None:
    line(row, "amount").setFocus()
    qtbot.keyClicks(line(row, "amount"), "128.50")
    with qtbot.waitSignal(row.changed, timeout=TYPING_PAUSE // 2) as asked:
        line(row, "trace_number").setFocus()
    assert asked.args == [CaseDetails(amount="128.50")]


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("amount", "12..5", "128.50"),
        ("sale_time", "noon", "14:05"),
        ("trace_number", "1234567", "6 digits"),
        ("reference_number", "12-34", "12 letters and digits"),
        ("trace_number", CARD, "No card number"),
        ("reference_number", f"{CARD[:4]} {CARD[4:]}", "No card number"),
    ],
)
def test_what_is_wrong_is_said_below_it_after_a_pause_and_not_kept(
    row: DetailsRow, qtbot: Any, name: str, wrong: str, says: str
) -> None:
    row.show_case(kept(CaseDetails(ticket="T-7")), RESOLVED)
    line(row, name).clear()
    qtbot.keyClicks(line(row, name), wrong)
    assert problems(row) == []  # half of what is right often is wrong
    qtbot.waitUntil(lambda: shown_problems(row) != [])
    (problem,) = shown_problems(row)
    assert says in problem
    assert row.take() is None
    assert row.wrong is not None
    assert row.wrong[0] == wrong
    other = next(each for each in ("amount", "trace_number") if each != name)
    qtbot.keyClicks(line(row, other), "12")
    assert row.take() == CaseDetails(**{other: "12"}, ticket="T-7")
    assert line(row, name).text() == wrong
    row.show_case(kept(CaseDetails(**{other: "12"}, ticket="T-7")), RESOLVED)
    assert line(row, name).text() == wrong
    line(row, name).clear()
    assert row.take() is None
    assert problems(row) == []
    assert row.wrong is None


def test_it_was_just_now(row: DetailsRow, qtbot: Any) -> None:
    with qtbot.waitSignal(row.changed, timeout=TYPING_PAUSE // 2) as asked:
        qtbot.mouseClick(button(row, "nowButton"), Qt.MouseButton.LeftButton)
    (details,) = asked.args
    assert re.fullmatch(r"\d\d-\d\d \d\d:\d\d", details.sale_time)
    assert problems(row) == []


def test_all_fields_are_asked_for_with_what_is_typed_right_or_wrong(row: DetailsRow, qtbot: Any) -> None:
    row.show_case(kept(CaseDetails(order_number="20261130")), RESOLVED)
    qtbot.keyClicks(line(row, "amount"), "12..5")
    with qtbot.waitSignal(row.more_requested) as asked:
        qtbot.mouseClick(button(row, "moreDetailsButton"), Qt.MouseButton.LeftButton)
    assert asked.args == [CaseDetails(amount="12..5", order_number="20261130")]


def test_another_case_brings_its_own_details(row: DetailsRow, qtbot: Any) -> None:
    row.show_case(kept(CaseDetails(amount="1.00")), RESOLVED)
    qtbot.keyClicks(line(row, "trace_number"), "12")
    with qtbot.assertNotEmitted(row.changed, wait=TYPING_PAUSE * 2):
        row.show_case(replace(kept(CaseDetails(amount="2.00")), id=CASE.id + 1), RESOLVED)
    assert (line(row, "amount").text(), line(row, "trace_number").text()) == ("2.00", "")


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("width", "percent"), [(986, 100), (640, 100), (640, 200)])
def test_nothing_is_cut_off_and_all_can_be_touched_and_named(
    row: DetailsRow, theme: Theme, language: Language, qtbot: Any, lang: Lang, width: int, percent: int
) -> None:
    def all_of_it_can_be_read() -> None:
        row.resize(width, row.heightForWidth(width))
        assert cut_off(row) == []

    language.use(lang)
    theme.set_text_percent(percent)
    row.show_details(CaseDetails(amount="12..5", reference_number=CARD))
    qtbot.waitUntil(all_of_it_can_be_read)
    assert unnamed(row) == []
    parts = (*row.findChildren(QLineEdit), *row.findChildren(QAbstractButton))
    assert [part for part in parts if part.isVisible() and part.height() < TOUCH] == []


def test_on_an_old_screen_it_is_one_row(row: DetailsRow, language: Language) -> None:
    for lang in Lang:
        language.use(lang)
        settle()
        assert row.heightForWidth(986) == TOUCH


def test_a_language_switched_twice_leaves_nothing_stale(
    row: DetailsRow, language: Language, qtbot: Any
) -> None:
    row.show_details(CaseDetails(amount="12..5"))
    english = texts(row)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: not set(texts(row)) & set(english))
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: texts(row) == english)
