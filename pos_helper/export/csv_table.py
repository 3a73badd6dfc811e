"""The report as CSV for a spreadsheet, so that an acquirer's support can filter and combine reports.

There is one row per step that was tried; a case without one has one row. The columns are the same for every
case: the case (repeated in every row), the step, the rest of the case. All cases together have one row each,
with their steps in one cell. Times are ISO 8601 with their UTC offset. A report in both languages has both in
a cell, Chinese first, separated by " / ".

The file follows RFC 4180 (commas, CR LF, quoting) in UTF-8 with a byte order mark, which Excel opens
correctly with a double click. A spreadsheet would run a cell that starts like a formula and show code ``01``
as 1; such cells start with an apostrophe, which marks them as text.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pos_helper.domain.report_blocks import MeaningStatus, Report, StepLine, Value
from pos_helper.domain.report_labels import LABELS, TICKS
from pos_helper.domain.text import Lang, Text

_CASE = (
    "report_no",
    "seen_at",
    "name",
    "merchant_id",
    "terminal_id",
    "machine",
    "code",
    "problem",
    "origin",
    "money",
    "retry",
    "certainty",
    "amount",
    "sale_time",
    "trace_number",
    "reference_number",
    "authorisation_code",
    "batch_number",
    "order_number",
    "state",
    "helped",
    "handed_to",
    "ticket",
)
_STEP = ("group", "tab", "step_id", "step", "who", "result", "at", "step_note")
_REST = (
    "tried",
    "rest",
    "note",
    "screen_text",
    "changed",
    "catalog_code",
    "meaning",
    "money_catalog",
    "closed_at",
    "device_model",
    "serial",
    "acquirer",
    "hotline",
    "contact",
    "printed_at",
    "program",
    "catalog",
    "card_data",
    "masked",
    "clock",
)
COLUMNS = (*_CASE, *_STEP, *_REST)
"""The keys of the columns, in order. Their headings are the report's labels."""

CASE_COLUMNS = ("case_id", *_CASE, "steps", *_REST)
"""The same for a table of cases."""

_TIMES = frozenset({"seen_at", "closed_at", "printed_at"})
_BOTH = " / "

# The start of a cell that a spreadsheet takes for a formula (OWASP, "CSV injection"), also after blanks.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
# Numbers that a spreadsheet would shorten, and codes that it would read as a power or a date: 01, 1E1, 11-2.
_MANGLED = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[.]?[0-9]*[eE][0-9]+|[0-9]+[-/.:][0-9]+(?:[-/.:][0-9]+)?")


def render_csv(report: Report) -> bytes:
    """The table with its heading row, as the bytes of a file."""
    case = _case_cells(report)
    lines = (*report.tried, *report.untried)
    rows = [case | _step_cells(report, line) for line in lines] or [case]
    return b"".join(_table(report.languages, COLUMNS, rows))


def render_case_rows(reports: Iterable[Report], languages: Sequence[Lang]) -> Iterator[bytes]:
    """A table with one row per case and a heading row in these languages, row by row."""
    rows = (
        _case_cells(report) | {"case_id": report.id, "steps": _steps_in_short(report)} for report in reports
    )
    return _table(languages, CASE_COLUMNS, rows)


def _table(
    languages: Sequence[Lang], columns: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    yield _line(_BOTH.join(dict.fromkeys(LABELS[key].of(lang) for lang in languages)) for key in columns)
    for row in rows:
        yield _line(cell(row.get(key, "")) for key in columns)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL).writerow(cells)
    return out.getvalue().encode()


def cell(value: str) -> str:
    """The value, with an apostrophe in front if a spreadsheet would run or reformat it."""
    # A spreadsheet treats full-width characters like ASCII ones.
    plain = unicodedata.normalize("NFKC", value)
    return f"'{value}" if _FORMULA.match(plain) or _MANGLED.fullmatch(plain) else value


def _said(report: Report, text: Text) -> str:
    return _BOTH.join(report.in_languages(text))


def _case_cells(report: Report) -> dict[str, str]:
    blocks = (report.incident, report.money, report.sale, report.outcome, report.shop, report.footer)
    cells = {
        field.key: field.value.raw if field.key in _TIMES else _said(report, field.value.text)
        for block in blocks
        for field in block.fields
    }
    chosen = (meaning for meaning in report.meanings if meaning.choice.raw == MeaningStatus.CHOSEN)
    return cells | {
        "problem": _said(report, report.problem),
        "tried": report.progress.raw,
        "rest": report.rest.raw,
        "note": report.note,
        "meaning": next((_said(report, meaning.text) for meaning in chosen), ""),
    }


def _step_cells(report: Report, line: StepLine) -> dict[str, str]:
    def in_languages(value: Value) -> str:
        return _said(report, value.text)

    return {
        "group": in_languages(line.group),
        "tab": ", ".join(in_languages(tab) for tab in line.tabs),
        "step_id": line.id,
        "step": _said(report, line.text),
        "who": in_languages(line.who),
        "result": in_languages(line.result),
        "at": line.at.raw,
        "step_note": line.note,
    }


def _steps_in_short(report: Report) -> str:
    """The steps that were tried with their results, one on a line."""
    return "\n".join(
        f"{TICKS[line.result.raw]} {_said(report, line.text)}{report.colon}{_said(report, line.result.text)}"
        for line in report.tried
    )
