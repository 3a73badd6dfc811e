"""The report as JSON for other programs."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case
from pos_helper.domain.report import NO_CASE
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.export.json_data import render_json

Reports = Callable[..., Report]


@pytest.mark.parametrize("language", ReportLanguage)
def test_data_are_as_agreed(
    language: ReportLanguage, report_of: Reports, check_golden: Callable[[str, bytes], None]
) -> None:
    check_golden(f"report.{language}.json", render_json(report_of(language)))


@pytest.mark.parametrize("language", ReportLanguage)
def test_what_a_program_compares_is_the_same_in_every_language(
    language: ReportLanguage, report_of: Reports, case: Case
) -> None:
    data = json.loads(render_json(report_of(language)))
    assert data["schema"] == 1
    assert data["number"] == "12"
    assert data["incident"]["code"]["value"] == "Ｅ－101"
    assert data["money"]["money"]["value"] == "not_charged"
    assert data["money"]["money_catalog"]["value"] == "unknown"
    assert data["incident"]["state"]["value"] == "handed_over"
    results = {step["id"]: step["result"] for step in data["steps"]}
    assert results == {step.id: case.result_of(step.id) or "not_tried" for step in case.resolved.all_steps()}
    times = {step["id"]: step["at"] and datetime.fromisoformat(step["at"]) for step in data["steps"]}
    assert times == {step_id: case.marks[step_id].at if step_id in case.marks else None for step_id in times}
    assert [meaning["choice"] for meaning in data["meanings"]] == ["chosen", "rejected"]


def test_texts_are_strings_in_one_language_and_pairs_in_both(report_of: Reports) -> None:
    zh, en, both = (json.loads(render_json(report_of(language)))["problem"] for language in ReportLanguage)
    assert (zh, en) == ("通讯失败", "Communication failure")
    assert both == {"zh": zh, "en": en}


def test_sheet_without_a_case_has_no_number(report_of: Reports, case: Case) -> None:
    data = json.loads(render_json(report_of(ReportLanguage.EN, replace(case, id=NO_CASE))))
    assert data["number"] is None
