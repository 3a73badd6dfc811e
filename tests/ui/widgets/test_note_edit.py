"""Notes: the warning about card numbers, and the length."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.note_edit import NOTE_LENGTH, NoteEdit
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


def test_tab_leaves_the_field(edit: NoteEdit, qtbot: Any) -> None:
    with qtbot.waitSignal(edit.left):
        edit.field.setFocus()
        edit.field.clearFocus()
    qtbot.keyClick(edit.field, Qt.Key.Key_Tab)
    assert edit.note == ""
