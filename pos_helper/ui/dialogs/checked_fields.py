"""Lines to fill in, two beside each other, each with what is wrong with it below."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pos_helper.domain.filled_in import field_problem
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.surfaces import TextLabel

FIELD_LENGTH = 80


class CheckedFields(QWidget):
    """Fields of the shop or of one of its machines, checked while they are typed."""

    checked = Signal(bool)
    """Whether all fields are right; emitted at each change."""

    def __init__(
        self, theme: Theme, language: Language, record: Struct, fields: Sequence[str], parent: QWidget
    ) -> None:
        """``fields`` of the record are shown; each line has its field as its object name."""
        super().__init__(parent)
        self._language = language
        self._labels: dict[str, TextLabel] = {}
        self._edits: dict[str, QLineEdit] = {}
        self._problems: dict[str, TextLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE * 3)
        grid.setVerticalSpacing(SPACE)
        for number, field in enumerate(fields):
            label = self._labels[field] = TextLabel(theme, Role.CAPTION, self, muted=True)
            edit = self._edits[field] = QLineEdit(getattr(record, field), self)
            edit.setObjectName(field)
            edit.setMaxLength(FIELD_LENGTH)
            edit.textChanged.connect(self.check)
            label.setBuddy(edit)
            problem = self._problems[field] = TextLabel(theme, Role.CAPTION, self, tone=Tone.BAD)
            problem.hide()
            cell = QVBoxLayout()
            cell.setSpacing(SPACE // 2)
            for part in (label, edit, problem):
                cell.addWidget(part)
            grid.addLayout(cell, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the lines, by field."""
        return {field: edit.text().strip() for field, edit in self._edits.items()}

    def set_words(self, words: Mapping[str, str]) -> None:
        """Name the fields."""
        for field, word in words.items():
            self._labels[field].setText(word)
            self._edits[field].setAccessibleName(word)
        self.check()

    def check(self) -> None:
        """Say below each line what is wrong with it."""
        sound = True
        for field, value in self.values.items():
            problem = field_problem(field, value)
            words = self._problems[field]
            words.setText(problem.of(self._language.current) if problem else "")
            words.setVisible(problem is not None)
            self._edits[field].setAccessibleDescription(words.text())
            sound = sound and problem is None
        self.checked.emit(sound)
