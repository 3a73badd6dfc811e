"""The search box at the top, and the buttons beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import named_button, word_width

# The first paint does without it: it is made with the first open case.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_helper.domain.cases import CaseSummary
    from pos_helper.domain.entries import MachineKind
    from pos_helper.ui.pages.open_cases import OpenCases

MAX_LENGTH = 200
"""No device shows a longer text; more than that is not taken."""

_SIDES = SPACE * 8
"""What frame and lens take of the box, and some air."""

_PAGE = 8
_MOVES = {
    QKeySequence.StandardKey.MoveToPreviousLine: -1,
    QKeySequence.StandardKey.MoveToNextLine: 1,
    QKeySequence.StandardKey.MoveToPreviousPage: -_PAGE,
    QKeySequence.StandardKey.MoveToNextPage: _PAGE,
}


class SearchBox(QLineEdit):
    """A line edit that hands the keys for moving in the list to the results."""

    move_requested = Signal(int)
    """How many rows the person wants to move down (up if negative)."""

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        to_end = QKeySequence.StandardKey.MoveToEndOfLine
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(to_end)
        ):
            event.ignore()  # on X11 Ctrl+E is one of these keys; here it exports
        return taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = next((rows for keys, rows in _MOVES.items() if event.matches(keys)), None)
        if rows is not None:
            self.move_requested.emit(rows)
            event.accept()
        else:
            super().keyPressEvent(event)


class SearchBar(Retranslated, QWidget):
    """Where the code is typed. It searches from the first character and at every change.

    Text that an input method has not committed yet changes nothing.
    """

    query_changed = Signal(str)
    accepted = Signal()
    move_requested = Signal(int)
    cleared = Signal()
    back_requested = Signal()
    """Back to the list of a tile, or else to the start."""
    history_requested = Signal()
    case_chosen = Signal(int)
    """The number of an open case."""
    open_cases_requested = Signal()
    """The open cases are about to be listed: ``show_open_cases`` brings them as they are now."""
    language_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._replacing = False
        self._least = 0
        self._open_cases: OpenCases | None = None

        self.back_button = named_button("backButton", self)
        self.back_button.hide()
        self.box = SearchBox(self)
        self.box.setObjectName("searchBox")
        self.box.setMaxLength(MAX_LENGTH)
        self.box.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.box.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.history_button = named_button("historyButton", self)
        self.language_button = named_button("languageButton", self)
        self.settings_button = named_button("settingsButton", self)

        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.back_button)
        row.addWidget(self.box, 1)
        row.addWidget(self.history_button)
        row.addWidget(self.language_button)
        row.addWidget(self.settings_button)
        self.setFocusProxy(self.box)

        self.box.textChanged.connect(self._text_changed)
        self.box.returnPressed.connect(self.accepted)
        self.box.move_requested.connect(self.move_requested)
        self.back_button.clicked.connect(self.back_requested)
        self.history_button.clicked.connect(self.history_requested)
        self.language_button.clicked.connect(self.language_requested)
        self.settings_button.clicked.connect(self.settings_requested)
        self.retranslate()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    @property
    def query(self) -> str:
        """What stands in the box."""
        return self.box.text()

    def set_query(self, text: str) -> None:
        """Put a text into the box as if it had been typed, and search for it."""
        self.box.setText(text)

    def replace_text(self, masked: str) -> None:
        """Replace a text that held card data: no search, and no way back to what was typed."""
        self._replacing = True
        self.box.setText(masked)  # This also forgets the undo history.
        self._replacing = False

    def clear(self) -> None:
        """Empty the box and go back to it."""
        self.box.clear()
        self.box.setFocus()
        self.cleared.emit()

    def focus_box(self) -> None:
        """Go to the box, ready to type over what stands there."""
        self.box.setFocus()
        self.box.selectAll()

    def show_open_cases(
        self, cases: "Sequence[CaseSummary]", kinds: "Sequence[MachineKind]", present: int | None
    ) -> None:
        """Show how many cases are open, to go from one to another; see ``OpenCases.show_cases``."""
        if self._open_cases is None:
            if not cases:
                return
            self._open_cases = self._made_open_cases()
        self._open_cases.show_cases(cases, kinds, present)
        self._fit()

    def list_open_cases(self) -> None:
        """Open the list of the open cases, if there are any."""
        if self._open_cases is not None and self._open_cases.isVisible():
            self._open_cases.showMenu()

    def _made_open_cases(self) -> "OpenCases":
        from pos_helper.ui.pages.open_cases import OpenCases

        button = OpenCases(self._theme, self._language, self)
        button.case_chosen.connect(self.case_chosen)
        button.requested.connect(self.open_cases_requested)
        button.all_requested.connect(self.history_requested)
        self._row.insertWidget(self._row.indexOf(self.history_button), button)
        self.setTabOrder(self.box, button)
        return button

    def retranslate(self) -> None:
        self.box.setAccessibleName(self.tr("What does the screen show?"))
        self._hints = (
            self.tr("Type the code or what the screen says: E1, 11, 小票打不出"),
            self.tr("Type the code or what the screen says"),
            self.tr("Code or message"),
        )
        self._words = {
            self.back_button: self.tr("Back"),
            self.history_button: self.tr("History"),
            self.settings_button: self.tr("Our machines and settings"),
        }
        for button, word in self._words.items():
            button.setAccessibleName(word)
        self.back_button.setToolTip(self.tr("Back (Alt+Left)"))
        self.history_button.setToolTip(self.tr("Earlier cases (Ctrl+H)"))
        self.settings_button.setToolTip(
            self.tr("Machines, the shop's details, language, text size and colours")
        )
        # The switch names the other language in that language, for people who cannot read this one.
        if self._language.current is Lang.ZH:
            self.language_button.setText("English")
            self.language_button.setAccessibleName(self.tr("Switch to English"))
        else:
            self.language_button.setText("中文")
            self.language_button.setAccessibleName(self.tr("Switch to Chinese"))
        self.language_button.setToolTip("中文 / English")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The words that are left out come back where there is room: they must not keep the window wide.
        return QSize(self._least, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Leave words out that an icon explains rather than cut what the box asks for."""
        text = self.box.fontMetrics()
        asks = [text.horizontalAdvance(hint) + _SIDES for hint in self._hints]
        words = sum(word_width(button, word) for button, word in self._words.items())
        icons = sum(word_width(button, "") for button in self._words)
        count = self._open_cases
        if count is not None and not count.isHidden():
            words += word_width(count, count.word) + SPACE
            icons += word_width(count, count.count) + SPACE
        others = self.language_button.sizeHint().width() + 3 * SPACE
        has_room = self.width() >= asks[1] + words + others
        for button, word in self._words.items():
            button.setText(word if has_room else "")
        if count is not None:
            count.setText(count.word if has_room else count.count)
        room = self.width() - others - (words if has_room else icons)
        fitting = (hint for hint, width in zip(self._hints, asks, strict=True) if width <= room)
        self.box.setPlaceholderText(next(fitting, self._hints[-1]))
        self._least = asks[-1] + icons + others
        self.updateGeometry()

    def _text_changed(self, text: str) -> None:
        if not self._replacing:
            self.query_changed.emit(text)

    def _follow_theme(self) -> None:
        theme = self._theme
        self.box.setFont(theme.font(Role.TITLE))
        self._lens.setIcon(theme.icon("search", theme.colours.muted))
        self.back_button.setIcon(theme.icon("back"))
        self.history_button.setIcon(theme.icon("history"))
        self.language_button.setIcon(theme.icon("language"))
        self.settings_button.setIcon(theme.icon("settings"))
        self._fit()
