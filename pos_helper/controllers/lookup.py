"""The answer on screen and its case: searching, choosing, ticks, notes and outcomes.

A query runs one way: the search box asks, ``CaseSession.search`` finds and chooses, the window shows. What is
ticked goes through the session to the store first; the window shows what the store has acknowledged.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos_helper.cases.opening import OpenedStore
from pos_helper.controllers.view import View
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.case_session import CaseSession
from pos_helper.domain.cases import Case, CaseState, StepResult
from pos_helper.domain.entries import GENERAL_CHECKS, Money
from pos_helper.domain.errors import CaseNotFound
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.ports import Catalog
from pos_helper.domain.text import Text
from pos_helper.ui.dialogs.deleted_case_dialog import DeletedCaseDialog
from pos_helper.ui.dialogs.note_dialog import NoteDialog
from pos_helper.ui.theme import Tone

_NOTE_COPIED = Text(
    "备注没有存上，已复制到剪贴板，可以粘贴到别处。",
    "The note was not kept; it was copied, so that you can paste it.",
)


class LookupController(QObject):
    """Answers what the search box, the results, the answer and its checklists ask for."""

    def __init__(self, view: View, session: CaseSession, opened: OpenedStore, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._window = view.window
        self._session = session
        self._opened = opened
        self._waiting: list[Callable[[], object]] | None = None
        """Changes that wait for the answer to what becomes of a deleted case; ``None`` if none was asked."""

    def begin(self) -> None:
        """Search for what was typed meanwhile, or bring back the case that was open at the last end."""
        if query := self._window.search_bar.query:
            self.search(query)
        elif self._view.attempt(self._session.resume_latest) and self._session.resolved:
            self._show_entry()
        else:
            self._show_start()

    # --- looking up ---------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Show what answers the text; without a text, the start page."""
        self.keep_note()
        if not text.strip():
            self._clear()
            return
        found = self._session.search(text)
        if found.lookup.outcome is Outcome.CARD_DATA:
            self._window.search_bar.replace_text(found.lookup.query)
        self._window.show_lookup(found.lookup)
        self._view.notify(found.notice, Tone.BAD)
        self._show_entry()

    def clear(self) -> None:
        """Show the start page."""
        self.keep_note()
        self._clear()

    def choose(self, entry_id: str) -> None:
        """Show an entry that a person has chosen."""
        self.keep_note()
        self._view.attempt(self._session.choose, entry_id)
        self._show_entry()

    def choose_general_checks(self) -> None:
        """Show the checks that help with any fault."""
        self.choose(GENERAL_CHECKS)

    def use_catalog(self, catalog: Catalog) -> None:
        """Look things up in another catalog from now on."""
        self._session.use(catalog)

    def show_recorded(self, code: str) -> None:
        """Show a code that has just been recorded, unless the person is elsewhere by now."""
        if self._window.search_bar.query == code:
            self.search(code)

    # --- the case -----------------------------------------------------------------------------

    def draft(self) -> Case | None:
        """The case on screen with the note as it stands, for a report; ``None`` if there is no entry."""
        if self._session.resolved is None:
            return None
        self.keep_note()
        return self._session.draft()

    def open_case(self, case_id: int) -> None:
        """Show a case of the history."""
        self.keep_note()
        if self._view.attempt(self._session.open, case_id):
            self._show_entry()

    def delete_case(self, case_id: int) -> None:
        """Delete a case for good."""
        self._view.attempt(self._session.delete, case_id)
        self._refresh()

    def tick(self, step_id: str, ticked: bool) -> None:
        """Keep a tick, or that it was taken back."""
        self._keep(self._session.tick, step_id, ticked)

    def set_result(self, step_id: str, result: StepResult) -> None:
        """Keep what a step came to."""
        self._keep(self._session.set_result, step_id, result)

    def ask_step_note(self, step_id: str) -> None:
        """Ask for the note beside a step and keep it."""
        session, view = self._session, self._view
        if session.resolved is None:
            return
        mark = session.marks.get(step_id)
        step = session.resolved.steps[step_id]
        note = NoteDialog.ask(view.theme, view.language, step, mark.note if mark else "", view.window)
        if note is not None:
            self._keep(session.set_step_note, step_id, note)

    def set_note(self, note: str) -> None:
        """Keep the note of the case. One that cannot be kept goes to the clipboard, masked."""
        if not self._keep(self._session.set_note, note) and self._waiting is None:
            # The field may show another case soon, and the words must not be lost with it.
            QGuiApplication.clipboard().setText(mask_card_data(note))
            self._view.notify(_NOTE_COPIED)

    def keep_note(self) -> None:
        """Keep the note as it stands in its field, before another entry comes on screen."""
        note = self._window.action_bar.take_note() if self._window.has_work else None
        if note is not None:
            self.set_note(note)

    def set_state(self, state: CaseState) -> None:
        """Keep the outcome of the case."""
        self._keep(self._session.set_state, state)

    def set_money_found(self, money: Money | None) -> None:
        """Keep what the check of the last sale showed."""
        self._keep(self._session.set_money_found, money)

    def set_meaning(self, meaning: int | None) -> None:
        """Keep which meaning is the one at hand."""
        self._keep(self._session.set_meaning, meaning)

    def undo(self) -> None:
        """Take the last tick back."""
        self._keep(self._session.undo)

    def redo(self) -> None:
        """Do the tick that was taken back again."""
        self._keep(self._session.redo)

    # --- inner --------------------------------------------------------------------------------

    def _keep(self, change: Callable[..., object], *values: object) -> bool:
        """Make a change and show what the store has made of it. Returns whether it was kept."""
        if self._waiting is not None:
            self._waiting.append(partial(self._keep, change, *values))
            return False
        try:
            kept = self._view.attempt(partial(self._or_ask, change, *values))
        finally:
            self._refresh()
        if not self._opened.durable:
            # A dismissed notice comes back: nothing is unsaved in silence.
            self._view.notify(self._opened.notice)
        return kept and self._waiting is None

    def _or_ask(self, change: Callable[..., object], *values: object) -> None:
        """Make a change; if the case was deleted elsewhere, ask what becomes of what is on screen."""
        try:
            change(*values)
        except CaseNotFound:
            self._waiting = [partial(self._keep, change, *values)]
            dialog = DeletedCaseDialog(self._view.theme, self._view.language, self._window)
            dialog.keep_requested.connect(self._keep_as_new_case)
            dialog.discard_requested.connect(self._drop_case)
            dialog.present()

    def _keep_as_new_case(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        if self._view.attempt(self._session.keep_as_new_case):
            for change in waiting:
                change()
        self._refresh()

    def _drop_case(self) -> None:
        self._waiting = None
        self._session.drop_case()
        self._refresh()

    def _clear(self) -> None:
        self._session.clear()
        if self._window.has_work:
            # A note that could not be kept belongs to nothing now.
            self._window.action_bar.show_case(None, None)
        self._show_start()

    def _show_start(self) -> None:
        self._window.show_start()
        self._view.attempt(self._show_recent)

    def _show_recent(self) -> None:
        self._window.start_page.show_recent(self._opened.store.cases())

    def _show_entry(self) -> None:
        """Show the entry of the session, if there is one, with what is kept of it."""
        if self._session.resolved is not None:
            self._window.show_entry(self._session.resolved)
            self._refresh()

    def _refresh(self) -> None:
        """Show what the store has acknowledged, and nothing else."""
        session = self._session
        if session.resolved is None:
            return
        window, case, marks = self._window, session.case, session.marks
        window.answer_card.show_answers(*session.answers(), case.money_found if case else None)
        window.answer_card.show_chosen_meaning(case.meaning if case else None)
        window.answer_card.set_marks(marks)
        window.tabs.set_marks(marks)
        window.action_bar.show_case(case, session.resolved, can_undo=session.can_undo)
