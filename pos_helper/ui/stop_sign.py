"""The stop sign: what a risky step can cost and who may do it, read before the step is ticked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_helper.domain.entries import Step, StopSign
from pos_helper.domain.words import RISK, WHO
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone

AskStopSign = Callable[[Theme, Language, Step, QWidget | None], bool]
"""Shows the stop sign of a step; ``True`` once the person has read it and goes on."""


class StopSignDialog(QDialog):
    """The stop sign of one step. Going back is the default: Enter and Escape cost nothing."""

    def __init__(
        self, theme: Theme, language: Language, step: Step, sign: StopSign, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stopSign")
        self._theme = theme
        self._language = language
        self._step = step
        self._sign = sign
        self._icon = QLabel(self)
        self._risk = QLabel(self)
        self._step_text = QLabel(self)
        self._text = QLabel(self)
        self._who = QLabel(self)
        for label in (self._risk, self._step_text, self._text, self._who):
            label.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go_on = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go_on.setObjectName("goOnButton")
        self._go_on.setAutoDefault(False)
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    @staticmethod
    def ask(theme: Theme, language: Language, step: Step, parent: QWidget | None = None) -> bool:
        """Show the stop sign of a step and wait; ``True`` if the person has read it and goes on."""
        if step.stop is None:
            return True
        dialog = StopSignDialog(theme, language, step, step.stop, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE * 2)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._risk, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE * 2)
        column.addLayout(head)
        column.addWidget(self._step_text)
        column.addWidget(self._text)
        column.addWidget(self._who)
        column.addStretch()
        column.addWidget(self._buttons)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        lang = self._language.current
        self.setWindowTitle(self.tr("Stop: read this first"))
        self._risk.setText(RISK[self._sign.risk].of(lang))
        self._step_text.setText(self._step.text.of(lang))
        self._text.setText(self._sign.text.of(lang))
        self._who.setText(self.tr("Who may do it: {0}").format(WHO[self._step.who].of(lang)))
        self._go_on.setText(self.tr("I have read this, go on"))

    def _follow_theme(self) -> None:
        self._icon.setPixmap(
            self._theme.pixmap(f"risk-{self._sign.risk}", self._theme.tint(Tone.BAD).edge, SPACE * 6)
        )
        self._risk.setFont(self._theme.font(Role.TITLE))
