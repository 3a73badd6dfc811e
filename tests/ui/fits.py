"""Two looks at a window that no eye gets tired of: is any text cut off, and what does it say?"""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)


def settle() -> None:
    """Let what was changed just now be said and laid out."""
    QCoreApplication.sendPostedEvents()


def cut_off(window: QWidget) -> list[str]:
    """Every visible text that is wider or higher than its place, or pushed out of what it stands in."""
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
        if not _inside_all_parents(widget):
            found.append(f"pushed out of its place: {text!r}")
        found += [f"{text!r} stands over {type(other).__name__}" for other in _covered(widget)]
    found += [f"no room to write in {edit.objectName()!r}" for edit in _lines(window) if not _has_room(edit)]
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


def _inside_all_parents(widget: QWidget) -> bool:
    """Whether nothing cuts a widget off, up to the window, or sideways up to what scrolls it into sight."""
    parent = widget
    while not parent.isWindow() and (above := parent.parentWidget()):
        parent = above
        place = QRect(widget.mapTo(parent, QPoint()), widget.size())
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return place.left() >= 0 and place.right() < parent.width()
        if not parent.rect().contains(place):
            return False
    return True


def _covered(widget: QWidget) -> list[QWidget]:
    """What stands beside a widget in the same place and shares room with it."""
    place = widget.parentWidget()
    if widget.isWindow() or place is None or isinstance(place, QLineEdit | QTabBar):
        return []
    beside = (each for each in place.children() if isinstance(each, QWidget) and each is not widget)
    return [
        each
        for each in beside
        if each.isVisibleTo(place) and not each.isWindow() and each.geometry().intersects(widget.geometry())
    ]


def _lines(window: QWidget) -> Iterator[QLineEdit]:
    return (edit for edit in window.findChildren(QLineEdit) if edit.isVisibleTo(window))


def _has_room(edit: QLineEdit) -> bool:
    """Whether a line is high enough for its text, and wide enough for what it says while it is empty."""
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
    buttons = sum(button.width() for button in edit.findChildren(QToolButton) if button.isVisibleTo(edit))
    words = edit.fontMetrics()
    wide = words.horizontalAdvance(edit.placeholderText()) if not edit.text() else 0
    return room.height() >= words.height() and room.width() - buttons >= wide
