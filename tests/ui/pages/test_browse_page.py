"""The list behind a tile: chosen from by touch and by keys."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView

from pos_helper.domain.entries import Money
from pos_helper.domain.labels import MONEY
from pos_helper.domain.lookup import Hit, Match
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.browse_page import BrowsePage
from pos_helper.ui.pages.result_list import ResultDelegate
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.fits import texts
from tests.ui.samples import ORIGINS, RESOLVED, TILES

PAPER = Hit(
    id="symptom.no-paper",
    code=None,
    origin="symptom",
    match=Match.TEXT,
    title=Text("没纸了", "Out of paper"),
    money=Money.UNKNOWN,
    retry=RESOLVED.entry.retry,
    origin_title=Text("没有代码", "No code"),
)
FAINT = replace(PAPER, id="symptom.faint", title=Text("字太淡", "Faint"), money=Money.NOT_APPLICABLE)
SCALE = replace(FAINT, id="scale.201", code="201", title=Text("太重", "Too heavy"))
HITS = (PAPER, FAINT, replace(SCALE, origin_title=ORIGINS[1].title))


@pytest.fixture
def page(theme: Theme, language: Language, qtbot: Any) -> BrowsePage:
    page = BrowsePage(theme, language)
    qtbot.addWidget(page)
    page.resize(1334, 640)
    page.show()
    page.show_tile(TILES[1], HITS)
    return page


def test_it_is_known_by_its_name_and_says_its_tile(page: BrowsePage, language: Language, qtbot: Any) -> None:
    assert page.objectName() == "browsePage"
    assert isinstance(page.findChild(QListView, "browseList"), QListView)
    for lang in Lang:
        language.use(lang)
        qtbot.waitUntil(lambda lang=lang: TILES[1].title.of(lang) in texts(page))
        assert page.list.accessibleName() == TILES[1].title.of(lang)


def test_a_row_is_high_enough_and_says_what_is_known_of_the_money(page: BrowsePage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page.list.row_width > TOUCH)
    model, delegate = page.list.model(), page.list.itemDelegate()
    assert isinstance(delegate, ResultDelegate)
    for row, hit in enumerate(HITS):
        index = model.index(row, 0)
        assert page.list.visualRect(index).height() >= TOUCH
        assert MONEY[hit.money].en in index.data()
        about = delegate.paragraphs(hit)[1][0].text
        assert about == (MONEY[hit.money].en if hit.code is None else hit.origin_title.en)


def test_a_touch_and_enter_choose_a_row(page: BrowsePage, qtbot: Any) -> None:
    view = page.list
    qtbot.waitUntil(lambda: view.visualRect(view.model().index(2, 0)).height() > 0)
    with qtbot.waitSignal(page.entry_chosen) as asked:
        at = view.visualRect(view.model().index(1, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [FAINT.id]
    page.show_tile(TILES[1], HITS)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.entry_chosen) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == [SCALE.id]


def test_moving_in_the_list_chooses_nothing(page: BrowsePage, qtbot: Any) -> None:
    with qtbot.assertNotEmitted(page.entry_chosen):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        page.show_tile(TILES[0], HITS[:1])
    assert page.list.currentIndex().row() == 0
