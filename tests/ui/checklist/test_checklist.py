"""Ticking remedies with mouse, finger and keys; stop signs; results; explanations."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from pos_helper.domain.cases import Mark, Reminder, StepHistory, StepResult
from pos_helper.domain.entries import Step, Tab
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.checklist.delegate import ChecklistDelegate, RowPart
from pos_helper.ui.checklist.layout import ChecklistLayout
from pos_helper.ui.checklist.model import ChecklistModel
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Role, Theme
from tests.ui.samples import AT, MARKS, RESOLVED

WIDE, NARROW = 980, 520


class Reader:
    """Stands for a person before a stop sign."""

    def __init__(self, goes_on: bool) -> None:
        self.goes_on = goes_on
        self.read: list[str] = []

    def __call__(self, theme: Theme, language: Language, step: Step, parent: QWidget | None) -> bool:
        self.read.append(step.id)
        return self.goes_on


class Requests:
    """What a checklist has asked for."""

    def __init__(self, checklist: Checklist) -> None:
        self.ticks: list[tuple[str, bool]] = []
        self.results: list[tuple[str, StepResult]] = []
        self.notes: list[str] = []
        checklist.tick_requested.connect(self._tick)
        checklist.result_requested.connect(self._result)
        checklist.note_requested.connect(self.notes.append)

    def _tick(self, step_id: str, ticked: bool) -> None:
        self.ticks.append((step_id, ticked))

    def _result(self, step_id: str, result: StepResult) -> None:
        self.results.append((step_id, result))


Show = Callable[..., Checklist]


@pytest.fixture
def language(language: Language) -> Language:
    """The current language, English to begin with."""
    language.use(Lang.EN)
    return language


@pytest.fixture
def show(theme: Theme, language: Language, qtbot: Any) -> Show:
    def show_network_tab(reader: Reader | None = None, width: int = WIDE) -> Checklist:
        checklist = Checklist(theme, language, None, reader or Reader(True))
        qtbot.addWidget(checklist)
        checklist.resize(width, 900)
        checklist.show_causes(RESOLVED, Tab.NETWORK)
        checklist.show()
        checklist.setFocus()
        return checklist

    return show_network_tab


def rows_of(checklist: Checklist) -> ChecklistModel:
    model = checklist.model()
    assert isinstance(model, ChecklistModel)
    return model


def delegate_of(checklist: Checklist) -> ChecklistDelegate:
    delegate = checklist.itemDelegate()
    assert isinstance(delegate, ChecklistDelegate)
    return delegate


def place(checklist: Checklist, step_id: str, part: RowPart) -> QPoint:
    """The middle of a part of a step's first row."""
    index = rows_of(checklist).index_of(step_id)
    return delegate_of(checklist).part_rect(index, checklist.visualRect(index), part).center()


def click(qtbot: Any, checklist: Checklist, step_id: str, part: RowPart = RowPart.ROW) -> None:
    qtbot.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=place(checklist, step_id, part))


def go_to(checklist: Checklist, step_id: str) -> None:
    checklist.setCurrentIndex(rows_of(checklist).index_of(step_id))


def is_ticked(checklist: Checklist, step_id: str) -> bool:
    return rows_of(checklist).is_ticked(rows_of(checklist).index_of(step_id))


def menu_of(checklist: Checklist) -> QMenu:
    menu = checklist.findChild(QMenu, "stepMenu")
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, word: str) -> None:
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.close()


# --- ticking ----------------------------------------------------------------------------------


def test_a_click_on_a_row_asks_for_a_tick_that_shows_once_it_is_kept(show: Show, qtbot: Any) -> None:
    checklist = show()
    asked = Requests(checklist)
    click(qtbot, checklist, "look-at-icon")
    assert asked.ticks == [("look-at-icon", True)]
    assert not is_ticked(checklist, "look-at-icon")
    checklist.set_marks({"look-at-icon": Mark(StepResult.NO_CHANGE, AT)})
    assert is_ticked(checklist, "look-at-icon")
    click(qtbot, checklist, "look-at-icon")
    assert asked.ticks[1:] == [("look-at-icon", False)]


def test_the_words_of_a_row_tick_it_too(show: Show, qtbot: Any) -> None:
    checklist = show()
    asked = Requests(checklist)
    words = place(checklist, "look-at-icon", RowPart.ROW) + QPoint(80, 0)
    qtbot.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert asked.ticks == [("look-at-icon", True)]


