"""Protocols for what the case session and the window need: catalog, case store, report writer.

``app`` supplies the implementations; ``domain`` and ``ui`` do not import them.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from pos_helper.domain.cases import (
    Case,
    CaseDetails,
    CaseState,
    CaseSummary,
    Ended,
    Mark,
    Met,
    Reminder,
    StepHistory,
)
from pos_helper.domain.entries import MachineKind, Money, Tile
from pos_helper.domain.lookup import Hit, Lookup
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Incident
from pos_helper.domain.report_compact import CompactText
from pos_helper.domain.report_options import ReportOptions
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text


class Catalog(Protocol):
    """A compiled catalog that can be searched."""

    @property
    def version(self) -> str:
        """The catalog version printed on a report: the program's version and a short hash of the packs."""

    @property
    def problems(self) -> Sequence[Text]:
        """One sentence per pack that could not be loaded, to show on screen."""

    def search(
        self, query: str, limit: int = 50, seen: Collection[str] = (), screens: Collection[str] = ()
    ) -> Lookup:
        """Find at most ``limit`` entries for the typed text. Never raises, whatever the text.

        Of equally good hits, those whose id is in ``seen`` come first. ``screens`` are the ids of the origins
        whose codes the shop's machines show; empty if that is not known.
        """

    def browse(self, tile: Tile) -> Sequence[Hit]:
        """The entries of a tile, in its order."""

    def tiles(self) -> Sequence[Tile]:
        """The tiles of the start page, in the order of the catalog."""

    def machine_kinds(self) -> Sequence[MachineKind]:
        """The kinds of machines that a shop can have, in the order of the catalog."""

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        """The entry with this id or former id and all that it refers to; ``None`` if there is none."""


class CaseStore(Protocol):
    """Stores cases. Each call returns only after the change is on disk.

    Every method raises ``UserError`` if reading or writing fails (full disk, read-only file), and
    ``CaseNotFound`` for a case that does not exist.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Commit all changes of a ``with`` block together, or none of them if the block raises."""

    def open_case(
        self, resolved: ResolvedEntry, code_shown: str, at: datetime, machine: Machine | None = None
    ) -> Case:
        """Create a case and return it with its number. ``code_shown`` is the code as typed."""

    def case(self, case_id: int) -> Case:
        """The case with this number."""

    def latest_open(self, entry_id: str | None = None) -> Case | None:
        """The open case that was changed last, of one entry or of any; ``None`` if there is none."""

    def cases(
        self, state: CaseState | None = None, limit: int | None = None, before: int | None = None
    ) -> Sequence[CaseSummary]:
        """Summaries of the cases in a state, or of all, newest first; all of them, or at most ``limit``.

        ``before`` is the number of the case that comes right before the first one in this order.
        """

    def cases_of(self, entries: Collection[str], since: datetime) -> Sequence[CaseSummary]:
        """Summaries of the cases of some entries, by their ids, opened since then, newest first."""

    def step_histories(self) -> Mapping[str, StepHistory]:
        """What each step did in this shop, by its id. A step that could not be done was not tried."""

    def incidents(self, since: datetime | None) -> Sequence[Incident]:
        """The cases opened since then, or all, as they are counted, newest first."""

    def reminders(self) -> Sequence[Reminder]:
        """All reminders, the next one first."""

    def met_since(self, since: datetime, limit: int) -> Sequence[Met]:
        """What the cases opened since then were about, at most ``limit``, the most frequent first."""

    def seen(self) -> frozenset[str]:
        """The ids of all entries that have a case."""

    def save_mark(self, case_id: int, step_id: str, mark: Mark | None) -> None:
        """Save the mark of a step; ``None`` removes it."""

    def save_note(self, case_id: int, note: str) -> None:
        """Save the note of the case."""

    def save_state(self, case_id: int, state: CaseState, at: datetime) -> None:
        """Save the state of the case. ``at`` is the time it was closed, unused for an open case."""

    def save_money_found(self, case_id: int, money: Money | None) -> None:
        """Save what the last-sale check showed."""

    def save_meaning(self, case_id: int, meaning: int | None) -> None:
        """Save the index of the chosen meaning; ``None`` if undecided."""

    def save_machine(self, case_id: int, machine: Machine | None) -> None:
        """Save the machine on which it happened; ``None`` if that is not known."""

    def save_details(self, case_id: int, details: CaseDetails) -> None:
        """Save what the hotline asks about the case."""

    def save_reminder(self, reminder: Reminder) -> None:
        """Save a reminder; it replaces the one of the same tip."""

    def delete_reminder(self, tip: str) -> None:
        """Be reminded of a tip no more, if it was."""

    def delete(self, case_id: int) -> None:
        """Delete a case permanently."""

    def delete_all(self) -> int:
        """Delete all cases permanently, and return how many there were. Reminders stay."""

    def delete_ended_before(self, at: datetime) -> int:
        """Delete the cases that ended before a time permanently, and return how many.

        A case ended no sooner than the cases before it began, whatever the clock said when it was closed.
        """

    def ended_before(self, at: datetime) -> Ended:
        """What ``delete_ended_before`` would delete."""


class ReportWriter(Protocol):
    """Renders the report of the case on screen, for the preview and for a file."""

    def preview(self, options: ReportOptions) -> str:
        """The report as Qt rich text for HTML and PDF, as plain text for the other formats."""

    def compact(self, options: ReportOptions) -> CompactText:
        """The report in short, as its QR code holds it."""

    def qr_code(self, options: ReportOptions) -> bytes:
        """The QR code as a PNG with its quiet zone, one dot per module."""

    def suggested_name(self, options: ReportOptions) -> str:
        """A file name without a folder, valid on Windows and Linux, with the format's extension."""

    def write(self, options: ReportOptions, path: str) -> None:
        """Write the report to a file. Raises ``UserError`` on failure; an existing file is then unchanged."""
