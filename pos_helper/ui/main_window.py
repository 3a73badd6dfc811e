"""The one window: search on top, what was found at the left, the answer and its remedies at the right."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.guide import Guide
from pos_helper.domain.lookup import Lookup
from pos_helper.domain.shop import Shop
from pos_helper.ui.action_bar import ActionBar
from pos_helper.ui.answer_card import AnswerCard
from pos_helper.ui.banner import Banner
from pos_helper.ui.cause_tabs import CauseTabs
from pos_helper.ui.language import Language
from pos_helper.ui.results import NO_LOOKUP, Results
from pos_helper.ui.search_bar import SearchBar
from pos_helper.ui.start_page import StartPage
from pos_helper.ui.surfaces import Words
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme

_COLUMN = 320
"""The width of the result column at normal text size, where the window is wide enough."""

_ROOMY = 600
"""The least height of a window, at normal text size, that has room for the shop's numbers."""

_ROWS = 5
"""The tabs are never lower than their bar and so many rows less one; then the whole side scrolls."""


class MainWindow(QMainWindow):
    """Lays the parts out and shows what it is given.

    What needs no rule it connects by itself: the arrow keys and Enter in the search box, Escape, the
    examples of the start page and the keys of the buttons. Everything else is asked by the signals of
    the parts: ``search_bar``, ``results``, ``answer_card``, ``meanings``, ``tabs``, ``action_bar``,
    ``start_page``, and by those here.
    """

    undo_requested = Signal()
    redo_requested = Signal()
    text_size_requested = Signal(int)
    """One step larger (1), smaller (-1), or back to normal (0); see ``Theme.stepped``."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._guide: Guide | None = None
        self._shop = Shop()

        # Every part is made where it stays: moving a finished one would have it styled once more.
        centre = QWidget(self)
        self.search_bar = SearchBar(theme, language, centre)
        self.banner = Banner(theme, language, centre)
        self._pages = QStackedWidget(centre)
        self.start_page = StartPage(theme, language, self._pages)
        self._work = QWidget(self._pages)
        self._left = QWidget(self._work)
        self.results = Results(theme, language, self._left)
        self._shop_line = Words(theme, Role.CAPTION, self._left, muted=True)
        self._right = QStackedWidget(self._work)
        self._scroll = QScrollArea(self._right)
        side = QWidget(self._scroll.viewport())
        self.answer_card = AnswerCard(theme, language, side)
        self.meanings = self.answer_card.meanings
        self.tabs = CauseTabs(theme, language, side)
        self._no_answer = Words(theme, Role.STRONG, self._right, muted=True)
        self.action_bar = ActionBar(theme, language, centre)
        self._arrange_side(side)
        self._arrange(centre)
        self._bind_keys()

        self.search_bar.move_requested.connect(self.results.move_selection)
        self.search_bar.accepted.connect(self._go_to_answer)
        self.start_page.example_chosen.connect(self.search_bar.set_query)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        self.show_start()
        self.search_bar.box.setFocus()

    # --- what is shown ------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show the empty window with its examples."""
        self.results.show_lookup(NO_LOOKUP)
        self._enable(None)
        self._pages.setCurrentWidget(self.start_page)
        self.action_bar.hide()

    def show_lookup(self, lookup: Lookup) -> None:
        """Show what was found. The first answer, if there is one, is chosen and asked for at once."""
        if not lookup.query.strip():
            self.show_start()
            return
        self.results.show_lookup(lookup)
        self._left.show()
        self._show_work()
        if self.results.chosen is None:
            self._right.setCurrentWidget(self._no_answer)
            self._enable(None)

    def show_guide(self, guide: Guide) -> None:
        """Show an entry, beside the results if there are any."""
        if guide is not self._guide:
            self._scroll.verticalScrollBar().setValue(0)
            self.answer_card.show_guide(guide)
            self.tabs.show_guide(guide)
        self.results.choose_only(guide.entry.id)
        self._left.setVisible(bool(self.results.lookup.query))
        self._right.setCurrentWidget(self._scroll)
        self._show_work()
        self._enable(guide)

    def show_shop(self, shop: Shop) -> None:
        """Show whom to call, and the numbers that the hotline will ask for."""
        self._shop = shop
        self._say_shop()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setWindowTitle(self.tr("POS Helper"))
        self._scroll.setAccessibleName(self.tr("The answer"))
        self._no_answer.setText(
            self.tr(
                "There is no answer yet. Choose a line at the left, type the code again, "
                "or work through the general checks."
            )
        )
        self._say_shop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._use_room()

    # --- inner --------------------------------------------------------------------------------

    def _show_work(self) -> None:
        self._pages.setCurrentWidget(self._work)
        self.action_bar.show()

    def _enable(self, guide: Guide | None) -> None:
        """What is about an entry can be used only while one is on screen."""
        self._guide = guide
        self.action_bar.setEnabled(guide is not None)
        for key in (*self._entry_keys, *self._tab_keys):
            key.setEnabled(guide is not None)

    def _say_shop(self) -> None:
        shop = self._shop
        parts = []
        if shop.hotline:
            parts.append(self.tr("Hotline {0}").format(f"{shop.hotline} {shop.acquirer}".strip()))
        if shop.merchant_id:
            parts.append(self.tr("Merchant ID {0}").format(shop.merchant_id))
        if shop.terminal_id:
            parts.append(self.tr("Terminal ID {0}").format(shop.terminal_id))
        self._shop_line.setText("\n".join(parts))
        self._show_shop_line()

    def _show_shop_line(self) -> None:
        """The results need the whole height of a small window."""
        roomy = self.height() >= self._theme.scaled(_ROOMY)
        self._shop_line.setVisible(roomy and bool(self._shop_line.text()))

    def _go_to_answer(self) -> None:
        """Enter: leave the box for the first thing to do, if there is an answer."""
        if self._guide is None:
            return
        if self._guide.entry.first:
            self.answer_card.quick_steps.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_tab(self.tabs.currentIndex())

    def _go_to_tab(self) -> None:
        shortcut = self.sender()
        if shortcut in self._tab_keys:
            self._focus_tab(self._tab_keys.index(shortcut))

    def _focus_tab(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)
        page = self.tabs.currentWidget()
        checklist = page.findChild(QWidget, "checklist") if page else None
        if checklist is not None:
            checklist.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _text_size(self) -> None:
        shortcut = self.sender()
        if shortcut in self._size_keys:
            self.text_size_requested.emit(self._size_keys[shortcut])

    def _bind_keys(self) -> None:
        self._key("Ctrl+K", "Ctrl+L", "F3").activated.connect(self.search_bar.focus_box)
        self._key("Esc").activated.connect(self.search_bar.clear)
        self._key("Ctrl+H").activated.connect(self.search_bar.history_requested)
        # These are about the entry on screen, and rest while there is none.
        undo, redo = self._key("Ctrl+Z"), self._key("Ctrl+Shift+Z", "Ctrl+Y")
        copy, export = self._key("Ctrl+Shift+C"), self._key("Ctrl+E")
        undo.activated.connect(self.undo_requested)
        redo.activated.connect(self.redo_requested)
        copy.activated.connect(self.action_bar.copy_requested)
        export.activated.connect(self.action_bar.export_requested)
        self._entry_keys = [undo, redo, copy, export]
        self._tab_keys = [self._key(f"Alt+{number + 1}") for number in range(self.tabs.count())]
        for shortcut in self._tab_keys:
            shortcut.activated.connect(self._go_to_tab)
        self._size_keys = {
            self._key("Ctrl++", "Ctrl+="): 1,
            self._key("Ctrl+-"): -1,
            self._key("Ctrl+0"): 0,
        }
        for shortcut in self._size_keys:
            shortcut.activated.connect(self._text_size)

    def _key(self, *keys: str) -> QShortcut:
        shortcut = QShortcut(self)
        shortcut.setKeys([QKeySequence(key) for key in keys])
        return shortcut

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

    def _arrange(self, centre: QWidget) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(SPACE)
        left.addWidget(self.results, 1)
        left.addWidget(self._shop_line)
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(SPACE * 2)
        work.addWidget(self._left)
        work.addWidget(self._right, 1)
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._work)
        # Its room is kept, so that the first key press lays the window out only once.
        keep = self.action_bar.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.action_bar.setSizePolicy(keep)
        rows = QVBoxLayout(centre)
        rows.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        rows.setSpacing(SPACE)
        rows.addWidget(self.search_bar)
        rows.addWidget(self.banner)
        rows.addWidget(self._pages, 1)
        rows.addWidget(self.action_bar)
        self.setCentralWidget(centre)

    def _follow_theme(self) -> None:
        self.setWindowIcon(self._theme.icon("pos-helper", size=64))
        self.tabs.setMinimumHeight(self._theme.scaled(TOUCH * _ROWS + SPACE * 2))
        self._use_room()

    def _use_room(self) -> None:
        """The results take their width, but never more than a third of a small window."""
        self._left.setFixedWidth(min(self._theme.scaled(_COLUMN), self.width() * 3 // 10))
        self._show_shop_line()
