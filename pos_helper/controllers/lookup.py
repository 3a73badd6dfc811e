"""The entry on screen and its case: searching, choosing, ticks, notes and outcomes.

A query takes one path: the search box emits it, ``CaseSession.search`` finds the answer, the window shows it.
A change is written to the store through the session first; then the window shows the stored state.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import astuple, replace
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from pos_helper.cases.opening import OpenedStore
from pos_helper.controllers.preferences import PreferencesController
from pos_helper.controllers.view import View
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.case_session import CaseSession
from pos_helper.domain.cases import FOR_HOTLINE, HANDOVER, Case, CaseDetails, CaseState, Met, StepResult
from pos_helper.domain.entries import GENERAL_CHECKS, MachineKind, Money, Step, Tile
from pos_helper.domain.errors import CaseNotFound, StoreHeld
from pos_helper.domain.filled_in import clean
from pos_helper.domain.labels import unknown_code
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.machines import machine_name, shop_at
from pos_helper.domain.ports import Catalog
from pos_helper.domain.text import Text
from pos_helper.ui.theme import Tone

_COPIED = Text(
    "刚才输入的没有存上，已复制到剪贴板，可以粘贴到别处。",
    "What you typed was not kept; it was copied, so that you can paste it.",
)
_NOT_YET = Text(
    "还没有存上：另一个程序占用着记录文件，正在重试；存上以后勾才会显示。",
    "Not saved yet: another program is holding the case file. Trying again; a tick shows once it is saved.",
)
_SAVED_NOW = Text("现在存上了。", "It is saved now.")
_GIVEN_UP = Text(
    "没有存上：另一个程序一直占用着记录文件。", "Not saved: another program went on holding the case file."
)

RETRY_MS = 500
"""So long after an attempt to save it is tried again, while another program holds the case file."""

_LAST_TRIES = 20
"""So often is it tried before the window closes: nobody sees it stand still then."""

SAFE_ANSWER_PAUSE = 250
"""After so many milliseconds without a key the general checks stand beside what was not found.

