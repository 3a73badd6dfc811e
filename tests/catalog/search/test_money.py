"""How often the search is wrong about money, against a table that others wrote (tests/data/money-truth.yaml).

An answer counts as sure of the money here when the search presents an entry with a definite money state. The
numbers are the present state, to be lowered and never raised.
"""

from collections import Counter
from typing import Literal

import msgspec
import pytest
from msgspec import Struct

from pos_helper import paths
from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.catalog.packs.loading import load
from pos_helper.domain.entries import Money
from pos_helper.domain.lookup import Outcome
from tests.locations import DATA

MAX_WRONG = {
    "bare_code": 35,
    "unlisted_maker": 12,
    "contradiction": 11,
    "number_in_sentence": 8,
    "customer_claim": 8,
    "sign_zero_letter": 6,
    "code_with_words": 3,
    "other": 3,
    "listed_maker": 3,
    "unique_shape": 1,
}
"""By kind: answers with a definite money state where the text leaves it open or says otherwise."""

MAX_OPPOSITE = 2
"""Answers that say charged for not charged, or the other way round."""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One text of the table: see the comment at its head."""

    query: str
    truth: Literal["charged", "not_charged", "unknown", "not_payment"]
    sure_allowed: bool
    kind: str
    source: str
    with_machines: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    cases: tuple[Case, ...]


def _is_no_word(code: str) -> bool:
    return " " not in code and any(each.isdecimal() or each in "_." for each in code)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return msgspec.yaml.decode((DATA / "money-truth.yaml").read_bytes(), type=_File, strict=False).cases


def test_the_table_is_large_and_has_no_case_twice(cases: tuple[Case, ...]) -> None:
    assert len(cases) >= 1000
    times = Counter((case.query, case.with_machines) for case in cases)
    assert [key for key, count in times.items() if count > 1] == []


def test_the_search_is_not_wrong_about_money_more_often_than_before(
    cases: tuple[Case, ...], shipped: IndexedCatalog
) -> None:
    wrong: Counter[str] = Counter()
    opposite = []
    for case in cases:
        answer = shipped.search(case.query, 3).answer
        if case.with_machines or answer is None or answer.money in (Money.UNKNOWN, Money.NOT_APPLICABLE):
            continue
        if answer.money.value != case.truth:
            wrong[case.kind] += 1
            if case.truth in ("charged", "not_charged"):
                opposite.append(case.query)
    assert {kind: n for kind, n in wrong.items() if n > MAX_WRONG.get(kind, 0)} == {}
    assert len(opposite) <= MAX_OPPOSITE, opposite


def test_a_maker_without_a_table_is_never_answered_with_another_makers_code(shipped: IndexedCatalog) -> None:
    records = load([paths.resources() / "catalog"]).records
    # Codes that are plain words (DECLINED) are searched as words.
    codes = sorted(
        {code for found in records.entries.values() if _is_no_word(code := found.record.code or "")}
    )
    makers = [found.record for found in records.makers.values()]
    unknown = [
        maker.name.en
        for maker in makers
        if not maker.origins and maker.kind.shows_codes
        # An everyday word names a maker only before a code with a digit.
        if maker.name.en.lower() not in map(str.lower, maker.common_words)
    ]
    answered = []
    for place, code in enumerate(codes):
        for name in (unknown[place % len(unknown)], unknown[-1 - place * 7 % len(unknown)]):
            found = shipped.search(f"{name} {code}", 3)
            if found.outcome is not Outcome.NONE:
                answered.append((name, code, found.outcome.value, found.hits[0].id))
    assert answered == []


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("Ingenico APPROVED", None),
        ("verifone approved", None),
        ("Ingenico DECLINED", "ingenico.declined"),
        ("toast says 00", None),
        ("民生 报 00", None),
        ("square error 05", None),
        ("屏幕显示 E-05", None),
        ("¥00", None),
    ],
)
def test_a_word_or_code_of_one_maker_is_never_answered_with_another(
    shipped: IndexedCatalog, query: str, entry: str | None
) -> None:
    answer = shipped.search(query).answer
    assert (answer.id if answer else None) == entry
