"""A text as a QR code: a picture for the screen and for paper."""

import io

from segno import QRCode, make

_MASK = 4
"""Any mask can be read. To look for the best one takes 0.2 seconds; text is no regular pattern as it is."""

QUIET = 4
"""The modules of white that a reader needs around the code (ISO/IEC 18004)."""


def qr_code(text: str) -> QRCode:
    """The smallest code that holds the text as UTF-8, with as much redundancy as its size has room for."""
    return make(text, encoding="utf-8", mode="byte", error="l", micro=False, mask=_MASK)


def qr_png(text: str, dots: int = 1) -> bytes:
    """The code as a PNG, black on white with its quiet zone, with so many dots per module."""
    out = io.BytesIO()
    qr_code(text).save(out, kind="png", scale=dots, border=QUIET)
    return out.getvalue()


def qr_svg(text: str) -> str:
    """The code as an SVG element for a web page, as large as the page makes it."""
    return qr_code(text).svg_inline(border=QUIET, omitsize=True, light="#fff")
