"""The screens that a code may have been shown on, to choose one."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos_helper.domain.entries import Origin
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Role, Theme, Tone
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_Index = QModelIndex | QPersistentModelIndex


class OriginList(QListWidget):
    """What each screen is called, and below it how it is recognised. None is chosen to begin with."""

    def __init__(self, theme: Theme, language: Language, origins: Sequence[Origin], parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language
        self._origins = tuple(origins)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setItemDelegate(_OriginDelegate(theme, language, self._origins, self))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.addItems([origin.id for origin in self._origins])
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    @property
    def chosen(self) -> str:
        """The id of the chosen screen, empty if there is none."""
        # The keyboard stands on a row as soon as it is here; that is no choice yet.
        return next((self._origins[index.row()].id for index in self.selectedIndexes()), "")

    def retranslate(self) -> None:
        """Say the rows, as a screen reader does, in the language of the moment."""
        lang = self._language.current
        for row, origin in enumerate(self._origins):
            self.item(row).setText(f"{origin.title.of(lang)}, {origin.screen.of(lang)}")
        self.scheduleDelayedItemsLayout()


class _OriginDelegate(QStyledItemDelegate):
    def __init__(
        self, theme: Theme, language: Language, origins: tuple[Origin, ...], view: QListWidget
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._language = language
        self._origins = origins
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        text = self._text(index, self._view.viewport().width())
        return QSize(TOUCH, max(TOUCH, round(text.height) + 2 * SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colours = self._theme.colours
        area = QRectF(option.rect).adjusted(SPACE / 2, 1, -SPACE / 2, -1)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or focused or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colours.accent, 2) if selected or focused else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if selected else self._theme.tint(Tone.NEUTRAL).fill)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        text = self._text(index, option.rect.width())
        text.draw(painter, QPointF(area.left() + SPACE, area.center().y() - text.height / 2))
        painter.restore()

    def _text(self, index: _Index, width: int) -> LaidOut:
        origin, lang = self._origins[index.row()], self._language.current
        colours = self._theme.colours
        title = [Run(origin.title.of(lang), Role.STRONG, colours.text)]
        screen = [Run(origin.screen.of(lang), Role.CAPTION, colours.muted)]
        return lay_out(self._theme, [title, screen], width - 3 * SPACE, SPACE / 4)
