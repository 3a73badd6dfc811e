"""What keeps failing: a shop's cases, counted, and the sentences that these numbers carry.

Every sentence compares how often something happened here and elsewhere: a fault on one machine and on the
others of its kind, on one weekday and on other days, in one hour and in other hours; a step that helped and
the other steps. Machines, weekdays and hours are compared by days, not by cases: what fails five times in a
row has failed once. A sentence is said only if Fisher's exact test, corrected for how many comparisons were
possible, leaves chance less than 5 % for all of them together, and if it happened at least twice as often.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import Machine, machine_name
from pos_helper.domain.text import Lang, Text

MOST_SENTENCES = 3

_CHANCE = 0.05
_LEAST = 4
"""What happened less often than this says nothing."""
_TWICE = 2.0

WEEKDAYS = (
    Text("星期一", "Mondays"),
    Text("星期二", "Tuesdays"),
    Text("星期三", "Wednesdays"),
    Text("星期四", "Thursdays"),
    Text("星期五", "Fridays"),
    Text("星期六", "Saturdays"),
    Text("星期日", "Sundays"),
)


class Fault(Struct, frozen=True):
    """What cases are about: an entry, and for one without a code what the screen showed."""

    entry: str
    shown: str


class TriedStep(Struct, frozen=True):
    """A step that was done in a case, and whether it helped."""

    step: str
    text: Text
    helped: bool


class Incident(Struct, frozen=True):
    """A case as it is counted. ``money_unknown``: it stayed open whether the money had moved."""

    fault: Fault
    code: str | None
    title: Text
    opened_at: datetime
    machine: Machine | None = None
    money_unknown: bool = False
    tried: tuple[TriedStep, ...] = ()

    @property
    def name(self) -> Text:
        """Its code, if it has one, and its title."""
        return Text(*(" ".join(filter(None, (self.code, title))) for title in (self.title.zh, self.title.en)))


class FaultCount(Struct, frozen=True):
    """How often a fault was met, and in how many of these cases the money stayed unknown."""

    name: Text
    times: int
    money_unknown: int


class MachineCount(Struct, frozen=True):
    """How many cases a machine had; ``None`` are those of which it is not known."""

    machine: Machine | None
    times: int


class StepCount(Struct, frozen=True):
    """How often a step was done, and how often it helped."""

    text: Text
    helped: int
    tried: int


class Counts(Struct, frozen=True):
    """The cases, counted; each part has the most frequent first. ``hours`` is by weekday, 0 is Monday."""

    total: int
    faults: tuple[FaultCount, ...]
    hours: Mapping[tuple[int, int], int]
    machines: tuple[MachineCount, ...]
    steps: tuple[StepCount, ...]


def count(incidents: Sequence[Incident]) -> Counts:
    """Count cases, which come newest first: what has changed its words is called by the newest."""
    names: dict[Fault, Text] = {}
    texts: dict[str, Text] = {}
    machines: dict[tuple[str, ...] | None, Machine | None] = {}
    faults: Counter[Fault] = Counter()
    unknown: Counter[Fault] = Counter()
    on_machine: Counter[tuple[str, ...] | None] = Counter()
    tried: Counter[str] = Counter()
    helped: Counter[str] = Counter()
    for each in incidents:
        if each.fault not in names:  # a name is put together each time that it is asked for
            names[each.fault] = each.name
        faults[each.fault] += 1
        unknown[each.fault] += each.money_unknown
        key = each.machine.identity if each.machine else None
        machines.setdefault(key, each.machine)
        on_machine[key] += 1
        for step in each.tried:
            texts.setdefault(step.step, step.text)
            tried[step.step] += 1
            helped[step.step] += step.helped
    best_first = sorted(tried, key=lambda step: (-helped[step], tried[step]))
    return Counts(
        total=len(incidents),
        faults=tuple(FaultCount(names[fault], n, unknown[fault]) for fault, n in faults.most_common()),
        hours=Counter((each.opened_at.weekday(), each.opened_at.hour) for each in incidents),
        machines=tuple(MachineCount(machines[key], n) for key, n in on_machine.most_common()),
        steps=tuple(StepCount(texts[step], helped[step], tried[step]) for step in best_first),
    )


def opening_hours(hours: Collection[int]) -> tuple[int, ...]:
    """The shortest run of hours that has all of these, also past midnight: as long as the shop is open."""
    known = sorted(set(hours))
    if not known:
        return ()
    gaps = (
        (later - earlier) % 24 or 24 for earlier, later in zip(known, (*known[1:], known[0]), strict=True)
    )
    longest, last = max(zip(gaps, known, strict=True))
    first = (last + longest) % 24
    return tuple((first + number) % 24 for number in range(25 - longest))


# --- sentences ------------------------------------------------------------------------------------


class Comparison(NamedTuple):
    """It happened in ``hits`` of ``here`` cases, days or hours, and in ``other_hits`` of ``elsewhere``."""

    hits: int
    here: int
    other_hits: int
    elsewhere: int

    @property
    def can_tell(self) -> bool:
        """Whether there is enough to compare, whatever came out of it."""
        return min(self.here, self.elsewhere, self.hits + self.other_hits) >= _LEAST

    @property
    def is_large(self) -> bool:
        """Whether it happened at least twice as often here as elsewhere."""
        return self.hits >= _LEAST and self.hits * self.elsewhere >= _TWICE * self.other_hits * self.here

    def chance(self) -> float:
        """How likely so many hits here, or more, would be if here were like elsewhere (Fisher, one-sided)."""
        all_hits = self.hits + self.other_hits
        ways = math.comb(self.here, self.hits) * math.comb(self.elsewhere, self.other_hits)
        likely = ways / math.comb(self.here + self.elsewhere, all_hits)
        chance = 0.0
        for hits in range(self.hits, min(self.here, all_hits) + 1):
            chance += likely
            rest = all_hits - hits
            likely *= (self.here - hits) * rest / ((hits + 1) * (self.elsewhere - rest + 1))
        return chance


class _Candidate(NamedTuple):
    """A comparison, and the sentence that it may lead to."""

    found: Comparison
    sentence: Text
    values: Mapping[str, Text | int]

    def said(self) -> Text:
        values = {**self.found._asdict(), **self.values}
        zh, en = (
            sentence.format_map(
                {name: value.of(lang) if isinstance(value, Text) else value for name, value in values.items()}
            )
            for lang, sentence in ((Lang.ZH, self.sentence.zh), (Lang.EN, self.sentence.en))
        )
        return Text(zh, en)


def sentences(
    incidents: Sequence[Incident], days: Sequence[date], kinds: Sequence[MachineKind]
) -> tuple[Text, ...]:
    """What the numbers of these cases carry, the surest first; at most one sentence for each question.

    The cases come newest first. ``days`` are all days that they are from, those without a case included.
    """
    candidates = [each for each in _candidates(incidents, days, kinds) if each.found.can_tell]
    # Looked at often enough, chance looks like a pattern: all comparisons together may be wrong that often.
    threshold = _CHANCE / max(1, len(candidates))
    chances = ((each.found.chance(), each) for each in candidates if each.found.is_large)
    sure = sorted((pair for pair in chances if pair[0] <= threshold), key=lambda pair: pair[0])
    best: dict[Text, _Candidate] = {}
    for _, each in sure:
        best.setdefault(each.sentence, each)
    return tuple(each.said() for each in list(best.values())[:MOST_SENTENCES])


def days_between(first: date, last: date) -> tuple[date, ...]:
    """All days from the first to the last."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def _candidates(
    incidents: Sequence[Incident], days: Sequence[date], kinds: Sequence[MachineKind]
) -> Iterator[_Candidate]:
    by_fault: dict[Fault, list[Incident]] = defaultdict(list)
    machines = {each.machine.identity: each.machine for each in reversed(incidents) if each.machine}
    for each in incidents:
        by_fault[each.fault].append(each)
    weekdays = {each.opened_at.weekday() for each in incidents}
    open_days = Counter(day.weekday() for day in days if day.weekday() in weekdays)
    hours = opening_hours({each.opened_at.hour for each in incidents})
    bad_days = _days_by_machine(incidents)
    yield from _by_time(incidents, _ANYTHING, open_days, hours)
    for cases in by_fault.values():
        if len(cases) >= _LEAST:
            yield from _by_machine(cases, bad_days, machines, kinds)
            yield from _by_time(cases, cases[0].name, open_days, hours)
            yield from _by_step(cases)


