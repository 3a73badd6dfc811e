"""What keeps failing: the cases as pictures, and the sentences that their numbers carry."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import PurePath

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.errors import UserError
from pos_helper.domain.labels import PERIOD
from pos_helper.domain.machines import Machine, machine_name
from pos_helper.domain.patterns import Incident, count, days_between, sentences
from pos_helper.domain.periods import Period
from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.export_dialog import AskPath, ask_path
from pos_helper.ui.dialogs.patterns_picture import PatternsPicture
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme, Tone
from pos_helper.ui.widgets.choice_button import ChoiceButton
from pos_helper.ui.widgets.flow import Flow

SavePicture = Callable[[str, bytes], None]
"""Writes a picture to a path, or raises ``UserError``."""

_PICTURES = QStandardPaths.StandardLocation.PicturesLocation
_SAVED = Text("已保存：{path}", "Saved: {path}")


class PatternsDialog(Dialog):
    """Draws the cases of a time. It asks for those of another; ``show_incidents`` shows them."""

    period_requested = Signal(object)
    """The ``Period`` whose cases are to be shown."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        kinds: Sequence[MachineKind],
        now: Callable[[], datetime],
        save: SavePicture,
        parent: QWidget | None = None,
        ask: AskPath = ask_path,
    ) -> None:
        """``kinds`` name the machines of the cases."""
        super().__init__(theme, language, parent)
        self.setObjectName("patternsDialog")
        self._kinds = kinds
        self._now = now
        self._save = save
        self._ask = ask
        self._incidents: Sequence[Incident] = ()
        choices = Flow(self)
        self._period = ChoiceButton[Period]("patternsPeriod", Period.QUARTER, choices)
        self._period.chosen.connect(self.period_requested)
        self._machine = ChoiceButton[tuple[str, str, str] | None]("patternsMachine", None, choices)
        self._machine.chosen.connect(self._draw)
        self._picture = PatternsPicture(theme, kinds, self)
        self._save_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._save_button.setObjectName("savePictureButton")
        self._save_button.clicked.connect(self._save_picture)
        self.make_primary(self.add_button(QDialogButtonBox.StandardButton.Close))
        self.body.addWidget(choices)
        self.body.addWidget(self._picture)
        self.body.addStretch()
        self.retranslate()

    @property
    def period(self) -> Period:
        """The time whose cases are to be shown."""
        return self._period.value

    def show_incidents(self, incidents: Sequence[Incident]) -> None:
        """Draw these cases, which come newest first."""
        self._incidents = incidents
        self._name_machines()
        self._draw()

    def _draw(self) -> None:
        chosen = self._machine.value
        incidents = [
            each
            for each in self._incidents
            if chosen is None or (each.machine and each.machine.identity == chosen)
        ]
        said: Sequence[Text] = ()
        if incidents:
            days = [each.opened_at.date() for each in incidents]
            said = sentences(incidents, days_between(min(days), max(*days, self._now().date())), self._kinds)
        about = f"{self._period.text()} · {self._machine.text()}"
        self._picture.show_counts(count(incidents), about, said, self._language.current)
        self._save_button.setEnabled(bool(incidents))

    # --- saving -------------------------------------------------------------------------------

    def _save_picture(self) -> None:
        name = f"{self.windowTitle()} {self._now():%Y-%m-%d}.png"
        folder = QStandardPaths.writableLocation(_PICTURES)
        path = self._ask(self, self.tr("Save the picture"), str(PurePath(folder) / name))
        if not path:
            return
        try:
            self._save(path, self._picture.as_png())
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            return
        self.show_notice(_SAVED.format(path=path), Tone.GOOD)

    # --- words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        lang = self._language.current
        self.setWindowTitle(self.tr("What keeps failing"))
        self._period.set_words(self.tr("When"), {each: PERIOD[each].of(lang) for each in Period})
        self._save_button.setText(self.tr("Save picture..."))
        self._name_machines()
        self._draw()

    def _name_machines(self) -> None:
        machines: dict[tuple[str, str, str], Machine] = {}
        for each in self._incidents:
            if each.machine:
                machines.setdefault(each.machine.identity, each.machine)
        lang = self._language.current
        names: dict[tuple[str, str, str] | None, str] = {None: self.tr("All machines")}
        names |= {key: machine_name(each, self._kinds).of(lang) for key, each in machines.items()}
        self._machine.set_words(self.tr("Machine"), names)
        self._machine.setVisible(bool(machines))
