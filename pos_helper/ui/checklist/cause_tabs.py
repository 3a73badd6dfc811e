"""The four tabs: hardware, software, network and operation, each with its checklist."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QTabWidget, QToolButton, QVBoxLayout, QWidget

from pos_helper.domain.cases import Mark, Reminder, StepHistory, step_progress
from pos_helper.domain.entries import Tab
from pos_helper.domain.labels import TAB
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.dialogs.stop_sign import AskStopSign, StopSignDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Theme
from pos_helper.ui.widgets.retranslated import Retranslated

_SIDES = SPACE * 21 // 8
"""What padding and gap take of each tab."""

_BESIDE_ICON = SPACE * 9 // 4
"""What Qt leaves free around the icon of a tab."""


class CauseTabs(Retranslated, QTabWidget):
    """Causes and remedies of one entry, sorted under four heads, with how many were tried.

    It only asks, like ``Checklist``, whose signals it passes on.
    """

    tick_requested = Signal(str, bool)
    """A step's id, and whether to tick it."""
    result_requested = Signal(str, object)
    """A step's id and its ``StepResult``."""
    note_requested = Signal(str)
    """The id of the step whose note is to be edited."""
    reminder_requested = Signal(object, object)
    """A ``Tip``, and every how many days to be reminded of it; ``None`` for no more."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
        ask_stop_sign: AskStopSign = StopSignDialog.ask,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("causeTabs")
        self._theme = theme
        self._language = language
        self._resolved: ResolvedEntry | None = None
        self._marks: dict[str, Mark] = {}
        self._lists: dict[Tab, Checklist] = {}
        for tab in Tab:
            page = QWidget(self)
            page.setObjectName(tab.value)
            checklist = Checklist(theme, language, page, ask_stop_sign)
            checklist.tick_requested.connect(self.tick_requested)
            checklist.result_requested.connect(self.result_requested)
            checklist.note_requested.connect(self.note_requested)
            checklist.reminder_requested.connect(self.reminder_requested)
            column = QVBoxLayout(page)
            column.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
            column.addWidget(checklist)
            self._lists[tab] = checklist
            self.addTab(page, "")
        theme.changed.connect(self._label)
        self.currentChanged.connect(self._label)
        self.retranslate()

    def show_entry(self, resolved: ResolvedEntry | None) -> None:
        """Show an entry, from its first tab that has a cause. The same entry again changes no tab."""
        if resolved is self._resolved:
            return
        before, self._resolved = self._resolved, resolved
        for tab, checklist in self._lists.items():
            checklist.show_causes(resolved, tab)
        if resolved is not None and (before is None or before.entry.id != resolved.entry.id):
            with_causes = [number for number, tab in enumerate(Tab) if resolved.causes_in(tab)]
            self.setCurrentIndex(with_causes[0] if with_causes else 0)
        self._label()

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show what the store has acknowledged."""
        self._marks = dict(marks)
        for checklist in self._lists.values():
            checklist.set_marks(self._marks)
        self._label()

    def set_histories(self, histories: Mapping[str, StepHistory]) -> None:
        """Show what each step did in this shop."""
        for checklist in self._lists.values():
            checklist.set_histories(histories)

    def set_reminders(self, reminders: Mapping[str, Reminder]) -> None:
        """Show which tips are reminded of, and how often."""
        for checklist in self._lists.values():
            checklist.set_reminders(reminders)

    def checklist(self, tab: Tab) -> Checklist:
        """The checklist of one tab."""
        return self._lists[tab]

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Causes and remedies"))
        # Qt names the buttons that scroll a crowded tab bar once, and never again.
        names = {"ScrollLeftButton": self.tr("Earlier tabs"), "ScrollRightButton": self.tr("Later tabs")}
        for button in self.tabBar().findChildren(QToolButton):
            button.setAccessibleName(names.get(button.objectName(), button.accessibleName()))
        self._label()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label()

    def _label(self) -> None:
        """Write on each tab its name, how many steps were tried, and an icon, as far as there is room."""
        names = [TAB[tab].of(self._language.current) for tab in Tab]
        counted = [self._counted(tab, name) for tab, name in zip(Tab, names, strict=True)]
        for number, text in enumerate(counted):
            self.setTabToolTip(number, text)
        words = self.tabBar().fontMetrics()
        room = self.width() - _SIDES * len(Tab)
        icons = (self.iconSize().width() + _BESIDE_ICON) * len(Tab)
        fits = sum(map(words.horizontalAdvance, counted)) <= room
        with_icons = sum(map(words.horizontalAdvance, counted)) + icons <= room
        colours = self._theme.colours
        for number, (tab, text) in enumerate(zip(Tab, counted if fits else names, strict=True)):
            # Setting a tab's text lays all tabs out again, so an equal one is left alone.
            if self.tabText(number) != text:
                self.setTabText(number, text)
            colour = colours.accent if number == self.currentIndex() else colours.muted
            self.setTabIcon(number, self._theme.icon(tab.value, colour) if with_icons else QIcon())

    def _counted(self, tab: Tab, name: str) -> str:
        if self._resolved is None:
            return name
        progress = step_progress(self._resolved, self._marks, tab)
        return f"{name} {progress.done}/{progress.total}" if progress.total else name
