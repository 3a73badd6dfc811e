"""The screens that a code may have been shown on, to choose one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_helper.domain.entries import Origin
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate
from pos_helper.ui.widgets.row_text import Run


class OriginList(RowList):
    """What each screen is called, and below it how it is recognised. None is chosen to begin with."""

    def __init__(self, theme: Theme, language: Language, origins: Sequence[Origin], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._origins = _OriginModel(language, self)
        self.show_model(self._origins, _OriginDelegate(theme, language, self._origins, self))
        self._origins.show_rows(tuple(origins))

    @property
    def chosen(self) -> str:
        """The id of the chosen screen, empty if there is none."""
        # The keyboard stands on a row as soon as it is here; that is no choice yet.
        return next((self._origins.at(index).id for index in self.selectedIndexes()), "")


class _OriginModel(FlatModel[Origin]):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        origin, lang = self.at(index), self._language.current
        return f"{origin.title.of(lang)}, {origin.screen.of(lang)}"


class _OriginDelegate(TextRowDelegate[Origin]):
    def __init__(self, theme: Theme, language: Language, model: _OriginModel, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._language = language

    def sides(self) -> tuple[float, float]:
        return SPACE * 1.5, SPACE * 1.5

    def paragraphs(self, item: Origin) -> list[list[Run]]:
        lang, colours = self._language.current, self._theme.colours
        return [
            [Run(item.title.of(lang), Role.STRONG, colours.text)],
            [Run(item.screen.of(lang), Role.CAPTION, colours.muted)],
        ]
