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

import msgspec
from msgspec import Struct, field, msgpack

from pos_helper.catalog.index.analyzer import GROUP, AnalyzedName, Analyzer
from pos_helper.catalog.index.damage import IndexDamaged
from pos_helper.catalog.index.format import BYTES_PER_NUMBER, IndexField, Numbers, decoded, unpacked
from pos_helper.catalog.search.query_expansion import Expansion, QueryExpander, QueryTerm
from pos_helper.domain.entries import Money, Synonyms, Topic
from pos_helper.domain.linguistics.english import stem
from pos_helper.domain.lookup import MatchedField, MatchMethod, Spans
from pos_helper.domain.query import Query

_SHORTEST_CODE_WORD = 5
_MOST_STRONG = 20
_MOST_WEAK = 6
_MOST_GATHERED = 1000
_MOST_CANDIDATES = 200
_MOST_RANKED = 100
_MOST_FITTED = 15
_NAMES = msgpack.Decoder(tuple[AnalyzedName, ...])
_SYNONYMS = msgspec.json.Decoder(Synonyms)

_WEIGHT = {
    IndexField.ALIAS: 1.0,
    IndexField.TITLE: 0.98,
    IndexField.MEANING: 0.7,
    IndexField.PHRASES: 0.65,
    IndexField.CAUSE: 0.45,
    IndexField.STEP: 0.25,
}
_PART = {
    IndexField.ALIAS: MatchedField.ALIAS,
    IndexField.TITLE: MatchedField.TITLE,
    IndexField.MEANING: MatchedField.MEANING,
    IndexField.PHRASES: MatchedField.SYNONYM,
    IndexField.CAUSE: MatchedField.CAUSE,
    IndexField.STEP: MatchedField.STEP,
}
_WHOLE_NAME = 0.5
"""What is added if the title or an alias is all of the question, as a part of the whole score."""
_WORTH_SHOWING = 0.5
"""An entry that has less of what is wanted than this part of what the best one has is not shown."""
_UNDERSTOOD = 0.3
"""If even the best one has no more than this part of what was typed, the question was not understood."""
_SURE = {MatchMethod.SOUND: 0.4, MatchMethod.TYPO: 0.7}
"""How sure it is that a word was understood that was found only so; else it is certain."""
_WHOLE_ENOUGH = 0.5
"""A name that has so much of what was typed, and little else, is the answer to it."""
_MATTERS = 1.2
"""How much more an entry counts where money may have moved, if the question is about money."""
_STEPS = 15
"""Scores that fall on the same of so many steps below the best one are equally good."""


class WordHit(Struct, frozen=True):
    """An entry that answers a question, by its number, what found it, and where in its two titles."""

    number: int
    part: MatchedField
    how: MatchMethod
    marks_zh: Spans = ()
    marks_en: Spans = ()


class _Reason(Struct, frozen=True):
    value: float
    part: MatchedField
    how: MatchMethod


class _Posting(Struct, frozen=True):
    """Where a term stands: in how many entries itself, in how many through their steps, and in which."""

    entries: int
    uses: int
    fields: tuple[Numbers, ...]


