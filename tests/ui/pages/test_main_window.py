"""The window as a whole: what is where, what the keys do, and that all of it can be read."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise, product
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QListView, QWidget

from pos_helper.domain.cases import Case, CaseDetails, CaseState
from pos_helper.domain.entries import GENERAL_CHECKS, Money, Retry
from pos_helper.domain.lookup import Because, Hit, Lookup, MakerName, Match, Outcome
from pos_helper.domain.machines import machine_name
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.language import Language
from pos_helper.ui.pages.main_window import MainWindow
from pos_helper.ui.theme import TEXT_PERCENTS, TOUCH, Theme, Tone
from tests.ui.fits import cut_off, texts, unnamed
from tests.ui.samples import (
    AT,
    CASE,
    HISTORY,
    MACHINE_KINDS,
    MACHINES,
    MARKS,
    ORIGINS,
    RECENT,
    RESOLVED,
    TILES,
)

HIT = Hit(
    id=RESOLVED.entry.id,
    code=RESOLVED.entry.code,
    origin=RESOLVED.entry.origin,
    match=Match.EXACT,
    title=RESOLVED.entry.title,
    money=RESOLVED.entry.money,
    retry=RESOLVED.entry.retry,
    origin_title=RESOLVED.origin.title,
)
FOUND = Lookup(query="e1", read_as="E1", outcome=Outcome.EXACT, hits=(HIT,), because=Because.MACHINES)
UNSURE = replace(
    FOUND,
    because=None,
    hits=tuple(
        replace(
            HIT,
            id=f"entry-{number}",
            origin=f"origin-{number}",
            screen=ORIGINS[0].screen,
            printed=Text("通讯失败，请重试", "COMMUNICATION ERROR"),
        )
        for number in range(7)
    ),
)
UNKNOWN = Lookup(
    query="SumUp 15",
    read_as="15",
    outcome=Outcome.NONE,
    hits=(replace(HIT, others=True),) * 6,
    makers=(MakerName(Text("SumUp", "SumUp"), has_table=False),),
)
GENERAL = replace(RESOLVED, entry=replace(RESOLVED.entry, id=GENERAL_CHECKS, code=None))
GUESS = Lookup(query="E9", read_as="E9", outcome=Outcome.NEAR, hits=(replace(HIT, match=Match.NEAR),))
SHOP = Shop(hotline="95516", acquirer="银联商务", merchant_id="898310053310001", terminal_id="10012345")

SMALL_SCREEN = (1024, 600)
OLD_SCREEN = (1366, 768)
LARGE_SCREEN = (1920, 1080)
SCALED_SCREEN = (911, 512)
"""The same screen at a scale of 150 %."""


@pytest.fixture
def window(theme: Theme, language: Language, qtbot: Any) -> MainWindow:
    window = MainWindow(theme, language)
    qtbot.addWidget(window)
    window.resize(*OLD_SCREEN)
    window.show()
    return window


def show_answer(window: MainWindow) -> None:
    """What the controllers do when an entry is found."""
    window.show_lookup(FOUND)
    window.show_entry(RESOLVED)
    window.answer_card.show_answers(RESOLVED.entry.money, RESOLVED.entry.retry, None)
    window.answer_card.set_marks(MARKS)
    window.tabs.set_marks(MARKS)
    window.action_bar.show_case(CASE, RESOLVED, can_undo=True)


def place(window: MainWindow, name: str) -> QRect:
    """Where a widget is in the window, without what is scrolled out of sight."""
    widget = window.findChild(QWidget, name)
    assert isinstance(widget, QWidget), name
    assert widget.isVisible(), name
    region = widget.visibleRegion().boundingRect()
    return region.translated(widget.mapTo(window, QPoint()))


NAMES = (
    "searchBox",
    "resultList",
    "moneyState",
    "retryAdvice",
    "customerPhrase",
    "causeTabs",
    "caseProgress",
    "copyButton",
    "printButton",
    "exportButton",
    "resolvedButton",
    "historyButton",
    "languageButton",
    "settingsButton",
)


def test_the_parts_have_the_names_that_tests_and_assistive_tools_use(window: MainWindow) -> None:
    show_answer(window)
    for name in NAMES:
        assert not place(window, name).isEmpty(), name
    assert window.findChild(QListView, "meaningList") is window.meanings
    for page in ("hardware", "software", "network", "operation"):
        tab = window.tabs.findChild(QWidget, page)
        assert isinstance(tab, QWidget)
        assert isinstance(tab.findChild(QWidget, "checklist"), Checklist)
    assert window.findChild(QWidget, "noteEdit") is not None


def test_the_cursor_is_in_the_box_at_start(window: MainWindow, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: window.focusWidget() is window.search_bar.box)


@pytest.mark.parametrize("lang", list(Lang))
def test_on_an_old_screen_the_answer_and_five_remedies_are_seen_at_once(
    window: MainWindow, language: Language, lang: Lang, qtbot: Any
) -> None:
    language.use(lang)
    show_answer(window)
    qtbot.waitUntil(lambda: place(window, "causeTabs").height() >= TOUCH * 6)
    order = [place(window, name) for name in ("moneyState", "customerPhrase", "causeTabs", "exportButton")]
    assert all(above.bottom() < below.top() for above, below in pairwise(order))
    assert place(window, "quickSteps").height() == window.answer_card.quick_steps.height()
    assert place(window, "exportButton").bottom() < OLD_SCREEN[1]


def test_on_a_scaled_screen_the_side_scrolls_as_a_whole(window: MainWindow, qtbot: Any) -> None:
    window.resize(*SCALED_SCREEN)
    show_answer(window)
    page = window.tabs.currentWidget()
    assert page is not None
    qtbot.waitUntil(lambda: page.height() >= TOUCH * 4)
    assert (window.width(), window.height()) == SCALED_SCREEN
    assert not place(window, "retryAdvice").isEmpty()
    assert place(window, "moneyState").bottom() < place(window, "exportButton").top() < SCALED_SCREEN[1]


def show_question(window: MainWindow, lookup: Lookup = UNSURE, is_asking: bool = True) -> None:
    """What the controllers do when it is not known which screen showed a code, or no screen is known to."""
    window.show_lookup(lookup)
    window.show_entry(GENERAL, lookup, is_asking)
    window.answer_card.show_answers(Money.UNKNOWN, Retry.AFTER_CHECK, None)
    window.answer_card.show_reason(None, False, False, not is_asking)
    window.answer_card.set_marks({})


def show_choice(window: MainWindow) -> None:
    """What the controllers do when a person has chosen the screen."""
    show_answer(window)
    window.answer_card.show_reason(Because.CHOSEN, True, True, True)


@pytest.mark.parametrize("lang", list(Lang))
def test_on_an_old_screen_the_question_and_the_quick_steps_are_seen_at_once(
    window: MainWindow, language: Language, lang: Lang, qtbot: Any
) -> None:
    language.use(lang)
    show_question(window)
    names = ("moneyState", "screenChooser", "quickSteps", "exportButton")

    def all_is_seen() -> None:
        order = [place(window, name) for name in names]
        assert all(above.bottom() < below.top() for above, below in pairwise(order))
        assert place(window, "quickSteps").height() == window.answer_card.quick_steps.height()

    qtbot.waitUntil(all_is_seen)
    assert not window.results.isVisible()
    assert not window.tabs.isVisible()
    show_answer(window)
    assert window.results.isVisible()
    assert window.tabs.isVisible()
    assert not window.answer_card.chooser.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_keys_lead_from_the_box_to_the_question_and_choose_nothing(
    window: MainWindow, key: Qt.Key, qtbot: Any
) -> None:
    show_question(window)
    chosen: list[str] = []
    for signal in (window.results.entry_chosen, window.answer_card.chooser.entry_chosen):
        signal.connect(chosen.append)
    window.search_bar.focus_box()
    press(window, key, PLAIN, qtbot)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "screen:origin-0"
    assert chosen == []
    press(window, Qt.Key.Key_Return, PLAIN, qtbot)
    assert chosen == ["entry-0"]
    assert window.focusWidget() is window.search_bar.box


def show_meanings(window: MainWindow) -> None:
    show_answer(window)
    window.meanings.toggle.setChecked(True)


def show_case(window: MainWindow, case: Case | None) -> None:
    show_meanings(window)
    window.action_bar.show_case(case, RESOLVED, can_undo=True)


def button(window: MainWindow, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def show_note(window: MainWindow) -> None:
    show_answer(window)
    button(window, "noteButton").setChecked(True)


def show_machines(window: MainWindow) -> None:
    show_case(window, case=CASE)
    window.action_bar.show_machines([machine_name(machine, MACHINE_KINDS) for machine in MACHINES], 1)
    window.work.show_machine(MACHINES[1])


def ask_machine(window: MainWindow) -> None:
    window.action_bar.show_machines([machine_name(machine, MACHINE_KINDS) for machine in MACHINES], None)
    window.work.show_machine(None)


def show_closed(window: MainWindow, state: CaseState) -> None:
    details = CaseDetails(handed_to="银联商务", ticket="20261130-77", amount="128.50")
    show_answer(window)
    case = replace(CASE, state=state, closed_at=AT, details=details)
    window.work.show_case(case, RESOLVED)
    window.search_bar.show_open_cases(HISTORY * 4, MACHINE_KINDS, HISTORY[0].id)


def show_earlier(window: MainWindow) -> None:
    show_answer(window)
    window.work.show_case(None, RESOLVED, HISTORY[1])


def show_wrong_details(window: MainWindow) -> None:
    show_earlier(window)
    window.answer_card.details.show_details(CaseDetails(amount="12..5", reference_number="4111111111111111"))


def show_start(window: MainWindow, asks: bool) -> None:
    window.show_start()
    window.start_page.ask_machines(asks)


PAGES: dict[str, Callable[[MainWindow], None]] = {
    "start": partial(show_start, asks=False),
    "machines asked": partial(show_start, asks=True),
    "machine": show_machines,
    "machine asked": ask_machine,
    "tile": partial(MainWindow.show_tile, tile=TILES[1], hits=(HIT,) * 12),
    "not begun": partial(show_case, case=None),
    "handed over": partial(show_case, case=replace(CASE, state=CaseState.HANDED_OVER)),
    "solved": partial(show_closed, state=CaseState.SOLVED),
    "given up": partial(show_closed, state=CaseState.GIVEN_UP),
    "handed over to": partial(show_closed, state=CaseState.HANDED_OVER),
    "earlier": show_earlier,
    "wrong details": show_wrong_details,
    "note": show_note,
    "asking": show_question,
    "cannot tell": partial(show_question, is_asking=False),
    "chosen": show_choice,
    "unknown code": partial(show_question, lookup=UNKNOWN, is_asking=False),
    "guess": partial(MainWindow.show_lookup, lookup=GUESS),
    "words": partial(MainWindow.show_lookup, lookup=replace(FOUND, outcome=Outcome.TEXT, hits=(HIT,) * 9)),
    "nothing": partial(MainWindow.show_lookup, lookup=Lookup("qqqqqqqq", "qqqqqqqq", Outcome.NONE)),
    "card data": partial(MainWindow.show_lookup, lookup=Lookup("•••• 1111", "", Outcome.CARD_DATA)),
}


def test_nothing_is_cut_off_at_any_text_size_on_any_screen(
    window: MainWindow, theme: Theme, language: Language, qtbot: Any
) -> None:
    def all_of_it_can_be_read() -> None:
        assert (shown, cut_off(window)) == (shown, [])
        assert (shown, window.size().toTuple()) == (shown, size)

    window.show_shop(SHOP)
    window.start_page.show_tiles(TILES)
    window.start_page.show_recent(RECENT, MACHINE_KINDS)
    for percent in TEXT_PERCENTS:
        theme.set_text_percent(percent)
        for lang, size in product(Lang, (SMALL_SCREEN, OLD_SCREEN, LARGE_SCREEN)):
            language.use(lang)
            window.resize(*size)
            for page, show in PAGES.items():
                shown = f"{page} in {lang} at {percent} % on {size}"
                show(window)
                qtbot.waitUntil(all_of_it_can_be_read)
            button(window, "noteButton").setChecked(False)
    assert unnamed(window) == []


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("size", "percent"), [(SMALL_SCREEN, 200), (OLD_SCREEN, 150), (SCALED_SCREEN, 100)])
def test_notices_and_progress_are_not_cut_off_either(
    window: MainWindow,
    theme: Theme,
    language: Language,
    lang: Lang,
    size: tuple[int, int],
    percent: int,
    qtbot: Any,
) -> None:
    def all_of_it_can_be_read() -> None:
        assert cut_off(window) == []

    theme.set_text_percent(percent)
    language.use(lang)
    window.resize(*size)
    window.show_shop(SHOP)
    for title in (RESOLVED.entry.customer_phrase, RESOLVED.entry.title):
        window.banner.show_notice(title, Tone.WARN)
    window.banner.show_progress(RESOLVED.entry.title, 1, 2)
    qtbot.waitUntil(all_of_it_can_be_read)
    show_meanings(window)
    qtbot.waitUntil(all_of_it_can_be_read)
    assert unnamed(window) == []


def test_a_guess_leaves_no_answer_on_screen_and_nothing_to_do_with_it(window: MainWindow, qtbot: Any) -> None:
    show_answer(window)
    window.show_lookup(GUESS)
    assert not window.answer_card.isVisible()
    assert not window.action_bar.isEnabled()
    with (
        qtbot.assertNotEmitted(window.undo_requested),
        qtbot.assertNotEmitted(window.action_bar.copy_requested),
    ):
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, qtbot)
        press(
            window,
            Qt.Key.Key_C,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            qtbot,
        )
    show_answer(window)
    assert window.answer_card.isVisible()
    assert window.action_bar.isEnabled()


def test_without_a_query_the_start_page_is_shown(window: MainWindow) -> None:
    assert window.start_page.isVisible()
    show_answer(window)
    assert not window.start_page.isVisible()
    window.show_lookup(Lookup(query=" ", read_as="", outcome=Outcome.NONE))
    assert window.start_page.isVisible()
    assert not window.action_bar.isVisible()


def test_a_case_that_comes_back_is_shown_without_results(window: MainWindow) -> None:
    window.show_entry(RESOLVED)
    assert window.answer_card.isVisible()
    assert not window.results.isVisible()


def test_the_second_of_two_clicks_does_not_fall_on_what_the_first_has_brought(
    window: MainWindow, qtbot: Any
) -> None:
    def would_be_clicked() -> QWidget | None:
        return window.childAt(place(window, "browseList").center())

    window.show_tile(TILES[1], (HIT,) * 12)
    view = window.findChild(QListView, "browseList")
    assert isinstance(view, QListView)
    assert would_be_clicked() is not view.viewport()
    qtbot.waitUntil(lambda: would_be_clicked() is view.viewport())


def test_a_way_back_is_shown_where_nothing_was_typed(window: MainWindow, qtbot: Any) -> None:
    back = window.search_bar.back_button
    assert not back.isVisible()
    window.show_tile(TILES[1], (HIT,))
    assert back.isVisible()
    window.show_entry(RESOLVED)
    for ask in (back.click, partial(press, window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, qtbot)):
        with qtbot.waitSignal(window.search_bar.back_requested):
            ask()
    window.search_bar.box.setText("e1")
    show_answer(window)
    assert not back.isVisible()
    window.show_start()
    assert not back.isVisible()


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, qtbot: Any) -> None:
    """Press a key wherever the cursor is."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget() or window, key, modifiers)


CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_K, CONTROL), (Qt.Key.Key_L, CONTROL), (Qt.Key.Key_F3, PLAIN)]
)
def test_keys_that_lead_back_to_the_box(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, qtbot: Any
) -> None:
    window.search_bar.set_query("E1")
    show_answer(window)
    window.answer_card.quick_steps.setFocus()
    press(window, key, modifiers, qtbot)
    assert window.focusWidget() is window.search_bar.box
    assert window.search_bar.box.selectedText() == "E1"


def test_escape_clears_and_returns_to_the_box_from_anywhere(window: MainWindow, qtbot: Any) -> None:
    window.search_bar.set_query("E1")
    show_answer(window)
    window.tabs.setFocus()
    with qtbot.waitSignal(window.search_bar.cleared):
        press(window, Qt.Key.Key_Escape, PLAIN, qtbot)
    assert window.search_bar.query == ""
    assert window.focusWidget() is window.search_bar.box


@pytest.mark.parametrize(
    ("key", "modifiers", "step"),
    [
        (Qt.Key.Key_Plus, CONTROL, 1),
        (Qt.Key.Key_Equal, CONTROL, 1),
        (Qt.Key.Key_Minus, CONTROL, -1),
        (Qt.Key.Key_0, CONTROL, 0),
    ],
)
def test_keys_for_the_text_size(
    window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier, step: int, qtbot: Any
) -> None:
    with qtbot.waitSignal(window.text_size_requested) as asked:
        press(window, key, modifiers, qtbot)
    assert asked.args == [step]


