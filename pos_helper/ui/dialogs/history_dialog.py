"""The history: all cases, to be found, opened again or deleted."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

from PySide6.QtCore import QItemSelectionModel, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from pos_helper.domain.cases import CaseState, CaseSummary
from pos_helper.domain.entries import MachineKind
from pos_helper.domain.labels import CASE_STATE, PERIOD
from pos_helper.domain.machines import Machine, machine_name
from pos_helper.domain.periods import Period
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.history_list import HistoryDelegate, HistoryModel
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.choice_button import ChoiceButton
from pos_helper.ui.widgets.flow import Flow
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.surfaces import TextLabel, named_button

AskDelete = Callable[[QWidget, str, str, str], bool]
"""Asks whether to delete, given a title, a question and the word of the button."""

_ROWS = 5


def ask_delete(parent: QWidget, title: str, question: str, delete: str) -> bool:
    """Ask whether to delete something for good. Cancel is the default."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # what stands in a note is no markup
    yes = box.addButton(delete, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    box.deleteLater()
    return box.clickedButton() is yes


class HistoryDialog(Dialog):
    """Lists cases. It only asks; ``show_cases`` and ``remove_case`` show what came of it."""

    open_requested = Signal(int)
    """The number of a case to be opened. The dialog closes."""
    delete_requested = Signal(int)
    """The number of a case to be deleted; the person has been asked already."""
    delete_all_requested = Signal()
    """All cases are to be deleted; the person has been asked twice already."""
    patterns_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        language: Language,
        kinds: Sequence[MachineKind],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
        ask: AskDelete = ask_delete,
    ) -> None:
        """``kinds`` name the machines of the cases."""
        super().__init__(theme, language, parent)
        self.setObjectName("historyDialog")
        self._kinds = kinds
        self._now = now
        self._ask = ask
        self._cases: list[CaseSummary] = []
        self._searched: list[str] = []
        self._machines: dict[tuple[str, str, str], Machine] = {}
        self._words_of = lru_cache(self._machine_words)
        self._model = HistoryModel(language, kinds, now, self)
        self._filter = QLineEdit(self)
        self._filter.setObjectName("historyFilter")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._patterns = named_button("patternsButton", self)
        self._patterns.clicked.connect(self.patterns_requested)
        self._choices = Flow(self)
        self._period = ChoiceButton[Period]("periodChoice", Period.ALL, self._choices)
        self._outcome = ChoiceButton[CaseState | None]("outcomeChoice", None, self._choices)
        self._machine = ChoiceButton[tuple[str, str, str] | None]("machineChoice", None, self._choices)
        self._period.chosen.connect(self._narrow)
        self._outcome.chosen.connect(self._narrow)
        self._machine.chosen.connect(self._narrow)
        self._count = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._count.setObjectName("historyCount")
        self._list = RowList(theme, self)
        self._list.setObjectName("historyList")
        self._list.show_model(self._model, HistoryDelegate(theme, self._model, self._list))
        self._list.doubleClicked.connect(self._open)
        self._list.selectionModel().currentChanged.connect(self._follow_choice)
        self._nothing = TextLabel(theme, Role.BODY, self, muted=True)
        self._nothing.setObjectName("historyEmpty")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open_button = self._action("openCaseButton", self._open)
        self.make_primary(self._open_button)
        self._delete_button = self._action("deleteCaseButton", self._delete)
        self._delete_all_button = self._action("deleteAllButton", self._delete_all)
        self.add_button(QDialogButtonBox.StandardButton.Close)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._filter, 1)
        top.addWidget(self._patterns)
        self.body.setSpacing(SPACE)
        self.body.addLayout(top)
        self.body.addWidget(self._choices)
        self.body.addWidget(self._count)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._nothing, 1)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        self._narrow()

    def _action(self, name: str, slot: Callable[[], None]) -> QPushButton:
        button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def show_cases(self, cases: Sequence[CaseSummary]) -> None:
        """Show these cases, newest first, with the first one chosen."""
        self._cases, self._searched, self._machines = [], [], {}
        self._take(cases)
        self._narrow()

    def add_cases(self, cases: Sequence[CaseSummary]) -> None:
        """Show these cases too, which are older."""
        known = len(self._cases)
        self._take(cases)
        self._model.add_cases(self._found(known))
        if self._chosen() is None:
            self._choose(0)
        self._follow_rows()

    def remove_case(self, case_id: int) -> None:
        """Show a case no more, and choose the one that has its place."""
        place = self._list.currentIndex().row()
        number = next(number for number, case in enumerate(self._cases) if case.id == case_id)
        del self._cases[number], self._searched[number]
        self._model.remove_case(case_id)
        self._choose(place)
        self._follow_rows()

    # --- finding ------------------------------------------------------------------------------

    def _take(self, cases: Sequence[CaseSummary]) -> None:
        self._cases += cases
        self._searched += map(self._words_in, cases)
        known = len(self._machines)
        for case in cases:
            if case.machine is not None:
                self._machines.setdefault(case.machine.identity, case.machine)
        if not cases or len(self._machines) != known:
            self._name_machines()

    def _words_in(self, case: CaseSummary) -> str:
        """Everything that a case can be found by, in both languages."""
        state = CASE_STATE[case.state]
        words = (
            f"#{case.id}",
            case.code or "",
            case.code_shown,
            case.title.zh,
            case.title.en,
            state.zh,
            state.en,
            case.note,
            case.ticket,
            self._words_of(case.machine) if case.machine else "",
            _day_words(case.opened_at.astimezone().date()),
        )
        return "\n".join(words).casefold()

    def _machine_words(self, machine: Machine) -> str:
        name = machine_name(machine, self._kinds)
        return "\n".join((name.zh, name.en, machine.terminal_id, machine.serial, machine.model))

    def _found(self, first: int = 0) -> list[CaseSummary]:
        """The cases that are looked for, from this one on."""
        begin = self._period.value.begin(self._now())
        state, machine = self._outcome.value, self._machine.value
        # One condition after the other: at each key tens of thousands of cases are looked through.
        numbers: Sequence[int] = range(first, len(self._cases))
        for word in self._filter.text().casefold().split():
            numbers = [number for number in numbers if word in self._searched[number]]
        cases = [self._cases[number] for number in numbers]
        if begin is not None:
            cases = [case for case in cases if case.opened_at >= begin]
        if state is not None:
            cases = [case for case in cases if case.state is state]
        if machine is not None:
            cases = [case for case in cases if case.machine and case.machine.identity == machine]
        return cases

    def _narrow(self) -> None:
        self._model.show_cases(self._found())
        self._choose(0)
        self._follow_rows()

    # --- choosing -----------------------------------------------------------------------------

    def _choose(self, place: int) -> None:
        """Choose the case in a row, or the nearest one; the first row is a heading."""
        last = self._model.rowCount() - 1
        rows = (self._model.index(row, 0) for row in (min(place, last), min(place + 1, last), place - 1))
        nearest = next((row for row in rows if self._model.flags(row) & Qt.ItemFlag.ItemIsEnabled), None)
        if nearest is not None:
            self._list.selectionModel().setCurrentIndex(
                nearest, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def _chosen(self) -> CaseSummary | None:
        index = self._list.currentIndex()
        row = self._model.at(index) if index.isValid() else None
        return row if isinstance(row, CaseSummary) else None

    def _follow_rows(self) -> None:
        some = self._model.rowCount() > 0
        self._list.setVisible(some)
        self._nothing.setVisible(not some)
        self._delete_all_button.setEnabled(bool(self._cases))
        self._patterns.setEnabled(bool(self._cases))
        self._say_count()
        self._follow_choice()

    def _follow_choice(self) -> None:
        chosen = self._chosen() is not None
        self._open_button.setEnabled(chosen)
        self._delete_button.setEnabled(chosen)

    def _open(self) -> None:
        case = self._chosen()
        if case is not None:
            self.open_requested.emit(case.id)
            self.accept()

    def _delete(self) -> None:
        case = self._chosen()
        if case is None:
            return
        question = self.tr("Delete the case “{0}” for good? Its ticks and notes will be gone.").format(
            self._model.title(case)
        )
        if self._ask(self, self.tr("Delete a case"), question, self.tr("Delete")):
            self.delete_requested.emit(case.id)

    def _delete_all(self) -> None:
        """Ask twice: the cases that the filters hide are deleted too, and nothing brings them back."""
        title, number = self.tr("Delete all cases"), len(self._cases)
        first = self.tr("Delete all cases of this shop? There are {0}, with their ticks and notes.")
        second = self.tr("Really delete all {0} cases for good? Nothing brings them back.")
        if self._ask(self, title, first.format(number), self.tr("Delete all")) and self._ask(
            self, title, second.format(number), self.tr("Delete {0} for good").format(number)
        ):
            self.delete_all_requested.emit()

    # --- looks --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        lang = self._language.current
        self.setWindowTitle(self.tr("History"))
        self._filter.setPlaceholderText(self.tr("Find by code, words or date"))
        self._filter.setAccessibleName(self.tr("Find a case"))
        self._list.setAccessibleName(self.tr("Cases"))
        self._patterns.setText(self.tr("What keeps failing"))
        self._period.set_words(self.tr("When"), {each: PERIOD[each].of(lang) for each in Period})
        outcomes: dict[CaseState | None, str] = {None: self.tr("Any outcome")}
        outcomes |= {state: CASE_STATE[state].of(lang) for state in CaseState}
        self._outcome.set_words(self.tr("Outcome"), outcomes)
        self._name_machines()
        self._open_button.setText(self.tr("Open"))
        self._delete_button.setText(self.tr("Delete..."))
        self._delete_all_button.setText(self.tr("Delete all..."))
        self._say_count()

    def _name_machines(self) -> None:
        lang = self._language.current
        names: dict[tuple[str, str, str] | None, str] = {None: self.tr("All machines")}
        names |= {key: machine_name(each, self._kinds).of(lang) for key, each in self._machines.items()}
        self._machine.set_words(self.tr("Machine"), names)
        self._machine.setVisible(bool(self._machines))

    def _say_count(self) -> None:
        found, total = self._model.found, len(self._cases)
        shown, every = (QLocale().toString(number) for number in (found, total))
        self._count.setText(self.tr("{0} of {1} cases").format(shown, every) if total else "")
        self._nothing.setText(
            self.tr("No case is like this.")
            if total
            else self.tr("No cases yet. The first tick under a code opens one.")
        )

    def _follow_theme(self) -> None:
        self._list.setMinimumHeight(self._theme.scaled(TOUCH) * _ROWS)
        self._patterns.setIcon(self._theme.icon("bars"))


def _day_words(day: date) -> str:
    """How people write a day."""
    return f"{day}\n{day.year}/{day.month}/{day.day}\n{day.month}月{day.day}日"
