"""What all lists share: rows as high as their text, in every language and at every width."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TOUCH, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run

LONG = Text("一段很长的话" * 20, "Quite a long sentence. " * 20)
SHORT = Text("短", "Short")


class Sentences(FlatModel[Text]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = index.isValid() and role == Qt.ItemDataRole.DisplayRole
        return self.at(index).of(self._language.current) if shown else None


class SentenceDelegate(TextRowDelegate[Text]):
    def __init__(self, theme: Theme, language: Language, model: Sentences, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._language = language

    def sides(self) -> tuple[float, float]:
        return 0, 0

    def paragraphs(self, item: Text) -> list[list[Run]]:
        return [[Run(item.of(self._language.current), Role.BODY, self._theme.colours.text)]]


@pytest.fixture
def sentences(language: Language) -> Sentences:
    sentences = Sentences(language)
    sentences.show_rows((LONG, SHORT))
    return sentences


@pytest.fixture
def rows(theme: Theme, language: Language, sentences: Sentences, qtbot: Any) -> RowList:
    rows = RowList(theme)
    qtbot.addWidget(rows)
    rows.show_model(sentences, SentenceDelegate(theme, language, sentences, rows))
    rows.resize(300, 200)
    rows.show()
    return rows


def heights(rows: RowList) -> list[int]:
    model = rows.model()
    return [rows.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())]


def test_a_row_is_as_high_as_its_text_and_never_lower_than_a_finger(rows: RowList, qtbot: Any) -> None:
    long, short = heights(rows)
    assert short == TOUCH < long
    rows.resize(600, 200)
    qtbot.waitUntil(lambda: heights(rows)[0] < long)


def test_larger_text_and_another_language_are_measured_anew(
    rows: RowList, theme: Theme, language: Language, qtbot: Any
) -> None:
    normal = heights(rows)[0]
    theme.set_text_percent(150)
    qtbot.waitUntil(lambda: heights(rows)[0] > normal)
    theme.set_text_percent(100)
    qtbot.waitUntil(lambda: heights(rows)[0] == normal)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: heights(rows)[0] != normal)


def test_a_list_that_fits_its_rows_follows_them_and_never_scrolls(
    rows: RowList, sentences: Sentences, qtbot: Any
) -> None:
    rows.fit_rows()
    rows.resize(300, rows.heightForWidth(300))
    qtbot.waitUntil(lambda: sum(heights(rows)) == rows.viewport().height())
    assert rows.verticalScrollBar().maximum() == 0
    assert rows.heightForWidth(600) < rows.heightForWidth(300)
    with qtbot.waitSignal(rows.height_of_rows_changed):
        sentences.show_rows((SHORT,))
    assert rows.heightForWidth(300) == rows.sizeHint().height() < TOUCH * 2


def test_screen_readers_are_told_of_another_language(
    sentences: Sentences, language: Language, qtbot: Any
) -> None:
    with qtbot.waitSignal(sentences.dataChanged) as told:
        language.use(Lang.ZH)
    first, last = told.args[:2]
    assert (first.row(), last.row()) == (0, 1)
    assert last.data() == SHORT.zh


def test_the_chosen_row_and_the_row_under_the_pointer_are_seen(
    rows: RowList, theme: Theme, qtbot: Any
) -> None:
    def ground() -> str:
        at = rows.visualRect(rows.model().index(1, 0)).bottomRight()
        image = rows.viewport().grab().toImage()
        return QColor(image.pixel(at.x() - 20, at.y() - 8)).name()

    rows.resize(300, 2000)
    plain = ground()
    qtbot.mouseMove(rows.viewport(), rows.visualRect(rows.model().index(1, 0)).center())
    qtbot.waitUntil(lambda: ground() not in (plain, theme.colours.selection.name()))
    rows.setCurrentIndex(rows.model().index(1, 0))
    qtbot.waitUntil(lambda: ground() == theme.colours.selection.name())
