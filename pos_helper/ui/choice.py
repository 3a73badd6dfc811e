"""A choice among a few values, side by side or one below the other, each large enough to be touched."""

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.ui.surfaces import Words
from pos_helper.ui.theme import SPACE, Role, Theme


class Choice(QWidget):
    """One of a few values under a label. The arrow keys move among them."""

    chosen = Signal(object)
    """The value that a person has chosen."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        values: tuple[Enum, ...],
        parent: QWidget | None = None,
        *,
        upright: bool = False,
    ) -> None:
        """``name`` is the object name; the button of a value gets the value as its own."""
        super().__init__(parent)
        self.setObjectName(name)
        self._label = Words(theme, Role.CAPTION, self, muted=True)
        self._group = QButtonGroup(self)
        self._buttons: dict[Enum, QPushButton] = {}
        direction = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction)
        row.setSpacing(SPACE // 2)
        for value in values:
            button = QPushButton(self)
            button.setObjectName(str(value.value))
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._label)
        column.addLayout(row)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def value(self) -> Enum:
        """The value that is chosen."""
        return next(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: Enum) -> None:
        """Show a value as chosen."""
        self._buttons[value].setChecked(True)

    def set_words(self, label: str, words: dict[Enum, str]) -> None:
        """Name the choice and its values."""
        self._label.setText(label)
        for value, word in words.items():
            self._buttons[value].setText(word)
            self._buttons[value].setAccessibleName(f"{label}: {word}")

    def _clicked(self) -> None:
        self.chosen.emit(self.value)
