"""What is wanted -> the entries that have it, the best first.

An entry counts what its wants weigh: a rare word more than a common one, a title more than a cause, a literal
match more than one by sound. Rare wants are looked up first and gather the candidates; wants that very many
entries have only add to these. So a search reads a bounded number of entries, however many there are.
"""

import json
import math
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
_MOST_FITTED = 25

_WEIGHT = {Field.ALIAS: 1.0, Field.TITLE: 0.95, Field.MEANING: 0.7, Field.CAUSE: 0.45, Field.STEP: 0.25}
_PART = dict(zip(Field, (Part.ALIAS, Part.TITLE, Part.MEANING, Part.CAUSE, Part.STEP), strict=True))
_WHOLE_NAME = 0.5
"""What is added if the title or an alias is all of the question, as a part of the whole score."""
_WORTH_SHOWING = 0.5
"""An entry that has less of what is wanted than this part of what the best one has is not shown."""
_UNDERSTOOD = 0.3
"""If even the best one has no more than this part of what was typed, the question was not understood."""
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

    want: Want
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
        evidence = [each for want in wants if (each := self._evidence(want, postings)).lists]
        # The rare before the common.
        strong = sorted((each for each in evidence if not each.want.weak), key=lambda each: each.size)
        weak = sorted((each for each in evidence if each.want.weak), key=lambda each: each.size)
        scores = _score(strong[:_MOST_STRONG], weak[:_MOST_WEAK])
        shares = {number: _share(number, strong) for number in scores}
        most = max(shares.values(), default=0.0)
        shown = {
            number: score * (1 + shares[number]) / 2
            for number, score in scores.items()
            if shares[number] >= _WORTH_SHOWING * most
        }
        if not shown or self._understood(query, next(iter(shown)), strong) <= _UNDERSTOOD:
            return Answer()
        terms = frozenset(way.term for each in strong for way in each.want.ways)
        initials = frozenset(each.want.initials for each in strong if each.want.initials)
        about_money = not self._money_groups.isdisjoint(terms)
        ranked = self._ranked(shown, strong, met, about_money)
        return Answer(tuple(_found(number, strong) for number in ranked[:limit]), terms, initials)

    def _understood(self, query: Query, number: int, strong: Sequence[_Evidence]) -> float:
        """How much of what was typed the best entry has; what only looks or sounds alike counts half."""
        units = self._interpreter.units(query)
        known = 0.0
        for start, end in units:
            reasons = [
                each.reasons[number].how
                for each in strong
                if number in each.reasons and each.want.start <= start and end <= each.want.end
            ]
            known += max((0.5 if how in (How.SOUND, How.TYPO) else 1.0 for how in reasons), default=0.0)
        return known / len(units) if units else 1.0

    # --- what the index has -------------------------------------------------------------------------

    @cached_property
    def _all(self) -> int:
        (number,) = self._connection.execute("SELECT sum(entries) FROM pack").fetchone()
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
        named = [posting for way, posting in ways if not way.term.startswith(GROUP)]
        called = [posting for way, posting in ways if way.term.startswith(GROUP)]
        rarity = self._rarity(named, called, lambda posting: posting.entries)
        in_steps = self._rarity(named, called, lambda posting: posting.entries + posting.uses)
        lists = [
            (self._reason(want, way, Field(field), rarity), numbers)
            for way, posting in ways
            for field, numbers in enumerate(posting.fields[: Field.STEP])
            if numbers
        ]
        uses = sum(posting.uses for _, posting in ways)
        if uses <= max(_MOST_GATHERED, self._all // 10):  # what stands in most steps says nothing
            for way, posting in ways:
                if steps := posting.fields[Field.STEP]:
                    reason = self._reason(want, way, Field.STEP, in_steps)
                    lists += ((reason, numbers) for numbers in self._uses(steps))
        return _Evidence(want, sorted(lists, key=lambda each: each[0].value))

    def _reason(self, want: Want, way: Way, field: Field, rarity: float) -> _Reason:
        value = want.size * way.factor * _WEIGHT[field] * rarity
        is_group = way.term.startswith(GROUP)
        return _Reason(value, Part.SYNONYM if is_group else _PART[field], way.how)

    def _rarity(
        self, named: Iterable[_Posting], called: Iterable[_Posting], count: Callable[[_Posting], int]
    ) -> float:
        """How much it says that an entry has a word: little if many have.

        A rare word for a common thing lies between the two.
        """
        word = sum(map(count, named))
        thing = max(word, sum(map(count, called)))
        return sum(math.log1p(self._all / (1 + entries)) for entries in (word or thing, thing)) / 2

    def _uses(self, steps: Iterable[int]) -> list[Numbers]:
        rows = self._connection.execute(
            "SELECT entries FROM step_use WHERE step IN (SELECT value FROM json_each(?))",
            (json.dumps(list(steps)),),
        )
        return [unpacked(entries) for (entries,) in rows]

    # --- which are the best -------------------------------------------------------------------------

    def _ranked(
        self, scores: dict[int, float], strong: Sequence[_Evidence], met: Collection[str], about_money: bool
    ) -> list[int]:
        """The numbers, the best first, and equals as they matter and are common."""
        rows = self._connection.execute(
            "SELECT number, id, money, common, names FROM entry"
            " WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(scores)),),
        ).fetchall()
        rows.sort(key=lambda row: -scores[row[0]])
        whole = max(scores.values())
        for number, _, _, _, names in rows[:_MOST_FITTED]:
            scores[number] += whole * _WHOLE_NAME * max(self._fit(name, strong) for name in names.split("\n"))
        best = max(scores.values())

        def order(row: Sequence[Any]) -> tuple[float, ...]:
            number, entry_id, money, common, _ = row
            step = round((1 - scores[number] / best) * _STEPS)
            matters = about_money and money in (Money.CHARGED, Money.UNKNOWN)
            return (step, -matters, -common, -(entry_id in met), -scores[number], number)

        rows.sort(key=order)
        return [number for number, *_ in rows]

    def _fit(self, name: str, strong: Sequence[_Evidence]) -> float:
        """1 if the name is what was asked for and nothing else; less for what either has beyond the other."""
        letters = {each.want.initials for each in strong if each.want.initials}
        marks = self.analysis.initials_in(name, letters)
        terms = self.analysis.terms(name)
        there: dict[str, list[tuple[int, int]]] = {}
        for term in terms:
            there.setdefault(term.text, []).append((term.start, term.end))
        places = list(marks)
        asked = has = 0.0
        for each in strong:
            found = [way for way in each.want.ways if way.term in there]
            for way in found:
                places += there[way.term]
            best = max((way.factor for way in found), default=1.0 if marks and each.want.initials else 0.0)
            asked += each.worth
            has += each.worth * best
        atoms = self.analysis.atoms(name)
        covered = sum(any(start <= atom.start < end for start, end in places) for atom in atoms)
        return has / asked * covered / len(atoms) if has else 0.0


def _score(strong: Sequence[_Evidence], weak: Sequence[_Evidence]) -> dict[int, float]:
    """What each entry counts, the best first. Only entries that have something by itself are in it."""
    scores: dict[int, float] = {}
    rare = [each for place, each in enumerate(strong) if not place or each.size <= _MOST_GATHERED]
    for each in rare:
        _add(scores, each.gather())
    scores = _best(scores, _MOST_CANDIDATES)
    candidates = sorted(scores)
    for each in [*strong[len(rare) :], *weak]:
        _add(scores, each.look_up(candidates))
    return _best(scores, _MOST_RANKED)


def _share(number: int, strong: Sequence[_Evidence]) -> float:
    """How much of what is wanted an entry has."""
    return sum(each.worth for each in strong if number in each.reasons) / sum(each.worth for each in strong)


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


def _found(number: int, strong: Sequence[_Evidence]) -> Found:
    """The best reason, with the loosest way in which anything was found."""
    reasons = [each.reasons[number] for each in strong if number in each.reasons]
    part = max(reasons, key=lambda reason: reason.value).part
    return Found(number, part, max((reason.how for reason in reasons), key=list(How).index))
