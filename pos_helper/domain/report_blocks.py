"""The format-neutral blocks of a report."""

from enum import StrEnum

from msgspec import Struct

from pos_helper.domain.text import Lang, Text

NOT_TRIED = "not_tried"
"""The raw result of a step that was not tried."""

NOT_BEGUN = "not_begun"
"""The raw value of ``state`` for an entry that nobody has worked on: no case, no tick and no note."""


class Value(Struct, frozen=True):
    """One value: ``raw`` for programs (an id, a typed text, an ISO 8601 time), ``text`` for people."""

    raw: str
    text: Text


class LabelledValue(Struct, frozen=True):
    """A value with its label. ``key`` is the same in all languages and versions."""

    key: str
    label: Text
    value: Value


class FieldList(Struct, frozen=True):
    """Labelled values under one heading."""

    title: Text
    fields: tuple[LabelledValue, ...]

    def get(self, key: str) -> Value | None:
        """The value with this key, or ``None`` if the report does not have it."""
        return next((field.value for field in self.fields if field.key == key), None)


class MeaningStatus(StrEnum):
    """Whether a known meaning was chosen. All are undecided until one is."""

    CHOSEN = "chosen"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


class SourceLine(Struct, frozen=True):
    """A publication that supports a meaning; ``where`` is the place in it."""

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
    """One step. ``result.raw`` is ``not_tried`` if it has no result.

    ``group.raw`` is ``first`` or the first tab that lists it, ``tabs`` are all tabs that do. ``at`` is when
    its mark was last changed; empty if it has none, or if the clock was wrong.
    """

    id: str
    text: Text
    group: Value
    tabs: tuple[Value, ...]
    who: Value
    result: Value
    at: Value
    note: str


class Report(Struct, frozen=True):
    """A case as format-neutral blocks. ``code`` and ``problem`` are the headline; ``code`` may be empty.

    ``id`` names the case among those of all shops; it is empty for a report without a saved case. ``sale``
    has no fields if nothing was filled in. ``tried`` are the steps with a result or a note, what helped
    first; ``progress`` is how many of all have a result. The other steps are counted in ``rest``, and are
    listed in ``untried`` if that was asked for.

    ``languages`` are the languages of the report, Chinese first. Every text has both languages;
    ``in_languages`` selects those of the report.
    """

    languages: tuple[Lang, ...]
    title: Text
    id: str
    number: Value
    code: str
    problem: Text
    incident: FieldList
    money: FieldList
    sale: FieldList
    tried: tuple[StepLine, ...]
    progress: Value
    rest: Value
    untried: tuple[StepLine, ...]
    note: str
    meanings: tuple[MeaningLine, ...]
    outcome: FieldList
    shop: FieldList
    footer: FieldList

    @property
    def colon(self) -> str:
        """The separator between a label and its value; full-width if the report is in Chinese only."""
        return "：" if self.languages == (Lang.ZH,) else ": "

    def in_languages(self, text: Text) -> tuple[str, ...]:
        """The text in the languages of the report: one string per language, or one if they are equal."""
        return tuple(dict.fromkeys(text.of(lang) for lang in self.languages))

    def heading(self) -> Text:
        """The title of the document: the report's title, the code and the problem."""
        return Text(
            " ".join(filter(None, (self.title.zh, self.code, self.problem.zh))),
            " ".join(filter(None, (self.title.en, self.code, self.problem.en))),
        )
