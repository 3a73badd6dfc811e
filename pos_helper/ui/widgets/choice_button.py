"""A choice among several values that takes the room of one button: a menu opens under it."""

from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

_T = TypeVar("_T", bound=Hashable)


class ChoiceButton(QPushButton, Generic[_T]):
    """It says what is chosen, and stands out while that is not the usual value."""

    chosen = Signal(object)
    """The value that a person has chosen."""

    def __init__(self, name: str, usual: _T, parent: QWidget | None = None) -> None:
        """``name`` is the object name, ``usual`` the value that is chosen at first."""
        super().__init__(parent)
        self.setObjectName(name)
        self._usual = self._value = usual
        self._label = ""
        self._words: Mapping[_T, str] = {}
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._choose)
        self.setMenu(self._menu)

    @property
    def value(self) -> _T:
        """What is chosen."""
        return self._value

    def set_words(self, label: str, words: Mapping[_T, str]) -> None:
        """Name the choice and its values. The usual one is chosen if what was is not among them any more."""
        self._label, self._words = label, words
        if self._value not in words:
            self._value = self._usual
        self._menu.clear()
        for word in words.values():
            action = self._menu.addAction(word)
            action.setCheckable(True)
        self._show()

    def set_value(self, value: _T) -> None:
        """Show a value as chosen."""
        self._value = value
        self._show()

    def _choose(self, action: QAction) -> None:
        self.set_value(list(self._words)[self._menu.actions().index(action)])
        self.chosen.emit(self._value)

    def _show(self) -> None:
        word = self._words[self._value]
        self.setText(word)
        self.setAccessibleName(f"{self._label}: {word}")
        for value, action in zip(self._words, self._menu.actions(), strict=True):
            action.setChecked(value == self._value)
        self.setProperty("kind", "chip" if self._value != self._usual else None)
        # A style sheet looks at properties only when a widget is polished.
        self.style().unpolish(self)
        self.style().polish(self)
