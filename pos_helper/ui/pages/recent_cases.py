"""The side of the start page: what is due, cases that are not finished, and what the shop met lately."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from pos_helper.domain.cases import CaseSummary, Recent
from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import machine_name
from pos_helper.domain.shop import Shop
from pos_helper.ui.language import Language
from pos_helper.ui.pages.due_reminders import DueReminders
from pos_helper.ui.pages.shop_line import ShopLine
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.card_button import CardButton
from pos_helper.ui.widgets.local_time import local_time, time_of_day
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel


class RecentCases(Retranslated, QWidget):
    """Shows what it is given, and below it whom to call. What is pressed is asked for."""

    case_chosen = Signal(int)
    """The number of a case that is not finished."""
    met_chosen = Signal(object)
    """What was met (``Met``), to be shown once more."""
    reached = Signal(QWidget)
    """The button that the keyboard has come to."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._recent: Recent | None = None
        self._kinds: Sequence[MachineKind] = ()
        self.due = DueReminders(theme, language, self)
        self._unfinished_title = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._nothing = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._met_title = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._card = QFrame(self)
        self._card.setProperty("kind", "card")
        self._shop_line = ShopLine(theme, self)
        self._cases = QButtonGroup(self)
        self._met = QButtonGroup(self)
        for group in (self._cases, self._met):
            group.setExclusive(False)  # the arrow keys move in it, and press nothing
        self._cases.idClicked.connect(self._choose_case)
        self._met.idClicked.connect(self._choose_met)

        self._unfinished = QVBoxLayout()
        self._unfinished.setSpacing(SPACE)
        rows = QVBoxLayout(self._card)
        rows.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        rows.setSpacing(0)
        self._met_rows = rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.due)
        column.addWidget(self._unfinished_title)
        column.addWidget(self._nothing)
        column.addLayout(self._unfinished)
        column.addSpacing(SPACE)
        column.addWidget(self._met_title)
        column.addWidget(self._card)
        column.addStretch()
        column.addWidget(self._shop_line)
        self.retranslate()

    def show_recent(self, recent: Recent, kinds: Sequence[MachineKind]) -> None:
        """Show these cases, with their machines of these kinds, and what was met."""
        self._recent, self._kinds = recent, kinds
        while len(self._cases.buttons()) < len(recent.unfinished):
            button = CardButton(self._theme, self, icon="clock")
            self._add(button, self._cases, self._unfinished)
        while len(self._met.buttons()) < len(recent.met):
            button = CardButton(self._theme, self._card, role=Role.BODY, has_aside=True)
            button.setProperty("kind", "quiet")
            self._add(button, self._met, self._met_rows)
        self._say()

    def show_shop(self, shop: Shop) -> None:
        """Show whom to call, and the numbers that the hotline will ask for."""
        self._shop_line.show_shop(shop)

    def retranslate(self) -> None:
        self._unfinished_title.setText(self.tr("Not finished"))
        self._nothing.setText(self.tr("Cases that you have begun will stand here."))
        self._met_title.setText(self.tr("Met here lately"))
        self._say()

    def _add(self, button: CardButton, group: QButtonGroup, column: QVBoxLayout) -> None:
        group.addButton(button, len(group.buttons()))
        column.addWidget(button)
        button.reached.connect(self._tell_reached)

    def _tell_reached(self) -> None:
        self.reached.emit(self.sender())

    def _say(self) -> None:
        recent, lang = self._recent, self._language.current
        unfinished, met = (recent.unfinished, recent.met) if recent else ((), ())
        self._nothing.setVisible(not unfinished)
        self._met_title.setVisible(bool(met))
        self._card.setVisible(bool(met))
        for number, button in enumerate(self._cases.buttons()):
            button.setVisible(number < len(unfinished))
            if isinstance(button, CardButton) and number < len(unfinished):
                case = unfinished[number]
                button.say(_named(case.code_shown, case.title.of(lang)), self._detail(case))
        for number, button in enumerate(self._met.buttons()):
            button.setVisible(number < len(met))
            if isinstance(button, CardButton) and number < len(met):
                each = met[number]
                times = self.tr("{0} times").format(each.times) if each.times > 1 else self.tr("once")
                button.say(_named(each.code, each.title.of(lang)), aside=times)

    def _detail(self, case: CaseSummary) -> str:
        """When and where it was, and how far it came."""
        assert self._recent is not None  # the case is one of those
        now = self._recent.at
        days = now.date() - case.opened_at.astimezone(now.tzinfo).date()
        when = local_time(case.opened_at)
        if days == timedelta(0):
            when = self.tr("today {0}").format(time_of_day(case.opened_at))
        elif days == timedelta(1):
            when = self.tr("yesterday {0}").format(time_of_day(case.opened_at))
        tried = self.tr("{0} of {1} steps").format(case.tried, case.total)
        machine = machine_name(case.machine, self._kinds) if case.machine else None
        return " · ".join((when, *((machine.of(self._language.current),) if machine else ()), tried))

    def _choose_case(self, number: int) -> None:
        if self._recent is not None:
            self.case_chosen.emit(self._recent.unfinished[number].id)

    def _choose_met(self, number: int) -> None:
        if self._recent is not None:
            self.met_chosen.emit(self._recent.met[number])


def _named(code: str, title: str) -> str:
    return "  ".join(part for part in (code, title) if part)
