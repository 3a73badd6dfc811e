"""What the models of the window's plain lists share: rows that can be chosen and have none below them."""

from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos_helper.ui.language import Language

_T = TypeVar("_T")
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FlatModel(QAbstractListModel, Generic[_T]):
    """Rows of one kind. A subclass says in ``data`` what a screen reader says of a row."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: tuple[_T, ...] = ()

    def show_rows(self, rows: tuple[_T, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, index: _Index) -> _T:
        """What stands in a row."""
        return self._rows[index.row()]

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
