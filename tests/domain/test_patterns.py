"""What keeps failing is counted right, and a sentence is said only where the numbers carry it."""

import math
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import (
    Comparison,
    Fault,
    Incident,
    TriedStep,
    count,
    days_between,
    opening_hours,
    sentences,
)
from pos_helper.domain.text import Text

FIRST = date(2026, 8, 31)
"""A Monday."""
DAYS = days_between(FIRST, FIRST + timedelta(days=89))
KINDS = (MachineKind(id="terminal", title=Text("刷卡机", "Card terminal"), hint=Text("", ""), origins=()),)
TERMINALS = tuple(Machine("terminal", number=str(number)) for number in (1, 2, 3))
STEPS = {name: Text(f"步骤{name}", f"step {name}") for name in "abcde"}


def incident(
    fault: str = "91",
    day: date = FIRST,
    hour: int = 9,
    machine: Machine | None = None,
    *,
    money_unknown: bool = False,
    **tried: bool,
) -> Incident:
    return Incident(
        fault=Fault(f"card.{fault}", ""),
        code=fault,
        title=Text("没回应", "No reply"),
        opened_at=datetime(day.year, day.month, day.day, hour, 15, tzinfo=UTC),
        machine=machine,
        money_unknown=money_unknown,
        tried=tuple(TriedStep(step, STEPS[step], helped) for step, helped in tried.items()),
    )


def random_shop(seed: int) -> list[Incident]:
    """Cases without any pattern: some faults are frequent, some machines busy, and that is all."""
    chance = random.Random(seed)
    faults = [str(number) for number in range(chance.randint(2, 12))]
    share = [1 / (number + 1) for number in range(len(faults))]
    machines = TERMINALS[: chance.randint(1, 3)]
    busy = [chance.uniform(0.3, 1) for _ in machines]
    helps = chance.uniform(0.1, 0.5)
    first, last = 9, chance.randint(17, 22)
    return [
        incident(
            chance.choices(faults, share)[0],
            chance.choice(DAYS),
            chance.randint(first, last),
            chance.choices(machines, busy)[0],
            **{step: chance.random() < helps for step in chance.sample(sorted(STEPS), 2)},
        )
        for _ in range(chance.randint(1, 250))
    ]


def said(cases: Sequence[Incident]) -> list[str]:
    return [sentence.en for sentence in sentences(cases, DAYS, KINDS)]


# --- counting -----------------------------------------------------------------------------------


def test_counts_by_fault_hour_machine_and_step() -> None:
    cases = [
        incident("68", machine=TERMINALS[1], money_unknown=True, a=True, b=False),
        incident("91", FIRST + timedelta(days=5), 18, TERMINALS[0], a=False),
        incident("91", FIRST + timedelta(days=12), 18, TERMINALS[1], b=False, c=True),
        incident("91", FIRST, 9),
    ]
    counts = count(cases)
    assert counts.total == 4
    assert [(each.name.en, each.times, each.money_unknown) for each in counts.faults] == [
        ("91 No reply", 3, 0),
        ("68 No reply", 1, 1),
    ]
    assert counts.hours == {(0, 9): 2, (5, 18): 2}
    assert [(each.machine, each.times) for each in counts.machines] == [
        (TERMINALS[1], 2),
        (TERMINALS[0], 1),
        (None, 1),
    ]
    assert [(each.text.en, each.helped, each.tried) for each in counts.steps] == [
        ("step c", 1, 1),
        ("step a", 1, 2),
        ("step b", 0, 2),
    ]


def test_a_machine_whose_numbers_have_changed_is_the_same_and_called_as_now() -> None:
    now = Machine("terminal", number="2", hotline="95534")
    counts = count([incident(machine=now), incident(machine=TERMINALS[1])])
    assert [(each.machine, each.times) for each in counts.machines] == [(now, 2)]


def test_without_cases_there_is_nothing_to_say() -> None:
    assert count([]).total == 0
    assert said([]) == []
    assert said([incident(a=True)]) == []


@pytest.mark.parametrize(
    ("known", "opening"),
    [
        ([], []),
        ([9], [9]),
        ([21, 9, 10], list(range(9, 22))),
        ([23, 1, 18], [18, 19, 20, 21, 22, 23, 0, 1]),
        ([0, 12], list(range(13))),
        (range(24), list(range(24))),
    ],
)
def test_the_shop_is_open_from_its_first_hour_to_its_last_also_past_midnight(
    known: Sequence[int], opening: list[int]
) -> None:
    assert sorted(opening_hours(known)) == sorted(opening)
    assert list(opening_hours(known))[:1] == opening[:1] or len(opening) == 24


@given(st.sets(st.integers(0, 23)))
def test_opening_hours_hold_every_hour_and_follow_one_another(hours: set[int]) -> None:
    opening = opening_hours(hours)
    assert hours <= set(opening)
    assert len(set(opening)) == len(opening)
    assert all((later - earlier) % 24 == 1 for earlier, later in pairwise(opening))
    if opening:
        assert {opening[0], opening[-1]} <= hours


