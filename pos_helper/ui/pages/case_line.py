"""One line about the case: how it ended, or that the same trouble was worked on today."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_helper.domain.cases import Case, CaseState, CaseSummary, StepResult, may_have_helped
from pos_helper.domain.labels import CASE_STATE
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.local_time import local_time, time_of_day
from pos_helper.ui.widgets.looks import STATE_LOOKS
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import EDGE, Icon, TextLabel, TonePanel, named_button


class CaseLine(Retranslated, TonePanel):
    """Hidden while there is nothing to say. What is pressed is asked for; nothing happens by itself."""

    reopen_requested = Signal()
    handover_requested = Signal()
    """Whom the case was handed to, or their number, is to be changed."""
    case_chosen = Signal(int)
    """The number of the earlier case."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.NEUTRAL, parent)
        self.setObjectName("caseLine")
        self._language = language
        self._case: Case | None = None
        self._earlier: CaseSummary | None = None
        self._icon = Icon(theme, "clock", self, tone=Tone.NEUTRAL)
        self._words = TextLabel(theme, Role.BODY, self, tone=Tone.NEUTRAL)
        self._change = named_button("changeHandoverButton", self)
        self._change.clicked.connect(self.handover_requested)
        self._reopen = named_button("reopenButton", self)
        self._reopen.clicked.connect(self.reopen_requested)
        self._go_on = named_button("earlierCaseButton", self)
        self._go_on.clicked.connect(self._choose_earlier)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE + SPACE, SPACE // 2, SPACE // 2, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        for button in (self._change, self._reopen, self._go_on):
            row.addWidget(button)
        self.hide()
        self.retranslate()

    def show_case(self, case: Case | None, earlier: CaseSummary | None) -> None:
        """Show how the case ended, or an earlier one while there is none."""
        if (case, earlier) != (self._case, self._earlier):
            self._case, self._earlier = case, earlier
            self._say()

    def retranslate(self) -> None:
        self._change.setText(self.tr("Change..."))
        self._change.setAccessibleName(self.tr("Change to whom it was handed over"))
        self._reopen.setText(self.tr("Reopen"))
        self._go_on.setText(self.tr("Go on with that case"))
        self._say()

    def _say(self) -> None:
        case, earlier = self._case, self._earlier
        state = case.state if case else earlier.state if earlier else CaseState.OPEN
        is_closed = case is not None and state is not CaseState.OPEN
        look = STATE_LOOKS[state]
        self.set_tone(look.tone if is_closed else Tone.NEUTRAL)
        self._icon.show_icon(look.icon, self.tone)
        self._words.set_tone(self.tone)
        self._reopen.setVisible(is_closed)
        self._change.setVisible(is_closed and state is CaseState.HANDED_OVER)
        self._go_on.setVisible(earlier is not None)
        if case is not None:
            self._words.setText(self._ended(case))
        elif earlier is not None:
            words = self.tr("Worked on today at {0}: {1}")
            stands = CASE_STATE[state].of(self._language.current)
            self._words.setText(words.format(time_of_day(earlier.opened_at), stands))
        self.setVisible(is_closed or earlier is not None)

    def _ended(self, case: Case) -> str:
        """How a case ended, as a sentence with its time."""
        lang = self._language.current
        words = CASE_STATE[case.state].of(lang)
        helped, details = _helped(case), case.details
        match case.state:
            case CaseState.SOLVED if helped:
                words = self.tr("Solved by: {0}").format(helped.of(lang))
            case CaseState.SOLVED if may_have_helped(case.resolved, case.marks):
                words = self.tr("Solved, none of the ticked steps helped")
            case CaseState.HANDED_OVER if details.handed_to and details.ticket:
                words = self.tr("Handed over to {0}, their number {1}").format(
                    details.handed_to, details.ticket
                )
            case CaseState.HANDED_OVER if details.handed_to:
                words = self.tr("Handed over to {0}").format(details.handed_to)
            case CaseState.HANDED_OVER if details.ticket:
                words = self.tr("Handed over, their number {0}").format(details.ticket)
        return f"{words} · {local_time(case.closed_at)}" if case.closed_at else words

    def _choose_earlier(self) -> None:
        if self._earlier is not None:
            self.case_chosen.emit(self._earlier.id)


def _helped(case: Case) -> Text | None:
    """The steps that helped; ``None`` without any."""
    steps = [step.text for step in case.resolved.all_steps() if case.result_of(step.id) is StepResult.HELPED]
    return Text("；".join(step.zh for step in steps), "; ".join(step.en for step in steps)) if steps else None
