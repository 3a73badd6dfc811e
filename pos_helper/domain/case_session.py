"""The case session: the entry on screen, its case and the undo history, without a user interface.

It covers the whole user story: search, choose, tick, note, finish. Every change is written to the store
first; the session changes only after the store has confirmed the write.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import (
    Case,
    CaseDetails,
    CaseState,
    CaseSummary,
    Mark,
    Recent,
    StepHistory,
    StepResult,
    history_of,
    may_have_helped,
    money_and_retry,
)
from pos_helper.domain.entries import GENERAL_CHECKS, Entry, MachineKind, Money, Retry, Step
from pos_helper.domain.errors import CaseNotFound, UserError
from pos_helper.domain.filled_in import clean
from pos_helper.domain.helped_first import helped_first
from pos_helper.domain.labels import safe_title
from pos_helper.domain.lookup import Because, Lookup, Outcome
from pos_helper.domain.machines import Machine, machines_by_origin
from pos_helper.domain.ports import CaseStore, Catalog
from pos_helper.domain.query import code_keys, read_query
from pos_helper.domain.report import unsaved_case
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

RESUME_WITHIN = timedelta(hours=12)
"""An open case of the same entry is resumed within one shift; after that it is a new incident."""

_SLIP = timedelta(minutes=5)
"""So far a PC that asks a time server sets its clock back, with the same case before it."""

MOST_HITS = 12
"""The most results per search. Nobody at a counter reads more, and each one costs time per key press."""

LATELY = timedelta(days=30)
"""What was met before that says little about today's trouble."""

MOST_UNFINISHED = 3
MOST_OPEN = 10
MOST_MET = 5

_log = logging.getLogger(__name__)


class SearchResult(Struct, frozen=True):
    """The result of a search: the lookup, and the entry that is now on screen.

    ``entry`` is ``None`` if nothing answers the query. ``notice`` is set if the stored case of the entry
    could not be read; the entry is then shown without a case.
    """

    lookup: Lookup
    entry: ResolvedEntry | None
    notice: Text | None = None


class _Change(Struct, frozen=True):
    """One change of a step's mark, for the undo history."""

    step_id: str
    before: Mark | None
    after: Mark | None


