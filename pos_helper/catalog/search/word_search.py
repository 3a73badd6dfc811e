"""Retrieve and rank entries by the terms of a query.

The score of an entry is the sum over the query terms that it matches of match factor x field weight x inverse
document frequency. Rare terms are scanned first and make the candidate set; terms with long postings are only
looked up for the candidates. So a query reads a bounded part of an index of any size.
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
from pos_helper.catalog.search import ranking
from pos_helper.catalog.search.query_expansion import Expansion, QueryExpander, QueryTerm
from pos_helper.domain.entries import Money, Synonyms, Topic
from pos_helper.domain.linguistics.english import stem
from pos_helper.domain.linguistics.trade_words import is_of_trade
from pos_helper.domain.lookup import MatchedField, MatchMethod, Spans
from pos_helper.domain.query import Query

_NAMES = msgpack.Decoder(tuple[AnalyzedName, ...])
_SYNONYMS = msgspec.json.Decoder(Synonyms)

_MATCHED_FIELD = {
    IndexField.ALIAS: MatchedField.ALIAS,
    IndexField.TITLE: MatchedField.TITLE,
    IndexField.MEANING: MatchedField.MEANING,
    IndexField.PHRASES: MatchedField.SYNONYM,
    IndexField.CAUSE: MatchedField.CAUSE,
    IndexField.STEP: MatchedField.STEP,
}


_NAMES_OF_ENTRY = frozenset({IndexField.ALIAS, IndexField.TITLE, IndexField.PHRASES})
"""The fields that say what an entry is, not only what it has to do with."""


class WordHit(Struct, frozen=True):
    """A matched entry: its number, its best field, the loosest method of a match, the spans in its titles.

    ``named`` is the part of the query that stands in its names: titles, screen texts, aliases, phrases.
    """

    number: int
    matched_on: MatchedField
    method: MatchMethod
    named: float
    marks_zh: Spans = ()
    marks_en: Spans = ()


class WordResult(Struct, frozen=True):
    """The entries that words find, best first, and whether the words were understood: else it is guesses."""

    hits: Sequence[WordHit] = ()
    understood: bool = False


class _TermScore(Struct, frozen=True):
    """What a query term adds to the score of an entry, and how it matched."""

    value: float
    field: IndexField
    matched_on: MatchedField
    method: MatchMethod


class _Posting(Struct, frozen=True):
    """The postings of a term: by field, and how many entries have it themselves and through their steps."""

    entries: int
    uses: int
    fields: tuple[Numbers, ...]


class _Evidence(Struct):
    """What the index has for one query term: lists of postings with their score, the lowest score first."""

    query_term: QueryTerm
    lists: list[tuple[_TermScore, Numbers]]
    scores: dict[int, _TermScore] = field(default_factory=dict)
    """The best score by entry, of the entries scanned or looked up so far."""

    @property
    def size(self) -> int:
        return sum(len(numbers) for _, numbers in self.lists)

    @property
    def max_score(self) -> float:
        """The most that the term can add to an entry."""
        return self.lists[-1][0].value

    def scan(self) -> dict[int, _TermScore]:
        """The score of each entry; of a list that is too long only of its first entries."""
        for score, numbers in self.lists:
            self.scores.update(dict.fromkeys(numbers[: ranking.MAX_POSTINGS_SCANNED], score))
        return self.scores

    def look_up(self, candidates: Sequence[int]) -> dict[int, _TermScore]:
        """The score of each of these entries, which are ascending numbers."""
        for score, numbers in self.lists:
            self.scores.update(dict.fromkeys(_intersection(candidates, numbers), score))
        return self.scores


class _Ranked(Struct, frozen=True):
    """An entry in the order of the answer: the matched spans of its two titles, and how far a name fits.

    It ``is_disputed`` if the query fits names of others as well, and they differ about the money: many a
    screen says "failed, please try again later".
    """

    number: int
    marks: tuple[Spans, Spans]
    fit: float
    is_disputed: bool


class WordSearch:
    """Searches the words of one index. Raises ``IndexDamaged`` and ``sqlite3.Error`` if it is damaged."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._expander = QueryExpander(connection)

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer of the index."""
        return self._expander.analyzer

    def only_in_codes(self, words: Iterable[str]) -> list[str]:
        """Those of the words that are in no text of any entry, only in codes."""
        roots = {stem(word): word for word in words if len(word) >= ranking.MIN_CODE_WORD_LENGTH}
        rows = self._connection.execute(
            "SELECT word FROM term WHERE word IN (SELECT value FROM json_each(?)) AND uses = 0"
            " AND entries = length(alias) / ?",
            (json.dumps(list(roots)), BYTES_PER_NUMBER),
        )
        return [roots[root] for (root,) in rows]

    def find(self, query: Query, limit: int, seen: Collection[str]) -> WordResult:
        """At most ``limit`` entries, best first; of equals, those whose id is in ``seen`` come first."""
        query_terms = self._expander.query_terms(query)
        postings = self._postings(
            {expansion.term for query_term in query_terms for expansion in query_term.expansions}
        )
        evidence = [
            each for query_term in query_terms if (each := self._evidence(query_term, postings)).lists
        ]
        evidence.sort(key=lambda each: each.size)  # rare terms make the candidates
        required = [each for each in evidence if not each.query_term.optional]
        optional = [each for each in evidence if each.query_term.optional]
        if only_optional := not required:
            required, optional = optional, []
        scores = _scores(required[: ranking.MAX_REQUIRED_TERMS], optional[: ranking.MAX_OPTIONAL_TERMS])
        coverage = _coverage(scores, required)
        best_coverage = max(coverage.values(), default=0.0)
        ranked = {
            number: score * (1 - ranking.COVERAGE_WEIGHT * (1 - coverage[number]))
            for number, score in scores.items()
            if coverage[number] >= ranking.MIN_RELATIVE_COVERAGE * best_coverage
        }
        if not ranked:
            return WordResult()
        content = self._expander.content_spans(query)
        min_fit = 0.0
        if only_optional:
            # Stop words alone are an answer only as a whole name: "it is off".
            min_fit = ranking.MIN_NAME_FIT
        elif _covered(content, next(iter(ranked)), required) <= ranking.MIN_QUERY_COVERAGE:
            return WordResult()
        hits = [
            _hit(each.number, required, each.marks, self._named(each, content, required))
            for each in self._ranked(ranked, required, seen, limit, min_fit)
        ]
        covered = max((_covered(content, hit.number, required) for hit in hits[:1]), default=0.0)
        understood = covered >= ranking.MIN_COVERAGE_OF_ANY or (
            covered >= ranking.MIN_COVERAGE_OF_TRADE and any(map(_is_of_trade, query_terms))
        )
        return WordResult(hits, only_optional or understood)

    @staticmethod
    def _named(ranked: _Ranked, content: Sequence[tuple[int, int]], required: Sequence[_Evidence]) -> float:
        """The part of a query that names an entry: none if its words are those of several that disagree."""
        if ranked.is_disputed:
            return 0.0
        return max(ranked.fit, _covered(content, ranked.number, required, _NAMES_OF_ENTRY))

    # --- postings -----------------------------------------------------------------------------------

    @cached_property
    def _entry_count(self) -> int:
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
        words = [posting for expansion, posting in expansions if not expansion.term.startswith(GROUP)]
        groups = [posting for expansion, posting in expansions if expansion.term.startswith(GROUP)]
        idf = self._idf(words, groups, lambda posting: posting.entries)
        step_idf = self._idf(words, groups, lambda posting: posting.entries + posting.uses)
        lists = [
            (_term_score(expansion, IndexField(field), idf), numbers)
            for expansion, posting in expansions
            for field, numbers in enumerate(posting.fields[: IndexField.STEP])
            if numbers
        ]
        uses = sum(posting.uses for _, posting in expansions)
        if uses <= max(ranking.MAX_POSTINGS_SCANNED, self._entry_count * ranking.MAX_STEP_SHARE):
            for expansion, posting in expansions:
                if steps := posting.fields[IndexField.STEP]:
                    score = _term_score(expansion, IndexField.STEP, step_idf)
                    lists += ((score, numbers) for numbers in self._uses(steps))
        return _Evidence(query_term, sorted(lists, key=lambda each: each[0].value))

    def _idf(
        self, words: Iterable[_Posting], groups: Iterable[_Posting], count: Callable[[_Posting], int]
    ) -> float:
        """The inverse document frequency of a term that is found as words and as groups of synonyms.

        It is the mean of both, so that a rare word for a common thing lies between the two.
        """
        word = sum(map(count, words))
        thing = max(word, sum(map(count, groups)))
        return sum(math.log1p(self._entry_count / (1 + entries)) for entries in (word or thing, thing)) / 2

    def _uses(self, steps: Iterable[int]) -> list[Numbers]:
        rows = self._connection.execute(
            "SELECT entries FROM step_use WHERE step IN (SELECT value FROM json_each(?))",
            (json.dumps(list(steps)),),
        )
        return [unpacked(entries) for (entries,) in rows]

    # --- the order ----------------------------------------------------------------------------------

    def _ranked(
        self,
        scores: dict[int, float],
        required: Sequence[_Evidence],
        seen: Collection[str],
        limit: int,
        min_name_fit: float,
    ) -> list[_Ranked]:
        """The best of the scored entries.

        They are ordered by score bucket; then come the common ones, then those in ``seen``.
        """
        matcher = _NameMatcher(required, self._expander.analyzer)
        top = max(scores.values())
        spans = {}
        fits = {}
        for number, names, terms in self._rows(
            "number, names, terms", list(_highest(scores, ranking.MAX_NAMES_COMPARED))
        ):
            spans[number], fits[number] = matcher.match(names, terms)
            scores[number] += top * ranking.NAME_FIT_BONUS * fits[number]
        rows = self._rows("number, id, money, common", list(scores))
        if len(rows) != len(scores):
            raise IndexDamaged("a term leads to no entry")
        if not self._money_groups.isdisjoint(matcher.factors):
            for number, _, money, _ in rows:
                if money in (Money.CHARGED, Money.UNKNOWN):
                    scores[number] *= ranking.MONEY_BOOST
        top = max(scores.values())

        def order(row: Sequence[Any]) -> tuple[float, ...]:
            number, entry_id, _, common = row
            bucket = round((1 - scores[number] / top) * ranking.SCORE_BUCKETS)
            return (bucket, -common, -(entry_id in seen), -scores[number], number)

        rows = sorted((row for row in rows if fits.get(row[0], 0.0) >= min_name_fit), key=order)
        moneys: dict[float, set[Money]] = {}
        for number, _, money, _ in rows:
            moneys.setdefault(fits.get(number, 0.0), set()).add(money)
        return [
            _Ranked(
                number, spans.get(number, ((), ())), fit, fit >= ranking.MIN_NAME_FIT and len(moneys[fit]) > 1
            )
            for number, fit in ((row[0], fits.get(row[0], 0.0)) for row in rows[:limit])
        ]

    def _rows(self, columns: str, numbers: Sequence[int]) -> list[Any]:
        """These columns of some entries, in the order of their numbers."""
        return self._connection.execute(
            f"SELECT {columns} FROM entry WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number",
            (json.dumps(numbers),),
        ).fetchall()


class _NameMatcher:
    """Compares the required terms of a query with the names of entries: titles and aliases."""

    def __init__(self, required: Sequence[_Evidence], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._max_scores = [each.max_score for each in required]
        self._total = sum(self._max_scores)
        self._with_initials = [place for place, each in enumerate(required) if each.query_term.initials]
        self._initials = {required[place].query_term.initials for place in self._with_initials}
        self.factors: dict[str, list[tuple[int, float]]] = {}
        """By index term: the places of the query terms that it matches, each with the match factor."""
        for place, each in enumerate(required):
            for expansion in each.query_term.expansions:
                self.factors.setdefault(expansion.term, []).append((place, expansion.factor))

    def match(self, names: str, terms: bytes) -> tuple[tuple[Spans, Spans], float]:
        """The matched spans of the two titles, and the fit of the name that fits best.

        The fit is the part of the query that the name covers times the part of the name that the query
        covers: 1 if they are the same. Raises ``IndexDamaged``.
        """
        marks = []
        best = 0.0
        analyzed, texts = decoded(terms, _NAMES), names.split("\n")
        if not 2 <= len(analyzed) == len(texts):
            raise IndexDamaged("names and their terms are not as many")
        for name, text in zip(analyzed, texts, strict=True):
            spans, covered = self._match_name(name, text)
            marks.append(_merged(spans))
            if spans:
                tokens = [start for _, start, _ in name.terms[: name.tokens]]
                inside = sum(any(start <= token < end for start, end in spans) for token in tokens)
                best = max(best, covered / self._total * inside / len(tokens))
        return (marks[0], marks[1]), best

    def _match_name(self, name: AnalyzedName, text: str) -> tuple[list[tuple[int, int]], float]:
        """The matched spans of a name in their order, and the sum of the scores of the matched terms."""
        spans = self._analyzer.initials_in(text, self._initials)
        matched = dict.fromkeys(self._with_initials, 1.0) if spans else {}
        for term, start, end in name.terms:
            if term in self.factors:
                spans.append((start, end))
                for place, factor in self.factors[term]:
                    matched[place] = max(matched.get(place, 0.0), factor)
        return sorted(spans), sum(self._max_scores[place] * factor for place, factor in matched.items())


def _term_score(expansion: Expansion, field: IndexField, idf: float) -> _TermScore:
    value = expansion.factor * ranking.FIELD_WEIGHT[field] * idf
    is_group = expansion.term.startswith(GROUP)
    matched_on = MatchedField.SYNONYM if is_group else _MATCHED_FIELD[field]
    return _TermScore(value, field, matched_on, expansion.method)


def _scores(required: Sequence[_Evidence], optional: Sequence[_Evidence]) -> dict[int, float]:
    """The scores of the best candidates, the highest first: entries with at least one required term."""
    scores: dict[int, float] = {}
    rare = [
        each for place, each in enumerate(required) if not place or each.size <= ranking.MAX_POSTINGS_SCANNED
    ]
    for each in rare:
        _add(scores, each.scan())
    scores = _highest(scores, ranking.MAX_CANDIDATES)
    candidates = sorted(scores)
    for each in [*required[len(rare) :], *optional]:
        _add(scores, each.look_up(candidates))
    return _highest(scores, ranking.MAX_RANKED)


def _coverage(numbers: Iterable[int], required: Sequence[_Evidence]) -> dict[int, float]:
    """The part of the query that each entry matches, its required terms weighted by their maximum score."""
    weighted = [(each.max_score, each.scores) for each in required]
    total = sum(max_score for max_score, _ in weighted)
    return {
        number: sum([max_score for max_score, scores in weighted if number in scores]) / total
        for number in numbers
    }


def _add(scores: dict[int, float], term_scores: Mapping[int, _TermScore]) -> None:
    for number, score in term_scores.items():
        scores[number] = scores.get(number, 0.0) + score.value


def _highest(scores: dict[int, float], most: int) -> dict[int, float]:
    # Equal ones stay in the order of their numbers in the rarest term, the commonest entry first.
    return dict(sorted(scores.items(), key=itemgetter(1), reverse=True)[:most])


def _intersection(candidates: Sequence[int], numbers: Numbers) -> Iterable[int]:
    """The candidates that are among some more numbers; both are ascending."""
    if len(numbers) <= ranking.MAX_POSTINGS_SCANNED:
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


def _is_of_trade(query_term: QueryTerm) -> bool:
    """Whether it is, or may be, a word of a shop's payments and devices; what only sounds alike is chance."""
    return any(
        is_of_trade(each.term) for each in query_term.expansions if each.method is not MatchMethod.SOUND
    )


def _covered(
    content: Sequence[tuple[int, int]],
    number: int,
    required: Sequence[_Evidence],
    fields: Collection[IndexField] = tuple(IndexField),
) -> float:
    """The part of the content tokens that an entry matches in these fields, weighted by the confidence."""
    covered = 0.0
    for start, end in content:
        methods = [
            score.method
            for each in required
            if each.query_term.start < end and start < each.query_term.end
            if (score := each.scores.get(number)) and score.field in fields
        ]
        covered += max((ranking.METHOD_CONFIDENCE.get(method, 1.0) for method in methods), default=0.0)
    return covered / len(content) if content else 1.0


def _hit(number: int, required: Sequence[_Evidence], marks: tuple[Spans, Spans], named: float) -> WordHit:
    """An entry with its best field, and the loosest method by which any term matched."""
    scores = [each.scores[number] for each in required if number in each.scores]
    matched_on = max(scores, key=lambda score: score.value).matched_on
    return WordHit(
        number,
        matched_on,
        max((score.method for score in scores), key=list(MatchMethod).index),
        named,
        *marks,
    )


def _merged(spans: Sequence[tuple[int, int]]) -> Spans:
    """Sorted spans without overlaps; those that touch become one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
