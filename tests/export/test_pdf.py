"""The report as PDF, read back from the written file."""

import io
import os
import pickle
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from msgspec.structs import replace
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pos_helper import paths
from pos_helper.domain.cases import Case, Mark, StepResult
from pos_helper.domain.entries import Cause, Step, Tab, Who
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import Paper, ReportLanguage
from pos_helper.domain.text import Text
from pos_helper.export.pdf import render_pdf

Reports = Callable[..., Report]

FONT = paths.resources() / "fonts" / "pos-helper-sans-sc.otf"
KANGXI = range(0x2F00, 0x2FD6)
NOTO = "Noto Sans CJK SC"

pytestmark = pytest.mark.usefixtures("qapp")


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def fonts_of(page: pypdf.PageObject) -> list[dict[str, Any]]:
    resources: Any = page["/Resources"]
    return [font.get_object() for font in resources["/Font"].values()]


def words(page: pypdf.PageObject) -> str:
    """Return the text of a page without spaces and line breaks, as a search sees it."""
    return "".join(page.extract_text().split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def millimetres(page: pypdf.PageObject) -> tuple[float, float]:
    return float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4


def long_case(case: Case, steps: int) -> Case:
    """Return the case with ``steps`` more steps, so that it fills several pages."""
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
    code: str, paper: Paper, report_of: Reports, case: Case
) -> None:
    resolved = replace(case.resolved, entry=replace(case.resolved.entry, code=code))
    case = replace(case, resolved=resolved, code_shown=code)
    pdf = read(render_pdf(report_of(ReportLanguage.BOTH, case), paper))
    text = "".join(words(page) for page in pdf.pages)
    assert text.count(code) >= 2
    assert "通讯失败" in text
    assert "898310058120001" in text
    for step in case.resolved.all_steps():
        assert (squeezed(step.text.zh) in text) is (step.id in case.marks)
        assert (squeezed(step.text.en) in text) is (step.id in case.marks)


def test_no_letters_are_joined_to_one_that_a_search_does_not_find(report_of: Reports, case: Case) -> None:
    case = replace(case, note="office first affix fly")
    pdf = read(render_pdf(report_of(ReportLanguage.EN, case), Paper.A4))
    assert squeezed(case.note) in "".join(words(page) for page in pdf.pages)


@pytest.mark.parametrize("paper", Paper)
def test_paper_is_set_in_the_bundled_font_whatever_the_window_is_written_in(
    paper: Paper, qapp: QApplication, report_of: Reports
) -> None:
    before = qapp.font()
    qapp.setFont(QFont(QFontDatabase.families()[0]))
    try:
        pages = read(render_pdf(report_of(ReportLanguage.BOTH), paper)).pages
    finally:
        qapp.setFont(before)
    names = {font["/BaseFont"] for page in pages for font in fonts_of(page)}
    assert names == {"/POSHelperSansSC-Regular"}


def test_the_font_is_loaded_once_however_many_sheets_are_made(report_of: Reports) -> None:
    def fonts_loaded() -> int:
        number = QFontDatabase.addApplicationFont(str(FONT))
        QFontDatabase.removeApplicationFont(number)
        return number

    render_pdf(report_of(ReportLanguage.ZH), Paper.A4)
    before = fonts_loaded()
    render_pdf(report_of(ReportLanguage.ZH), Paper.A4)
    assert fonts_loaded() == before


@pytest.fixture
def system_fonts(tmp_path: Path) -> Path:
    """Font settings of a system whose only font draws radicals and characters with one glyph, as Noto does.

    All glyphs are squares. The font has one letter that the bundled font lacks: the Thai ก.
    """
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = [".notdef", *(f"radical{code}" for code in KANGXI), "thai"]
    charmap = {ord("ก"): "thai"}
    for code in KANGXI:
        charmap[code] = charmap[ord(unicodedata.normalize("NFKC", chr(code)))] = f"radical{code}"
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(charmap)
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2()
    builder.setupNameTable({"familyName": NOTO, "styleName": "Regular", "psName": "Squares"})
    builder.setupPost()
    builder.save(tmp_path / "squares.ttf")
    settings = tmp_path / "fonts.conf"
    folders = f"<dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir>"
    settings.write_text(f"<fontconfig>{folders}</fontconfig>", encoding="utf-8")
    return settings


