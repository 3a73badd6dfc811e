"""Detects and masks card data, which must never be searched, stored, logged, shown or exported.

Card data are card numbers (PAN), magnetic-stripe tracks, verification codes, PINs, passwords and expiry
dates. The text is normalised before matching: full-width and other digits become 0-9, invisible characters
are dropped. Positions always refer to the original text.

A false alarm is preferred to a missed card, with three exceptions that shops write down all day: dates and
times, unbroken numbers of more than 19 digits (order numbers), and 15-digit merchant IDs, which count as
card numbers only if they start like American Express.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct

from pos_helper.domain.linguistics.characters import DATE_OR_TIME, plain_characters

MASK = "••••"
"""Replaces card data in a masked text."""

# Digits of a card number: at most 19 by ISO/IEC 7812-1; no issuer below uses fewer than 13.
_SHORTEST, _LONGEST = 13, 19


class CardData(StrEnum):
    """A kind of card data. ``SECRET`` is a verification code, PIN or password."""

    PAN = "pan"
    TRACK = "track"
    SECRET = "secret"
    EXPIRY = "expiry"


class Span(Struct, frozen=True):
    """Card data at ``text[start:end]``. ``tail`` is the part that may stay readable."""

    start: int
    end: int
    kind: CardData
    tail: str = ""


def find_card_data(text: str) -> tuple[Span, ...]:
    """Find all card data in a text, in order and without overlaps. Never raises, whatever the text."""
    plain, places = plain_characters(text)
    found = sorted((*_pans(plain), *_labelled(plain)), key=lambda span: span.start)
    return tuple(
        Span(places[span.start], places[span.end - 1] + 1, span.kind, span.tail) for span in _merged(found)
    )


def has_card_data(text: str) -> bool:
    """Whether a text contains card data."""
    return bool(find_card_data(text))


def mask_card_data(text: str) -> str:
    """Return the text with all card data masked; the last four digits of a card number stay ("••••1234").

    Masking is idempotent.
    """
    # The digits left of one number can form a new one with their neighbours. Each round removes digits,
    # so the loop ends.
    while spans := find_card_data(text):
        for span in reversed(spans):
            text = f"{text[: span.start]}{MASK}{span.tail}{text[span.end :]}"
    return text


# --- card numbers ----------------------------------------------------------------------------------


def _prefixes(*ranges: tuple[int, int]) -> tuple[str, ...]:
    return tuple(str(prefix) for first, last in ranges for prefix in range(first, last + 1))


# Issuer prefixes (ISO/IEC 7812) with the card number lengths in use for them.
_FROM_16_TO_19 = frozenset({16, 17, 18, 19})
_ISSUERS: tuple[tuple[tuple[str, ...], frozenset[int]], ...] = (
    (("62", "81"), _FROM_16_TO_19),  # UnionPay
    # Domestic cards from before the 62 range, still in use.
    (("9558", "9559", "601382", "601428", "602969", "603265", "603367", "603601"), _FROM_16_TO_19),
    (("603694", "603708", "613507", "632062", "685800", "69075", "940046"), _FROM_16_TO_19),
    (("955100", "966666", "9688", "984301", "984303", "990027", "99880"), _FROM_16_TO_19),
    (("4",), frozenset({13, 16, 19})),  # Visa
    (_prefixes((51, 55), (2221, 2720)), frozenset({16})),  # Mastercard
    (("34", "37"), frozenset({15})),  # American Express
    (_prefixes((3528, 3589)), _FROM_16_TO_19),  # JCB
    (("6011", *_prefixes((644, 649)), "65"), _FROM_16_TO_19),  # Discover
    ((*_prefixes((300, 305)), "309", "36", "38", "39"), frozenset({14, 16, 17, 18, 19})),  # Diners Club
    (("50", "56", "57", "58", "63", "67"), frozenset({13, 14, 16, 17, 18, 19})),  # Maestro
    (_prefixes((2200, 2204)), _FROM_16_TO_19),  # Mir
)

_ALL_PREFIXES = tuple(prefix for prefixes, _ in _ISSUERS for prefix in prefixes)

# Groups of digits with the separators that people write between the groups of one number.
_CHAIN = re.compile(r"[0-9]+(?:[\s\x00-\x1f\x7f.,·・。_\-‐‑‒–—―−]{1,4}[0-9]+)*")
_PIECE = re.compile(r"[0-9]+")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _pans(text: str) -> Iterator[Span]:
    """Every run of whole digit groups that forms a card number. The spans may overlap."""
    for start, end in _between_dates(text):
        for chain in _CHAIN.finditer(text, start, end):
            if chain.end() - chain.start() >= _SHORTEST:
                yield from _pans_in([piece.span() for piece in _PIECE.finditer(text, *chain.span())], text)


def _between_dates(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a text outside its dates and times, as ``(start, end)``."""
    start = 0
    for date in DATE_OR_TIME.finditer(text):
        yield start, date.start()
        start = date.end()
    yield start, len(text)