def test_keys_for_the_case(window: MainWindow, qtbot: Any) -> None:
    show_answer(window)
    window.answer_card.quick_steps.setFocus()
    keys = (
        (Qt.Key.Key_Z, CONTROL, window.undo_requested),
        (Qt.Key.Key_Z, CONTROL | SHIFT, window.redo_requested),
        (Qt.Key.Key_Y, CONTROL, window.redo_requested),
        (Qt.Key.Key_E, CONTROL, window.action_bar.export_requested),
        (Qt.Key.Key_P, CONTROL, window.action_bar.print_requested),
        (Qt.Key.Key_C, CONTROL | SHIFT, window.action_bar.copy_requested),
        (Qt.Key.Key_H, CONTROL, window.search_bar.history_requested),
    )
    for key, modifiers, signal in keys:
        with qtbot.waitSignal(signal):
            press(window, key, modifiers, qtbot)


@pytest.mark.parametrize("number", range(4))
def test_alt_and_a_digit_open_a_tab_and_lead_into_it(window: MainWindow, number: int, qtbot: Any) -> None:
    show_answer(window)
    press(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier, qtbot)
    assert window.tabs.currentIndex() == number
    page = window.tabs.currentWidget()
    assert page is not None
    assert window.focusWidget() is page.findChild(QWidget, "checklist")


