"""Typing, from the first character to ten thousand of them."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.pages.search_bar import MAX_LENGTH, SearchBar
from pos_helper.ui.theme import Theme


@pytest.fixture
def bar(theme: Theme, language: Language, qtbot: Any) -> SearchBar:
    bar = SearchBar(theme, language)
    qtbot.addWidget(bar)
    bar.show()
    return bar


@pytest.fixture
def queries(bar: SearchBar) -> list[str]:
    """What was searched for."""
    queries: list[str] = []
    bar.query_changed.connect(queries.append)
    return queries


def test_each_character_searches(bar: SearchBar, queries: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(bar.box, "E10")
    assert queries == ["E", "E1", "E10"]


def test_what_an_input_method_has_not_committed_does_not_search(
    bar: SearchBar, queries: list[str], qapp: QApplication
) -> None:
    QApplication.sendEvent(bar.box, QInputMethodEvent("dayin", []))
    assert queries == []
    commit = QInputMethodEvent("", [])
    commit.setCommitString("打印")
    QApplication.sendEvent(bar.box, commit)
    assert queries == ["打印"]


@pytest.mark.parametrize(
    ("key", "rows"),
    [(Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1), (Qt.Key.Key_PageDown, 8), (Qt.Key.Key_PageUp, -8)],
)
def test_arrow_keys_move_in_the_results_not_in_the_text(
    bar: SearchBar, key: Qt.Key, rows: int, qtbot: Any
) -> None:
    bar.set_query("E1")
    with qtbot.waitSignal(bar.move_requested) as moved:
        qtbot.keyClick(bar.box, key)
    assert moved.args == [rows]
    assert bar.box.cursorPosition() == 2


def test_enter_accepts(bar: SearchBar, qtbot: Any) -> None:
    with qtbot.waitSignal(bar.accepted):
        qtbot.keyClick(bar.box, Qt.Key.Key_Return)


def test_clearing_empties_the_box_and_says_so(bar: SearchBar, queries: list[str], qtbot: Any) -> None:
    bar.set_query("E1")
    with qtbot.waitSignal(bar.cleared):
        bar.clear()
    assert bar.query == ""
    assert queries == ["E1", ""]


def test_no_way_leads_back_to_a_card_number(bar: SearchBar, queries: list[str], qtbot: Any) -> None:
    qtbot.keyClicks(bar.box, "4111111111111111")
    queries.clear()
    bar.replace_text("411111******1111")
    assert bar.query == "411111******1111"
    assert queries == []
    assert not bar.box.isUndoAvailable()
    qtbot.keyClick(bar.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bar.query == "411111******1111"


def test_ten_thousand_pasted_characters_are_cut_to_what_a_screen_can_show(
    bar: SearchBar, queries: list[str], qapp: QApplication
) -> None:
    QGuiApplication.clipboard().setText("E1 " * 3333 + "\n\x00\x07😀")
    bar.box.paste()
    assert [len(query) for query in queries] == [MAX_LENGTH]


def test_the_switch_names_the_other_language(bar: SearchBar, language: Language, qtbot: Any) -> None:
    assert bar.language_button.text() == "中文"
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: bar.language_button.text() == "English")


@pytest.mark.parametrize("name", ["history", "language", "settings"])
def test_the_buttons_ask(bar: SearchBar, name: str, qtbot: Any) -> None:
    with qtbot.waitSignal(getattr(bar, f"{name}_requested")):
        qtbot.mouseClick(getattr(bar, f"{name}_button"), Qt.MouseButton.LeftButton)
