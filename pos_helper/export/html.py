"""The report as a self-contained HTML file: no scripts, images or network access."""

from pathlib import Path

from pos_helper.domain.report_blocks import Report
from pos_helper.export.templates import fill_template


def render_html(report: Report, templates: Path | None = None) -> str:
    """The report as a page for screen, phone and printer, light and dark. Every value is escaped.

    ``templates`` is the folder of the templates, by default the bundled one.
    """
    return fill_template("report.html", report, templates)