@pytest.mark.parametrize("part", [RowPart.ROW, RowPart.RESULT])
def test_the_right_button_opens_the_menu_and_ticks_nothing(show: Show, qtbot: Any, part: RowPart) -> None:
    checklist = show()
    asked = Requests(checklist)
    at = place(checklist, "look-at-icon", part)
    qtbot.mouseClick(checklist.viewport(), Qt.MouseButton.RightButton, pos=at)
    assert checklist.findChild(QMenu, "stepMenu") is None  # it comes with what the system sends next
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(checklist.viewport(), QContextMenuEvent(reason, at, checklist.mapToGlobal(at)))
    menu_of(checklist).close()
    assert asked.ticks == []


def test_sliding_a_finger_from_one_row_to_another_ticks_nothing(show: Show, qtbot: Any) -> None:
    checklist = show()
    asked = Requests(checklist)
    port = checklist.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=place(checklist, "look-at-icon", RowPart.ROW))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=place(checklist, "call-acquirer", RowPart.ROW))
    assert asked.ticks == []


def test_space_ticks_and_the_arrows_pass_the_headings_by(show: Show, qtbot: Any) -> None:
    checklist = show()
    asked = Requests(checklist)
    go_to(checklist, "look-at-icon")
    for _ in range(4):
        qtbot.keyClick(checklist, Qt.Key.Key_Space)
        qtbot.keyClick(checklist, Qt.Key.Key_Down)
    steps = [step_id for step_id, _ in asked.ticks]
    assert steps == ["look-at-icon", "reseat-cable", "restart-router", "restart-router"]


def test_a_tip_cannot_be_ticked(show: Show, qtbot: Any) -> None:
    checklist = show()
    asked = Requests(checklist)
    checklist.setCurrentIndex(rows_of(checklist).index(rows_of(checklist).rowCount() - 1))
    qtbot.keyClick(checklist, Qt.Key.Key_Space)
    qtbot.keyClick(checklist, Qt.Key.Key_Return)
    assert asked.ticks == []
    assert checklist.findChild(QMenu, "stepMenu") is None


# --- stop signs -------------------------------------------------------------------------------


def by_mouse(qtbot: Any, checklist: Checklist) -> None:
    click(qtbot, checklist, "restart-router")


def by_key(qtbot: Any, checklist: Checklist) -> None:
    go_to(checklist, "restart-router")
    qtbot.keyClick(checklist, Qt.Key.Key_Space)


def by_screen_reader(qtbot: Any, checklist: Checklist) -> None:
    rows = rows_of(checklist)
    rows.setData(rows.index_of("restart-router"), 2, Qt.ItemDataRole.CheckStateRole)


@pytest.mark.parametrize("tick", [by_mouse, by_key, by_screen_reader])
@pytest.mark.parametrize("goes_on", [True, False])
def test_a_risky_step_is_ticked_only_after_its_stop_sign_was_read(
    show: Show, qtbot: Any, tick: Callable[[Any, Checklist], None], goes_on: bool
) -> None:
    reader = Reader(goes_on)
    checklist = show(reader)
    asked = Requests(checklist)
    tick(qtbot, checklist)
    assert reader.read == ["restart-router"]
    assert asked.ticks == ([("restart-router", True)] if goes_on else [])


def test_a_result_does_not_go_past_the_stop_sign(show: Show, qtbot: Any) -> None:
    checklist = show(Reader(False))
    asked = Requests(checklist)
    click(qtbot, checklist, "restart-router", RowPart.RESULT)
    choose(menu_of(checklist), "Helped")
    assert asked.results == []


def test_a_step_that_is_ticked_shows_no_stop_sign_again(show: Show, qtbot: Any) -> None:
    reader = Reader(False)
    checklist = show(reader)
    asked = Requests(checklist)
    checklist.set_marks({"restart-router": Mark(StepResult.NO_CHANGE, AT)})
    click(qtbot, checklist, "restart-router", RowPart.RESULT)
    choose(menu_of(checklist), "Helped")
    click(qtbot, checklist, "restart-router")
    assert asked.results == [("restart-router", StepResult.HELPED)]
    assert asked.ticks == [("restart-router", False)]
    assert reader.read == []


