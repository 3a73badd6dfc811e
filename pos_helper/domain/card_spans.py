"""What kinds of card data there are, and where in a text they stand."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


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


def merged(spans: list[Span]) -> Iterator[Span]:
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
