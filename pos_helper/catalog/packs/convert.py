"""Convert a tree of YAML nodes to typed catalog records; every problem is added with its position.

The expected fields come from the types themselves (``msgspec.inspect``), so a field is declared only in
``domain.entries`` or ``catalog.packs.schema``.
"""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import inspect, structs

from pos_helper.catalog.packs.problems import FieldPath, ProblemList, nearest
from pos_helper.catalog.packs.schema import SCHEMA, PackFile
from pos_helper.catalog.packs.yaml_tree import Broken, Fields, Items, Node, Scalar
from pos_helper.domain.text import Text


class _Bad(Enum):
    """Marks a rejected value; its problem has already been added."""

    BAD = 0


_BAD: Final = _Bad.BAD
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_MISSING_HALF = {
    "zh": Text("缺少中文（zh）", "the Chinese text (zh) is missing"),
    "en": Text("缺少英文（en）", "the English text (en) is missing"),
}
_RENAMED_FIELDS = {"say": "customer_phrase", "said": "phrases"}
"""Old field names and their current names, so that the problem can suggest the new one."""

# Control characters, surrogates and bidirectional marks: with them a file would not read as it is displayed.
_UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Converted(msgspec.Struct, frozen=True):
    """The valid records of one file.

    ``kept`` maps each list to the indexes of its valid records in the file: ``kept["entries"][0] == 3`` means
    that the first valid entry is the fourth in the file.
    """

    content: PackFile
    kept: Mapping[str, tuple[int, ...]]


def convert(root: Node, problems: ProblemList) -> Converted | None:
    """Return the valid records of one file, or ``None`` if the whole file is rejected."""
    if not isinstance(root, Fields):
        if not isinstance(root, Broken):
            problems.add(root.line, root.column, (), _expected_fields(PackFile))
        return None
    if _is_newer(root, problems):
        return None
    converter = _Converter(problems)
    converter.check_names(root, PackFile, ())
    content: dict[str, Any] = {}
    kept: dict[str, tuple[int, ...]] = {}
    for field in _fields_of(PackFile).values():
        if field.name not in root.fields:
            continue
        node = root.fields[field.name][1]
        if isinstance(field.type, inspect.VarTupleType) and isinstance(node, Items):
            values = [
                (index, value)
                for index, item in enumerate(node.items)
                if (value := converter.value(item, field.type.item_type, (field.name, index))) is not _BAD
            ]
            content[field.name] = tuple(value for _, value in values)
            kept[field.name] = tuple(index for index, _ in values)
        elif (value := converter.value(node, field.type, (field.name,))) is not _BAD:
            content[field.name] = value
    return Converted(PackFile(**content), kept) if "schema" in content else None


def _is_newer(root: Fields, problems: ProblemList) -> bool:
    """Whether the file has a newer format; if so, that is its only problem and nothing else is checked."""
    node = root.fields["schema"][1] if "schema" in root.fields else None
    if not isinstance(node, Scalar) or not _WHOLE_NUMBER.fullmatch(node.value) or int(node.value) <= SCHEMA:
        return False
    problems.add(
        node.line,
        node.column,
        ("schema",),
        Text(
            f"这个文件是较新的格式（{node.value}），本程序只认到 {SCHEMA}：请更新程序",
            f"the file has the newer format {node.value}, this program reads up to {SCHEMA}: "
            "update the program",
        ),
    )
    return True


def inherit_origin(root: Node) -> None:
    """Set the file's ``origin`` on every entry that has none."""
    if not isinstance(root, Fields):
        return
    origin = root.fields.get("origin")
    entries = root.fields.get("entries")
    if origin and entries and isinstance(entries[1], Items):
        for entry in entries[1].items:
            if isinstance(entry, Fields):
                entry.fields.setdefault("origin", origin)