class CaseSession:
    """The state of one window. Every method that writes may raise ``UserError``.

    Nothing has changed then, neither in the store nor in the session. ``CaseNotFound`` means that another
    process deleted the case; call ``keep_as_new_case`` or ``drop_case`` to go on.
    """

    def __init__(self, catalog: Catalog, store: CaseStore, now: Callable[[], datetime]) -> None:
        """``now`` returns the current time with its UTC offset."""
        self.catalog = catalog
        self._store = store
        self._now = now
        self._shown_as = ""
        self._machines: Sequence[Machine] = ()
        self._screens: Mapping[str, Sequence[Machine]] = {}
        self._choices: Mapping[str, str] = {}
        self._seen: frozenset[str] | None = None
        self._histories: Mapping[str, StepHistory] | None = None
        self._puts_helped_first = True
        self._in_order: ResolvedEntry | None = None
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self.resolved: ResolvedEntry | None = None
        self.case: Case | None = None
        self.because: Because | None = None
        """The evidence for the entry on screen; ``None`` if it is not sure."""
        self.lookup: Lookup | None = None
        """The code that was typed; ``None`` for words, and while a stored case is on screen."""
        self.is_asking = False
        """Whether it is asked which screen showed that code; the general checks are on screen meanwhile."""

    # --- looking up ---------------------------------------------------------------------------

    def use(self, catalog: Catalog) -> None:
        """Search another catalog from now on. The entry on screen stays as it is."""
        self.catalog = catalog

    def use_shop(
        self, machines: Sequence[Machine], kinds: Sequence[MachineKind], choices: Mapping[str, str]
    ) -> None:
        """Read codes for this shop from now on.

        ``machines`` stand in it, of these ``kinds``; none if that is not known. ``choices`` has the id of the
        entry that was chosen for good, by the key of the code (``CodeKeys.exact``).
        """
        self._machines, self._screens = machines, machines_by_origin(machines, kinds)
        self._choices = choices

    def search(self, query: str) -> SearchResult:
        """Search the catalog and put the answer on screen; a guess is never put on screen.

        Without an answer the general checks are: whatever the code means, they say to look at the last sale
        first, and they can be worked, exported and recorded for the code that was typed.

        Of equally good hits, entries that already have a case in this shop come first. A code is remembered
        exactly as typed, for the case to store, even if the catalog does not know it: those are the codes
        that the acquirer's support needs most. Words are not remembered.
        """
        found = self.catalog.search(query, MOST_HITS, self._entries_seen(), self._screens)
        lookup = self._with_choice(found)
        if lookup.is_refused:
            self._shown_as = ""
            self.clear()
            return SearchResult(lookup, None)
        read = read_query(lookup.query)
        unknown = lookup.outcome in (Outcome.NEAR, Outcome.NONE) and (
            read.candidates or (lookup.makers and read.numbers)
        )
        is_code = lookup.outcome in (Outcome.EXACT, Outcome.OTHERWISE) or unknown
        self._shown_as = lookup.query.strip() if is_code else ""
        self.lookup = lookup if is_code else None
        notice = None
        try:
            if not self.choose(lookup.answer.id if lookup.answer else GENERAL_CHECKS):
                self._show(None, None)
        except UserError as error:
            notice = error.text
        self.because = lookup.because if lookup.is_sure else None
        self.is_asking = lookup.asks_for_screen and self.resolved is not None
        return SearchResult(lookup, self.resolved, notice)

    def _with_choice(self, lookup: Lookup) -> Lookup:
        """The lookup with the answer that the person has chosen for good, if nothing else makes it sure."""
        if lookup.outcome is not Outcome.EXACT or lookup.because or lookup.disputed:
            return lookup
        wanted = self._choices.get(code_keys(lookup.read_as).exact)
        chosen = next((hit for hit in lookup.sources if hit.id == wanted), None)
        if chosen is None:
            return lookup
        others = (hit for hit in lookup.hits if hit is not chosen)
        return replace(lookup, hits=(chosen, *others), because=Because.CHOSEN)

    def choose(self, entry_id: str) -> bool:
        """Put the entry that the person chose on screen, with its open case of this shift if there is one.

        Returns ``False`` and changes nothing if the entry does not exist. Raises ``UserError`` if the cases
        cannot be read; the entry is then on screen without a case.
        """
        self.because = None if entry_id == GENERAL_CHECKS else Because.CHOSEN
        self.is_asking = False
        is_on_screen = self.resolved is not None and self.resolved.entry.id == entry_id
        if is_on_screen and (self.case is None or self._is_going_on(self.case)):
            return True
        resolved = self.catalog.resolve(entry_id)
        if resolved is None:
            return False
        self._show(resolved, None)
        case = self._open_case_of_shift(resolved.entry)
        if case is not None:
            self._show(case.resolved, case)
        return True

    def ask_again(self) -> None:
        """Ask once more which screen showed the code, with the general checks on screen meanwhile."""
        self.is_asking = self.choose(GENERAL_CHECKS)

    @property
    def can_ask_again(self) -> bool:
        """Whether the entry on screen was the person's decision, and the code leaves another one."""
        of_code = self.lookup is not None and self.lookup.outcome is Outcome.EXACT
        return of_code and not self.is_asking and self.because in (None, Because.CHOSEN)

    @property
    def choice(self) -> str | None:
        """The key of the code whose answer the entry on screen is by choice; ``None`` if it cannot be kept.

        Words that contradict would take a kept choice away again, and another maker's reading is none.
        """
        lookup, resolved = self.lookup, self.resolved
        if lookup is None or resolved is None or self.because is not Because.CHOSEN or lookup.disputed:
            return None
        ids = {hit.id for hit in lookup.sources}
        is_source = lookup.outcome is Outcome.EXACT and resolved.entry.id in ids
        return code_keys(lookup.read_as).exact if is_source else None

    @property
    def is_choice_kept(self) -> bool:
        """Whether the entry on screen is the answer to its code for good."""
        entry = self._current_entry().entry
        return self.choice is not None and self._choices.get(self.choice) == entry.id

    def _open_case_of_shift(self, entry: Entry) -> Case | None:
        """The entry's open case of this shift. It may have been opened under a former id of the entry."""
        for entry_id in (entry.id, *entry.formerly):
            case = self._store.latest_open(entry_id)
            if case is not None and self._may_be_resumed(case) and self._is_going_on(case):
                return case
        return None

    def _may_be_resumed(self, case: Case) -> bool:
        """Whether a stored case may come back by itself.

        What the check of one customer's sale showed says nothing about the next customer's: such a case comes
        back from the history only.
        """
        return self._is_of_shift(case) and case.money_found is None

    def _is_of_shift(self, case: Case) -> bool:
        # A case from the future was opened under another clock: nobody knows how old it is.
        age = self._now() - case.opened_at
        return case.state is CaseState.OPEN and -_SLIP <= age <= RESUME_WITHIN

    def _is_going_on(self, case: Case) -> bool:
        """Whether a case is about what was typed now: many an unknown code has the general checks."""
        is_general = case.resolved.entry.id == GENERAL_CHECKS
        return self._is_of_shift(case) and not (is_general and case.code_shown != self._shown_as)

    def clear(self) -> None:
        """Remove the entry from the screen and forget the code. Its case stays in the store."""
        self._shown_as = ""
        self._forget_lookup()
        self._show(None, None)

    def _forget_lookup(self) -> None:
        self.lookup, self.because, self.is_asking = None, None, False

    def _show(self, resolved: ResolvedEntry | None, case: Case | None) -> None:
        if resolved is not self.resolved:
            self._in_order = None
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

    @property
    def histories(self) -> Mapping[str, StepHistory]:
        """What each step did in this shop's cases, by its id; empty if they cannot be read."""
        if self._histories is None:
            try:
                self._histories = self._store.step_histories()
            except UserError as error:
                # It only adds to the steps; the error appears at the next write.
                _log.warning("What helped before cannot be read: %s", error)
                return {}
        return self._histories

    def put_helped_first(self, wanted: bool) -> None:
        """Put causes and steps that often helped in this shop first from now on, or none."""
        self._puts_helped_first, self._in_order = wanted, None

    @property
    def in_order(self) -> ResolvedEntry | None:
        """The entry on screen in the order to try things; nothing moves while it is on screen."""
        if self._in_order is None and self.resolved is not None:
            histories = self.histories if self._puts_helped_first else {}
            self._in_order = helped_first(self.resolved, histories)
        return self._in_order

    # --- cases --------------------------------------------------------------------------------

    def recent(self) -> Recent:
        """The cases that are not finished, and what was met lately. Raises ``UserError``."""
        now = self._now()
        return Recent(
            at=now,
            unfinished=tuple(self._store.cases(CaseState.OPEN, MOST_UNFINISHED)),
            met=tuple(self._store.met_since(now - LATELY, MOST_MET)),
        )

    def earlier_today(self) -> CaseSummary | None:
        """A case of today that is likely the same trouble as what is on screen, to go on with.

        It is the newest one of the same entry, code and machine that did not come back by itself. There is
        none while a case is on screen, or while it is asked which screen it was.
        """
        if self.resolved is None or self.case is not None or self.is_asking:
            return None
        entry, now = self.resolved.entry, self._now()
        ids = (entry.id, *entry.formerly)
        if self._entries_seen().isdisjoint(ids):
            return None  # at each key press: most entries have no case, and the store need not be asked
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        shown = self._code_shown(self.resolved)
        try:
            cases = self._store.cases_of(ids, midnight)
        except UserError as error:
            # It is only an offer; the error appears at the next write.
            _log.warning("The cases of today cannot be read: %s", error)
            return None
        for case in cases:
            is_same_code = entry.id != GENERAL_CHECKS or case.code_shown == shown
            is_of_today = case.opened_at < midnight + timedelta(days=1)
            if case.is_damaged:
                continue
            if is_of_today and is_same_code and self.machine in (None, case.machine):
                return case
        return None

    def open_cases(self) -> Sequence[CaseSummary]:
        """The newest cases that are not finished, to go from one to another. Raises ``UserError``."""
        return self._store.cases(CaseState.OPEN, MOST_OPEN)

    def resume_latest(self) -> bool:
        """Put the open case that was changed last on screen. Returns ``False`` if there is none."""
        case = self._store.latest_open()
        if case is None or not self._may_be_resumed(case):
            return False
        self._forget_lookup()
        self._show(case.resolved, case)
        return True

    def open(self, case_id: int) -> None:
        """Put a stored case on screen, with the catalog texts stored in it."""
        case = self._store.case(case_id)
        self._forget_lookup()
        self._show(case.resolved, case)

    def delete(self, case_id: int) -> None:
        """Delete a case permanently. If it is on screen, its entry stays there without marks."""
        self._store.delete(case_id)
        self._seen = self._histories = None
        if self.case is not None and self.case.id == case_id:
            self.drop_case()

    def delete_all(self) -> None:
        """Delete all cases permanently. The entry on screen stays there without marks."""
        self._store.delete_all()
        self._seen = self._histories = None
        self.drop_case()

    def delete_ended_before(self, at: datetime) -> int:
        """Delete the cases that were closed before a time permanently, and return how many."""
        deleted = self._store.delete_ended_before(at)
        if deleted:
            self._seen = self._histories = None
            self._drop_if_deleted()
        return deleted

    def _drop_if_deleted(self) -> None:
        try:
            if self.case is not None:
                self._store.case(self.case.id)
        except CaseNotFound:
            self.drop_case()

    def look_again(self) -> None:
        """Look whether the case on screen is still in the store. Raises ``CaseNotFound`` if it is not."""
        try:
            if self.case is not None:
                self._store.case(self.case.id)
        except CaseNotFound:
            raise
        except UserError as error:
            # Nothing was asked for; the error appears at the next write.
            _log.warning("The case on screen cannot be read again: %s", error)

    def drop_case(self) -> None:
        """Forget a case that is no longer in the store. Its entry stays on screen without marks."""
        if self.case is not None:
            # The code of a later search is not the one that this case was opened for.
            self._shown_as = self.case.code_shown
            self._seen = None
            self.lookup = None
            self._show(self.case.resolved, None)

    def keep_as_new_case(self) -> None:
        """Save the case on screen under a new number after another process deleted it."""
        lost = self.case
        if lost is None:
            return
        with self._store.transaction():
            new = self._store.open_case(lost.resolved, lost.code_shown, lost.opened_at, lost.machine)
            for step_id, mark in lost.marks.items():
                self._store.save_mark(new.id, step_id, mark)
            self._store.save_note(new.id, lost.note)
            self._store.save_money_found(new.id, lost.money_found)
            self._store.save_meaning(new.id, lost.meaning)
            self._store.save_details(new.id, lost.details)
            self._store.save_state(new.id, lost.state, lost.closed_at or self._now())
        self.case = replace(lost, id=new.id)

    @property
    def machines(self) -> Sequence[Machine]:
        """The machines of the shop on which it may have happened, to choose from, and that of the case.

        They are those whose screens show such codes. What has no code may happen on any machine.
        """
        if self.resolved is None:
            return ()
        entry = self.resolved.entry
        here = self._screens.get(entry.origin, () if entry.code else self._machines)
        kept = self.case.machine if self.case else None
        return here if kept is None or kept in here else (kept, *here)

    @property
    def machine(self) -> Machine | None:
        """The machine of the case on screen. Before it is opened: the only one that shows such codes."""
        if self.case is not None or self.resolved is None:
            return self.case.machine if self.case else None
        showing = self._screens.get(self.resolved.entry.origin, ())
        return showing[0] if len(showing) == 1 else None

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks of the case on screen by step id; empty if no case is open yet."""
        return self.case.marks if self.case else {}

    @property
    def may_have_helped(self) -> Sequence[Step]:
        """The steps that may have solved the case on screen; see ``cases.may_have_helped``."""
        return may_have_helped(self.case.resolved, self.marks) if self.case else ()

    def draft(self) -> Case:
        """The case on screen, or an unsaved one if none is open yet, for a report."""
        resolved = self._named()
        return self.case or replace(
            unsaved_case(resolved, self._now()),
            code_shown=self._code_shown(resolved),
            machine=self.machine,
        )

    def answers(self) -> tuple[Money, Retry]:
        """Money state and retry advice for the entry on screen, given the last-sale check."""
        return money_and_retry(self._current_entry().entry, self.case.money_found if self.case else None)

    # --- changes ------------------------------------------------------------------------------

    def tick(self, step_id: str, ticked: bool) -> None:
        """Tick or untick a step. A tick means "no change" until another result is set."""
        self.set_result(step_id, StepResult.NO_CHANGE if ticked else None)

    def set_result(self, step_id: str, result: StepResult | None) -> None:
        """Save the result of a step; ``None`` removes it. The step's note stays."""
        before = self.marks.get(step_id)
        note = before.note if before else ""
        self._mark(step_id, Mark(result, self._now(), note) if result or note else None)

    def set_step_note(self, step_id: str, note: str) -> None:
        """Save the note of a step, masked for card data. The step's result stays."""
        before = self.marks.get(step_id)
        result = before.result if before else None
        note = mask_card_data(note.strip())
        self._mark(step_id, Mark(result, self._now(), note) if result or note else None)

    def set_note(self, note: str) -> None:
        """Save the note of the case, masked for card data."""
        note = mask_card_data(note.strip())
        if note != (self.case.note if self.case else ""):
            self._keep(lambda case_id: self._store.save_note(case_id, note), note=note)

    def set_state(
        self, state: CaseState, helped: str | None = None, details: CaseDetails | None = None
    ) -> None:
        """Set how the case stands. Unless it is open, ``closed_at`` becomes now.

        ``helped`` is the id of the step that solved it, ``details`` says who took it over; both are saved
        together with the state, or nothing is.
        """
        at = self._now()
        before = self.marks.get(helped) if helped else None
        mark = Mark(StepResult.HELPED, at, before.note if before else "")
        kept = clean(details or (self.case.details if self.case else CaseDetails()))

        def save(case_id: int) -> None:
            with self._store.transaction():
                self._store.save_state(case_id, state, at)
                if helped is not None:
                    self._store.save_mark(case_id, helped, mark)
                if details is not None:
                    self._store.save_details(case_id, kept)

        marks = self.marks if helped is None else {**self.marks, helped: mark}
        closed_at = None if state is CaseState.OPEN else at
        self._keep(save, state=state, closed_at=closed_at, marks=marks, details=kept)
        if helped is not None:
            self._count(helped, before, mark)
            self._remember(_Change(helped, before, mark))

    def set_money_found(self, money: Money | None) -> None:
        """Save what the last-sale check showed; ``None`` if it was not done."""
        self._keep(lambda case_id: self._store.save_money_found(case_id, money), money_found=money)

    def set_meaning(self, meaning: int | None) -> None:
        """Save the index of the meaning that applies; ``None`` if undecided."""
        self._keep(lambda case_id: self._store.save_meaning(case_id, meaning), meaning=meaning)

    def set_machine(self, machine: Machine | None) -> None:
        """Save the machine on which it happened; ``None`` if that is not known."""
        self._keep(lambda case_id: self._store.save_machine(case_id, machine), machine=machine)

    def set_details(self, details: CaseDetails) -> None:
        """Save what the hotline asks about the case, masked for card data."""
        details = clean(details)
        if details != (self.case.details if self.case else CaseDetails()):
            self._keep(lambda case_id: self._store.save_details(case_id, details), details=details)

    # --- undo ---------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of a mark to undo."""
        return bool(self._done)

    def undo(self) -> None:
        """Undo the last change of a mark, if there is one."""
        if self._done:
            change = self._done[-1]
            self._save_mark(change.step_id, change.before)
            self._undone.append(self._done.pop())

    def redo(self) -> None:
        """Redo the change that was undone last, if there is one."""
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
        self._remember(_Change(step_id, before, after))

    def _remember(self, change: _Change) -> None:
        self._done.append(change)
        self._undone.clear()

    def _save_mark(self, step_id: str, mark: Mark | None) -> None:
        before, marks = self.marks.get(step_id), {**self.marks}
        marks.pop(step_id, None)
        if mark is not None:
            marks[step_id] = mark
        self._keep(lambda case_id: self._store.save_mark(case_id, step_id, mark), marks=marks)
        self._count(step_id, before, mark)

    def _count(self, step_id: str, before: Mark | None, after: Mark | None) -> None:
        """Count a changed mark as the store would: counting all cases anew takes long after years of them."""
        if self._histories is None:
            return
        kept = self._histories.get(step_id, StepHistory(0, 0))
        gone, new = history_of(before), history_of(after)
        history = StepHistory(kept.helped - gone.helped + new.helped, kept.tried - gone.tried + new.tried)
        others = {each: known for each, known in self._histories.items() if each != step_id}
        self._histories = {**others, step_id: history} if history.tried else others

    def _keep(self, save: Callable[[int], None], **changed: object) -> None:
        """Save a change of the case on screen. The first one also opens the case, in one transaction."""
        case = self.case
        if case is not None:
            save(case.id)
        else:
            resolved = self._named()
            with self._store.transaction():
                case = self._store.open_case(resolved, self._code_shown(resolved), self._now(), self.machine)
                save(case.id)
            self._seen = None
        self.case = replace(case, **changed)

    def _named(self) -> ResolvedEntry:
        """The entry on screen as a case keeps it: general checks are called by the code they are done for."""
        resolved = self._current_entry()
        if self.lookup is None or resolved.entry.id != GENERAL_CHECKS:
            return resolved
        return replace(resolved, entry=replace(resolved.entry, title=safe_title(self.lookup)))

    def _code_shown(self, resolved: ResolvedEntry) -> str:
        return self._shown_as or resolved.entry.code or ""

    def _current_entry(self) -> ResolvedEntry:
        if self.resolved is None:
            raise RuntimeError("there is no entry on screen")
        return self.resolved
