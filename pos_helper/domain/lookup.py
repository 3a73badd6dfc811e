"""The result of a search: how the query was read, and the hits."""

from enum import StrEnum

from msgspec import Struct

from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.text import Text


class Outcome(StrEnum):
    """The kind of result. Only with ``EXACT`` and ``TEXT`` a hit is presented as the answer.

    ``OTHERWISE``: the code is in the catalog only written otherwise. ``NONE``: nothing is known; the hits, if
    there are any, are what other makers mean by the code.
    """

    EXACT = "exact"
    OTHERWISE = "otherwise"
    TEXT = "text"
    NEAR = "near"
    NONE = "none"
    CARD_DATA = "card_data"


class Match(StrEnum):
    """Why an entry was found. ``OTHERWISE``: its code is the typed one with zeros or ``0x`` more or less."""

    EXACT = "exact"
    ALIAS = "alias"
    OTHERWISE = "otherwise"
    TEXT = "text"
    NEAR = "near"


class MatchedField(StrEnum):
    """The part of an entry that matched, most significant first."""

    CODE = "code"
    ALIAS = "alias"
    TITLE = "title"
    MEANING = "meaning"
    SYNONYM = "synonym"
    CAUSE = "cause"
    STEP = "step"


class MatchMethod(StrEnum):
    """How the typed text matches the text of the entry."""

    LITERAL = "literal"
    PINYIN = "pinyin"
    INITIALS = "initials"
    SOUND = "sound"
    TYPO = "typo"


Spans = tuple[tuple[int, int], ...]
"""Ranges of a text as ``(start, end)``, end exclusive, in order and without overlaps."""


class Hit(Struct, frozen=True):
    """One entry that was found, with all that a result row shows: no whole entry is decoded per key press.

    ``others`` marks what another maker means than the one that was named. ``matched_on`` and ``how`` say what
    matched. ``marks_zh`` and ``marks_en`` are the matched ranges of the two titles.
    """

    id: str
    code: str | None
    origin: str
    match: Match
    title: Text
    money: Money
    retry: Retry
    origin_title: Text
    confidence: Confidence | None = None
    matched_on: MatchedField = MatchedField.CODE
    how: MatchMethod = MatchMethod.LITERAL
    others: bool = False
    marks_zh: Spans = ()
    marks_en: Spans = ()


class MakerName(Struct, frozen=True):
    """A maker that was named, and whether the catalog has a table of its codes."""

    name: Text
    has_table: bool


class Lookup(Struct, frozen=True):
    """The result of one search. ``query`` is masked if it contains card data; there are no hits then.

    ``read_as`` is the code that was read from the query, or else its words. ``makers`` are those that are
    named in the query. ``disputed``: the words speak against what the first hit says about money.
    """

    query: str
    read_as: str
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    makers: tuple[MakerName, ...] = ()
    disputed: bool = False

    @property
    def sources(self) -> tuple[Hit, ...]:
        """The hits whose code is the typed one, on screens that may have shown it."""
        return tuple(hit for hit in self.hits if hit.match in (Match.EXACT, Match.ALIAS) and not hit.others)

    @property
    def answer(self) -> Hit | None:
        """The hit that is presented as the answer: the first one, or ``None`` if there are only guesses."""
        if self.outcome in (Outcome.EXACT, Outcome.TEXT) and self.hits and not self.disputed:
            return self.hits[0]
        return None
