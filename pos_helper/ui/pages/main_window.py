"""The one window: search on top, and under it the start page or the page to work on an answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pos_helper.domain.shop import Shop
from pos_helper.ui.language import Language
from pos_helper.ui.pages.search_bar import SearchBar
from pos_helper.ui.pages.start_page import StartPage
from pos_helper.ui.theme import SPACE, Theme
from pos_helper.ui.widgets.retranslated import Retranslated

# The first paint does without the work page: it is loaded and made after that, which halves the start. The
# banner is seldom needed in it.
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_helper.domain.entries import Tile
    from pos_helper.domain.lookup import Hit, Lookup
    from pos_helper.domain.resolved_entry import ResolvedEntry
    from pos_helper.ui.checklist.cause_tabs import CauseTabs
    from pos_helper.ui.pages.action_bar import ActionBar
    from pos_helper.ui.pages.answer_card import AnswerCard
    from pos_helper.ui.pages.banner import Banner
    from pos_helper.ui.pages.browse_page import BrowsePage
    from pos_helper.ui.pages.meanings import Meanings
    from pos_helper.ui.pages.results import Results
    from pos_helper.ui.pages.work_page import WorkPage

_TABS = 4


class MainWindow(Retranslated, QMainWindow):
    """Lays the parts out and shows what it is given.

    What needs no rule it connects by itself: the arrow keys and Enter in the search box, Escape and the keys
    of the buttons. Everything else is asked by the signals of the parts: ``search_bar``, ``start_page``,
    ``results``, ``answer_card``, ``meanings``, ``tabs``, ``action_bar``, and by those here.
    """

    painted = Signal()
    """The window has been painted for the first time."""
    activated = Signal()
    """A person comes to this window, perhaps from another program."""
    undo_requested = Signal()
    redo_requested = Signal()
    entry_chosen = Signal(str)
    """The id of an entry, from the list of a tile."""
    text_size_requested = Signal(int)
    """One step larger (1), smaller (-1), or back to normal (0); see ``Theme.stepped``."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._shop = Shop()
        self._banner: Banner | None = None
        self._work: WorkPage | None = None
        self._browse: BrowsePage | None = None
        self._is_painted = False

        # Every part is made where it stays: moving a finished one would have it styled once more.
        centre = QWidget(self)
        self.search_bar = SearchBar(theme, language, centre)
        self._pages = QStackedWidget(centre)
        self.start_page = StartPage(theme, language, self._pages)
        self._arrange(centre)
        self._bind_keys()

        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        self.search_bar.box.setFocus()

    @property
    def banner(self) -> "Banner":
        """What went wrong, and work that takes a while. It is made when there is first something to say."""
        if self._banner is None:
            self._banner = self._make_banner()
        return self._banner

    @property
    def has_work(self) -> bool:
        """Whether the page with the results and the answer has been made."""
        return self._work is not None

    @property
    def work(self) -> "WorkPage":
        """The page with the results and the answer. It is made when it is first asked for."""
        if self._work is None:
            self._work = self._make_work()
        return self._work

    @property
    def results(self) -> "Results":
        """What was found."""
        return self.work.results

    @property
    def answer_card(self) -> "AnswerCard":
        """The answer that is read in ten seconds."""
        return self.work.answer_card

    @property
    def meanings(self) -> "Meanings":
        """The known meanings of the code."""
        return self.work.meanings

    @property
    def tabs(self) -> "CauseTabs":
        """Causes and remedies."""
        return self.work.tabs

    @property
    def action_bar(self) -> "ActionBar":
        """What can be done with the case."""
        return self.work.action_bar

    # --- what is shown ------------------------------------------------------------------------

    def show_start(self) -> None:
        """Show the empty window with its tiles."""
        if self._work is not None:
            self._work.clear()
        self._show_page(self.start_page)

    def show_lookup(self, lookup: "Lookup") -> None:
        """Show what was found; ``show_entry`` brings its answer, or what is shown until there is one."""
        if not lookup.query.strip():
            self.show_start()
            return
        self.work.show_lookup(lookup)
        self._show_page(self.work)

    def show_tile(self, tile: "Tile", hits: "Sequence[Hit]") -> None:
        """Show the entries of a tile."""
        if self._work is not None:
            self._work.clear()
        if self._browse is None:
            self._browse = self._make_browse()
        self._show_page(self._browse)
        self._browse.show_tile(tile, hits)

    def show_entry(
        self, resolved: "ResolvedEntry", code: "Lookup | None" = None, is_asking: bool = False
    ) -> None:
        """Show an entry, beside the results if there are any; see ``AnswerCard.show_entry``."""
        self.work.show_entry(resolved, code, is_asking)
        self._show_page(self.work)

    def show_shop(self, shop: Shop) -> None:
        """Show whom to call, and the numbers that the hotline will ask for."""
        self._shop = shop
        self.start_page.show_shop(shop)
        if self._work is not None:
            self._work.show_shop(shop)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("POS Helper"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # It comes back when all parts of the window are painted, in this same turn of the event loop.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def customEvent(self, event: QEvent) -> None:
        self.painted.emit()

    # --- inner --------------------------------------------------------------------------------

    def _show_page(self, page: QWidget) -> None:
        """Show a page, with a way back from it: where something was typed, that is to empty the box."""
        is_browsed = page is not self.start_page and not self.search_bar.query
        self.search_bar.back_button.setVisible(is_browsed)
        if is_browsed and page is not self._pages.currentWidget():
            self._take_second_click()
        self._pages.setCurrentWidget(page)

    def _take_second_click(self) -> None:
        """Many people click twice. The second click must not fall on what the first one has brought."""
        taker = QWidget(self._pages.parentWidget())
        taker.setGeometry(self._pages.geometry())
        taker.show()
        QTimer.singleShot(QApplication.doubleClickInterval(), taker.deleteLater)

    def _make_banner(self) -> "Banner":
        from pos_helper.ui.pages.banner import Banner

        banner = Banner(self._theme, self._language, self.centralWidget())
        self._rows.insertWidget(1, banner)
        self.setTabOrder(self.search_bar.settings_button, banner.dismiss)
        return banner

    def _make_work(self) -> "WorkPage":
        from pos_helper.ui.pages.work_page import WorkPage

        work = WorkPage(self._theme, self._language, self._pages)
        work.show_shop(self._shop)
        self._pages.addWidget(work)
        self.search_bar.move_requested.connect(work.move_selection)
        self.search_bar.accepted.connect(work.go_to_answer)
        # What was pressed goes away: the keys go on from the box.
        card = work.answer_card
        for pressed in (card.chooser.entry_chosen, card.chooser.none_chosen, card.question_requested):
            pressed.connect(self.search_bar.focus_box)
        self._copy_key.activated.connect(work.action_bar.copy_requested)
        self._export_key.activated.connect(work.action_bar.export_requested)
        self._print_key.activated.connect(work.action_bar.print_requested)
        work.entry_shown.connect(self._enable_keys)
        return work

    def _make_browse(self) -> "BrowsePage":
        from pos_helper.ui.pages.browse_page import BrowsePage

        browse = BrowsePage(self._theme, self._language, self._pages)
        self._pages.addWidget(browse)
        browse.entry_chosen.connect(self.entry_chosen)
        return browse

    def _enable_keys(self, enabled: bool) -> None:
        """The keys that are about the entry on screen rest while there is none."""
        for key in self._entry_keys:
            key.setEnabled(enabled)

    def _go_to_tab(self) -> None:
        shortcut = self.sender()
        if shortcut in self._tab_keys:
            self.work.go_to_tab(self._tab_keys.index(shortcut))

    def _text_size(self) -> None:
        shortcut = self.sender()
        if shortcut in self._size_keys:
            self.text_size_requested.emit(self._size_keys[shortcut])

    def _bind_keys(self) -> None:
        self._key("Ctrl+K", "Ctrl+L", "F3").activated.connect(self.search_bar.focus_box)
        self._key("Esc").activated.connect(self.search_bar.clear)
        self._key("Alt+Left", "Back").activated.connect(self.search_bar.back_requested)
        self._key("Ctrl+H").activated.connect(self.search_bar.history_requested)
        self._key("Ctrl+O").activated.connect(self.search_bar.list_open_cases)
        undo, redo = self._key("Ctrl+Z"), self._key("Ctrl+Shift+Z", "Ctrl+Y")
        undo.activated.connect(self.undo_requested)
        redo.activated.connect(self.redo_requested)
        self._copy_key, self._export_key = self._key("Ctrl+Shift+C"), self._key("Ctrl+E")
        self._print_key = self._key("Ctrl+P")
        self._tab_keys = [self._key(f"Alt+{number + 1}") for number in range(_TABS)]
        for shortcut in self._tab_keys:
            shortcut.activated.connect(self._go_to_tab)
        self._entry_keys = [undo, redo, self._copy_key, self._export_key, self._print_key, *self._tab_keys]
        self._enable_keys(False)
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

    def _arrange(self, centre: QWidget) -> None:
        self._pages.addWidget(self.start_page)
        self._rows = rows = QVBoxLayout(centre)
        rows.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        rows.setSpacing(SPACE)
        rows.addWidget(self.search_bar)
        rows.addWidget(self._pages, 1)
        self.setCentralWidget(centre)

    def _follow_theme(self) -> None:
        self.setWindowIcon(QIcon(self._theme.pixmap("pos-helper", size=64)))
