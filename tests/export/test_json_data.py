"""The report as JSON for other programs."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case
from pos_helper.domain.report import NO_CASE
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.export.json_data import json_schema, render_json

Reports = Callable[..., Report]

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"


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
    assert data["schema"] == 2
    assert data["id"] == "20260301T084420.000000Z-12"
    assert data["number"] == "12"
    assert data["incident"]["code"]["value"] == "Ｅ－101"
    assert data["money"]["money"]["value"] == "not_charged"
    assert data["money"]["money_catalog"]["value"] == "unknown"
    assert data["money"]["certainty"]["value"] == "looked_up"
    assert data["sale"]["amount"]["value"] == "128.50"
    assert data["outcome"]["state"]["value"] == "handed_over"
    assert data["outcome"]["ticket"]["value"] == "GD-77"
    results = {step["id"]: step["result"] for step in data["steps"]}
    assert results == {step_id: mark.result for step_id, mark in case.marks.items()}
    assert data["not_tried"] == 3
    times = {step["id"]: datetime.fromisoformat(step["at"]) for step in data["steps"]}
    assert times == {step_id: mark.at for step_id, mark in case.marks.items()}
    assert [meaning["choice"] for meaning in data["meanings"]] == ["chosen", "rejected"]


def test_texts_are_strings_in_one_language_and_pairs_in_both(report_of: Reports) -> None:
    zh, en, both = (json.loads(render_json(report_of(language)))["problem"] for language in ReportLanguage)
    assert (zh, en) == ("通讯失败", "Communication failure")
    assert both == {"zh": zh, "en": en}


def test_sheet_without_a_case_has_no_number(report_of: Reports, case: Case) -> None:
    data = json.loads(render_json(report_of(ReportLanguage.EN, replace(case, id=NO_CASE))))
    assert (data["number"], data["id"]) == (None, None)


def test_every_field_is_there_in_every_case(report_of: Reports, case: Case) -> None:
    bare = Case(id=1, opened_at=case.opened_at, code_shown="", resolved=case.resolved)
    full, empty = (json.loads(render_json(report_of(ReportLanguage.EN, each))) for each in (case, bare))
    for block in ("incident", "money", "sale", "outcome", "shop", "footer"):
        assert full[block].keys() == empty[block].keys()
    assert empty["sale"]["amount"] == {"label": "Amount", "value": "", "text": ""}


@pytest.mark.parametrize("untried", [False, True])
@pytest.mark.parametrize("language", ReportLanguage)
def test_data_follow_the_published_schema(
    language: ReportLanguage, untried: bool, report_of: Reports, case: Case
) -> None:
    published = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    bare = Case(id=NO_CASE, opened_at=case.opened_at, code_shown="", resolved=case.resolved)
    for each in (case, bare, replace(case, opened_at=case.opened_at.replace(year=1970))):
        validator.validate(json.loads(render_json(report_of(language, each, untried=untried))))


def test_the_published_schema_is_up_to_date() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == json_schema()


def test_the_schema_finds_what_is_wrong(report_of: Reports) -> None:
    data = json.loads(render_json(report_of(ReportLanguage.ZH)))
    data["steps"][0]["result"] = "maybe"
    with pytest.raises(jsonschema.ValidationError, match="maybe"):
        jsonschema.validate(data, json_schema())
