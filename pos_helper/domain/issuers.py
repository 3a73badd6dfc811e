"""Which first digits and lengths card numbers have, by brand, with the source of each row.

A table in code, because the domain reads no files: a damaged or missing one would switch the guard off.

Sources: ``W`` is the table of issuers in Wikipedia's "Payment card number", ``braintree``
the list of card types in braintree/credit-card-type. Rows that are ``unchecked`` have been compared with no
source yet: they are broad, because a false alarm is preferred to a missed card.
"""

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

_UP_TO_19 = (16, 17, 18, 19)
_MAESTRO = (13, 14, 15, 16, 17, 18, 19)


class Issuer(Struct, frozen=True):
    """The first digits of a brand ("62", "2221-2720"), separated by blanks, and its lengths."""

    brand: str
    prefixes: str
    lengths: tuple[int, ...]
    source: str


ISSUERS = (
    Issuer("Visa", "4", (13, 16, 19), "W"),
    Issuer("Mastercard", "51-55 2221-2720", (16,), "W"),
    Issuer("American Express", "34 37", (15,), "W"),
    Issuer("UnionPay", "62", _UP_TO_19, "W"),
    Issuer("UnionPay", "81", _UP_TO_19, "braintree"),
    # Domestic cards of Chinese banks from before the 62 range, still in use.
    Issuer("UnionPay domestic", "6013 60142 60296 603265 603367 60360 603694 603708", _UP_TO_19, "unchecked"),
    Issuer("UnionPay domestic", "613507 632062 685800 69075 690755 694301 695800", _UP_TO_19, "unchecked"),
    Issuer(
        "UnionPay domestic", "900 90592 91 940-943 955 966666 9688 980 984 985262", _UP_TO_19, "unchecked"
    ),
    Issuer("UnionPay domestic", "987 990027 998", _UP_TO_19, "unchecked"),
    Issuer("China T-Union", "31", (19,), "W"),
    Issuer("JCB", "3528-3589", _UP_TO_19, "W"),
    Issuer("JCB", "3088-3094 3096-3102 3112-3120 3158-3159 3337-3349", _UP_TO_19, "unchecked"),
    Issuer("JCB", "1800 2131", (15,), "unchecked"),
    Issuer("Discover", "6011 644-649 65 622126-622925", _UP_TO_19, "W"),
    Issuer("Diners Club", "300-305 309 36 38 39", (14, *_UP_TO_19), "W"),
    Issuer("Maestro", "50 56-58 63 67", _MAESTRO, "W"),
    Issuer("Maestro", "50 56-58 6304 639 67 6220", (12,), "W"),
    Issuer("Maestro India", "0604", (12, *_MAESTRO), "unchecked"),
    Issuer("Mir", "2200-2204", _UP_TO_19, "braintree"),
    Issuer("BORICA", "2205", (16,), "unchecked"),
    Issuer("RuPay", "60 65 81 82 508 353 356", (16,), "unchecked"),
    Issuer("Troy", "65 9792", (16,), "unchecked"),
    Issuer(
        "Hipercard",
        "606282 384100 384140 384160 637095 637568 637599 637609 637612",
        (13, 16, 19),
        "unchecked",
    ),
    Issuer(
        "Elo",
        "401178-401179 431274 438935 451416 457393 457631-457632 504175 506699-506778",
        (16,),
        "braintree",
    ),
    Issuer("Elo", "509000-509999 627780 636297 636368 650031-650033 650035-650051", (16,), "braintree"),
    Issuer("UATP", "1", (15,), "W"),
    Issuer("NAPAS", "9704", (16, 19), "unchecked"),
    Issuer("Uzcard", "8600 5614", (16,), "unchecked"),
    Issuer("Humo", "9860", (16,), "unchecked"),
    Issuer("Verve", "506099-506198 507865-507964 650002-650027", (16, 18, 19), "unchecked"),
    Issuer("Meeza", "507803-507810", (16,), "unchecked"),
    Issuer("Dankort", "5019 4571", (16,), "unchecked"),
    Issuer("InterPayment", "636", _UP_TO_19, "W"),
    Issuer("InstaPayment", "637-639", (16,), "W"),
    Issuer("LankaPay", "357111", (16,), "unchecked"),
    Issuer("Mada", "588845-588851 604906 605141 636120 968201-968212 9682", (16,), "unchecked"),
    Issuer("Bankcard", "560221-560225 5610", (16,), "W"),
    Issuer("GPN", "1946 50 56 58 60-63", (16, 18, 19), "unchecked"),
    Issuer("UkrCard", "604001-604200", _UP_TO_19, "unchecked"),
    Issuer("Prostir", "9804", (16,), "unchecked"),
    Issuer("Belkart", "9112", (16,), "unchecked"),
    Issuer("ArCa", "9051", (16,), "unchecked"),
    Issuer("Elcart", "9417", (16,), "unchecked"),
    Issuer("Switch and Solo", "4903 4905 4911 4936 564182 633110 6333 6334 6759 6767", (16, 18, 19), "W"),
    Issuer("Laser", "6304 6706 6709 6771", _UP_TO_19, "W"),
)

SHORTEST, LONGEST = 12, 19
"""The digits of a card number: at least those of the shortest Maestro, at most what ISO/IEC 7812-1 allows."""

_COMPARED = 6
"""Digits that tell issuers apart; no row above is longer."""


def is_issued(digits: str) -> bool:
    """Whether a brand issues card numbers of this length with these first digits."""
    starts, ends = _BY_LENGTH.get(len(digits), ((), ()))
    head = digits[:_COMPARED]
    place = bisect_right(starts, head) - 1
    return place >= 0 and head <= ends[place]


def _ranges(length: int) -> Iterator[tuple[str, str]]:
    for issuer in ISSUERS:
        if length in issuer.lengths:
            for prefix in issuer.prefixes.split():
                first, _, last = prefix.partition("-")
                yield first.ljust(_COMPARED, "0"), (last or first).ljust(_COMPARED, "9")


def _joined(length: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first and the last heads of ranges that do not overlap, in order."""
    starts: list[str] = []
    ends: list[str] = []
    for first, last in sorted(_ranges(length)):
        if ends and first <= ends[-1]:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return tuple(starts), tuple(ends)


_BY_LENGTH = {length: _joined(length) for length in range(SHORTEST, LONGEST + 1)}
