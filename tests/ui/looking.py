"""Looking at a window as a person would: what is written on it, and whether all of it can be read."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget


def visible(window: QWidget) -> Iterator[QWidget]:
    """Every widget of a window that is shown."""
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def words(window: QWidget) -> list[str]:
    """All that a window says, to the eye and to assistive tools, in the order of its widgets."""
    said = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        said += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
        elif isinstance(widget, QLineEdit):
            said.append(widget.placeholderText())
        elif isinstance(widget, QAbstractItemView):
            said += rows(widget.model())
    return said


def rows(model: QAbstractItemModel | None) -> list[str]:
    """The text of each row."""
    assert model is not None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def cut_off(window: QWidget) -> list[str]:
    """The texts that have less room than they need."""
    cut = []
    for widget in visible(window):
        if isinstance(widget, QLabel) and widget.text():
            if widget.hasHeightForWidth():
                fits = widget.heightForWidth(widget.width()) <= widget.height()
            else:
                hint = widget.sizeHint()
                fits = hint.width() <= widget.width() and hint.height() <= widget.height()
        elif isinstance(widget, QAbstractButton) and widget.text():
            fits = widget.sizeHint().width() <= widget.width()
        else:
            continue
        if not fits:
            said = widget.text()
            cut.append(f"{widget.objectName()}: {said!r} in {widget.width()} x {widget.height()}")
    return cut
