"""Detects and masks card data, which must never be searched, stored, logged, shown or exported.

Card data are card numbers (PAN), magnetic-stripe tracks, verification codes, PINs, passwords and expiry
dates. One pass brings the text into plain digits, one finds groups of digits that may belong together, one
judges them; tracks and what a word beside it names are found by ``domain.card_secrets``. Positions always
refer to the original text.

A number is a card number if a brand issues numbers with its first digits and length (``domain.issuers``) and
its check digit is right (ISO/IEC 7812-1). What else a shop writes down is told apart by how it is grouped and
by the label before it. Where nothing tells, a false alarm is preferred to a missed card.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from pos_helper.domain.card_secrets import labelled, tracks
from pos_helper.domain.card_spans import CardData, Span, merged
from pos_helper.domain.issuers import LONGEST, SHORTEST, is_issued
from pos_helper.domain.linguistics.characters import DATE_OR_TIME, plain_characters

MASK = "••••"
"""Replaces card data in a masked text."""


def find_card_data(text: str) -> tuple[Span, ...]:
    """Find all card data in a text, in order and without overlaps. Never raises, whatever the text."""
    plain, places = plain_characters(text)
    if not _MAY_HOLD.search(plain):
        return ()
    spans = {*tracks(plain)}
    for reading in _readings(plain):
        spans.update(_pans(reading), labelled(reading))
    found = sorted(spans, key=lambda span: span.start)
    return tuple(
        Span(places[span.start], places[span.end - 1] + 1, span.kind, span.tail) for span in merged(found)
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


# --- digits, however they are written ---------------------------------------------------------------

_HAN_DIGITS = "零〇○一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖幺"
_MAY_HOLD = re.compile(rf"[0-9{_HAN_DIGITS}]")
_TO_DIGITS = str.maketrans(f"{_HAN_DIGITS}OoIl|SB", "00012345678912233456678910011158")
_WRITTEN_DIGITS = re.compile(
    # Three and more Chinese numerals in a row; fewer are words ("一次").
    rf"[{_HAN_DIGITS}](?:[\s,、.\-]{{0,3}}[{_HAN_DIGITS}]){{2,}}"
    # O, o, I, l among digits, or alone as a group; never the end of one word or the beginning of another.
    r"|(?<![A-Za-z0-9])(?=[SBOoIl]{0,20}[0-9])[0-9OoIlSB]+(?![A-Za-z0-9])"
    r"|(?:(?<![A-Za-z0-9])[OoIl]|(?<![0-9])[0-9]+[OoIl])[0-9OoIl]*(?:(?<=[0-9])|(?![A-Za-z]))"
)
# A bar between longer groups of digits separates them; elsewhere it may be a 1.
_BAR = re.compile(r"(?<=[0-9OoIl|\s])\|(?=[0-9OoIl|\s])")


def _readings(plain: str) -> Iterator[str]:
    """The text with its digits as 0-9, each in its place: once, or twice if a bar may be a digit."""
    yield _with_digits(plain)
    if (other := _BAR.sub("1", plain)) != plain:
        yield _with_digits(other)


def _with_digits(text: str) -> str:
    return _WRITTEN_DIGITS.sub(lambda found: found[0].translate(_TO_DIGITS), text)


# --- card numbers: candidates ------------------------------------------------------------------------

# Whatever is no letter and no sign of an amount.
_SEPARATOR = r"(?:[^\w¥$€£%]|_)"
_CHAIN = re.compile(rf"[0-9]+(?:{_SEPARATOR}{{1,40}}[0-9]+)*")
_PIECE = re.compile(r"[0-9]+")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"

# No digits close before.
_ALONE = "(?<![0-9])" + "".join(rf"(?<![0-9][\s-]{{{width}}})" for width in (1, 2, 3))

_DAY = r"20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"

# No part of a card number: what is masked already, dates and times, network addresses, amounts,
# telephone numbers.
_NO_PART = re.compile(
    rf"{MASK}|(?<![0-9][-./:]){DATE_OR_TIME.pattern}(?![-./:][0-9])"
    rf"|(?<![0-9.])(?:{_OCTET}\.){{3}}{_OCTET}(?::[0-9]{{1,5}})?(?![0-9]|\.[0-9])"
    r"|(?<![0-9.])[0-9]{1,7}\.[0-9]{2}(?![0-9]|\.[0-9])"
    r"|(?<![0-9,])[0-9]{1,7},[0-9]{2}(?![0-9]|,[0-9])"
    r"|(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3}){1,2}(?:\.[0-9]{2})?(?![0-9]|[.,][0-9])"
    rf"|{_ALONE}1[3-9][0-9]([ -]?)[0-9]{{4}}\1[0-9]{{4}}(?!\1[0-9]{{4,8}}(?![0-9])|[0-9])"
    rf"|{_ALONE}[48]00([ -]?)[0-9]{{3}}\2[0-9]{{4}}(?![0-9])"
    rf"|{_ALONE}0[0-9]{{2,3}}[ -]?[0-9]{{7,8}}(?![0-9])"
    # The day and time in a file's name.
    rf"|(?<![0-9]){_DAY}-(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?(?![0-9])"
)

# Order numbers as the wallets write them: WeChat Pay, "transaction_id", 28 digits, 4 and then the day from
# the eleventh digit on; Alipay, "trade_no", 28 to 32 digits, the day first.
_ORDER = re.compile(rf"4[0-9]{{9}}{_DAY}[0-9]{{10}}|{_DAY}[0-9]{{20,24}}")
_ORDER_LENGTHS = range(28, 33)


class _Chain(Struct, frozen=True):
    """Groups of digits with nothing but separators between them; ``edges`` are their ends in ``digits``."""

    text: str
    pieces: list[tuple[int, int]]
    digits: str
    edges: list[int]
    sums: tuple[list[int], list[int]]

    def is_card(self, start: int, end: int) -> bool:
        """Whether these digits are a card number by brand, length and check digit (ISO/IEC 7812-1)."""
        if start < 0 or end > len(self.digits):
            return False
        sums = self.sums[end % 2]
        return not (sums[end] - sums[start]) % 10 and is_issued(self.digits[start:end])

    def sizes(self, first: int, last: int) -> tuple[int, ...]:
        return tuple(self.edges[i + 1] - self.edges[i] for i in range(first, last + 1))

    def gap(self, after: int) -> str:
        """What stands between a piece and the next."""
        return self.text[self.pieces[after][1] : self.pieces[after + 1][0]]


def _chain(text: str, start: int, end: int) -> _Chain:
    pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
    digits = "".join(text[begin:stop] for begin, stop in pieces)
    edges = [0, *accumulate(stop - begin for begin, stop in pieces)]
    # Sums from the beginning: that of any range is the difference of two, so that a chain of thousands of
    # single digits stays linear. The last digit of a number is never doubled.
    even, odd = (
        [0, *accumulate(_DOUBLED[int(d)] if i % 2 == parity else int(d) for i, d in enumerate(digits))]
        for parity in (0, 1)
    )
    return _Chain(text, pieces, digits, edges, (even, odd))


def _pans(text: str) -> Iterator[Span]:
    """Every card number. The spans may overlap."""
    for whole in _CHAIN.finditer(text):
        if whole.end() - whole.start() < SHORTEST:
            continue
        for start, end in _without_other_parts(text, *whole.span()):
            for part in _CHAIN.finditer(text, start, end):
                if part.end() - part.start() >= SHORTEST:
                    yield from _pans_in(_chain(text, *part.span()))


def _without_other_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for other in _NO_PART.finditer(text, start, end):
        yield start, other.start()
        start = other.end()
    yield start, end


def _pans_in(chain: _Chain) -> Iterator[Span]:
    pieces, edges = chain.pieces, chain.edges
    first = 0
    while first < len(pieces):
        if last := _order_at(chain, first):
            first = last + 1
            continue
        for last in range(first, len(pieces)):
            start, end = edges[first], edges[last + 1]
            if end - start > LONGEST + _LONGEST_REST:
                break
            if end - start < SHORTEST:
                continue
            if chain.is_card(start, end):
                if _is_judged_card(chain, first, last):
                    yield Span(pieces[first][0], pieces[last][1], CardData.PAN, chain.digits[end - 4 : end])
            elif (edges[first + 1] - start > 1 or end - edges[last] > 1) and (
                glued := _glued(chain, first, last)
            ):
                yield Span(pieces[first][0], pieces[last][1], CardData.PAN, glued)
        first += 1


def _order_at(chain: _Chain, first: int) -> int | None:
    """The last piece of a wallet's order number that begins with this piece."""
    start = chain.edges[first]
    if not (chain.digits.startswith("20", start) or chain.digits.startswith("20", start + 10)):
        return None
    for last in range(first + 1, len(chain.pieces)):
        length = chain.edges[last + 1] - chain.edges[first]
        if length >= _ORDER_LENGTHS.stop:
            break
        if length in _ORDER_LENGTHS and _ORDER.fullmatch(
            chain.digits, chain.edges[first], chain.edges[last + 1]
        ):
            return last
    return None


