"""The sheet in the part of HTML that Qt lays out: what the preview shows is what the PDF prints."""

from pathlib import Path

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import Paper
from pos_helper.export.templates import fill_template

_TEMPLATES = {Paper.A4: "page.html", Paper.ROLL_80MM: "roll.html"}


def rich_text(report: Report, paper: Paper, templates: Path | None = None) -> str:
    """The sheet for ``QTextDocument.setHtml``: dark on white whatever the palette, sizes in points."""
    return fill_template(_TEMPLATES[paper], report, templates)
