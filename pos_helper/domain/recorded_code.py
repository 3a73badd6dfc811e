"""A code that is not in the catalog, as recorded by the shop."""

import unicodedata

from msgspec import Struct

from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import Tab
from pos_helper.domain.query import MAX_CODE, code_keys
from pos_helper.domain.text import Text

MAX_SENTENCE = 200
"""The most characters of ``meaning`` and of ``helped``: about two sentences."""


class RecordedCode(Struct, frozen=True):
    """What a shop knows about a code. ``origin`` is the id of the origin that showed it.

    The texts are in one language, as typed. ``helped`` may be empty; if it is not, ``tab`` is required.
    """

    code: str
    origin: str
    meaning: str
    helped: str = ""
    tab: Tab | None = None

    def tidied(self) -> "RecordedCode":
        """A copy with each text on one line, stripped, and without invisible characters."""
        return RecordedCode(_tidy(self.code), self.origin, _tidy(self.meaning), _tidy(self.helped), self.tab)


class FieldError(Struct, frozen=True):
    """What is wrong with one field of a ``RecordedCode``."""

    field: str
    text: Text


def recorded_code_error(own: RecordedCode) -> FieldError | None:
    """The first error of a tidied code, or ``None`` if it can be recorded.

    Card data are refused, not masked: a masked number could not be looked up later.
    """
    for field in ("code", "meaning", "helped"):
        if has_card_data(getattr(own, field)):
            return FieldError(field, _CARD_DATA)
    if not own.code:
        return FieldError("code", _NO_CODE)
    if not any(character.isalnum() for character in code_keys(own.code).exact):
        return FieldError("code", _NOT_A_CODE)
    if len(own.code) > MAX_CODE:
        return FieldError("code", _TOO_LONG.format(most=MAX_CODE))
    if not own.origin:
        return FieldError("origin", _NO_ORIGIN)
    if not own.meaning:
        return FieldError("meaning", _NO_MEANING)
    for field in ("meaning", "helped"):
        if len(getattr(own, field)) > MAX_SENTENCE:
            return FieldError(field, _TOO_LONG.format(most=MAX_SENTENCE))
    if own.helped and own.tab is None:
        return FieldError("tab", _NO_TAB)
    return None


_CARD_DATA = Text(
    "这里像是卡号或密码，不能记下来。请删掉再保存。",
    "This looks like a card number or a PIN, which is never kept. Take it out and save again.",
)
_NO_CODE = Text("请填屏幕上显示的代码。", "Fill in the code that the screen shows.")
_NOT_A_CODE = Text("代码里要有字母、数字或文字。", "A code has a letter or a digit in it.")
_TOO_LONG = Text("太长了，最多 {most} 个字符。", "That is too long: at most {most} characters.")
_NO_ORIGIN = Text("请选是哪个屏幕显示的。", "Choose which screen showed it.")
_NO_MEANING = Text("请写它是什么意思。", "Say what it meant.")
_NO_TAB = Text("请选有用的办法属于哪一类。", "Choose where that which helped belongs.")


def _tidy(text: str) -> str:
    return " ".join("".join(map(_plain, text)).split())


def _plain(character: str) -> str:
    """Replace a control character or lone surrogate by a blank; drop an invisible format character."""
    category = unicodedata.category(character)
    return {"Cc": " ", "Cs": " ", "Cf": ""}.get(category, character)
