"""The sheet on a printer: what a PDF shows."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget

from pos_helper.domain.errors import UserError
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_compact import compact_text
from pos_helper.domain.report_options import Paper, ReportLanguage
from pos_helper.export.paper import draw_sheet
from pos_helper.export.pdf import render_pdf
from tests.qr import read_qr

Reports = Callable[..., Report]

pytestmark = pytest.mark.usefixtures("qapp")


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", ReportLanguage)
def test_a_printer_gets_what_the_pdf_shows(
    language: ReportLanguage, paper: Paper, report_of: Reports, tmp_path: Path
) -> None:
    report = report_of(language)
    draw_sheet(report, paper, printer_to(tmp_path / "printed.pdf"))
    printed = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    written = pypdf.PdfReader(io.BytesIO(render_pdf(report, paper))).pages
    assert [page.extract_text() for page in printed] == [page.extract_text() for page in written]
    for one, other in zip(printed, written, strict=True):
        sizes = [float(each) for each in (*one.mediabox.upper_right, *other.mediabox.upper_right)]
        assert sizes[:2] == pytest.approx(sizes[2:], abs=2)


def test_a_usual_case_is_one_page_and_a_short_roll(report_of: Reports) -> None:
    for language in (ReportLanguage.ZH, ReportLanguage.EN):
        report = report_of(language)
        assert len(pypdf.PdfReader(io.BytesIO(render_pdf(report, Paper.A4))).pages) == 1
        (roll,) = pypdf.PdfReader(io.BytesIO(render_pdf(report, Paper.ROLL_80MM))).pages
        assert float(roll.mediabox.height) / 72 * 25.4 < 500


def test_the_code_on_paper_can_be_read(report_of: Reports) -> None:
    report = report_of(ReportLanguage.ZH)
    for paper in Paper:
        (page,) = pypdf.PdfReader(io.BytesIO(render_pdf(report, paper))).pages
        resources: Any = page["/Resources"]
        (drawn,) = (each.get_object() for each in resources["/XObject"].values())
        width, height = drawn["/Width"], drawn["/Height"]
        assert drawn["/Filter"] == "/FlateDecode", "a JPEG blurs its edges"
        picture = QImage(drawn.get_data(), width, height, width * 3, QImage.Format.Format_RGB888)
        assert read_qr(picture) == [compact_text(report).text]


def test_the_preview_draws_every_page(report_of: Reports) -> None:
    preview = QPrintPreviewWidget()
    preview.paintRequested.connect(
        lambda printer: draw_sheet(report_of(ReportLanguage.BOTH), Paper.A4, printer)
    )
    preview.updatePreview()
    written = render_pdf(report_of(ReportLanguage.BOTH), Paper.A4)
    assert preview.pageCount() == len(pypdf.PdfReader(io.BytesIO(written)).pages)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_one_sentence(report_of: Reports, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "no-such-folder" / "printed.pdf")
    with pytest.raises(UserError, match="took nothing"):
        draw_sheet(report_of(ReportLanguage.ZH), Paper.A4, printer)
