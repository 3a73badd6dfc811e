"""The QR code, read back by a decoder."""

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from pos_helper.domain.cases import Case, Mark, StepResult
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_compact import MOST_BYTES, compact_text
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.export.html import render_html
from pos_helper.export.qr_code import qr_code, qr_png
from tests.qr import read_qr

Reports = Callable[..., Report]


def full(case: Case) -> Case:
    """The case with every step tried and long notes: more than a code holds."""
    mark = Mark(StepResult.NO_CHANGE, case.opened_at, "灯不亮，网线换过了还是一样。" * 3)
    return replace(case, marks={step.id: mark for step in case.resolved.all_steps()})


@pytest.mark.parametrize("language", ReportLanguage)
def test_a_phone_reads_the_sheet_in_short(language: ReportLanguage, report_of: Reports, case: Case) -> None:
    for each in (case, full(case)):
        compact = compact_text(report_of(language, each))
        picture = QImage.fromData(qr_png(compact.text, 4))
        assert read_qr(picture) == [compact.text]


def test_the_largest_usual_code_is_read_from_a_small_screen() -> None:
    code = qr_code("汉" * (MOST_BYTES // 3))
    modules = code.symbol_size(border=4)[0]
    assert modules <= 105  # five dots each are 525 of the 768 of the screen
    small = QImage.fromData(qr_png("汉" * (MOST_BYTES // 3), 5))
    photo = small.scaled(small.size() * 0.7, mode=Qt.TransformationMode.SmoothTransformation)
    assert read_qr(photo) == ["汉" * (MOST_BYTES // 3)]


def test_the_web_page_shows_the_code(report_of: Reports) -> None:
    page = render_html(report_of(ReportLanguage.ZH))
    (svg,) = re.findall("<svg.*?</svg>", page, re.DOTALL)
    picture = QImage.fromData(svg.replace("<svg ", '<svg width="600" height="600" ').encode())
    assert read_qr(picture) == [compact_text(report_of(ReportLanguage.ZH)).text]
