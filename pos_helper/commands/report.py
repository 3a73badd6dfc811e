"""Write the report of an entry or of a case."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from msgspec import Struct

from pos_helper import paths
from pos_helper.commands.command import (
    Commands,
    Context,
    ExitCode,
    Say,
    add_command,
    add_lang,
    add_output,
)
from pos_helper.commands.data import catalog_of, resolved_entry_of, store_of
from pos_helper.commands.output import print_bytes
from pos_helper.domain.cases import Case, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.filled_in import NOTE_LENGTH
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Text

_LONG_NOTE = Text(
    "备注最多 {most} 个字，这个太长了。", "A note has up to {most} characters: this one is too long."
)


class ExportArguments(Struct, frozen=True):
    """The arguments of ``export``. ``result`` holds ``STEP=RESULT`` pairs; ``output`` may be ``-``."""

    entry: str
    """An id or a code; empty if ``case`` is given."""
    case: int | None
    format: ReportFormat
    lang: ReportLanguage | None
    paper: Paper
    untried: bool
    result: tuple[str, ...]
    note: str | None
    output: str


def add_export(commands: Commands, t: Say) -> None:
    """Add ``export``."""
    about = t("写出交给收单机构的清单", "write the sheet for the acquirer's support desk")
    parser = add_command(commands, "export", about, ExportArguments, export_report)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "entry",
        metavar="ENTRY",
        nargs="?",
        default="",
        help=t("条目编号或代码", "the entry's id, or a code"),
    )
    what.add_argument("--case", type=int, metavar="ID", help=t("导出这个记录", "export this case"))
    parser.add_argument("--format", required=True, choices=[*map(str, ReportFormat)])
    add_lang(parser, t, "both")
    parser.add_argument(
        "--paper", choices=[*map(str, Paper)], default="a4", help=t("PDF 的纸张", "paper of the PDF")
    )
    parser.add_argument(
        "--untried", action="store_true", help=t("列出没试的步骤", "list the steps that were not tried")
    )
    parser.add_argument(
        "--result",
        action="append",
        default=[],
        metavar="STEP=RESULT",
        help=t(
            "某一步的结果：helped 有效、no_change 没变化、could_not 做不了、not_applicable 不适用",
            "the result of a step: helped, no_change, could_not or not_applicable; may be repeated",
        ),
    )
    parser.add_argument("--note", metavar="TEXT", help=t("备注", "a note on the case"))
    add_output(parser, t)


def export_report(arguments: ExportArguments, context: Context) -> ExitCode:
    """Write the report of an entry or of a case. Raises ``UserError``."""
    from pos_helper.domain.report import unsaved_case

    if arguments.case is not None:
        if arguments.result or arguments.note:
            raise UserError(
                Text(
                    "--result 和 --note 不能和 --case 一起用。", "--result and --note do not go with --case."
                )
            )
        with closing(store_of(context)) as store:
            case = store.case(arguments.case)
    else:
        if len(arguments.note or "") > NOTE_LENGTH:
            raise UserError(_LONG_NOTE.format(most=NOTE_LENGTH))
        with closing(catalog_of(context)) as catalog:
            resolved = resolved_entry_of(catalog, arguments.entry)
        case = unsaved_case(resolved, now(), _results(arguments.result), arguments.note or "")
    lang = arguments.lang or ReportLanguage(context.lang)
    options = ReportOptions(arguments.format, lang, arguments.paper, arguments.untried)
    write_report(case, context.user, options, arguments.output)
    return ExitCode.OK


def write_report(case: Case, user: paths.UserPaths, options: ReportOptions, output: str) -> None:
    """Write a report with the shop's details to a file; ``-`` is standard output. Raises ``UserError``."""
    from pos_helper.export.case_report import CaseReportWriter
    from pos_helper.settings import load_settings

    if options.format is ReportFormat.PDF:
        _start_drawing()
    writer = CaseReportWriter(case, load_settings(user.settings).settings.shop, now)
    if output != "-":
        writer.write(options, output)
    else:
        print_bytes(writer.render(options))


def _start_drawing() -> None:
    """Create a ``QGuiApplication`` that needs no screen, which rendering a PDF requires."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        return
    # Qt's default platform on Windows needs no screen, and its others do not find the system fonts.
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt warns on standard error if the locale is not UTF-8; nothing in a PDF depends on the locale.
        os.environ["LC_ALL"] = "C.UTF-8"
    # PySide keeps the application object alive; no reference is needed.
    QGuiApplication(sys.argv[:1])


def _results(given: Sequence[str]) -> dict[str, StepResult]:
    """The ``--result STEP=RESULT`` options as results by step id. Raises ``UserError`` for a bad one."""
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


def now() -> datetime:
    """The time with its UTC offset."""
    return datetime.now().astimezone()
