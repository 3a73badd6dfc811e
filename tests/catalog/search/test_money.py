"""The search is never sure and wrong about money.

What is true is read from tests/data/money-truth.yaml, which others wrote before the rules: see its head.
"""

from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.money import Case, foreign_pairs, is_of_others, read_truth, wrong
from pos_helper import paths
from pos_helper.catalog.indexed_catalog import IndexedCatalog
from pos_helper.catalog.packs.loading import load
from pos_helper.domain.entries import Entry, Money
from pos_helper.domain.lookup import Because, Match, Outcome
from pos_helper.domain.query import code_keys

MIN_SURE_WITH_ITS_MACHINE = 0.95
"""Of the codes of the catalog, so many are answered surely where their machine stands in the shop."""

MATRIX_STEP = 12
"""Each code is looked up with every so manieth name here, and with all by ``make bench ARGS=money``."""

RECORDS = load([paths.resources() / "catalog"]).records
CODED = [found.record for found in RECORDS.entries.values() if found.record.code]
IN_ONE_PIECE = [entry for entry in CODED if (entry.code or "").isalnum()]


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return read_truth()


def test_the_table_is_large_and_has_no_case_twice(cases: tuple[Case, ...]) -> None:
    assert len(cases) >= 1000
    times = Counter((case.query, case.with_machines) for case in cases)
    assert [key for key, count in times.items() if count > 1] == []


def test_no_text_is_answered_with_the_wrong_word_about_money(
    cases: tuple[Case, ...], shipped: IndexedCatalog
) -> None:
    answered = []
    for case in cases:
        found = shipped.search(case.query, 3, screens=case.with_machines)
        if wrong(found, case):
            answered.append((case.query, case.with_machines, case.truth, found.money.value))
    assert answered == []


def test_a_code_is_sure_where_its_machine_stands(shipped: IndexedCatalog) -> None:
    unsure = []
    for entry in CODED:
        found = shipped.search(entry.code or "", 3, screens={entry.origin})
        if not (found.is_sure and (found.money, found.retry) == (entry.money, entry.retry)):
            unsure.append(entry.id)
    assert len(unsure) <= (1 - MIN_SURE_WITH_ITS_MACHINE) * len(CODED), unsure


def test_a_code_alone_is_sure_of_no_screen_but_by_its_shape(shipped: IndexedCatalog) -> None:
    sure = []
    for entry in CODED:
        code = entry.code or ""
        # Words are answered as words.
        if code.isalpha() or " " in code:
            continue
        if shipped.search(code, 3).because not in (None, Because.SHAPE):
            sure.append(entry.id)
    assert sure == []


@pytest.mark.parametrize(
    "query", ["11", "APPROVED", "PLEASE WAIT", "客显不亮", "51 余额不足", "微信 USERPAYING", "card expired"]
)
@pytest.mark.parametrize("screens", [frozenset(), frozenset({"card-network", "terminal"})])
def test_what_is_sure_does_not_depend_on_how_much_is_listed(
    shipped: IndexedCatalog, query: str, screens: frozenset[str]
) -> None:
    of_each = [shipped.search(query, limit, screens=screens) for limit in (1, 3, 12, 50)]
    assert len({(found.is_sure, found.answer and found.answer.id) for found in of_each}) == 1
    assert [len(found.hits) for found in of_each[:1]] == [1]


# --- makers ----------------------------------------------------------------------------------------


def test_no_name_is_answered_with_another_makers_meaning(shipped: IndexedCatalog) -> None:
    pairs = list(islice(foreign_pairs(RECORDS), 0, None, MATRIX_STEP))
    assert len(pairs) > 5000
    answered = []
    for entry, maker in pairs:
        found = shipped.search(f"{maker.name.en} {entry.code}", 3)
        if is_of_others(found, maker):
            answered.append((maker.name.en, entry.code, found.hits[0].id))
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


# --- what is typed around a code --------------------------------------------------------------------


@given(
    st.sampled_from(IN_ONE_PIECE), st.sampled_from(["-{}", "0{}", "00{}", "{}0", "X{}", "{}X", "0x{}", "+{}"])
)
def test_a_sign_a_zero_or_a_letter_more_is_another_code(
    shipped: IndexedCatalog, entry: Entry, form: str
) -> None:
    typed = form.format(entry.code)
    found = shipped.search(typed, 3, screens={entry.origin})
    if found.is_sure and found.outcome is Outcome.EXACT:
        keys = code_keys(typed)
        answer = found.hits[0]
        spellings = (answer.code or "", *RECORDS.entries[answer.id].record.aliases)
        assert keys.looks_like in {code_keys(spelling).looks_like for spelling in spellings}


@pytest.mark.parametrize("words", ["declined", "失败", "not approved", "refund", "已退款", "取消了"])
@pytest.mark.parametrize("code", ["00", "11", "16", "08"])
def test_words_of_failure_beside_an_approval_take_the_answer_away(
    shipped: IndexedCatalog, code: str, words: str
) -> None:
    assert shipped.search(code, 3, screens={"card-network"}).answer is not None
    assert not shipped.search(f"{code} {words}", 3, screens={"card-network"}).money.is_definite


@given(st.sampled_from(CODED), st.sampled_from(["approved", "交易成功", "已扣款", "paid", "到账了"]))
def test_words_of_success_beside_a_refusal_take_the_answer_away(
    shipped: IndexedCatalog, entry: Entry, words: str
) -> None:
    title = f"{entry.title.zh} {entry.title.en} {entry.code}".lower()
    if entry.money is Money.NOT_CHARGED and not any(
        word in title for word in ("成功", "approv", "paid", "扣", "到")
    ):
        found = shipped.search(f"{entry.code} {words}", 3, screens={entry.origin})
        assert found.money is not Money.NOT_CHARGED


@pytest.mark.parametrize(
    "screens", [frozenset({"card-network", "unionpay-online"}), frozenset({"card-network", "zvt"})]
)
def test_two_machines_that_disagree_are_asked_about(shipped: IndexedCatalog, screens: frozenset[str]) -> None:
    both = [code for code in ("05", "03", "42", "00") if len(_own(shipped, code, screens)) > 1]
    assert both
    for code in both:
        assert not shipped.search(code, 9, screens=screens).is_sure


def _own(shipped: IndexedCatalog, code: str, screens: frozenset[str]) -> set[tuple[Money, str]]:
    hits = shipped.search(code, 50, screens=screens).hits
    return {
        (hit.money, hit.retry.value) for hit in hits if hit.origin in screens and hit.match is Match.EXACT
    }


def test_what_stands_nowhere_in_the_shop_is_marked_and_no_answer(shipped: IndexedCatalog) -> None:
    found = shipped.search("6C", 9, screens={"card-network"})
    assert (found.outcome, found.answer, found.sources) == (Outcome.EXACT, None, ())
    assert all(hit.others for hit in found.hits)
