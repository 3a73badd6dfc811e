"""What the desk and the window need from the rest, said as Protocols.

``app`` hands over objects that satisfy these; nobody below them knows who keeps the data.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from pos_helper.domain.cases import Case, CaseState, CaseSummary, Mark
from pos_helper.domain.entries import Money
from pos_helper.domain.lookup import Lookup
from pos_helper.domain.report_options import ReportOptions
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text


class Catalog(Protocol):
    """A compiled catalog, ready to be searched."""

    @property
    def version(self) -> str:
        """What stands on a sheet: the program's version and a short hash of the packs."""

    @property
    def problems(self) -> Sequence[Text]:
        """One sentence per pack that could not be loaded, to be named on screen."""

    def search(self, query: str, limit: int = 50, seen: Collection[str] = ()) -> Lookup:
        """Find entries for what a person typed. Never raises, whatever the text.

        Of equally good answers, those whose id is in ``seen`` come first.
        """

    def resolve(self, entry_id: str) -> ResolvedEntry | None:
        """One entry made whole, by its id or a former id; ``None`` if there is none."""


class CaseStore(Protocol):
    """Where cases are kept. Each call returns only when the change is on disk.

    Every method raises ``UserError`` when the store cannot do it (full disk, read-only file), and
    ``CaseNotFound`` for a case that does not exist.
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all changes of a ``with`` block together, or none of them if the block raises."""

    def open_case(self, resolved: ResolvedEntry, code_shown: str, at: datetime) -> Case:
        """Begin a case and return it with its number."""

    def case(self, case_id: int) -> Case:
        """One case, whole."""

    def latest_open(self, entry_id: str | None = None) -> Case | None:
        """The open case that was worked on last, of one entry or of any, if there is one."""

    def cases(self) -> Sequence[CaseSummary]:
        """All cases, newest first."""

    def seen(self) -> frozenset[str]:
        """The ids of the entries that there is a case of."""

    def save_mark(self, case_id: int, step_id: str, mark: Mark | None) -> None:
        """Keep what stands beside a step; ``None`` takes it away."""

    def save_note(self, case_id: int, note: str) -> None:
        """Keep the note of the case."""

    def save_state(self, case_id: int, state: CaseState, at: datetime) -> None:
        """Mark the case solved, handed over, or open again."""

    def save_money_found(self, case_id: int, money: Money | None) -> None:
        """Keep what the check of the last sale showed."""

    def save_meaning(self, case_id: int, meaning: int | None) -> None:
        """Keep which meaning the person chose."""

    def delete(self, case_id: int) -> None:
        """Delete a case for good."""


class ReportWriter(Protocol):
    """The sheet of the case on screen, for the preview and for a file."""

    def preview(self, options: ReportOptions) -> str:
        """The sheet as Qt rich text for HTML and PDF, as plain text for the other formats."""

    def suggested_name(self, options: ReportOptions) -> str:
        """A file name without a folder, safe on Windows and Linux, with the format's ending."""

    def write(self, options: ReportOptions, path: str) -> None:
        """Write the file whole, or raise ``UserError`` and leave what was there."""
