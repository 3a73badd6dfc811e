"""The sheet on paper, read back from the finished file."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pos_helper import paths
from pos_helper.domain.cases import Case, Mark, StepResult
from pos_helper.domain.entries import Cause, Step, Tab, Who
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import Paper, ReportLanguage
from pos_helper.domain.text import Text
from pos_helper.export.pdf import render_pdf
from pos_helper.ui.fonts import window_families

Reports = Callable[..., Report]


@pytest.fixture
def families(qapp: QApplication) -> Iterator[list[str]]:
    """The families that the program would use on this machine, the bundled font last."""
    number = QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / "pos-helper-sans-sc.otf"))
    bundled = QFontDatabase.applicationFontFamilies(number)
    yield list(dict.fromkeys([*window_families(paths.resources() / "fonts"), *bundled]))
    QFontDatabase.removeApplicationFont(number)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def words(page: pypdf.PageObject) -> str:
    """The text of a page without blanks and line breaks, as a search finds it."""
    return "".join(page.extract_text().split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def millimetres(page: pypdf.PageObject) -> tuple[float, float]:
    return float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4


def long_case(case: Case, steps: int) -> Case:
    """The case with many more steps, so that it fills several pages."""
    more = [
        Step(
            id=f"more-{number}",
            text=Text(f"第{number}步：重新插好第{number}根线。", f"Step {number}: reseat cable {number}."),
            who=Who.CASHIER,
            seconds=30,
        )
        for number in range(steps)
    ]
    cause = Cause(
        id="more", tab=Tab.HARDWARE, text=Text("线", "Cables"), steps=tuple(step.id for step in more)
    )
    entry = replace(case.resolved.entry, causes=(*case.resolved.entry.causes, cause))
    resolved = replace(
        case.resolved, entry=entry, steps=case.resolved.steps | {step.id: step for step in more}
    )
    at = case.opened_at + timedelta(hours=1)
    note = "这里写了一句话。\n还有一句。"
    marks = case.marks | {step.id: Mark(StepResult.HELPED, at, note) for step in more}
    return replace(case, resolved=resolved, marks=marks)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("code", ["E101", "0x0004", "11"])
def test_code_and_words_can_be_searched_and_copied(
    code: str, paper: Paper, families: list[str], report_of: Reports, case: Case
) -> None:
    resolved = replace(case.resolved, entry=replace(case.resolved.entry, code=code))
    case = replace(case, resolved=resolved, code_shown=code)
    pdf = read(render_pdf(report_of(ReportLanguage.BOTH, case), paper, families))
    text = "".join(words(page) for page in pdf.pages)
    assert text.count(code) >= 2
    assert "通讯失败" in text
    assert "898310058120001" in text
    for step in case.resolved.all_steps():
        assert squeezed(step.text.zh) in text
        assert squeezed(step.text.en) in text


def test_code_can_be_searched_in_the_bundled_font_alone(families: list[str], report_of: Reports) -> None:
    pdf = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4, families[-1:]))
    assert "E101" in words(pdf.pages[0])
    assert "通讯失败" in words(pdf.pages[0])


def test_no_letters_are_joined_to_one_that_a_search_does_not_find(
    families: list[str], report_of: Reports, case: Case
) -> None:
    case = replace(case, note="office first affix fly")
    pdf = read(render_pdf(report_of(ReportLanguage.EN, case), Paper.A4, families))
    assert squeezed(case.note) in "".join(words(page) for page in pdf.pages)


def test_application_font_is_used_unless_told_otherwise(
    qapp: QApplication, families: list[str], report_of: Reports
) -> None:
    before = qapp.font()
    font = qapp.font()
    font.setFamilies(families[-1:])
    qapp.setFont(font)
    try:
        (page, *_) = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4)).pages
    finally:
        qapp.setFont(before)
    assert {font["/BaseFont"] for font in fonts_of(page)} == {"/POSHelperSansSC-Regular"}


def fonts_of(page: pypdf.PageObject) -> list[dict[str, Any]]:
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


def test_fonts_travel_with_the_file(families: list[str], report_of: Reports) -> None:
    (page, *_) = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4, families)).pages
    assert fonts_of(page)
    for font in fonts_of(page):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_file_has_a_title(families: list[str], report_of: Reports) -> None:
    pdf = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4, families))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "POS 故障处理单 E101 通讯失败"


def test_pages_of_a_long_case_are_a4_and_numbered(
    families: list[str], report_of: Reports, case: Case
) -> None:
    pages = read(render_pdf(report_of(ReportLanguage.ZH, long_case(case, 60)), Paper.A4, families)).pages
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert millimetres(page) == pytest.approx((210, 297), abs=0.5)
        assert "单号：12" in words(page)
        assert f"{number}/{len(pages)}" in words(page)


@pytest.mark.parametrize("language", ReportLanguage)
def test_no_step_is_cut_by_a_page_break(
    language: ReportLanguage, families: list[str], report_of: Reports, case: Case
) -> None:
    case = long_case(case, 60)
    report = report_of(language, case)
    pages = [words(page) for page in read(render_pdf(report, Paper.A4, families)).pages]
    for table in report.steps:
        for index, line in enumerate(table.lines):
            group = "".join(report.in_languages(table.group.text)) if index == 0 else ""
            parts = [*report.in_languages(line.text), *line.note.splitlines(), group]
            assert any(all(squeezed(part) in page for part in parts) for page in pages), line.text


@pytest.mark.parametrize("language", ReportLanguage)
def test_roll_is_one_page_as_long_as_its_text(
    language: ReportLanguage, families: list[str], report_of: Reports, case: Case
) -> None:
    lengths = []
    for each in (case, long_case(case, 60)):
        pages = read(render_pdf(report_of(language, each), Paper.ROLL_80MM, families)).pages
        assert len(pages) == 1
        width, length = millimetres(pages[0])
        assert width == pytest.approx(80, abs=0.5)
        assert "POSHelper0.1.0" in words(pages[0])
        lengths.append(length)
    assert lengths[0] + 60 * 10 < lengths[1] < lengths[0] + 60 * 40


def test_roll_longer_than_a_page_may_be_goes_on_on_another(
    families: list[str], report_of: Reports, case: Case
) -> None:
    report = report_of(ReportLanguage.ZH, long_case(case, 300))
    pages = read(render_pdf(report, Paper.ROLL_80MM, families)).pages
    assert len(pages) == 2
    assert "POSHelper0.1.0" in words(pages[1])


def test_ink_is_dark_in_a_dark_window(qapp: QApplication, families: list[str], report_of: Reports) -> None:
    def drawing() -> bytes:
        page = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4, families)).pages[0]
        contents = page.get_contents()
        assert contents is not None
        return contents.get_data()

    before = qapp.palette()
    light = drawing()
    dark_palette = qapp.palette()
    dark_palette.setColor(QPalette.ColorRole.Text, "white")
    dark_palette.setColor(QPalette.ColorRole.Base, "black")
    qapp.setPalette(dark_palette)
    try:
        assert drawing() == light
    finally:
        qapp.setPalette(before)


def test_without_an_application_it_says_so_and_does_not_crash() -> None:
    program = "from pos_helper.export.pdf import render_pdf; render_pdf(None, None)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "QGuiApplication" in run.stderr
