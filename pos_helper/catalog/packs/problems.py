"""Problems found in catalog files, with their positions."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from rapidfuzz import fuzz, process

from pos_helper.domain.text import Lang, Text

FieldPath = tuple[str | int, ...]
"""Path to a value inside a file: ``("entries", 3, "title", "en")``."""

MOST_PER_FILE = 1000
"""Limit on the problems listed for one file, so that a file of garbage does not produce an endless list."""


def field_name(path: FieldPath) -> str:
    """Format a field path: ``entries[3].title.en``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most similar to ``name``, or ``None`` if none is similar enough."""
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


class Problem(Struct, frozen=True):
    """One problem in a pack. Lines and columns count from 1; ``field`` is empty for a whole file."""

    file: Path
    line: int
    column: int
    field: str
    message: Text

    def place(self) -> str:
        """Return ``file:line:column``, which editors can jump to."""
        return f"{self.file}:{self.line}:{self.column}"

    def of(self, lang: Lang) -> str:
        """Return the full line, place and message, in one language."""
        field = f"{self.field}: " if self.field else ""
        return f"{self.place()}: {field}{self.message.of(lang)}"

    def __str__(self) -> str:
        return self.of(Lang.EN)


class ProblemList:
    """Collects the problems of one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._problems: list[Problem] = []

    def add(self, line: int, column: int, path: FieldPath, message: Text) -> None:
        """Add a problem. After ``MOST_PER_FILE``, one final problem says that the rest is not listed."""
        if len(self._problems) > MOST_PER_FILE:
            return
        if len(self._problems) == MOST_PER_FILE:
            path, message = (), Text("问题太多，后面的不再列出", "too many problems, the rest is not listed")
        self._problems.append(Problem(self._file, line, column, field_name(path), message))

    def all(self) -> tuple[Problem, ...]:
        """Return the problems added so far, sorted by line and column."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column)))
