"""Two looks at a window that no eye gets tired of: is any text cut off, and what does it say?"""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QToolButton,
    QWidget,
)


def settle() -> None:
    """Let what was changed just now be said and laid out."""
    QCoreApplication.sendPostedEvents()


def cut_off(window: QWidget) -> list[str]:
    """Every visible text that is wider or higher than its place, or pushed out of its parent."""
    settle()
    found = []
    for widget in _visible(window):
        text = _text(widget)
        if not text:
            continue
        need = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height():
                found.append(f"too low for {text!r}: {widget.height()}")
            if _longest_word(widget, text) > widget.contentsRect().width():
                found.append(f"too narrow for a word of {text!r}: {widget.width()}")
        elif need.width() > widget.width() or need.height() > widget.height():
            found.append(f"too small for {text!r}: {widget.size().toTuple()} instead of {need.toTuple()}")
        if not _inside_parent(widget):
            found.append(f"pushed out of its parent: {text!r}")
    for bar in window.findChildren(QTabBar):
        if bar.isVisibleTo(window):
            ends = bar.tabRect(bar.count() - 1).right()
            if ends >= bar.width():
                found.append(f"tabs need {ends}, have {bar.width()}")
    return found


def texts(window: QWidget) -> list[str]:
    """Everything that a window says, shown or hidden: labels, buttons, tabs, actions, hints and names."""
    shown_text = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        # Qt's own parts inside a scroll area or a spin box say nothing.
        shown_text += [
            _text(widget),
            widget.toolTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
        ]
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            shown_text.append(widget.placeholderText())
        if isinstance(widget, QTabBar):
            shown_text += [widget.tabText(number) for number in range(widget.count())]
        shown_text += [action.text() for action in widget.actions()]
    return [text for text in shown_text if text]


def unnamed(window: QWidget) -> list[str]:
    """Every visible control that a screen reader could not name."""
    controls = (QAbstractButton, QLineEdit, QPlainTextEdit)
    return [
        f"{type(widget).__name__} {widget.objectName()!r}"
        for widget in _visible(window)
        if isinstance(widget, controls)
        and not (widget.accessibleName() or _text(widget))
        # Qt's own button that clears a line.
        and not (isinstance(widget, QToolButton) and isinstance(widget.parent(), QLineEdit))
    ]


def _visible(window: QWidget) -> Iterator[QWidget]:
    return (widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window))


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _longest_word(label: QLabel, text: str) -> int:
    words = (word for word in text.split() if word.isascii())
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _inside_parent(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return True
    return widget.x() >= 0 and widget.geometry().right() < parent.width()
