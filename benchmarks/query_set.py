"""The queries that the search is scored on (``tests/data/queries*.yaml``), and how one answer is scored."""

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
"""By their names in the tables: written before the search, beside it, and never looked at."""

BLIND = "blind set"
"""The set whose misses are counted and not listed, so that no rule is bent to them."""

TOP = 3
"""How many entries of an answer are looked at."""

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
"""Every way of spelling, in the order of the file."""


class Query(Struct, frozen=True, forbid_unknown_fields=True, rename={"spelling": "class"}):
    """One query: what is typed, how it is spelled, and either the right entries or the right outcome."""

    query: str
    spelling: str
    expect: tuple[str, ...] = ()
    outcome: Literal["none", "near", "card_data"] | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    queries: tuple[Query, ...]


def read_queries(path: Path) -> tuple[Query, ...]:
    """The whole set. Raises ``msgspec.MsgspecError`` if the file is not of its form."""
    return msgspec.yaml.decode(path.read_bytes(), type=_File).queries


@dataclass(frozen=True)
class Answer:
    """What one search came to: the best entries and how they are presented."""

    ids: Sequence[str]
    outcome: Outcome


def place(query: Query, answer: Answer) -> int:
    """Where the first right entry is, from 1; 0 if it is not among the first ``TOP``.

    A right outcome counts as the first place. An entry counts wherever it is shown, also among the
    suggestions. A query that shall find nothing may have suggestions, for they are marked as such.
    """
    if query.outcome is None:
        best = answer.ids[:TOP]
        return next((at for at, entry_id in enumerate(best, 1) if entry_id in query.expect), 0)
    if query.outcome == "none":
        return int(answer.outcome in (Outcome.NONE, Outcome.NEAR))
    return int(answer.outcome == query.outcome and bool(answer.ids) == (query.outcome == "near"))
