"""The query sets that score the search (``tests/data/queries*.yaml``), and the scoring of one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from pos_helper.domain.lookup import Outcome

_DATA = Path(__file__).resolve().parents[1] / "tests" / "data"

SETS = {
    "first set": _DATA / "queries.yaml",
    "later set": _DATA / "queries-later.yaml",
    "blind set": _DATA / "queries-blind.yaml",
}
"""Query sets by their name in the tables: written before the search, during its development, and blind."""

BLIND = "blind set"
"""The set whose misses are counted but not listed, so that nobody tunes the search to it."""

TOP = 3
"""Number of entries of an answer that are scored."""

CLASSES = (
    "exact_code",
    "code_form",
    "code_words",
    "code_sentence",
    "look_alike",
    "multiplication_sign",
    "leading_zeros",
    "short_hex",
    "dotted_code",
    "joined_words",
    "zh_two",
    "zh_long",
    "pinyin",
    "pinyin_initials",
    "mixed",
    "traditional",
    "sound_alike",
    "near_sound",
    "en_typo",
    "en_form",
    "synonym",
    "question_zh",
    "question_en",
    "nothing",
    "card_data",
)
"""All query classes, in file order."""


class Query(Struct, frozen=True, forbid_unknown_fields=True, rename={"spelling": "class"}):
    """One query: the typed text, its class, and either the expected entries or the expected outcome."""

    query: str
    spelling: str
    expect: tuple[str, ...] = ()
    outcome: Literal["none", "near", "card_data"] | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    queries: tuple[Query, ...]


def read_queries(path: Path) -> tuple[Query, ...]:
    """Read one query set. Raises ``msgspec.MsgspecError`` if the file does not match the schema."""
    return msgspec.yaml.decode(path.read_bytes(), type=_File).queries


@dataclass(frozen=True)
class Answer:
    """The result of one search: the ids of the best entries and the outcome."""

    ids: Sequence[str]
    outcome: Outcome


def place(query: Query, answer: Answer) -> int:
    """Return the rank of the first right entry, from 1; 0 if it is not among the first ``TOP``.

    For a query with an expected outcome, return 1 if the outcome is right, else 0. Entries among the
    suggestions count too. A query that expects no result may have suggestions, as they are marked as such.
    """
    if query.outcome is None:
        best = answer.ids[:TOP]
        return next((at for at, entry_id in enumerate(best, 1) if entry_id in query.expect), 0)
    if query.outcome == "none":
        return int(answer.outcome in (Outcome.NONE, Outcome.NEAR))
    return int(answer.outcome == query.outcome and bool(answer.ids) == (query.outcome == "near"))
