"""The postings of the terms, collected from entries and steps before they are written to the index."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from pos_helper.catalog.index.analyzer import Analyzer
from pos_helper.catalog.index.format import IndexField, consonant_key
from pos_helper.domain.entries import Entry, Step
from pos_helper.domain.linguistics.chinese import is_han, sound_key
from pos_helper.domain.text import Text

_TEXTS_REMEMBERED = 100_000


class Postings:
    """The terms of entries and steps with their postings by field.

    ``step_uses`` maps a step number to the numbers of the entries that use the step.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._fields: dict[IndexField, dict[str, array[int]]] = {field: _lists() for field in IndexField}
        self.step_uses: dict[int, array[int]] = _lists()
        self._analyzer = analyzer
        self._of_text = lru_cache(_TEXTS_REMEMBERED)(self._terms_of)

    @property
    def words(self) -> set[str]:
        """All terms that have postings."""
        return set().union(*self._fields.values())

    def of(self, word: str) -> list[Collection[int]]:
        """The postings of a term, one ascending list per ``IndexField``."""
        return [postings.get(word, ()) for postings in self._fields.values()]

    def add_entry(self, number: int, entry: Entry, step_numbers: Mapping[str, int]) -> None:
        """Add an entry. Call it in ascending order of ``number``; ``step_numbers`` maps step ids."""
        known: set[str] = set()
        mentioned: set[str] = set()
        for field, texts in _texts(entry).items():
            terms = set().union(*map(self._of_text, texts))
            if field in (IndexField.ALIAS, IndexField.TITLE):
                aside = self._mentioned(texts)
                mentioned |= aside
                names = [*texts, *entry.screen.zh] if field is IndexField.TITLE else texts
                terms = terms.union(*map(self._analyzer.initials, names)) - aside
            elif field is IndexField.MEANING:
                terms |= mentioned
            terms -= known
            known |= terms
            postings = self._fields[field]
            for term in terms:
                postings[term].append(number)
        for step in dict.fromkeys(entry.step_ids):
            self.step_uses[step_numbers[step]].append(number)

    def add_step(self, number: int, step: Step) -> None:
        """Add a step. Call it in ascending order of ``number``."""
        for term in self._of_step(step):
            self._fields[IndexField.STEP][term].append(number)

    def uses(self, steps: Mapping[int, Step]) -> Counter[str]:
        """How often each term occurs through steps: one for each use of a step by an entry.

        ``steps`` has all steps in use by number.
        """
        uses: Counter[str] = Counter()
        for number, entries in self.step_uses.items():
            for term in self._of_step(steps[number]):
                uses[term] += len(entries)
        return uses

    def _of_step(self, step: Step) -> frozenset[str]:
        return self._of_text(step.text.zh) | self._of_text(step.text.en)

    def _terms_of(self, text: str) -> frozenset[str]:
        return frozenset([term.text for term in self._analyzer.terms(text)])

    def _mentioned(self, names: Iterable[str]) -> set[str]:
        """The terms of synonym groups that cover less than half of the tokens of each name they are in.

        Such a name is mostly about something else, so these terms are indexed as part of the meaning.
        """
        mentioned: set[str] = set()
        about: set[str] = set()
        for name in names:
            tokens = self._analyzer.tokens(name)
            for group in self._analyzer.groups(tokens):
                inside = sum(group.start <= token.start < group.end for token in tokens)
                (about if 2 * inside >= len(tokens) else mentioned).add(group.text)
        return mentioned - about


def _lists() -> "defaultdict[Any, array[int]]":
    return defaultdict(partial(array, "I"))


def sounds(analyzer: Analyzer, word: str) -> set[tuple[str, str, str]]:
    """The ``sound`` rows of a term: key, exact pronunciation (empty for Latin words), term."""
    if key := consonant_key(word):
        return {(key, "", word)}
    if not is_han(word):
        return set()
    return {(sound_key(syllables), " ".join(syllables), word) for syllables in analyzer.chinese.sounds(word)}


def _texts(entry: Entry) -> Mapping[IndexField, list[str]]:
    """The indexed texts of an entry by field. Codes with digits are left out: ``code_key`` has them.

    What the screen says is long, and many screens say nearly the same: its words count as those of the
    meaning. Only as a whole it is a name, by which ``WordSearch`` compares it with the query.
    """
    codes = [entry.code or "", *entry.aliases]
    if entry.code is not None:
        codes = [code for code in codes if not any(each.isdecimal() for each in code)]
    return {
        IndexField.ALIAS: codes,
        IndexField.TITLE: [*_both(entry.title)],
        IndexField.MEANING: [
            *entry.screen.zh,
            *entry.screen.en,
            *(text for meaning in entry.meanings for text in _both(meaning.text)),
        ],
        IndexField.PHRASES: [*entry.said],
        IndexField.CAUSE: [text for cause in entry.causes for text in _both(cause.text)],
    }


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en
