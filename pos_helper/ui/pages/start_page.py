"""What stands in the window before anything is typed: what to type, examples, and recent cases."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel, word_width

if TYPE_CHECKING:
    from pos_helper.domain.cases import CaseSummary

_WIDTH = 720
"""A line of text is not longer than this, at normal text size."""

_COLUMN = 20
"""How many times wider the column is than the room at each of its sides."""

_CODES = ("E1", "0x0004", "3000")
MOST_RECENT = 3
"""How many recent cases are offered; the others are in the history."""


class StartPage(Retranslated, QScrollArea):
    """Shown while the search box is empty. It scrolls where the window is too small for the text size."""

    example_chosen = Signal(str)
    """A text to search for."""
    case_chosen = Signal(int)
    """The number of a recent case."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._cases: tuple[CaseSummary, ...] = ()

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # By their names: see ``TextLabel``.
        self.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        self.setProperty("focusPolicy", "NoFocus")
        # The page is handed over while it is empty. Asking for the viewport instead would make Python know
        # every kind of widget that there is, which took 10 ms of the start.
        page = QWidget()
        self.setWidget(page)
        self._column = QWidget(page)
        self._title = TextLabel(theme, Role.DISPLAY, self._column)
        self._hint = TextLabel(theme, Role.BODY, self._column, muted=True)
        self._examples_title = TextLabel(theme, Role.STRONG, self._column)
        self._examples = [self._example() for _ in range(len(_CODES) + 1)]
        self._recent_title = TextLabel(theme, Role.STRONG, self._column)
        self._recent = [self._recent_button() for _ in range(MOST_RECENT)]
        self._privacy = TextLabel(theme, Role.CAPTION, self._column, muted=True)

        examples = QHBoxLayout()
        examples.setSpacing(SPACE)
        for button in self._examples:
            examples.addWidget(button)
        examples.addStretch()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(SPACE * 2)
        column.addWidget(self._examples_title)
        column.addLayout(examples)
        column.addSpacing(SPACE * 2)
        column.addWidget(self._recent_title)
        for button in self._recent:
            column.addWidget(button)
        column.addStretch(2)
        column.addWidget(self._privacy)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addStretch(1)
        sides.addWidget(self._column, _COLUMN)
        sides.addStretch(1)

        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def show_recent(self, cases: "Sequence[CaseSummary]") -> None:
        """Offer the newest of these cases, which come newest first."""
        self._cases = tuple(cases[:MOST_RECENT])
        self._say_recent()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Start"))
        self._title.setText(self.tr("What does the screen show?"))
        self._hint.setText(
            self.tr(
                "Type the code, or a few words of the message, in Chinese or English. "
                "The answer appears while you type."
            )
        )
        self._examples_title.setText(self.tr("For example"))
        for button, text in zip(self._examples, (*_CODES, self.tr("receipt does not print")), strict=True):
            button.setText(text)
        self._recent_title.setText(self.tr("Recent cases"))
        self._privacy.setText(self.tr("Everything stays on this computer. No network is needed."))
        self._say_recent()

    def _say_recent(self) -> None:
        self._recent_title.setVisible(bool(self._cases))
        for number, button in enumerate(self._recent):
            button.setVisible(number < len(self._cases))
            if number < len(self._cases):
                self._say_case(button, self._cases[number])

    def _say_case(self, button: QPushButton, case: "CaseSummary") -> None:
        """Write a case on its button, in one line if there is room for it, else in two."""
        from pos_helper.domain.labels import CASE_STATE

        lang = self._language.current
        what = "  ".join(part for part in (case.code_shown, case.title.of(lang)) if part)
        how_far = f"{case.tried}/{case.total}  ·  {CASE_STATE[case.state].of(lang)}"
        column = min(self._theme.scaled(_WIDTH), self.width() * _COLUMN // (_COLUMN + 2) - SPACE * 2)
        room = column - word_width(button, "")
        words = button.fontMetrics()
        line = f"{what}  ·  {how_far}"
        if words.horizontalAdvance(line) <= room:
            button.setText(line)
        else:
            shown = words.elidedText(what, QtCore.Qt.TextElideMode.ElideRight, room)
            button.setText(f"{shown}\n{how_far}")
        button.setAccessibleName(line)
        button.setMinimumHeight(max(TOUCH, button.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_recent()

    def _example(self) -> QPushButton:
        button = QPushButton(self._column)
        button.clicked.connect(self._choose_example)
        return button

    def _recent_button(self) -> QPushButton:
        button = QPushButton(self._column)
        button.setProperty("align", "left")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._choose_case)
        return button

    def _choose_example(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.example_chosen.emit(button.text())

    def _choose_case(self) -> None:
        for number, button in enumerate(self._recent):
            if button is self.sender() and number < len(self._cases):
                self.case_chosen.emit(self._cases[number].id)

    def _follow_theme(self) -> None:
        self._column.setMaximumWidth(self._theme.scaled(_WIDTH))
        for button in self._examples:
            button.setIcon(self._theme.icon("search", self._theme.colours.muted))
        for button in self._recent:
            button.setIcon(self._theme.icon("history", self._theme.colours.muted))
        self._say_recent()
