"""The strict reader: reads one catalog file into records and a list of problems.

No file content raises an exception. Every scalar stays a string until the schema says otherwise. Anchors,
aliases, tags, duplicate or unknown keys, a missing language and anything else unexpected are problems with a
position.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from pos_helper.catalog.packs.convert import convert, inherit_origin
from pos_helper.catalog.packs.problems import FieldPath, Problem, ProblemList, field_name
from pos_helper.catalog.packs.schema import PackFile
from pos_helper.catalog.packs.yaml_tree import Broken, Node, find, parse
from pos_helper.domain.text import Text
from pos_helper.files import reason

MAX_BYTES = 5 * 1024 * 1024
"""Larger files are rejected before reading. No file of the built-in catalog comes close."""

# The complement of YAML 1.1's printable characters; rejected before parsing.
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SourceFile:
    """One catalog file after reading: its valid records and its problems."""

    def __init__(self, path: Path) -> None:
        """Read the file. Errors go to ``problems``; none is raised."""
        self.path = path
        problems = ProblemList(path)
        root = _read_tree(path, problems)
        converted = convert(root, problems) if root else None
        self.content: PackFile | None = converted.content if converted else None
        self._kept = converted.kept if converted else {}
        self.problems = problems.all()

    def records(self, name: str) -> Iterator[tuple[FieldPath, Any]]:
        """Yield the valid records of one list (``"entries"``, ``"steps"`` …), each with its field path."""
        for index, record in zip(self._kept.get(name, ()), getattr(self.content, name, ()), strict=True):
            yield (name, index), record

    def problem(self, path: FieldPath, message: Text) -> Problem:
        """Return a problem with the value at a path, for checks that look at more than this file."""
        node = find(self._tree, path)
        return Problem(self.path, node.line, node.column, field_name(path), message)

    @cached_property
    def _tree(self) -> Node:
        # Positions are needed for problems only, and for 100,000 entries they would take more memory than the
        # entries do, so the file is parsed again on demand.
        return _read_tree(self.path, ProblemList(self.path)) or Broken(1, 1)


def _read_tree(path: Path, problems: ProblemList) -> Node | None:
    text = _read_text(path, problems)
    root = parse(text, problems) if text is not None else None
    if root is not None:
        inherit_origin(root)
    return root


def _read_text(path: Path, problems: ProblemList) -> str | None:
    try:
        if not path.is_file():
            problems.add(1, 1, (), Text("这不是一个普通文件", "this is not a regular file"))
            return None
        size = path.stat().st_size
        if size > MAX_BYTES:
            problems.add(1, 1, (), _too_large(size))
            return None
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = reason(error)
        problems.add(1, 1, (), Text(f"无法读取：{why.zh}", f"cannot read the file: {why.en}"))
        return None
    if len(data) > MAX_BYTES:  # the file grew after stat
        problems.add(1, 1, (), _too_large(len(data)))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        problems.add(
            *_place(before, len(before)),
            (),
            Text("文件不是 UTF-8 编码：请另存为 UTF-8", "the file is not UTF-8: save it as UTF-8"),
        )
        return None
    if bad := _UNPRINTABLE.search(text):
        code = f"U+{ord(bad.group()):04X}"
        problems.add(
            *_place(text, bad.start()),
            (),
            Text(f"文件里有控制字符 {code}", f"the file has the control character {code}"),
        )
        return None
    return text


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _too_large(size: int) -> Text:
    limit = MAX_BYTES // 1024 // 1024
    megabytes = f"{size / 1024 / 1024:.1f}"
    return Text(
        f"文件太大：{megabytes} MiB，最多 {limit} MiB。请拆成几个文件",
        f"the file is too large: {megabytes} MiB, at most {limit} MiB. Split it",
    )
