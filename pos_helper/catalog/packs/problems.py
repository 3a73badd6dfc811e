"""What is wrong in a catalog, and where."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from rapidfuzz import fuzz, process

from pos_helper.domain.text import Lang, Text

FieldPath = tuple[str | int, ...]
"""The way to a value inside a file: ``("entries", 3, "title", "en")``."""

MOST_PER_FILE = 1000
"""A file of garbage is not listed value by value for ever."""


def field_name(path: FieldPath) -> str:
    """A field path as people write it: ``entries[3].title.en``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, if one is near."""
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return found[0] if found else None


class Problem(Struct, frozen=True):
    """One thing wrong in a pack. Lines and columns count from 1; ``field`` is empty for a whole file."""

    file: Path
    line: int
    column: int
    field: str
    message: Text

    def place(self) -> str:
        """Where it is, in the form that editors jump to: ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"

    def of(self, lang: Lang) -> str:
        """The whole line in one language."""
        field = f"{self.field}: " if self.field else ""
        return f"{self.place()}: {field}{self.message.of(lang)}"

    def __str__(self) -> str:
        return self.of(Lang.EN)


class ProblemList:
    """Gathers the problems of one file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._problems: list[Problem] = []

    def add(self, line: int, column: int, path: FieldPath, message: Text) -> None:
        """Note one problem. Beyond ``MOST_PER_FILE`` a last one says that there are more."""
        if len(self._problems) > MOST_PER_FILE:
            return
        if len(self._problems) == MOST_PER_FILE:
            path, message = (), Text("问题太多，后面的不再列出", "too many problems, the rest is not listed")
        self._problems.append(Problem(self._file, line, column, field_name(path), message))

    def all(self) -> tuple[Problem, ...]:
        """The problems so far, in the order of their places."""
        return tuple(sorted(self._problems, key=lambda problem: (problem.line, problem.column)))
