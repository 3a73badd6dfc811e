"""Updates an index: only the packs that changed are read and written again.

A change that may affect a pack that is not read again raises ``FullRebuildNeeded``. Otherwise the result is
equivalent to that of a full compilation.
"""

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pos_helper.catalog.index.analyzer import Analyzer, read_chinese
from pos_helper.catalog.index.compiler import (
    PRECEDENCES,
    NoRoom,
    PackWriter,
    PlacedPack,
    begin,
    entry_keys,
    finish,
    placed,
    reporting,
    write_terms,
)
from pos_helper.catalog.index.format import (
    ORDINALS,
    PROGRAM,
    RECORDS,
    IndexField,
    decompressed,
    entry_number,
    packed,
    unpacked,
)
from pos_helper.catalog.index.postings import Postings, sounds
from pos_helper.catalog.index.progress import CompileProgress, ProgressCallback
from pos_helper.catalog.packs.loading import LocatedRecord, Pack, Records, SourceNotRead, load_pack
from pos_helper.catalog.packs.pack_files import path_text
from pos_helper.domain.entries import Entry, Step


class FullRebuildNeeded(Exception):
    """The effect of a change is unknown without reading all packs. The message says why."""


class _Known(Struct, frozen=True):
    """A pack as recorded in the index."""

    ordinal: int
    path: str
    fingerprint: str
    size: int
    entries: int
    uses: frozenset[str]
    has_problems: bool

    @property
    def end(self) -> int:
        return self.ordinal + self.size


