"""The result of a search: how the query was read, the hits, and whether the first is surely the answer."""

from enum import StrEnum

from msgspec import Struct

from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.scanned import Refusal
from pos_helper.domain.text import Text


class Outcome(StrEnum):
    """The kind of result. Only with ``EXACT`` and ``TEXT`` can a hit be presented as the answer.

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


class Because(StrEnum):
    """The evidence for the screen that showed a code, and so for the answer.

    ``NAMED``: the screen or its maker was named. ``MACHINES``: the shop has it, and no other that disagrees.
    ``CHOSEN``: the person chose it. ``SHAPE``: no other screen shows codes of this shape. ``WORDS``: what was
    typed are the words of the entry.
    """

    NAMED = "named"
    MACHINES = "machines"
    CHOSEN = "chosen"
    SHAPE = "shape"
    WORDS = "words"


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

    ``screen`` says how a cashier recognises the screen, ``printed`` what the device prints beside the code.
    ``others`` marks what a maker means by it that was not named, or does not stand in this shop.
    ``matched_on`` and ``how`` say what matched, ``named`` how much of the words stands in the entry's names.
    ``marks_zh`` and ``marks_en`` are the matched ranges of the two titles.
    """

    id: str
    code: str | None
    origin: str
    match: Match
    title: Text
    money: Money
    retry: Retry
    origin_title: Text
    screen: Text = Text("", "")
    printed: Text = Text("", "")
    confidence: Confidence | None = None
    matched_on: MatchedField = MatchedField.CODE
    how: MatchMethod = MatchMethod.LITERAL
    others: bool = False
    named: float = 1.0
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
    ``because`` is the evidence that the first hit is the answer; with ``None`` it is not sure. ``refused``:
    no code was typed, but what a scanner reads; nothing was searched.
    """

    query: str
    read_as: str
    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    makers: tuple[MakerName, ...] = ()
    disputed: bool = False
    because: Because | None = None
    refused: Refusal | None = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing was searched, kept or may be recorded: card data, or what a scanner reads."""
        return self.outcome is Outcome.CARD_DATA or self.refused is not None

    @property
    def code(self) -> str:
        """The code that was typed, as the catalog writes it if it has it."""
        typed = self.query.strip()
        if self.outcome is not Outcome.EXACT and typed.casefold() == self.read_as.casefold():
            return typed
        return self.read_as or typed

    @property
    def sources(self) -> tuple[Hit, ...]:
        """The hits whose code is the typed one, on screens that may have shown it."""
        return tuple(hit for hit in self.hits if hit.match in (Match.EXACT, Match.ALIAS) and not hit.others)

    @property
    def answer(self) -> Hit | None:
        """The hit that is presented as the answer: the first one if it is sure, or else ``None``.

        What was found by words alone is presented without being sure if it leaves the money open.
        """
        if self.outcome not in (Outcome.EXACT, Outcome.TEXT) or not self.hits or self.disputed:
            return None
        first = self.hits[0]
        leaves_open = not (first.money.is_definite or first.others)
        return first if self.because or (self.outcome is Outcome.TEXT and leaves_open) else None

    @property
    def asks_for_screen(self) -> bool:
        """Whether the code is known and the screen that showed it is not."""
        return self.outcome is Outcome.EXACT and self.answer is None

    @property
    def is_sure(self) -> bool:
        """Whether there is an answer, with evidence for it."""
        return self.answer is not None and self.because is not None

    @property
    def money(self) -> Money:
        """What is said about the money: what the answer says, else that it is unknown."""
        return self.answer.money if self.answer else Money.UNKNOWN

    @property
    def retry(self) -> Retry:
        """What is said about another try: what the answer says, else that it takes a check first."""
        return self.answer.retry if self.answer else Retry.AFTER_CHECK
