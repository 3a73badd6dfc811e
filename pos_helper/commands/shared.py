"""What the commands share: exit codes, the catalog and the cases of the command line, and printing."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos_helper import paths
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text
from pos_helper.files import reason

if TYPE_CHECKING:
    from pos_helper.cases.store import SqliteCaseStore
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.domain.resolved_entry import ResolvedEntry

OK = 0
NOTHING = 1
FAILED = 3
INTERRUPTED = 130
"""Exit codes: fine; nothing found, or problems found; it could not be done; Ctrl+C, as shells expect it.

2 is argparse's own.
"""


def user_paths(arguments: argparse.Namespace) -> paths.UserPaths:
    """Where this person's files are."""
    return paths.user_paths(arguments.data_dir)


def built_in() -> Path:
    """The folder of the built-in pack."""
    return paths.resources() / "catalog"


def packs(arguments: argparse.Namespace) -> tuple[Path, ...]:
    """All packs: the built-in one, the person's, and those named on the command line."""
    from pos_helper.catalog.packs.pack_files import find_packs

    return find_packs(built_in(), user_paths(arguments).packs, arguments.pack)


def catalog_of(arguments: argparse.Namespace, lang: Lang) -> "IndexedCatalog":
    """The catalog of all packs. What is wrong with a pack is said on standard error."""
    from pos_helper.catalog.indexed_catalog import open_catalog

    catalog = open_catalog(packs(arguments), user_paths(arguments).index)
    for problem in catalog.problems:
        print(problem.of(lang), file=sys.stderr)
    return catalog


def resolved_entry_of(catalog: "IndexedCatalog", entry: str) -> "ResolvedEntry":
    """An entry by its id, or by a code that only one origin has. Raises ``UserError`` if there is none."""
    from pos_helper.domain.lookup import Outcome

    resolved = catalog.resolve(entry)
    if resolved is not None:
        return resolved
    found = catalog.search(entry)
    if found.outcome is Outcome.EXACT and len(found.hits) == 1:
        resolved = catalog.resolve(found.hits[0].id)
    if resolved is not None:
        return resolved
    if found.outcome is Outcome.EXACT:
        ids = ", ".join(hit.id for hit in found.hits)
        raise UserError(
            Text(
                f"{found.query} 有几种来源，请指定其中一个：{ids}",
                f"{found.query} has several sources, name one of them: {ids}",
            )
        )
    raise UserError(
        Text(
            f"没有条目 {found.query}。可以先查：pos-helper lookup {found.query}",
            f"There is no entry {found.query}. Try: pos-helper lookup {found.query}",
        )
    )


def store_of(user: paths.UserPaths, lang: Lang) -> "SqliteCaseStore":
    """The kept cases. What the person must know about their file is said on standard error."""
    from pos_helper.cases.opening import open_store

    opened = open_store(user.cases)
    if opened.notice:
        print(opened.notice.of(lang), file=sys.stderr)
    return opened.store


def print_lines(lines: Iterable[str]) -> None:
    """Print text, in the encoding of the console."""
    with _printing():
        for line in lines:
            print(line)


def print_json(data: object) -> None:
    """JSON is UTF-8 whatever the console speaks."""
    print_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")


def print_bytes(data: bytes) -> None:
    """Bytes go past the console's encoding."""
    with _printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


@contextmanager
def _printing() -> Iterator[None]:
    """Print to the end, or say why that cannot be: ``> FILE`` can meet a full disk as ``-o FILE`` can."""
    if sys.stdout is None:
        raise UserError(Text("没有标准输出。", "There is no standard output."))
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        why = reason(error)
        drop_output()
        raise UserError(
            Text(f"无法写到标准输出：{why.zh}。", f"Cannot write to standard output: {why.en}.")
        ) from error


def drop_output() -> None:
    """Send what is left of the output nowhere, so that the end of the program does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