# --- the test behind the sentences --------------------------------------------------------------


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 40), st.integers(0, 40))
def test_the_chance_is_that_of_fishers_exact_test(hits: int, misses: int, others: int, more: int) -> None:
    here, elsewhere = hits + misses, others + more
    exact = sum(
        Fraction(
            math.comb(here, x) * math.comb(elsewhere, hits + others - x),
            math.comb(here + elsewhere, hits + others),
        )
        for x in range(hits, min(here, hits + others) + 1)
    )
    assert Comparison(hits, here, others, elsewhere).chance() == pytest.approx(float(exact))


def test_chance_alone_is_called_a_pattern_in_at_most_one_shop_of_twenty() -> None:
    shops = 1_000
    assert sum(bool(said(random_shop(seed))) for seed in range(shops)) <= shops * 0.05


# --- what was planted is found ------------------------------------------------------------------


def test_a_machine_that_has_far_more_than_its_share_is_named() -> None:
    noise = [incident("55", DAYS[i], 9 + i % 11, TERMINALS[i % 2]) for i in range(60)]
    ill = [incident("E1", DAYS[number * 4], 9 + number % 9, TERMINALS[1]) for number in range(18)]
    well = [incident("E1", DAYS[number * 9], 12, TERMINALS[0]) for number in range(1)]
    (sentence,) = said([*noise, *ill, *well])
    assert sentence == (
        "Card terminal 2: on 18 of 48 days with trouble it was “E1 No reply”, "
        "on the others of its kind on 1 of 30."
    )


def test_a_machine_is_compared_with_its_own_kind_only() -> None:
    """That a printer has all cases without paper says nothing about it."""
    printer = Machine("printer")
    cases = [incident("no-paper", DAYS[number * 4], 9 + number % 9, printer) for number in range(20)]
    cases += [incident("91", DAYS[number * 4 + 1], 9 + number % 9, TERMINALS[0]) for number in range(20)]
    assert said(cases) == []


def test_a_weekday_that_stands_out_is_named() -> None:
    saturdays = [day for day in DAYS if day.weekday() == 5]
    every_other = [incident("55", day, 9 + number % 11) for number, day in enumerate(DAYS[::2])]
    cases = [*every_other, *(incident("no-paper", day, 10 + i) for i, day in enumerate(saturdays[:9]))]
    assert said(cases) == ["no-paper No reply: on 9 of 13 Saturdays, and on 0 of 77 other days."]
    assert (
        sentences(cases, DAYS, KINDS)[0].zh == "no-paper 没回应：13 个星期六里有 9 天，其他 77 天里有 0 天。"
    )


def test_one_bad_day_is_no_pattern() -> None:
    every_other = [incident("55", day, 9 + number % 11) for number, day in enumerate(DAYS[::2])]
    every_other += [incident("55", day, 9 + n % 11, TERMINALS[n % 2]) for n, day in enumerate(DAYS[::2])]
    outage = [incident("91", DAYS[5], 18, TERMINALS[1]) for _ in range(30)]
    assert said([*every_other, *outage]) == []


def test_an_hour_that_stands_out_is_named() -> None:
    cases = [incident("91", day, 18) for day in DAYS[::6]]
    cases += [incident("55", day, 9 + number % 11) for number, day in enumerate(DAYS[::5])]
    assert "91 No reply: between 18:00 and 19:00 on 15 of 90 days, and in 0 of 900 other hours." in said(
        cases
    )


def test_a_step_that_helped_clearly_more_often_is_named() -> None:
    cases = [incident("91", DAYS[i * 5], 9 + i % 9, a=i < 9, b=False, c=i == 9) for i in range(12)]
    assert said(cases) == ["“91 No reply”: “step a” helped 9 of 12 times, the other steps 1 of 24 times."]
    assert said(cases[:6]) == ["“91 No reply”: “step a” helped 6 of 6 times, the other steps 0 of 12 times."]
    assert said(cases[:3]) == []


def test_what_is_sure_but_small_is_not_said() -> None:
    """Among very many cases the smallest difference is beyond chance."""
    comparison = Comparison(1_500, 10_000, 10_000, 90_000)
    assert comparison.chance() < 1e-9
    assert not comparison.is_large


def test_one_of_a_thousand_machines_is_compared_with_all_the_others() -> None:
    machines = [Machine("terminal", number=str(number)) for number in range(1000)]
    cases = [
        incident("96" if machine is machines[0] else "91", day, machine=machine)
        for day in DAYS[:8]
        for machine in machines
    ]
    (said,) = sentences(cases, DAYS[:8], KINDS)
    assert said.en.startswith("Card terminal 0: on 8 of 8 days with trouble it was “96 No reply”")
    assert said.en.endswith("on 0 of 7992.")
