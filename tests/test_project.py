"""Rules for the whole project that are easily forgotten in a change."""

import ast
import re
import tomllib
from typing import Any
from xml.etree import ElementTree

import pytest

import pos_helper
from tests.locations import ROOT

PACKAGE = ROOT / "pos_helper"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def places(pattern: str, *but_in: str) -> list[str]:
    """Return the places where a pattern occurs in the program, except in some modules or packages."""
    regex = re.compile(pattern)
    allowed = tuple(PACKAGE / name for name in but_in)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        if not any(path == place or place in path.parents for place in allowed)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if regex.search(line)
    ]


def normalised(requirement: str) -> str:
    return re.split(r"[<>=!~ \[;]", requirement)[0].lower().replace("_", "-")


def test_the_changelog_tells_of_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{pos_helper.__version__}]" in changes


def test_the_linux_package_tells_of_this_version() -> None:
    parts = ROOT / "resources" / "packaging" / "linux"
    assert f"POS Helper {pos_helper.__version__}" in (parts / "pos-helper.1").read_text(encoding="utf-8")
    (metainfo,) = parts.glob("*.metainfo.xml")
    release = ElementTree.parse(metainfo).find("releases/release")
    assert release is not None
    assert release.get("version") == pos_helper.__version__


def test_only_the_theme_decides_about_looks() -> None:
    assert places(r"""["']#[0-9a-fA-F]{3,8}\b""", "ui/theme.py", "export") == []
    assert places(r"\.setPixelSize\(|\.setPointSizeF?\(|\.setFixedSize\(", "ui/theme.py", "export") == []


def test_widgets_are_only_in_the_window() -> None:
    assert places(r"^\s*(from|import) .*\bQtWidgets\b", "ui", "runtime", "app.py") == []


def test_no_check_is_silenced_and_nothing_sleeps() -> None:
    assert places(r"#\s*(type:\s*ignore|noqa|pragma)|\bTODO\b|\bFIXME\b|\btime\.sleep\(") == []


def test_no_connection_keeps_its_widget_alive() -> None:
    # A lambda that captures self and is connected to a signal is never freed, nor is the widget.
    leaks = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in MODULES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "connect"
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Lambda) and any(getattr(name, "id", "") == "self" for name in ast.walk(node))
    ]
    assert leaks == []


def test_every_package_is_in_the_wheel() -> None:
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")}
    mapped = {"pos_helper.resources", "pos_helper.translations"}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | mapped


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("resources", "catalog/**/*.yaml"),
        ("resources", "fonts/*.otf"),
        ("resources", "icons/*"),
        ("resources", "report/*"),
        ("translations", "*.qm"),
    ],
)
def test_every_data_file_is_in_the_wheel(folder: str, pattern: str) -> None:
    listed = PROJECT["tool"]["setuptools"]["package-data"][f"pos_helper.{folder}"]
    wanted = set((ROOT / folder).glob(pattern))
    assert wanted
    assert wanted <= {path for entry in listed for path in (ROOT / folder).glob(entry)}


def test_every_dependency_is_pinned_for_development() -> None:
    pinned = {
        normalised(line)
        for line in (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    needed = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    ]
    assert {normalised(requirement) for requirement in needed} <= pinned
