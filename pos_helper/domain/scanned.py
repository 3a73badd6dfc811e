"""Recognises what a scanner reads from articles and telephones: it is typed like a code, and never is one."""

import re
from enum import StrEnum

from pos_helper.domain.linguistics.characters import plain_characters


class Refusal(StrEnum):
    """What was typed or scanned instead of a fault code.

    ``PAYMENT_CODE`` pays with the customer's money while it is valid: it is treated like card data.
    """

    URL = "url"
    BARCODE = "barcode"
    PAYMENT_CODE = "payment_code"


def refusal_of(text: str) -> Refusal | None:
    """What a text is instead of a question about a fault; ``None`` if it may be one.

    Addresses and barcodes are recognised only alone: beside a label or words a number may be a code.
    """
    plain = plain_characters(text)[0].strip()
    compact = _GAPS.sub("", plain)
    if _PAYMENT_CODE.search(compact if compact.isdecimal() else plain):
        return Refusal.PAYMENT_CODE
    if _URL.match(plain):
        return Refusal.URL
    return Refusal.BARCODE if _is_barcode(plain) else None


_GAPS = re.compile(r"[\s\-]")

# What the makers document of the code that a customer shows to be scanned:
# - WeChat Pay, "付款码支付" (micropay), auth_code: 18 digits that begin with 10 to 15.
# - Alipay, "alipay.trade.pay", auth_code: 16 to 24 digits that begin with 25 to 30.
# - UnionPay QR (云闪付), as acquirers document it: 19 digits that begin with 62.
_PAYMENT_CODE = re.compile(
    r"(?<![0-9])(?:1[0-5][0-9]{16}|(?:2[5-9]|30)[0-9]{14,22}|62[0-9]{17})(?![0-9])", re.ASCII
)

# With or without a scheme: payment apps leave it out. A Chinese input method that is switched on makes "、、"
# of the two strokes.
_URL = re.compile(
    r"(?:(?:https?|weixin|wxp|alipays?|upwrp):(?://|、、)|www\.)[^\s]+\Z"
    r"|[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|cn|net|org|hk)/[^\s]*\Z",
    re.IGNORECASE,
)

# GTIN-12, -13 and -14 by the GS1 General Specifications: UPC-A, EAN-13, ITF-14. No EAN-8: one in ten fault
# codes of eight digits has its check digit by chance.
_GTIN_LENGTHS = frozenset({12, 13, 14})
_GTIN_DIGITS = 8
"""With fewer digits behind leading zeros it is a number of the shop's own, or a code filled with zeros."""


def _is_barcode(text: str) -> bool:
    if len(text) not in _GTIN_LENGTHS or not text.isdecimal() or len(text.lstrip("0")) < _GTIN_DIGITS:
        return False
    # From the right, each second digit counts three times, the last one is the check digit.
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text))) % 10 == 0
