"""The report as JSON for other programs.

This is version 1 of the structure. A *text* is a string, or ``{"zh": …, "en": …}`` in a report in both
languages::

    schema      1
    languages   ["zh"], ["en"] or ["zh", "en"]
    title       text: the report's title
    number      the case's number as a string, null if no case was saved
    code        the code in its usual form, "" if there is none
    problem     text
    incident, money, shop, footer
                {key: {"label": text, "value": string, "text": text}}; a key without a value is left out
    note        string
    steps       [{"group", "group_text", "id", "text", "tabs", "who", "who_text", "result", "result_text",
                  "at", "note"}], each step once, in report order; "group" is "first" or a tab,
                "tabs" all tabs that list the step, "at" a time or null
    meanings    [{"text", "choice", "choice_text", "confidence", "confidence_text",
                  "sources": [{"id", "title", "where"}]}]

Values that a program compares (results, money, tabs, choices …) are the same in every language. Times are
ISO 8601 with their UTC offset. An incompatible change increases ``schema``.
"""

import msgspec

from pos_helper.domain.report_blocks import FieldList, MeaningLine, Report, StepLine, StepTable
from pos_helper.domain.text import Text

SCHEMA = 1
"""The version of the structure."""


def render_json(report: Report) -> bytes:
    """The structure as indented JSON in UTF-8, ending in a line feed."""
    data = {
        "schema": SCHEMA,
        "languages": report.languages,
        "title": _text(report, report.title),
        "number": report.number.raw or None,
        "code": report.code,
        "problem": _text(report, report.problem),
        "incident": _fields(report, report.incident),
        "money": _fields(report, report.money),
        "shop": _fields(report, report.shop),
        "note": report.note,
        "steps": [_step(report, table, line) for table in report.steps for line in table.lines],
        "meanings": [_meaning(report, meaning) for meaning in report.meanings],
        "footer": _fields(report, report.footer),
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _text(report: Report, text: Text) -> str | dict[str, str]:
    if len(report.languages) == 1:
        return text.of(report.languages[0])
    return {lang: text.of(lang) for lang in report.languages}


def _fields(report: Report, block: FieldList) -> dict[str, object]:
    return {
        field.key: {
            "label": _text(report, field.label),
            "value": field.value.raw,
            "text": _text(report, field.value.text),
        }
        for field in block.fields
    }


def _step(report: Report, table: StepTable, line: StepLine) -> dict[str, object]:
    return {
        "group": table.group.raw,
        "group_text": _text(report, table.group.text),
        "id": line.id,
        "text": _text(report, line.text),
        "tabs": [tab.raw for tab in line.tabs],
        "who": line.who.raw,
        "who_text": _text(report, line.who.text),
        "result": line.result.raw,
        "result_text": _text(report, line.result.text),
        "at": line.at.raw or None,
        "note": line.note,
    }


def _meaning(report: Report, meaning: MeaningLine) -> dict[str, object]:
    return {
        "text": _text(report, meaning.text),
        "choice": meaning.choice.raw,
        "choice_text": _text(report, meaning.choice.text),
        "confidence": meaning.confidence.raw,
        "confidence_text": _text(report, meaning.confidence.text),
        "sources": [
            {"id": source.id, "title": _text(report, source.title), "where": source.where}
            for source in meaning.sources
        ],
    }
