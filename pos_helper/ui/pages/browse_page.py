"""What is behind a tile of the start page: a short list to choose from."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_helper.domain.entries import Tile
from pos_helper.domain.labels import MONEY
from pos_helper.domain.lookup import Hit
from pos_helper.ui.language import Language
from pos_helper.ui.pages.result_list import ResultDelegate, ResultModel
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.row_text import Run
from pos_helper.ui.widgets.surfaces import TextLabel

_WIDTH = 760
"""A row is not longer than this, at normal text size."""


class _TileDelegate(ResultDelegate):
    """Says in words what is known of the money; without a code the name of its screen says nothing."""

    def paragraphs(self, item: Hit) -> list[list[Run]]:
        head, about = super().paragraphs(item)
        if item.code is None:
            about = [replace(about[0], text=MONEY[item.money].of(self._language.current))]
        return [head, about]


class BrowsePage(Retranslated, QWidget):
    """Shows the entries of a tile. A touch or Enter chooses one."""

    entry_chosen = Signal(str)
    """The id of an entry."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("browsePage")
        self._theme = theme
        self._language = language
        self._tile: Tile | None = None
        self._title = TextLabel(theme, Role.DISPLAY, self)
        self._hint = TextLabel(theme, Role.BODY, self, muted=True)
        self.list = RowList(theme, self)
        self.list.setObjectName("browseList")
        self._model = ResultModel(language, self)
        self.list.show_model(self._model, _TileDelegate(theme, language, self._model, self.list))
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(SPACE // 2)
        column.addWidget(self.list, 1)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def show_tile(self, tile: Tile, hits: Sequence[Hit]) -> None:
        """Show the entries of a tile, and go to the first of them."""
        self._tile = tile
        self._model.show_rows(hits)
        first = self._model.index(0)
        self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def retranslate(self) -> None:
        self._hint.setText(self.tr("Touch what is most like it."))
        title = self._tile.title.of(self._language.current) if self._tile else ""
        self._title.setText(title)
        self.list.setAccessibleName(title)

    def _choose(self, index: QModelIndex) -> None:
        self.entry_chosen.emit(self._model.at(index).id)

    def _follow_theme(self) -> None:
        self.list.setMaximumWidth(self._theme.scaled(_WIDTH))
