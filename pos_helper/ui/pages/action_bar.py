"""The bar under the checklist: how far the case is, its note, and what to do with it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pos_helper.domain.cases import Case, CaseState, StepProgress, step_progress
from pos_helper.domain.filled_in import settled
from pos_helper.domain.labels import CASE_STATE, NOT_BEGUN
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.kept_typing import KeptTyping
from pos_helper.ui.widgets.note_edit import NoteEdit
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import TextLabel, in_short, named_button, plain_tip, word_width

_GAPS = 5
"""How many gaps of one ``SPACE`` are in the row, besides one for each button that may lose its word."""

_LONG = 24
"""A machine is named with so many characters of its name."""


class ActionBar(Retranslated, QWidget):
    """What can be done with the case on screen. It only asks; ``show_case`` shows what came of it."""

    undo_requested = Signal()
    note_changed = Signal(object)
    """The note of the case (``str``) as it shall be kept: after a pause, or when the field is left."""
    copy_requested = Signal()
    print_requested = Signal()
    export_requested = Signal()
    state_requested = Signal(object)
    """The ``CaseState`` that the case shall have."""
    machine_requested = Signal(object)
    """The number of the machine, among those offered, on which it happened; ``None`` if not known."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actionBar")
        self._theme = theme
        self._language = language
        self._entry_id: str | None = None
        self._state: CaseState | None = None
        self._progress = StepProgress(0, 0)
        self._how_far = self._where = ""

        self.note = NoteEdit(theme, language, self)
        self.note.hide()
        self._typing = KeptTyping(self._note_as_typed, self.note.set_note, "", self, settled)
        self._typing.changed.connect(self.note_changed)
        self.note.changed.connect(self._typing.go_on)
        self.note.left.connect(self._typing.hand_over)

        self._count = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._least = 0
        self._bar = QProgressBar(self)
        self._bar.setObjectName("caseProgress")
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(SPACE)
        self._bar.setMinimumWidth(SPACE)  # it gives its room to words

        self._machine = named_button("machineChoice", self)
        self._machine_menu = QMenu(self)
        self._machine_menu.triggered.connect(self._choose_machine)
        self._machine.setMenu(self._machine_menu)
        self._machine.hide()
        self._names: tuple[Text, ...] = ()
        self._chosen_machine: int | None = None
        self._undo = QToolButton(self)
        self._undo.setObjectName("undoButton")
        self._undo.clicked.connect(self.undo_requested)
        self._note_button = named_button("noteButton", self)
        self._note_button.setCheckable(True)
        self._note_button.toggled.connect(self._show_note)
        self._copy = named_button("copyButton", self)
        self._copy.clicked.connect(self.copy_requested)
        self._print = QToolButton(self)
        self._print.setObjectName("printButton")
        self._print.clicked.connect(self.print_requested)
        self._export = named_button("exportButton", self)
        self._export.setProperty("kind", "primary")
        self._export.clicked.connect(self.export_requested)
        self._resolved = named_button("resolvedButton", self)
        self._resolved.setCheckable(True)
        self._resolved.setProperty("joined", "left")
        self._resolved.clicked.connect(self._toggle_solved)
        self._states = QToolButton(self)
        self._states.setObjectName("stateButton")
        self._states.setProperty("joined", "right")
        self._states.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._state_actions = self._state_menu()
        self._lay_out()
        theme.changed.connect(self._follow_theme)
        self.retranslate()
        self._follow_theme()
        self.show_case(None, None)

    def _state_menu(self) -> dict[QAction, CaseState]:
        menu = QMenu(self)
        actions = {}
        for state in CaseState:
            action = menu.addAction("")
            action.setCheckable(True)
            actions[action] = state
        menu.triggered.connect(self._choose_state)
        self._states.setMenu(menu)
        return actions

    def _lay_out(self) -> None:
        how_far = QVBoxLayout()
        how_far.setSpacing(SPACE // 2)
        how_far.addStretch()
        how_far.addWidget(self._count)
        how_far.addWidget(self._bar)
        how_far.addStretch()
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(how_far, 1)
        row.addSpacing(SPACE)
        for button in (
            self._machine,
            self._undo,
            self._note_button,
            self._copy,
            self._print,
            self._export,
        ):
            row.addWidget(button)
        ends = QHBoxLayout()
        ends.setSpacing(0)
        ends.addWidget(self._resolved)
        ends.addWidget(self._states)
        row.addLayout(ends)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._column.addWidget(self.note)
        self._column.addLayout(row)

    # --- what is shown ------------------------------------------------------------------------

    def show_case(self, case: Case | None, resolved: ResolvedEntry | None, *, can_undo: bool = False) -> None:
        """Show how far a case is. Without a case the steps of the entry are all untried."""
        self._typing.show_kept(resolved, case, case.note if case else None)
        self._entry_id = resolved.entry.id if resolved else None
        self._draw_note_icon()
        self._state = case.state if case else None
        self._progress = (
            step_progress(resolved, case.marks if case else {}) if resolved else StepProgress(0, 0)
        )
        self._undo.setEnabled(can_undo)
        parts = (self._note_button, self._copy, self._print, self._export, self._resolved, self._states)
        for part in (*parts, self.note):
            part.setEnabled(resolved is not None)
        self._show_state()

    def show_machines(self, names: Sequence[Text], chosen: int | None) -> None:
        """Offer the machines on which it may have happened; there is no choice among fewer than two."""
        if (tuple(names), chosen) != (self._names, self._chosen_machine):
            self._names, self._chosen_machine = tuple(names), chosen
            self._machine.setVisible(len(names) > 1)
            self._say_machines()
            self._show_state()

    def _say_machines(self) -> None:
        lang = self._language.current
        self._machine_menu.clear()
        unknown = self.tr("Which machine?")
        chosen = self._chosen_machine
        offers: list[tuple[int | None, str]] = [
            (number, name.of(lang)) for number, name in enumerate(self._names)
        ]
        for number, word in (*offers, (None, self.tr("Not known"))):
            action = self._machine_menu.addAction(word)
            action.setData(number)
            action.setCheckable(True)
            action.setChecked(number == chosen)
        # Once it is known, and if there is room, it stands beside how far the case is.
        self._words[self._machine] = unknown if chosen is None else ""
        self._machine.setAccessibleName(unknown)
        self._machine.setToolTip(plain_tip(unknown if chosen is None else self._names[chosen].of(lang)))

    def _show_state(self) -> None:
        lang = self._language.current
        self._resolved.setChecked(self._state is CaseState.SOLVED)
        for action, state in self._state_actions.items():
            action.setChecked(state is self._state)
            action.setText(CASE_STATE[state].of(lang))
        count = self.tr("{0} of {1} steps").format(self._progress.done, self._progress.total)
        there = self._entry_id is not None and self.isEnabled()
        stands = CASE_STATE[self._state] if self._state else NOT_BEGUN
        self._how_far = f"{count} · {stands.of(lang)}" if there else ""
        self._where = ""
        if there and self._chosen_machine is not None:
            self._where = f" · {in_short(self._names[self._chosen_machine].of(lang), _LONG)}"
        self._bar.setMaximum(max(self._progress.total, 1))
        self._bar.setValue(self._progress.done if there else 0)
        self._bar.setAccessibleDescription(self._how_far + self._where)
        self._fit()

    # --- requests -----------------------------------------------------------------------------

    def take_note(self) -> str | None:
        """The note as it stands if it differs from the one that is kept, else ``None``.

        To be called before another entry comes on screen: there is no pause to wait for any more.
        """
        return self._typing.take()

    def _note_as_typed(self) -> str:
        return self.note.note

    def _show_note(self, shown: bool) -> None:
        self.note.setVisible(shown)
        if shown:
            self.note.setFocus()

    def _toggle_solved(self, solved: bool) -> None:
        # The button shows what is kept, not what is wished.
        self._show_state()
        self.state_requested.emit(CaseState.SOLVED if solved else CaseState.OPEN)

    def _choose_state(self, action: QAction) -> None:
        self._show_state()
        self.state_requested.emit(self._state_actions[action])

    def _choose_machine(self, action: QAction) -> None:
        self.machine_requested.emit(action.data())

    # --- looks --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The words that are left out come back where there is room: they must not keep the window wide.
        return QSize(self._least, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Where there is little room, leave words out that an icon explains; where there is less, wrap.

        The widths are summed up here because a layout inside another learns of a change too late.
        """
        lesser = [self._note_button, self._copy]
        if not self._machine.isHidden():
            lesser.append(self._machine)
        icons = sum(word_width(button, "") for button in lesser)
        words = sum(word_width(button, self._words[button]) for button in lesser)
        others = sum(word_width(button, self._words[button]) for button in (self._export, self._resolved))
        others += sum(button.sizeHint().width() for button in (self._undo, self._print, self._states))
        others += (_GAPS + len(lesser)) * SPACE
        count = self._count.fontMetrics()
        line, longer = (
            max(count.horizontalAdvance(text), SPACE * 12) + SPACE
            for text in (self._how_far, self._how_far + self._where)
        )
        has_room = self.width() >= longer + words + others
        self._count.setText(self._how_far + (self._where if self.width() >= longer + icons + others else ""))
        for button, word in self._words.items():
            may_lose_it = button not in (self._export, self._resolved)
            button.setText("" if may_lose_it and not has_room else word)
        self._count.setWordWrap(self.width() < line + icons + others)
        longest = max(map(count.horizontalAdvance, self._how_far.split()), default=0)
        self._least = longest + SPACE + icons + others
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            # What was found instead of an answer needs the room.
            self.note.setVisible(self.isEnabled() and self._note_button.isChecked())
            self._show_state()

    def retranslate(self) -> None:
        self._words = {
            self._note_button: self.tr("Note"),
            self._copy: self.tr("Copy for chat"),
            self._export: self.tr("Export..."),
            self._resolved: self.tr("Solved"),
        }
        for button, word in self._words.items():
            button.setAccessibleName(word)
            button.setToolTip(plain_tip(word))
        self._say_machines()
        self._undo.setAccessibleName(self.tr("Undo the last tick"))
        self._undo.setToolTip(self.tr("Undo the last tick"))
        self._print.setAccessibleName(self.tr("Print..."))
        self._print.setToolTip(self.tr("Print..."))
        self._states.setAccessibleName(self.tr("Other outcomes"))
        self._states.setToolTip(self.tr("Other outcomes"))
        self._bar.setAccessibleName(self.tr("Steps tried"))
        self._show_state()

    def _follow_theme(self) -> None:
        self._draw_icons()
        self._fit()

    def _draw_icons(self) -> None:
        colours = self._theme.colours
        for button, icon, colour in (
            (self._machine, "hardware", colours.text),
            (self._undo, "undo", colours.text),
            (self._copy, "copy", colours.text),
            (self._print, "printer", colours.text),
            (self._export, "export", colours.on_accent),
            (self._resolved, "resolved", self._theme.tint(Tone.GOOD).edge),
            (self._states, "chevron-up", colours.text),
        ):
            button.setIcon(self._theme.icon(icon, colour))
        self._draw_note_icon()

    def _draw_note_icon(self) -> None:
        """A note that is there shows on its button even while it is folded away."""
        colours = self._theme.colours
        self._note_button.setIcon(
            self._theme.icon("note", colours.accent if self._typing.kept else colours.text)
        )
