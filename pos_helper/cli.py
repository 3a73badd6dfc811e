"""The command line: what can be typed, and what its answer is. The commands are in ``commands``."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pos_helper
from pos_helper.commands.cases import delete_cases, list_cases, show_case
from pos_helper.commands.catalog import check_packs, show_schema, show_stats
from pos_helper.commands.lookup import look_up, show_entry
from pos_helper.commands.shared import INTERRUPTED, OK, TROUBLE, drop_output
from pos_helper.commands.sheet import export_sheet
from pos_helper.commands.window import open_window
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.errors import Trouble
from pos_helper.domain.text import Lang, Text

Run = Callable[[argparse.Namespace, Lang], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_FAULT = Text(
    "程序出错了，请把这一行发给维护人员：{where}",
    "The program has a fault; send this line to whoever looks after it: {where}",
)
_COMMANDS = ("open", "lookup", "show", "export", "catalog", "cases")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code. Expected trouble ends in one sentence."""
    # A console that cannot show a character gets a question mark instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    program_lang = _system_language()
    arguments = _parse(sys.argv[1:] if argv is None else list(argv), program_lang)
    lang = Lang(arguments.lang) if getattr(arguments, "lang", None) in tuple(Lang) else program_lang
    try:
        exit_code: int = arguments.run(arguments, lang)
    except Trouble as trouble:
        print(trouble.text.of(lang), file=sys.stderr)
        return TROUBLE
    except BrokenPipeError:
        # The reader of the output has gone, as ``| head`` does; there is no one left to tell.
        drop_output()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as fault:
        # A fault of the program is told in a line as well, with the place for whoever can mend it.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}: {type(fault).__name__}: {fault}"
        print(_FAULT.format(where=mask_card_data(where)).of(lang), file=sys.stderr)
        return TROUBLE
    return exit_code


def _system_language() -> Lang:
    """The language of the person's system, without loading Qt."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        import locale  # its tables are long

        name = locale.getlocale()[0] or ""
    return Lang.ZH if name.lower().startswith(("zh", "chinese")) else Lang.EN


# --- the grammar of the command line ------------------------------------------------------------


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
    words = parser.add_subparsers(dest="command", metavar=t("命令", "COMMAND"))

    def command(
        among: Commands, name: str, zh: str, en: str, run: Run | None = None
    ) -> argparse.ArgumentParser:
        sub = among.add_parser(name, help=t(zh, en), description=t(zh, en), allow_abbrev=False)
        sub.set_defaults(run=run)
        return sub

    def add_lang(sub: argparse.ArgumentParser, *more: str) -> None:
        sub.add_argument("--lang", choices=[*Lang, *more], help=t("输出的语言", "language of the output"))

    def add_json(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--json", action="store_true", help=t("输出 JSON", "print JSON"))

    window = command(
        words,
        "open",
        "打开窗口；pos-helper 查询词 也一样",
        "open the window; `pos-helper QUERY` does the same",
        open_window,
    )
    window.add_argument(
        "query", nargs="?", default="", metavar="QUERY", help=t("先查这个", "search for this first")
    )

    lookup = command(words, "lookup", "查代码或故障现象", "look up a code or a symptom", look_up)
    lookup.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help=t("屏幕上显示的代码，或几个字", "the code on the screen, or a few words"),
    )
    add_json(lookup)
    add_lang(lookup)
    lookup.add_argument(
        "--limit",
        type=_positive,
        default=10,
        metavar="N",
        help=t("最多几条（默认 10）", "at most N results (10)"),
    )

    show = command(words, "show", "显示一个条目的全部内容", "show one entry, whole", show_entry)
    show.add_argument("entry", metavar="ENTRY", help=t("条目编号或代码", "the entry's id, or a code"))
    add_json(show)
    add_lang(show)

    export = command(
        words,
        "export",
        "写出交给收单机构的清单",
        "write the sheet for the acquirer's support desk",
        export_sheet,
    )
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "entry", metavar="ENTRY", nargs="?", help=t("条目编号或代码", "the entry's id, or a code")
    )
    what.add_argument("--case", type=int, metavar="ID", help=t("导出这个记录", "export this case"))
    export.add_argument("--format", required=True, choices=["text", "html", "pdf", "csv", "json"])
    add_lang(export, "both")
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

    catalog = command(words, "catalog", "检查和统计代码库", "check and count the catalog")
    about_catalog = catalog.add_subparsers(
        dest="catalog_command", required=True, metavar=t("命令", "COMMAND")
    )
    check = command(
        about_catalog,
        "check",
        "找出代码库里的每个问题",
        "find every problem of the catalog",
        check_packs,
    )
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=t("文件或文件夹；不写就查自带的", "files or folders; the built-in pack if left out"),
    )
    add_lang(check)
    stats = command(
        about_catalog,
        "stats",
        "条目、说法、原因、步骤各有多少",
        "how many entries, meanings, causes and steps",
        show_stats,
    )
    add_json(stats)
    add_lang(stats)
    command(
        about_catalog,
        "schema",
        "代码库文件的 JSON Schema，给编辑器用",
        "the JSON Schema of catalog files, for editors",
        show_schema,
    )

    cases = command(words, "cases", "列出、查看、删除记录", "list, show and delete cases")
    about_cases = cases.add_subparsers(dest="cases_command", required=True, metavar=t("命令", "COMMAND"))
    listing = command(about_cases, "list", "列出全部记录", "list all cases", list_cases)
    add_json(listing)
    add_lang(listing)
    one = command(about_cases, "show", "显示一个记录", "show one case", show_case)
    one.add_argument("id", type=int, metavar="ID")
    add_json(one)
    add_lang(one, "both")
    delete = command(about_cases, "delete", "删除记录，不能恢复", "delete cases for good", delete_cases)
    delete.add_argument("ids", type=int, nargs="+", metavar="ID")
    delete.add_argument("--yes", action="store_true", help=t("不再询问", "do not ask"))

    first = next((word for word in rest if not word.startswith("-")), None)
    if not any(word in ("-h", "--help", "--version") for word in rest[:1]) and first not in _COMMANDS:
        rest = ["open", *rest]
    arguments = parser.parse_args(rest)
    arguments.data_dir, arguments.pack = options.data_dir, options.pack
    return arguments


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
