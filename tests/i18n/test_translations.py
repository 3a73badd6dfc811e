"""The window's texts: all found by lupdate, all translated, and the built files up to date."""

import ast
import re
import runpy
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.locations import ROOT

TRANSLATIONS = ROOT / "translations"
SOURCES = sorted((ROOT / "pos_helper").rglob("*.py"))
TS = sorted(TRANSLATIONS.glob("*.ts"))

PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d+|&(?=\w)")


class Message(NamedTuple):
    """One entry of a ``.ts`` file. A plural message has several translations."""

    context: str
    source: str
    translations: list[str]
    state: str | None


def messages(path: Path) -> Iterator[Message]:
    for context in ElementTree.parse(path).iterfind("context"):
        for message in context.iterfind("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = translation.findall("numerusform") or [translation]
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                [form.text or "" for form in forms],
                translation.get("type"),
            )


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translation files after running `make translations` on a copy."""
    folder = tmp_path_factory.mktemp("translations")
    for path in TS:
        shutil.copy(path, folder)
    main = runpy.run_path(str(ROOT / "tools" / "update_translations.py"))["main"]
    assert main([str(folder)]) == 0
    return folder


def test_both_languages_have_a_file() -> None:
    assert [path.stem for path in TS] == ["pos_helper_en", "pos_helper_zh_CN"]


@pytest.mark.parametrize("ending", [".ts", ".qm"])
@pytest.mark.parametrize("name", [path.stem for path in TS])
def test_make_translations_would_change_nothing(updated: Path, name: str, ending: str) -> None:
    file = name + ending
    same = (updated / file).read_bytes() == (TRANSLATIONS / file).read_bytes()
    assert same, f"{file} is out of date: run `make translations` and translate what is new"


@pytest.mark.parametrize("path", TS, ids=lambda path: path.stem)
def test_every_text_is_translated(path: Path) -> None:
    open_ones = [m.source for m in messages(path) if m.state is not None or not all(m.translations)]
    assert not open_ones


@pytest.mark.parametrize("path", TS, ids=lambda path: path.stem)
def test_placeholders_and_mnemonics_survive_translation(path: Path) -> None:
    def marks(text: str) -> Counter[str]:
        return Counter(PLACEHOLDER.findall(text))

    changed = [m.source for m in messages(path) for t in m.translations if marks(t) != marks(m.source)]
    assert not changed


def test_chinese_has_chinese_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff] ?[,:;?!]|[,:;?!] ?[\u4e00-\u9fff]|\.\.\.")
    zh = (t for m in messages(TRANSLATIONS / "pos_helper_zh_CN.ts") for t in m.translations)
    assert [text for text in zh if half_width.search(text)] == []


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield every node of the program's syntax trees, with its position."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def texts_to_translate() -> Iterator[tuple[str, ast.expr]]:
    """Yield every text in ``tr(text)`` and ``QCoreApplication.translate(context, text)``, with its place."""
    for place, node in nodes():
        match node:
            case ast.Call(func=ast.Attribute(attr="tr"), args=[text, *_]):
                yield place, text
            case ast.Call(func=ast.Attribute(ast.Name("QCoreApplication"), "translate"), args=[_, text, *_]):
                yield place, text


def test_every_text_is_found_by_lupdate() -> None:
    # lupdate only parses the source; a text that is not a literal would silently stay English.
    found = {m.source for m in messages(TRANSLATIONS / "pos_helper_zh_CN.ts")}
    hidden = [
        place
        for place, text in texts_to_translate()
        if not (isinstance(text, ast.Constant) and text.value in found)
    ]
    assert not hidden, "lupdate needs a plain literal, outside f-strings; then run `make translations`"


def test_tr_and_translate_have_no_other_name() -> None:
    renamed = [
        place
        for place, node in nodes()
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"tr", "translate"}
    ]
    assert not renamed, "lupdate does not see calls by another name"
