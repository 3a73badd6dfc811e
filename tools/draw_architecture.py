"""Draw the package's import graph into docs/architecture.md: ``make docs``.

The picture is generated from the imports alone, so new packages and imports appear in it.
"""

import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import grimp

PACKAGE = "pos_helper"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "architecture.md"
BEGIN = "<!-- From here on `make docs` writes. -->\n"
END = "<!-- From here on people write. -->\n"

OPENED = "catalog"
"""The package whose subpackages are drawn; those of the others are only named in their box."""
ROOTS = ("__main__", "cli", "commands", "app", "controllers")
"""Their arrows to the domain are left out, because they would hide the others."""
HELPERS = ("files", "paths", "settings")
"""Modules used everywhere; their importers are listed below the picture."""

Arrows = set[tuple[str, str]]


def picture(graph: grimp.ImportGraph) -> str:
    """Return the generated block of the page: a Mermaid chart, and a list of the arrows it leaves out."""
    rooms = {_name(child) for child in graph.find_children(PACKAGE)}
    inner = {_name(child) for child in graph.find_children(f"{PACKAGE}.{OPENED}")}
    arrows = _arrows(graph)
    drawn = {(a, b) for a, b in arrows if b not in HELPERS and (b != "domain" or a not in ROOTS)}
    outer = rooms - {*HELPERS}
    lines = [
        "```mermaid",
        "flowchart TB",
        *(f"    {_box(graph, room)}" for room in sorted(outer - {OPENED})),
        f"    subgraph {OPENED}",
        *(f"        {_box(graph, room)}" for room in sorted(inner)),
        *(f"        {line}" for line in _lines(drawn, inner)),
        "    end",
        *(f"    {line}" for line in _lines(drawn, outer)),
        "```",
        "",
        "Not in the picture, or not wholly, is who imports these:",
        "",
        *(f"- `{b}`: {_listed(a for a, c in arrows if c == b and a in rooms)}" for b in ("domain", *HELPERS)),
    ]
    return "\n".join(lines) + "\n"


def with_picture(page: str, block: str) -> str:
    """Return the page with ``block`` between its two markers.

    Raises ``ValueError`` unless each marker occurs exactly once.
    """
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{block}\n{END}{after}"


def _arrows(graph: grimp.ImportGraph) -> Arrows:
    """Return the imports (importer, imported) between packages and between their subpackages."""
    arrows = {
        (_name(importer, depth), _name(imported, depth))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        for depth in (1, 2)
    }
    return {(a, b) for a, b in arrows if a and b and a != b}


def _lines(arrows: Arrows, rooms: Collection[str]) -> list[str]:
    """Return the Mermaid lines for the arrows within ``rooms``, one line per importer."""
    return [
        f"{_id(room)} --> {' & '.join(map(_id, imported))}"
        for room in sorted(rooms)
        if (imported := sorted(b for a, b in arrows if a == room and b in rooms))
    ]


def _box(graph: grimp.ImportGraph, room: str) -> str:
    """Return the Mermaid box of a package, labelled with its name and its subpackages' names."""
    inside = [
        child for child in sorted(graph.find_children(f"{PACKAGE}.{room}")) if graph.find_children(child)
    ]
    names = ", ".join(child.rpartition(".")[2] for child in inside)
    return f'{_id(room)}["{room.rpartition(".")[2]}{f"<br/>({names})" if names else ""}"]'


def _name(module: str, depth: int = 2) -> str:
    """Return a module's name below the package, cut to ``depth`` parts; empty for the package itself."""
    return ".".join(module.split(".")[1 : depth + 1])


def _id(room: str) -> str:
    return room.replace(".", "_")


def _listed(rooms: Iterable[str]) -> str:
    return ", ".join(f"`{room}`" for room in sorted(rooms))


def main() -> int:
    """Update the picture in the page."""
    block = picture(grimp.build_graph(PACKAGE, cache_dir=None))
    PAGE.write_text(with_picture(PAGE.read_text(encoding="utf-8"), block), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
