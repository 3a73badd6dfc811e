"""Names of makers in a query: a code means nothing without the screen that showed it."""

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from pos_helper.domain.entries import Maker
from pos_helper.domain.linguistics.characters import plain_characters
from pos_helper.domain.linguistics.stop_words import (
    EN_CODE_KINDS,
    EN_CODE_LABELS,
    EN_DEVICES,
    EN_DISPLAY_VERBS,
    EN_NUMBER_LABELS,
    ZH_CODE_LABELS,
    ZH_DEVICES,
    ZH_DISPLAY_VERBS,
    ZH_FAULTS,
)

_LABELS = (*ZH_CODE_LABELS, *ZH_DISPLAY_VERBS, *ZH_FAULTS, *EN_CODE_KINDS, *EN_CODE_LABELS, *EN_NUMBER_LABELS)
_DEVICES = (*ZH_DEVICES, *EN_DEVICES, "机", "機", "pos")
_BETWEEN = "|".join((*_LABELS, *_DEVICES, *EN_DISPLAY_VERBS, *"报報的了上", "codes", "code"))
_CODE_AFTER = re.compile(
    rf"(?:[\s:#]*(?:{_BETWEEN})){{0,4}}[\s:#]*[-−]?(?:[a-z]{{0,3}}[0-9]|[a-z]+_[a-z])", re.IGNORECASE
)
"""A code, apart from the name by labels and by what a screen does at most: ``PAX error 05``."""
_SPACES = re.compile(r"\s+")


class NamedMaker(Struct, frozen=True):
    """A maker and where its name stands in the plain text: ``text[start:end]``.

    ``before_code``: what has the form of a code stands right behind the name.
    """

    maker: Maker
    start: int
    end: int
    before_code: bool


class MakerNames:
    """Finds the names of makers in what a person typed."""

    def __init__(self, makers: Collection[Maker]) -> None:
        self._names: dict[str, Maker] = {}
        self._common: dict[str, Maker] = {}
        for maker in makers:
            for word in maker.common_words:
                self._common[normalised_name(word)] = maker
            for name in (maker.name.zh, maker.name.en, *maker.names):
                if (normalised := normalised_name(name)) not in self._common:
                    self._names[normalised] = maker
        self.origins = frozenset(origin for maker in makers for origin in maker.origins)
        """All origins that the makers show."""
        self._longest = max(map(len, (*self._names, *self._common)), default=0)

    def find(self, text: str) -> list[NamedMaker]:
        """The makers that are named in a text in plain characters, the longest name first at each place."""
        folded = text.lower()
        if len(folded) != len(text):  # a letter whose small form is longer: no name of ours
            folded = text
        return list(self._find(folded))

    def _find(self, folded: str) -> Iterator[NamedMaker]:
        start = 0
        while start < len(folded):
            found = self._longest_at(folded, start)
            if found is None:
                start += 1
            else:
                yield found
                start = found.end

    def _longest_at(self, folded: str, start: int) -> NamedMaker | None:
        if _continues_word(folded, start):
            return None
        for end in range(min(len(folded), start + self._longest), start, -1):
            name = folded[start:end]
            if _continues_word(folded, end) or not (name in self._names or name in self._common):
                continue
            before_code = _CODE_AFTER.match(folded, end) is not None
            if name in self._names:
                return NamedMaker(self._names[name], start, end, before_code)
            if before_code:
                return NamedMaker(self._common[name], start, end, before_code)
        return None


def blanked(text: str, named: Iterable[NamedMaker]) -> str:
    """The text with spaces in the place of the names, so that what is left keeps its place."""
    for each in named:
        text = f"{text[: each.start]}{' ' * (each.end - each.start)}{text[each.end :]}"
    return text


def normalised_name(name: str) -> str:
    """The form in which names are compared: case, width and runs of blanks do not matter."""
    return _SPACES.sub(" ", plain_characters(name)[0].lower()).strip()


def _continues_word(text: str, place: int) -> bool:
    """Whether a Latin word or a number goes on at a place: a name ends where a word ends."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    both_latin = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return both_latin or (before.isdecimal() and after.isdecimal())
