"""What the hotline asks for about one machine."""

from msgspec.structs import replace
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from pos_helper.domain.machines import Machine
from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Role, Theme
from pos_helper.ui.widgets.checked_fields import CheckedFields
from pos_helper.ui.widgets.surfaces import TextLabel

_FIELDS = ("number", "label", "terminal_id", "hotline", "model", "acquirer", "serial")


class MachineDialog(Dialog):
    """The details of one machine; each may be left empty."""

    def __init__(
        self, theme: Theme, language: Language, name: Text, machine: Machine, parent: QWidget | None = None
    ) -> None:
        """``name`` is what the machine is called so far."""
        super().__init__(theme, language, parent)
        self.setObjectName("machineDialog")
        self._name = name
        self._machine = machine
        self._count = 1
        self._hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._fields = CheckedFields(theme, language, machine, _FIELDS, self)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._fields)
        self.body.addStretch()
        done = self.add_button(QDialogButtonBox.StandardButton.Ok, primary=True)
        self._more = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self._more.setObjectName("oneMoreButton")
        self._more.clicked.connect(self._take_one_more)
        self._away = self.buttons.addButton("", QDialogButtonBox.ButtonRole.DestructiveRole)
        self._away.setObjectName("removeButton")
        self._away.clicked.connect(self._take_away)
        for button in (done, self._more):
            self._fields.checked.connect(button.setEnabled)
        self.add_button(QDialogButtonBox.StandardButton.Cancel)
        self.retranslate()

    @staticmethod
    def ask(
        theme: Theme, language: Language, name: Text, machine: Machine, parent: QWidget | None = None
    ) -> tuple[Machine, ...]:
        """Ask for the details and wait. Returns what stands in the machine's place: none if it is gone."""
        dialog = MachineDialog(theme, language, name, machine, parent)
        return dialog.machines if dialog.run() else (machine,)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """The machine as it stands in the lines, with one more of its kind or none if that was asked for."""
        machine = replace(self._machine, **self._fields.values)
        another = Machine(machine.kind, acquirer=machine.acquirer, hotline=machine.hotline)
        return (machine, another)[: self._count]

    def _take_one_more(self) -> None:
        self._count = 2
        self.accept()

    def _take_away(self) -> None:
        self._count = 0
        self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self._name.of(self._language.current))
        self._hint.setText(
            self.tr("Nothing is required. What you fill in stands beside the answer and on the sheet.")
        )
        self._more.setText(self.tr("One more of this kind"))
        self._away.setText(self.tr("Remove"))
        self._fields.set_words(
            {
                "number": self.tr("Number in the shop, such as 2"),
                "label": self.tr("What you call it"),
                "terminal_id": self.tr("Terminal ID (TID)"),
                "hotline": self.tr("Hotline"),
                "model": self.tr("Model"),
                "acquirer": self.tr("Acquirer or service company"),
                "serial": self.tr("Serial number"),
            }
        )
