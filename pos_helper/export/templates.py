"""The report templates in ``resources/report``, filled in by Jinja2."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pos_helper import paths
from pos_helper.domain import report_labels as labels
from pos_helper.domain.report_blocks import Report


def fill_template(name: str, report: Report, folder: Path | None = None) -> str:
    """A template filled in with a report. Every value is escaped; a name that is not there is an error.

    ``folder`` holds the templates; it is the bundled one unless told otherwise.
    """
    environment = Environment(
        loader=FileSystemLoader(folder or paths.resources() / "report", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(report=report, labels=labels, label=labels.LABELS)
