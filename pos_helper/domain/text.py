"""The two languages of the program, and a text in both."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class Lang(StrEnum):
    """A language of the program."""

    ZH = "zh"
    EN = "en"


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages, side by side so that a missing half is visible."""

    zh: Annotated[str, Meta(description="The text in Chinese.")]
    en: Annotated[str, Meta(description="The text in English.")]

    def of(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang is Lang.ZH else self.en

    def format(self, **values: object) -> "Text":
        """The text with its ``{placeholders}`` filled in, in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))


def replace_surrogates(text: str) -> str:
    """The text with ``?`` for lone surrogates, which come from a broken paste and have no UTF-8 form."""
    return text.encode("utf-8", "replace").decode("utf-8")
