"""What a command is: how it is described, what it is given, and how it ends."""

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
"""Where a command is added: the program's commands, or those of a group such as ``catalog``."""

Say: TypeAlias = Callable[[str, str], str]
"""Gives the Chinese or the English of what it is told in both."""


class ExitCode(IntEnum):
    """How the program ended."""

    OK = 0
    NEGATIVE = 1
    """It worked, and the answer is no: nothing found, problems found, or not confirmed."""
    USAGE = 2
    """Typed wrong."""
    FAILED = 3
    """It could not be done; standard error says why."""
    INTERRUPTED = 130
    """Ctrl+C, as shells expect it."""


class Context(Struct, frozen=True):
    """What every command is given beside its own arguments."""

    lang: Lang
    """The language to speak: that of ``--lang``, or else of the system."""
    user: UserPaths
    packs: tuple[Path, ...]
    """The packs named on the command line."""


class NoArguments(Struct, frozen=True):
    """The arguments of a command that takes none."""


def add_command(
    commands: Commands,
    name: str,
    about: str,
    arguments: type[_Arguments],
    run: Callable[[_Arguments, Context], int],
) -> Parser:
    """Add a command. ``run`` is given what was typed as ``arguments``, whose fields the parser fills."""

    def run_typed(typed: argparse.Namespace, context: Context) -> int:
        return run(msgspec.convert(typed, arguments, from_attributes=True), context)

    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run_typed)
    return parser


def add_group(commands: Commands, name: str, about: str, t: Say) -> Commands:
    """Add a command that has commands of its own."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    return parser.add_subparsers(required=True, metavar=t("命令", "COMMAND"))


def add_lang(parser: Parser, t: Say, *more: str) -> None:
    """Add ``--lang``, which sets the language of the context unless it is one of ``more``."""
    parser.add_argument(
        "--lang", choices=[*map(str, Lang), *more], help=t("输出的语言", "language of the output")
    )


def add_json(parser: Parser, t: Say) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help=t("输出 JSON", "print JSON"))
