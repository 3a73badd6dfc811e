"""The sheet as PDF: what is printed, as a file."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import Paper
from pos_helper.export.paper import draw_sheet


def render_pdf(report: Report, paper: Paper, templates: Path | None = None) -> bytes:
    """The sheet as the bytes of a PDF file: real text, fonts embedded.

    Raises ``RuntimeError`` without a ``QGuiApplication``.
    """
    if QGuiApplication.instance() is None:
        raise RuntimeError("a PDF needs a QGuiApplication")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.in_languages(report.heading())[0])
    writer.setCreator("POS Helper")
    draw_sheet(report, paper, writer, templates)
    return bytes(buffer.data().data())
