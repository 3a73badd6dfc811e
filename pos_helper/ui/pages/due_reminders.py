"""What the shop wanted to be reminded of and is due now, on the start page."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_helper.domain.cases import Reminder
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.flow import Flow
from pos_helper.ui.widgets.local_time import local_date
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import EDGE, TextLabel, TonePanel, named_button


class DueReminders(Retranslated, QWidget):
    """Shows what it is given, and nothing while nothing is due. What is pressed is asked for."""

    done_requested = Signal(str)
    """The id of a tip that was done."""
    later_requested = Signal(str)
    """The id of a tip to ask about again tomorrow."""
    end_requested = Signal(str)
    """The id of a tip to be reminded of no more."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._due: Sequence[Reminder] = ()
        self._today = date.min
        self._panels: list[_Panel] = []
        self._title = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, SPACE)
        self._column.setSpacing(SPACE)
        self._column.addWidget(self._title)
        self.hide()
        self.retranslate()

    def show_due(self, due: Sequence[Reminder], today: date) -> None:
        """Show these reminders."""
        self._due, self._today = due, today
        while len(self._panels) < len(due):
            panel = _Panel(self._theme, self)
            panel.done.clicked.connect(self._ask)
            panel.later.clicked.connect(self._ask)
            panel.end.clicked.connect(self._ask)
            self._panels.append(panel)
            self._column.addWidget(panel)
        self._say()
        self.setVisible(bool(due))

    def retranslate(self) -> None:
        self._title.setText(self.tr("To do, so that it does not come back"))
        self._say()

    def _say(self) -> None:
        for number, panel in enumerate(self._panels):
            panel.setVisible(number < len(self._due))
            if number < len(self._due):
                reminder = self._due[number]
                day = self.tr("Due today")
                if reminder.due < self._today:
                    day = self.tr("Due since {0}").format(local_date(reminder.due))
                panel.say(reminder.text.of(self._language.current), day)

    def _ask(self) -> None:
        button = self.sender()
        for reminder, panel in zip(self._due, self._panels, strict=False):
            for each, request in (
                (panel.done, self.done_requested),
                (panel.later, self.later_requested),
                (panel.end, self.end_requested),
            ):
                if button is each:
                    request.emit(reminder.tip)
                    return


class _Panel(Retranslated, TonePanel):
    """One reminder: what to do, since when, and three answers."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Tone.INFO, parent)
        self.setObjectName("dueReminder")
        self._text = TextLabel(theme, Role.BODY, self, tone=Tone.INFO)
        self._day = TextLabel(theme, Role.CAPTION, self, tone=Tone.INFO)
        answers = Flow(self)
        self.done = named_button("reminderDoneButton", answers)
        self.later = named_button("reminderLaterButton", answers)
        self.end = named_button("reminderEndButton", answers)
        for quiet in (self.later, self.end):
            quiet.setProperty("kind", "quiet")
        for button in (self.done, self.later, self.end):
            button.setAutoDefault(True)  # so that Enter presses it, outside a dialog too
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE + SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._text)
        column.addWidget(self._day)
        column.addWidget(answers)
        self.retranslate()

    def say(self, text: str, day: str) -> None:
        """Show what is to be done, and since when."""
        self._text.setText(text)
        self._day.setText(day)
        for button in (self.done, self.later, self.end):
            button.setAccessibleName(f"{button.text()}: {text}")

    def retranslate(self) -> None:
        self.done.setText(self.tr("Done"))
        self.later.setText(self.tr("Later"))
        self.later.setToolTip(self.tr("Ask again tomorrow"))
        self.end.setText(self.tr("No more"))
