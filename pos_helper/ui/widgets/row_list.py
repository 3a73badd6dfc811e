"""What the window's lists share: rows as high as their text, for mouse, touch and keys."""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QScroller, QWidget


class RowList(QListView):
    """A list whose rows are laid out before the window is painted, and again only at another width.

    Left to itself Qt lays new rows out while it paints them, and then paints everything once more.
    """

    row_width_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_width = 0
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    @property
    def row_width(self) -> int:
        """The width that rows are laid out for, in device-independent pixels.

        Room for the scroll bar is kept whether it shows or not: no row is laid out again when it comes.
        """
        return self._row_width

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            # Queued: the layout around the list is settled first, and painting comes after both.
            model.modelReset.connect(self._lay_out, Qt.ConnectionType.QueuedConnection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.contentsRect().width()
        if self.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            width -= self.verticalScrollBar().sizeHint().width()
        if width != self._row_width:
            self._row_width = width
            self.scheduleDelayedItemsLayout()
            self.row_width_changed.emit()

    def _lay_out(self) -> None:
        if self.isVisible():
            self.executeDelayedItemsLayout()
