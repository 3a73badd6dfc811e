"""A case: one incident being worked on, with what was tried and what came of it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from pos_helper.domain.entries import Entry, Money, Retry, Step, Tab
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text


class StepResult(StrEnum):
    """What a step came to. A step without a result was not tried."""

    HELPED = "helped"
    NO_CHANGE = "no_change"
    COULD_NOT = "could_not"
    NOT_APPLICABLE = "not_applicable"


class CaseState(StrEnum):
    """How far a case is."""

    OPEN = "open"
    SOLVED = "solved"
    HANDED_OVER = "handed_over"


class Mark(Struct, frozen=True):
    """What stands beside one step of a case. ``result`` is ``None`` where there is only a note."""

    result: StepResult | None
    at: datetime
    note: str = ""


class Case(Struct, frozen=True):
    """One incident. All texts are masked for card data before they get here.

    ``code_shown`` is what the person typed, ``resolved`` the words that the case was worked with,
    ``meaning`` the index of the chosen meaning, ``money_found`` what the check of the last sale showed.
    Times carry their zone.
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

    def result_of(self, step_id: str) -> StepResult | None:
        """The result of a step, or ``None`` if it was not tried."""
        mark = self.marks.get(step_id)
        return mark.result if mark else None


class CaseSummary(Struct, frozen=True):
    """One line of the history."""

    id: int
    opened_at: datetime
    code_shown: str
    code: str | None
    title: Text
    state: CaseState
    tried: int
    total: int


class StepProgress(Struct, frozen=True):
    """How many of some steps were tried."""

    done: int
    total: int


def step_progress(resolved: ResolvedEntry, marks: dict[str, Mark], tab: Tab | None = None) -> StepProgress:
    """How many steps of a tab, or of the whole entry, have a result. A shared step counts once."""
    steps: tuple[Step, ...] = resolved.all_steps() if tab is None else resolved.steps_in(tab)
    done = sum(1 for step in steps if (mark := marks.get(step.id)) and mark.result is not None)
    return StepProgress(done, len(steps))


def money_and_retry(entry: Entry, money_found: Money | None) -> tuple[Money, Retry]:
    """The first two answers, given what the check of the last sale showed.

    The catalog's answer stands until the check. A sale that was found charged is never tried again;
    one that was found not charged may be tried once, if the catalog waited only for the check.
    """
    if money_found is None:
        return entry.money, entry.retry
    if money_found is Money.CHARGED:
        return Money.CHARGED, Retry.NO
    if money_found is Money.NOT_CHARGED and entry.retry is Retry.AFTER_CHECK:
        return Money.NOT_CHARGED, Retry.ONCE
    return money_found, entry.retry