def update_index(
    connection: sqlite3.Connection,
    packs: Sequence[Path],
    fingerprints: Sequence[str],
    progress: ProgressCallback | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Update a copy of an index to the current packs, the built-in one first.

    The caller has verified the checksum. Raises ``FullRebuildNeeded``, ``CompileCancelled``,
    ``sqlite3.Error`` and ``OSError``.
    """
    if connection.execute("SELECT value FROM meta WHERE name = 'program'").fetchone() != (PROGRAM,):
        raise FullRebuildNeeded("another version of the program made the index")
    known = _known_packs(connection)
    stale = _stale(known, packs, fingerprints)
    kept = {pack.path: pack for pack in known if pack.path not in stale}
    compile_progress = CompileProgress(
        [pack for pack in packs if path_text(pack) not in kept], progress, cancelled
    )
    update = _Update(connection, [pack for pack in known if pack.path in stale], kept)
    try:
        update.read(packs, fingerprints, compile_progress)
        begin(connection)
        update.remove(compile_progress)
        update.add(compile_progress)
    except SourceNotRead as error:
        raise FullRebuildNeeded("what is wrong with a pack concerns one that was not read") from error
    except sqlite3.IntegrityError as error:
        raise FullRebuildNeeded("an id is taken") from error
    finish(connection, compile_progress)


def _known_packs(connection: sqlite3.Connection) -> list[_Known]:
    rows = connection.execute(
        "SELECT place, path, fingerprint, size, entries, uses, zh IS NOT NULL FROM pack ORDER BY place"
    )
    return [
        _Known(ordinal, path, fingerprint, size, entries, frozenset(json.loads(uses)), bool(has_problems))
        for ordinal, path, fingerprint, size, entries, uses, has_problems in rows
    ]


def _stale(known: Sequence[_Known], packs: Sequence[Path], fingerprints: Sequence[str]) -> set[str]:
    """The paths of the packs to remove or read again, including all packs that use their records.

    Raises ``FullRebuildNeeded``.
    """
    present = dict(zip(map(path_text, packs), fingerprints, strict=True))
    built_in, *others = known
    # Another pack may resolve the problems of a pack that was left out.
    stale = {pack.path for pack in others if pack.has_problems or pack.fingerprint != present.get(pack.path)}
    while using := {pack.path for pack in known if not stale.isdisjoint(pack.uses)} - stale:
        stale |= using
    paths = [pack.path for pack in known]
    remaining = [path for path in present if path in paths]
    if (
        built_in.fingerprint != present.get(built_in.path)
        or remaining != [path for path in paths if path in present]
        or remaining[0] != next(iter(present))
        or 2 * sum(pack.entries for pack in known if pack.path in stale) > sum(p.entries for p in known)
    ):
        raise FullRebuildNeeded("the built-in pack, most packs or their order changed")
    return stale


class _Update:
    def __init__(
        self, connection: sqlite3.Connection, stale: Sequence[_Known], kept: dict[str, _Known]
    ) -> None:
        self._connection = connection
        self._stale = stale
        self._kept = kept
        self._analyzer = Analyzer(read_chinese())
        self._analyzer.learn(connection.execute("SELECT words, term FROM phrase"))
        rows = connection.execute("SELECT kind, number, body FROM record ORDER BY number")
        self._before: list[tuple[str, int, Any]] = [
            (kind, number, msgspec.json.decode(body, type=RECORDS[kind])) for kind, number, body in rows
        ]
        self._steps: dict[int, Step] = {
            number: record for kind, number, record in self._before if kind == "steps"
        }
        self._formerly: dict[str, list[str]] = {}
        for former, present in connection.execute("SELECT id, present FROM formerly WHERE kind = 'steps'"):
            self._formerly.setdefault(present, []).append(former)
        self._removed = Postings(self._analyzer)
        self._added = Postings(self._analyzer)
        self._records = Records()
        self._packs: list[PlacedPack] = []

    def read(
        self, packs: Sequence[Path], fingerprints: Sequence[str], compile_progress: CompileProgress
    ) -> None:
        """Read the packs that are not kept and assign their ordinals. Raises ``FullRebuildNeeded``."""
        free = 0
        between: list[tuple[Pack, str]] = []
        for path, fingerprint in zip(packs, fingerprints, strict=True):
            if known := self._kept.get(path_text(path)):
                self._place(between, free, known.ordinal)
                free, between = known.end, []
                self._take(path, known)
            else:
                pack, self._records = load_pack(path, False, self._records, compile_progress.file_read)
                if pack.problems:
                    raise FullRebuildNeeded("a pack has problems")
                between.append((pack, fingerprint))
        self._place(between, free, ORDINALS)
        synonyms = [record for kind, _, record in self._before if kind == "synonyms"]
        if synonyms != [found.record for found in self._records.synonyms.values()]:
            raise FullRebuildNeeded("the synonyms changed, and they change the terms of all texts")

    def _place(self, packs: Sequence[tuple[Pack, str]], first: int, end: int) -> None:
        if packs:
            try:
                self._packs += placed(packs, self._records, first, end)
            except NoRoom as error:
                raise FullRebuildNeeded("there is no room between two packs") from error

    def _take(self, path: Path, known: _Known) -> None:
        """Reuse the records of a kept pack."""
        for kind, _, record in self._records_of(known):
            found = LocatedRecord(record, path)
            getattr(self._records, kind)[record.id] = found
            if kind == "steps":
                self._records.steps_formerly |= dict.fromkeys(self._formerly.get(record.id, ()), found)

    def remove(self, compile_progress: CompileProgress) -> None:
        """Delete the rows of the packs that are not kept, and collect their postings."""
        numbers = {step.id: number for number, step in self._steps.items()}
        (like,) = self._connection.execute("SELECT body FROM compression_dictionary").fetchone()
        for pack in self._stale:
            former = []
            entries = self._entries_of(pack)
            for number, body in reporting(entries, lambda _, of: compile_progress.entries_written(0, of)):
                entry = msgspec.json.decode(decompressed(body, like), type=Entry)
                self._removed.add_entry(number, entry, numbers)
                keys = {key[:3] for key in entry_keys(entry, number)}
                self._delete("code_key", ("level", "key", "number"), keys)
                former += [("entries", each) for each in entry.formerly]
            self._delete("entry", ("number",), [(number,) for number, _ in entries])
            for kind, number, record in self._records_of(pack):
                self._delete("record", ("kind", "id"), [(kind, record.id)])
                if kind == "steps":
                    self._removed.add_step(number, record)
                    self._delete("step_use", ("step",), [(number,)])
                    former += [("steps", each) for each in record.formerly]
                elif kind == "origins":
                    self._delete("origin", ("id",), [(record.id,)])
            self._delete("formerly", ("kind", "id"), former)
            self._delete("pack", ("place",), [(pack.ordinal,)])

    def add(self, compile_progress: CompileProgress) -> None:
        """Write the packs that were read, and update the step uses and terms."""
        kept = {
            number: record
            for pack in self._kept.values()
            for kind, number, record in self._records_of(pack)
            if kind == "steps"
        }
        own = {number: found.record for pack in self._packs for number, found in pack.numbered("steps")}
        steps = kept | own
        writer = PackWriter(self._connection, self._packs, self._records, self._analyzer, compile_progress)
        writer.write(self._added, {step.id: number for number, step in steps.items()})
        self._refuse_taken_names()
        for number in kept.keys() & (self._removed.step_uses.keys() | self._added.step_uses.keys()):
            self._change_uses(number)
        uses = self._added.uses(steps)
        uses.subtract(self._removed.uses(self._steps))
        words = {word for word, more in uses.items() if more} | self._removed.words | self._added.words
        for word in reporting(sorted(words), compile_progress.terms_written):
            self._change_term(word, uses[word])

    def _records_of(self, pack: _Known) -> list[tuple[str, int, Any]]:
        first, end = (bisect_left(self._before, at, key=itemgetter(1)) for at in (pack.ordinal, pack.end))
        return self._before[first:end]

    def _entries_of(self, pack: _Known) -> list[tuple[int, bytes]]:
        entries: list[tuple[int, bytes]] = []
        for precedence in range(PRECEDENCES):
            entries += self._connection.execute(
                "SELECT number, body FROM entry WHERE number >= ? AND number < ? ORDER BY number",
                (entry_number(precedence, pack.ordinal), entry_number(precedence, pack.end)),
            )
        return entries

    def _delete(self, table: str, key: Sequence[str], rows: Collection[tuple[Any, ...]]) -> None:
        where = " AND ".join(f"{column} = ?" for column in key)
        self._connection.executemany(f"DELETE FROM {table} WHERE {where}", rows)

    def _refuse_taken_names(self) -> None:
        """Raise ``FullRebuildNeeded`` if a former id is a current one. The tables refuse duplicates."""
        (taken,) = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM formerly JOIN record USING (kind, id))"
            " OR EXISTS (SELECT 1 FROM formerly JOIN entry USING (id) WHERE kind = 'entries')"
        ).fetchone()
        if taken:
            raise FullRebuildNeeded("a former id is taken")

    def _change_uses(self, step: int) -> None:
        """Update the list of entries that use a step."""
        (entries,) = self._connection.execute(
            "SELECT entries FROM step_use WHERE step = ?", (step,)
        ).fetchone()
        removed, added = (postings.step_uses.get(step, ()) for postings in (self._removed, self._added))
        self._connection.execute(
            "UPDATE step_use SET entries = ? WHERE step = ?", (_changed(entries, removed, added), step)
        )

    def _change_term(self, word: str, more_uses: int) -> None:
        """Insert, update or delete the rows of a term in ``term`` and ``sound``."""
        removed, added = self._removed.of(word), self._added.of(word)
        row = self._connection.execute(
            "SELECT uses, alias, title, meaning, phrases, cause, step FROM term WHERE word = ?", (word,)
        ).fetchone()
        uses, *before = row or (0, *(b"" for _ in IndexField))
        fields = [_changed(*each) for each in zip(before, removed, added, strict=True)]
        if row is None:
            write_terms(self._connection, self._analyzer, [(word, more_uses, added)])
        elif any(fields):
            entries = sum(len(unpacked(numbers)) for numbers in fields[: IndexField.STEP])
            self._connection.execute(
                "UPDATE term SET entries = ?, uses = ?,"
                " alias = ?, title = ?, meaning = ?, phrases = ?, cause = ?, step = ? WHERE word = ?",
                (entries, uses + more_uses, *fields, word),
            )
        else:
            self._delete("term", ("word",), [(word,)])
            self._delete("sound", ("key", "exact", "word"), sounds(self._analyzer, word))


def _changed(numbers: bytes, removed: Collection[int], added: Collection[int]) -> bytes:
    """Packed ascending numbers without those ``removed`` and with those ``added``."""
    if not removed and not added:
        return numbers
    return packed(sorted({*unpacked(numbers)}.difference(removed).union(added)))
