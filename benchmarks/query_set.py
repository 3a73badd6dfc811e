"""The queries that the search is scored on: ``tests/data/queries*.yaml``, read with their rules."""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

_DATA = Path(__file__).resolve().parents[1] / "tests" / "data"

SETS = {
    "first set": _DATA / "queries.yaml",
    "later set": _DATA / "queries-later.yaml",
    "blind set": _DATA / "queries-blind.yaml",
}
"""By their names in the tables: written before the search, beside it, and never looked at."""

BLIND = "blind set"
"""The set whose misses are counted and not listed, so that no rule is bent to them."""

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
