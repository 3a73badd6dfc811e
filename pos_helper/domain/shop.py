"""The shop's details, filled in once and printed on every report."""

import re
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from pos_helper.domain.card_data import has_card_data, mask_card_data
from pos_helper.domain.text import Text, replace_surrogates

_R = TypeVar("_R", bound=Struct)


class Shop(Struct, frozen=True):
    """The shop, its terminal and its acquirer, as printed on a report. Every field may be empty."""

    name: str = ""
    merchant_id: str = ""
    terminal_id: str = ""
    device_model: str = ""
    serial: str = ""
    acquirer: str = ""
    hotline: str = ""
    contact: str = ""


_SHAPES = {
    "merchant_id": (
        re.compile(r"[0-9A-Za-z]{0,15}"),
        Text("商户号最多 15 位，只有数字和字母。", "A merchant ID has up to 15 letters and digits."),
    ),
    "terminal_id": (
        re.compile(r"[0-9A-Za-z]{0,8}"),
        Text("终端号最多 8 位，只有数字和字母。", "A terminal ID has up to 8 letters and digits."),
    ),
}


_CARD_DATA = Text(
    "这里不能写卡号、安全码或密码。", "No card number, verification code or PIN may stand here."
)


NUMBERS = frozenset(_SHAPES)
"""The fields of the shop and its machines with a fixed form. A 15-digit merchant ID is no card number."""


def is_valid_number(field: str, value: str) -> bool:
    """Whether the field is one of ``NUMBERS`` and the value has its form: it is kept as it is then."""
    return field in NUMBERS and shop_field_problem(field, value) is None


def shop_field_problem(field: str, value: str) -> Text | None:
    """What is wrong with the value of a shop field, or ``None`` if it is valid.

    Merchant ID and terminal ID have the format of ISO 8583 fields 42 (15 characters) and 41 (8). They are
    checked only against that, because a 15-digit merchant ID can look like a card number.
    """
    shape = _SHAPES.get(field)
    if shape:
        return None if shape[0].fullmatch(value) else shape[1]
    return _CARD_DATA if has_card_data(value) else None


def clean(record: _R) -> _R:
    """The shop or one of its machines as it may be stored: without card data and lone surrogates.

    Valid merchant and terminal IDs stay as they are.
    """
    return replace(
        record, **{each.name: _clean(each.name, getattr(record, each.name)) for each in fields(record)}
    )


def _clean(field: str, value: str) -> str:
    return value if is_valid_number(field, value) else mask_card_data(replace_surrogates(value))
