"""docs/architecture.md matches the code."""

import ast
import re

import grimp
import pytest

from tests.locations import ROOT
from tools.draw_architecture import PACKAGE, PAGE, picture, with_picture

NAMED = re.findall(r"`([\w./-]+)`", PAGE.read_text(encoding="utf-8"))
PATHS = sorted({name for name in NAMED if "/" in name or name.endswith((".py", ".toml"))})
NAMES = sorted({name for name in NAMED if re.fullmatch(r"[\w.]+", name)} - {*PATHS})


@pytest.fixture
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, cache_dir=None)


@pytest.fixture(scope="module")
def names() -> set[str]:
    """All names in the code: of packages and modules, and everything named inside them."""
    modules = sorted((ROOT / PACKAGE).rglob("*.py"))
    nodes = (node for path in modules for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    inside = {getattr(node, part, None) for node in nodes for part in ("name", "id", "attr", "arg")}
    return {str(name) for name in inside} | {path.stem for path in modules} | {p.parent.name for p in modules}


def test_the_picture_of_the_rooms_is_what_the_imports_say(graph: grimp.ImportGraph) -> None:
    page = PAGE.read_text(encoding="utf-8")
    is_current = with_picture(page, picture(graph)) == page
    assert is_current, "docs/architecture.md is out of date: run `make docs`"


def test_a_new_import_and_a_new_room_show_in_the_picture(graph: grimp.ImportGraph) -> None:
    before = picture(graph)
    assert "export --> domain\n" in before
    graph.add_import(importer="pos_helper.export.text", imported="pos_helper.cases.store")
    graph.add_module("pos_helper.payments")
    graph.add_import(importer="pos_helper.payments", imported="pos_helper.files")
    after = picture(graph).splitlines()
    assert "    export --> cases & domain" in after
    assert '    payments["payments"]' in after
    (files,) = (line for line in after if line.startswith("- `files`"))
    assert "`payments`" in files


@pytest.mark.parametrize("path", PATHS)
def test_every_file_and_folder_on_the_page_is_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / PACKAGE / path).exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_on_the_page_is_one_of_the_code(name: str, names: set[str]) -> None:
    assert {*name.split(".")} <= names


def test_no_property_that_begins_with_i_is_set_by_keyword() -> None:
    """PySide makes ``setInterval`` of ``interval`` by the locale, and Turkish has another capital for i."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {keyword.arg}"
        for path in sorted((ROOT / PACKAGE).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and re.match(r"Q[A-Z]|super\(\)", ast.unparse(call.func))
        for keyword in call.keywords
        if keyword.arg is not None and keyword.arg.startswith("i")
    ]
    assert found == []


NAMES_CHANGE_IN = ["files.py", "runtime/log.py", "catalog/indexed_catalog.py"]
"""Only here are files renamed: what ``files.py`` does is flushed, and the others' names may be lost."""


def test_names_change_only_where_their_folder_is_flushed() -> None:
    package = ROOT / PACKAGE
    found = {
        str(path.relative_to(package))
        for path in sorted(package.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        # ``replace`` of a text has two arguments, that of a structure has keywords.
        if (call.func.attr, len(call.args), bool(call.keywords)) == ("replace", 1, False)
        or call.func.attr in ("rename", "renames", "mkdir", "makedirs")
    }
    assert sorted(found) == sorted(NAMES_CHANGE_IN)
