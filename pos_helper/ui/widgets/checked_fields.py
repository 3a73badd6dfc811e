"""Lines to fill in, each with what is wrong with it below."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.domain.filled_in import FIELD_LENGTH, field_problem
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.flow import Flow
from pos_helper.ui.widgets.surfaces import TextLabel

_FULL = Text(
    "最多 {most} 个字，放不下的没有填进去。", "Up to {most} characters: what does not fit was not taken."
)


class CheckedFields(QWidget):
    """Fields of the shop, of one of its machines or of a case. They say what is wrong with them.

    They stand two beside each other under their labels and are checked while they are typed; or in one row
    with their labels inside, like words in a paragraph, and are checked when their owner asks.
    """

    checked = Signal(bool)
    """Whether all fields are right."""
    typed = Signal()
    """A person has typed in a field."""
    left = Signal()
    """A field has lost the keyboard focus."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        record: Struct,
        fields: Sequence[str],
        parent: QWidget,
        *,
        samples: Mapping[str, str] | None = None,
    ) -> None:
        """``fields`` of the record are shown; each line has its field as its object name.

        With ``samples`` they stand in one row, each as wide as this sample of its text.
        """
        super().__init__(parent)
        self._language = language
        holder = self if samples is None else Flow(self)
        self._fields: dict[str, _Field] = {}
        for name in fields:
            field = _Field(theme, name, None if samples is None else samples[name], holder)
            field.line.setText(getattr(record, name))
            field.line.textEdited.connect(self.typed)
            field.line.left.connect(self.left)
            field.line.full.connect(self._say_full, Qt.ConnectionType.QueuedConnection)
            if samples is None:
                field.line.textChanged.connect(self.check)
            self._fields[name] = field
        if samples is None:
            grid = QGridLayout(self)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(SPACE * 3)
            grid.setVerticalSpacing(SPACE)
            for column in range(2):
                grid.setColumnStretch(column, 1)
            for number, field in enumerate(self._fields.values()):
                grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        else:
            row = QVBoxLayout(self)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(holder)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the lines, by field."""
        return {name: field.line.text().strip() for name, field in self._fields.items()}

    def set_values(self, record: Struct) -> None:
        """Fill the lines in with what the fields of a record hold."""
        for name, field in self._fields.items():
            field.line.setText(getattr(record, name))
        self.check()

    def fill_in(self, name: str, value: str) -> None:
        """Fill a line in for the person."""
        self._fields[name].line.setText(value)
        self.typed.emit()
        self.left.emit()

    def set_words(self, words: Mapping[str, str]) -> None:
        """Name the fields."""
        for name, word in words.items():
            self._fields[name].name(word)
        self.check()

    def add_beside(self, name: str, button: QWidget) -> None:
        """Put a button that fills a field in beside it."""
        self._fields[name].add_beside(button)

    @property
    def wrong(self) -> tuple[str, Text] | None:
        """The first text that is wrong, and why; ``None`` if all are right."""
        problems = ((value, field_problem(name, value)) for name, value in self.values.items())
        return next(((value, problem) for value, problem in problems if problem), None)

    def _say_full(self, name: str) -> None:
        # Queued, because the check of the part that was taken has nothing to say and would take it away.
        self._fields[name].show_problem(_FULL.format(most=FIELD_LENGTH).of(self._language.current))

    def check(self) -> dict[str, str]:
        """Say below each line what is wrong with it. Returns the values of those that are right."""
        lang = self._language.current
        right = {}
        for name, value in self.values.items():
            problem = field_problem(name, value)
            self._fields[name].show_problem(problem.of(lang) if problem else "")
            if problem is None:
                right[name] = value
        self.checked.emit(len(right) == len(self._fields))
        return right


class _Field(QWidget):
    """One line with its label, what is wrong with it, and perhaps a button that fills it in."""

    def __init__(self, theme: Theme, name: str, sample: str | None, parent: QWidget) -> None:
        """With a ``sample`` the label stands inside the line, which is wide enough for both."""
        super().__init__(parent)
        self._theme = theme
        self._sample = sample
        self.line = _Line(self)
        self.line.setObjectName(name)
        self.line.setMaxLength(FIELD_LENGTH)
        is_inside = sample is not None
        self._label = TextLabel(theme, Role.CAPTION, self.line if is_inside else self, muted=True)
        self._label.setBuddy(self.line)
        self._problem = TextLabel(theme, Role.CAPTION, self, tone=Tone.BAD)
        self._problem.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(SPACE // 2)
        self._row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        if is_inside:
            self._label.setWordWrap(False)
            self.line.label = self._label
            theme.changed.connect(self._fit)
        else:
            column.addWidget(self._label)
        column.addLayout(self._row)
        column.addWidget(self._problem)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def name(self, word: str) -> None:
        """Say what is to be filled in."""
        self._label.setText(word)
        self.line.setAccessibleName(word)
        self._fit()

    def add_beside(self, button: QWidget) -> None:
        """Put a button beside the line."""
        self._row.addWidget(button)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with it; nothing if it is right."""
        if words != self._problem.text():
            self._problem.setText(words)
            self._problem.setVisible(bool(words))
            self.line.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        # In a row it is as wide as its line, and what is wrong with it is written in that width.
        hint = super().sizeHint()
        return hint if self._sample is None else QSize(self._row.sizeHint().width(), hint.height())

    def _fit(self) -> None:
        if self._sample is not None:
            self.line.make_room(self._sample)
            self.updateGeometry()


class _Line(QLineEdit):
    """A line that emits ``left`` when the keyboard goes elsewhere. A label may stand inside it."""

    left = Signal()
    full = Signal(str)
    """What was typed or pasted does not fit; with the name of the field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.inputRejected.connect(self._tell_full)
        self.label: TextLabel | None = None
        self._width = 0

    def _tell_full(self) -> None:
        self.full.emit(self.objectName())

    def make_room(self, sample: str) -> None:
        """Be wide enough for the label and a text as long as the sample."""
        if self.label is not None:
            self.label.adjustSize()
            inside = SPACE + self.label.width()
            self._width = inside + self.fontMetrics().horizontalAdvance(sample) + SPACE * 3
            self.setTextMargins(inside, 0, 0, 0)
            self.updateGeometry()
            self._place()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.label is None else QSize(self._width, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _place(self) -> None:
        if self.label is not None:
            self.label.move(SPACE, (self.height() - self.label.height()) // 2)
