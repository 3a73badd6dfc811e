"""The empty window: it says what to type, and offers machines, tiles and cases to touch."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_helper.domain.cases import Met, Recent, Reminder
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.start_page import StartPage
from pos_helper.ui.theme import TEXT_PERCENTS, TOUCH, Theme
from pos_helper.ui.widgets.card_button import CardButton
from tests.ui.fits import cut_off, texts, unnamed
from tests.ui.samples import AT, HISTORY, MACHINE_KINDS, RECENT, TILES

MACHINES = (Text("1 号刷卡机", "Terminal 1"), Text("小票打印机", "Receipt printer"))
SHOP = Shop(hotline="95516", merchant_id="898310053310001")


@pytest.fixture
def page(theme: Theme, language: Language, qtbot: Any) -> StartPage:
    page = StartPage(theme, language)
    qtbot.addWidget(page)
    page.resize(1334, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def fill(page: StartPage) -> None:
    page.show_shop(SHOP)
    page.show_machines(MACHINES)
    page.show_tiles(TILES)
    page.show_recent(RECENT, MACHINE_KINDS)


def button(page: StartPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def saying(page: StartPage, words: str) -> QPushButton:
    """The button in sight that says this, to a screen reader at least."""
    found = [
        each
        for each in page.findChildren(QPushButton)
        if each.isVisibleTo(page)
        and words in f"{each.text()} {each.accessibleName()} {each.accessibleDescription()}"
    ]
    assert len(found) == 1, words
    return found[0]


def test_the_page_itself_takes_no_focus_and_never_scrolls_sideways(page: StartPage) -> None:
    assert page.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert page.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_before_the_catalog_is_there_nothing_can_be_touched(page: StartPage) -> None:
    page.show_machines(MACHINES)
    page.show_shop(SHOP)
    assert page.findChildren(QPushButton) == []


def test_the_machines_are_asked_for_on_the_page_until_it_is_answered(page: StartPage, qtbot: Any) -> None:
    page.ask_machines(True)
    fill(page)
    question = page.findChild(QWidget, "machinesQuestion")
    assert question is not None
    choose, later = (question.findChild(QPushButton, f"{name}MachinesButton") for name in ("choose", "later"))
    assert choose is not None
    assert later is not None
    assert choose.height() >= TOUCH
    assert question.isVisible()
    assert not button(page, "addMachineButton").isVisible()
    with qtbot.waitSignal(page.machines_requested):
        choose.click()
    with qtbot.waitSignal(page.machines_declined):
        later.click()
    page.ask_machines(False)
    assert not question.isVisible()
    assert button(page, "addMachineButton").isVisible()


def test_the_title_stays_where_it_is_when_the_tiles_come(page: StartPage, qtbot: Any) -> None:
    title = page._title  # it has no name of its own
    qtbot.waitUntil(title.isVisible)
    before = title.pos()
    fill(page)
    qtbot.waitUntil(lambda: button(page, "tile:money").height() > TOUCH)
    assert title.pos() == before


def test_a_tile_that_is_pressed_is_asked_for(page: StartPage, qtbot: Any) -> None:
    fill(page)
    for tile in TILES:
        with qtbot.waitSignal(page.tile_chosen) as asked:
            qtbot.mouseClick(button(page, f"tile:{tile.id}"), Qt.MouseButton.LeftButton)
        assert asked.args == [tile.id]
        assert button(page, f"tile:{tile.id}").accessibleName() == tile.title.en
        assert button(page, f"tile:{tile.id}").accessibleDescription() == tile.hint.en


def test_on_an_old_screen_all_is_seen_at_once_with_three_tiles_in_a_row(page: StartPage, qtbot: Any) -> None:
    fill(page)
    qtbot.waitUntil(lambda: button(page, "tile:money").height() > TOUCH * 2)
    assert page.verticalScrollBar().maximum() == 0
    rows = {button(page, f"tile:{tile.id}").y() for tile in TILES}
    columns = {button(page, f"tile:{tile.id}").x() for tile in TILES}
    assert (len(rows), len(columns)) == (3, 3)


@pytest.mark.parametrize(("width", "columns"), [(1334, 3), (640, 2), (420, 1)])
def test_a_narrow_window_has_fewer_tiles_in_a_row(
    page: StartPage, width: int, columns: int, qtbot: Any
) -> None:
    fill(page)
    page.resize(width, 640)
    qtbot.waitUntil(lambda: len({button(page, f"tile:{tile.id}").x() for tile in TILES}) == columns)
    qtbot.waitUntil(lambda: cut_off(page) == [])


def test_the_keyboard_goes_from_tile_to_tile_and_enter_presses_one(page: StartPage, qtbot: Any) -> None:
    fill(page)
    qtbot.waitUntil(lambda: button(page, "tile:t5").y() > button(page, "tile:t2").y())
    button(page, "tile:money").setFocus(Qt.FocusReason.TabFocusReason)
    for key, expected in [
        (Qt.Key.Key_Right, "tile:t1"),
        (Qt.Key.Key_Down, "tile:t4"),
        (Qt.Key.Key_Left, "tile:t3"),
        (Qt.Key.Key_Up, "tile:money"),
        (Qt.Key.Key_Down, "tile:t3"),
    ]:
        qtbot.keyClick(QApplication.focusWidget(), key)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QWidget)
        assert focused.objectName() == expected
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(page.tile_chosen) as asked:
            qtbot.keyClick(button(page, "tile:t3"), key)
        assert asked.args == ["t3"]


def test_a_tile_that_the_keyboard_comes_to_is_scrolled_into_sight(page: StartPage, qtbot: Any) -> None:
    fill(page)
    page.resize(420, 300)
    last = button(page, "tile:t8")
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 600)
    assert last.visibleRegion().isEmpty()
    last.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())


def test_unfinished_cases_say_what_when_and_how_far(page: StartPage, qtbot: Any) -> None:
    fill(page)
    today, yesterday, before = RECENT.unfinished
    assert "today" in saying(page, today.title.en).accessibleDescription()
    assert f"{today.tried} of {today.total}" in saying(page, today.title.en).accessibleDescription()
    assert "yesterday" in saying(page, yesterday.title.en).accessibleDescription()
    assert "day" not in saying(page, before.title.en).accessibleDescription()
    for case in RECENT.unfinished:
        with qtbot.waitSignal(page.case_chosen) as asked:
            saying(page, case.title.en).click()
        assert asked.args == [case.id]


def test_what_was_met_lately_says_how_often(page: StartPage, qtbot: Any) -> None:
    fill(page)
    for met, times in zip(RECENT.met, ("6 times", "once"), strict=True):
        found = saying(page, met.title.en)
        assert times in found.accessibleDescription()
        with qtbot.waitSignal(page.met_chosen) as asked:
            found.click()
        assert asked.args == [met]


def test_without_cases_a_line_says_what_will_stand_here(page: StartPage) -> None:
    fill(page)
    page.show_recent(Recent(at=AT), MACHINE_KINDS)
    assert any("will stand here" in text for text in texts(page))
    shown = [each for each in page.findChildren(CardButton) if each.isVisibleTo(page)]
    assert len(shown) == len(TILES)


def test_machines_and_the_button_to_add_one_ask_for_the_machines(page: StartPage, qtbot: Any) -> None:
    fill(page)
    for machine in (saying(page, "Terminal 1"), saying(page, "Receipt printer"), saying(page, "Add a mach")):
        with qtbot.waitSignal(page.machines_requested):
            machine.click()
    page.show_machines(MACHINES[1:])
    left = [each.text() for each in page.findChildren(QPushButton) if each.isVisibleTo(page)]
    assert "Terminal 1" not in left
    assert "Receipt printer" in left


def test_many_machines_take_more_rows_and_the_button_to_add_one_stays_the_last(
    page: StartPage, qtbot: Any
) -> None:
    fill(page)
    page.show_machines([Text(f"{number} 号刷卡机", f"Card terminal {number}") for number in range(12)])
    add, last = button(page, "addMachineButton"), saying(page, "Card terminal 11")
    qtbot.waitUntil(lambda: last.y() > saying(page, "Card terminal 0").y())
    assert (add.y(), add.x()) > (last.y(), last.x())
    qtbot.waitUntil(lambda: cut_off(page) == [])


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_cut_off_at_any_text_size(
    page: StartPage, theme: Theme, language: Language, lang: Lang, qtbot: Any
) -> None:
    fill(page)
    language.use(lang)
    for percent in TEXT_PERCENTS:
        theme.set_text_percent(percent)
        for size in ((992, 470), (1334, 640), (1888, 950)):
            page.resize(*size)
            qtbot.waitUntil(lambda: cut_off(page) == [])
    assert unnamed(page) == []
    assert all(each.height() >= TOUCH for each in page.findChildren(QPushButton) if each.isVisibleTo(page))


def test_switching_there_and_back_leaves_nothing_behind(
    page: StartPage, theme: Theme, language: Language, qtbot: Any
) -> None:
    fill(page)
    for lang in (Lang.ZH, Lang.EN, Lang.ZH, Lang.EN):
        language.use(lang)
        fresh = StartPage(theme, language)
        qtbot.addWidget(fresh)
        fill(fresh)
        qtbot.waitUntil(lambda fresh=fresh: texts(page) == texts(fresh))


def test_a_case_that_is_finished_makes_room_for_the_next(page: StartPage) -> None:
    fill(page)
    later = replace(RECENT, unfinished=RECENT.unfinished[1:], at=AT + timedelta(days=1), met=())
    page.show_recent(later, MACHINE_KINDS)
    shown = [each for each in page.findChildren(CardButton) if each.isVisibleTo(page)]
    assert len(shown) == len(TILES) + 2
    assert "today" not in saying(page, HISTORY[1].title.en).accessibleDescription()


def test_a_met_code_stands_before_its_title(page: StartPage) -> None:
    page.show_recent(
        Recent(at=AT, met=(Met("card-network.91", "91", Text("没回应", "No reply"), 2),)), MACHINE_KINDS
    )
    assert saying(page, "No reply").accessibleName() == "91  No reply"


DUE = (
    Reminder("head", Text("清一次打印头", "Clean the print head"), 30, AT.date() - timedelta(days=3)),
    Reminder("cables", Text("看网线插紧没有", "Check the network cables"), 7, AT.date()),
)


def test_what_is_due_is_said_with_its_day_and_can_be_answered(
    page: StartPage, language: Language, qtbot: Any
) -> None:
    language.use(Lang.EN)
    fill(page)
    page.show_due(DUE, AT.date())
    said = texts(page)
    assert "Due today" in said
    assert any(words.startswith("Due since ") for words in said)
    for words, signal in (
        ("Done: Check the network cables", page.reminder_done),
        ("Later: Check the network cables", page.reminder_put_off),
        ("No more: Check the network cables", page.reminder_ended),
    ):
        with qtbot.waitSignal(signal) as asked:
            saying(page, words).click()
        assert asked.args == ["cables"]


def test_what_is_done_goes_away(page: StartPage, language: Language) -> None:
    language.use(Lang.EN)
    fill(page)
    page.show_due(DUE, AT.date())
    page.show_due(DUE[:1], AT.date())
    shown = [panel for panel in page.findChildren(QWidget, "dueReminder") if panel.isVisibleTo(page)]
    assert len(shown) == 1
    page.show_due((), AT.date())
    assert not shown[0].isVisibleTo(page)


@pytest.mark.parametrize("lang", list(Lang))
def test_beside_much_that_is_due_all_tiles_stay_in_sight(
    page: StartPage, language: Language, qtbot: Any, lang: Lang
) -> None:
    language.use(lang)
    fill(page)
    page.show_due((*DUE, replace(DUE[0], tip="third")), AT.date())
    page.resize(1334, 560)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    tiles = [tile for each in TILES if (tile := page.findChild(QPushButton, f"tile:{each.id}"))]
    assert len(tiles) == len(TILES)
    bottoms = [tile.mapTo(page, tile.rect().bottomLeft()).y() for tile in tiles]
    assert max(bottoms) <= page.height()
    assert cut_off(page) == []
