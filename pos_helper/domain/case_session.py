"""The work at one counter: the entry on screen, its case, and what can be undone.

This is the whole user story without a window: search, choose, tick, note, finish. Every change goes to the
store first; what is on screen afterwards is what the store has acknowledged.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import Case, CaseState, Mark, StepResult, money_and_retry
from pos_helper.domain.entries import Entry, Money, Retry
from pos_helper.domain.errors import UserError
from pos_helper.domain.lookup import Lookup, Outcome
from pos_helper.domain.ports import CaseStore, Catalog
from pos_helper.domain.query import read_query
from pos_helper.domain.report import unsaved_case
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

RESUME_WITHIN = timedelta(hours=12)
"""An open case of the same entry is taken up again within a shift; later it is a new incident."""

MOST_HITS = 12
"""More results than anybody at a counter reads; each one costs time at every key press."""

_log = logging.getLogger(__name__)


class SearchResult(Struct, frozen=True):
    """What a search came to: the lookup, and the entry that is on screen because of it.

    ``entry`` is ``None`` if nothing answers the query. ``notice`` says why the kept case of the entry could
    not be read; the entry is answered without it.
    """

    lookup: Lookup
    entry: ResolvedEntry | None
    notice: Text | None = None


class _Change(Struct, frozen=True):
    """A change of one step's mark, so that it can be taken back."""

    step_id: str
    before: Mark | None
    after: Mark | None