def _pans_in(pieces: list[tuple[int, int]], text: str) -> Iterator[Span]:
    digits = "".join(text[start:end] for start, end in pieces)
    edges = [0, *accumulate(end - start for start, end in pieces)]
    # Prefix sums for the Luhn check (ISO/IEC 7812-1): the sum of any range is the difference of two of them,
    # so a chain of thousands of single digits stays linear. The last digit of a number is never doubled.
    odd_doubled, even_doubled = (
        [0, *accumulate(_DOUBLED[int(d)] if i % 2 == parity else int(d) for i, d in enumerate(digits))]
        for parity in (1, 0)
    )
    for first, (begin, _) in enumerate(pieces):
        if not digits.startswith(_ALL_PREFIXES, edges[first]):
            continue
        for last in range(first, len(pieces)):
            start, end = edges[first], edges[last + 1]
            if end - start > _LONGEST:
                break
            sums = odd_doubled if end % 2 else even_doubled
            if (sums[end] - sums[start]) % 10 == 0 and _is_issued(digits[start:end]):
                yield Span(begin, pieces[last][1], CardData.PAN, digits[end - 4 : end])


def _is_issued(digits: str) -> bool:
    return any(len(digits) in lengths and digits.startswith(prefixes) for prefixes, lengths in _ISSUERS)


# --- card data known by a label or by track sentinels ------------------------------------------------

_LINK = r"(?:[\s:=\-]|是|为|為|码|碼|号|號|\bis\b|\bno\b|\bcode\b){0,12}"
_LABELLED = (
    # ISO/IEC 7813 track 1 (format B) and track 2 as a reader prints them; track 2 without its start sentinel,
    # also as EMV track 2 equivalent data (tag 57: separator D, padding F).
    (CardData.TRACK, re.compile(r"%B ?([0-9][^^\n]{0,40})\^[^?\n]{0,120}\??", re.IGNORECASE)),
    (CardData.TRACK, re.compile(r";[0-9]{8,19}=[0-9]*\??")),
    (CardData.TRACK, re.compile(r"(?<![0-9])[0-9]{13,19}(?:=[0-9]+|D[0-9]{7,30}F?)\??", re.IGNORECASE)),
    (
        CardData.SECRET,
        re.compile(
            r"(?:(?:安全|校验|校驗|验证|驗證)[码碼]|密[码碼]"
            r"|(?<![a-z])(?:cv[vcn]2?|pin|password|passcode|pwd))"
            rf"{_LINK}(?P<value>[0-9]{{3,8}})(?![0-9])",
            re.IGNORECASE,
        ),
    ),
    (
        CardData.EXPIRY,
        re.compile(
            r"(?:有效期|有效日期|到期日期?|失效日期|(?<![a-z])(?:exp(?:iry|ires|iration)?(?: ?date)?"
            r"|(?:valid|good) ?(?:thru|through|until|to)))"
            r"[\s:=.\-至到是为為]{0,8}"
            r"(?P<value>(?:0[1-9]|1[0-2])[\s/\-.月]{0,3}(?:20)?[0-9]{2})(?![0-9])",
            re.IGNORECASE,
        ),
    ),
)


def _labelled(text: str) -> Iterator[Span]:
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(text):
            yield Span(*match.span("value" if "value" in pattern.groupindex else 0), kind)


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Merge overlapping spans. A merged span keeps a tail only if all its parts are card numbers."""
    current: Span | None = None
    for span in spans:
        if current is None or span.start >= current.end:
            if current is not None:
                yield current
            current = span
            continue
        last = max(current, span, key=lambda each: each.end)
        if current.kind is span.kind is CardData.PAN:
            current = Span(current.start, last.end, CardData.PAN, last.tail)
        else:
            kind = span.kind if current.kind is CardData.PAN else current.kind
            current = Span(current.start, last.end, kind)
    if current is not None:
        yield current
