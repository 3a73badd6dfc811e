"""Load packs into one catalog without broken references.

A pack is a single YAML file or a folder of them. The first pack is the built-in one: its valid records are
loaded even if others are bad, so that the shop always has a catalog. Any other pack with a problem is left
out as a whole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import structs

from pos_helper.catalog.packs.pack_files import pack_files
from pos_helper.catalog.packs.problems import FieldPath, Problem, nearest
from pos_helper.catalog.packs.reader import SourceFile
from pos_helper.catalog.packs.schema import Declined
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    GENERAL_CHECKS,
    Entry,
    MachineKind,
    Maker,
    Origin,
    Source,
    Step,
    Synonyms,
    Tile,
    Tip,
)
from pos_helper.domain.text import Text
from pos_helper.files import reason

R = TypeVar("R")


@dataclass(frozen=True)
class Pack:
    """A loaded pack and its problems."""

    path: Path
    name: str
    built_in: bool
    problems: tuple[Problem, ...]
    uses: frozenset[Path]
    """Paths of the other packs whose records it references."""

    @property
    def left_out(self) -> bool:
        """Whether the pack was rejected, so that none of its records is in the catalog."""
        return bool(self.problems) and not self.built_in


class SourceNotRead(Exception):
    """A problem cannot be located, because its record came from an index and not from a file."""


@dataclass(frozen=True)
class LocatedRecord(Generic[R]):
    """A record with its position in a file, so that later checks can report where a problem is.

    A record loaded from an index has no ``file``; ``problem`` and ``place`` then raise ``SourceNotRead``.
    """

    record: R
    pack: Path
    file: SourceFile | None = None
    path: FieldPath = ()

    def problem(self, message: Text, *field: str | int) -> Problem:
        """Return a problem with a field of this record, or with the whole record if no field is given.

        Raises ``SourceNotRead`` if the record came from an index.
        """
        if self.file is None:
            raise SourceNotRead
        return self.file.problem((*self.path, *field), message)

    def place(self, *field: str | int) -> str:
        """Return ``file:line:column`` of a field of this record. Raises like ``problem``."""
        return self.problem(Text("", ""), *field).place()


@dataclass
class Records:
    """The records of a catalog by id, in reading order; ``*_formerly`` maps former ids to current records."""

    origins: dict[str, LocatedRecord[Origin]] = field(default_factory=dict)
    sources: dict[str, LocatedRecord[Source]] = field(default_factory=dict)
    steps: dict[str, LocatedRecord[Step]] = field(default_factory=dict)
    prevention: dict[str, LocatedRecord[Tip]] = field(default_factory=dict)
    entries: dict[str, LocatedRecord[Entry]] = field(default_factory=dict)
    synonyms: dict[str, LocatedRecord[Synonyms]] = field(default_factory=dict)
    makers: dict[str, LocatedRecord[Maker]] = field(default_factory=dict)
    machine_kinds: dict[str, LocatedRecord[MachineKind]] = field(default_factory=dict)
    tiles: dict[str, LocatedRecord[Tile]] = field(default_factory=dict)
    declined: list[LocatedRecord[Declined]] = field(default_factory=list)
    steps_formerly: dict[str, LocatedRecord[Step]] = field(default_factory=dict)
    entries_formerly: dict[str, LocatedRecord[Entry]] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckedCatalog:
    """The valid records of all packs; every reference resolves to one of them."""

    packs: tuple[Pack, ...]
    records: Records

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all packs, in pack order."""
        return tuple(problem for pack in self.packs for problem in pack.problems)


def load(packs: Sequence[Path], on_file: Callable[[], None] = lambda: None) -> CheckedCatalog:
    """Read and merge packs; the first is the built-in one.

    A pack may reference its own records and those of earlier packs. ``on_file`` is called after each file; an
    exception it raises stops the loading. Problems in the packs are collected, never raised.
    """
    records = Records()
    loaded: list[Pack] = []
    for path in packs:
        pack, records = load_pack(path, not loaded, records, on_file)
        loaded.append(pack)
    return CheckedCatalog(tuple(loaded), records)


