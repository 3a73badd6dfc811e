"""The command line: the common options, choosing a command, and error messages and exit codes.

The commands are in ``commands``.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pos_helper
from pos_helper.commands.command import Commands, Context, ExitCode, Say
from pos_helper.commands.output import drop_output, print_notice
from pos_helper.commands.parser import Parser, UsageError
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text
from pos_helper.paths import user_paths

_COMMANDS = ("open", "lookup", "show", "export", "catalog", "cases", "backup", "restore")

_FAULT = Text(
    "程序出错了，请把这一行发给维护人员：{where}",
    "The program has a fault; send this line to whoever looks after it: {where}",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. A ``UserError`` is printed as one sentence."""
    # A character that the console cannot show becomes a question mark instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    lang = _system_language()
    try:
        typed = _parse(sys.argv[1:] if argv is None else list(argv), lang)
        if getattr(typed, "lang", None) in tuple(Lang):
            lang = Lang(typed.lang)
        return _run(typed, Context(lang, user_paths(typed.data_dir), tuple(typed.pack)))
    except UsageError as error:
        print_notice(error.text.of(lang))
        return ExitCode.USAGE
    except UserError as error:
        print_notice(error.text.of(lang))
        return ExitCode.FAILED
    except BrokenPipeError:
        # The reader of the output has closed the pipe, as ``| head`` does: not an error.
        drop_output()
        return ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as fault:
        # A program error is printed as one line too, with its place in the source.
        import traceback

        from pos_helper.domain.card_data import mask_card_data

        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}: {type(fault).__name__}: {fault}"
        print_notice(_FAULT.format(where=mask_card_data(where)).of(lang))
        return ExitCode.FAILED


def _run(typed: argparse.Namespace, context: Context) -> int:
    exit_code: int
    if typed.command == "open":
        # The window writes a log file, and enables garbage collection after loading more modules.
        exit_code = typed.run(typed, context)
        return exit_code
    gc.enable()
    from pos_helper.commands.log import warnings_on_stderr

    with warnings_on_stderr():
        if context.user.restoring.exists():
            from pos_helper.commands.backup import finish_restoring

            finish_restoring(context)
        exit_code = typed.run(typed, context)
    return exit_code


def _system_language() -> Lang:
    """The language of the user's system, without loading Qt."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        import locale  # imported here: rarely needed, and large

        name = locale.getlocale()[0] or ""
    return Lang.ZH if name.lower().startswith(("zh", "chinese")) else Lang.EN


def _parse(argv: list[str], lang: Lang) -> argparse.Namespace:
    """Parse the command line. The common options may come before or after the command.

    Raises ``UsageError``; ``--help`` and ``--version`` exit the process.
    """

    def t(zh: str, en: str) -> str:
        return Text(zh, en).of(lang)

    common = Parser(prog="pos-helper", add_help=False, allow_abbrev=False)
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

    parser = Parser(
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
    # Only the command that was typed is added: importing the modules of all would delay the window.
    described: tuple[str, ...] = _COMMANDS
    if not any(word in ("-h", "--help", "--version") for word in rest[:1]):
        first = next((word for word in rest if not word.startswith("-")), None)
        if first not in _COMMANDS:
            first = "open"
            rest = [first, *rest]
        described = (first,)
    for name in described:
        _add(name, commands, t)
    typed = parser.parse_args(rest)
    typed.data_dir, typed.pack = options.data_dir, options.pack
    return typed


def _add(name: str, commands: Commands, t: Say) -> None:
    """Add one of the commands."""
    match name:
        case "open":
            from pos_helper.commands.window import add_open as add
        case "lookup":
            from pos_helper.commands.lookup import add_lookup as add
        case "show":
            from pos_helper.commands.lookup import add_show as add
        case "export":
            from pos_helper.commands.report import add_export as add
        case "catalog":
            from pos_helper.commands.catalog import add_catalog as add
        case "cases":
            from pos_helper.commands.cases import add_cases as add
        case "backup":
            from pos_helper.commands.backup import add_backup as add
        case "restore":
            from pos_helper.commands.backup import add_restore as add
    add(commands, t)


def _folder(text: str) -> Path:
    """The type of a folder argument. An empty name (an unset variable) is refused: it would mean ``.``."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)
