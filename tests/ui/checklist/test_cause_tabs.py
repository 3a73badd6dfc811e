"""The four tabs: which one opens, what they count, and that they follow the case."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QTabBar

from pos_helper.domain.cases import Mark, StepResult
from pos_helper.domain.entries import Tab
from pos_helper.domain.text import Lang
from pos_helper.ui.checklist.cause_tabs import CauseTabs
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.ui.fits import cut_off, texts
from tests.ui.samples import AT, MARKS, RESOLVED


@pytest.fixture
def tabs(theme: Theme, language: Language, qtbot: Any) -> CauseTabs:
    language.use(Lang.EN)
    tabs = CauseTabs(theme, language)
    qtbot.addWidget(tabs)
    tabs.resize(900, 500)
    tabs.show_entry(RESOLVED)
    tabs.show()
    return tabs


def tab_texts(tabs: CauseTabs) -> list[str]:
    return [tabs.tabText(number) for number in range(tabs.count())]


def page_name(tabs: CauseTabs) -> str:
    page = tabs.currentWidget()
    assert page is not None
    return page.objectName()


def test_pages_and_checklists_carry_their_stable_names(tabs: CauseTabs) -> None:
    assert tabs.objectName() == "causeTabs"
    pages = [tabs.widget(number) for number in range(tabs.count())]
    names = ["hardware", "software", "network", "operation"]
    assert [page.objectName() for page in pages if page] == names
    lists = [page.findChild(Checklist, "checklist") for page in pages if page]
    assert lists == [tabs.checklist(tab) for tab in Tab]


def test_opens_on_the_first_tab_with_a_cause(tabs: CauseTabs) -> None:
    assert page_name(tabs) == "software"


def test_the_same_entry_again_changes_no_tab(tabs: CauseTabs) -> None:
    tabs.setCurrentIndex(3)
    tabs.show_entry(replace(RESOLVED, pack="shop"))
    assert page_name(tabs) == "operation"


def test_tabs_count_what_was_tried_and_say_nothing_where_there_is_nothing(tabs: CauseTabs) -> None:
    assert tab_texts(tabs) == ["Hardware", "Software 0/1", "Network 0/4", "Operation 0/1"]
    tabs.set_marks(MARKS)
    assert tab_texts(tabs) == ["Hardware", "Software 0/1", "Network 2/4", "Operation 0/1"]
    tabs.set_marks({**MARKS, "ask-bank": Mark(None, AT, "only a note")})
    assert tab_texts(tabs)[-1] == "Operation 0/1"


def test_without_an_entry_nothing_is_counted(tabs: CauseTabs) -> None:
    tabs.set_marks(MARKS)
    tabs.show_entry(None)
    assert tab_texts(tabs) == ["Hardware", "Software", "Network", "Operation"]
    assert all(tabs.checklist(tab).model().rowCount() == 0 for tab in Tab)


def test_passes_on_what_its_checklists_ask(tabs: CauseTabs, qtbot: Any) -> None:
    network = tabs.checklist(Tab.NETWORK)
    with qtbot.waitSignal(tabs.tick_requested) as ticked:
        network.tick_requested.emit("look-at-icon", True)
    with qtbot.waitSignal(tabs.result_requested) as result:
        network.result_requested.emit("look-at-icon", StepResult.HELPED)
    with qtbot.waitSignal(tabs.note_requested) as note:
        network.note_requested.emit("look-at-icon")
    assert ticked.args == ["look-at-icon", True]
    assert result.args == ["look-at-icon", StepResult.HELPED]
    assert note.args == ["look-at-icon"]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("width", [640, 980])
def test_no_tab_is_cut_off(tabs: CauseTabs, language: Language, lang: Lang, width: int) -> None:
    language.use(lang)
    tabs.resize(width, 400)
    tabs.set_marks(MARKS)
    assert cut_off(tabs) == []


def test_a_language_switched_twice_leaves_nothing_stale(
    tabs: CauseTabs, language: Language, qtbot: Any
) -> None:
    english = texts(tabs)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: tab_texts(tabs) == ["硬件", "软件 0/1", "网络 0/4", "操作 0/1"])
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: texts(tabs) == english)


def test_the_keyboard_reaches_tabs_and_rows(tabs: CauseTabs, qtbot: Any) -> None:
    bar = tabs.findChild(QTabBar)
    assert isinstance(bar, QTabBar)
    bar.setFocus()
    assert tabs.focusWidget() is bar
    bar.nextInFocusChain()
    assert tabs.focusNextChild()
    assert tabs.focusWidget() is tabs.checklist(Tab.SOFTWARE)
