"""Check the catalog, count its content and print its schema."""

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
)
from pos_helper.commands.data import built_in, packs_of
from pos_helper.commands.output import print_json, print_lines, print_notice
from pos_helper.domain.text import Text


def add_catalog(commands: Commands, t: Say) -> None:
    """Add ``catalog`` and its subcommands."""
    group = add_group(commands, "catalog", t("检查和统计代码库", "check and count the catalog"), t)
    _add_check(group, t)
    _add_stats(group, t)
    _add_schema(group, t)


class CheckArguments(Struct, frozen=True):
    """The arguments of ``catalog check``: the packs to check in addition to the built-in one."""

    paths: tuple[Path, ...]


def _add_check(commands: Commands, t: Say) -> None:
    about = t("找出代码库里的每个问题", "find every problem of the catalog")
    parser = add_command(commands, "check", about, CheckArguments, check_packs)
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=t("文件或文件夹；不写就查自带的", "files or folders; the built-in pack if left out"),
    )
    add_lang(parser, t)


def check_packs(arguments: CheckArguments, context: Context) -> ExitCode:
    """Print all problems of the built-in pack and the given ones. The exit code is ``NEGATIVE`` if any."""
    from pos_helper.catalog.packs.check import check

    problems = check(built_in(), [*arguments.paths, *context.packs])
    print_lines(problem.of(context.lang) for problem in problems)
    if problems:
        return ExitCode.NEGATIVE
    print_notice(Text("没有问题。", "No problems.").of(context.lang))
    return ExitCode.OK


class StatsArguments(Struct, frozen=True):
    """The arguments of ``catalog stats``."""

    json: bool


def _add_stats(commands: Commands, t: Say) -> None:
    about = t("条目、说法、原因、步骤各有多少", "how many entries, meanings, causes and steps")
    parser = add_command(commands, "stats", about, StatsArguments, show_stats)
    add_json(parser, t)
    add_lang(parser, t)


def show_stats(arguments: StatsArguments, context: Context) -> ExitCode:
    """Print the number of entries, meanings, causes, steps and so on."""
    from pos_helper.catalog.packs.stats import count, stats_lines

    stats = count(packs_of(context))
    if arguments.json:
        print_json(stats)
    else:
        print_lines(stats_lines(stats, context.lang))
    return ExitCode.OK


def _add_schema(commands: Commands, t: Say) -> None:
    about = t("代码库文件的 JSON Schema，给编辑器用", "the JSON Schema of catalog files, for editors")
    add_command(commands, "schema", about, NoArguments, show_schema)


def show_schema(arguments: NoArguments, context: Context) -> ExitCode:
    """Print the JSON Schema of catalog files."""
    from pos_helper.catalog.packs.schema import json_schema

    print_json(json_schema())
    return ExitCode.OK
