"""The two languages of the program, and a text in both."""

from enum import StrEnum

from msgspec import Struct


class Lang(StrEnum):
    """A language of the program."""

    ZH = "zh"
    EN = "en"


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages, side by side so that a missing half is visible."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang is Lang.ZH else self.en

    def format(self, **values: object) -> "Text":
        """The text with its ``{placeholders}`` filled in, in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))


def replace_surrogates(text: str) -> str:
    """The text with ``?`` for lone surrogates, which come from a broken paste and have no UTF-8 form."""
    return text.encode("utf-8", "replace").decode("utf-8")