class CaseSession:
    """What one window works on. Every method that keeps something may raise ``UserError``.

    Then nothing has changed, neither in the store nor in the session. After a ``CaseNotFound`` the case was
    deleted by another program: ``keep_as_new_case`` or ``drop_case`` says what becomes of its marks.
    """

    def __init__(self, catalog: Catalog, store: CaseStore, now: Callable[[], datetime]) -> None:
        """``now`` gives the time with its zone."""
        self.catalog = catalog
        self._store = store
        self._now = now
        self._shown_as = ""
        self._seen: frozenset[str] | None = None
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self.resolved: ResolvedEntry | None = None
        self.case: Case | None = None

    # --- looking up ---------------------------------------------------------------------------

    def use(self, catalog: Catalog) -> None:
        """Look things up in another catalog from now on. The entry on screen stays as it is."""
        self.catalog = catalog

    def search(self, query: str) -> SearchResult:
        """Find entries and choose the answer among them; a guess is never chosen.

        Of equal answers those come first that this shop has seen before. A code is remembered as it was
        typed, because a case keeps it letter by letter; so is a code that nobody knows, because the support
        desk wants it most. Words are not.
        """
        lookup = self.catalog.search(query, MOST_HITS, self._entries_seen())
        unknown = lookup.outcome in (Outcome.NEAR, Outcome.NONE) and read_query(lookup.query).candidates
        is_code = lookup.outcome is Outcome.EXACT or unknown
        self._shown_as = lookup.query.strip() if is_code else ""
        notice = None
        if lookup.answer is None:
            self.clear()
        else:
            try:
                self.choose(lookup.answer.id)
            except UserError as error:
                notice = error.text
        return SearchResult(lookup, self.resolved, notice)

    def choose(self, entry_id: str) -> bool:
        """Put an entry on screen, with its open case of this shift if there is one.

        Returns ``False``, and changes nothing, for an entry that does not exist. Raises ``UserError`` if the
        cases cannot be read; the entry is on screen all the same, without a case.
        """
        if self.resolved is not None and self.resolved.entry.id == entry_id:
            return True
        resolved = self.catalog.resolve(entry_id)
        if resolved is None:
            return False
        self._show(resolved, None)
        case = self._open_case_of_shift(resolved.entry)
        if case is not None:
            self._show(case.resolved, case)
        return True

    def _open_case_of_shift(self, entry: Entry) -> Case | None:
        """The open case of an entry, under whatever id it had when the case was opened."""
        for entry_id in (entry.id, *entry.formerly):
            case = self._store.latest_open(entry_id)
            if case is not None and self._now() - case.opened_at <= RESUME_WITHIN:
                return case
        return None

    def clear(self) -> None:
        """Take the entry off the screen. Its case stays in the store."""
        self._show(None, None)

    def _show(self, resolved: ResolvedEntry | None, case: Case | None) -> None:
        self.resolved, self.case = resolved, case
        self._done.clear()
        self._undone.clear()

    def _entries_seen(self) -> frozenset[str]:
        if self._seen is None:
            try:
                self._seen = self._store.seen()
            except UserError as error:
                # Search works without it; the error appears at the next write.
                _log.warning("The entries seen before cannot be read: %s", error)
                return frozenset()
        return self._seen

    # --- cases --------------------------------------------------------------------------------

    def resume_latest(self) -> bool:
        """Bring back the case that was open when the program ended, if there was one."""
        case = self._store.latest_open()
        if case is None:
            return False
        self._show(case.resolved, case)
        return True

    def open(self, case_id: int) -> None:
        """Put a case from the history on screen, with the words it was worked with."""
        case = self._store.case(case_id)
        self._show(case.resolved, case)

    def delete(self, case_id: int) -> None:
        """Delete a case for good; if it is on the desk, its entry stays without marks."""
        self._store.delete(case_id)
        self._seen = None
        if self.case is not None and self.case.id == case_id:
            self.drop_case()

    def drop_case(self) -> None:
        """Let go of a case that is not in the store any more; its entry stays on screen without marks."""
        if self.case is not None:
            # What was looked up since then is not what this entry's screen showed.
            self._shown_as = self.case.code_shown
            self._seen = None
            self._show(self.resolved, None)

    def keep_as_new_case(self) -> None:
        """Keep what is on screen of a case that was deleted elsewhere as a new case."""
        lost = self.case
        if lost is None:
            return
        with self._store.transaction():
            new = self._store.open_case(lost.resolved, lost.code_shown, lost.opened_at)
            for step_id, mark in lost.marks.items():
                self._store.save_mark(new.id, step_id, mark)
            self._store.save_note(new.id, lost.note)
            self._store.save_money_found(new.id, lost.money_found)
            self._store.save_meaning(new.id, lost.meaning)
            self._store.save_state(new.id, lost.state, lost.closed_at or self._now())
        self.case = replace(lost, id=new.id)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks of the case on screen; none if no case is open yet."""
        return self.case.marks if self.case else {}

    def draft(self) -> Case:
        """The case on screen, or what it would be if it were opened now: for a sheet without a tick."""
        resolved = self._current_entry()
        return self.case or replace(
            unsaved_case(resolved, self._now()), code_shown=self._code_shown(resolved)
        )

    def answers(self) -> tuple[Money, Retry]:
        """The first two answers for the entry on screen, after what the check has shown."""
        return money_and_retry(self._current_entry().entry, self.case.money_found if self.case else None)

    # --- what is kept -------------------------------------------------------------------------

    def tick(self, step_id: str, ticked: bool) -> None:
        """Tick a step or take the tick back. A tick says "no change" until it is told otherwise."""
        self.set_result(step_id, StepResult.NO_CHANGE if ticked else None)

    def set_result(self, step_id: str, result: StepResult | None) -> None:
        """Keep what a step came to; its note stays."""
        before = self.marks.get(step_id)
        note = before.note if before else ""
        self._mark(step_id, Mark(result, self._now(), note) if result or note else None)

    def set_step_note(self, step_id: str, note: str) -> None:
        """Keep a note beside a step, masked for card data; its result stays."""
        before = self.marks.get(step_id)
        result = before.result if before else None
        note = mask_card_data(note.strip())
        self._mark(step_id, Mark(result, self._now(), note) if result or note else None)

    def set_note(self, note: str) -> None:
        """Keep the note of the case, masked for card data."""
        note = mask_card_data(note.strip())
        if note != (self.case.note if self.case else ""):
            self._keep(lambda case_id: self._store.save_note(case_id, note), note=note)

    def set_state(self, state: CaseState) -> None:
        """Mark the case solved, handed over, or open again."""
        at = self._now()
        self._keep(
            lambda case_id: self._store.save_state(case_id, state, at),
            state=state,
            closed_at=None if state is CaseState.OPEN else at,
        )

    def set_money_found(self, money: Money | None) -> None:
        """Keep what the check of the last sale showed."""
        self._keep(lambda case_id: self._store.save_money_found(case_id, money), money_found=money)

    def set_meaning(self, meaning: int | None) -> None:
        """Keep which of the known meanings is the one at hand."""
        self._keep(lambda case_id: self._store.save_meaning(case_id, meaning), meaning=meaning)

    # --- undo ---------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of a mark to take back."""
        return bool(self._done)

    def undo(self) -> None:
        """Take back the last change of a mark, if there is one."""
        if self._done:
            change = self._done[-1]
            self._save_mark(change.step_id, change.before)
            self._undone.append(self._done.pop())

    def redo(self) -> None:
        """Do again the change that was taken back last, if there is one."""
        if self._undone:
            change = self._undone[-1]
            self._save_mark(change.step_id, change.after)
            self._done.append(self._undone.pop())

    # --- inner --------------------------------------------------------------------------------

    def _mark(self, step_id: str, after: Mark | None) -> None:
        if step_id not in self._current_entry().steps:
            raise KeyError(step_id)
        before = self.marks.get(step_id)
        self._save_mark(step_id, after)
        self._done.append(_Change(step_id, before, after))
        self._undone.clear()

    def _save_mark(self, step_id: str, mark: Mark | None) -> None:
        marks = {**self.marks}
        marks.pop(step_id, None)
        if mark is not None:
            marks[step_id] = mark
        self._keep(lambda case_id: self._store.save_mark(case_id, step_id, mark), marks=marks)

    def _keep(self, save: Callable[[int], None], **changed: object) -> None:
        """Save a change of the case on screen. The first change opens the case, both or neither kept."""
        case = self.case
        if case is not None:
            save(case.id)
        else:
            resolved = self._current_entry()
            with self._store.transaction():
                case = self._store.open_case(resolved, self._code_shown(resolved), self._now())
                save(case.id)
            self._seen = None
        self.case = replace(case, **changed)

    def _code_shown(self, resolved: ResolvedEntry) -> str:
        return self._shown_as or resolved.entry.code or ""

    def _current_entry(self) -> ResolvedEntry:
        if self.resolved is None:
            raise RuntimeError("there is no entry on screen")
        return self.resolved