Shown at each key, they would be laid out and painted for every half-typed word.
"""


class LookupController(QObject):
    """Handles the signals of the search box, the results, the answer and its checklists."""

    start_shown = Signal()
    """The start page is on screen now."""

    def __init__(
        self,
        view: View,
        session: CaseSession,
        opened: OpenedStore,
        preferences: PreferencesController,
        parent: QObject,
    ) -> None:
        """``preferences`` has the machines and choices of the shop."""
        super().__init__(parent)
        self._view = view
        self._window = view.window
        self._session = session
        self._opened = opened
        self._preferences = preferences
        self._kinds: Sequence[MachineKind] = ()
        self._waiting: list[Callable[[], object]] | None = None
        """Changes held back while the user decides about a deleted case; ``None`` if no question is open."""
        self._held: list[tuple[Callable[..., object], tuple[object, ...]]] = []
        """Changes that wait until another program lets go of the case file; none is shown as saved."""
        self._is_finished = False
        self._retry = QTimer(self, singleShot=True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._save_held)
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(SAFE_ANSWER_PAUSE)
        self._pause.timeout.connect(self._show_entry)
        self._begun = QTimer(self, singleShot=True)
        """The first answer does not wait for the list of the open cases."""
        self._begun.timeout.connect(self.show_open_cases)
        self._next: Callable[[], object] | None = None
        """What comes on screen after that decision."""
        self._tile: Tile | None = None
        """The tile whose list is on screen, or was before the entry that is."""

    @property
    def kinds(self) -> Sequence[MachineKind]:
        """The kinds of machines that a shop can have."""
        return self._kinds

    def begin(self) -> None:
        """Search for what was typed during the start, else resume the open case that was changed last."""
        self._read_for_shop()
        self._session.put_helped_first(self._preferences.puts_helped_first)
        if query := self._window.search_bar.query:
            self.search(query)
        elif self._view.attempt(self._session.resume_latest) and self._session.resolved:
            self._show_entry()
        else:
            self._show_start()
        self._begun.start()

    # --- looking up ---------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Search and show the result; for a blank text, show the start page."""
        self._leave(partial(self._search, text) if text.strip() else self._clear)

    def _search(self, text: str) -> None:
        self._tile = None
        found = self._session.search(text)
        if found.lookup.outcome is Outcome.CARD_DATA:
            self._window.search_bar.replace_text(found.lookup.query)
        self._window.show_lookup(found.lookup)
        self._view.notify(found.notice, Tone.BAD)
        is_unknown = unknown_code(found.lookup) is not None
        if found.lookup.answer is not None or self._session.is_asking or is_unknown:
            self._show_entry()
            return
        self._window.work.show_case(None, None)
        self._show_machine()
        if found.entry is not None:
            self._pause.start()

    def clear(self) -> None:
        """Show the start page."""
        self._leave(self._clear)

    def choose(self, entry_id: str) -> None:
        """Show the entry that the user chose."""
        self._leave(partial(self._choose, entry_id))

    def _choose(self, entry_id: str) -> None:
        self._view.attempt(self._session.choose, entry_id)
        self._show_entry()

    def browse(self, tile_id: str) -> None:
        """Show the entries of a tile of the start page, or the only one at once."""
        self._leave(partial(self._browse, tile_id))

    def _browse(self, tile_id: str) -> None:
        tile = next((tile for tile in self._session.catalog.tiles() if tile.id == tile_id), None)
        if tile is None:
            return
        hits = self._session.catalog.browse(tile)
        self._clear_work()
        if len(hits) == 1:
            self.choose_browsed(hits[0].id)
        else:
            self._tile = tile
            self._window.show_tile(tile, hits)

    def choose_browsed(self, entry_id: str) -> None:
        """Show an entry that was chosen without typing, ready to be worked with."""
        self.choose(entry_id)
        self._window.work.go_to_answer()

    def back(self) -> None:
        """Go back to the list of a tile from one of its entries, else to the start."""
        if self._tile is not None and self._session.resolved is not None:
            self.browse(self._tile.id)
        else:
            self._window.search_bar.clear()

    def show_met(self, met: Met) -> None:
        """Show once more what was met before. A code that nothing explained is searched for again."""
        if met.entry == GENERAL_CHECKS and met.code:
            self._window.search_bar.set_query(met.code)
        else:
            self.choose_browsed(met.entry)

    def choose_general_checks(self) -> None:
        """Show the entry with the general checks."""
        self.choose(GENERAL_CHECKS)

    def ask_again(self) -> None:
        """Ask once more which screen showed the code that was typed."""
        self._leave(self._ask_again)

    def _ask_again(self) -> None:
        self._view.attempt(self._session.ask_again)
        self._show_entry()

    def keep_choice(self, kept: bool) -> None:
        """Take the entry on screen as the answer to its code from now on, or ask again next time."""
        session = self._session
        if session.choice is not None and session.resolved is not None:
            self._preferences.keep_choice(session.choice, session.resolved.entry.id if kept else None)
            self._read_for_shop()
            self._refresh()

    def use_catalog(self, catalog: Catalog) -> None:
        """Search another catalog from now on."""
        self._session.use(catalog)
        self._read_for_shop()

    def use_shop(self) -> None:
        """Read codes for the machines and choices of the shop as they are now, also what was typed."""
        self._read_for_shop()
        if self._window.search_bar.query:
            self.search(self._window.search_bar.query)
        else:
            self._refresh()

    def use_order(self) -> None:
        """Put first what helped here, or keep the catalog's order, as the person prefers now."""
        self._session.put_helped_first(self._preferences.puts_helped_first)
        self._show_entry()

    def show_recorded(self, code: str) -> None:
        """Show a code that was just recorded, unless the user has typed another query since."""
        if self._window.search_bar.query == code:
            self.search(code)

    # --- the case -----------------------------------------------------------------------------

    def draft(self) -> Case | None:
        """The case on screen, with what is typed and not saved, for a report; ``None`` without an entry."""
        if self._session.resolved is None:
            return None
        self.keep_typed()
        draft = self._session.draft()
        note, details = self._window.action_bar.take_note(), self._window.answer_card.details.take()
        if note is not None:
            draft = replace(draft, note=mask_card_data(note))
        return draft if details is None else replace(draft, details=clean(details))

    def open_case(self, case_id: int) -> None:
        """Show a case from the history."""
        self._leave(partial(self._open_case, case_id))

    def _open_case(self, case_id: int) -> None:
        self._tile = None
        if self._view.attempt(self._session.open, case_id):
            self._show_entry()

    def look_again(self) -> None:
        """Say if the case on screen was deleted elsewhere while nobody worked here."""
        is_free = self._waiting is None and QGuiApplication.modalWindow() is None
        if is_free and not self._is_finished:
            self._or_ask(self._session.look_again)

    def delete_case(self, case_id: int) -> bool:
        """Delete a case permanently, and return whether that succeeded."""
        self._give_up_held()
        deleted = self._view.attempt(self._session.delete, case_id)
        self._refresh()
        self.show_open_cases()
        return deleted

    def delete_all_cases(self) -> None:
        """Delete all cases permanently."""
        self._give_up_held()
        self._view.attempt(self._session.delete_all)
        self._refresh()
        self.show_open_cases()

    def delete_ended_before(self, at: datetime) -> int:
        """Delete the cases that were closed before a time, and return how many. Raises ``UserError``."""
        deleted = self._session.delete_ended_before(at)
        if deleted:
            self._refresh()
            self.show_open_cases()
        return deleted

    def show_open_cases(self) -> None:
        """Show which cases are open now."""
        self._view.attempt(self._show_open_cases)

    def _show_open_cases(self) -> None:
        case = self._session.case
        cases = self._session.open_cases()
        self._window.search_bar.show_open_cases(cases, self._kinds, case.id if case else None)

    def tick(self, step_id: str, ticked: bool) -> None:
        """Save that a step was ticked or unticked."""
        self._keep(self._session.tick, step_id, ticked)

    def set_result(self, step_id: str, result: StepResult) -> None:
        """Save the result of a step."""
        self._keep(self._session.set_result, step_id, result)

    def ask_step_note(self, step_id: str) -> None:
        """Ask for the note of a step and save it."""
        from pos_helper.ui.dialogs.note_dialog import NoteDialog

        session, view = self._session, self._view
        if session.resolved is None:
            return
        mark = session.marks.get(step_id)
        step = session.resolved.steps[step_id]
        note = NoteDialog.ask(view.theme, view.language, step, mark.note if mark else "", view.window)
        if note is not None:
            self._keep(session.set_step_note, step_id, note)

    def set_note(self, note: str) -> None:
        """Save the note of the case."""
        self._keep_typed(self._session.set_note, note)

    def set_details(self, details: CaseDetails) -> None:
        """Save what the hotline asks about the case."""
        self._keep_typed(self._session.set_details, details)

    def keep_typed(self) -> None:
        """Save what is being typed about the case, before another entry is shown."""
        if not self._window.has_work:
            return
        if (note := self._window.action_bar.take_note()) is not None:
            self.set_note(note)
        if (details := self._window.answer_card.details.take()) is not None:
            self.set_details(details)

    def ask_details(self, details: CaseDetails) -> None:
        """Ask for all that the hotline may ask about the case, beginning with what has been typed."""
        from pos_helper.ui.dialogs.details_dialog import DetailsDialog

        view = self._view
        filled_in = DetailsDialog.ask(view.theme, view.language, details, FOR_HOTLINE, view.window)
        if filled_in is not None:
            self._window.answer_card.details.show_details(filled_in)
            self.set_details(filled_in)

    def set_state(self, state: CaseState) -> None:
        """Save how the case stands. Which step solved it or who took it over is asked if it is not known."""
        self.keep_typed()
        case, is_handover = self._session.case, state is CaseState.HANDED_OVER
        if self._waiting is not None or (case is not None and case.state is state and not is_handover):
            return
        match state:
            case CaseState.SOLVED:
                self._solve(self._session.may_have_helped)
            case CaseState.HANDED_OVER:
                self._hand_over()
            case _:
                self._keep(self._session.set_state, state)

    def reopen(self) -> None:
        """Go on with a case that was closed."""
        self.set_state(CaseState.OPEN)

    def change_handover(self) -> None:
        """Ask once more to whom the case was handed over."""
        self.set_state(CaseState.HANDED_OVER)

    def _solve(self, steps: Sequence[Step]) -> None:
        helped = steps[0].id if steps else None
        if len(steps) > 1:
            from pos_helper.ui.dialogs.solved_dialog import SolvedDialog

            view = self._view
            dialog = SolvedDialog(view.theme, view.language, steps, self._session.marks, view.window)
            if not dialog.run():
                return
            helped = dialog.helped
        self._keep(self._session.set_state, CaseState.SOLVED, helped)

    def _hand_over(self) -> None:
        from pos_helper.ui.dialogs.details_dialog import DetailsDialog

        view, session = self._view, self._session
        details = session.draft().details
        is_anew = session.case is None or session.case.state is not CaseState.HANDED_OVER
        if is_anew and not details.handed_to:
            acquirer = shop_at(self._preferences.shop, session.machine).acquirer
            details = replace(details, handed_to=acquirer)
        filled_in = DetailsDialog.ask(view.theme, view.language, details, HANDOVER, view.window)
        if filled_in is None:
            return
        if is_anew:
            self._keep(session.set_state, CaseState.HANDED_OVER, None, filled_in)
        else:
            self._keep(session.set_details, filled_in)

    def set_money_found(self, money: Money | None) -> None:
        """Save what the last-sale check showed."""
        self._keep(self._session.set_money_found, money)

    def set_meaning(self, meaning: int | None) -> None:
        """Save the index of the meaning that applies; ``None`` if undecided."""
        self._keep(self._session.set_meaning, meaning)

    def set_machine(self, number: int | None) -> None:
        """Save on which of the machines that were offered it happened; ``None`` if that is not known."""
        self._keep(self._session.set_machine, None if number is None else self._session.machines[number])

    def undo(self) -> None:
        """Undo the last change of a step."""
        self._keep(self._session.undo)

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._keep(self._session.redo)

    def finish(self) -> None:
        """Save what is not saved yet, before the window closes: what is typed, a case deleted elsewhere."""
        self._begun.stop()
        self.keep_typed()
        if self._waiting is not None:
            self._keep_as_new_case()
        for _ in range(_LAST_TRIES):
            self._save_held()
        self._give_up_held()
        self._is_finished = True

    # --- inner --------------------------------------------------------------------------------

    def _read_for_shop(self) -> None:
        preferences, self._kinds = self._preferences, self._session.catalog.machine_kinds()
        self._session.use_shop(preferences.machines, self._kinds, preferences.choices)
        names = [machine_name(machine, self._kinds) for machine in preferences.machines]
        self._window.start_page.show_machines(names)

    def _leave(self, show: Callable[[], object]) -> None:
        """Save what is typed, then show something else; but first an open question is answered."""
        self.keep_typed()
        self._give_up_held()
        self._tell_wrong()
        if self._waiting is None:
            show()
        else:
            self._next = show

    def _tell_wrong(self) -> None:
        """Say what was typed and is not kept because it is wrong, before it leaves the screen."""
        wrong = self._window.answer_card.details.wrong if self._window.has_work else None
        if wrong is not None:
            value, why = mask_card_data(wrong[0]), wrong[1]
            self._view.notify(Text(f"“{value}”没有存上：{why.zh}", f"“{value}” was not kept. {why.en}"))

    def _go_on(self) -> None:
        """Show what was asked for while the question was open."""
        show, self._next = self._next, None
        self._refresh()
        if show is not None:
            self._give_up_held()
            show()

    def _keep(self, change: Callable[..., object], *values: object) -> bool:
        """Make a change and show the stored state. Returns whether the change was saved."""
        if self._waiting is not None:
            self._waiting.append(partial(self._keep, change, *values))
            return False
        if self._held:  # one after the other, and none of them waits anew
            self._hold(change, values)
            return False
        listed = self._listed
        try:
            kept = self._view.attempt(partial(self._or_ask, change, *values))
        finally:
            self._refresh()
            if self._listed != listed:
                self.show_open_cases()
        if not self._opened.durable:
            # Show the notice again even if it was dismissed: the user must know that nothing is saved.
            self._view.notify(self._opened.notice)
        return kept and self._waiting is None and not self._held

    @property
    def _listed(self) -> object:
        """What the list of the open cases says of the one on screen."""
        case = self._session.case
        return case and (case.id, case.state, case.machine)

    def _keep_typed(self, change: Callable[..., object], value: str | CaseDetails) -> None:
        """Save what was typed. If that fails, copy it to the clipboard, masked for card data."""
        if not self._keep(change, value) and self._waiting is None and not self._held:
            self._copy_typed(value)

    def _copy_typed(self, value: object) -> None:
        typed = "\n".join(filter(None, astuple(value))) if isinstance(value, CaseDetails) else f"{value}"
        # The fields may show another case soon; what was typed must not be lost then.
        QGuiApplication.clipboard().setText(mask_card_data(typed))
        self._view.notify(_COPIED)

    def _or_ask(self, change: Callable[..., object], *values: object) -> None:
        """Make a change; if the case was deleted elsewhere, ask whether to save it as a new one."""
        try:
            change(*values)
        except StoreHeld:
            self._hold(change, values)
        except CaseNotFound:
            from pos_helper.ui.dialogs.deleted_case_dialog import DeletedCaseDialog

            self._waiting = [partial(self._keep, change, *values)]
            self.keep_typed()  # it waits as well: a new case brings its own note to the field
            dialog = DeletedCaseDialog(self._view.theme, self._view.language, self._window)
            dialog.keep_requested.connect(self._keep_as_new_case)
            dialog.discard_requested.connect(self._drop_case)
            dialog.present()

    def _hold(self, change: Callable[..., object], values: tuple[object, ...]) -> None:
        """Keep a change for later. What was typed anew takes the place of what was typed before."""
        is_typed = change in self._typed
        others = (held for held in self._held if held != (change, values))
        self._held = [held for held in others if not (is_typed and held[0] == change)]
        self._held.append((change, values))
        self._view.notify(_NOT_YET)
        self._retry.start()

    @property
    def _typed(self) -> tuple[Callable[..., object], ...]:
        """The changes that are what a person has typed."""
        return self._session.set_note, self._session.set_details

    def _save_held(self) -> None:
        """Try once more to save what waits for another program."""
        held, self._held = self._held, []
        for change, values in held:
            self._keep(change, *values)
        if held and not self._held:
            self._view.withdraw(_NOT_YET)
            self._view.notify(_SAVED_NOW, Tone.GOOD)

    def _give_up_held(self) -> None:
        """What waits is about the case on screen: before another comes, save it or say that it is not."""
        if self._held:
            self._save_held()
        if self._held:
            self._retry.stop()
            self._view.withdraw(_NOT_YET)
            self._view.notify(_GIVEN_UP, Tone.BAD)
            for change, values in self._held:
                if change in self._typed:
                    self._copy_typed(*values)
            self._held = []

    def _keep_as_new_case(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        if self._keep(self._session.keep_as_new_case) or self._held:
            for change in waiting:
                change()
        self._go_on()
        self.show_open_cases()

    def _drop_case(self) -> None:
        self._waiting = None
        self._session.drop_case()
        self._go_on()
        self.show_open_cases()

    def _clear(self) -> None:
        self._clear_work()
        self._show_start()

    def _clear_work(self) -> None:
        self._pause.stop()
        self._tile = None
        self._session.clear()
        if self._window.has_work:
            # Drop what was typed and could not be saved: its case is no longer on screen.
            self._window.work.show_case(None, None)

    def _show_start(self) -> None:
        self._window.show_start()
        self._window.start_page.show_tiles(self._session.catalog.tiles())
        self._view.attempt(self._show_recent)
        self.start_shown.emit()

    def _show_recent(self) -> None:
        self._window.start_page.show_recent(self._session.recent(), self._kinds)

    def _show_entry(self) -> None:
        """Show the session's entry, if there is one, with its case."""
        self._pause.stop()
        session = self._session
        if session.in_order is not None:
            self._window.answer_card.quick_steps.set_histories(session.histories)
            self._window.tabs.set_histories(session.histories)
            code = session.lookup if session.in_order.entry.id == GENERAL_CHECKS else None
            self._window.show_entry(session.in_order, code, session.is_asking)
            self._refresh()

    def _refresh(self) -> None:
        """Show the stored state of the case."""
        session = self._session
        if session.resolved is None:
            return
        window, case, marks = self._window, session.case, session.marks
        window.answer_card.show_answers(*session.answers(), case.money_found if case else None)
        window.answer_card.show_reason(
            session.because, session.choice is not None, session.is_choice_kept, session.can_ask_again
        )
        window.answer_card.show_chosen_meaning(case.meaning if case else None)
        window.answer_card.set_marks(marks)
        window.tabs.set_marks(marks)
        window.work.show_case(case, session.resolved, session.earlier_today(), can_undo=session.can_undo)
        self._show_machine()

    def _show_machine(self) -> None:
        """Show on which machine it happened, and offer those on which it may have."""
        machines, chosen = self._session.machines, self._session.machine
        number = None if chosen is None else machines.index(chosen)
        names = [machine_name(machine, self._kinds) for machine in machines]
        self._window.action_bar.show_machines(names, number)
        self._window.work.show_machine(chosen)