def test_enter_leads_from_the_box_to_the_first_thing_to_do(window: MainWindow, qtbot: Any) -> None:
    show_answer(window)
    window.search_bar.focus_box()
    press(window, Qt.Key.Key_Return, PLAIN, qtbot)
    assert window.focusWidget() is window.answer_card.quick_steps
    with qtbot.waitSignal(window.answer_card.quick_steps.tick_requested) as asked:
        press(window, Qt.Key.Key_Space, PLAIN, qtbot)
    assert asked.args == ["check-last-sale", True]


def test_enter_never_takes_a_guess(window: MainWindow, qtbot: Any) -> None:
    window.show_lookup(GUESS)
    window.search_bar.focus_box()
    with qtbot.assertNotEmitted(window.results.entry_chosen):
        press(window, Qt.Key.Key_Return, PLAIN, qtbot)
    assert window.focusWidget() is window.search_bar.box


def test_arrow_keys_in_the_box_move_in_the_results(window: MainWindow, qtbot: Any) -> None:
    window.show_lookup(GUESS)
    window.search_bar.focus_box()
    with qtbot.waitSignal(window.results.entry_chosen) as chosen:
        press(window, Qt.Key.Key_Down, PLAIN, qtbot)
    assert chosen.args == [HIT.id]


def test_tab_goes_from_the_box_through_the_answer_to_the_actions(window: MainWindow, qtbot: Any) -> None:
    show_answer(window)
    window.search_bar.focus_box()
    passed: list[str] = []
    for _ in range(40):
        press(window, Qt.Key.Key_Tab, PLAIN, qtbot)
        widget = window.focusWidget()
        assert widget is not None
        passed.append(widget.objectName())
        if widget is window.search_bar.box:
            break
    wanted = ["resultList", "meaningsToggle", "chargedButton", "quickSteps", "checklist", "exportButton"]
    assert [name for name in passed if name in wanted] == wanted


