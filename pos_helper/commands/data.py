"""Opens the catalog and the case store for the commands."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos_helper import paths
from pos_helper.commands.command import Context
from pos_helper.commands.output import print_notice
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Text

if TYPE_CHECKING:
    from pos_helper.cases.store import SqliteCaseStore
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.domain.resolved_entry import ResolvedEntry


def built_in() -> Path:
    """The folder of the built-in pack."""
    return paths.resources() / "catalog"


def packs_of(context: Context) -> tuple[Path, ...]:
    """The paths of all packs: the built-in one, the user's, and those given with ``--pack``."""
    from pos_helper.catalog.packs.pack_files import find_packs

    return find_packs(built_in(), context.user.packs, context.packs)


def catalog_of(context: Context) -> "IndexedCatalog":
    """Open the catalog of all packs. Problems of packs are printed on standard error."""
    from pos_helper.catalog.indexed_catalog import open_catalog

    catalog = open_catalog(packs_of(context), context.user.index, shipped=paths.shipped_index())
    for problem in catalog.problems:
        print_notice(problem.of(context.lang))
    return catalog


def resolved_entry_of(catalog: "IndexedCatalog", entry: str) -> "ResolvedEntry":
    """The entry with this id, or with this code if only one origin has it. Raises ``UserError`` otherwise."""

    resolved = catalog.resolve(entry)
    if resolved is not None:
        return resolved
    found = catalog.search(entry)
    if len(found.sources) == 1:
        resolved = catalog.resolve(found.sources[0].id)
    if resolved is not None:
        return resolved
    if found.sources:
        ids = ", ".join(hit.id for hit in found.sources)
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


def store_of(context: Context) -> "SqliteCaseStore":
    """Open the case store. A notice about its file is printed on standard error."""
    from pos_helper.cases.opening import open_store

    opened = open_store(context.user.cases)
    if notice := opened.notice:
        if opened.is_anew:
            from pos_helper.backup.kept import with_offer

            notice = with_offer(notice, context.user.backups)
        print_notice(notice.of(context.lang))
    return opened.store
