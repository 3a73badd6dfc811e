"""Checking and counting the catalog, and its schema."""

import argparse
import sys

from pos_helper.commands.shared import NOTHING, OK, built_in, packs, print_json, print_lines
from pos_helper.domain.text import Lang, Text


def check_packs(arguments: argparse.Namespace, lang: Lang) -> int:
    """Print every problem of the packs. The given ones are checked on top of the built-in one."""
    from pos_helper.catalog.packs.check import check

    problems = check(built_in(), [*arguments.paths, *arguments.pack])
    print_lines(problem.of(lang) for problem in problems)
    if problems:
        return NOTHING
    print(Text("没有问题。", "No problems.").of(lang), file=sys.stderr)
    return OK


def show_stats(arguments: argparse.Namespace, lang: Lang) -> int:
    """Count what the catalog holds."""
    from pos_helper.catalog.packs.stats import count, stats_lines

    stats = count(packs(arguments))
    if arguments.json:
        print_json(stats)
    else:
        print_lines(stats_lines(stats, lang))
    return OK


def show_schema(arguments: argparse.Namespace, lang: Lang) -> int:
    """Print the JSON Schema of catalog files."""
    from pos_helper.catalog.packs.schema import json_schema

    print_json(json_schema())
    return OK
