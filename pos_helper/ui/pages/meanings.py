"""The known meanings of a code, folded away behind a button."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.language import Language
from pos_helper.ui.pages.meaning_list import MeaningDelegate, MeaningModel
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.row_list import RowList

_CHOOSING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Meanings(RowList):
    """The known meanings with their sources, folded away behind ``toggle``.

    The ``toggle`` is a button that says how many there are; the owner puts it where there is room.
    A click, Space or Enter chooses a meaning, or takes the choice back; it only asks.
    """

    meaning_chosen = Signal(object)
    """The number of the meaning, or ``None``."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("meaningList")
        self._theme = theme
        self._rows = MeaningModel(language, self)
        self.show_model(self._rows, MeaningDelegate(theme, language, self._rows, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.fit_rows()
        self.hide()

        self.toggle = QPushButton(parent)
        self.toggle.setObjectName("meaningsToggle")
        self.toggle.setCheckable(True)

        self.toggle.toggled.connect(self._unfold)
        self.clicked.connect(self._request)
        theme.changed.connect(self._draw_arrow)
        self._draw_arrow()
        self.retranslate()

    def show_entry(self, resolved: ResolvedEntry | None) -> None:
        """Show the meanings of an entry, folded away."""
        self.toggle.setChecked(False)
        self._rows.show_entry(resolved)
        self._say()

    def set_chosen(self, meaning: int | None) -> None:
        """Show which meaning is the chosen one."""
        self._rows.set_chosen(meaning)

    def retranslate(self) -> None:
        super().retranslate()
        self.setAccessibleName(self.tr("Known meanings"))
        self._say()

    # --- requests -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING_KEYS and self.currentIndex().isValid():
            self._request(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _request(self, index: QModelIndex) -> None:
        row = index.row()
        self.meaning_chosen.emit(None if row == self._rows.chosen else row)

    def _unfold(self, unfolded: bool) -> None:
        self.setVisible(unfolded)
        self._draw_arrow()

    def _say(self) -> None:
        count = self._rows.rowCount()
        self.toggle.setVisible(count > 0)
        self.toggle.setText(self.tr("%n known meaning(s)", "", count))
        self.toggle.setToolTip(self.tr("Show what this code may mean, with sources"))

    def _draw_arrow(self) -> None:
        arrow = "chevron-up" if self.toggle.isChecked() else "chevron-down"
        self.toggle.setIcon(self._theme.icon(arrow))
