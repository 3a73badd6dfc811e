"""The command line: what can be typed, and what its answer is. The commands are in ``commands``."""

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pos_helper
from pos_helper.commands.shared import FAILED, INTERRUPTED, OK, drop_output
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text

Run = Callable[[argparse.Namespace, Lang], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_FAULT = Text(
    "程序出错了，请把这一行发给维护人员：{where}",
    "The program has a fault; send this line to whoever looks after it: {where}",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code. Expected trouble ends in one sentence."""
    # A console that cannot show a character gets a question mark instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    program_lang = _system_language()
    arguments = _parse(sys.argv[1:] if argv is None else list(argv), program_lang)
    if arguments.command != "open":
        gc.enable()  # the window has more to load first
    lang = Lang(arguments.lang) if getattr(arguments, "lang", None) in tuple(Lang) else program_lang
    try:
        exit_code: int = arguments.run(arguments, lang)
    except UserError as error:
        print(error.text.of(lang), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of the output has gone, as ``| head`` does; there is no one left to tell.
        drop_output()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:
        # A fault of the program is told in a line as well, with the place for whoever can mend it.
        from pos_helper.domain.card_data import mask_card_data

        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}: {type(fault).__name__}: {fault}"
        print(_FAULT.format(where=mask_card_data(where)).of(lang), file=sys.stderr)
        return FAILED
    return exit_code


def _system_language() -> Lang:
    """The language of the person's system, without loading Qt."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        import locale  # its tables are long

        name = locale.getlocale()[0] or ""
    return Lang.ZH if name.lower().startswith(("zh", "chinese")) else Lang.EN


# --- the grammar of the command line ------------------------------------------------------------
#
# Only the command that was typed is described, and with it imports what it needs: whoever opens the window
# waits for nothing else. ``--help`` describes them all.

Say = Callable[[str, str], str]
"""Gives the Chinese or the English of what it is told in both."""


def _parse(argv: list[str], lang: Lang) -> argparse.Namespace:
    """Read the command line. Options of the program may stand before or after the command."""

    def t(zh: str, en: str) -> str:
        return Text(zh, en).of(lang)

    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    common.add_argument(
        "--data-dir",
        type=_folder,
        metavar="DIR",
        help=t("数据放在这个文件夹", "keep all data in this folder"),
    )
    common.add_argument(
        "--pack",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help=t("再加一个代码库（文件或文件夹）", "add a catalog pack (a file or a folder); may be repeated"),
    )
    options, rest = common.parse_known_args(argv)

    parser = argparse.ArgumentParser(
        prog="pos-helper",
        parents=[common],
        allow_abbrev=False,
        description=t(
            "刷卡机、收银机显示的代码是什么意思，现在该怎么办。不带命令就打开窗口。",
            "What a card terminal's code means and what to do now. Without a command it opens the window.",
        ),
        epilog=t(
            "退出码：0 成功；1 没查到或有问题；2 命令写错；3 做不了（会说明原因）。",
            "Exit codes: 0 fine; 1 nothing or problems found; 2 wrong usage; 3 could not be done, and why.",
        ),
    )
    parser.add_argument("--version", action="version", version=f"POS Helper {pos_helper.__version__}")
    commands = parser.add_subparsers(dest="command", metavar=t("命令", "COMMAND"))
    if any(word in ("-h", "--help", "--version") for word in rest[:1]):
        described = list(_COMMANDS)
    else:
        first = next((word for word in rest if not word.startswith("-")), None)
        if first not in _COMMANDS:
            first = "open"
            rest = [first, *rest]
        described = [first]
    for name in described:
        _COMMANDS[name](commands, t)
    arguments = parser.parse_args(rest)
    arguments.data_dir, arguments.pack = options.data_dir, options.pack
    return arguments


def _command(among: Commands, name: str, about: str, run: Run | None = None) -> argparse.ArgumentParser:
    parser = among.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def _add_lang(parser: argparse.ArgumentParser, t: Say, *more: str) -> None:
    parser.add_argument("--lang", choices=[*Lang, *more], help=t("输出的语言", "language of the output"))


def _add_json(parser: argparse.ArgumentParser, t: Say) -> None:
    parser.add_argument("--json", action="store_true", help=t("输出 JSON", "print JSON"))


def _describe_open(among: Commands, t: Say) -> None:
    from pos_helper.commands.window import open_window

    about = t("打开窗口；pos-helper 查询词 也一样", "open the window; `pos-helper QUERY` does the same")
    window = _command(among, "open", about, open_window)
    window.add_argument(
        "query", nargs="?", default="", metavar="QUERY", help=t("先查这个", "search for this first")
    )


def _describe_lookup(among: Commands, t: Say) -> None:
    from pos_helper.commands.lookup import look_up

    lookup = _command(among, "lookup", t("查代码或故障现象", "look up a code or a symptom"), look_up)
    lookup.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help=t("屏幕上显示的代码，或几个字", "the code on the screen, or a few words"),
    )
    _add_json(lookup, t)
    _add_lang(lookup, t)
    lookup.add_argument(
        "--limit",
        type=_positive,
        default=10,
        metavar="N",
        help=t("最多几条（默认 10）", "at most N results (10)"),
    )


def _describe_show(among: Commands, t: Say) -> None:
    from pos_helper.commands.lookup import show_entry

    show = _command(among, "show", t("显示一个条目的全部内容", "show one entry, whole"), show_entry)
    show.add_argument("entry", metavar="ENTRY", help=t("条目编号或代码", "the entry's id, or a code"))
    _add_json(show, t)
    _add_lang(show, t)


def _describe_export(among: Commands, t: Say) -> None:
    from pos_helper.commands.report import export_sheet

    about = t("写出交给收单机构的清单", "write the sheet for the acquirer's support desk")
    export = _command(among, "export", about, export_sheet)
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "entry", metavar="ENTRY", nargs="?", help=t("条目编号或代码", "the entry's id, or a code")
    )
    what.add_argument("--case", type=int, metavar="ID", help=t("导出这个记录", "export this case"))
    export.add_argument("--format", required=True, choices=["text", "html", "pdf", "csv", "json"])
    _add_lang(export, t, "both")
    export.add_argument(
        "--paper", choices=["a4", "80mm"], default="a4", help=t("PDF 的纸张", "paper of the PDF")
    )
    export.add_argument(
        "--result",
        action="append",
        default=[],
        metavar="STEP=RESULT",
        help=t(
            "某一步的结果：helped 有效、no_change 没变化、could_not 做不了、not_applicable 不适用",
            "the result of a step: helped, no_change, could_not or not_applicable; may be repeated",
        ),
    )
    export.add_argument("--note", metavar="TEXT", help=t("备注", "a note on the case"))
    export.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=t("写到哪个文件，- 是标准输出", "the file; - is standard output"),
    )


