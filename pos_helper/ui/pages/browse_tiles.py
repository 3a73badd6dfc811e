"""The tiles of the start page: what is wrong, to be chosen by touch without typing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos_helper.domain.entries import Tile, Topic
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.card_button import CardButton
from pos_helper.ui.widgets.retranslated import Retranslated

_LEAST = 210
"""The least width of a tile, at normal text size."""

_MOST_COLUMNS = 3

_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "money": "money-unknown",
        "terminal": "card",
        "wallet": "qr-code",
        "printer": "printer",
        "devices": "scanner",
        "network": "network",
        "software": "software",
        "merchant": "shop",
    }
)
_OTHER_ICON = "question"


class BrowseTiles(Retranslated, QWidget):
    """The tiles side by side, as many in a row as have room. The arrow keys move among them."""

    chosen = Signal(str)
    """The id of a tile."""
    reached = Signal(QWidget)
    """The tile that the keyboard has come to."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("browseTiles")
        self._theme = theme
        self._language = language
        self._tiles: Sequence[Tile] = ()
        self._buttons: list[CardButton] = []
        self._columns = 0
        # A group of buttons knows which is above and which is beside the other.
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self._choose)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE * 3 // 2)
        theme.changed.connect(self._arrange)

    @property
    def width_of_row(self) -> int:
        """The least width of a row with as many tiles as there may be in one."""
        return self._theme.scaled(_LEAST) * _MOST_COLUMNS + self._grid.spacing() * (_MOST_COLUMNS - 1)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these tiles."""
        if tiles == self._tiles:
            return
        for button in self._buttons:
            button.deleteLater()
        self._tiles = tiles
        self._buttons = [self._made(tile) for tile in tiles]
        for number, button in enumerate(self._buttons):
            self._group.addButton(button, number)
        self._columns = 0
        self._arrange()
        self.retranslate()

    def retranslate(self) -> None:
        lang = self._language.current
        self.setAccessibleName(self.tr("What is wrong?"))
        for tile, button in zip(self._tiles, self._buttons, strict=True):
            button.say(tile.title.of(lang), tile.hint.of(lang))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _made(self, tile: Tile) -> CardButton:
        tone = Tone.WARN if tile.about is Topic.MONEY else None
        icon = _ICONS.get(tile.id, _OTHER_ICON)
        button = CardButton(self._theme, self, role=Role.TITLE, detail=Role.BODY, icon=icon, tone=tone)
        button.setObjectName(f"tile:{tile.id}")
        button.reached.connect(self._tell_reached)
        button.show()
        return button

    def _arrange(self) -> None:
        """Give each tile its place in the grid."""
        gap = self._grid.spacing()
        columns = (self.width() + gap) // (self._theme.scaled(_LEAST) + gap)
        columns = min(max(columns, 1), _MOST_COLUMNS)
        if columns == self._columns or not self._buttons:
            return
        self._columns = columns
        for place in range(max(self._grid.rowCount(), len(self._buttons))):
            self._grid.setRowStretch(place, int(place * columns < len(self._buttons)))
        for place in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(place, int(place < columns))
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._tiles[number].id)

    def _tell_reached(self) -> None:
        self.reached.emit(self.sender())