# --- results, notes and explanations ----------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "result"),
    [
        ("有效", StepResult.HELPED),
        ("没变化", StepResult.NO_CHANGE),
        ("做不了", StepResult.COULD_NOT),
        ("不适用", StepResult.NOT_APPLICABLE),
    ],
)
def test_the_button_of_a_row_offers_the_four_results(
    show: Show, language: Language, qtbot: Any, word: str, result: StepResult
) -> None:
    language.use(Lang.ZH)
    checklist = show()
    asked = Requests(checklist)
    checklist.set_marks(MARKS)
    click(qtbot, checklist, "reseat-cable", RowPart.RESULT)
    menu = menu_of(checklist)
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["有效"]
    choose(menu, word)
    assert asked.results == [("reseat-cable", result)]
    assert asked.ticks == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_menu_and_the_note_is_in_it(show: Show, qtbot: Any, key: Qt.Key) -> None:
    checklist = show()
    asked = Requests(checklist)
    go_to(checklist, "call-acquirer")
    qtbot.keyClick(checklist, key)
    note = menu_of(checklist).actions()[-1]
    note.trigger()
    menu_of(checklist).close()
    assert asked.notes == ["call-acquirer"]


def test_the_menu_is_thrown_away_when_it_closes(show: Show, qtbot: Any) -> None:
    checklist = show()
    click(qtbot, checklist, "call-acquirer", RowPart.RESULT)
    with qtbot.waitSignal(menu_of(checklist).destroyed):
        menu_of(checklist).close()


def test_how_unfolds_by_mouse_and_by_the_arrow_keys(show: Show, qtbot: Any) -> None:
    checklist = show()
    index = rows_of(checklist).index_of("reseat-cable")
    asked = Requests(checklist)
    folded = checklist.sizeHintForIndex(index).height()
    click(qtbot, checklist, "reseat-cable", RowPart.HOW)
    assert checklist.sizeHintForIndex(index).height() > folded
    go_to(checklist, "reseat-cable")
    qtbot.keyClick(checklist, Qt.Key.Key_Left)
    assert checklist.sizeHintForIndex(index).height() == folded
    qtbot.keyClick(checklist, Qt.Key.Key_Right)
    assert rows_of(checklist).is_unfolded(index)
    assert asked.ticks == []


def test_a_note_is_shown_in_its_row(show: Show) -> None:
    checklist = show()
    index = rows_of(checklist).index_of("look-at-icon")
    before = checklist.sizeHintForIndex(index).height()
    checklist.set_marks({"look-at-icon": Mark(None, AT, "red light")})
    assert checklist.sizeHintForIndex(index).height() > before
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "red light"


# --- tips -------------------------------------------------------------------------------------


def last_row(checklist: Checklist) -> QModelIndex:
    return rows_of(checklist).index(rows_of(checklist).rowCount() - 1)


def tip_menu(checklist: Checklist) -> QMenu:
    menu = checklist.findChild(QMenu, "tipMenu")
    assert isinstance(menu, QMenu)
    return menu


def test_the_button_of_a_tip_offers_when_to_be_reminded(show: Show, qtbot: Any) -> None:
    checklist = show()
    tip = last_row(checklist)
    checklist.scrollTo(tip)
    at = delegate_of(checklist).part_rect(tip, checklist.visualRect(tip), RowPart.RESULT).center()
    qtbot.mouseClick(checklist.viewport(), Qt.MouseButton.LeftButton, pos=at)
    menu = tip_menu(checklist)
    words = [action.text() for action in menu.actions()]
    assert words == ["Every day", "Every week", "Every month", "Every quarter"]
    with qtbot.waitSignal(checklist.reminder_requested) as asked:
        choose(menu, "Every month")
    assert asked.args == [RESOLVED.prevention[0], 30]


def test_enter_on_a_tip_opens_its_menu_and_a_reminder_can_be_ended(show: Show, qtbot: Any) -> None:
    checklist = show()
    checklist.set_reminders({"weekly-check": Reminder("weekly-check", Text("看", "Look"), 7, AT.date())})
    checklist.setCurrentIndex(last_row(checklist))
    qtbot.keyClick(checklist, Qt.Key.Key_Return)
    menu = tip_menu(checklist)
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Every week"]
    with qtbot.waitSignal(checklist.reminder_requested) as asked:
        choose(menu, "No more")
    assert asked.args == [RESOLVED.prevention[0], None]


