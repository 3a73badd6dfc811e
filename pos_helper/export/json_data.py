"""The report as JSON for other programs: version 2 of the structure, which ``Sheet`` describes.

Values that a program compares (results, money, tabs, choices …) are the same in every language. Every field
is always there, so that the files of many shops form one table. An incompatible change increases ``schema``.
"""

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from pos_helper.domain.cases import StepResult
from pos_helper.domain.entries import Confidence, Tab, Who
from pos_helper.domain.report_blocks import (
    NOT_TRIED,
    FieldList,
    MeaningLine,
    MeaningStatus,
    Report,
    StepLine,
)
from pos_helper.domain.report_labels import LABELS
from pos_helper.domain.text import Lang, Text

SCHEMA = 2
"""The version of the structure."""

_B = TypeVar("_B", bound=Struct)

Words = Annotated[str | Text, Meta(description="A text: a string, or one per language if there are two.")]
Time = Annotated[str, Meta(description="ISO 8601 with the UTC offset; empty if not known.")]


class Field(Struct, frozen=True):
    """One value with its label."""

    label: Words
    value: Annotated[str, Meta(description="For programs: an id, a number, an ISO 8601 time. Empty if none.")]
    text: Annotated[Words, Meta(description="For people. It may say why there is no value.")]


class Incident(Struct, frozen=True):
    """What was seen, when, and on which machine."""

    code: Annotated[Field, Meta(description="The code as it was typed.")]
    catalog_code: Annotated[Field, Meta(description="Its usual form, if that is another.")]
    origin: Annotated[Field, Meta(description="The id of who shows the code.")]
    screen: Annotated[Field, Meta(description="What the screen says beside the code.")]
    seen_at: Field
    machine: Field


class MoneyBlock(Struct, frozen=True):
    """Whether the money moved, and how that is known."""

    money: Annotated[Field, Meta(description="charged, not_charged, unknown or not_applicable.")]
    retry: Annotated[
        Field,
        Meta(description="yes, once, other_card, other_method, after_check, no or not_applicable."),
    ]
    certainty: Annotated[
        Field, Meta(description="looked_up, still_unknown, code_alone or not_looked_up; empty if no payment.")
    ]
    money_catalog: Annotated[Field, Meta(description="The money state by the code, if it was looked up.")]


class Sale(Struct, frozen=True):
    """What was filled in about the sale."""

    amount: Field
    sale_time: Field
    trace_number: Field
    reference_number: Field
    authorisation_code: Field
    batch_number: Field
    order_number: Field
    screen_text: Field
    changed: Field


class StepData(Struct, frozen=True):
    """One step."""

    id: str
    text: Words
    group: Annotated[str, Meta(description="first, or the first tab that lists the step.")]
    tabs: Annotated[tuple[Tab, ...], Meta(description="All tabs that list the step.")]
    who: Who
    result: Annotated[StepResult | None, Meta(description="null if it was not tried.")]
    result_text: Words
    at: Time
    note: str


class SourceData(Struct, frozen=True):
    """A publication that supports a meaning."""

    id: str
    title: Words
    where: str


class MeaningData(Struct, frozen=True):
    """One published meaning of the code."""

    text: Words
    choice: MeaningStatus
    confidence: Confidence
    sources: tuple[SourceData, ...]


class OutcomeBlock(Struct, frozen=True):
    """How it ended."""

    state: Annotated[Field, Meta(description="not_begun, open, solved, handed_over or given_up.")]
    closed_at: Field
    helped: Annotated[Field, Meta(description="The ids of the steps that helped, separated by commas.")]
    handed_to: Field
    ticket: Field


class ShopBlock(Struct, frozen=True):
    """The shop and the terminal."""

    name: Field
    merchant_id: Field
    terminal_id: Field
    device_model: Field
    serial: Field
    acquirer: Field
    hotline: Field
    contact: Field


