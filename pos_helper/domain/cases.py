"""A case: one incident, the steps that were tried and their results."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, field

from pos_helper.domain.entries import Entry, Money, Retry, Step, Tab
from pos_helper.domain.machines import Machine
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text


class StepResult(StrEnum):
    """The result of a step that was tried. A step that was not tried has none."""

    HELPED = "helped"
    NO_CHANGE = "no_change"
    COULD_NOT = "could_not"
    NOT_APPLICABLE = "not_applicable"


class CaseState(StrEnum):
    """The state of a case."""

    OPEN = "open"
    SOLVED = "solved"
    HANDED_OVER = "handed_over"
    GIVEN_UP = "given_up"


class Mark(Struct, frozen=True):
    """The result and note of one step of a case. ``result`` is ``None`` if there is only a note."""

    result: StepResult | None
    at: datetime
    note: str = ""


class CaseDetails(Struct, frozen=True, omit_defaults=True):
    """What the hotline asks about a case, as filled in. Every field may be empty.

    ``sale_time`` to ``order_number`` are those of the sale in question, ``screen_text`` is what the screen
    said, ``changed`` what has changed since it last worked. ``handed_to`` is who has taken the case over, and
    ``ticket`` the number that they gave it.
    """

    amount: str = ""
    sale_time: str = ""
    trace_number: str = ""
    reference_number: str = ""
    authorisation_code: str = ""
    batch_number: str = ""
    order_number: str = ""
    screen_text: str = ""
    changed: str = ""
    handed_to: str = ""
    ticket: str = ""


HANDOVER = ("handed_to", "ticket")
FOR_HOTLINE = tuple(name for name in CaseDetails.__struct_fields__ if name not in HANDOVER)
"""The details of the sale in question, and those of who has taken the case over."""


class Case(Struct, frozen=True):
    """One incident. All texts are already masked for card data.

    ``code_shown`` is the code as typed, ``resolved`` the entry as it was when the case was opened, ``marks``
    are by step id, ``money_found`` is what the last-sale check showed, ``meaning`` the index of the chosen
    meaning, ``machine`` the one on which it happened, as it was then. Times carry their UTC offset.
    """

    id: int
    opened_at: datetime
    code_shown: str
    resolved: ResolvedEntry
    marks: dict[str, Mark] = field(default_factory=dict)
    note: str = ""
    state: CaseState = CaseState.OPEN
    closed_at: datetime | None = None
    money_found: Money | None = None
    meaning: int | None = None
    machine: Machine | None = None
    details: CaseDetails = CaseDetails()

    def result_of(self, step_id: str) -> StepResult | None:
        """The result of a step, or ``None`` if it was not tried."""
        mark = self.marks.get(step_id)
        return mark.result if mark else None


class CaseSummary(Struct, frozen=True):
    """One row of the case history. ``tried`` of ``total`` steps have a result.

    ``note`` and ``ticket`` are there for a case to be found by. Of a damaged case ``title`` says so,
    what cannot be read is empty, and the case can be deleted.
    """

    id: int
    entry: str
    opened_at: datetime
    code_shown: str
    code: str | None
    title: Text
    state: CaseState
    tried: int
    total: int
    closed_at: datetime | None = None
    machine: Machine | None = None
    note: str = ""
    ticket: str = ""
    is_damaged: bool = False


class StepHistory(Struct, frozen=True):
    """What a step did in this shop: it ``helped`` in so many of the ``tried`` cases in which it was done."""

    helped: int
    tried: int

    @property
    def helps_often(self) -> bool:
        """Whether it helped at least twice, and in at least half of its tries."""
        return self.helped >= 2 and 2 * self.helped >= self.tried


def history_of(mark: Mark | None) -> StepHistory:
    """What one mark adds to the history of its step. A step that could not be done was not tried."""
    result = mark.result if mark else None
    return StepHistory(
        helped=int(result is StepResult.HELPED),
        tried=int(result in (StepResult.HELPED, StepResult.NO_CHANGE)),
    )


class Reminder(Struct, frozen=True):
    """A prevention tip to be reminded of, next on ``due`` and then ``every`` so many days.

    ``text`` is a copy, so that a tip which has left the catalog can still be read.
    """

    tip: str
    text: Text
    every: int
    due: date


class Ended(Struct, frozen=True):
    """The ``count`` cases that ended before a time.

    ``newest`` is when the last of them ended, ``following`` when a case began or ended for the first time
    since, ``last`` for the last time of all; ``None`` if there is none.
    """

    count: int
    newest: datetime | None
    following: datetime | None
    last: datetime | None


class Met(Struct, frozen=True):
    """What a shop met: an entry with its number of cases. ``code`` is as typed if the entry has none."""

    entry: str
    code: str
    title: Text
    times: int


class Recent(Struct, frozen=True):
    """What the start page says of a shop's cases ``at`` this time.

    ``unfinished`` are the newest open cases, ``met`` is what the shop met most, each the first first.
    """

    at: datetime
    unfinished: tuple[CaseSummary, ...] = ()
    met: tuple[Met, ...] = ()


class StepProgress(Struct, frozen=True):
    """``done`` of ``total`` steps have a result."""

    done: int
    total: int


def step_progress(resolved: ResolvedEntry, marks: dict[str, Mark], tab: Tab | None = None) -> StepProgress:
    """Count the steps with a result, of one tab or of the whole entry. A shared step counts once."""
    steps: tuple[Step, ...] = resolved.all_steps() if tab is None else resolved.steps_in(tab)
    done = sum(1 for step in steps if (mark := marks.get(step.id)) and mark.result is not None)
    return StepProgress(done, len(steps))


def may_have_helped(resolved: ResolvedEntry, marks: dict[str, Mark]) -> tuple[Step, ...]:
    """The steps that may have solved a case, the one done last first.

    There are none where it is known which one did. What could not be done or did not apply solved nothing.
    """
    if any(mark.result is StepResult.HELPED for mark in marks.values()):
        return ()
    done = [
        step
        for step in resolved.all_steps()
        if (mark := marks.get(step.id)) and mark.result is StepResult.NO_CHANGE
    ]
    return tuple(sorted(done, key=lambda step: marks[step.id].at, reverse=True))


def money_and_retry(entry: Entry, money_found: Money | None) -> tuple[Money, Retry]:
    """Money state and retry advice, given the result of the last-sale check (``None`` if not done yet).

    Without a check, the catalog's values apply. A sale that was charged must never be repeated. A sale that
    was not charged may be retried once if the catalog's advice was to check first, or if the entry itself is
    not about a payment.
    """
    if money_found is None:
        return entry.money, entry.retry
    if money_found is Money.CHARGED:
        return Money.CHARGED, Retry.NO
    retry = Retry.AFTER_CHECK if entry.retry is Retry.NOT_APPLICABLE else entry.retry
    if money_found is Money.NOT_CHARGED and retry is Retry.AFTER_CHECK:
        return Money.NOT_CHARGED, Retry.ONCE
    return money_found, retry
