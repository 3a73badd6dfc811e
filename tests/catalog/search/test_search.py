"""What a person types, and what they are shown for it."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.lookup import Hit, Lookup, Match, Outcome
from pos_helper.domain.text import Text
from tests.locations import SMALL_CATALOG


@pytest.fixture(scope="module")
def catalog() -> Iterator[IndexedCatalog]:
    opened = open_catalog([SMALL_CATALOG])
    yield opened
    opened.close()


def ids(found: Lookup) -> list[str]:
    return [hit.id for hit in found.hits]


BOTH_01 = ["card-network.01", "terminal.01"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("01", BOTH_01),
        ("01 network", BOTH_01),
        ("刷卡机 01", [*reversed(BOTH_01)]),
        ("收银软件 01", []),  # its table has no 01
    ],
)
def test_the_screen_that_is_named_beside_a_code_comes_first(
    catalog: IndexedCatalog, query: str, found: list[str]
) -> None:
    assert ids(catalog.search(query)) == found


def test_of_equally_common_screens_the_one_that_the_shop_has_met_comes_first(catalog: IndexedCatalog) -> None:
    assert ids(catalog.search("01")) == BOTH_01
    found = catalog.search("01", seen=frozenset({"terminal.01"}))
    assert ids(found) == [*reversed(BOTH_01)]
    assert found.read_as == "01"


def test_a_hexadecimal_code_is_not_answered_with_a_short_one(catalog: IndexedCatalog) -> None:
    assert catalog.search("0x1").outcome is not Outcome.EXACT


@pytest.mark.parametrize(
    ("query", "read_as", "found"),
    [
        ("E1", "E1", ["terminal.e1"]),
        ("e1", "E1", ["terminal.e1"]),
        ("Ｅ１", "E1", ["terminal.e1"]),
        (" e - 1 ", "E1", ["terminal.e1"]),
        ("错误代码：E1", "E1", ["terminal.e1"]),
        ("error code e1", "E1", ["terminal.e1"]),
        ("E1 通讯失败", "E1", ["terminal.e1"]),
        ("EI", "E1", ["terminal.e1"]),
        ("0x0004", "0x0004", ["pos-app.0x0004"]),
        ("0xOO04", "0x0004", ["pos-app.0x0004"]),
        ("0×0004", "0x0004", ["pos-app.0x0004"]),
        ("01", "01", BOTH_01),
        ("响应码 01", "01", BOTH_01),
        ("ERR-01", "01", BOTH_01),
        ("11", "11", ["card-network.11"]),
        ("3000", "3000", ["terminal.3000"]),
        ("user_paying", "USER_PAYING", ["wallet.user-paying"]),
        ("user paying", "USER_PAYING", ["wallet.user-paying"]),
        ("USERPAYING", "USER_PAYING", ["wallet.user-paying"]),
    ],
)
def test_a_code_is_found_however_it_is_written(
    catalog: IndexedCatalog, query: str, read_as: str, found: list[str]
) -> None:
    answer = catalog.search(query)
    assert (answer.query, answer.read_as, answer.outcome) == (query, read_as, Outcome.EXACT)
    assert ids(answer) == found
    assert {hit.match for hit in answer.hits} == {Match.EXACT}


@pytest.mark.parametrize(
    ("query", "read_as", "found"),
    [
        ("E01", "E1", ["terminal.e1"]),
        ("0X4", "0x0004", ["pos-app.0x0004"]),
        ("O1", "01", BOTH_01),
        ("1", "01", BOTH_01),
        ("0011", "11", ["card-network.11"]),
    ],
)
def test_a_code_written_otherwise_is_offered_and_never_the_answer(
    catalog: IndexedCatalog, query: str, read_as: str, found: list[str]
) -> None:
    answer = catalog.search(query)
    assert (answer.query, answer.read_as, answer.outcome) == (query, read_as, Outcome.OTHERWISE)
    assert ids(answer)[: len(found)] == found
    assert {hit.match for hit in answer.hits} == {Match.OTHERWISE}
    assert answer.answer is None


@pytest.mark.parametrize("query", ["-11", "L1", "01E", "E-1-1", "E 05", "e-05", "T-11", "PIN-01", "TX-11"])
def test_another_code_is_not_taken_for_a_known_one(catalog: IndexedCatalog, query: str) -> None:
    assert catalog.search(query).outcome in (Outcome.NEAR, Outcome.NONE)


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("windows 11 printer offline", Outcome.TEXT),
        ("15桌没出单", Outcome.NONE),
        ("¥11", Outcome.NONE),
        ("11 %", Outcome.NONE),
        ("1:00", Outcome.NONE),
        ("11 票据", Outcome.NONE),
        ("11 交易成功", Outcome.EXACT),
    ],
)
def test_a_number_among_words_is_a_code_where_they_say_what_it_means(
    catalog: IndexedCatalog, query: str, outcome: Outcome
) -> None:
    found = catalog.search(query)
    assert (found.outcome is Outcome.EXACT) == (outcome is Outcome.EXACT), (found.outcome, ids(found))


def test_the_better_sourced_reading_of_a_code_comes_first(catalog: IndexedCatalog) -> None:
    # "terminal.01" stands first in the file, but rests on an article only.
    first, second = catalog.search("01").hits
    assert (first.confidence, second.confidence) == (Confidence.HIGH, Confidence.LOW)


def test_an_alias_is_found_as_one(catalog: IndexedCatalog) -> None:
    answer = catalog.search("c05")
    assert (answer.outcome, answer.read_as, ids(answer)) == (Outcome.EXACT, "C-05", ["terminal.e1"])
    assert answer.hits[0].match is Match.ALIAS


def test_a_hit_has_what_a_row_shows(catalog: IndexedCatalog) -> None:
    assert catalog.search("e1").hits == (
        Hit(
            id="terminal.e1",
            code="E1",
            origin="terminal",
            match=Match.EXACT,
            title=Text("通讯失败", "Communication failure"),
            money=Money.UNKNOWN,
            retry=Retry.AFTER_CHECK,
            origin_title=Text("刷卡机", "Card terminal"),
            screen=Text("刷卡机自己的屏幕", "The terminal's own screen"),
            confidence=Confidence.LOW,
        ),
    )
    [hit] = catalog.search("通用排查").hits
    assert (hit.code, hit.confidence) == (None, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("通讯失败", ["terminal.e1"]),
        ("讯失", ["terminal.e1"]),
        ("communication failure", ["terminal.e1"]),
        ("FAILURE communication", ["terminal.e1"]),
        ("commun", ["terminal.e1"]),
        ("连不上银行", ["terminal.e1"]),
        ("网线松了", ["terminal.e1"]),
        ("unplug", ["terminal.e1"]),
        ("网线 程序", ["terminal.e1"]),
        ("没纸", ["terminal.3000"]),
        ("打印机 没有 没纸", ["terminal.3000"]),
        ("打印机没有纸", ["terminal.3000"]),
        ("system fault", ["terminal.01"]),
        ("error", ["pos-app.0x0003"]),
        ("user", ["wallet.user-paying"]),
    ],
)
def test_words_find_titles_meanings_causes_and_steps(
    catalog: IndexedCatalog, query: str, found: list[str]
) -> None:
    answer = catalog.search(query)
    assert (answer.outcome, ids(answer)) == (Outcome.TEXT, found)
    assert {hit.match for hit in answer.hits} == {Match.TEXT}


def test_titles_come_before_meanings_causes_and_steps(catalog: IndexedCatalog) -> None:
    # "Look at the last sale" is a step of entries that stand before the one with "look" in its title.
    first, *others = ids(catalog.search("look"))
    assert first == "symptom.general-checks"
    assert "terminal.01" in others


def test_all_words_count_more_than_any(catalog: IndexedCatalog) -> None:
    assert ids(catalog.search("printer sale")) == ["terminal.3000"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("0x", ["pos-app.0x0003", "pos-app.0x0004"]),
        ("300", ["terminal.3000"]),
        ("E", ["terminal.e1"]),
        ("u", ["wallet.user-paying"]),
        ("E7", ["terminal.e1"]),
        ("0x0009", ["pos-app.0x0003", "pos-app.0x0004"]),
        ("30OO1", ["terminal.3000"]),
    ],
)
def test_a_code_that_is_not_there_brings_marked_suggestions(
    catalog: IndexedCatalog, query: str, found: list[str]
) -> None:
    answer = catalog.search(query)
    assert (answer.outcome, ids(answer)) == (Outcome.NEAR, found)
    assert {hit.match for hit in answer.hits} == {Match.NEAR}


def test_suggestions_are_few_and_always_the_same(catalog: IndexedCatalog) -> None:
    answers = {catalog.search("12").hits for _ in range(3)}
    assert len(answers) == 1
    assert 0 < len(answers.pop()) <= 5


@pytest.mark.parametrize(
    "query", ["", " ", "\n", "😀", "。，！", '"', "*", "(", "'", "\x00", "\ud800", "zzqq", "9999999"]
)
def test_nothing_is_found_for_nothing(catalog: IndexedCatalog, query: str) -> None:
    answer = catalog.search(query)
    assert (answer.outcome, answer.hits) == (Outcome.NONE, ())


@pytest.mark.parametrize(
    "query", ["4111111111111111", "E1 4111 1111 1111 1111", "E1 " * 3000 + "4111111111111111"]
)
def test_card_data_are_never_searched_nor_shown(catalog: IndexedCatalog, query: str) -> None:
    answer = catalog.search(query)
    assert (answer.outcome, answer.hits) == (Outcome.CARD_DATA, ())
    assert "4111111" not in answer.query.replace(" ", "") + answer.read_as.replace(" ", "")


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_limit_is_kept(catalog: IndexedCatalog, limit: int) -> None:
    for query in ("01", "last sale", "0x"):
        answer = catalog.search(query, limit)
        assert len(answer.hits) == max(1, limit)


def test_a_very_long_query_is_read_by_its_beginning(catalog: IndexedCatalog) -> None:
    assert ids(catalog.search("通讯失败" + " x" * 10_000)) == ["terminal.e1"]
    assert catalog.search("打" * 10_000).outcome in Outcome


_FTS = st.text(alphabet='"*()^:+-{}ANDORNEAR通讯 0xE1\x00\n\ud800', max_size=40)


@given(st.text() | _FTS)
@example('title: "通讯" NEAR(a b, 2) AND NOT *')
@example('") OR ("')
@example("ⅷ½①㈱🄰")
def test_no_text_raises(catalog: IndexedCatalog, text: str) -> None:
    answer = catalog.search(text)
    assert answer.hits or answer.outcome in (Outcome.NONE, Outcome.CARD_DATA)


def test_a_code_alone_is_answered_without_the_chinese_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread() -> None:
        raise AssertionError("the tables were read")

    monkeypatch.setattr("pos_helper.catalog.search.query_expansion.read_chinese", unread)
    with closing(open_catalog([SMALL_CATALOG])) as opened:
        assert opened.search("E1", screens={"terminal"}).is_sure
