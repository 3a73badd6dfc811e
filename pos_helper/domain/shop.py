"""The shop's details, filled in once and printed on every report."""

from msgspec import Struct


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
