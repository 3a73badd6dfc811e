"""What stands in the window before anything is typed: what to type, and what to touch instead."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel

# The first paint has nothing but the title: the tiles come with the catalog, and are made then.
if TYPE_CHECKING:
    from datetime import date

    from pos_helper.domain.cases import Recent, Reminder
    from pos_helper.domain.entries import MachineKind, Tile
    from pos_helper.ui.pages.recent_cases import RecentCases
    from pos_helper.ui.pages.start_board import StartBoard

_SIDE = 290
"""The width of the cases beside the tiles, at normal text size."""


class StartPage(Retranslated, QScrollArea):
    """Shown while the search box is empty. It scrolls where the window is too small for the text size.

    The cases stand beside the tiles where there is room for a whole row of these, else below them.
    """

    tile_chosen = Signal(str)
    """The id of a tile."""
    case_chosen = Signal(int)
    """The number of a case that is not finished."""
    met_chosen = Signal(object)
    """What was met before (``Met``)."""
    reminder_done = Signal(str)
    """The id of a tip that was due and is done."""
    reminder_put_off = Signal(str)
    """The id of a tip to ask about again tomorrow."""
    reminder_ended = Signal(str)
    """The id of a tip to be reminded of no more."""
    machines_requested = Signal()
    machines_declined = Signal()
    """The question which machines stand here was put off."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._shop = Shop()
        self._machines: Sequence[Text] = ()
        self._asks = False
        self._board: StartBoard | None = None
        self._recent: RecentCases | None = None

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # By their names: see ``TextLabel``.
        self.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        self.setProperty("focusPolicy", "NoFocus")
        # The page is handed over while it is empty. Asking for the viewport instead would make Python know
        # every kind of widget that there is, which took 10 ms of the start.
        self._page = page = QWidget()
        self.setWidget(page)
        self._title = TextLabel(theme, Role.DISPLAY, page)
        self._hint = TextLabel(theme, Role.BODY, page, muted=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE // 2)
        self._column.addWidget(self._title)
        self._column.addWidget(self._hint)
        self._column.addStretch()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(SPACE * 2)
        self._sides.addLayout(self._column, 1)
        theme.changed.connect(self._use_room)
        self.retranslate()

    def show_tiles(self, tiles: "Sequence[Tile]") -> None:
        """Show these tiles."""
        if self._board is None:
            self._board = self._made_board()
            self._use_room()
        self._board.tiles.show_tiles(tiles)
        self._board.show()  # all at once

    def show_recent(self, recent: "Recent", kinds: "Sequence[MachineKind]") -> None:
        """Show the cases that are not finished, with their machines of these kinds, and what was met."""
        side = self._made_side()
        side.show_recent(recent, kinds)
        side.show()

    def show_due(self, due: "Sequence[Reminder]", today: "date") -> None:
        """Show what the shop wanted to be reminded of and is due."""
        side = self._made_side()
        side.due.show_due(due, today)
        side.show()

    def show_machines(self, names: Sequence[Text]) -> None:
        """Show what stands in this shop."""
        self._machines = names
        if self._board is not None:
            self._board.show_machines(names)
            self._use_room()

    def show_shop(self, shop: Shop) -> None:
        """Show whom to call, and the numbers that the hotline will ask for."""
        self._shop = shop
        if self._recent is not None:
            self._recent.show_shop(shop)

    def ask_machines(self, asks: bool) -> None:
        """Ask which machines stand here, or stop asking."""
        self._asks = asks
        if self._board is not None:
            self._board.ask_machines(asks)
            self._use_room()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Start"))
        self._title.setText(self.tr("What does the screen show?"))
        self._hint.setText(
            self.tr(
                "Type the code or the words above, or touch what is most like it. "
                "Everything stays on this computer; no network is needed."
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._use_room()

    def _made_board(self) -> "StartBoard":
        from PySide6.QtWidgets import QScroller

        from pos_helper.ui.pages.start_board import StartBoard

        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        board = StartBoard(self._theme, self._language, self._page)
        self._column.takeAt(self._column.count() - 1)  # the board takes the room below the title
        self._column.addSpacing(SPACE // 2)
        self._column.addWidget(board, 1)
        self._column.addStretch()
        board.show_machines(self._machines)
        board.ask_machines(self._asks)
        board.machines_requested.connect(self.machines_requested)
        board.machines_declined.connect(self.machines_declined)
        board.tiles.chosen.connect(self.tile_chosen)
        board.tiles.reached.connect(self.ensureWidgetVisible)
        return board

    def _made_side(self) -> "RecentCases":
        if self._recent is None:
            self._recent = self._made_recent()
            self._use_room()
        return self._recent

    def _made_recent(self) -> "RecentCases":
        from pos_helper.ui.pages.recent_cases import RecentCases

        recent = RecentCases(self._theme, self._language, self._page)
        self._sides.addWidget(recent)
        recent.show_shop(self._shop)
        recent.case_chosen.connect(self.case_chosen)
        recent.met_chosen.connect(self.met_chosen)
        recent.due.done_requested.connect(self.reminder_done)
        recent.due.later_requested.connect(self.reminder_put_off)
        recent.due.end_requested.connect(self.reminder_ended)
        recent.reached.connect(self.ensureWidgetVisible)
        return recent

    def _use_room(self) -> None:
        if self._board is None or self._recent is None:
            return
        side = self._theme.scaled(_SIDE)
        has_room = self.width() >= self._board.tiles.width_of_row + self._sides.spacing() + side
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(beside if has_room else below)
        self._recent.setMinimumWidth(side if has_room else 0)
        self._recent.setMaximumWidth(side if has_room else self.maximumWidth())
        # A long side scrolls. The tiles beside it stay in sight: they are no higher than the window for it.
        layout = self._board.layout()
        needed = layout.totalMinimumHeightForWidth(self._board.width()) if layout else 0
        in_sight = max(needed, self.height() - self._board.y())
        self._board.setMaximumHeight(in_sight if has_room else self.maximumHeight())
