"""What is wanted -> the entries that have it, the best first.

An entry counts what its wants weigh: a rare word more than a common one, a title more than a cause, a literal
match more than one by sound. Rare wants are looked up first and gather the candidates; wants that very many
entries have only add to these. So a search reads a bounded number of entries, however many there are.
"""

import json
import math
import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from pos_helper.catalog.index_format import Field, Numbers, unpacked
from pos_helper.catalog.question import Interpreter, Want, Way
from pos_helper.catalog.terms import GROUP, Analysis
from pos_helper.domain.entries import Money, Topic
from pos_helper.domain.lookup import How, Part
from pos_helper.domain.query import Query

_MOST_STRONG = 20
_MOST_WEAK = 6
_MOST_GATHERED = 1000
_MOST_CANDIDATES = 200
_MOST_RANKED = 100

_WEIGHT = {Field.ALIAS: 1.0, Field.TITLE: 0.95, Field.MEANING: 0.7, Field.CAUSE: 0.45, Field.STEP: 0.25}
_PART = dict(zip(Field, (Part.ALIAS, Part.TITLE, Part.MEANING, Part.CAUSE, Part.STEP), strict=True))
_WHOLE_NAME = 0.5
"""What is added if the title or an alias is all of the question, as a part of the whole score."""
_SAME_NAME = 0.05
"""How far a name that only means the same is like what was typed: it still comes after literal meanings."""
_WORTH_SHOWING = 0.5
"""An entry that has less of what is wanted than this part of what the best one has is not shown."""
_STEPS = 20
"""Scores that fall on the same of so many steps below the best one are equally good."""


class Found(Struct, frozen=True):
    """An entry that answers a question, by its number, and what found it."""

    number: int
    part: Part
    how: How


class Answer(Struct, frozen=True):
    """What a question in words came to. ``terms`` and ``initials`` are what to mark in the titles."""

    found: tuple[Found, ...] = ()
    terms: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()


class _Reason(Struct, frozen=True):
    value: float
    part: Part
    how: How


class _Posting(Struct, frozen=True):
    """Where a term stands: in how many entries itself, in how many through their steps, and in which."""

    entries: int
    uses: int
    fields: tuple[Numbers, ...]


class _Evidence(Struct):
    """What the index has for one want: numbers of entries with the reason, the weakest reason first."""

    weak: bool
    lists: list[tuple[_Reason, Numbers]]
    reasons: dict[int, _Reason] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(len(numbers) for _, numbers in self.lists)

    @property
    def worth(self) -> float:
        """What the want counts at best."""
        return self.lists[-1][0].value

    def gather(self) -> dict[int, _Reason]:
        """The best reason of each entry, of a list that is too long only for its first entries."""
        for reason, numbers in self.lists:
            self.reasons.update(dict.fromkeys(numbers[:_MOST_GATHERED], reason))
        return self.reasons

    def look_up(self, candidates: Sequence[int]) -> dict[int, _Reason]:
        """The best reason of each of these entries, which are ascending numbers."""
        for reason, numbers in self.lists:
            self.reasons.update(dict.fromkeys(_in_both(candidates, numbers), reason))
        return self.reasons