def _by_machine(
    cases: Sequence[Incident],
    bad_days: Mapping[tuple[str, str, str], int],
    machines: Mapping[tuple[str, str, str], Machine],
    kinds: Sequence[MachineKind],
) -> Iterator[_Candidate]:
    """Whether a fault is more frequent on one machine than on the others of its kind.

    ``bad_days`` is on how many days each of the ``machines`` had any trouble.
    """
    name, hit_days = cases[0].name, _days_by_machine(cases)
    hits: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for identity, machine in machines.items():
        hits[machine.kind] += hit_days[identity]
        days[machine.kind] += bad_days[identity]
    for identity, machine in machines.items():
        here, all_here = hit_days[identity], bad_days[identity]
        found = Comparison(here, all_here, hits[machine.kind] - here, days[machine.kind] - all_here)
        yield _Candidate(found, _ON_MACHINE, {"fault": name, "machine": machine_name(machine, kinds)})


def _days_by_machine(cases: Sequence[Incident]) -> Counter[tuple[str, str, str]]:
    days = {(each.machine.identity, each.opened_at.date()) for each in cases if each.machine}
    return Counter(identity for identity, _ in days)


def _by_time(
    cases: Sequence[Incident], name: Text, open_days: Mapping[int, int], hours: Sequence[int]
) -> Iterator[_Candidate]:
    """Whether it comes on one weekday more than on others, and in one hour more than in others."""
    all_days = sum(open_days.values())
    hit_days = Counter(day.weekday() for day in {each.opened_at.date() for each in cases})
    for weekday, here in open_days.items():
        hits = hit_days[weekday]
        found = Comparison(hits, here, hit_days.total() - hits, all_days - here)
        yield _Candidate(found, _ON_WEEKDAY, {"fault": name, "weekday": WEEKDAYS[weekday]})
    hit_hours = Counter(hour for _, hour in {(each.opened_at.date(), each.opened_at.hour) for each in cases})
    for hour in hours:
        hits = hit_hours[hour]
        found = Comparison(hits, all_days, hit_hours.total() - hits, all_days * (len(hours) - 1))
        yield _Candidate(found, _IN_HOUR, {"fault": name, "hour": hour, "end": hour + 1})


