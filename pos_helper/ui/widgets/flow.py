"""Widgets like words in a paragraph: one after the other, in as many rows as the width asks for."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_helper.ui.theme import SPACE


class Flow(QWidget):
    """Lays its visible children out in their order, as ``raise_`` changes it. It is as high as its rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.updateGeometry()  # while it is hidden, nobody tells it what changes in it
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        for child, place in self._places(self.width()):
            child.setGeometry(place)

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        places: list[tuple[QWidget, QRect]] = []
        at = QPoint()
        bottom = 0
        for child in self.children():
            if not isinstance(child, QWidget) or child.isHidden():
                continue
            size = child.sizeHint()
            size.setWidth(min(size.width(), width))
            if child.hasHeightForWidth():
                size.setHeight(child.heightForWidth(size.width()))
            if at.x() and at.x() + size.width() > width:
                at = QPoint(0, bottom + SPACE)
            places.append((child, QRect(at, size)))
            bottom = max(bottom, at.y() + size.height())
            at = QPoint(at.x() + size.width() + SPACE, at.y())
        return places
