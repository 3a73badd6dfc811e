"""Which cases are old enough to be deleted by themselves, and when a person must be asked first.

The clock of an old PC jumps: to 1970 when its battery is empty, by years when somebody sets it. No case may
be lost to that.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from pos_helper.domain.ports import CaseStore

_SLIP = timedelta(days=1)
"""So far a clock that is right may be behind the last case: it was set, or the zone was changed."""


class Overdue(Struct, frozen=True):
    """The ``count`` cases that ended before ``before``. They may go unasked only if the time ``is_sure``."""

    count: int
    before: datetime
    is_sure: bool


def overdue(store: CaseStore, now: datetime, days: int) -> Overdue:
    """The cases that ended more than so many days ago. Raises ``UserError``.

    The time is not sure if the clock is behind the last case. Nor is it if nothing happened between what
    would go and what would stay, for longer than cases are kept at all: either the shop was closed for so
    long, or the clock has jumped and what would go happened just now. So a clock that jumps ahead never
    deletes the shop's last cases, not even after the first case under the wrong date.
    """
    kept = timedelta(days=days)
    before = now - kept
    found = store.ended_before(before)
    is_behind = found.last is not None and now < found.last - _SLIP
    is_gap = found.newest is not None and (found.following or now) - found.newest > kept
    return Overdue(found.count, before, is_sure=not is_behind and not is_gap)
