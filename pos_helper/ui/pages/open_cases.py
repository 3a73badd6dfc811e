"""The button that says how many cases are open, and goes from one to another."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pos_helper.domain.cases import CaseSummary
from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import machine_name
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.local_time import local_time
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import in_short

MOST = 9
"""More cases than that are found in the history."""

_LONG = 40
"""A case is named with so many characters of its title."""


class OpenCases(Retranslated, QPushButton):
    """Its menu lists the cases, the newest first, with the present one marked. It hides without any."""

    case_chosen = Signal(int)
    requested = Signal()
    """The menu is about to be shown: ``show_cases`` brings what is open now."""
    all_requested = Signal()
    """The whole history is wanted."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("openCasesButton")
        self._theme = theme
        self._language = language
        self._cases: Sequence[CaseSummary] = ()
        self._kinds: Sequence[MachineKind] = ()
        self._present: int | None = None
        menu = QMenu(self)
        menu.aboutToShow.connect(self.requested)
        menu.triggered.connect(self._choose)
        self.setMenu(menu)
        theme.changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def word(self) -> str:
        """What stands on the button where there is room for words; else the number alone."""
        return self.tr("Open {0}").format(self.count)

    @property
    def count(self) -> str:
        """How many cases are open."""
        number = len(self._cases)
        return f"{MOST}+" if number > MOST else str(number)

    def show_cases(
        self, cases: Sequence[CaseSummary], kinds: Sequence[MachineKind], present: int | None
    ) -> None:
        """Show these open cases; ``present`` is the number of the one on screen."""
        self._cases, self._kinds, self._present = cases, kinds, present
        self.setVisible(bool(cases))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Open cases: {0}").format(self.count))
        self.setToolTip(self.tr("Go to another open case (Ctrl+O)"))
        menu = self.menu()
        menu.clear()
        for case in self._cases[:MOST]:
            action = menu.addAction(self._words(case).replace("&", "&&"))
            action.setData(case.id)
            action.setCheckable(True)
            action.setChecked(case.id == self._present)
        if len(self._cases) > MOST:
            menu.addSeparator()
            menu.addAction(self.tr("All cases..."))

    def _words(self, case: CaseSummary) -> str:
        lang = self._language.current
        machine = machine_name(case.machine, self._kinds).of(lang) if case.machine else ""
        title = in_short(case.title.of(lang), _LONG)
        named = "  ".join(part for part in (case.code_shown, title) if part)
        return " · ".join(part for part in (named, machine, local_time(case.opened_at)) if part)

    def _choose(self, action: QAction) -> None:
        if action.data() is None:
            self.all_requested.emit()
        elif action.data() != self._present:
            self.case_chosen.emit(action.data())

    def _draw(self) -> None:
        self.setIcon(self._theme.icon("clock"))
