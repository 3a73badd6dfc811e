"""The bar under the checklist: progress, note, outcome and what it asks for."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
)

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import CaseState
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.action_bar import ActionBar
from pos_helper.ui.theme import TOUCH, Theme
from pos_helper.ui.widgets import kept_typing
from pos_helper.ui.widgets.kept_typing import TYPING_PAUSE
from tests.ui.fits import cut_off, settle, texts, unnamed
from tests.ui.samples import CASE, RESOLVED


@pytest.fixture
def bar(theme: Theme, language: Language, qtbot: Any) -> ActionBar:
    language.use(Lang.EN)
    bar = ActionBar(theme, language)
    qtbot.addWidget(bar)
    bar.resize(980, bar.sizeHint().height())
    bar.show()
    return bar


def button(bar: ActionBar, name: str) -> QAbstractButton:
    found = bar.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def note_field(bar: ActionBar) -> QPlainTextEdit:
    field = bar.findChild(QPlainTextEdit, "noteEdit")
    assert isinstance(field, QPlainTextEdit)
    return field


def open_note(bar: ActionBar, qtbot: Any) -> QPlainTextEdit:
    qtbot.mouseClick(button(bar, "noteButton"), Qt.MouseButton.LeftButton)
    assert note_field(bar).isVisible()
    return note_field(bar)


def test_progress_counts_each_step_once(bar: ActionBar) -> None:
    step_progress = bar.findChild(QProgressBar, "caseProgress")
    assert isinstance(step_progress, QProgressBar)
    bar.show_case(None, RESOLVED)
    assert (step_progress.value(), step_progress.maximum()) == (0, 8)
    assert step_progress.accessibleDescription() == "0 of 8 steps · Not begun"
    bar.show_case(CASE, RESOLVED)
    assert (step_progress.value(), step_progress.maximum()) == (2, 8)
    assert step_progress.accessibleDescription() == "2 of 8 steps · Open"


NAMES = (Text("刷卡机 1", "Terminal 1"), Text("刷卡机 2", "Terminal 2"))


def machine_menu(bar: ActionBar) -> dict[str, QAction]:
    chooser = button(bar, "machineChoice")
    assert isinstance(chooser, QPushButton)
    return {action.text(): action for action in chooser.menu().actions()}


def test_among_several_machines_one_can_be_chosen(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    bar.show_machines(NAMES, None)
    assert button(bar, "machineChoice").isVisible()
    assert button(bar, "machineChoice").text() == "Which machine?"
    for word, number in (("Terminal 2", 1), ("Not known", None)):
        with qtbot.waitSignal(bar.machine_requested) as asked:
            machine_menu(bar)[word].trigger()
        assert asked.args == [number]


def test_the_machine_stands_beside_how_far_the_case_is(bar: ActionBar, language: Language) -> None:
    bar.show_case(CASE, RESOLVED)
    bar.show_machines(NAMES, 1)
    assert "2 of 8 steps · Open · Terminal 2" in texts(bar)
    assert [word for word, action in machine_menu(bar).items() if action.isChecked()] == ["Terminal 2"]
    language.use(Lang.ZH)
    settle()
    assert "2 / 8 步 · 处理中 · 刷卡机 2" in texts(bar)
    assert list(machine_menu(bar)) == ["刷卡机 1", "刷卡机 2", "不清楚"]


@pytest.mark.parametrize("names", [(), NAMES[:1]])
def test_there_is_no_choice_among_fewer_than_two_machines(bar: ActionBar, names: tuple[Text, ...]) -> None:
    bar.show_case(CASE, RESOLVED)
    bar.show_machines(NAMES, 1)
    bar.show_machines(names, 0 if names else None)
    assert not button(bar, "machineChoice").isVisible()
    assert ("2 of 8 steps · Open · Terminal 1" in texts(bar)) is bool(names)


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("copyButton", "copy_requested"),
        ("printButton", "print_requested"),
        ("exportButton", "export_requested"),
    ],
)
def test_buttons_ask(bar: ActionBar, qtbot: Any, name: str, signal: str) -> None:
    bar.show_case(None, RESOLVED)
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def test_undo_can_be_pressed_only_if_there_is_something_to_undo(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    assert not button(bar, "undoButton").isEnabled()
    bar.show_case(CASE, RESOLVED, can_undo=True)
    with qtbot.waitSignal(bar.undo_requested):
        qtbot.mouseClick(button(bar, "undoButton"), Qt.MouseButton.LeftButton)


def test_without_an_entry_nothing_can_be_pressed(bar: ActionBar) -> None:
    bar.show_case(None, None)
    assert not any(each.isEnabled() for each in bar.findChildren(QAbstractButton) if each.isVisible())


def test_a_case_that_is_off_screen_is_not_counted(bar: ActionBar) -> None:
    bar.show_case(CASE, RESOLVED)
    counted = texts(bar)
    bar.setEnabled(False)
    assert not any("steps" in text for text in texts(bar))
    bar.setEnabled(True)
    assert texts(bar) == counted


def test_the_note_makes_room_while_there_is_no_answer_and_comes_back(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    field = open_note(bar, qtbot)
    bar.setEnabled(False)
    assert not field.isVisible()
    bar.setEnabled(True)
    assert field.isVisible()


def test_solved_is_asked_for_and_shown_once_it_is_kept(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    solved = button(bar, "resolvedButton")
    with qtbot.waitSignal(bar.state_requested) as asked:
        qtbot.mouseClick(solved, Qt.MouseButton.LeftButton)
    assert asked.args == [CaseState.SOLVED]
    assert not solved.isChecked()
    bar.show_case(replace(CASE, state=CaseState.SOLVED), RESOLVED)
    assert solved.isChecked()
    with qtbot.waitSignal(bar.state_requested) as asked:
        qtbot.mouseClick(solved, Qt.MouseButton.LeftButton)
    assert asked.args == [CaseState.OPEN]


def test_a_case_can_be_handed_over(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    states = button(bar, "stateButton")
    assert isinstance(states, QToolButton)
    actions = {action.text(): action for action in states.menu().actions()}
    with qtbot.waitSignal(bar.state_requested) as asked:
        actions["Handed over"].trigger()
    assert asked.args == [CaseState.HANDED_OVER]
    assert [text for text, action in actions.items() if action.isChecked()] == ["Open"]


def test_while_there_is_no_case_it_says_that_nothing_has_begun(
    bar: ActionBar, language: Language, qtbot: Any
) -> None:
    bar.show_case(None, RESOLVED)
    assert "0 of 8 steps · Not begun" in texts(bar)
    states = button(bar, "stateButton")
    assert isinstance(states, QToolButton)
    assert not any(action.isChecked() for action in states.menu().actions())
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: "0 / 8 步 · 还没开始" in texts(bar))
    bar.show_case(CASE, RESOLVED)
    assert "2 / 8 步 · 处理中" in texts(bar)


def test_a_note_is_handed_over_when_the_field_is_left(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(None, RESOLVED)
    qtbot.keyClicks(open_note(bar, qtbot), "since noon ")
    with qtbot.waitSignal(bar.note_changed, timeout=TYPING_PAUSE // 2) as asked:
        button(bar, "copyButton").setFocus()
    assert asked.args == ["since noon"]


def test_a_note_is_handed_over_after_a_pause(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(None, RESOLVED)
    with qtbot.waitSignal(bar.note_changed) as asked:
        qtbot.keyClicks(open_note(bar, qtbot), "since noon")
    assert asked.args == ["since noon"]


def test_the_note_can_be_taken_before_the_pause_is_over(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(None, RESOLVED)
    qtbot.keyClicks(open_note(bar, qtbot), "since noon")
    with qtbot.assertNotEmitted(bar.note_changed, wait=TYPING_PAUSE * 2):
        assert bar.take_note() == "since noon"


def test_an_unchanged_note_is_not_handed_over(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    with qtbot.assertNotEmitted(bar.note_changed, wait=TYPING_PAUSE * 2):
        open_note(bar, qtbot)
        assert bar.take_note() is None


def test_a_kept_note_leaves_what_is_being_typed_alone(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(None, RESOLVED)
    field = open_note(bar, qtbot)
    qtbot.keyClicks(field, "since noon ")
    bar.show_case(replace(CASE, note="since noon"), RESOLVED)
    assert field.toPlainText() == "since noon "


def test_a_note_that_was_masked_is_shown_as_it_is_kept(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(None, RESOLVED)
    field = open_note(bar, qtbot)
    qtbot.keyClicks(field, "6222021234567890128")
    assert bar.take_note() is not None
    bar.show_case(replace(CASE, note="••••0128"), RESOLVED)
    assert field.toPlainText() == "••••0128"


@pytest.fixture
def never_pausing(theme: Theme, language: Language, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> ActionBar:
    """A bar for somebody who types on and on. What it hands over is kept, masked as in the store."""
    monkeypatch.setattr(kept_typing, "TYPING_PAUSE", 10**8)
    monkeypatch.setattr(kept_typing, "KEPT_WITHIN", 0)
    bar = ActionBar(theme, language)
    qtbot.addWidget(bar)
    bar.resize(1000, 200)
    bar.show()
    bar.show_case(None, RESOLVED)
    bar.note_changed.connect(lambda note: bar.show_case(replace(CASE, note=mask_card_data(note)), RESOLVED))
    return bar


def test_a_note_is_handed_over_while_typing_goes_on(never_pausing: ActionBar, qtbot: Any) -> None:
    handed: list[str] = []
    never_pausing.note_changed.connect(handed.append)
    field = open_note(never_pausing, qtbot)
    for words in ("since", "since noon", "since noon again"):
        qtbot.keyClicks(field, words[len(field.toPlainText()) :])
        qtbot.waitUntil(lambda words=words: bool(handed) and handed[-1] == words)
        assert field.toPlainText() == words


def test_half_a_card_number_is_not_handed_over_while_typing_goes_on(
    never_pausing: ActionBar, qtbot: Any
) -> None:
    handed: list[str] = []
    never_pausing.note_changed.connect(handed.append)
    field = open_note(never_pausing, qtbot)
    for key in "paid by 6222 0212 3456 7890 128 ":
        qtbot.keyClicks(field, key)
        QApplication.processEvents()
    qtbot.keyClicks(field, "today")
    qtbot.waitUntil(lambda: "today" in handed[-1])
    assert {note for note in handed if has_digits(note) and "today" not in note} == set()
    assert field.toPlainText() == "paid by 6222 0212 3456 7890 128 today"
    button(never_pausing, "copyButton").setFocus()
    assert field.toPlainText() == mask_card_data("paid by 6222 0212 3456 7890 128 today")


def has_digits(note: str) -> bool:
    return any(character.isdigit() for character in note)


def test_a_note_that_could_not_be_kept_stays_in_the_field(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    field = open_note(bar, qtbot)
    qtbot.keyClicks(field, " and again")
    assert bar.take_note() is not None
    bar.show_case(CASE, RESOLVED)
    assert field.toPlainText() == f"{CASE.note} and again"
    assert bar.take_note() == f"{CASE.note} and again"


def test_another_case_brings_its_own_note(bar: ActionBar, qtbot: Any) -> None:
    bar.show_case(CASE, RESOLVED)
    qtbot.keyClicks(open_note(bar, qtbot), " and again")
    with qtbot.assertNotEmitted(bar.note_changed, wait=TYPING_PAUSE * 2):
        bar.show_case(replace(CASE, id=8, note=""), RESOLVED)
    assert note_field(bar).toPlainText() == ""


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("width", "percent"), [(640, 100), (980, 100), (980, 150)])
def test_nothing_is_cut_off_and_all_can_be_touched_and_named(
    bar: ActionBar, theme: Theme, language: Language, lang: Lang, width: int, percent: int
) -> None:
    language.use(lang)
    theme.set_text_percent(percent)
    bar.show_case(CASE, RESOLVED, can_undo=True)
    button(bar, "noteButton").setChecked(True)
    settle()
    bar.resize(width, bar.sizeHint().height())
    assert cut_off(bar) == []
    assert unnamed(bar) == []
    small = [each for each in bar.findChildren(QAbstractButton) if min(each.size().toTuple()) < TOUCH]
    assert small == []


def test_narrow_bars_leave_words_out_and_take_them_back(bar: ActionBar) -> None:
    bar.show_case(CASE, RESOLVED)
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    assert button(bar, "copyButton").text() == ""
    assert button(bar, "exportButton").text() == "Export..."
    bar.resize(1200, bar.height())
    assert button(bar, "copyButton").text() == "Copy for chat"


def test_a_language_switched_twice_leaves_nothing_stale(
    bar: ActionBar, language: Language, qtbot: Any
) -> None:
    bar.show_case(CASE, RESOLVED)
    english = texts(bar)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: texts(bar) != english)
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: texts(bar) == english)
