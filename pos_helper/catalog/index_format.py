"""What the compiler and the search must agree on."""

import re
import unicodedata

APPLICATION_ID = 0x504F5348
"""Marks an SQLite file as a catalog index of this program ("POSH")."""

INDEX_FORMAT = 1
"""Raised with every change of the tables or of what is written to them."""

EXACT, LOOKS_LIKE, LOOSE = range(3)
"""The levels of likeness at which a code is kept and found."""

# Scripts written without spaces between words: each character is a token of its own.
_CJK = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


def tokens(text: str) -> list[str]:
    """The search tokens of a text: Latin words and numbers whole, Chinese character by character."""
    folded = _CJK.sub(r" \1 ", unicodedata.normalize("NFKC", text).casefold())
    return re.findall(r"[^\W_]+", folded)


def is_cjk(token: str) -> bool:
    """Whether a token is a Chinese character."""
    return _CJK.match(token) is not None
