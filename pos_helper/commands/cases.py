"""List, show and delete cases."""

import sys
from contextlib import closing

from msgspec import Struct

from pos_helper.commands.command import (
    Commands,
    Context,
    ExitCode,
    Say,
    add_command,
    add_group,
    add_json,
    add_lang,
)
from pos_helper.commands.data import store_of
from pos_helper.commands.output import print_json, print_lines
from pos_helper.commands.report import write_report
from pos_helper.domain import labels
from pos_helper.domain.errors import UserError
from pos_helper.domain.report_options import ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.text import Lang, Text


def add_cases(commands: Commands, t: Say) -> None:
    """Add ``cases`` and its subcommands."""
    group = add_group(commands, "cases", t("列出、查看、删除记录", "list, show and delete cases"), t)
    _add_list(group, t)
    _add_show(group, t)
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