def load_pack(
    path: Path, built_in: bool, before: Records, on_file: Callable[[], None]
) -> tuple[Pack, Records]:
    """Load one pack. The records returned are ``before`` plus its own, or ``before`` if it is left out."""
    name = path.stem if path.is_file() else path.name
    problems: list[Problem] = []
    files: list[SourceFile] = []
    try:
        paths = pack_files(path)
    except FileNotFoundError:
        message = Text("没有这个文件或文件夹", "there is no such file or folder")
        problems.append(Problem(path, 1, 1, "", message))
    except OSError as error:
        why = reason(error)
        message = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
        problems.append(Problem(Path(error.filename or path), 1, 1, "", message))
    else:
        if not paths:
            message = Text("文件夹里没有 .yaml 文件", "there is no .yaml file in the folder")
            problems.append(Problem(path, 1, 1, "", message))
        for file_path in paths:
            file = SourceFile(file_path)
            files.append(file)
            problems += file.problems
            on_file()
    merger = _Merger(path, before)
    for file in files:
        merger.add(file)
    merger.finish()
    if built_in:
        merger.require(path)
    problems += merger.problems
    pack = Pack(path, name, built_in, tuple(dict.fromkeys(problems)), frozenset(merger.uses))
    return pack, before if pack.left_out else merger.records


_Referring = Entry | Maker | MachineKind | Tile
"""The records that refer to others."""


def references(record: _Referring) -> Iterator[tuple[str, str, FieldPath]]:
    """Yield each reference of a record: its kind (a field of ``Records``), the id and the field path."""
    if isinstance(record, Tile):
        for column, wanted in enumerate(record.entries):
            yield "entries", wanted, ("entries", column)
        return
    if isinstance(record, Maker | MachineKind):
        for column, origin in enumerate(record.origins):
            yield "origins", origin, ("origins", column)
        return
    entry = record
    yield "origins", entry.origin, ("origin",)
    for row, meaning in enumerate(entry.meanings):
        for column, source in enumerate(meaning.sources):
            yield "sources", source, ("meanings", row, "sources", column)
    for column, step in enumerate(entry.first):
        yield "steps", step, ("first", column)
    for row, cause in enumerate(entry.causes):
        for column, step in enumerate(cause.steps):
            yield "steps", step, ("causes", row, "steps", column)
    for row, answer in enumerate(entry.answers):
        yield "steps", answer.step, ("answers", row, "step")
    for column, tip in enumerate(entry.prevention):
        yield "prevention", tip, ("prevention", column)


_KINDS = {
    "origins": Text("来源屏幕", "origin"),
    "sources": Text("出处", "source"),
    "steps": Text("步骤", "step"),
    "prevention": Text("预防提示", "prevention tip"),
    "entries": Text("条目", "entry"),
    "synonyms": Text("近义词", "group of synonyms"),
    "makers": Text("厂家", "maker"),
    "machine_kinds": Text("设备种类", "kind of machine"),
    "tiles": Text("分类", "tile"),
}


