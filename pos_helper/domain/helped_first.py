"""The order in which the tabs show causes and steps: what helped in this shop comes first."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TypeVar

from msgspec.structs import replace

from pos_helper.domain.cases import StepHistory
from pos_helper.domain.entries import CHECK_LAST_SALE, ONCE_SURE, Cause, Step, Tab
from pos_helper.domain.resolved_entry import ResolvedEntry

_T = TypeVar("_T")


def helped_first(resolved: ResolvedEntry, histories: Mapping[str, StepHistory]) -> ResolvedEntry:
    """The entry with what often helped further up: steps within their cause, causes within their tab.

    Whatever may cost money, data or health keeps all that stood before it before it: a step with a stop
    sign, one that takes money again and the look at the last sale stay where they are, like a cause that
    has one, and nothing passes them. Quick steps keep their order everywhere. What helped equally keeps the
    catalog's order.
    """
    entry = resolved.entry

    def keeps_place(step_id: str) -> bool:
        return step_id in entry.first or _is_risky(resolved.steps[step_id])

    def rank(step_id: str) -> int:
        history = histories.get(step_id)
        return history.helped if history is not None and history.helps_often else 0

    def is_risky(cause: Cause) -> bool:
        return any(_is_risky(resolved.steps[step_id]) for step_id in cause.steps)

    def rank_of_cause(cause: Cause) -> int:
        return max(map(rank, cause.steps))

    in_tab = {tab: iter(_moved_up(resolved.causes_in(tab), is_risky, rank_of_cause)) for tab in Tab}
    causes = [next(in_tab[cause.tab]) for cause in entry.causes]
    return replace(
        resolved,
        entry=replace(
            entry,
            causes=tuple(
                replace(cause, steps=tuple(_moved_up(cause.steps, keeps_place, rank))) for cause in causes
            ),
        ),
    )


def _is_risky(step: Step) -> bool:
    return step.stop is not None or step.id == CHECK_LAST_SALE or step.text.zh.startswith(ONCE_SURE.zh)


def _moved_up(items: Sequence[_T], keeps_place: Callable[[_T], bool], rank: Callable[[_T], int]) -> list[_T]:
    """The items of the highest rank first, but none past one that keeps its place."""
    fixed = [keeps_place(item) for item in items]
    keys = [
        (section, not stays, -rank(item))
        for section, stays, item in zip(accumulate(fixed), fixed, items, strict=True)
    ]
    return [item for _, item in sorted(zip(keys, items, strict=True), key=itemgetter(0))]
