"""The report as a self-contained HTML file: no scripts, files or network access."""

from pathlib import Path

from markupsafe import Markup

from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_compact import compact_text
from pos_helper.export.qr_code import qr_svg
from pos_helper.export.templates import fill_template


def render_html(report: Report, templates: Path | None = None) -> str:
    """The report as a page for screen, phone and printer, light and dark. Every value is escaped.

    ``templates`` is the folder of the templates, by default the bundled one.
    """
    # It is black on white: there is nothing in it to escape.
    qr = Markup(qr_svg(compact_text(report).text))
    return fill_template("report.html", report, qr, templates)