class _Merger:
    """Merges the files of one pack into a copy of the earlier packs' records."""

    def __init__(self, pack: Path, before: Records) -> None:
        self._pack = pack
        self._own: dict[str, list[LocatedRecord[Any]]] = {kind: [] for kind in _KINDS}
        self.records = Records(**{name: copy(records) for name, records in vars(before).items()})
        self.problems: list[Problem] = []
        self.uses: set[Path] = set()

    def add(self, file: SourceFile) -> None:
        """Add the valid records of a file; if an id is already in use, the first record keeps it."""
        for kind, own in self._own.items():
            known: dict[str, LocatedRecord[Any]] = getattr(self.records, kind)
            formerly: dict[str, LocatedRecord[Any]] = getattr(self.records, f"{kind}_formerly", {})
            for path, record in file.records(kind):
                found = LocatedRecord(record, self._pack, file, path)
                if taken := known.get(record.id) or formerly.get(record.id):
                    self._note_taken(kind, record.id, found, taken, "id")
                else:
                    known[record.id] = found
                    own.append(found)
        self.records.declined += [
            LocatedRecord(record, self._pack, file, path) for path, record in file.records("declined")
        ]

    def finish(self) -> None:
        """Resolve references and former ids, once all files have been added."""
        self._add_former_ids("steps", self.records.steps, self.records.steps_formerly)
        for found in self._own["entries"]:
            if self._leads_everywhere(found):
                self.records.entries[found.record.id] = replace(found, record=self._renamed(found.record))
            else:
                del self.records.entries[found.record.id]
        self._add_former_ids("entries", self.records.entries, self.records.entries_formerly)
        for kind in ("makers", "machine_kinds", "tiles"):
            for found in self._own[kind]:
                if not self._leads_everywhere(found):
                    del getattr(self.records, kind)[found.record.id]
        for tile_id, located in self.records.tiles.items():
            entries = _present_ids(located.record.entries, self.records.entries_formerly)
            tile = structs.replace(located.record, entries=entries)
            self.records.tiles[tile_id] = replace(located, record=tile)

    def require(self, path: Path) -> None:
        """Add a problem for each record that the program needs and the built-in pack lacks."""
        for kind, needed in (("entries", GENERAL_CHECKS), ("steps", CHECK_LAST_SALE)):
            if needed not in getattr(self.records, kind):
                word = _KINDS[kind]
                message = Text(f"缺少{word.zh}“{needed}”", f'the {word.en} "{needed}" is missing')
                self.problems.append(Problem(path, 1, 1, "", message))

    def _add_former_ids(
        self, kind: str, known: dict[str, LocatedRecord[R]], formerly: dict[str, LocatedRecord[R]]
    ) -> None:
        for found in self._own[kind]:
            for index, name in enumerate(found.record.formerly):
                if taken := known.get(name) or formerly.get(name):
                    self._note_taken(kind, name, found, taken, "formerly", index)
                elif found.record.id in known:
                    formerly[name] = known[found.record.id]

    def _leads_everywhere(self, found: LocatedRecord[_Referring]) -> bool:
        good = True
        for kind, wanted, path in references(found.record):
            known: dict[str, LocatedRecord[Any]] = getattr(self.records, kind)
            formerly: dict[str, LocatedRecord[Any]] = getattr(self.records, f"{kind}_formerly", {})
            if there := known.get(wanted) or formerly.get(wanted):
                if there.pack != self._pack:
                    self.uses.add(there.pack)
                continue
            good = False
            word = _KINDS[kind]
            message = Text(f"没有{word.zh}“{wanted}”", f'there is no {word.en} "{wanted}"')
            if near := nearest(wanted, known):
                message = Text(f"{message.zh}，是不是“{near}”？", f'{message.en}, did you mean "{near}"?')
            self.problems.append(found.problem(message, *path))
        return good

    def _renamed(self, entry: Entry) -> Entry:
        """Return the entry with current step ids, so that a shop's pack keeps working after a rename."""
        if not any(
            kind == "steps" and wanted not in self.records.steps for kind, wanted, _ in references(entry)
        ):
            return entry
        formerly = self.records.steps_formerly
        return structs.replace(
            entry,
            first=_present_ids(entry.first, formerly),
            causes=tuple(
                structs.replace(cause, steps=_present_ids(cause.steps, formerly)) for cause in entry.causes
            ),
        )

    def _note_taken(
        self, kind: str, name: str, found: LocatedRecord[Any], first: LocatedRecord[Any], *field: str | int
    ) -> None:
        word = _KINDS[kind]
        message = Text(
            f"{word.zh}编号“{name}”已经用过：{first.place('id')}",
            f'the {word.en} id "{name}" is taken already at {first.place("id")}',
        )
        self.problems.append(found.problem(message, *field))


def _present_ids(ids: tuple[str, ...], formerly: Mapping[str, LocatedRecord[Any]]) -> tuple[str, ...]:
    return tuple(formerly[each].record.id if each in formerly else each for each in ids)
