"""Is this my code? Every known meaning, one glance away."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QSizePolicy, QWidget

from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.language import Language
from pos_helper.ui.pages.meaning_list import MeaningDelegate, MeaningModel
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.row_list import RowList

_ICON = 16
_CHOOSING_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Meanings(RowList):
    """The known meanings with their sources, folded away behind ``toggle``.

    The ``toggle`` is a button that says how many there are; the owner puts it where there is room.
    A click, Space or Enter chooses a meaning, or takes the choice back; it only asks.
    """

    meaning_chosen = Signal(object)
    """The number of the meaning, or ``None``."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("meaningList")
        self._theme = theme
        self._rows = MeaningModel(language, self)
        self._painter = MeaningDelegate(theme, language, self._rows, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

        self.toggle = QPushButton(parent)
        self.toggle.setObjectName("meaningsToggle")
        self.toggle.setCheckable(True)

        self.toggle.toggled.connect(self._unfold)
        self.clicked.connect(self._request)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def show_entry(self, resolved: ResolvedEntry | None) -> None:
        """Show the meanings of an entry, folded away."""
        self.toggle.setChecked(False)
        self._painter.forget()
        self._rows.show_entry(resolved)
        self._say()

    def set_chosen(self, meaning: int | None) -> None:
        """Show which meaning is the chosen one."""
        self._rows.set_chosen(meaning)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.setAccessibleName(self.tr("Known meanings"))
        self._painter.forget()
        self._rows.retranslate()
        self.updateGeometry()
        self._say()

    # --- size ---------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = width - 2 * self.frameWidth()
        rows = range(self._rows.rowCount())
        return sum(self._painter.height(self._rows.index(row), inner) for row in rows) + 2 * self.frameWidth()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    # --- requests -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING_KEYS and self.currentIndex().isValid():
            self._request(self.currentIndex())
            event.accept()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _request(self, index: QModelIndex) -> None:
        row = index.row()
        self.meaning_chosen.emit(None if row == self._rows.chosen else row)

    def _unfold(self, unfolded: bool) -> None:
        self.setVisible(unfolded)
        self._follow_theme()

    def _say(self) -> None:
        count = self._rows.rowCount()
        self.toggle.setVisible(count > 0)
        self.toggle.setText(self.tr("%n known meaning(s)", "", count))
        self.toggle.setToolTip(self.tr("Show what this code may mean, with sources"))

    def _follow_theme(self) -> None:
        self._painter.forget()
        arrow = "chevron-up" if self.toggle.isChecked() else "chevron-down"
        self.toggle.setIcon(self._theme.icon(arrow, size=self._theme.scaled(_ICON)))
        self.updateGeometry()
