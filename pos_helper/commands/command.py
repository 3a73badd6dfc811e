"""Registers commands, and defines their context and exit codes."""

import argparse
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from pos_helper.commands.parser import Parser
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths

_Arguments = TypeVar("_Arguments", bound=Struct)

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a command is added: the top-level commands, or those of a group such as ``catalog``."""

Say: TypeAlias = Callable[[str, str], str]
"""Takes a Chinese and an English text and returns the one in the user's language."""


class ExitCode(IntEnum):
    """The exit codes of the program."""

    OK = 0
    NEGATIVE = 1
    """The command ran with a negative result: nothing found, problems found or not confirmed."""
    USAGE = 2
    """The command line is invalid."""
    FAILED = 3
    """The command failed; the reason is on standard error."""
    INTERRUPTED = 130
    """Interrupted by Ctrl+C: 128 + SIGINT, the convention of shells."""


class Context(Struct, frozen=True):
    """What every command gets in addition to its own arguments."""

    lang: Lang
    """The output language: that of ``--lang``, else that of the system."""
    user: UserPaths
    packs: tuple[Path, ...]
    """The packs given with ``--pack``."""


class NoArguments(Struct, frozen=True):
    """The arguments of a command without arguments."""


def add_command(
    commands: Commands,
    name: str,
    about: str,
    arguments: type[_Arguments],
    run: Callable[[_Arguments, Context], int],
) -> Parser:
    """Add a command and return its parser, which must define one argument per field of ``arguments``.

    ``run`` is called with the parsed command line as an ``arguments`` object, and returns the exit code.
    ``about`` is the help text.
    """

    def run_typed(typed: argparse.Namespace, context: Context) -> int:
        return run(msgspec.convert(typed, arguments, from_attributes=True), context)

    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run_typed)
    return parser


def add_group(commands: Commands, name: str, about: str, t: Say) -> Commands:
    """Add a command with subcommands, and return where to add those."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    return parser.add_subparsers(required=True, metavar=t("命令", "COMMAND"))


def add_lang(parser: Parser, t: Say, *more: str) -> None:
    """Add ``--lang``. It sets the language of the context, unless its value is one of ``more``."""
    parser.add_argument(
        "--lang", choices=[*map(str, Lang), *more], help=t("输出的语言", "language of the output")
    )


def add_output(parser: Parser, t: Say) -> None:
    """Add the option ``-o``, which must be given."""
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=t("写到哪个文件，- 是标准输出", "the file; - is standard output"),
    )


def add_json(parser: Parser, t: Say) -> None:
    """Add the flag ``--json``."""
    parser.add_argument("--json", action="store_true", help=t("输出 JSON", "print JSON"))
