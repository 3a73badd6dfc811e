"""Parse YAML text into a tree of nodes with positions. Every scalar stays a string.

The tree is built from parser events, because a YAML loader would turn ``010`` into 8 and ``NO`` into false,
expand aliases and drop positions.
"""

from dataclasses import dataclass
from typing import Protocol

import yaml

from pos_helper.catalog.packs.problems import FieldPath, ProblemList
from pos_helper.domain.text import Text

MAX_DEPTH = 16
"""Deepest nesting accepted; a catalog file needs seven levels."""


@dataclass(slots=True)
class Scalar:
    """One value as written in the file; ``plain`` means without quotes."""

    line: int
    column: int
    value: str
    plain: bool


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    items: "list[Node]"


@dataclass(slots=True)
class Fields:
    """A mapping with unique keys, each with the nodes of its key and value."""

    line: int
    column: int
    fields: "dict[str, tuple[Scalar, Node]]"


@dataclass(slots=True)
class Broken:
    """A value whose problem is already reported, so that it is not reported twice."""

    line: int
    column: int


Node = Scalar | Items | Fields | Broken


class _Parser(Protocol):
    def get_event(self) -> yaml.Event | None: ...


class _Refused(Exception):
    """Parsing cannot continue; the problem has been added."""


def parse(text: str, problems: ProblemList) -> Node | None:
    """Parse one document; ``None`` if that fails. Problems are added to ``problems``, not raised."""
    # The C parser is several times faster, but wheels for rare platforms lack it.
    parser: _Parser = (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)(text)
    try:
        return _Builder(parser, problems).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = error.problem or error.context or ""
        problems.add(
            line,
            column,
            (),
            Text(
                f"不符合 YAML 语法（{said}）。请检查缩进（不能用 Tab）、冒号后的空格和成对的引号",
                f"this is not YAML ({said}). Check indentation (no tabs), the space after colons, and quotes",
            ),
        )
        return None


def find(root: Node, path: FieldPath) -> Node:
    """Return the node at a path, or its deepest existing ancestor."""
    node = root
    for part in path:
        if isinstance(node, Fields) and part in node.fields:
            node = node.fields[str(part)][1]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            break
    return node


class _Builder:
    def __init__(self, parser: _Parser, problems: ProblemList) -> None:
        self._parser = parser
        self._problems = problems

    def document(self) -> Node | None:
        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._problems.add(1, 1, (), Text("文件是空的", "the file is empty"))
            return None
        root = self._node(self._next(), (), 0)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._note(
                event,
                (),
                Text("一个文件只能有一个 YAML 文档（---）", "only one YAML document (---) per file"),
            )
            return None
        return root

    def _next(self) -> yaml.Event:
        event = self._parser.get_event()
        assert event is not None, "read beyond the end of the stream"
        return event

    def _node(self, event: yaml.Event, path: FieldPath, depth: int) -> Node:
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
            return Scalar(line, column, event.value, plain=event.style in (None, ""))  # most nodes
        if depth > MAX_DEPTH:
            self._note(
                event,
                path,
                Text(f"嵌套太深：最多 {MAX_DEPTH} 层", f"nested too deep: at most {MAX_DEPTH} levels"),
            )
            raise _Refused
        if isinstance(event, yaml.AliasEvent):
            self._note(event, path, _no_anchors(f"*{event.anchor}"))
            return Broken(line, column)
        assert isinstance(event, yaml.NodeEvent)
        self._refuse_anchor_and_tag(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, column, event.value, plain=event.style in (None, ""))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(line, column, path, depth)
        return self._fields(line, column, path, depth)

    def _items(self, line: int, column: int, path: FieldPath, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items)), depth + 1))
        return Items(line, column, items)

    def _fields(self, line: int, column: int, path: FieldPath, depth: int) -> Fields:
        fields: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, path, depth + 1)
            name = key.value if isinstance(key, Scalar) else "?"
            value = self._node(self._next(), (*path, name), depth + 1)
            if not isinstance(key, Scalar):
                self._note(event, path, Text("字段名必须是一个词", "a field's name must be a single word"))
            elif name in fields:
                first = fields[name][0].line
                self._note(
                    event,
                    (*path, name),
                    Text(
                        f"字段“{name}”重复：第 {first} 行已经有了",
                        f'field "{name}" is there twice: first in line {first}',
                    ),
                )
            else:
                fields[name] = (key, value)
        return Fields(line, column, fields)

    def _refuse_anchor_and_tag(self, event: yaml.NodeEvent, path: FieldPath) -> None:
        if event.anchor is not None:
            self._note(event, path, _no_anchors(f"&{event.anchor}"))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._note(
                event,
                path,
                Text(
                    f"不能用 YAML 标签（{tag}）：请直接写值",
                    f"YAML tags ({tag}) are not allowed: write the value itself",
                ),
            )

    def _note(self, event: yaml.Event, path: FieldPath, message: Text) -> None:
        self._problems.add(*_place(event), path, message)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _no_anchors(written: str) -> Text:
    return Text(
        f"不能用 YAML 锚点和别名（{written}）：请写全内容，以 & 或 * 开头的文字要加引号",
        f"YAML anchors and aliases ({written}) are not allowed: write it out, "
        "and put quotes around text that begins with & or *",
    )
