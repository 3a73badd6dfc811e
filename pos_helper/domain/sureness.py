"""How an answer becomes sure: a code means nothing without the screen that showed it.

Evidence narrows the readings of a code. Each kind of evidence keeps those that it speaks for; what is left is
sure if there was any evidence, and if all that is left says the same about the money and another try.
That the catalog knows one reading only is no evidence: there are more screens than it has tables of.
"""

from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Protocol, TypeVar

from pos_helper.domain.entries import Money, Retry
from pos_helper.domain.lookup import Because

SURE_WORDS = 0.6
"""Words beside a code tell its screen if so much of them stands in a title or on a screen."""


class Reading(Protocol):
    """One meaning of a code."""

    @property
    def id(self) -> str:
        """The id of its entry."""

    @property
    def money(self) -> Money:
        """What it says about the money."""

    @property
    def retry(self) -> Retry:
        """What it says about another try."""


R = TypeVar("R", bound=Reading)

Evidence = tuple[Because, Collection[str]]
"""A kind of evidence, and the ids of the entries that it speaks for."""


def narrowed(readings: Sequence[R], evidence: Iterable[Evidence]) -> tuple[Sequence[R], Because | None]:
    """The readings that all evidence speaks for, and the first kind that makes them sure, if any does.

    Evidence that speaks for none of what is left is passed over: it is about something else.
    """
    because = None
    for kind, ids in evidence:
        kept = [reading for reading in readings if reading.id in ids]
        if kept:
            readings, because = kept, because or kind
    return readings, because if agree(readings) else None


def agree(readings: Iterable[Reading]) -> bool:
    """Whether all readings say the same about the money and another try."""
    return len({(reading.money, reading.retry) for reading in readings}) == 1


def fits(code: str, shapes: Iterable[str]) -> bool:
    """Whether a code has one of the ``Origin.shapes``; capitals do not matter."""
    return any(fnmatchcase(code.upper(), shape.upper()) for shape in shapes)
