"""The window at work: what was found at the left, the answer and its remedies at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos_helper.domain.cases import Case, CaseSummary
from pos_helper.domain.lookup import Lookup
from pos_helper.domain.machines import Machine, shop_at
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.ui.checklist.cause_tabs import CauseTabs
from pos_helper.ui.language import Language
from pos_helper.ui.pages.action_bar import ActionBar
from pos_helper.ui.pages.answer_card import AnswerCard
from pos_helper.ui.pages.results import NO_LOOKUP, Results
from pos_helper.ui.pages.shop_line import ShopLine
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel

_COLUMN = 320
"""The width of the result column at normal text size, where the window is wide enough."""

_ROOMY = 600
"""The least height of a window, at normal text size, that has room for the shop's numbers."""

_ROWS = 5
"""The tabs are never lower than their bar and so many rows less one; then the whole side scrolls."""


class _Columns(QWidget):
    """Both columns scroll inside, so they take the height that the bar below leaves.

    By the height that their text would like to have, a layout would cut the bar to the same height.
    """

    def hasHeightForWidth(self) -> bool:
        return False


class WorkPage(Retranslated, QWidget):
    """Lays out the parts of an answer: ``results``, ``answer_card``, ``meanings``, ``tabs``, ``action_bar``.

    It shows what it is given; what a person asks for is said by the signals of the parts.
    """

    entry_shown = Signal(bool)
    """Whether there is an entry on screen now that can be worked with."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("workPage")
        self._theme = theme
        self._resolved: ResolvedEntry | None = None
        self._in_tabs: ResolvedEntry | None = None
        self._shop = Shop()
        self._machine: Machine | None = None

        # Every part is made where it stays: moving a finished one would have it styled once more.
        self._columns = _Columns(self)
        self._left = QWidget(self._columns)
        self.results = Results(theme, language, self._left)
        self._shop_line = ShopLine(theme, self._left)
        self._right = QStackedWidget(self._columns)
        self._scroll = QScrollArea(self._right)
        side = QWidget(self._scroll.viewport())
        self.answer_card = AnswerCard(theme, language, side)
        self.meanings = self.answer_card.meanings
        self.tabs = CauseTabs(theme, language, side)
        self._no_answer = TextLabel(theme, Role.STRONG, self._right, muted=True)
        self.action_bar = ActionBar(theme, language, self)
        self._arrange_side(side)
        self._arrange()

        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        self._enable(None)

    # --- what is shown ------------------------------------------------------------------------

    def clear(self) -> None:
        """Show nothing."""
        self.results.show_lookup(NO_LOOKUP)
        self._enable(None)

    def show_lookup(self, lookup: Lookup) -> None:
        """Show what was found; ``show_entry`` brings its answer, or what is shown until there is one."""
        self.results.show_lookup(lookup)
        if lookup.answer is None and not lookup.asks_for_screen:
            self._left.show()
            self._right.setCurrentWidget(self._no_answer)
            self._enable(None)

    def show_entry(
        self, resolved: ResolvedEntry, code: Lookup | None = None, is_asking: bool = False
    ) -> None:
        """Show an entry, beside the results if there are any; see ``AnswerCard.show_entry``.

        While it is asked which screen showed a code, the readings stand in the middle, and nothing beside and
        below them takes their room.
        """
        if resolved is not self._resolved or is_asking:
            self._scroll.verticalScrollBar().setValue(0)
        self.answer_card.show_entry(resolved, code, is_asking)
        if resolved is not self._in_tabs and not is_asking:
            self._in_tabs = resolved
            self.tabs.show_entry(resolved)
        self.tabs.setVisible(not is_asking)
        self.results.show_chosen(resolved.entry.id)
        self._left.setVisible(bool(self.results.lookup.query) and not is_asking)
        self._right.setCurrentWidget(self._scroll)
        self._enable(resolved)

    def show_case(
        self,
        case: Case | None,
        resolved: ResolvedEntry | None,
        earlier: CaseSummary | None = None,
        *,
        can_undo: bool = False,
    ) -> None:
        """Show how far the case of an entry is, or an earlier one to go on with."""
        self.answer_card.show_case(case, resolved, earlier)
        self.action_bar.show_case(case, resolved, can_undo=can_undo)

    def show_shop(self, shop: Shop) -> None:
        """Show whom to call, and the numbers that the hotline will ask for."""
        self._shop = shop
        self._say_shop()

    def show_machine(self, machine: Machine | None) -> None:
        """Show the numbers of the machine on which it happened, and whom to call about it."""
        self._machine = machine
        self._say_shop()

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(self.tr("The answer"))
        self._no_answer.setText(
            self.tr("There is no answer yet. Type only the code that the screen shows, or a few words of it.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._use_room()

    # --- where the keys go --------------------------------------------------------------------

    def go_to_answer(self) -> None:
        """Go to the first thing to do, or to the question which screen showed the code."""
        if self._resolved is None:
            return
        if self.answer_card.is_asking:
            self.answer_card.chooser.focus_first()
            return
        if self._resolved.entry.first:
            self.answer_card.quick_steps.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.go_to_tab(self.tabs.currentIndex())

    def move_selection(self, rows: int) -> None:
        """Go down in what was found (up if negative); the question which screen it was is only gone to."""
        if self._resolved is not None and self.answer_card.is_asking:
            self.answer_card.chooser.focus_first()
        else:
            self.results.move_selection(rows)

    def go_to_tab(self, number: int) -> None:
        """Open a tab and go to its checklist, if there are tabs now."""
        if self.tabs.isHidden():
            return
        self.tabs.setCurrentIndex(number)
        page = self.tabs.currentWidget()
        checklist = page.findChild(QWidget, "checklist") if page else None
        if checklist is not None:
            checklist.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- inner --------------------------------------------------------------------------------

    def _enable(self, resolved: ResolvedEntry | None) -> None:
        """What is about an entry can be used only while one is on screen."""
        self._resolved = resolved
        self.action_bar.setEnabled(resolved is not None)
        self.entry_shown.emit(resolved is not None)

    def _say_shop(self) -> None:
        self._shop_line.show_shop(shop_at(self._shop, self._machine))
        self._show_shop_line()

    def _show_shop_line(self) -> None:
        """The results need the whole height of a small window."""
        roomy = self.window().height() >= self._theme.scaled(_ROOMY)
        self.action_bar.note.set_lines(3 if roomy else 1)
        self._shop_line.setVisible(roomy and bool(self._shop_line.text()))

    def _arrange_side(self, side: QWidget) -> None:
        """The answer and the tabs, which scroll together in a small window."""
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.answer_card)
        column.addWidget(self.tabs, 1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(side)
        # A filled ground would be painted, with all that stands on it, once more than needed.
        side.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self._no_answer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._no_answer.setMargin(SPACE * 4)
        self._right.addWidget(self._scroll)
        self._right.addWidget(self._no_answer)

    def _arrange(self) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(SPACE)
        left.addWidget(self.results, 1)
        left.addWidget(self._shop_line)
        columns = QHBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(SPACE * 2)
        columns.addWidget(self._left)
        columns.addWidget(self._right, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(self._columns, 1)
        rows.addWidget(self.action_bar)

    def _follow_theme(self) -> None:
        self.tabs.setMinimumHeight(self._theme.scaled(TOUCH * _ROWS + SPACE * 2))
        self._use_room()

    def _use_room(self) -> None:
        """The results take their width, but never more than a third of a small window."""
        width = self.window().width()
        self._left.setFixedWidth(min(self._theme.scaled(_COLUMN), width // 3))
        self._show_shop_line()