def test_the_hotline_and_the_numbers_it_asks_for_stand_at_the_side(window: MainWindow) -> None:
    show_answer(window)
    window.show_shop(SHOP)
    shown_text = " ".join(texts(window))
    for number in (SHOP.hotline, SHOP.merchant_id, SHOP.terminal_id):
        assert number in shown_text


def test_the_hotline_is_that_of_the_machine_on_which_it_happened(window: MainWindow) -> None:
    show_answer(window)
    window.show_shop(SHOP)
    window.work.show_machine(MACHINES[1])
    assert "Hotline 95016 拉卡拉\nMerchant ID 898310053310001\nTerminal ID 10012346" in texts(window)
    window.work.show_machine(None)
    assert "Hotline 95516 银联商务\nMerchant ID 898310053310001\nTerminal ID 10012345" in texts(window)


def test_switching_there_and_back_leaves_nothing_behind(
    window: MainWindow, theme: Theme, language: Language, qtbot: Any
) -> None:
    def fill(window: MainWindow) -> None:
        window.show_shop(SHOP)
        window.start_page.show_tiles(TILES)
        window.start_page.show_recent(RECENT, MACHINE_KINDS)
        window.banner.show_notice(RESOLVED.entry.customer_phrase, Tone.WARN)
        window.banner.show_progress(RESOLVED.entry.title, 1, 2)
        show_answer(window)

    def it_says_what_a_new_one_says() -> None:
        assert texts(window) == texts(fresh)

    fill(window)
    for lang in (Lang.ZH, Lang.EN, Lang.ZH, Lang.EN):
        language.use(lang)
        fresh = MainWindow(theme, language)
        qtbot.addWidget(fresh)
        fresh.resize(*OLD_SCREEN)
        fresh.show()
        fill(fresh)
        qtbot.waitUntil(it_says_what_a_new_one_says)
