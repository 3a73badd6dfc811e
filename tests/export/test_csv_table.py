"""The report as CSV for a spreadsheet."""

import csv
import io
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_labels import LABELS
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang
from pos_helper.export.csv_table import CASE_COLUMNS, COLUMNS, cell, render_case_rows, render_csv

Reports = Callable[..., Report]


def read(data: bytes) -> list[dict[str, str]]:
    """Parse the rows of a table, keyed by column, as a spreadsheet would."""
    _, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ReportLanguage)
def test_table_is_as_agreed(
    language: ReportLanguage, report_of: Reports, check_golden: Callable[[str, bytes], None]
) -> None:
    check_golden(f"report.{language}.csv", render_csv(report_of(language)))


def test_file_opens_right_in_a_spreadsheet(report_of: Reports) -> None:
    data = render_csv(report_of(ReportLanguage.ZH))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.decode("utf-8-sig").startswith("单号,发现时间,")


def test_each_step_that_was_tried_has_one_row_that_repeats_the_case(report_of: Reports, case: Case) -> None:
    rows = read(render_csv(report_of(ReportLanguage.EN)))
    assert {row["step_id"] for row in rows} == set(case.marks)
    assert {(row["report_no"], row["code"], row["state"]) for row in rows} == {
        ("12", "Ｅ－101", "Handed over")
    }
    assert {row["note"] for row in rows} == {case.note}
    by_step = {row["step_id"]: row for row in rows}
    assert by_step["change-cable"]["result"] == "Could not"
    assert by_step["change-cable"]["at"] == "2026-03-01T16:49:20+08:00"
    assert by_step["reseat-cable"]["tab"] == "Hardware, Network"


def test_the_other_steps_have_rows_if_asked_for(report_of: Reports, case: Case) -> None:
    rows = read(render_csv(report_of(ReportLanguage.EN, untried=True)))
    assert {row["step_id"] for row in rows} == {step.id for step in case.resolved.all_steps()}
    assert {row["result"] for row in rows if row["step_id"] not in case.marks} == {"Not tried"}


def test_what_the_hotline_asks_has_its_columns(report_of: Reports) -> None:
    (row, *_) = read(render_csv(report_of(ReportLanguage.EN)))
    assert (row["amount"], row["trace_number"], row["order_number"], row["handed_to"]) == (
        "'128.50",
        "'000123",
        "'4200001234202603010123456789",
        "银联商务 张工",
    )


def test_all_cases_have_one_row_each(report_of: Reports, case: Case) -> None:
    reports = [report_of(ReportLanguage.ZH, replace(case, id=number)) for number in (3, 4)]
    data = b"".join(render_case_rows(reports, (Lang.ZH,))).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert heading[:2] == ["记录编号", "单号"]
    assert [dict(zip(CASE_COLUMNS, row, strict=True))["report_no"] for row in rows] == ["3", "4"]
    steps = dict(zip(CASE_COLUMNS, rows[0], strict=True))["steps"].splitlines()
    assert len(steps) == len(case.marks)
    assert steps[0] == "✔ 在终端上查上一笔交易：有效"


def test_columns_do_not_depend_on_the_case(report_of: Reports, case: Case) -> None:
    bare = replace(case, note="", marks={}, closed_at=None, meaning=None, money_found=None)
    full, empty = (
        render_csv(report_of(ReportLanguage.BOTH, each, shop)).splitlines()[0]
        for each, shop in ((case, Shop(name="店")), (bare, Shop()))
    )
    assert full == empty
    assert {*COLUMNS, *CASE_COLUMNS} <= set(LABELS)


def test_case_without_steps_has_a_row(report_of: Reports, case: Case) -> None:
    resolved = replace(case.resolved, entry=replace(case.resolved.entry, first=(), causes=()))
    rows = read(render_csv(report_of(ReportLanguage.EN, replace(case, resolved=resolved, marks={}))))
    assert [(row["problem"], row["step"]) for row in rows] == [("Communication failure", "")]


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u3000=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "﹣1",
    ],
)
def test_no_cell_is_run_as_a_formula(value: str) -> None:
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize(
    "value", ["01", "0000", "898310058120001", "1E1", "1.5e3", "11-2", "3/4", "12:30", "12.50", "０１"]
)
def test_no_code_is_shown_as_another_number(value: str) -> None:
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "E101", "0x0004", "3000", "11", "12", "95534", "没变化", "a=b", "– –"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert cell(value) == value


def test_what_people_typed_comes_back_and_is_not_run(report_of: Reports, case: Case) -> None:
    note = "=cmd|'/c calc'!A1, \"quoted\"\nline; two"
    marks = {step_id: replace(mark, note="@" + note) for step_id, mark in case.marks.items()}
    hostile = replace(case, note=note, marks=marks, code_shown="+E1")
    rows = read(render_csv(report_of(ReportLanguage.ZH, hostile, Shop(name="-店"))))
    assert {row["note"] for row in rows} == {"'" + note}
    assert {row["code"] for row in rows} == {"'+E1"}
    assert {row["name"] for row in rows} == {"'-店"}
    assert {row["step_note"] for row in rows} == {"'@" + note}