class WordSearch:
    """Searches the words of one index. Raises ``sqlite3.Error`` and ``ValueError`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._interpreter = Interpreter(connection)

    @property
    def analysis(self) -> Analysis:
        """How the texts of this index are taken apart."""
        return self._interpreter.analysis

    def find(self, query: Query, limit: int, met: Collection[str]) -> Answer:
        """At most ``limit`` entries, the best first. Of equals, entries whose id is in ``met`` come first."""
        wants = self._interpreter.wants(query)
        postings = self._postings({way.term for want in wants for way in want.ways})
        evidence = [self._evidence(want, postings) for want in wants]
        # The rare before the common, and what only supports others last.
        evidence = sorted((each for each in evidence if each.lists), key=lambda each: (each.weak, each.size))
        scores = _score(evidence)
        worth = {
            number: sum(each.worth for each in evidence if number in each.reasons and not each.weak)
            for number in scores
        }
        enough = _WORTH_SHOWING * max(worth.values(), default=0.0)
        shown = {number: score for number, score in scores.items() if worth[number] >= enough}
        if not shown:
            return Answer()
        about_money = any(way.term in self._money_groups for want in wants for way in want.ways)
        ranked = self._ranked(shown, query, met, about_money)
        return Answer(
            tuple(_found(number, evidence) for number in ranked[:limit]),
            frozenset(way.term for want in wants if not want.weak for way in want.ways),
            frozenset(want.initials for want in wants if want.initials),
        )

    # --- what the index has -------------------------------------------------------------------------

    @cached_property
    def _all(self) -> int:
        (number,) = self._connection.execute("SELECT max(number) FROM entry").fetchone()
        return number or 1

    @cached_property
    def _money_groups(self) -> frozenset[str]:
        rows = self._connection.execute("SELECT body FROM record WHERE kind = 'synonyms'")
        return frozenset(
            GROUP + group["id"]
            for group in (json.loads(body) for (body,) in rows)
            if group.get("about") == Topic.MONEY
        )

    def _postings(self, terms: Collection[str]) -> dict[str, _Posting]:
        rows = self._connection.execute(
            "SELECT word, entries, uses, alias, title, meaning, cause, step FROM term"
            " WHERE word IN (SELECT value FROM json_each(?))",
            (json.dumps(list(terms)),),
        )
        return {
            word: _Posting(entries, uses, tuple(map(unpacked, fields)))
            for word, entries, uses, *fields in rows
        }

    def _evidence(self, want: Want, postings: dict[str, _Posting]) -> _Evidence:
        ways = [(way, postings[way.term]) for way in want.ways if way.term in postings]
        # A rare word for a common thing is no rarer than the thing.
        named = [posting for way, posting in ways if not way.term.startswith(GROUP)]
        called = [posting for way, posting in ways if way.term.startswith(GROUP)]
        entries = max(sum(posting.entries for posting in each) for each in (named, called))
        uses = max(sum(posting.uses for posting in each) for each in (named, called))
        lists = [
            (self._reason(want, way, Field(field), entries), numbers)
            for way, posting in ways
            for field, numbers in enumerate(posting.fields[: Field.STEP])
            if numbers
        ]
        if uses <= max(_MOST_GATHERED, self._all // 10):  # what stands in most steps says nothing
            for way, posting in ways:
                if steps := posting.fields[Field.STEP]:
                    reason = self._reason(want, way, Field.STEP, entries + uses)
                    lists += ((reason, numbers) for numbers in self._uses(steps))
        return _Evidence(want.weak, sorted(lists, key=lambda each: each[0].value))

    def _reason(self, want: Want, way: Way, field: Field, entries: int) -> _Reason:
        value = want.size * way.factor * _WEIGHT[field] * self._rarity(entries)
        is_group = way.term.startswith(GROUP)
        return _Reason(value, Part.SYNONYM if is_group else _PART[field], way.how)

    def _rarity(self, entries: int) -> float:
        return math.log1p(self._all / (1 + entries))

    def _uses(self, steps: Iterable[int]) -> list[Numbers]:
        rows = self._connection.execute(
            "SELECT entries FROM step_use WHERE step IN (SELECT value FROM json_each(?))",
            (json.dumps(list(steps)),),
        )
        return [unpacked(entries) for (entries,) in rows]

    # --- which are the best -------------------------------------------------------------------------

    def _ranked(
        self, scores: dict[int, float], query: Query, met: Collection[str], about_money: bool
    ) -> list[int]:
        """The numbers, the best first, and equals as they matter and are common."""
        typed = self.analysis.compact(query.bare)
        other = self.analysis.other_names(self.analysis.compact(query.said))
        rows = self._connection.execute(
            "SELECT number, id, money, common, names FROM entry"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(scores)),),
        ).fetchall()
        whole = max(scores.values())
        for number, _, _, _, names in rows:
            likeness = max(_likeness(typed, other, name) for name in names.split("\n"))
            scores[number] += whole * _WHOLE_NAME * likeness
        best = max(scores.values())

        def order(row: Sequence[Any]) -> tuple[float, ...]:
            number, entry_id, money, common, _ = row
            step = round((1 - scores[number] / best) * _STEPS)
            matters = about_money and money in (Money.CHARGED, Money.UNKNOWN)
            return (step, -matters, -common, -(entry_id in met), -scores[number], number)

        rows.sort(key=order)
        return [number for number, *_ in rows]


def _score(evidence: Sequence[_Evidence]) -> dict[int, float]:
    """What each entry counts, the best first. Only entries that have something by itself are in it."""
    scores: dict[int, float] = {}
    strong = [each for each in evidence if not each.weak][:_MOST_STRONG]
    weak = [each for each in evidence if each.weak][:_MOST_WEAK]
    rare = strong[:1] + [each for each in strong[1:] if each.size <= _MOST_GATHERED]
    for each in rare:
        _add(scores, each.gather())
    scores = _best(scores, _MOST_CANDIDATES)
    candidates = sorted(scores)
    for each in [*strong[len(rare) :], *weak]:
        _add(scores, each.look_up(candidates))
    return _best(scores, _MOST_RANKED)


def _add(scores: dict[int, float], reasons: Mapping[int, _Reason]) -> None:
    for number, reason in reasons.items():
        scores[number] = scores.get(number, 0.0) + reason.value


def _best(scores: dict[int, float], most: int) -> dict[int, float]:
    # Equal ones stay in the order of their numbers in the rarest want, the commonest entry first.
    return dict(sorted(scores.items(), key=itemgetter(1), reverse=True)[:most])


def _in_both(candidates: Sequence[int], numbers: Numbers) -> Iterable[int]:
    """The candidates that are among some more numbers; both are ascending."""
    if len(numbers) <= _MOST_GATHERED:
        return set(candidates).intersection(numbers)
    found: list[int] = []
    place, end = 0, len(numbers)
    for number in candidates:
        place = bisect_left(numbers, number, place)
        if place == end:
            break
        if numbers[place] == number:
            found.append(number)
    return found


def _found(number: int, evidence: Sequence[_Evidence]) -> Found:
    """The best reason, with the loosest way in which anything that counts by itself was found."""
    reasons = [each.reasons[number] for each in evidence if number in each.reasons and not each.weak]
    part = max(reasons, key=lambda reason: reason.value).part
    return Found(number, part, max((reason.how for reason in reasons), key=list(How).index))


def _likeness(typed: str, other: Collection[str], name: str) -> float:
    """How far a name is what was typed: 1 if it is, less if it has other words or is called otherwise."""
    if not typed or not name:
        return 0.0
    if typed in name or name in typed:
        return (min(len(typed), len(name)) / max(len(typed), len(name))) ** 2
    return _SAME_NAME if name in other else 0.0
