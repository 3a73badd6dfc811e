"""Fields that people fill in, of the shop, its machines and a case: what they may hold, how they are kept."""

import re
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from pos_helper.domain.card_data import has_card_data, mask_card_data
from pos_helper.domain.text import Text, replace_surrogates

NOTE_LENGTH = 2000
"""The most characters that a note may have: a page, which still prints with the sheet."""

FIELD_LENGTH = 80
"""The most characters that a field may have: a line."""

_R = TypeVar("_R", bound=Struct)

_NUMBER_AT_END = re.compile(r"\d[\d\W_]*$")

_FORMS = {
    "merchant_id": (
        re.compile(r"[0-9A-Za-z]{0,15}"),
        Text("商户号最多 15 位，只有数字和字母。", "A merchant ID has up to 15 letters and digits."),
    ),
    "terminal_id": (
        re.compile(r"[0-9A-Za-z]{0,8}"),
        Text("终端号最多 8 位，只有数字和字母。", "A terminal ID has up to 8 letters and digits."),
    ),
    "amount": (
        re.compile(r"(?:[^\W\d_]{1,3}|[¥￥$€£])? ?[0-9]{1,9}(?:[.,][0-9]{1,2})? ?(?:[^\W\d_]{1,3})?|"),
        Text("金额写成 128.50 这样。", "Write the amount as 128.50."),
    ),
    "sale_time": (
        re.compile(r"(?:(?:[0-9]{4}[-/.])?[0-9]{1,2}[-/.][0-9]{1,2} )?[0-9]{1,2}[:：][0-9]{2}|"),
        Text("时间写成 14:05 或 11-30 14:05。", "Write the time as 14:05 or 11-30 14:05."),
    ),
    "trace_number": (
        re.compile(r"[0-9]{0,6}"),
        Text("凭证号最多 6 位数字。", "A trace number has up to 6 digits."),
    ),
    "batch_number": (
        re.compile(r"[0-9]{0,6}"),
        Text("批次号最多 6 位数字。", "A batch number has up to 6 digits."),
    ),
    "reference_number": (
        re.compile(r"[0-9A-Za-z]{0,12}"),
        Text("参考号最多 12 位，只有数字和字母。", "A reference number has up to 12 letters and digits."),
    ),
    "authorisation_code": (
        re.compile(r"[0-9A-Za-z]{0,6}"),
        Text("授权码最多 6 位，只有数字和字母。", "An authorisation code has up to 6 letters and digits."),
    ),
}

_CARD_DATA = Text(
    "这里不能写卡号、安全码或密码。", "No card number, verification code or PIN may stand here."
)

NUMBERS = frozenset(_FORMS)
"""The fields with a fixed form."""

# What stands beside these fields on a slip tells their numbers from those of cards, if they have their form.
# An order number is longer than nearly all card numbers.
_BESIDE_LABEL = {
    "merchant_id": (_FORMS["merchant_id"][0], "商户号 "),
    "reference_number": (_FORMS["reference_number"][0], "参考号 "),
    "order_number": (re.compile(r"[0-9](?:[\s-]?[0-9]){16,}"), "订单号 "),
}


def field_problem(field: str, value: str) -> Text | None:
    """What is wrong with the value of a field, or ``None`` if it is valid. Every field may be empty.

    Merchant ID, terminal ID, trace number, reference number and authorisation code have the format of ISO
    8583 fields 42 (15 characters), 41 (8), 11 (6 digits), 37 (12) and 38 (6).
    """
    if holds_card_data(field, value):
        return _CARD_DATA
    form = _FORMS.get(field)
    return form[1] if form and not form[0].fullmatch(value) else None


def settled(typed: str, kept: str) -> str:
    """What of a text can be kept while it is typed: all but a number at its end, which may be going on.

    Half of a card number looks like none, and would be kept. What is kept already stays.
    """
    words = _NUMBER_AT_END.sub("", typed).rstrip()
    return kept if kept.startswith(words) else words


def clean(record: _R) -> _R:
    """A record of such fields as it may be stored: without card data and lone surrogates.

    The numbers of a slip stay as they are.
    """
    return replace(
        record, **{each.name: _clean(each.name, getattr(record, each.name)) for each in fields(record)}
    )


def _clean(field: str, value: str) -> str:
    value = replace_surrogates(value)
    return mask_card_data(value) if holds_card_data(field, value) else value


def holds_card_data(field: str, value: str) -> bool:
    """Whether card data stand in a field. An order number of 17 digits and more is none in its own field."""
    form = _BESIDE_LABEL.get(field)
    label = form[1] if form and form[0].fullmatch(value) else ""
    return has_card_data(f"{label}{value}")
