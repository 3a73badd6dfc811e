"""The answer to a query: how it was read and what was found."""

from enum import StrEnum

from msgspec import Struct

from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.text import Text


class Outcome(StrEnum):
    """What a lookup came to. Only with ``EXACT`` and ``TEXT`` a hit is presented as the answer.

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
    """The part of an entry that was matched, in the order in which they count."""

    CODE = "code"
    ALIAS = "alias"
    TITLE = "title"
    MEANING = "meaning"
    SYNONYM = "synonym"
    CAUSE = "cause"
    STEP = "step"


class MatchMethod(StrEnum):
    """How what was typed matches what stands there."""

    LITERAL = "literal"
    PINYIN = "pinyin"
    INITIALS = "initials"
    SOUND = "sound"
    TYPO = "typo"


Spans = tuple[tuple[int, int], ...]
"""Places in a text: the first character and the one after the last, in their order, never overlapping."""


class Hit(Struct, frozen=True):
    """One entry that was found, with what a result row shows. Decoding no whole entry keeps typing fast.

    ``others`` marks what another maker means than the one that was named. ``matched_on`` and ``how`` say what
    found it; ``marks_zh`` and ``marks_en`` are the places of the two titles that were matched.
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
    """The answer to one query. ``query`` is masked if it held card data, and then there are no hits.

    ``makers`` are those that were named beside a code.
    """

    query: str
    read_as: str
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    makers: tuple[MakerName, ...] = ()

    @property
    def answer(self) -> Hit | None:
        """The hit that is presented as the answer: the first one, or ``None`` if all are only guesses."""
        if self.outcome in (Outcome.EXACT, Outcome.TEXT) and self.hits:
            return self.hits[0]
        return None
