"""All cases in one file: JSON Lines for programs, one table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import CasesFormat
from pos_helper.domain.text import Lang
from pos_helper.export.csv_table import render_case_rows
from pos_helper.export.json_data import json_line


def render_cases(reports: Iterable[Report], form: CasesFormat, languages: Sequence[Lang]) -> Iterator[bytes]:
    """The reports as the bytes of a file, piece by piece: one case per line or row, none kept in memory.

    A table begins with a heading in ``languages``.
    """
    if form is CasesFormat.CSV:
        return render_case_rows(reports, languages)
    return (json_line(report) + b"\n" for report in reports)
