"""What stands at the counter: kinds to tap, then the machines one by one with their details."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine, machine_name, numbered
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.machine_dialog import MachineDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.card_button import CardButton
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel

_TILE = 220
"""The least width of a tile at normal text size."""

_MOST_COLUMNS = 4


class MachinePicker(Retranslated, QWidget):
    """One large switch per kind of machine, the most frequent first."""

    def __init__(
        self, theme: Theme, language: Language, kinds: Sequence[MachineKind], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("machinePicker")
        self._language = language
        self._kinds = kinds
        room = self.screen().availableSize().width() * 4 // 5
        columns = max(1, min(_MOST_COLUMNS, room // theme.scaled(_TILE)))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        self._tiles: dict[str, CardButton] = {}
        for number, kind in enumerate(kinds):
            tile = self._tiles[kind.id] = CardButton(theme, self)
            tile.setObjectName(kind.id)
            tile.setCheckable(True)
            tile.toggled.connect(self.retranslate)
            grid.addWidget(tile, number // columns, number % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme.scaled(_TILE))
        self.retranslate()

    def show_machines(self, machines: Sequence[Machine]) -> None:
        """Switch the kinds of these machines on, and the others off."""
        here = {machine.kind for machine in machines}
        for kind_id, tile in self._tiles.items():
            tile.setChecked(kind_id in here)

    def picked(self, machines: Sequence[Machine]) -> tuple[Machine, ...]:
        """The machines whose kind is on, with one of each kind that was not there."""
        on = [kind_id for kind_id, tile in self._tiles.items() if tile.isChecked()]
        kept = tuple(machine for machine in machines if machine.kind in on or machine.kind not in self._tiles)
        here = {machine.kind for machine in kept}
        return (*kept, *(Machine(kind_id) for kind_id in on if kind_id not in here))

    def retranslate(self) -> None:
        lang = self._language.current
        for kind in self._kinds:
            tile = self._tiles[kind.id]
            tile.say(kind.title.of(lang), kind.hint.of(lang), self.tr("Here") if tile.isChecked() else "")


class MachinesDialog(Dialog):
    """Which machines the shop has. While it has none, their kinds are asked for; else it lists them."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        kinds: Sequence[MachineKind],
        machines: Sequence[Machine],
        save: Callable[[Sequence[Machine]], None],
        parent: QWidget | None = None,
    ) -> None:
        """``save`` keeps the machines or raises ``UserError``, which is shown here."""
        super().__init__(theme, language, parent)
        self.setObjectName("machinesDialog")
        self._kinds = kinds
        self._machines = tuple(machines)
        self._had_machines = bool(machines)
        self._tiles: list[CardButton] = []
        self._save = save
        self._title = TextLabel(theme, Role.TITLE, self)
        self._hint = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._picker = MachinePicker(theme, language, kinds, self)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SPACE)
        for part in (self._title, self._hint, self._picker, self._list):
            self.body.addWidget(part)
        self.body.setSpacing(SPACE)
        self.body.addStretch()
        self._turn = self._button("turnButton", QDialogButtonBox.ButtonRole.ActionRole)
        self._turn.clicked.connect(self._turn_over)
        self._done = self.make_primary(self._button("doneButton", QDialogButtonBox.ButtonRole.AcceptRole))
        self._later = self._button("laterButton", QDialogButtonBox.ButtonRole.RejectRole)
        self._is_picking = not machines
        self._picker.show_machines(machines)
        self._show_page()
        self.retranslate()

    def accept(self) -> None:
        """Save the machines and close; if they cannot be saved, say why and stay."""
        if self._is_picking:
            self._machines = self._picker.picked(self._machines)
        try:
            self._save(self._machines)
        except UserError as error:
            self.show_notice(error.text, Tone.BAD)
            return
        super().accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Our machines"))
        self._done.setText(self.tr("Done"))
        self._later.setText(self.tr("Cancel") if self._had_machines else self.tr("Later"))
        if self._is_picking:
            self._title.setText(self.tr("What stands at your counter?"))
            self._hint.setText(
                self.tr("Tap everything you have. Codes are then read for these machines first.")
            )
            self._turn.setText(self.tr("Numbers and hotlines..."))
        else:
            self._title.setText(self.tr("Our machines"))
            self._hint.setText(
                self.tr("Tap a machine to fill in its number, its terminal ID and its hotline.")
            )
            self._turn.setText(self.tr("Add or remove..."))
        self._say_rows()

    # --- inner --------------------------------------------------------------------------------

    def _button(self, name: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = self.buttons.addButton("", role)
        button.setObjectName(name)
        return button

    def _turn_over(self) -> None:
        if self._is_picking:
            self._machines = self._picker.picked(self._machines)
        else:
            self._picker.show_machines(self._machines)
        self._is_picking = not self._is_picking
        self._show_page()
        self.retranslate()
        self.fit()

    def _show_page(self) -> None:
        self._picker.setVisible(self._is_picking)
        self._make_rows()

    def _make_rows(self) -> None:
        """One row for each machine there is now. They come to be seen together, with the list."""
        self._list.hide()
        while self._tiles:
            tile = self._tiles.pop()
            tile.hide()  # the list does not bring it back
            tile.deleteLater()
        for _ in self._machines:
            tile = CardButton(self._theme, self._list)
            tile.setObjectName("machine")
            tile.clicked.connect(self._ask_details)
            self._rows.addWidget(tile)
            self._tiles.append(tile)
        self._say_rows()
        self._list.setVisible(not self._is_picking)

    def _say_rows(self) -> None:
        lang = self._language.current
        for tile, machine in zip(self._tiles, self._machines, strict=True):
            known = [machine.terminal_id, machine.model, machine.serial, machine.acquirer, machine.hotline]
            tile.say(
                machine_name(machine, self._kinds).of(lang),
                " · ".join(filter(None, known)) or self.tr("Nothing filled in yet"),
            )

    def _ask_details(self) -> None:
        place = next(number for number, tile in enumerate(self._tiles) if tile is self.sender())
        machine = self._machines[place]
        name = machine_name(machine, self._kinds)
        instead = MachineDialog.ask(self._theme, self._language, name, machine, self)
        self._machines = numbered((*self._machines[:place], *instead, *self._machines[place + 1 :]))
        self._make_rows()
        self.fit()
