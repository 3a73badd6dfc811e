"""List, show, export and delete cases."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from pos_helper.commands.command import (
    Commands,
    Context,
    ExitCode,
    NoArguments,
    Say,
    add_command,
    add_group,
    add_json,
    add_lang,
    add_output,
)
from pos_helper.commands.data import store_of
from pos_helper.commands.output import (
    print_json,
    print_lines,
    print_notice,
    print_pieces,
    print_progress,
)
from pos_helper.commands.report import now, write_report
from pos_helper.domain import labels
from pos_helper.domain.errors import UserError
from pos_helper.domain.ports import CaseStore
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import (
    LANGUAGES,
    CasesFormat,
    ReportFormat,
    ReportLanguage,
    ReportOptions,
)
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.files import replacing

_STRETCH = 100
"""After so many exported cases, about a tenth of a second, it is said how far it is."""


def add_cases(commands: Commands, t: Say) -> None:
    """Add ``cases`` and its subcommands."""
    group = add_group(
        commands, "cases", t("列出、查看、导出、删除记录", "list, show, export and delete cases"), t
    )
    _add_list(group, t)
    _add_show(group, t)
    _add_export(group, t)
    _add_schema(group, t)
    _add_delete(group, t)


class ListArguments(Struct, frozen=True):
    """The arguments of ``cases list``."""

    json: bool


def _add_list(commands: Commands, t: Say) -> None:
    parser = add_command(commands, "list", t("列出全部记录", "list all cases"), ListArguments, list_cases)
    add_json(parser, t)
    add_lang(parser, t)


def list_cases(arguments: ListArguments, context: Context) -> ExitCode:
    """Print all cases, newest first. The exit code is ``NEGATIVE`` if there are none."""
    lang = context.lang
    with closing(store_of(context)) as store:
        cases = store.cases()
    if arguments.json:
        print_json(cases)
    else:
        print_lines(
            f"{case.id}\t{case.opened_at:%Y-%m-%d %H:%M}\t{case.code_shown or '-'}\t{case.title.of(lang)}\t"
            f"{labels.CASE_STATE[case.state].of(lang)}\t{case.tried}/{case.total}"
            for case in cases
        )
    return ExitCode.OK if cases else ExitCode.NEGATIVE


class ShowArguments(Struct, frozen=True):
    """The arguments of ``cases show``."""

    id: int
    json: bool
    lang: ReportLanguage | None


def _add_show(commands: Commands, t: Say) -> None:
    parser = add_command(commands, "show", t("显示一个记录", "show one case"), ShowArguments, show_case)
    parser.add_argument("id", type=int, metavar="ID")
    add_json(parser, t)
    add_lang(parser, t, "both")


def show_case(arguments: ShowArguments, context: Context) -> ExitCode:
    """Print the report of one case. Raises ``CaseNotFound``."""
    with closing(store_of(context)) as store:
        case = store.case(arguments.id)
    form = ReportFormat.JSON if arguments.json else ReportFormat.TEXT
    options = ReportOptions(form, arguments.lang or ReportLanguage(context.lang))
    write_report(case, context.user, options, "-")
    return ExitCode.OK


class ExportArguments(Struct, frozen=True):
    """The arguments of ``cases export``. ``output`` may be ``-``."""

    format: CasesFormat
    lang: ReportLanguage | None
    output: str


def _add_export(commands: Commands, t: Say) -> None:
    about = t("把全部记录写进一个文件", "write all cases to one file")
    parser = add_command(commands, "export", about, ExportArguments, export_cases)
    parser.add_argument(
        "--format",
        required=True,
        choices=[*map(str, CasesFormat)],
        help=t("jsonl：每行一个记录；csv：表格", "jsonl: one case per line; csv: a table"),
    )
    add_lang(parser, t, "both")
    add_output(parser, t)


def export_cases(arguments: ExportArguments, context: Context) -> ExitCode:
    """Write all cases, the oldest first. The exit code is ``NEGATIVE`` if one could not be read."""
    from pos_helper.export.all_cases import render_cases
    from pos_helper.settings import load_settings

    lang = arguments.lang or ReportLanguage(context.lang)
    shop = load_settings(context.user.settings).settings.shop
    unread: list[Text] = []
    with closing(store_of(context)) as store:
        reports = _reports(store, shop, lang, unread)
        pieces = render_cases(reports, arguments.format, LANGUAGES[lang])
        if arguments.output == "-":
            print_pieces(pieces)
        else:
            with replacing(Path(arguments.output)) as file:
                file.writelines(pieces)
    for text in unread:
        print_notice(text.of(context.lang))
    return ExitCode.NEGATIVE if unread else ExitCode.OK


def _reports(store: CaseStore, shop: Shop, lang: ReportLanguage, unread: list[Text]) -> Iterator[Report]:
    """The reports of all cases, made as they are asked for; ``unread`` gets why one could not be read."""
    from pos_helper.export.case_report import case_report

    summaries = store.cases()
    for done, summary in enumerate(reversed(summaries)):
        if done % _STRETCH == 0:
            print_progress(done, len(summaries))
        try:
            yield case_report(store.case(summary.id), shop, lang, now())
        except UserError as error:
            unread.append(error.text)
    print_progress(len(summaries), len(summaries))


def _add_schema(commands: Commands, t: Say) -> None:
    about = t("导出数据的 JSON Schema", "the JSON Schema of exported cases")
    add_command(commands, "schema", about, NoArguments, show_schema)


def show_schema(arguments: NoArguments, context: Context) -> ExitCode:
    """Print the JSON Schema of a report as JSON, and of each line of JSON Lines."""
    from pos_helper.export.json_data import json_schema

    print_json(json_schema())
    return ExitCode.OK


class DeleteArguments(Struct, frozen=True):
    """The arguments of ``cases delete``. ``yes`` skips the confirmation."""

    ids: tuple[int, ...]
    yes: bool


def _add_delete(commands: Commands, t: Say) -> None:
    about = t("删除记录，不能恢复", "delete cases for good")
    parser = add_command(commands, "delete", about, DeleteArguments, delete_cases)
    parser.add_argument("ids", type=int, nargs="+", metavar="ID")
    parser.add_argument("--yes", action="store_true", help=t("不再询问", "do not ask"))


def delete_cases(arguments: DeleteArguments, context: Context) -> ExitCode:
    """Delete cases permanently, after confirmation. Raises ``CaseNotFound`` before anything is deleted."""
    from pos_helper.cases.opening import open_store

    ids = tuple(dict.fromkeys(arguments.ids))  # a number may be given twice
    opened = open_store(context.user.cases)
    with closing(opened.store) as store:
        if not opened.durable and opened.notice:
            # Deleting from the copy in memory would leave the case in the file.
            raise UserError(opened.notice)
        for case_id in ids:
            store.case(case_id)
        if not arguments.yes and not _confirmed(len(ids), context.lang):
            return ExitCode.NEGATIVE
        for case_id in ids:
            store.delete(case_id)
    return ExitCode.OK


def _confirmed(number: int, lang: Lang) -> bool:
    question = Text(
        f"删除 {number} 个记录，不能恢复。确定吗？[y/N] ", f"Delete {number} case(s) for good? [y/N] "
    )
    if not sys.stdin.isatty():
        raise UserError(Text("要删除请加上 --yes。", "To delete, add --yes."))
    try:
        return input(question.of(lang)).strip().lower() in ("y", "yes", "是")
    except EOFError:
        return False
