"""The neutral blocks of a sheet: what it says, before any format."""

from enum import StrEnum

from msgspec import Struct

from pos_helper.domain.text import Lang, Text

NOT_TRIED = "not_tried"
"""The raw result of a step without a tick."""

NOT_BEGUN = "not_begun"
"""The raw value of ``state`` for an entry that nobody has worked on: no case, no tick and no note."""


class Value(Struct, frozen=True):
    """One value: ``raw`` for machines (an id, a typed text, a time in ISO 8601), ``text`` for people."""

    raw: str
    text: Text


class LabelledValue(Struct, frozen=True):
    """A value with its label. ``key`` is stable across languages and versions."""

    key: str
    label: Text
    value: Value


class FieldList(Struct, frozen=True):
    """Labelled values under one heading."""

    title: Text
    fields: tuple[LabelledValue, ...]

    def get(self, key: str) -> Value | None:
        """One value by its key, or ``None`` if the sheet does not have it."""
        return next((field.value for field in self.fields if field.key == key), None)


class MeaningStatus(StrEnum):
    """What became of a known meaning. All are undecided until one is chosen."""

    CHOSEN = "chosen"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


class SourceLine(Struct, frozen=True):
    """A publication that a meaning rests on, and where in it to look."""

    id: str
    title: Text
    where: str


class MeaningLine(Struct, frozen=True):
    """One known meaning of the code."""

    text: Text
    choice: Value
    confidence: Value
    sources: tuple[SourceLine, ...]


class StepLine(Struct, frozen=True):
    """One step. ``tabs`` are all heads that need it, ``result`` is ``not_tried`` without a tick.

    ``at`` is when it was ticked or noted, empty if it was not.
    """

    id: str
    text: Text
    tabs: tuple[Value, ...]
    who: Value
    result: Value
    at: Value
    note: str


class StepTable(Struct, frozen=True):
    """The steps of one group, each step of the sheet once: where it is first met.

    ``group`` is ``first`` or a tab; ``listed_above`` names the steps that it shares with earlier
    groups.
    """

    group: Value
    lines: tuple[StepLine, ...]
    listed_above: Text | None

    @property
    def tried(self) -> int:
        """How many of the steps have a result."""
        return sum(line.result.raw != NOT_TRIED for line in self.lines)


class Report(Struct, frozen=True):
    """A case as neutral blocks. ``code`` and ``problem`` are the headline; ``code`` may be empty.

    ``languages`` are the languages of the sheet in their order: Chinese first.
    Every text is kept in both languages; ``in_languages`` gives the ones that the sheet shows.
    """

    languages: tuple[Lang, ...]
    title: Text
    number: Value
    code: str
    problem: Text
    incident: FieldList
    money: FieldList
    shop: FieldList
    note: str
    steps: tuple[StepTable, ...]
    meanings: tuple[MeaningLine, ...]
    footer: FieldList

    @property
    def colon(self) -> str:
        """What stands between a label and its value: full-width where the sheet is in Chinese alone."""
        return "：" if self.languages == (Lang.ZH,) else ": "

    def in_languages(self, text: Text) -> tuple[str, ...]:
        """What the sheet shows for a text: one string per language, or one if they are the same."""
        return tuple(dict.fromkeys(text.of(lang) for lang in self.languages))

    def heading(self) -> Text:
        """The title of the document: the sheet's name, the code and the problem."""
        return Text(
            " ".join(filter(None, (self.title.zh, self.code, self.problem.zh))),
            " ".join(filter(None, (self.title.en, self.code, self.problem.en))),
        )
