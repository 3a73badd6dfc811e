"""What can be touched on the start page instead of typing: the machines of the shop, and the tiles."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.browse_tiles import BrowseTiles
from pos_helper.ui.pages.machines_question import MachinesQuestion
from pos_helper.ui.theme import SPACE, Role, Theme
from pos_helper.ui.widgets.flow import Flow
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel, in_short, named_button

_LONG = 24
"""So many characters of a machine's name are shown."""


class StartBoard(Retranslated, QWidget):
    """Shows what it is given. A machine that is pressed asks for all of them."""

    machines_requested = Signal()
    machines_declined = Signal()
    """The question which machines stand here was put off."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._names: Sequence[Text] = ()
        self._chips: list[QPushButton] = []
        self._question = MachinesQuestion(theme, self)
        self._question.requested.connect(self.machines_requested)
        self._question.declined.connect(self.machines_declined)
        self._title = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._machines = Flow(self)
        self._add_machine = named_button("addMachineButton", self._machines)
        self._add_machine.clicked.connect(self.machines_requested)
        self.tiles = BrowseTiles(theme, language, self)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._question)
        column.addWidget(self._title)
        column.addWidget(self._machines)
        column.addWidget(self.tiles, 1)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def ask_machines(self, asks: bool) -> None:
        """Ask which machines stand here instead of showing them, or stop asking."""
        self._question.setVisible(asks)
        for part in (self._title, self._machines):
            part.setVisible(not asks)

    def show_machines(self, names: Sequence[Text]) -> None:
        """Show what stands in this shop."""
        self._names = names
        while len(self._chips) < len(names):
            chip = QPushButton(self._machines)
            chip.setProperty("kind", "chip")
            chip.clicked.connect(self.machines_requested)
            self._chips.append(chip)
            self._add_machine.raise_()  # it stays the last
            self.setTabOrder(chip, self._add_machine)
        self._say()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Machines of this shop: codes are read for these first"))
        self._add_machine.setText(self.tr("Add a machine"))
        self._say()

    def _say(self) -> None:
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(self._names))
            if number < len(self._names):
                name = self._names[number].of(self._language.current)
                chip.setText(in_short(name, _LONG).replace("&", "&&"))
                chip.setAccessibleName(name)

    def _follow_theme(self) -> None:
        self._add_machine.setIcon(self._theme.icon("plus"))