# --- card numbers: judgement -------------------------------------------------------------------------

_LABEL_SIZE = 28
_LABEL_LINK = r"[\s:=#.\-是为為号號码碼]{0,8}(?:[0-9]{0,2}[A-Z]{1,3})?\Z"
_LATIN_LINK = r"(?:[\s:=#.\-_]|no|nr|number|id|code|is){0,8}(?:(?<=[\s:=#])[0-9]{0,2}[A-Z]{1,3})?\Z"
_OTHER_NUMBER = re.compile(
    r"(?:[号號单單票]|流水|凭证|憑證|参考|參考|批次|终端|終端|序列|[设設][备備]|[条條]形?[码碼]|[代][码碼]"
    r"|[电電][话話]|手机|手機|热线|熱線|客服|快[递遞]|[检檢]索)"
    + _LABEL_LINK
    + r"|(?<![a-z])(?:order|trade|trace|stan|rrn|ref(?:erence)?|tid|terminal|serial|s/?n(?=[\s:=#.])|imei"
    r"|iccid|barcode|ean|upc|gtin|isbn|tel|phone|mobile|hotline|txn|transaction|invoice|receipt|ticket|tracking|parcel"
    r"|batch|retrieval|tax|uscc|social credit)" + _LATIN_LINK,
    re.IGNORECASE,
)
_MERCHANT = re.compile(
    r"商[户戶]?[编編]?" + _LABEL_LINK + r"|(?<![a-z])(?:mid|merchant)" + _LATIN_LINK, re.IGNORECASE
)
_CARD = re.compile(
    r"(?:卡[片号號]?|[账帳][号號]|刷)"
    + _LABEL_LINK
    + r"|(?<![a-z])(?:card|pan|visa|master ?card|amex|account)(?:[\s:=#.]|no|number|is){0,6}\Z",
    re.IGNORECASE,
)
_ABOUT_CARDS = re.compile(r"卡|(?<![a-z])card", re.IGNORECASE)
_AMERICAN_EXPRESS = ("34", "37")
_MERCHANT_ID = 15
"""ISO 8583 field 42: of this length, only American Express is a card beside the word."""

