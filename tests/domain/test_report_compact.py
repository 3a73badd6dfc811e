"""The report in short, as a QR code holds it."""

from datetime import timedelta

from msgspec.structs import replace

from pos_helper.domain.cases import Case, CaseDetails, CaseState, Mark, StepResult
from pos_helper.domain.report import build_report
from pos_helper.domain.report_compact import CompactText, compact_text
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.shop import Shop
from tests.domain.test_report import CASE, SEEN

SHOP = Shop("老王面馆", "898310058120001", "00012345", acquirer="银联商务", hotline="95534")
WORKED = replace(
    CASE,
    marks={
        "cable": Mark(StepResult.NO_CHANGE, SEEN, "灯不亮"),
        "router": Mark(StepResult.HELPED, SEEN + timedelta(minutes=1)),
    },
    note="下雨以后开始的",
    state=CaseState.HANDED_OVER,
    details=CaseDetails(amount="128.50", trace_number="000123", handed_to="张工", ticket="GD-77"),
)


def compact(case: Case, most_bytes: int = 2000, language: ReportLanguage = ReportLanguage.EN) -> CompactText:
    return compact_text(build_report(case, SHOP, language, SEEN, "POS Helper"), most_bytes)


def test_it_says_what_a_hotline_asks() -> None:
    found = compact(WORKED)
    assert found.left_out is None
    assert found.text.splitlines() == [
        "POS trouble sheet 7",
        "01 No connection",
        "2026-03-01 16:44 UTC+08:00",
        "Not known: look at the last sale first · not known: the last sale was not looked up yet",
        "Amount 128.50",
        "Trace no. 000123",
        "Merchant 老王面馆",
        "Merchant ID 898310058120001",
        "Terminal ID 00012345",
        "Acquirer 银联商务",
        "Hotline 95534",
        "✔ Step router · Helped · 16:45",
        "✘ Step cable · No change · 16:44",
        "» 灯不亮",
        "Note 下雨以后开始的",
        "Handed over · 张工 · GD-77",
    ]


def test_in_both_languages_it_is_in_chinese() -> None:
    zh, both = (compact(WORKED, language=each) for each in (ReportLanguage.ZH, ReportLanguage.BOTH))
    assert both == zh


def test_what_is_too_long_loses_its_notes_first_then_the_shop_then_steps_and_says_so() -> None:
    whole = len(compact(WORKED).text.encode())
    without_notes = compact(WORKED, whole - 1)
    assert "Note 下雨" not in without_notes.text
    assert "Hotline 95534" in without_notes.text
    assert without_notes.text.endswith("(too long, not all is here: note)")
    assert without_notes.left_out is not None
    shorter = compact(WORKED, 420)
    assert "Hotline" not in shorter.text
    assert "Step router" in shorter.text
    shortest = compact(WORKED, 1)
    assert "Step" not in shortest.text
    assert "Terminal ID 00012345" in shortest.text
    assert shortest.text.endswith("(too long, not all is here: note, shop and terminal, step)")


def test_what_helped_is_left_out_last() -> None:
    lengths = range(len(compact(WORKED).text.encode()), 300, -5)
    texts = [compact(WORKED, each).text for each in lengths]
    assert any("Step router" in text and "Step cable" not in text for text in texts)
    assert not any("Step cable" in text and "Step router" not in text for text in texts)


def test_it_is_never_longer_than_allowed_while_something_can_be_left_out() -> None:
    for most in range(400, 900, 7):
        assert len(compact(WORKED, most).text.encode()) <= most
