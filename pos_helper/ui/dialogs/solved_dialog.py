"""Which of the ticked steps solved a case: asked once it is solved, where more than one may have."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.domain.cases import Mark
from pos_helper.domain.entries import Step
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.card_button import CardButton
from pos_helper.ui.widgets.local_time import time_of_day
from pos_helper.ui.widgets.surfaces import TextLabel


class SolvedDialog(Dialog):
    """One large row for each step; a touch answers. Cancel leaves the case as it is."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        steps: Sequence[Step],
        marks: Mapping[str, Mark],
        parent: QWidget | None = None,
    ) -> None:
        """``marks`` say when each of the steps was done."""
        super().__init__(theme, language, parent)
        self.setObjectName("solvedDialog")
        self._steps = steps
        self._marks = marks
        self.helped: str | None = None
        """The id of the step that solved the case; ``None`` if it went away by itself."""
        self._title = TextLabel(theme, Role.TITLE, self)
        self.body.addWidget(self._title)
        self.body.setSpacing(SPACE)
        self._rows = {step.id: self._row(step.id, "check") for step in steps}
        self._by_itself = self._row("byItself", "clock")
        self.body.addStretch()
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        next(iter(self._rows.values())).setFocus()
        self.retranslate()

    def _row(self, name: str, icon: str) -> CardButton:
        row = CardButton(self._theme, self, role=Role.BODY, icon=icon, has_aside=True)
        row.setObjectName(name)
        row.clicked.connect(self._answer)
        self.body.addWidget(row)
        return row

    def _answer(self) -> None:
        pressed = self.sender()
        self.helped = next((step for step, row in self._rows.items() if row is pressed), None)
        self.accept()

    def retranslate(self) -> None:
        lang = self._language.current
        self.setWindowTitle(self.tr("Solved"))
        self._title.setText(self.tr("Which step solved it?"))
        for step in self._steps:
            self._rows[step.id].say(step.text.of(lang), aside=time_of_day(self._marks[step.id].at))
        self._by_itself.say(self.tr("It went away by itself"))