# Groups on the cards themselves and as people copy them, beside groups of one size.
_FORMS = {
    *((4, 5, 6), (4, 4, 8), (4, 8, 4), (8, 4, 4), (4, 12), (12, 4), (4, 15), (4, 4, 4, 7), (1, 4, 5, 5)),
    *((4, 5, 5, 1), (8, 11)),
    *((4, 6, rest) for rest in range(2, 10)),
    *((6, rest) for rest in range(6, 14)),
}
_LONGEST_GROUP = 9
_FEWEST_ODD_GROUPS = 3


def _is_judged_card(chain: _Chain, first: int, last: int) -> bool:
    """Whether digits that can be a card number are one here: by the label before them and their groups."""
    sizes = chain.sizes(first, last)
    digits = chain.digits[chain.edges[first] : chain.edges[last + 1]]
    before = _before(chain, first)
    if _CARD.search(before):
        return True
    if _MERCHANT.search(before):
        return len(digits) not in (SHORTEST, _MERCHANT_ID) or digits.startswith(_AMERICAN_EXPRESS)
    regular = _is_regular(sizes)
    if _OTHER_NUMBER.search(before):
        return regular and len(sizes) >= _FEWEST_ODD_GROUPS
    if len(sizes) == 1:
        return not _is_ean(digits) or _ABOUT_CARDS.search(_around(chain, first)) is not None
    if regular:
        return _stands_apart(chain, first, last)
    gaps = {chain.gap(each) for each in range(first, last)}
    return (
        (first, last) == (0, len(chain.pieces) - 1)
        and len(gaps) == 1
        and (len(sizes) >= _FEWEST_ODD_GROUPS or "\n" in gaps.pop())
    )


def _before(chain: _Chain, first: int) -> str:
    begin = chain.pieces[first][0]
    return chain.text[max(0, begin - _LABEL_SIZE) : begin]


def _around(chain: _Chain, first: int) -> str:
    begin, end = chain.pieces[first]
    return chain.text[max(0, begin - _LABEL_SIZE) : end + _LABEL_SIZE]


