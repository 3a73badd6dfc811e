"""The report of one case in any format, for the preview, a file or standard output."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pos_helper
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import Case
from pos_helper.domain.report import NO_CASE, build_report, is_credible
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_compact import CompactText, compact_text
from pos_helper.domain.report_options import ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.shop import Shop
from pos_helper.export.csv_table import render_csv
from pos_helper.export.json_data import render_json
from pos_helper.export.text import render_text
from pos_helper.files import write_atomic

_ENDINGS = {
    ReportFormat.TEXT: "txt",
    ReportFormat.HTML: "html",
    ReportFormat.PDF: "pdf",
    ReportFormat.CSV: "csv",
    ReportFormat.JSON: "json",
}
_LONGEST_CODE = 40


class CaseReportWriter:
    """Renders the report of one case. Implements ``domain.ports.ReportWriter``.

    ``now`` returns the current time with its UTC offset. A PDF needs a ``QGuiApplication``; the other formats
    do not load Qt.
    """

    def __init__(self, case: Case, shop: Shop, now: Callable[[], datetime]) -> None:
        self._case = case
        self._shop = shop
        self._now = now

    def preview(self, options: ReportOptions) -> str:
        """The report as Qt rich text for HTML and PDF, as plain text for the other formats."""
        if options.format in (ReportFormat.HTML, ReportFormat.PDF):
            # Imported here so that a start does not load the template engine.
            from pos_helper.export.rich_text import rich_text

            return rich_text(self.report(options), options.paper)
        return self.render(options).decode("utf-8-sig")

    def render(self, options: ReportOptions) -> bytes:
        """The report as the bytes of a file."""
        report = self.report(options)
        match options.format:
            case ReportFormat.TEXT:
                return render_text(report).encode("utf-8")
            case ReportFormat.HTML:
                from pos_helper.export.html import render_html

                return render_html(report).encode("utf-8")
            case ReportFormat.CSV:
                return render_csv(report)
            case ReportFormat.JSON:
                return render_json(report)
            case ReportFormat.PDF:
                # Imported here so that the other formats do not load Qt.
                from pos_helper.export.pdf import render_pdf

                return render_pdf(report, options.paper)

    def suggested_name(self, options: ReportOptions) -> str:
        """A file name without a folder, valid on Windows and Linux: "POS-E1-20260301-1644-12.zh.pdf"."""
        case = self._case
        code = unicodedata.normalize("NFKC", mask_card_data(case.resolved.entry.code or ""))
        # The prefix avoids the names that Windows reserves, such as CON and NUL.
        parts = [
            "POS",
            re.sub(r"\W+", "-", code)[:_LONGEST_CODE].strip("-_"),
            f"{case.opened_at:%Y%m%d-%H%M}" if is_credible(case.opened_at) else "",
        ]
        if case.id != NO_CASE:
            parts.append(str(case.id))
        return f"{'-'.join(filter(None, parts))}.{options.language}.{_ENDINGS[options.format]}"

    def write(self, options: ReportOptions, path: str) -> None:
        """Write the report to a file. Raises ``UserError`` on failure; an existing file is then unchanged."""
        write_atomic(Path(path), self.render(options))

    def compact(self, options: ReportOptions) -> CompactText:
        """The report in short, as its QR code holds it."""
        return compact_text(self.report(options))

    def qr_code(self, options: ReportOptions) -> bytes:
        """The QR code as a PNG with its quiet zone, one dot per module."""
        from pos_helper.export.qr_code import qr_png

        return qr_png(self.compact(options).text)

    def report(self, options: ReportOptions) -> Report:
        """The report itself, to be drawn on a printer."""
        return case_report(self._case, self._shop, options.language, self._now(), untried=options.untried)


def case_report(
    case: Case, shop: Shop, language: ReportLanguage, printed_at: datetime, *, untried: bool = False
) -> Report:
    """The report of a case as this program makes it."""
    program = f"POS Helper {pos_helper.__version__}"
    return build_report(case, shop, language, printed_at, program, untried=untried)
