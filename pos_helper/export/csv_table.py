"""The report as CSV for a spreadsheet, so that an acquirer's support can filter and combine reports.

There is one row per step; a case without steps has one row. The columns are the same for every case: the
case (repeated in every row), the step, the rest of the case. Times are ISO 8601 with their UTC offset. A
report in both languages has both in a cell, Chinese first, separated by " / ".

The file follows RFC 4180 (commas, CR LF, quoting) in UTF-8 with a byte order mark, which Excel opens
correctly with a double click. A spreadsheet would run a cell that starts like a formula and show code ``01``
as 1; such cells start with an apostrophe, which marks them as text.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from pos_helper.domain.report_blocks import MeaningStatus, Report, StepLine, StepTable, Value
from pos_helper.domain.report_labels import LABELS
from pos_helper.domain.text import Text

_CASE = (
    "report_no",
    "seen_at",
    "name",
    "merchant_id",
    "terminal_id",
    "code",
    "problem",
    "origin",
    "money",
    "retry",
    "state",
)
_STEP = ("group", "tab", "step_id", "step", "who", "result", "at", "step_note")
_REST = (
    "note",
    "catalog_code",
    "meaning",
    "money_catalog",
    "money_found",
    "closed_at",
    "machine",
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
)
COLUMNS = (*_CASE, *_STEP, *_REST)
"""The keys of the columns, in order. Their headings are the report's labels."""

_TIMES = frozenset({"seen_at", "closed_at", "printed_at"})
_BOTH = " / "

# The start of a cell that a spreadsheet takes for a formula (OWASP, "CSV injection"), also after blanks.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
# Numbers that a spreadsheet would shorten, and codes that it would read as a power or a date: 01, 1E1, 11-2.
_MANGLED = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]+[.]?[0-9]*[eE][0-9]+|[0-9]+[-/.:][0-9]+(?:[-/.:][0-9]+)?")


def render_csv(report: Report) -> bytes:
    """The table with its heading row, as the bytes of a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(_said(report, LABELS[key]) for key in COLUMNS)
    case = _case_cells(report)
    for step in _step_cells(report):
        cells = case | step
        writer.writerow(cell(cells.get(key, "")) for key in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def cell(value: str) -> str:
    """The value, with an apostrophe in front if a spreadsheet would run or reformat it."""
    # A spreadsheet treats full-width characters like ASCII ones.
    plain = unicodedata.normalize("NFKC", value)
    return f"'{value}" if _FORMULA.match(plain) or _MANGLED.fullmatch(plain) else value


def _said(report: Report, text: Text) -> str:
    return _BOTH.join(report.in_languages(text))


def _case_cells(report: Report) -> dict[str, str]:
    blocks = (report.incident, report.money, report.shop, report.footer)
    cells = {
        field.key: field.value.raw if field.key in _TIMES else _said(report, field.value.text)
        for block in blocks
        for field in block.fields
    }
    chosen = (meaning for meaning in report.meanings if meaning.choice.raw == MeaningStatus.CHOSEN)
    return cells | {
        "problem": _said(report, report.problem),
        "note": report.note,
        "meaning": next((_said(report, meaning.text) for meaning in chosen), ""),
    }


def _step_cells(report: Report) -> Iterator[dict[str, str]]:
    if not report.steps:
        yield {}
    for table in report.steps:
        for line in table.lines:
            yield _cells_of(report, table, line)


def _cells_of(report: Report, table: StepTable, line: StepLine) -> dict[str, str]:
    def in_languages(value: Value) -> str:
        return _said(report, value.text)

    return {
        "group": in_languages(table.group),
        "tab": ", ".join(in_languages(tab) for tab in line.tabs),
        "step_id": line.id,
        "step": _said(report, line.text),
        "who": in_languages(line.who),
        "result": in_languages(line.result),
        "at": line.at.raw,
        "step_note": line.note,
    }
