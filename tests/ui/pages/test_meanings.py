"""Is this my code? The known meanings, and choosing one."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from pos_helper.domain.entries import Confidence, Meaning
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.meaning_list import MeaningModel
from pos_helper.ui.pages.meanings import Meanings
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.samples import RESOLVED

DISPUTED = replace(
    RESOLVED,
    entry=replace(
        RESOLVED.entry,
        meanings=tuple(
            Meaning(text=Text(f"第 {n} 种说法", f"Reading {n}"), sources=("article",), confidence=confidence)
            for n, confidence in enumerate(Confidence)
        ),
    ),
)


@pytest.fixture
def side(qtbot: Any) -> QWidget:
    """What the list and its button stand on."""
    side = QWidget()
    qtbot.addWidget(side)
    side.resize(800, 600)
    return side


@pytest.fixture
def meanings(theme: Theme, language: Language, side: QWidget) -> Meanings:
    meanings = Meanings(theme, language, side)
    meanings.show_entry(DISPUTED)
    side.show()
    return meanings


@pytest.fixture
def asked(meanings: Meanings) -> list[int | None]:
    """The meanings that were asked for."""
    asked: list[int | None] = []
    meanings.meaning_chosen.connect(asked.append)
    return asked


def row(meanings: Meanings, number: int) -> QModelIndex:
    model = meanings.model()
    assert model is not None
    return model.index(number, 0)


def test_they_are_one_press_away_and_folded_again_for_the_next_entry(meanings: Meanings) -> None:
    assert meanings.toggle.isVisible()
    assert "3" in meanings.toggle.text()
    assert not meanings.isVisible()
    meanings.toggle.click()
    assert meanings.isVisible()
    meanings.show_entry(RESOLVED)
    assert not meanings.isVisible()
    meanings.show_entry(replace(RESOLVED, entry=replace(RESOLVED.entry, meanings=())))
    assert not meanings.toggle.isVisible()


def test_each_says_its_confidence_and_its_sources(meanings: Meanings) -> None:
    shown_text = [row(meanings, number).data() for number in range(3)]
    assert [text.startswith(f"Reading {number}") for number, text in enumerate(shown_text)] == [True] * 3
    assert "Low confidence" in shown_text[2]
    assert all("An article (https://example.org)" in text for text in shown_text)


def test_a_click_asks_for_a_meaning_and_a_second_one_takes_it_back(
    meanings: Meanings, asked: list[int | None], qtbot: Any
) -> None:
    meanings.toggle.click()
    at = meanings.visualRect(row(meanings, 1)).center()
    qtbot.mouseClick(meanings.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert row(meanings, 1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    meanings.set_chosen(1)
    assert row(meanings, 1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    qtbot.mouseClick(meanings.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [1, None]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_choose_too(meanings: Meanings, asked: list[int | None], key: Qt.Key, qtbot: Any) -> None:
    meanings.toggle.click()
    meanings.setFocus()
    qtbot.keyClick(meanings, Qt.Key.Key_Down)
    qtbot.keyClick(meanings, key)
    assert asked == [meanings.currentIndex().row()]


def test_all_of_them_are_shown_without_scrolling_and_can_be_touched(meanings: Meanings) -> None:
    meanings.toggle.click()
    meanings.setGeometry(0, 0, 600, meanings.heightForWidth(600))
    rects = [meanings.visualRect(row(meanings, number)) for number in range(3)]
    assert all(rect.height() >= TOUCH for rect in rects)
    assert rects[-1].bottom() <= meanings.viewport().height()


def test_the_model_keeps_qts_rules(language: Language, qtmodeltester: Any) -> None:
    model = MeaningModel(language)
    qtmodeltester.check(model)
    model.show_entry(DISPUTED)
    model.set_chosen(2)
    qtmodeltester.check(model)