class _Converter:
    def __init__(self, problems: ProblemList) -> None:
        self._problems = problems

    def value(self, node: Node, kind: inspect.Type, path: FieldPath) -> Any:
        """Return the node as a value of type ``kind``, or ``_BAD``."""
        if isinstance(node, Broken):
            return _BAD
        if isinstance(kind, inspect.UnionType):
            if isinstance(node, Scalar) and node.plain and node.value in _NULLS:
                return None
            (kind,) = (choice for choice in kind.types if not isinstance(choice, inspect.NoneType))
        if isinstance(kind, inspect.StructType):
            return self._struct(node, kind.cls, path)
        if isinstance(kind, inspect.VarTupleType):
            return self._tuple(node, kind, path)
        return self._scalar(node, kind, path)

    def check_names(self, node: Fields, cls: type[msgspec.Struct], path: FieldPath) -> bool:
        """Whether all fields are known and no required field is missing."""
        fields = _fields_of(cls)
        good = True
        for name, (key, _) in node.fields.items():
            if name not in fields:
                good = self._note(key, (*path, name), _unknown_field(name, list(fields)))
        for name, field in fields.items():
            if field.required and name not in node.fields:
                missing = Text(f"缺少字段“{name}”", f'the field "{name}" is missing')
                good = self._note(node, (*path, name), _MISSING_HALF.get(name, missing))
        return good

    def _struct(self, node: Node, cls: type[msgspec.Struct], path: FieldPath) -> Any:
        if not isinstance(node, Fields):
            self._note(node, path, _expected_fields(cls))
            return _BAD
        good = self.check_names(node, cls, path)
        values: dict[str, Any] = {}
        for name, field in _fields_of(cls).items():
            if name in node.fields:
                values[name] = self.value(node.fields[name][1], field.type, (*path, name))
        if not good or any(value is _BAD for value in values.values()):
            return _BAD
        return cls(**values)

    def _tuple(self, node: Node, kind: inspect.VarTupleType, path: FieldPath) -> Any:
        if not isinstance(node, Items):
            self._note(
                node, path, Text("这里要写列表：[…] 或以 - 开头的行", "expected a list: […] or lines with -")
            )
            return _BAD
        good = True
        if kind.min_length is not None and len(node.items) < kind.min_length:
            n = kind.min_length
            good = self._note(node, path, Text(f"至少要有 {n} 项", f"at least {n} expected"))
        if kind.max_length is not None and len(node.items) > kind.max_length:
            n = kind.max_length
            good = self._note(node, path, Text(f"最多 {n} 项", f"at most {n} expected"))
        values = [self.value(item, kind.item_type, (*path, index)) for index, item in enumerate(node.items)]
        return tuple(values) if good and all(value is not _BAD for value in values) else _BAD

    def _scalar(self, node: Node, kind: inspect.Type, path: FieldPath) -> Any:
        if not isinstance(node, Scalar):
            self._note(node, path, _expected_scalar(kind))
            return _BAD
        text = node.value.strip()
        if not text or (node.plain and text in _NULLS):
            self._note(node, path, _nothing_there(kind, path))
            return _BAD
        if isinstance(kind, inspect.EnumType):
            if text in {member.value for member in kind.cls}:
                return kind.cls(text)
        elif isinstance(kind, inspect.IntType):
            if _WHOLE_NUMBER.fullmatch(text) and _in_range(int(text), kind):
                return int(text)
        elif isinstance(kind, inspect.StrType):
            if _UNREADABLE.search(text):
                self._note(
                    node,
                    path,
                    Text("文字里有控制字符", "the text has control characters or reordering marks"),
                )
                return _BAD
            if _fits(text, kind):
                return text
        else:
            raise TypeError(f"the schema uses {kind}, which the reader does not know")
        self._note(node, path, _expected_scalar(kind))
        return _BAD

    def _note(self, node: Node, path: FieldPath, message: Text) -> bool:
        self._problems.add(node.line, node.column, path, message)
        return False


@cache
def _fields_of(cls: type[msgspec.Struct]) -> dict[str, inspect.Field]:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return {field.name: structs.replace(field, type=_undescribed(field.type)) for field in kind.fields}


def _undescribed(kind: inspect.Type) -> inspect.Type:
    """The type without the wrapper that holds a field's description."""
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _in_range(value: int, kind: inspect.IntType) -> bool:
    return (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)


def _fits(text: str, kind: inspect.StrType) -> bool:
    return (
        (kind.pattern is None or re.search(kind.pattern, text) is not None)
        and (kind.min_length is None or len(text) >= kind.min_length)
        and (kind.max_length is None or len(text) <= kind.max_length)
    )


def _unknown_field(name: str, known: list[str]) -> Text:
    if (present := _RENAMED_FIELDS.get(name)) in known:
        return Text(f"字段“{name}”现在叫“{present}”", f'the field "{name}" is called "{present}" now')
    if near := nearest(name, known):
        return Text(
            f"没有“{name}”这个字段，是不是“{near}”？", f'unknown field "{name}", did you mean "{near}"?'
        )
    names = ", ".join(known)
    return Text(f"没有“{name}”这个字段，可以用：{names}", f'unknown field "{name}", expected one of: {names}')


def _nothing_there(kind: inspect.Type, path: FieldPath) -> Text:
    """Return the message for a blank value; a blank half of a ``Text`` counts as a missing language."""
    expected = _expected_scalar(kind)
    nothing = Text(f"这里没有内容：{expected.zh}", f"nothing is there: {expected.en}")
    return _MISSING_HALF.get(str(path[-1]), nothing)


def _expected_fields(cls: type[msgspec.Struct]) -> Text:
    if cls is Text:
        return Text("两种语言都要写：{zh: …, en: …}", "expected both languages: {zh: …, en: …}")
    names = ", ".join(_fields_of(cls))
    return Text(f"这里要写字段：{names}", f"expected the fields: {names}")


def _expected_scalar(kind: inspect.Type) -> Text:
    match kind:
        case inspect.EnumType():
            names = ", ".join(member.value for member in kind.cls)
            return Text(f"只能是以下之一：{names}", f"expected one of: {names}")
        case inspect.IntType(ge=None) | inspect.IntType(le=None):
            return Text("要写整数，例如 1", "expected a whole number such as 1")
        case inspect.IntType():
            return Text(
                f"要写 {kind.ge} 到 {kind.le} 的整数", f"expected a whole number from {kind.ge} to {kind.le}"
            )
        case inspect.StrType(pattern=str()):
            return Text(
                f"要写编号：小写字母、数字和 . _ -，以字母或数字开头，最多 {kind.max_length} 个字符",
                "expected an id: small letters, digits and . _ -, beginning with a letter or digit, "
                f"at most {kind.max_length} characters",
            )
        case inspect.StrType(max_length=int()):
            return Text(
                f"要写文字，最多 {kind.max_length} 个字符",
                f"expected text of at most {kind.max_length} characters",
            )
        case _:
            return Text("要写文字", "expected text")
