"""What the models of the window's lists share: rows of one kind with none below them."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos_helper.ui.language import Language

Index = QModelIndex | QPersistentModelIndex

_T = TypeVar("_T")
_ROOT = QModelIndex()


class FlatModel(QAbstractListModel, Generic[_T]):
    """Rows of one kind. A subclass gives in ``data`` what a screen reader says of a row."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: Sequence[_T] = ()
        language.changed.connect(self.announce_change)

    def show_rows(self, rows: Sequence[_T]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, index: Index) -> _T:
        """What stands in a row."""
        return self._rows[index.row()]

    def announce_change(self) -> None:
        """Tell views and screen readers that every row has changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
