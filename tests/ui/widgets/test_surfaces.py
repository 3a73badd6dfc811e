"""What the parts of the window are put together from."""

from typing import Any

from PySide6.QtCore import Qt

from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.surfaces import TextLabel


def test_markup_in_a_text_is_shown_as_it_is_written(theme: Theme, qtbot: Any) -> None:
    words = TextLabel(theme, Role.BODY)
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText
