"""Lines to fill in: what does not fit is not taken, and that is said."""

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_helper.domain.cases import CaseDetails
from pos_helper.domain.filled_in import FIELD_LENGTH
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.checked_fields import CheckedFields
from tests.ui.fits import texts


def test_a_field_says_how_much_fits_when_more_is_pasted(theme: Theme, language: Language, qtbot: Any) -> None:
    language.use(Lang.EN)
    window = QWidget()
    qtbot.addWidget(window)
    fields = CheckedFields(theme, language, CaseDetails(), ("ticket",), window)
    window.show()
    line = fields.findChild(QLineEdit, "ticket")
    assert isinstance(line, QLineEdit)
    line.insert("T" * 5_000_000)
    assert fields.values == {"ticket": "T" * FIELD_LENGTH}
    said = f"Up to {FIELD_LENGTH} characters: what does not fit was not taken."
    qtbot.waitUntil(lambda: said in texts(fields))
    line.backspace()
    assert said not in texts(fields)
