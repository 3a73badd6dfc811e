"""Which first digits and lengths card numbers have, by brand, with the source of each row.

A table in code, because the domain reads no files: a damaged or missing one would switch the guard off.
Every row has been compared with its source. Where the source lists single numbers close together, the row has
the range around them; where it gives no lengths, the row has the usual ones. A false alarm is preferred to a
missed card.

Numbers without a right check digit are not found, although some brands issue them: Uzcard, Humo, NAPAS and
LankaPay (Wikipedia), Elo and older cards of Chinese banks (Fivell/credit_card_validations).
"""

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

_WIKIPEDIA = "Wikipedia, Payment card number, table of issuing networks"
_BRAINTREE = "braintree/credit-card-type, src/lib/card-types.ts"
_MERCHANT = "activemerchant/active_merchant, lib/active_merchant/billing/credit_card_methods.rb"
_FIVELL = "Fivell/credit_card_validations, lib/data/brands.yaml"
_TYPES = "bendrucker/creditcards-types, types/mada.js and types/meeza.js"
_ADYEN = "Adyen/adyen-android, card/src/main/java/com/adyen/checkout/card/data/CardType.kt"
_BEGATEWAY = "begateway/begateway-android-sdk, CardType.kt"
_EFTPOS = "maibik/eftpos-bin, binList.js (the scheme's list of November 2024)"
_CHINA = "hexindai/bcbc, data/bin.csv"
_CHINA_OLDER = "clover1138255748/hswl, BinEnum1.java (2015)"
_COUNTRY = "ISO/IEC 7812-1: 9 and the country's number in ISO 3166-1; no list of the brand at hand"
_UNCONFIRMED = "a regular expression in many programs, no list"

_UP_TO_19 = (16, 17, 18, 19)
_MAESTRO = (13, 14, 15, 16, 17, 18, 19)


class Issuer(Struct, frozen=True):
    """The first digits of a brand ("62", "2221-2720"), separated by blanks, and its lengths."""

    brand: str
    prefixes: str
    lengths: tuple[int, ...]
    source: str