def _describe_catalog(among: Commands, t: Say) -> None:
    from pos_helper.commands.catalog import check_packs, show_schema, show_stats

    catalog = _command(among, "catalog", t("检查和统计代码库", "check and count the catalog"))
    about_catalog = catalog.add_subparsers(
        dest="catalog_command", required=True, metavar=t("命令", "COMMAND")
    )
    about = t("找出代码库里的每个问题", "find every problem of the catalog")
    check = _command(about_catalog, "check", about, check_packs)
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=t("文件或文件夹；不写就查自带的", "files or folders; the built-in pack if left out"),
    )
    _add_lang(check, t)
    about = t("条目、说法、原因、步骤各有多少", "how many entries, meanings, causes and steps")
    stats = _command(about_catalog, "stats", about, show_stats)
    _add_json(stats, t)
    _add_lang(stats, t)
    about = t("代码库文件的 JSON Schema，给编辑器用", "the JSON Schema of catalog files, for editors")
    _command(about_catalog, "schema", about, show_schema)


def _describe_cases(among: Commands, t: Say) -> None:
    from pos_helper.commands.cases import delete_cases, list_cases, show_case

    cases = _command(among, "cases", t("列出、查看、删除记录", "list, show and delete cases"))
    about_cases = cases.add_subparsers(dest="cases_command", required=True, metavar=t("命令", "COMMAND"))
    listing = _command(about_cases, "list", t("列出全部记录", "list all cases"), list_cases)
    _add_json(listing, t)
    _add_lang(listing, t)
    one = _command(about_cases, "show", t("显示一个记录", "show one case"), show_case)
    one.add_argument("id", type=int, metavar="ID")
    _add_json(one, t)
    _add_lang(one, t, "both")
    about = t("删除记录，不能恢复", "delete cases for good")
    delete = _command(about_cases, "delete", about, delete_cases)
    delete.add_argument("ids", type=int, nargs="+", metavar="ID")
    delete.add_argument("--yes", action="store_true", help=t("不再询问", "do not ask"))


_COMMANDS: dict[str, Callable[[Commands, Say], None]] = {
    "open": _describe_open,
    "lookup": _describe_lookup,
    "show": _describe_show,
    "export": _describe_export,
    "catalog": _describe_catalog,
    "cases": _describe_cases,
}


def _folder(text: str) -> Path:
    """A folder that was named; an empty name, as of an unset variable, is not the present folder."""
    if not text:
        raise argparse.ArgumentTypeError("an empty name")
    return Path(text)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: a whole number, at least 1")
    return number