# --- looks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_every_step_is_large_enough_for_a_finger_and_inside_the_view(
    show: Show, theme: Theme, language: Language, lang: Lang, width: int, percent: int
) -> None:
    language.use(lang)
    theme.set_text_percent(percent)
    checklist = show(width=width)
    checklist.set_marks(MARKS)
    checklist.set_histories({"reseat-cable": StepHistory(3, 4), "restart-router": StepHistory(1, 12)})
    for row in range(rows_of(checklist).rowCount()):
        index = rows_of(checklist).index(row)
        rect = checklist.visualRect(index)
        if rows_of(checklist).at(index).step is not None:
            assert rect.height() >= TOUCH
            result = delegate_of(checklist).part_rect(index, rect, RowPart.RESULT)
            assert rect.contains(result)
            assert result.width() >= TOUCH
            assert result.height() >= TOUCH
        elif rows_of(checklist).at(index).tip is not None:
            assert rect.height() >= TOUCH
            assert rect.contains(delegate_of(checklist).part_rect(index, rect, RowPart.RESULT))
        assert rect.width() <= checklist.viewport().width()


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("percent", [80, 100, 200])
def test_what_helped_here_is_painted_where_there_is_room_for_it(
    show: Show, theme: Theme, language: Language, lang: Lang, percent: int
) -> None:
    language.use(lang)
    theme.set_text_percent(percent)
    checklist = show(width=WIDE)
    index = rows_of(checklist).index_of("look-at-icon")
    before = checklist.grab().toImage()
    checklist.set_histories({"look-at-icon": StepHistory(3, 4)})
    rect = checklist.visualRect(index)
    places = ChecklistLayout(theme, language, rows_of(checklist), checklist).places(index, rect.width())
    words = QFontMetrics(theme.font(Role.CAPTION)).horizontalAdvance(rows_of(checklist).what_helped(index))
    assert places.helped.width() >= words
    assert rect.height() >= places.helped.bottom()
    assert checklist.grab().toImage() != before


def test_rows_grow_where_there_is_less_room(show: Show) -> None:
    wide, narrow = show(width=WIDE), show(width=NARROW)
    index = rows_of(wide).index_of("reseat-cable")
    same = rows_of(narrow).index_of("reseat-cable")
    assert narrow.sizeHintForIndex(same).height() > wide.sizeHintForIndex(index).height()


def test_quick_steps_are_as_high_as_their_rows(theme: Theme, language: Language, qtbot: Any) -> None:
    checklist = Checklist(theme, language)
    qtbot.addWidget(checklist)
    checklist.show_steps(RESOLVED.first_steps())
    three = checklist.heightForWidth(600)
    assert three >= 3 * TOUCH
    assert checklist.heightForWidth(260) > three
    checklist.show_steps(RESOLVED.first_steps()[:1])
    assert TOUCH <= checklist.heightForWidth(600) < three


def test_an_empty_tab_says_so(show: Show, theme: Theme) -> None:
    checklist = show()
    checklist.show_causes(RESOLVED, Tab.HARDWARE)
    image = checklist.viewport().grab().toImage()
    colours = {QColor(image.pixel(x, image.height() // 2)).name() for x in range(image.width())}
    assert len(colours) > 1


def test_a_language_switched_twice_leaves_the_same_picture(
    show: Show, language: Language, qtbot: Any
) -> None:
    checklist = show()
    checklist.clearFocus()
    checklist.set_marks(MARKS)
    english = checklist.viewport().grab().toImage()
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: checklist.viewport().grab().toImage() != english)
    chinese = checklist.viewport().grab().toImage()
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: checklist.viewport().grab().toImage() == english)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: checklist.viewport().grab().toImage() == chinese)


def laid_out(checklist: Checklist) -> bool:
    """Whether all rows have been laid out as they are now, so that the last one can be scrolled to."""
    rows = map(rows_of(checklist).index, range(rows_of(checklist).rowCount()))
    height = sum(checklist.sizeHintForIndex(row).height() for row in rows)
    return checklist.verticalScrollBar().maximum() == height - checklist.viewport().height()


def test_a_tick_far_down_does_not_scroll_the_list(show: Show, qtbot: Any) -> None:
    checklist = show()
    rows_of(checklist).show_steps([*RESOLVED.steps.values()] * 5)
    qtbot.waitUntil(lambda: laid_out(checklist))
    bar = checklist.verticalScrollBar()
    bar.setValue(bar.maximum() - 60)
    before = bar.value()
    passed: list[int] = []
    bar.valueChanged.connect(passed.append)
    # With its note a row is higher, so the list is laid out anew.
    checklist.set_marks({"ask-bank": Mark(StepResult.NO_CHANGE, AT, "red light")})
    qtbot.waitUntil(lambda: laid_out(checklist))
    assert (bar.value(), passed) == (before, [])
