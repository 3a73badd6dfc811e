"""The sheet as PDF, on A4 or on the roll of a receipt printer. The only format that needs Qt."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
    QTextFormat,
)

from pos_helper import paths
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_labels import LABELS
from pos_helper.domain.report_options import Paper
from pos_helper.export.rich_text import rich_text

_FONT_FILE = "pos-helper-sans-sc.otf"
_FAMILY = "POS Helper Sans SC"
_INK = QColor("#111111")
_POINTS = {Paper.A4: 10.0, Paper.ROLL_80MM: 9.0}
_FOOT_POINTS = 8.0

# Millimetres. The head of a receipt printer reaches 72 of the 80 mm.
_MARGINS = {Paper.A4: QMarginsF(16, 14, 16, 18), Paper.ROLL_80MM: QMarginsF(4, 4, 4, 8)}
_ROLL_WIDTH = 80.0
# A PDF page can be 14,400 points long, which is a little more.
_LONGEST_ROLL = 5000.0
_MM_PER_INCH = 25.4


def render_pdf(report: Report, paper: Paper, templates: Path | None = None) -> bytes:
    """The sheet as the bytes of a PDF file: real text, fonts embedded.

    Raises ``RuntimeError`` without a ``QGuiApplication``.
    """
    if QGuiApplication.instance() is None:
        raise RuntimeError("a PDF needs a QGuiApplication")
    font = paper_font()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.in_languages(report.heading())[0])
    writer.setCreator("POS Helper")
    document = _document(report, paper, font, writer, templates)
    painter = QPainter(writer)
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        _draw_page(painter, document, page)
        if paper is Paper.A4:
            _draw_foot(painter, report, font, page + 1, document.pageCount())
    painter.end()
    return bytes(buffer.data().data())


def paper_font() -> QFont:
    """The bundled font; what it lacks comes from the fonts of the system.

    A system font never comes first: paper would differ between machines, and the glyphs of some Chinese fonts
    stand for several characters or for none, so that text in a PDF can be neither searched nor copied.
    Raises ``RuntimeError`` if the font cannot be loaded.
    """
    # Qt keeps a loaded font until the application ends, so it is loaded once.
    if not QFontDatabase.hasFamily(_FAMILY):
        path = paths.resources() / "fonts" / _FONT_FILE
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"not a font: {path}")
    font = QFont(_FAMILY)
    # A ligature is one character to those who search or copy: "first" would not be found.
    for feature in ("liga", "clig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def _document(
    report: Report, paper: Paper, font: QFont, writer: QPdfWriter, templates: Path | None
) -> QTextDocument:
    """The laid-out sheet. The writer's page is set on the way: a roll is as long as what is on it."""
    font.setPointSizeF(_POINTS[paper])
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setHtml(rich_text(report, paper, templates))
    # The layout measures in the writer's dots, so points keep their size on paper.
    document.documentLayout().setPaintDevice(writer)
    _set_page(writer, paper, _LONGEST_ROLL)
    if paper is Paper.ROLL_80MM and (length := _roll_length(document, writer)) < _LONGEST_ROLL:
        _set_page(writer, paper, length)
    else:
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        _keep_together(document)
    return document


def _roll_length(document: QTextDocument, writer: QPdfWriter) -> float:
    """How long a roll the document takes, in millimetres, with its margins and one more for rounding."""
    document.setTextWidth(writer.width())
    margins = _MARGINS[Paper.ROLL_80MM]
    return (
        document.size().height() / writer.resolution() * _MM_PER_INCH + margins.top() + margins.bottom() + 1
    )


def _keep_together(document: QTextDocument) -> None:
    """Move to the next page what a page break would cut: a step, a heading with a step, a field list."""
    height = document.pageSize().height()
    for frame in document.rootFrame().childFrames():
        # Asked anew each time, because every move shifts what follows.
        box = document.documentLayout().frameBoundingRect(frame)
        cut = box.top() // height != (box.bottom() - 1) // height
        if cut and box.height() <= height:
            layout = frame.frameFormat()
            layout.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            frame.setFrameFormat(layout)


def _set_page(writer: QPdfWriter, paper: Paper, roll_length: float) -> None:
    if paper is Paper.A4:
        size = QPageSize(QPageSize.PageSizeId.A4)
    else:
        size = QPageSize(
            QSizeF(_ROLL_WIDTH, roll_length),
            QPageSize.Unit.Millimeter,
            "80 mm",
            QPageSize.SizeMatchPolicy.ExactMatch,
        )
    orientation = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, orientation, _MARGINS[paper], QPageLayout.Unit.Millimeter))


def _draw_page(painter: QPainter, document: QTextDocument, page: int) -> None:
    width, height = painter.device().width(), painter.device().height()
    context = QAbstractTextDocumentLayout.PaintContext()
    # Without its own ink the text would take the window's, which is white in the dark.
    context.palette.setColor(QPalette.ColorRole.Text, _INK)
    context.clip = QRectF(0, page * height, width, height)
    painter.save()
    painter.translate(0, -page * height)
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, report: Report, font: QFont, page: int, pages: int) -> None:
    """The sheet's name and number and the page number, in the margin below the text."""
    device = painter.device()
    millimetre = device.logicalDpiY() / _MM_PER_INCH
    line = QRectF(0, device.height() + 4 * millimetre, device.width(), 5 * millimetre)
    font = QFont(font)
    font.setPointSizeF(_FOOT_POINTS)
    painter.setFont(font)
    painter.setPen(_INK)
    title, label, number = (
        " ".join(report.in_languages(text))
        for text in (report.title, LABELS["report_no"], report.number.text)
    )
    left = " · ".join(filter(None, (title, f"{label}{report.colon}{number}", report.code)))
    metrics = QFontMetricsF(font, device)
    left = metrics.elidedText(left, Qt.TextElideMode.ElideRight, line.width() * 0.9)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, left)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{page} / {pages}")
