"""The report as a Qt text document."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import Paper, ReportLanguage
from pos_helper.export.rich_text import rich_text


@pytest.mark.parametrize("paper", Paper)
def test_report_is_dark_on_white_whatever_the_window_looks_like(
    paper: Paper, qapp: QApplication, report_of: Callable[..., Report]
) -> None:
    document = QTextDocument()
    document.setHtml(rich_text(report_of(ReportLanguage.BOTH), paper))
    assert document.rootFrame().frameFormat().background().color().name() == "#ffffff"
    block = document.begin()
    while block.isValid():
        for piece in block.textFormats():
            if block.text().strip("\ufffc "):  # what stands for the QR code
                ink = piece.format.foreground()
                assert ink.style().name != "NoBrush", block.text()
                assert ink.color().lightness() < 100, block.text()
        block = block.next()
