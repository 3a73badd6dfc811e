"""Writing the sheet of an entry or of a case."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from pos_helper import paths
from pos_helper.commands.shared import (
    OK,
    case_of,
    catalog_of,
    print_bytes,
    resolved_entry_of,
    store_of,
    user_paths,
)
from pos_helper.domain.cases import Case, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text

if TYPE_CHECKING:
    from pos_helper.domain.report_options import ReportOptions


def export_sheet(arguments: argparse.Namespace, lang: Lang) -> int:
    """Write the sheet of an entry or of a case."""
    from pos_helper.domain.report import unsaved_case
    from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions

    user = user_paths(arguments)
    options = ReportOptions(
        ReportFormat(arguments.format), ReportLanguage(arguments.lang or lang), Paper(arguments.paper)
    )
    if arguments.case is not None:
        if arguments.result or arguments.note:
            raise UserError(
                Text(
                    "--result 和 --note 不能和 --case 一起用。", "--result and --note do not go with --case."
                )
            )
        with closing(store_of(user, lang)) as store:
            case = case_of(store, arguments.case)
    else:
        with closing(catalog_of(arguments, lang)) as catalog:
            resolved = resolved_entry_of(catalog, arguments.entry)
        case = unsaved_case(resolved, _now(), _results(arguments.result), arguments.note or "")
    write_sheet(case, user, options, arguments.output)
    return OK


def write_sheet(case: Case, user: paths.UserPaths, options: "ReportOptions", output: str) -> None:
    """Write the sheet with the shop's details to a file; ``-`` is standard output."""
    from pos_helper.domain.report_options import ReportFormat
    from pos_helper.export.case_report import CaseReportWriter
    from pos_helper.settings import load_settings

    if options.format is ReportFormat.PDF:
        _start_drawing()
    sheets = CaseReportWriter(case, load_settings(user.settings).settings.shop, _now)
    if output != "-":
        sheets.write(options, output)
    else:
        print_bytes(sheets.render(options))


def _start_drawing() -> None:
    """Start the part of Qt that draws, without a screen: a PDF needs it."""
    # Windows draws without a screen anyway, and its other platforms know no system fonts.
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    # Qt keeps the application object alive by itself once it exists.
    QGuiApplication.instance() or QGuiApplication(sys.argv[:1])


def _results(given: Sequence[str]) -> dict[str, StepResult]:
    """The ``--result STEP=RESULT`` options as a table."""
    results = {}
    for pair in given:
        step_id, _, name = pair.partition("=")
        try:
            results[step_id] = StepResult(name)
        except ValueError:
            raise UserError(
                Text(
                    "--result 要写成 步骤=结果，结果是 {known} 之一；这里写的是 {pair}",
                    "--result takes STEP=RESULT with one of {known}; this is {pair}",
                ).format(known="|".join(StepResult), pair=repr(pair))
            ) from None
    return results


def _now() -> datetime:
    return datetime.now().astimezone()
