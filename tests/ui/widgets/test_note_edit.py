"""Notes: the warning about card numbers, and the length."""

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt

from pos_helper.domain.filled_in import NOTE_LENGTH
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.note_edit import NoteEdit
from tests.ui.fits import texts

CARD = "6222021234567890128"


@pytest.fixture
def edit(theme: Theme, language: Language, qtbot: Any) -> NoteEdit:
    language.use(Lang.EN)
    edit = NoteEdit(theme, language)
    qtbot.addWidget(edit)
    edit.show()
    return edit


def test_warns_of_card_numbers_and_more_loudly_once_it_sees_one(edit: NoteEdit, qtbot: Any) -> None:
    calm = "Never write a card number, a verification code or a PIN here."
    assert calm in texts(edit)
    qtbot.keyClicks(edit.field, CARD)
    assert "This looks like a card number. It will be masked before it is kept." in texts(edit)
    assert calm not in texts(edit)


def test_blanks_around_a_note_are_not_part_of_it(edit: NoteEdit) -> None:
    edit.set_note("  red light \n")
    assert edit.note == "red light"


def test_a_note_has_a_sensible_length_typed_or_pasted(edit: NoteEdit, qtbot: Any) -> None:
    edit.set_note("字" * (NOTE_LENGTH - 1))
    qtbot.keyClicks(edit.field, "ab")
    assert len(edit.note) == NOTE_LENGTH
    edit.field.clear()
    edit.field.insertPlainText("字" * NOTE_LENGTH * 3)
    assert len(edit.note) == NOTE_LENGTH


@pytest.mark.parametrize("size", [NOTE_LENGTH, 300_000, 5_000_000])
def test_what_is_pasted_and_does_not_fit_is_refused_in_words_and_nothing_is_lost(
    edit: NoteEdit, qtbot: Any, size: int
) -> None:
    edit.set_note("the cable was loose")
    pasted = QMimeData()
    pasted.setText("字" * size)
    edit.field.insertFromMimeData(pasted)
    assert edit.note == "the cable was loose"
    assert "A note has up to 2,000 characters. What does not fit was not taken." in texts(edit)
    qtbot.keyClicks(edit.field, "!")
    assert edit.note == "the cable was loose!"
    assert "Never write a card number, a verification code or a PIN here." in texts(edit)


def test_a_page_may_be_pasted_over_another_one(edit: NoteEdit) -> None:
    edit.set_note("a" * NOTE_LENGTH)
    edit.field.selectAll()
    pasted = QMimeData()
    pasted.setText("b" * NOTE_LENGTH)
    edit.field.insertFromMimeData(pasted)
    assert edit.note == "b" * NOTE_LENGTH


def test_a_key_that_no_longer_fits_is_refused_in_words(edit: NoteEdit, qtbot: Any) -> None:
    edit.set_note("字" * NOTE_LENGTH)
    qtbot.keyClicks(edit.field, "a")
    assert edit.note == "字" * NOTE_LENGTH
    assert "A note has up to 2,000 characters. What does not fit was not taken." in texts(edit)


def test_tab_leaves_the_field(edit: NoteEdit, qtbot: Any) -> None:
    with qtbot.waitSignal(edit.left):
        edit.field.setFocus()
        edit.field.clearFocus()
    qtbot.keyClick(edit.field, Qt.Key.Key_Tab)
    assert edit.note == ""
