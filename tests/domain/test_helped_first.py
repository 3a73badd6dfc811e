"""What helped in this shop moves up in the tabs, and nothing passes what may cost money."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_helper.domain.cases import StepHistory
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    ONCE_SURE,
    Cause,
    Entry,
    Money,
    Origin,
    Retry,
    Risk,
    Step,
    StopSign,
    Tab,
    Who,
)
from pos_helper.domain.helped_first import helped_first
from pos_helper.domain.labels import what_helped
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

OFTEN = StepHistory(helped=3, tried=4)


def _step(step_id: str) -> Step:
    """A step; one whose id begins with "stop" has a stop sign, with "again" takes money again."""
    stop = StopSign(risk=Risk.MONEY, text=Text("小心", "Mind")) if step_id.startswith("stop") else None
    begins = ONCE_SURE if step_id.startswith("again") else Text("", "")
    text = Text(begins.zh + step_id, begins.en + step_id)
    return Step(id=step_id, text=text, who=Who.CASHIER, seconds=10, stop=stop)


def _entry(*causes: tuple[Tab, tuple[str, ...]], first: tuple[str, ...] = ()) -> ResolvedEntry:
    entry = Entry(
        id="terminal.e1",
        origin="terminal",
        title=Text("通讯失败", "No link"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=Text("请稍等", "One moment"),
        first=first,
        causes=tuple(
            Cause(id=f"cause-{number}", tab=tab, text=Text("原因", "Cause"), steps=steps)
            for number, (tab, steps) in enumerate(causes)
        ),
    )
    origin = Origin(id="terminal", title=Text("刷卡机", "Terminal"), screen=Text("屏幕", "Screen"))
    return ResolvedEntry(
        entry, origin, {each: _step(each) for each in entry.step_ids}, {}, (), "catalog", "1"
    )


def _causes(resolved: ResolvedEntry, tab: Tab = Tab.NETWORK) -> list[tuple[str, ...]]:
    return [cause.steps for cause in resolved.causes_in(tab)]


def test_a_step_that_often_helped_comes_first_in_its_cause() -> None:
    resolved = _entry((Tab.NETWORK, ("look", "cable", "router")))
    assert _causes(helped_first(resolved, {"router": OFTEN})) == [("router", "look", "cable")]


def test_the_more_a_step_helped_the_further_up_it_stands() -> None:
    resolved = _entry((Tab.NETWORK, ("look", "cable", "router")))
    histories = {"cable": StepHistory(2, 2), "router": StepHistory(5, 7)}
    assert _causes(helped_first(resolved, histories)) == [("router", "cable", "look")]


def test_what_helped_once_or_seldom_stays_where_it_is() -> None:
    resolved = _entry((Tab.NETWORK, ("look", "cable", "router")))
    histories = {"cable": StepHistory(1, 1), "router": StepHistory(2, 5)}
    assert helped_first(resolved, histories) == resolved


def test_a_cause_whose_step_often_helped_comes_first_in_its_tab_only() -> None:
    resolved = _entry(
        (Tab.NETWORK, ("look",)),
        (Tab.SOFTWARE, ("app",)),
        (Tab.NETWORK, ("cable",)),
        (Tab.SOFTWARE, ("log",)),
    )
    ordered = helped_first(resolved, {"cable": OFTEN})
    assert _causes(ordered) == [("cable",), ("look",)]
    assert _causes(ordered, Tab.SOFTWARE) == [("app",), ("log",)]


def test_nothing_passes_a_stop_sign_the_last_sale_or_what_takes_money_again() -> None:
    for fixed in ("stop-router", CHECK_LAST_SALE, "again-card"):
        resolved = _entry((Tab.NETWORK, ("look", fixed, "cable")), (Tab.NETWORK, ("dongle",)))
        histories = {"cable": OFTEN, "dongle": OFTEN, fixed: OFTEN}
        assert helped_first(resolved, histories) == resolved


def test_quick_steps_keep_their_order_in_the_tabs_too() -> None:
    resolved = _entry((Tab.NETWORK, ("look", "cable")), first=("look", "cable"))
    assert helped_first(resolved, {"cable": OFTEN}) == resolved


_ids = st.sampled_from(
    [*(f"plain-{number}" for number in range(8)), "stop-1", "stop-2", "again-1", CHECK_LAST_SALE]
)
_entries = st.builds(
    lambda causes, first: _entry(*causes, first=tuple(first)),
    st.lists(
        st.tuples(st.sampled_from(list(Tab)), st.lists(_ids, min_size=1, max_size=6, unique=True).map(tuple)),
        max_size=8,
    ),
    st.lists(_ids, max_size=3, unique=True),
)
_histories = st.dictionaries(
    _ids,
    st.integers(1, 9).flatmap(lambda tried: st.integers(0, tried).map(lambda h: StepHistory(h, tried))),
)


@given(_entries)
def test_without_a_history_the_order_is_the_catalogs(resolved: ResolvedEntry) -> None:
    assert helped_first(resolved, {}) == resolved


@given(_entries, _histories)
def test_the_order_loses_and_adds_nothing(resolved: ResolvedEntry, histories: dict[str, StepHistory]) -> None:
    ordered = helped_first(resolved, histories)
    assert ordered == helped_first(resolved, histories)
    for tab in Tab:
        before = {cause.id: cause for cause in resolved.causes_in(tab)}
        after = {cause.id: cause for cause in ordered.causes_in(tab)}
        assert after.keys() == before.keys()
        for cause_id, cause in after.items():
            assert sorted(cause.steps) == sorted(before[cause_id].steps)
            assert replace(cause, steps=before[cause_id].steps) == before[cause_id]
    assert replace(ordered.entry, causes=resolved.entry.causes) == resolved.entry


@given(_entries, _histories)
def test_whatever_stood_before_a_risky_step_still_does(
    resolved: ResolvedEntry, histories: dict[str, StepHistory]
) -> None:
    def befores(of: ResolvedEntry) -> list[tuple[str, list[str]]]:
        steps = [step for tab in Tab for cause in of.causes_in(tab) for step in cause.steps]
        risky = [number for number, step in enumerate(steps) if not step.startswith("plain")]
        return [(steps[number], sorted(steps[:number])) for number in risky]

    assert befores(helped_first(resolved, histories)) == befores(resolved)


def test_the_words_say_how_often_it_helped_and_why_it_stands_there() -> None:
    cable = _step("cable")
    assert what_helped(cable, OFTEN) == Text(
        "这里常管用：试过 4 次，3 次有用", "Often helps here: 3 of 4 times"
    )
    assert what_helped(cable, StepHistory(1, 4)) == Text(
        "这里试过 4 次，1 次有用", "Helped here 1 of 4 times"
    )


def test_nothing_is_said_of_what_was_tried_once_never_helped_or_is_the_last_sale() -> None:
    assert what_helped(_step("cable"), None) is None
    assert what_helped(_step("cable"), StepHistory(1, 1)) is None
    assert what_helped(_step("cable"), StepHistory(0, 9)) is None
    assert what_helped(_step(CHECK_LAST_SALE), OFTEN) is None
