"""The empty window: it says what to type, and offers examples and recent cases."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.pages.start_page import MOST_RECENT, StartPage
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.fits import cut_off, texts, unnamed
from tests.ui.samples import HISTORY


@pytest.fixture
def page(theme: Theme, language: Language, qtbot: Any) -> StartPage:
    page = StartPage(theme, language)
    qtbot.addWidget(page)
    page.resize(880, 450)
    page.show()
    return page


def buttons(page: StartPage) -> list[QPushButton]:
    return [button for button in page.findChildren(QPushButton) if button.isVisible()]


def test_the_page_itself_takes_no_focus_and_never_scrolls_sideways(page: StartPage) -> None:
    assert page.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert page.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_an_example_is_searched_for(page: StartPage, qtbot: Any) -> None:
    with qtbot.waitSignal(page.example_chosen) as asked:
        next(button for button in buttons(page) if button.text() == "E1").click()
    assert asked.args == ["E1"]


def test_recent_cases_are_offered_newest_first(page: StartPage, qtbot: Any) -> None:
    before = len(buttons(page))
    page.show_recent(HISTORY * 2)
    recent = buttons(page)[before:]
    assert len(recent) == MOST_RECENT
    for button, case in zip(recent, HISTORY, strict=False):
        assert case.title.en in button.text()
        with qtbot.waitSignal(page.case_chosen) as asked:
            button.click()
        assert asked.args == [case.id]
    page.show_recent(())
    assert len(buttons(page)) == before


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_cut_off(
    page: StartPage, theme: Theme, language: Language, lang: Lang, percent: int, qtbot: Any
) -> None:
    page.show_recent(HISTORY)
    theme.set_text_percent(percent)
    language.use(lang)
    qtbot.waitUntil(lambda: any(HISTORY[0].title.of(lang) in button.text() for button in buttons(page)))
    page.resize(1334 if percent > 100 else 880, 640)
    qtbot.waitUntil(lambda: cut_off(page) == [])
    assert unnamed(page) == []
    assert all(button.height() >= TOUCH for button in buttons(page))


def test_switching_there_and_back_leaves_nothing_behind(
    page: StartPage, theme: Theme, language: Language, qtbot: Any
) -> None:
    page.show_recent(HISTORY)
    for lang in (Lang.ZH, Lang.EN, Lang.ZH, Lang.EN):
        language.use(lang)
        fresh = StartPage(theme, language)
        qtbot.addWidget(fresh)
        fresh.show_recent(HISTORY)
        qtbot.waitUntil(lambda fresh=fresh: texts(page) == texts(fresh))
