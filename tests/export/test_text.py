"""The report as text for a chat message."""

from collections.abc import Callable

import pytest

from pos_helper.domain.cases import Case
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.export.text import render_text

Reports = Callable[..., Report]


@pytest.mark.parametrize("language", ReportLanguage)
def test_text_is_as_agreed(
    language: ReportLanguage, report_of: Reports, check_golden: Callable[[str, bytes], None]
) -> None:
    check_golden(f"report.{language}.txt", render_text(report_of(language)).encode())


def test_first_lines_say_what_and_whether_money_moved(report_of: Reports) -> None:
    head = render_text(report_of(ReportLanguage.ZH)).splitlines()[:6]
    assert head == [
        "【POS 故障处理单】",
        "E101 通讯失败",
        "",
        "■ 钱款",
        "扣款情况：没有扣款",
        "能否再试：可以再试一次",
    ]


def test_every_step_that_was_tried_has_its_tick_and_its_result_in_words(
    report_of: Reports, case: Case
) -> None:
    text = render_text(report_of(ReportLanguage.EN))
    words = {
        "helped": ("✔", "Helped"),
        "no_change": ("✘", "No change"),
        "could_not": ("✘", "Could not"),
        "not_applicable": ("–", "Not applicable"),
    }
    for step in case.resolved.all_steps():
        if result := case.result_of(step.id):
            tick, word = words[result]
            assert f"{tick} {step.text.en} ({word} · " in text


def test_what_was_not_tried_is_one_line_unless_it_is_asked_for(report_of: Reports) -> None:
    short = render_text(report_of(ReportLanguage.EN))
    assert "\n3 steps not tried (Quick steps 1, Software 2)\n" in short
    assert "another way to pay" not in short
    full = render_text(report_of(ReportLanguage.EN, untried=True))
    assert "☐ Ask the customer for another way to pay (Quick steps · Cashier)" in full


def test_a_usual_case_is_one_chat_message(report_of: Reports) -> None:
    assert len(render_text(report_of(ReportLanguage.ZH))) < 1000


def test_chinese_labels_end_in_one_column(report_of: Reports) -> None:
    lines = render_text(report_of(ReportLanguage.ZH)).splitlines()
    shop = lines[lines.index("■ 商户和终端") + 1 :]
    assert {line.index("：") for line in shop[: shop.index("")]} == {4}


def test_one_language_leaves_the_other_out(report_of: Reports) -> None:
    assert "Communication" not in render_text(report_of(ReportLanguage.ZH))
    assert "通讯失败" not in render_text(report_of(ReportLanguage.EN)).replace("通讯失败 E101", "")