class Footer(Struct, frozen=True):
    """What made the sheet, and what it leaves out."""

    report_no: Field
    printed_at: Field
    program: Field
    catalog: Field
    card_data: Field
    masked: Annotated[Field, Meta(description="The fields in which card data was masked.")]
    clock: Annotated[Field, Meta(description="wrong, if times are left out because the clock was wrong.")]


class Sheet(Struct, frozen=True):
    """One case. In JSON Lines there is one such object on each line."""

    schema: Annotated[int, Meta(ge=SCHEMA, le=SCHEMA, description="Version of this structure: 2.")]
    id: Annotated[
        str | None,
        Meta(description="Names the case among those of all shops, always the same; null without a case."),
    ]
    number: Annotated[str | None, Meta(description="The case's number in its shop; null without a case.")]
    languages: tuple[Lang, ...]
    title: Words
    code: Annotated[str, Meta(description="The code in its usual form; empty if there is none.")]
    problem: Words
    incident: Incident
    money: MoneyBlock
    sale: Sale
    steps: Annotated[
        tuple[StepData, ...],
        Meta(description="The steps with a result or a note, what helped first; then the others if asked."),
    ]
    not_tried: Annotated[int, Meta(ge=0, description="How many steps have neither a result nor a note.")]
    note: str
    meanings: Annotated[tuple[MeaningData, ...], Meta(description="What the code means, the chosen first.")]
    outcome: OutcomeBlock
    shop: ShopBlock
    footer: Footer


def json_schema() -> dict[str, Any]:
    """The structure as a JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "POS Helper: the sheet of a case",
        **msgspec.json.schema(Sheet),
    }


def render_json(report: Report) -> bytes:
    """The structure as indented JSON in UTF-8, ending in a line feed."""
    return msgspec.json.format(json_line(report), indent=2) + b"\n"


def json_line(report: Report) -> bytes:
    """The structure as JSON on one line in UTF-8, without a line feed."""
    return msgspec.json.encode(
        Sheet(
            schema=SCHEMA,
            id=report.id or None,
            number=report.number.raw or None,
            languages=report.languages,
            title=_words(report, report.title),
            code=report.code,
            problem=_words(report, report.problem),
            incident=_block(report, report.incident, Incident),
            money=_block(report, report.money, MoneyBlock),
            sale=_block(report, report.sale, Sale),
            steps=tuple(_step(report, line) for line in (*report.tried, *report.untried)),
            not_tried=int(report.rest.raw),
            note=report.note,
            meanings=tuple(_meaning(report, meaning) for meaning in report.meanings),
            outcome=_block(report, report.outcome, OutcomeBlock),
            shop=_block(report, report.shop, ShopBlock),
            footer=_block(report, report.footer, Footer),
        )
    )


def _words(report: Report, text: Text) -> str | Text:
    return text if len(report.languages) > 1 else text.of(report.languages[0])


def _block(report: Report, block: FieldList, kind: type[_B]) -> _B:
    """The fields of a block; those that it does not have are empty."""
    return kind(**{key: _field(report, block, key) for key in kind.__struct_fields__})


def _field(report: Report, block: FieldList, key: str) -> Field:
    label = _words(report, LABELS[key])
    if (value := block.get(key)) is None:
        return Field(label, "", _words(report, Text("", "")))
    return Field(label, value.raw, _words(report, value.text))


def _step(report: Report, line: StepLine) -> StepData:
    return StepData(
        id=line.id,
        text=_words(report, line.text),
        group=line.group.raw,
        tabs=tuple(Tab(tab.raw) for tab in line.tabs),
        who=Who(line.who.raw),
        result=None if line.result.raw == NOT_TRIED else StepResult(line.result.raw),
        result_text=_words(report, line.result.text),
        at=line.at.raw,
        note=line.note,
    )


def _meaning(report: Report, meaning: MeaningLine) -> MeaningData:
    return MeaningData(
        text=_words(report, meaning.text),
        choice=MeaningStatus(meaning.choice.raw),
        confidence=Confidence(meaning.confidence.raw),
        sources=tuple(
            SourceData(source.id, _words(report, source.title), source.where) for source in meaning.sources
        ),
    )
