"""The sheet as one HTML file that needs nothing else: no script, no picture, no network."""

from pathlib import Path

from pos_helper.domain.report_blocks import Report
from pos_helper.export.templates import fill_template


def render_html(report: Report, templates: Path | None = None) -> str:
    """The sheet as a page for screen, phone and printer, light and dark. Every value is escaped."""
    return fill_template("report.html", report, templates)