def _is_regular(sizes: tuple[int, ...]) -> bool:
    """One size, with a rest at the end; or a form in which card numbers are printed."""
    size, end = sizes[0], sizes[-1]
    if len(sizes) == 1:
        return True
    return sizes in _FORMS or (
        size <= _LONGEST_GROUP and all(each == size for each in sizes[:-1]) and end < max(2 * size, 2)
    )


def _is_ean(digits: str) -> bool:
    """Whether it is an article's barcode (GS1 General Specifications, GTIN-13)."""
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return len(digits) == 13 and sum(weighed) % 10 == 0


def _stands_apart(chain: _Chain, first: int, last: int) -> bool:
    """Whether the groups are no part of a longer number in groups of the same size."""
    edges, longest = chain.edges, _LONGEST_GLUED
    begin, end = first, last
    while edges[first] - edges[begin] <= longest and begin and _continues(chain, begin - 1, first):
        begin -= 1
    if begin < first and not (
        _is_rest(chain.digits[edges[begin] : edges[first]])
        or any(chain.is_card(edges[first] - length, edges[first]) for length in _GLUED_TO)
    ):
        return False
    while (
        edges[end + 1] - edges[last + 1] <= longest
        and end + 1 < len(chain.pieces)
        and _continues(chain, end, first)
    ):
        end += 1
    return (
        end == last
        or _is_rest(chain.digits[edges[last + 1] : edges[end + 1]])
        or any(chain.is_card(edges[last + 1], edges[last + 1] + length) for length in _GLUED_TO)
    )


def _continues(chain: _Chain, after: int, like: int) -> bool:
    """Whether the pieces on both sides of a gap are like this one, and the gap like that behind it."""
    edges = chain.edges
    size = edges[like + 1] - edges[like]
    return (
        edges[after + 1] - edges[after] == size
        and edges[after + 2] - edges[after + 1] == size
        and chain.gap(after) == chain.gap(like)
    )


# What is written behind a card number without a gap: a digit, a verification code, its expiry, a date, or two
# of these.
_MONTH_YEAR = r"(?:(?:0[1-9]|1[0-2])(?:20)?[2-4][0-9]|(?:20)?[2-4][0-9](?:0[1-9]|1[0-2]))"
_REST = re.compile(rf"(?:[0-9]|[0-9]{{3}}|{_MONTH_YEAR}(?:[0-9]{{3}})?|{_DAY})/?|(?:0[1-9]|1[0-2])/")
_REST_BEFORE = re.compile(rf"(?:[0-9]|{_MONTH_YEAR}|{_DAY})/?")
_LONGEST_REST = 8
_LONGEST_GLUED = 9
"""The most digits that ``_REST`` takes."""
_GLUED_TO = (16, 19, 15, 14, 18, 17)
_GLUED_TO_BESIDE_CARD = (*_GLUED_TO, 13, 12)
_LENGTHS_IN = tuple(
    tuple(length for length in _GLUED_TO_BESIDE_CARD if 0 < size - length <= _LONGEST_GLUED)
    for size in range(LONGEST + _LONGEST_REST + 1)
)
"""By the size of the whole, how long a card number in it can be."""


def _is_rest(digits: str) -> bool:
    return _REST.fullmatch(digits) is not None


def _glued(chain: _Chain, first: int, last: int) -> str:
    """The last four digits of a card number with something glued to its beginning or end; else nothing."""
    start, end = chain.edges[first], chain.edges[last + 1]
    longest = max(chain.edges[first + 1] - start, end - chain.edges[last])
    for length in _LENGTHS_IN[end - start]:
        if end - start - length >= longest:
            continue
        for begin, is_rest in ((start, _REST), (end - length, _REST_BEFORE)):
            stop = begin + length
            # What costs least comes first: in a long text nearly every try ends here.
            if not chain.is_card(begin, stop):
                continue
            sizes = chain.sizes(first, last)
            groups = (sizes[0] - (begin - start), *sizes[1:-1], sizes[-1] - (end - stop))
            if len(sizes) == 1:
                groups = (length,)
            slash = "/" * chain.text.startswith("/", chain.pieces[last][1])
            if (
                min(groups) > 0
                and _is_regular(groups)
                and is_rest.fullmatch(chain.digits[start:begin] + chain.digits[stop:end] + slash)
                and _may_be_glued(_before(chain, first), length)
            ):
                return chain.digits[stop - 4 : stop]
    return ""


def _may_be_glued(before: str, length: int) -> bool:
    if _CARD.search(before):
        return True
    return length in _GLUED_TO and not (_OTHER_NUMBER.search(before) or _MERCHANT.search(before))
