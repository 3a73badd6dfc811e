"""All cases in one file."""

from collections.abc import Callable, Iterator

import pytest

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import CasesFormat, ReportLanguage
from pos_helper.domain.text import Lang
from pos_helper.export.all_cases import render_cases

Reports = Callable[..., Report]


@pytest.mark.parametrize("form", list(CasesFormat))
def test_however_many_cases_there_are_only_one_is_in_memory(report_of: Reports, form: CasesFormat) -> None:
    asked = 0

    def endless() -> Iterator[Report]:
        nonlocal asked
        while True:
            asked += 1
            yield report_of(ReportLanguage.EN)

    pieces = render_cases(endless(), form, (Lang.EN,))
    while asked < 3:
        next(pieces)
    assert next(pieces).endswith(b"\n")
    assert asked == 4
