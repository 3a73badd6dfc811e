"""The stop sign: what a risky step can cost and who may do it, read before the step is ticked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QWidget

from pos_helper.domain.entries import Step, StopSign
from pos_helper.domain.labels import RISK, WHO
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.surfaces import Icon, TextLabel, TonePanel

AskStopSign = Callable[[Theme, Language, Step, QWidget | None], bool]
"""Shows the stop sign of a step; ``True`` once the person has read it and goes on."""


class StopSignDialog(Dialog):
    """The stop sign of one step. Going back is the default: Enter and Escape cost nothing."""

    def __init__(
        self, theme: Theme, language: Language, step: Step, sign: StopSign, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, language, parent)
        self.setObjectName("stopSign")
        self._step = step
        self._sign = sign
        panel = TonePanel(theme, Tone.BAD, self)
        self._risk = TextLabel(theme, Role.TITLE, panel, tone=Tone.BAD)
        head = QHBoxLayout(panel)
        head.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        head.setSpacing(SPACE * 2)
        head.addWidget(
            Icon(theme, f"risk-{sign.risk}", panel, tone=Tone.BAD), 0, Qt.AlignmentFlag.AlignVCenter
        )
        head.addWidget(self._risk, 1)
        self._remedy = TextLabel(theme, Role.STRONG, self)
        self._text = TextLabel(theme, Role.BODY, self)
        self._who = TextLabel(theme, Role.BODY, self, muted=True)
        for part in (panel, self._remedy, self._text, self._who):
            self.body.addWidget(part)
        self.body.addStretch()
        self._go_on = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go_on.setObjectName("goOnButton")
        self.add_button(QDialogButtonBox.StandardButton.Cancel, primary=True).setFocus()
        self.retranslate()

    @staticmethod
    def ask(theme: Theme, language: Language, step: Step, parent: QWidget | None = None) -> bool:
        """Show the stop sign of a step and wait; ``True`` if the person has read it and goes on."""
        return step.stop is None or StopSignDialog(theme, language, step, step.stop, parent).run()

    def retranslate(self) -> None:
        lang = self._language.current
        self.setWindowTitle(self.tr("Stop: read this first"))
        self._risk.setText(RISK[self._sign.risk].of(lang))
        self._remedy.setText(self._step.text.of(lang))
        self._text.setText(self._sign.text.of(lang))
        self._who.setText(self.tr("Who may do it: {0}").format(WHO[self._step.who].of(lang)))
        self._go_on.setText(self.tr("I have read this, go on"))
