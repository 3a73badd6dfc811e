"""The sheet on paper, A4 or the roll of a receipt printer: drawn by Qt, the same for a PDF and a printer."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
    QTextFormat,
)

from pos_helper import paths
from pos_helper.domain.errors import UserError
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_labels import LABELS
from pos_helper.domain.report_options import Paper
from pos_helper.domain.text import Text
from pos_helper.export.rich_text import rich_text

_FONT_FILE = "pos-helper-sans-sc.otf"
_FAMILY = "POS Helper Sans SC"
_INK = QColor("#111111")
_POINTS = {Paper.A4: 9.0, Paper.ROLL_80MM: 9.0}
_FOOT_POINTS = 8.0

# Millimetres. The head of a receipt printer reaches 72 of the 80 mm.
_MARGINS = {Paper.A4: QMarginsF(15, 12, 15, 16), Paper.ROLL_80MM: QMarginsF(4, 4, 4, 8)}
_ROLL_WIDTH = 80.0
# A PDF page can be 14,400 points long, which is a little more.
_LONGEST_ROLL = 5000.0
_MM_PER_INCH = 25.4

_NOT_TAKEN = Text(
    "打印机没有接收。请看打印机有没有开机、连好。",
    "The printer took nothing. See that it is on and connected.",
)


def draw_sheet(
    report: Report, paper: Paper, device: QPagedPaintDevice, templates: Path | None = None
) -> None:
    """Draw the sheet on a PDF writer or a printer, page by page. The device gets the size of the paper.

    Raises ``UserError`` if the device takes nothing.
    """
    font = paper_font()
    document = _document(report, paper, font, device, templates)
    painter = QPainter()
    if not painter.begin(device):
        raise UserError(_NOT_TAKEN)
    # Without it the QR code would become a JPEG, whose blurred edges are hard to read.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for page in range(document.pageCount()):
        if page:
            device.newPage()
        _draw_page(painter, document, page)
        if paper is Paper.A4:
            _draw_foot(painter, report, font, page + 1, document.pageCount())
    painter.end()


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
    report: Report, paper: Paper, font: QFont, device: QPagedPaintDevice, templates: Path | None
) -> QTextDocument:
    """The laid-out sheet. The device's page is set on the way: a roll is as long as what is on it."""
    font.setPointSizeF(_POINTS[paper])
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setHtml(rich_text(report, paper, templates))
    # The layout measures in the device's dots, so points keep their size on paper.
    document.documentLayout().setPaintDevice(device)
    _set_page(device, paper, _LONGEST_ROLL)
    document.setTextWidth(device.width())
    if paper is Paper.ROLL_80MM:
        _set_page(device, paper, min(_roll_length(document, device), _LONGEST_ROLL))
    # A printer may know no paper as long as the roll, too.
    if paper is Paper.A4 or document.size().height() > device.height():
        document.setPageSize(QSizeF(device.width(), device.height()))
        _keep_together(document)
    return document


def _roll_length(document: QTextDocument, device: QPagedPaintDevice) -> float:
    """How long a roll the document takes, in millimetres, with its margins and one more for rounding."""
    margins, text = _MARGINS[Paper.ROLL_80MM], document.size().height() / device.logicalDpiY()
    return text * _MM_PER_INCH + margins.top() + margins.bottom() + 1


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


def _set_page(device: QPagedPaintDevice, paper: Paper, roll_length: float) -> None:
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
    device.setPageLayout(QPageLayout(size, orientation, _MARGINS[paper], QPageLayout.Unit.Millimeter))


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