def _by_step(cases: Sequence[Incident]) -> Iterator[_Candidate]:
    """Whether one step helped against a fault more often than the other steps that were tried."""
    steps = count(cases).steps
    helped, tried = sum(each.helped for each in steps), sum(each.tried for each in steps)
    for step in steps:
        found = Comparison(step.helped, step.tried, helped - step.helped, tried - step.tried)
        yield _Candidate(found, _BY_STEP, {"fault": cases[0].name, "step": step.text})


_ANYTHING = Text("出问题", "Some trouble")

_ON_MACHINE = Text(
    "{machine}：{here} 个出问题的日子里 {hits} 天有“{fault}”，其他同类的 {elsewhere} 天里 {other_hits} 天。",
    "{machine}: on {hits} of {here} days with trouble it was “{fault}”, on the others of its kind on "
    "{other_hits} of {elsewhere}.",
)
_ON_WEEKDAY = Text(
    "{fault}：{here} 个{weekday}里有 {hits} 天，其他 {elsewhere} 天里有 {other_hits} 天。",
    "{fault}: on {hits} of {here} {weekday}, and on {other_hits} of {elsewhere} other days.",
)
_IN_HOUR = Text(
    "{fault}：{hour} 点到 {end} 点，{here} 天里有 {hits} 天；其他 {elsewhere} 个钟点里有 {other_hits} 个。",
    "{fault}: between {hour}:00 and {end}:00 on {hits} of {here} days, and in {other_hits} of {elsewhere} "
    "other hours.",
)
_BY_STEP = Text(
    "遇到“{fault}”，“{step}”，{here} 次里有 {hits} 次有用；其他办法 {elsewhere} 次里有 {other_hits} 次。",
    "“{fault}”: “{step}” helped {hits} of {here} times, the other steps {other_hits} of {elsewhere} times.",
)
