"""The work at one counter: the entry on screen, its case, and what can be undone.

This is the whole user story without a window: search, choose, tick, note, finish. Every change goes
to the store first; what is on screen afterwards is what the store has acknowledged.
"""

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

RESUME_WITHIN = timedelta(hours=12)
"""An open case of the same entry is taken up again within a shift; later it is a new incident."""


MOST_HITS = 12
"""More results than anybody at a counter reads; each one costs time at every key press."""


class _Change(Struct, frozen=True):
    """A change of one step's mark, so that it can be taken back."""

    step_id: str
    before: Mark | None
    after: Mark | None


class CaseSession:
    """What one window works on. Every method that keeps something may raise ``UserError``.

    When it does, nothing has changed: neither in the store nor on the desk.
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
        """Look things up in another catalog from now on. What is on the desk stays as it is."""
        self.catalog = catalog

    def search(self, query: str) -> Lookup:
        """Find entries, of equals first those that this shop has met before.

        A code is remembered as it was typed: a case keeps it letter by letter. A code that nobody knows is
        kept as well, for it is what the support desk wants most; words are not.
        """
        lookup = self.catalog.search(query, MOST_HITS, self._entries_seen())
        unknown = lookup.outcome in (Outcome.NEAR, Outcome.NONE) and read_query(lookup.query).candidates
        is_code = lookup.outcome is Outcome.EXACT or unknown
        self._shown_as = lookup.query.strip() if is_code else ""
        return lookup

    def choose(self, entry_id: str) -> bool:
        """Put an entry on the desk, with its open case of this shift if there is one.

        Gives ``False``, and changes nothing, for an entry that does not exist.
        """
        if self.resolved is not None and self.resolved.entry.id == entry_id:
            return True
        resolved = self.catalog.resolve(entry_id)
        if resolved is None:
            return False
        case = self._open_case_of_shift(resolved.entry)
        self._lay(case.resolved if case else resolved, case)
        return True

    def _open_case_of_shift(self, entry: Entry) -> Case | None:
        """The open case of an entry, under whatever id it had when the case was opened."""
        for entry_id in (entry.id, *entry.formerly):
            case = self._store.latest_open(entry_id)
            if case is not None and self._now() - case.opened_at <= RESUME_WITHIN:
                return case
        return None

    def clear(self) -> None:
        """Take the entry off the desk. Its case stays in the store."""
        self._lay(None, None)

    def _lay(self, resolved: ResolvedEntry | None, case: Case | None) -> None:
        self.resolved, self.case = resolved, case
        self._done.clear()
        self._undone.clear()

    def _entries_seen(self) -> frozenset[str]:
        if self._seen is None:
            try:
                self._seen = self._store.seen()
            except UserError:  # whoever searches is told of it when something shall be kept
                return frozenset()
        return self._seen

    # --- cases --------------------------------------------------------------------------------

    def resume_latest(self) -> bool:
        """Bring back the case that was open when the program ended, if there was one."""
        case = self._store.latest_open()
        if case is None:
            return False
        self._lay(case.resolved, case)
        return True

    def open(self, case_id: int) -> None:
        """Put a case from the history on the desk, with the words it was worked with."""
        case = self._store.case(case_id)
        self._lay(case.resolved, case)

    def delete(self, case_id: int) -> None:
        """Delete a case for good; if it is on the desk, its entry stays without marks."""
        self._store.delete(case_id)
        self._seen = None
        if self.case is not None and self.case.id == case_id:
            # What was looked up since then is not what this entry's screen showed.
            self._shown_as = self.case.code_shown
            self._lay(self.resolved, None)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks of the case on the desk; none if no case is open yet."""
        return self.case.marks if self.case else {}

    def draft(self) -> Case:
        """The case on the desk, or what it would be if it were opened now: for a sheet without a tick."""
        resolved = self._current_entry()
        return self.case or replace(
            unsaved_case(resolved, self._now()), code_shown=self._code_shown(resolved)
        )

    def answers(self) -> tuple[Money, Retry]:
        """The first two answers for the entry on the desk, after what the check has shown."""
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
        if note == (self.case.note if self.case else ""):
            return
        case = self._open_case()
        self._store.save_note(case.id, note)
        self.case = replace(case, note=note)

    def set_state(self, state: CaseState) -> None:
        """Mark the case solved, handed over, or open again."""
        case = self._open_case()
        at = self._now()
        self._store.save_state(case.id, state, at)
        self.case = replace(case, state=state, closed_at=None if state is CaseState.OPEN else at)

    def set_money_found(self, money: Money | None) -> None:
        """Keep what the check of the last sale showed."""
        case = self._open_case()
        self._store.save_money_found(case.id, money)
        self.case = replace(case, money_found=money)

    def set_meaning(self, meaning: int | None) -> None:
        """Keep which of the known meanings is the one at hand."""
        case = self._open_case()
        self._store.save_meaning(case.id, meaning)
        self.case = replace(case, meaning=meaning)

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
        case = self._open_case()
        self._store.save_mark(case.id, step_id, mark)
        marks = dict(case.marks)
        marks.pop(step_id, None)
        if mark is not None:
            marks[step_id] = mark
        self.case = replace(case, marks=marks)

    def _open_case(self) -> Case:
        """The case on the desk; the first thing that is kept opens one."""
        if self.case is None:
            resolved = self._current_entry()
            self.case = self._store.open_case(resolved, self._code_shown(resolved), self._now())
            self._seen = None
        return self.case

    def _code_shown(self, resolved: ResolvedEntry) -> str:
        return self._shown_as or resolved.entry.code or ""

    def _current_entry(self) -> ResolvedEntry:
        if self.resolved is None:
            raise RuntimeError("there is no entry on the desk")
        return self.resolved