class _Evidence(Struct):
    """What the index has for one want: numbers of entries with the reason, the weakest reason first."""

    query_term: QueryTerm
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
    """Searches the words of one index. Raises ``IndexDamaged`` and ``sqlite3.Error`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._interpreter = QueryExpander(connection)

    @property
    def analyzer(self) -> Analyzer:
        """How the texts of this index are taken apart."""
        return self._interpreter.analyzer

    def only_in_codes(self, words: Iterable[str]) -> list[str]:
        """Those of the words that stand in no text of any entry, only in codes."""
        roots = {stem(word): word for word in words if len(word) >= _SHORTEST_CODE_WORD}
        rows = self._connection.execute(
            "SELECT word FROM term WHERE word IN (SELECT value FROM json_each(?)) AND uses = 0"
            " AND entries = length(alias) / ?",
            (json.dumps(list(roots)), BYTES_PER_NUMBER),
        )
        return [roots[root] for (root,) in rows]

    def find(self, query: Query, limit: int, seen: Collection[str]) -> list[WordHit]:
        """At most ``limit`` entries, best first; of equals, those whose id is in ``seen`` come first."""
        query_terms = self._interpreter.query_terms(query)
        postings = self._postings(
            {expansion.term for query_term in query_terms for expansion in query_term.expansions}
        )
        evidence = [
            each for query_term in query_terms if (each := self._evidence(query_term, postings)).lists
        ]
        # The rare before the common.
        strong = sorted((each for each in evidence if not each.query_term.weak), key=lambda each: each.size)
        weak = sorted((each for each in evidence if each.query_term.weak), key=lambda each: each.size)
        if only_support := not strong:
            strong, weak = weak, []
        scores = _score(strong[:_MOST_STRONG], weak[:_MOST_WEAK])
        shares = _shares(scores, strong)
        most = max(shares.values(), default=0.0)
        shown = {
            number: score * (1 + shares[number]) / 2
            for number, score in scores.items()
            if shares[number] >= _WORTH_SHOWING * most
        }
        if not shown:
            return []
        if only_support:
            # Words that say little by themselves are an answer only as a whole name: "it is off".
            return self._ranked(shown, strong, seen, limit, _WHOLE_ENOUGH)
        if self._understood(query, next(iter(shown)), strong) <= _UNDERSTOOD:
            return []
        return self._ranked(shown, strong, seen, limit)

    def _understood(self, query: Query, number: int, strong: Sequence[_Evidence]) -> float:
        """How much of what was typed the best entry has; what only looks or sounds alike counts less."""
        units = self._interpreter.units(query)
        known = 0.0
        for start, end in units:
            reasons = [
                each.reasons[number].how
                for each in strong
                if number in each.reasons and each.query_term.start < end and start < each.query_term.end
            ]
            known += max((_SURE.get(how, 1.0) for how in reasons), default=0.0)
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
            GROUP + group.id
            for group in (decoded(body, _SYNONYMS) for (body,) in rows)
            if group.about is Topic.MONEY
        )

    def _postings(self, terms: Collection[str]) -> dict[str, _Posting]:
        rows = self._connection.execute(
            "SELECT word, entries, uses, alias, title, meaning, phrases, cause, step FROM term"
            " WHERE word IN (SELECT value FROM json_each(?))",
            (json.dumps(list(terms)),),
        )
        return {
            word: _Posting(entries, uses, tuple(map(unpacked, fields)))
            for word, entries, uses, *fields in rows
        }

    def _evidence(self, query_term: QueryTerm, postings: dict[str, _Posting]) -> _Evidence:
        expansions = [
            (expansion, postings[expansion.term])
            for expansion in query_term.expansions
            if expansion.term in postings
        ]
        named = [posting for expansion, posting in expansions if not expansion.term.startswith(GROUP)]
        called = [posting for expansion, posting in expansions if expansion.term.startswith(GROUP)]
        rarity = self._rarity(named, called, lambda posting: posting.entries)
        in_steps = self._rarity(named, called, lambda posting: posting.entries + posting.uses)
        lists = [
            (self._reason(query_term, expansion, IndexField(field), rarity), numbers)
            for expansion, posting in expansions
            for field, numbers in enumerate(posting.fields[: IndexField.STEP])
            if numbers
        ]
        uses = sum(posting.uses for _, posting in expansions)
        if uses <= max(_MOST_GATHERED, self._all // 10):  # what stands in most steps says nothing
            for expansion, posting in expansions:
                if steps := posting.fields[IndexField.STEP]:
                    reason = self._reason(query_term, expansion, IndexField.STEP, in_steps)
                    lists += ((reason, numbers) for numbers in self._uses(steps))
        return _Evidence(query_term, sorted(lists, key=lambda each: each[0].value))

    def _reason(
        self, query_term: QueryTerm, expansion: Expansion, field: IndexField, rarity: float
    ) -> _Reason:
        value = query_term.size * expansion.factor * _WEIGHT[field] * rarity
        is_group = expansion.term.startswith(GROUP)
        return _Reason(value, MatchedField.SYNONYM if is_group else _PART[field], expansion.how)

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
        self,
        scores: dict[int, float],
        strong: Sequence[_Evidence],
        seen: Collection[str],
        limit: int,
        least_fit: float = 0.0,
    ) -> list[WordHit]:
        """The best of the entries with these scores, and of equals the common ones."""
        sought = _Sought(strong, self._interpreter.analyzer)
        whole = max(scores.values())
        places = {}
        fits = {}
        best_names = self._rows("number, names, terms", list(_best(scores, _MOST_FITTED)))
        for number, names, terms in best_names:
            places[number], fits[number] = sought.in_names(names, terms)
            scores[number] += whole * _WHOLE_NAME * fits[number]
        rows = self._rows("number, id, money, common", list(scores))
        if len(rows) != len(scores):
            raise IndexDamaged("a term leads to no entry")
        if not self._money_groups.isdisjoint(sought.terms):
            for number, _, money, _ in rows:
                if money in (Money.CHARGED, Money.UNKNOWN):
                    scores[number] *= _MATTERS
        best = max(scores.values())

        def order(row: Sequence[Any]) -> tuple[float, ...]:
            number, entry_id, _, common = row
            step = round((1 - scores[number] / best) * _STEPS)
            return (step, -common, -(entry_id in seen), -scores[number], number)

        rows = sorted((row for row in rows if fits.get(row[0], 0.0) >= least_fit), key=order)
        return [_found(row[0], strong, places.get(row[0], ((), ()))) for row in rows[:limit]]

    def _rows(self, columns: str, numbers: Sequence[int]) -> list[Any]:
        """These columns of some entries, in the order of their numbers."""
        return self._connection.execute(
            f"SELECT {columns} FROM entry WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
            (json.dumps(numbers),),
        ).fetchall()


class _Sought:
    """What is wanted, made ready to be looked for in many names."""

    def __init__(self, strong: Sequence[_Evidence], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._worth = [each.worth for each in strong]
        self._whole = sum(self._worth)
        self._spelled = [number for number, each in enumerate(strong) if each.query_term.initials]
        self._letters = {strong[number].query_term.initials for number in self._spelled}
        self.terms: dict[str, list[tuple[int, float]]] = {}
        """The terms that are wanted, each with the numbers of the wants and how well it answers them."""
        for number, each in enumerate(strong):
            for expansion in each.query_term.expansions:
                self.terms.setdefault(expansion.term, []).append((number, expansion.factor))

    def in_names(self, names: str, terms: bytes) -> tuple[tuple[Spans, Spans], float]:
        """Where the wanted terms are in the two titles, and how well the best of all names fits.

        A name fits with 1 if it is what was asked for and nothing else; less for what either has beyond
        the other. Raises ``IndexDamaged``.
        """
        marks = []
        best = 0.0
        analyzed, texts = decoded(terms, _NAMES), names.split("\n")
        if not 2 <= len(analyzed) == len(texts):
            raise IndexDamaged("names and their terms are not as many")
        for name, text in zip(analyzed, texts, strict=True):
            places, has = self._in_name(name, text)
            marks.append(_merged(places))
            if places:
                tokens = [start for _, start, _ in name.terms[: name.tokens]]
                covered = sum(any(start <= token < end for start, end in places) for token in tokens)
                best = max(best, has / self._whole * covered / len(tokens))
        return (marks[0], marks[1]), best

    def _in_name(self, name: AnalyzedName, text: str) -> tuple[list[tuple[int, int]], float]:
        """The places of wanted terms in a name, in their order, and how much of what is wanted it has."""
        places = self._analyzer.initials_in(text, self._letters)
        has = dict.fromkeys(self._spelled, 1.0) if places else {}
        for term, start, end in name.terms:
            if term in self.terms:
                places.append((start, end))
                for number, factor in self.terms[term]:
                    has[number] = max(has.get(number, 0.0), factor)
        return sorted(places), sum(self._worth[number] * factor for number, factor in has.items())


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


def _shares(numbers: Iterable[int], strong: Sequence[_Evidence]) -> dict[int, float]:
    """How much of what is wanted each of some entries has."""
    worth = [(each.worth, each.reasons) for each in strong]
    whole = sum(value for value, _ in worth)
    return {
        number: sum([value for value, reasons in worth if number in reasons]) / whole for number in numbers
    }


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


def _found(number: int, strong: Sequence[_Evidence], marks: tuple[Spans, Spans]) -> WordHit:
    """The best reason, with the loosest way in which anything was found."""
    reasons = [each.reasons[number] for each in strong if number in each.reasons]
    part = max(reasons, key=lambda reason: reason.value).part
    return WordHit(number, part, max((reason.how for reason in reasons), key=list(MatchMethod).index), *marks)


def _merged(places: Sequence[tuple[int, int]]) -> Spans:
    """Sorted places without overlaps; those that touch become one."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