ISSUERS = (
    Issuer("Visa", "4", (13, 16, 19), _WIKIPEDIA),
    Issuer("Mastercard", "51-55 2221-2720", (16,), _WIKIPEDIA),
    Issuer("American Express", "34 37", (15,), _WIKIPEDIA),
    Issuer("UnionPay", "62", _UP_TO_19, _WIKIPEDIA),
    Issuer("UnionPay", "81", _UP_TO_19, _BRAINTREE),
    # Cards of Chinese banks from before the 62 range, still in use; more of the list lies in other rows.
    Issuer("UnionPay domestic", "405512 438588-438589 601428 603601 683970", _UP_TO_19, _CHINA),
    Issuer("UnionPay domestic", "688659 694301 69580 900000-900010 900105 900205 90030", _UP_TO_19, _CHINA),
    Issuer("UnionPay domestic", "90592 909810 920000 921000 940 955100 9555 9558-9559", _UP_TO_19, _CHINA),
    Issuer("UnionPay domestic", "966666 96828 968807-968809 984301-984303 985262", _UP_TO_19, _CHINA),
    Issuer("UnionPay domestic", "9896 990871 998800-998802 999999", _UP_TO_19, _CHINA),
    Issuer("UnionPay domestic", "690755", (15,), _CHINA),
    Issuer("UnionPay domestic", "843 870", (16,), _CHINA),
    Issuer("UnionPay domestic", "18572", (18,), _CHINA),
    Issuer("UnionPay domestic", "103 9111", (19,), _CHINA),
    Issuer("UnionPay domestic", "685800 990027", _UP_TO_19, _CHINA_OLDER),
    Issuer("UnionPay domestic", "69075", _UP_TO_19, _FIVELL),
    Issuer("China T-Union", "31", (19,), _WIKIPEDIA),
    Issuer("JCB", "3528-3589", _UP_TO_19, _WIKIPEDIA),
    Issuer("JCB", "3088-3094 3096-3102 3112-3120 3158-3159 3337-3349", _UP_TO_19, _MERCHANT),
    Issuer("JCB", "1800 2131", (15,), _FIVELL),
    Issuer("Discover", "6011 644-649 65 622126-622925", _UP_TO_19, _WIKIPEDIA),
    Issuer("Diners Club", "300-305 309 36 38 39", (14, 15, *_UP_TO_19), _WIKIPEDIA),
    Issuer("Maestro", "50 56-58 63 67", _MAESTRO, _WIKIPEDIA),
    Issuer("Maestro", "50 56-58 6304 639 67 6220", (12,), _WIKIPEDIA),
    Issuer("Maestro", "59 600297-600382 601232-601276 601640-601700", (12, *_MAESTRO), _MERCHANT),
    Issuer("Maestro", "602011-602050", (12, *_MAESTRO), _MERCHANT),
    # Shorter ones would be barcodes of Chinese articles.
    Issuer("Maestro", "690032", _UP_TO_19, _MERCHANT),
    Issuer("Maestro India", "0604", (12, *_MAESTRO), _UNCONFIRMED),
    Issuer("Bancontact", "479658 606005 6703", _UP_TO_19, _ADYEN),
    # The others of its list are also Visa's, Mastercard's or UnionPay's.
    Issuer("eftpos Australia", "220730 5010-5077 5602 5798-5898", _UP_TO_19, _EFTPOS),
    Issuer("eftpos Australia", "601335 608698 636887-636894 638947", _UP_TO_19, _EFTPOS),
    Issuer("Mir", "2200-2204", _UP_TO_19, _BRAINTREE),
    Issuer("BORICA", "2205", (16,), _WIKIPEDIA),
    Issuer("RuPay", "60 65 81 82 508 353 356", (16,), _WIKIPEDIA),
    Issuer("Troy", "65 9792", (16,), _WIKIPEDIA),
    Issuer("Hipercard", "384100 384140 384160 606282", (13, 16, 19), _MERCHANT),
    Issuer("Hiper", "637095 637374 637433 637568 637599 637609 637612", (16,), _BRAINTREE),
    Issuer("Elo", "401178-401179 431274 438935 451416 457393 457631-457632 504175", (16,), _BRAINTREE),
    Issuer("Elo", "506699-506778 509 627780 636297 636368 650031-655058", (16,), _BRAINTREE),
    Issuer("Naranja", "402918 527572 589562", (16,), _BRAINTREE),
    Issuer("Carnet", "286900 502275 506199-506499 588772 604622 606333 627535", (16,), _MERCHANT),
    Issuer("Carnet", "636318 636379 639388 639484 639559", (16,), _MERCHANT),
    Issuer("Synchrony", "700600", (16,), _MERCHANT),
    Issuer("Routex", "700674 700676 700678", (18, 19), _MERCHANT),
    Issuer("UATP", "1", (15,), _WIKIPEDIA),
    Issuer("NAPAS", "9704", (16, 19), _WIKIPEDIA),
    Issuer("Uzcard", "8600 5614", (16,), _WIKIPEDIA),
    Issuer("Humo", "9860", (16,), _WIKIPEDIA),
    Issuer("Verve", "506099-506198 507865-507964 650002-650027", (16, 18, 19), _WIKIPEDIA),
    Issuer("Meeza", "507803 507808-507811", (16,), _TYPES),
    # The others of its list are also Visa's, Mastercard's or Maestro's.
    Issuer("mada", "588845-588851 588982-588983 589005 589206 604906 605141", (16,), _TYPES),
    Issuer("mada", "636120 968201-968211", (16,), _TYPES),
    Issuer("Dankort", "5019 4571", (16,), _WIKIPEDIA),
    Issuer("InterPayment", "636", _UP_TO_19, _WIKIPEDIA),
    Issuer("InstaPayment", "637-639", (16,), _WIKIPEDIA),
    Issuer("LankaPay", "357111", (16,), _WIKIPEDIA),
    Issuer("Bankcard", "560221-560225 5610", (16,), _WIKIPEDIA),
    Issuer("GPN", "1946 50 56 58 60-63", (16, 18, 19), _WIKIPEDIA),
    Issuer("UkrCard", "604001-604200", _UP_TO_19, _WIKIPEDIA),
    Issuer("Belkart", "9112", (16,), _BEGATEWAY),
    Issuer("Prostir", "9804", (16,), _BEGATEWAY),
    Issuer("ArCa", "9051", (16,), _COUNTRY),
    Issuer("Elcart", "9417", (16, 19), _COUNTRY),
    Issuer("Switch and Solo", "4903 4905 4911 4936 564182 633110 6333-6334", (16, 18, 19), _WIKIPEDIA),
    Issuer("Switch and Solo", "6759 6767", (16, 18, 19), _WIKIPEDIA),
    Issuer("Laser", "6304 6706 6709 6771", _UP_TO_19, _WIKIPEDIA),
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
