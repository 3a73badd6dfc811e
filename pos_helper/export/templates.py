"""Renders the report templates in ``resources/report`` with Jinja2."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pos_helper import paths
from pos_helper.domain import report_labels as labels
from pos_helper.domain.report_blocks import Report


def fill_template(name: str, report: Report, qr: str, folder: Path | None = None) -> str:
    """Render a template with a report. Every value is escaped; an undefined name raises ``UndefinedError``.

    ``qr`` is the QR code as the template shows it. ``folder`` is the folder of the templates, by default the
    bundled one.
    """
    environment = Environment(
        loader=FileSystemLoader(folder or paths.resources() / "report", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(report=report, labels=labels, label=labels.LABELS, qr=qr)
