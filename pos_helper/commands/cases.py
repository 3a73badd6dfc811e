"""Listing, showing and deleting cases."""

import argparse
import sys
from contextlib import closing

from pos_helper.commands.report import write_sheet
from pos_helper.commands.shared import NOTHING, OK, print_json, print_lines, store_of, user_paths
from pos_helper.domain import labels
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text


def list_cases(arguments: argparse.Namespace, lang: Lang) -> int:
    """List all cases, newest first."""
    with closing(store_of(user_paths(arguments), lang)) as store:
        cases = store.cases()
    if arguments.json:
        print_json(cases)
    else:
        print_lines(
            f"{case.id}\t{case.opened_at:%Y-%m-%d %H:%M}\t{case.code_shown or '-'}\t{case.title.of(lang)}\t"
            f"{labels.CASE_STATE[case.state].of(lang)}\t{case.tried}/{case.total}"
            for case in cases
        )
    return OK if cases else NOTHING


def show_case(arguments: argparse.Namespace, lang: Lang) -> int:
    """Show one case as its sheet."""
    from pos_helper.domain.report_options import ReportFormat, ReportLanguage, ReportOptions

    user = user_paths(arguments)
    with closing(store_of(user, lang)) as store:
        case = store.case(arguments.id)
    form = ReportFormat.JSON if arguments.json else ReportFormat.TEXT
    write_sheet(case, user, ReportOptions(form, ReportLanguage(arguments.lang or lang)), "-")
    return OK


def delete_cases(arguments: argparse.Namespace, lang: Lang) -> int:
    """Delete cases for good, after asking."""
    from pos_helper.cases.opening import open_store

    ids = tuple(dict.fromkeys(arguments.ids))  # a case that is named twice is deleted once
    opened = open_store(user_paths(arguments).cases)
    with closing(opened.store) as store:
        if not opened.durable and opened.notice:
            # A case that is deleted from a copy in memory is still there.
            raise UserError(opened.notice)
        for case_id in ids:
            store.case(case_id)
        if not arguments.yes and not _confirmed(len(ids), lang):
            return NOTHING
        for case_id in ids:
            store.delete(case_id)
    return OK


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
