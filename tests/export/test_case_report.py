"""All formats of one case."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

import pos_helper
from pos_helper.domain.cases import Case
from pos_helper.domain.entries import Entry
from pos_helper.domain.errors import UserError
from pos_helper.domain.ports import ReportWriter
from pos_helper.domain.report import NO_CASE
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.shop import Shop
from pos_helper.export.case_report import CaseReportWriter

CARD = "6225760008219524"
SECRETS = (CARD, "6225 7600 0821 9524", "4111-1111-1111-1111", "CVV 123")


def now(case: Case) -> Callable[[], datetime]:
    return lambda: case.opened_at


@pytest.fixture
def writer(case: Case, shop: Shop) -> ReportWriter:
    """The report writer of the case, as the port that the window uses."""
    return CaseReportWriter(case, shop, now(case))


def options(
    form: ReportFormat, language: ReportLanguage = ReportLanguage.BOTH, paper: Paper = Paper.A4
) -> ReportOptions:
    return ReportOptions(form, language, paper)


def text_of(form: ReportFormat, data: bytes) -> str:
    if form is ReportFormat.PDF:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("form", ReportFormat)
def test_written_file_is_whole_and_names_the_versions(
    form: ReportFormat, qapp: QApplication, writer: ReportWriter, tmp_path: Path
) -> None:
    path = tmp_path / writer.suggested_name(options(form))
    writer.write(options(form), str(path))
    text = text_of(form, path.read_bytes())
    assert f"POS Helper {pos_helper.__version__}" in text
    assert "0.1.0+3f2a" in text
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_missing_folder_is_trouble_that_names_it(writer: ReportWriter, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no-such-folder"):
        writer.write(options(ReportFormat.TEXT), str(tmp_path / "no-such-folder" / "sheet.txt"))


@pytest.mark.parametrize("form", ReportFormat)
def test_card_data_that_slipped_through_reach_no_file(
    form: ReportFormat, qapp: QApplication, case: Case, shop: Shop
) -> None:
    note = "；".join(SECRETS)
    marks = {step_id: replace(mark, note=note) for step_id, mark in case.marks.items()}
    hostile = replace(case, code_shown=CARD, note=note, marks=marks)
    shop = replace(shop, contact=CARD, serial=CARD, hotline=CARD)
    writer = CaseReportWriter(hostile, shop, now(case))
    text = text_of(form, writer.render(options(form)))
    digits = "".join(filter(str.isdigit, text))
    assert CARD not in digits
    assert "4111111111111111" not in digits
    assert "CVV 123" not in text
    assert "898310058120001" in text, "the merchant number is not a card number"


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("form", [ReportFormat.HTML, ReportFormat.PDF])
def test_preview_shows_what_is_printed(
    form: ReportFormat, paper: Paper, qapp: QApplication, writer: ReportWriter, case: Case
) -> None:
    document = QTextDocument()
    document.setHtml(writer.preview(options(form, ReportLanguage.ZH, paper)))
    shown = document.toPlainText()
    tried = (step.text.zh for step in case.resolved.all_steps() if step.id in case.marks)
    for words in ("E101", "通讯失败", case.note, *tried):
        assert words in shown.replace("\u2028", "\n")


@pytest.mark.parametrize("form", [ReportFormat.TEXT, ReportFormat.CSV, ReportFormat.JSON])
def test_preview_of_the_other_formats_is_the_file(
    form: ReportFormat, writer: ReportWriter, case: Case, shop: Shop
) -> None:
    data = CaseReportWriter(case, shop, now(case)).render(options(form))
    assert writer.preview(options(form)) == data.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (ReportFormat.TEXT, "POS-E101-20260301-1644-12.zh.txt"),
        (ReportFormat.PDF, "POS-E101-20260301-1644-12.zh.pdf"),
        (ReportFormat.HTML, "POS-E101-20260301-1644-12.zh.html"),
    ],
)
def test_suggested_name_says_what_and_when(form: ReportFormat, name: str, writer: ReportWriter) -> None:
    assert writer.suggested_name(options(form, ReportLanguage.ZH)) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (None, "POS-20260301-1644.en.csv"),
        ("CON", "POS-CON-20260301-1644.en.csv"),
        ("../../etc/passwd", "POS-etc-passwd-20260301-1644.en.csv"),
        ('a<b>:"/\\|?*\x00c', "POS-a-b-c-20260301-1644.en.csv"),
        ("Ｅ１", "POS-E1-20260301-1644.en.csv"),
        ("卡密" * 40, f"POS-{'卡密' * 20}-20260301-1644.en.csv"),
        ("😀", "POS-20260301-1644.en.csv"),
        (CARD, "POS-9524-20260301-1644.en.csv"),
    ],
)
def test_suggested_name_is_safe_everywhere(code: str | None, name: str, case: Case, shop: Shop) -> None:
    entry: Entry = replace(case.resolved.entry, code=code)
    case = replace(case, id=NO_CASE, resolved=replace(case.resolved, entry=entry))
    suggested = CaseReportWriter(case, shop, now(case)).suggested_name(
        options(ReportFormat.CSV, ReportLanguage.EN)
    )
    assert suggested == name
    assert len(suggested.encode()) <= 200


def test_a_time_that_cannot_be_right_stands_in_no_name(case: Case, shop: Shop) -> None:
    case = replace(case, opened_at=case.opened_at.replace(year=1970))
    suggested = CaseReportWriter(case, shop, now(case)).suggested_name(options(ReportFormat.CSV))
    assert suggested == "POS-E101-12.both.csv"


def test_no_format_but_pdf_loads_qt() -> None:
    program = (
        "import sys, pos_helper.export.case_report; "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
