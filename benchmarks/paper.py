"""Time to write the PDF of a full case, against the same text without layout."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import cycle

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter, QTextDocument

from benchmarks.measure import Budget, Figure, times
from pos_helper.domain.cases import StepResult
from pos_helper.domain.report import build_report, unsaved_case
from pos_helper.domain.report_options import Paper, ReportLanguage
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.export.paper import paper_font
from pos_helper.export.pdf import render_pdf
from pos_helper.export.text import render_text

_COUNT = 20


def figures(resolved: ResolvedEntry) -> Iterator[Figure]:
    """Yield the figures for the report of a case in which every step was tried, on both paper sizes."""
    now = datetime.now(UTC)
    results = dict(zip((step.id for step in resolved.all_steps()), cycle(StepResult), strict=False))
    case = unsaved_case(resolved, now, results, "每天下午都会这样。Every afternoon.")
    report = build_report(case, Shop(name="示例商店"), ReportLanguage.BOTH, now, "POS Helper")
    plain = times(partial(_plain, render_text(report)), _COUNT)
    for paper, name in ((Paper.A4, "A4"), (Paper.ROLL_80MM, "80 mm")):
        sheet = times(partial(render_pdf, report, paper), _COUNT)
        yield Figure(f"PDF of a full case, {name}", sheet, "plain text PDF", plain, Budget(300, "median"))


def _plain(text: str) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    document = QTextDocument()
    document.setDefaultFont(paper_font())
    document.setPlainText(text)
    document.print_(QPdfWriter(buffer))
