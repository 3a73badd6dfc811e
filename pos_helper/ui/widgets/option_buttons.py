"""A choice among a few values, in a row or in columns, each large enough to be touched."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.surfaces import TextLabel


class OptionButtons(QWidget):
    """One of a few values under a label. The arrow keys move among them."""

    chosen = Signal(object)
    """The value that a person has chosen."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        values: Sequence[StrEnum],
        parent: QWidget | None = None,
        *,
        columns: int = 0,
    ) -> None:
        """``name`` is the object name; the button of a value has the value as its own name.

        The buttons stand in so many columns, in one row if there are none.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self._label = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._group = QButtonGroup(self)
        self._buttons: dict[StrEnum, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACE // 2)
        columns = columns or len(values)
        for number, value in enumerate(values):
            button = QPushButton(self)
            button.setObjectName(value.value)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button)
            self._buttons[value] = button
            grid.addWidget(button, number // columns, number % columns)
        self.setFocusProxy(self._group.buttons()[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._label)
        column.addLayout(grid)
        self._group.buttonClicked.connect(self._clicked)

    def set_value(self, value: StrEnum) -> None:
        """Show a value as chosen."""
        self._buttons[value].setChecked(True)

    def set_words(self, label: str, words: Mapping[StrEnum, str]) -> None:
        """Name the choice and its values."""
        self._label.setText(label)
        for value, button in self._buttons.items():
            button.setText(words[value])
            button.setAccessibleName(f"{label}: {words[value]}")

    def _clicked(self) -> None:
        self.chosen.emit(next(value for value, button in self._buttons.items() if button.isChecked()))
