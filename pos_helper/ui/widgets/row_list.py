"""What the window's lists share: rows as high as their text, painted alike, for mouse, touch and keys."""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Theme, Tone
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_T = TypeVar("_T", bound=Hashable)

_MANY_ROWS = 500


class RowList(Retranslated, QListView):
    """A list whose rows are laid out before the window is painted, and again only at another width.

    Left to itself Qt lays new rows out while it paints them, and then paints everything once more.
    """

    height_of_rows_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_width = 0
        self._fits_rows = False
        self._delegate: RowDelegate | None = None
        self._heights: dict[int, int] = {}
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        theme.changed.connect(self.renew)

    @property
    def row_width(self) -> int:
        """The width that rows are laid out for, in device-independent pixels.

        Room for the scroll bar is kept whether it shows or not: no row is laid out again when it comes.
        """
        return self._row_width

    def show_model(self, model: QAbstractItemModel, delegate: "RowDelegate") -> None:
        """Show the rows of a model, painted by a delegate."""
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(self._measure)
        # Queued: the layout around the list is settled first, and painting comes after both.
        model.modelReset.connect(self._lay_out, Qt.ConnectionType.QueuedConnection)

    def renew(self) -> None:
        """Measure and paint all rows again, because their fonts, colours or words have changed."""
        if self._delegate is not None:
            self._delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        self._measure()

    def retranslate(self) -> None:
        self.renew()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        reached = super().moveCursor(action, modifiers)
        # A heading cannot be chosen: Qt steps over it, but would stay where it is if one is at the top.
        while reached.isValid() and not reached.flags() & Qt.ItemFlag.ItemIsEnabled:
            reached = reached.siblingAtRow(reached.row() + 1)
        return reached

    # --- as high as its rows ------------------------------------------------------------------

    def fit_rows(self) -> None:
        """Be exactly as high as the rows from now on, without a scroll bar."""
        self._fits_rows = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def height_of_rows(self, width: int) -> int:
        """The height of a list of this width that shows all its rows."""
        # A layout asks for this many times over; the rows are measured once.
        if width not in self._heights:
            height = 2 * self.frameWidth()
            model = self.model()
            if self._delegate is not None:
                rows = (model.index(row, 0) for row in range(model.rowCount()))
                height += sum(self._delegate.height(row, self._inner(width)) for row in rows)
            self._heights[width] = height
        return self._heights[width]

    def hasHeightForWidth(self) -> bool:
        return self._fits_rows

    def heightForWidth(self, width: int) -> int:
        return self.height_of_rows(width) if self._fits_rows else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._as_high_as_rows(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._as_high_as_rows(super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self._inner(self.width())
        if width != self._row_width:
            self._row_width = width
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
            self.height_of_rows_changed.emit()

    def _as_high_as_rows(self, hint: QSize) -> QSize:
        return QSize(hint.width(), self.height_of_rows(self.width())) if self._fits_rows else hint

    def _inner(self, width: int) -> int:
        width -= 2 * self.frameWidth()
        if self.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            width -= self.verticalScrollBar().sizeHint().width()
        return width

    def _measure(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.height_of_rows_changed.emit()

    def _lay_out(self) -> None:
        if self.isVisible():
            self.executeDelayedItemsLayout()


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a ``RowList``. A subclass knows how high a row is and what stands in it."""

    def __init__(self, theme: Theme, view: RowList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def height(self, index: Index, width: int) -> int:
        """The height of a row of this width."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop what was laid out: fonts, colours or words have changed."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(TOUCH, self.height(index, self._view.row_width))

    def paint_ground(self, painter: QPainter, state: QStyle.StateFlag, row: QRect) -> None:
        """Paint where the pointer is, which row is chosen, and where the keyboard is."""
        colours = self._theme.colours
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        chosen = focused or bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colours.accent, 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if chosen else self._theme.tint(Tone.NEUTRAL).fill)
            painter.drawRoundedRect(ground(row), RADIUS, RADIUS)


class TextRowDelegate(RowDelegate, Generic[_T]):
    """Paints rows that are paragraphs of text with room for something at their sides."""

    def __init__(self, theme: Theme, model: FlatModel[_T], view: RowList) -> None:
        super().__init__(theme, view)
        self._model = model
        self._texts: dict[tuple[_T, int], LaidOut] = {}

    def item(self, index: Index) -> _T:
        """What stands in a row of the view."""
        return self._model.at(index)

    def paragraphs(self, item: _T) -> Sequence[Sequence[Run]]:
        """The text of a row."""
        raise NotImplementedError

    def sides(self) -> tuple[float, float]:
        """How much of a row is kept free at the left and at the right of its text."""
        raise NotImplementedError

    def paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what stands beside the text."""

    def height(self, index: Index, width: int) -> int:
        return max(TOUCH, round(self._text(index, width).height) + 2 * SPACE)

    def forget(self) -> None:
        self._texts.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QRect = option.rect
        text = self._text(index, self._view.row_width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option.state, row)
        self.paint_beside(painter, option, index)
        text.draw(
            painter, QPointF(row.left() + self.sides()[0], row.top() + (row.height() - text.height) / 2)
        )
        painter.restore()

    def _text(self, index: Index, width: int) -> LaidOut:
        item = self.item(index)
        text = self._texts.get((item, width))
        if text is None:
            # While someone types, the same rows come again and again.
            if len(self._texts) > _MANY_ROWS:
                self._texts.clear()
            room = width - sum(self.sides())
            text = self._texts[item, width] = lay_out(self._theme, self.paragraphs(item), room, SPACE / 4)
        return text


def ground(row: QRect) -> QRectF:
    """The part of a row that is filled and framed."""
    return QRectF(row).adjusted(SPACE / 2 + 1, 2, -SPACE / 2 - 1, -2)
