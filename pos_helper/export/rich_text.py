"""The report in the subset of HTML that Qt supports, shared by the preview and the PDF."""

from base64 import b64encode
from pathlib import Path

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_compact import compact_text
from pos_helper.domain.report_options import Paper
from pos_helper.export.qr_code import qr_png
from pos_helper.export.templates import fill_template

# Dots per module: a viewer that smoothes pictures leaves the edges sharp.
_DOTS = 3
_TEMPLATES = {Paper.A4: "page.html", Paper.ROLL_80MM: "roll.html"}


def rich_text(report: Report, paper: Paper, templates: Path | None = None) -> str:
    """The report for ``QTextDocument.setHtml``: dark on white in any palette, font sizes in points.

    ``templates`` is the folder of the templates, by default the bundled one.
    """
    qr = b64encode(qr_png(compact_text(report).text, _DOTS)).decode()
    return fill_template(_TEMPLATES[paper], report, f"data:image/png;base64,{qr}", templates)