def pages_on(settings: Path | None, report: Report) -> list[pypdf.PageObject]:
    """Return the pages of a report rendered with the given font settings, or with this machine's fonts."""
    program = (
        "import pickle, sys; from PySide6.QtGui import QGuiApplication; "
        "from pos_helper.domain.report_options import Paper; from pos_helper.export.pdf import render_pdf; "
        "application = QGuiApplication(sys.argv); report = pickle.load(sys.stdin.buffer); "
        "sys.stdout.buffer.write(render_pdf(report, Paper.A4))"
    )
    fonts = {"FONTCONFIG_FILE": str(settings)} if settings else {}
    made = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps(report),
        env={**os.environ, **fonts},
        stdout=subprocess.PIPE,
        check=True,
    )
    return list(read(made.stdout).pages)


only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only there can a program be given other system fonts"
)


@only_linux
@pytest.mark.parametrize("system", ["squares", NOTO])
def test_chinese_is_found_as_it_is_typed_beside_a_system_font_that_knows_it_as_radicals(
    system: str, system_fonts: Path, report_of: Reports, case: Case
) -> None:
    if system == NOTO and not QFontDatabase.hasFamily(NOTO):
        pytest.skip(f"this machine has no {NOTO}")
    case = replace(case, note="金额、户、一、釆、艸、喆珺玥祎堃")
    pages = pages_on(None if system == NOTO else system_fonts, report_of(ReportLanguage.BOTH, case))
    text = "".join(words(page) for page in pages)
    assert case.note in text
    assert "在终端上查上一笔交易" in text
    assert not {character for character in text if 0x2E80 <= ord(character) < 0x2FE0}


@only_linux
def test_what_the_bundled_font_lacks_comes_from_a_font_of_the_system(
    system_fonts: Path, report_of: Reports, case: Case
) -> None:
    case = replace(case, note="金额 ก E1")
    pages = pages_on(system_fonts, report_of(ReportLanguage.BOTH, case))
    assert squeezed(case.note) in "".join(words(page) for page in pages)
    names = {font["/BaseFont"] for page in pages for font in fonts_of(page)}
    assert names == {"/POSHelperSansSC-Regular", "/Squares"}


def test_what_no_font_has_takes_nothing_else_away(report_of: Reports, case: Case) -> None:
    case = replace(case, note="先查\U0010fffd👍🏽👩‍👩‍👧ไทย金额")
    for paper in Paper:
        pages = read(render_pdf(report_of(ReportLanguage.BOTH, case), paper)).pages
        text = "".join(words(page) for page in pages)
        assert "先查" in text
        assert "金额" in text


def test_fonts_travel_with_the_file(report_of: Reports) -> None:
    (page, *_) = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4)).pages
    assert fonts_of(page)
    for font in fonts_of(page):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_file_has_a_title(report_of: Reports) -> None:
    pdf = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "POS 故障处理单 E101 通讯失败"


def test_pages_of_a_long_case_are_a4_and_numbered(report_of: Reports, case: Case) -> None:
    pages = read(render_pdf(report_of(ReportLanguage.ZH, long_case(case, 60)), Paper.A4)).pages
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert millimetres(page) == pytest.approx((210, 297), abs=0.5)
        assert "单号：12" in words(page)
        assert f"{number}/{len(pages)}" in words(page)


@pytest.mark.parametrize("language", ReportLanguage)
def test_no_step_is_cut_by_a_page_break(language: ReportLanguage, report_of: Reports, case: Case) -> None:
    case = long_case(case, 60)
    report = report_of(language, case)
    pages = [words(page) for page in read(render_pdf(report, Paper.A4)).pages]
    for line in report.tried:
        parts = [*report.in_languages(line.text), *line.note.splitlines()]
        assert any(all(squeezed(part) in page for part in parts) for page in pages), line.text


@pytest.mark.parametrize("language", ReportLanguage)
def test_roll_is_one_page_as_long_as_its_text(
    language: ReportLanguage, report_of: Reports, case: Case
) -> None:
    lengths = []
    for each in (case, long_case(case, 60)):
        pages = read(render_pdf(report_of(language, each), Paper.ROLL_80MM)).pages
        assert len(pages) == 1
        width, length = millimetres(pages[0])
        assert width == pytest.approx(80, abs=0.5)
        assert "POSHelper0.1.0" in words(pages[0])
        lengths.append(length)
    assert lengths[0] + 60 * 10 < lengths[1] < lengths[0] + 60 * 40


def test_roll_longer_than_a_page_may_be_goes_on_on_another(report_of: Reports, case: Case) -> None:
    report = report_of(ReportLanguage.ZH, long_case(case, 300))
    pages = read(render_pdf(report, Paper.ROLL_80MM)).pages
    assert len(pages) == 2
    assert "POSHelper0.1.0" in words(pages[1])


def test_ink_is_dark_in_a_dark_window(qapp: QApplication, report_of: Reports) -> None:
    def drawing() -> bytes:
        page = read(render_pdf(report_of(ReportLanguage.ZH), Paper.A4)).pages[0]
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
