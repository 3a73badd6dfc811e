"""Reading queries: a table of examples, and properties of any text."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.domain.query import MAX_CODE, MAX_QUERY, Query, code_keys, read_query

# typed text, its code candidates (best first), its words
READINGS = [
    ("E1", ["E1"], ["e1"]),
    ("ｅ１", ["e1"], ["e1"]),
    ("E-01", ["E-01"], ["e", "01"]),
    ("E - 01", ["E - 01"], ["e", "01"]),
    ("５４", ["54"], ["54"]),
    ("0X 4", ["0X 4"], ["0x", "4"]),
    ("×0004", ["x0004"], ["x0004"]),
    ("0×0004", ["0x0004"], ["0x0004"]),
    ("0xOO04", ["0xOO04"], ["0xoo04"]),
    ("x4", ["x4"], ["x4"]),
    ("I1", ["I1"], ["i1"]),
    ("3 0 0 0", ["3 0 0 0"], ["3", "0"]),
    # labels, separate and joined to the code
    ("故障码:05", ["05"], ["05"]),
    ("错误代码3000", ["3000"], ["3000"]),
    ("错误代码：０１", ["01"], ["01"]),
    ("錯誤代碼 0x 4", ["0x 4"], ["0x", "4"]),
    ("應答碼51", ["51"], ["51"]),
    ("error code 0x0004", ["0x0004"], ["0x0004"]),
    ("Error Code:0x0004", ["0x0004"], ["0x0004"]),
    ("code: 3000", ["3000"], ["3000"]),
    ("resp code 05", ["05"], ["05"]),
    ("RC05", ["RC05", "05"], ["rc05"]),
    ("NO.5", ["NO.5", "5"], ["5"]),
    ("#05", ["05"], ["05"]),
    ("ERR-01", ["ERR-01", "01"], ["01"]),
    ("ERRE1", ["ERRE1", "E1"], ["erre1"]),
    # frames and invisible characters
    ("【E1】", ["E1"], ["e1"]),
    ("<05>", ["05"], ["05"]),
    ("E1?", ["E1"], ["e1"]),
    ("\x00E\u200b1\n", ["E1"], ["e1"]),
    # sentences
    ("机器跳出个58", ["58"], ["58"]),
    ("屏幕上显示了E1", ["E1"], ["e1"]),
    ("螢幕顯示E1", ["E1"], ["e1"]),
    ("POS机显示E1是什么意思", ["E1"], ["e1"]),
    ("E1错误怎么办", ["E1"], ["e1"]),
    ("报了个51", ["51"], ["51"]),
    ("错误代码3000，机器没反应", ["3000"], ["3000", "没反应"]),
    ("what does E1 mean", ["E1"], ["e1"]),
    ("it says E - 01 today", ["E - 01"], ["e", "01", "today"]),
    ("got a 58", ["58"], ["58"]),
    ("a 05", ["a 05"], ["05"]),
    ("E1 E2", ["E1 E2", "E1", "E2"], ["e1", "e2"]),
    ("E1/E2", ["E1", "E2"], ["e1", "e2"]),
    ("07 then error code 51", ["51"], ["07", "then", "51"]),
    # a code is never split into another code
    ("E 05", ["E 05"], ["e", "05"]),
    ("0x 9", ["0x 9"], ["0x", "9"]),
    # amounts, counts, dates and times are not codes
    ("刷了3次 出现错误代码51", ["51"], ["刷了", "3", "次", "51"]),
    ("付款100.00元", [], ["付款", "100", "00", "元"]),
    ("¥100.00", [], ["100", "00"]),
    ("tried 2 times, got 05", ["05"], ["tried", "2", "times", "05"]),
    ("2024-05-01 12:30 E1", ["E1"], ["2024", "05", "01", "12", "30", "e1"]),
    # no digit: only short forms, alone or after a label, and words joined by "_"
    ("EI", ["EI"], ["ei"]),
    ("OI", ["OI"], ["oi"]),
    ("ll", ["ll"], ["ll"]),
    ("EOl", ["EOl"], ["eol"]),
    ("FF", ["FF"], ["ff"]),
    ("显示EI", ["EI"], ["ei"]),
    ("USER_PAYING", ["USER_PAYING"], ["user", "paying"]),
    ("paper ll jam", [], ["paper", "ll", "jam"]),
    ("printer", [], ["printer"]),
    ("paper", [], ["paper"]),
    ("till", [], ["till"]),
    ("ok", [], ["ok"]),
    ("no paper", [], ["no", "paper"]),
    # words
    ("打印机不出纸", [], ["打印机不出纸"]),
    ("打印机显示缺纸怎么办", [], ["打印机", "缺纸"]),
    ("出现了网络故障", [], ["网络故障"]),
    ("屏幕不亮", [], ["屏幕不亮"]),
    ("Printer  JAMMED", [], ["printer", "jammed"]),
    ("printer error", [], ["printer"]),
    ("the printer is jammed", [], ["printer", "jammed"]),
    ("wifi断了", [], ["wifi", "断了"]),
    # a label alone is the search text
    ("错误代码", [], ["错误代码"]),
    ("error", [], ["error"]),
    # nothing to search for
    ("", [], []),
    (" \t\n", [], []),
    ("🙂", [], []),
]


@pytest.mark.parametrize(("typed", "candidates", "words"), READINGS)
def test_reading(typed: str, candidates: list[str], words: list[str]) -> None:
    query = read_query(typed)
    assert (list(query.candidates), list(query.words), query.card_data) == (candidates, words, False)
    assert query.masked == typed


# what was typed, the readings that are only a number among words
NUMBERS = [
    ("07 then error code 51", ["07"]),
    ("windows 11 printer offline", ["11"]),
    ("51 余额不足", ["51"]),
    ("她刷了两次都是75", ["75"]),
    # a label, a screen's verb, or nothing else at all
    ("应答码51 余额不足", []),
    ("it says 05 again", []),
    ("got a 58 today", []),
    ("51", []),
    # a place, a count, an amount
    ("table 12 not printed", []),
    ("15桌没出单", []),
    ("58号机", []),
    ("20元收成200元", []),
]


@pytest.mark.parametrize(("typed", "numbers"), NUMBERS)
def test_a_number_among_words_is_no_code_by_itself(typed: str, numbers: list[str]) -> None:
    query = read_query(typed)
    assert list(query.numbers) == numbers
    assert set(numbers).isdisjoint(query.candidates)


# code, exact, looks_like, loose
KEYS = [
    ("E1", "e1", "e1", {"e1"}),
    ("E01", "e01", "e01", {"e1"}),
    ("EO1", "eo1", "e01", {"e1"}),
    ("01", "01", "01", {"1"}),
    ("00", "00", "00", {"0"}),
    ("3000", "3000", "3000", {"3000"}),
    ("0x0004", "0x0004", "0x0004", {"x4", "4"}),
    ("0x0000", "0x0000", "0x0000", {"x0", "0"}),
    ("0X00A0", "0x00a0", "0x00a0", {"xa0", "a0"}),
    ("X4", "x4", "x4", {"x4"}),
    ("l|I", "l|i", "111", {"111"}),
    ("-10", "-10", "-10", {"-10"}),
    ("L1", "l1", "l1", {"l1"}),
    ("ei", "ei", "ei", {"ei"}),
    # a letter before digits is the letter that it is; it may have been meant otherwise
    ("I01", "i01", "i01", {"i1", "101"}),
    ("O5", "o5", "o5", {"o5", "5"}),
    ("ACQ.SYSTEM_ERROR", "acqsystemerror", "acqsystemerr0r", {"acqsystemerr0r"}),
    ("…", "", "", set()),
]


@pytest.mark.parametrize(("code", "exact", "looks_like", "loose"), KEYS)
def test_keys(code: str, exact: str, looks_like: str, loose: set[str]) -> None:
    keys = code_keys(code)
    assert (keys.exact, keys.looks_like, set(keys.loose)) == (exact, looks_like, loose)


def test_a_hexadecimal_code_is_kept_without_its_prefix_but_never_looked_up_without() -> None:
    assert code_keys("4").loose_query <= code_keys("0x0004").loose
    assert code_keys("0x4").loose_query.isdisjoint(code_keys("04").loose)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (typed, code)
        for code, spellings in {
            "E1": ["E1", "e1", "Ｅ１", "E-1", "EI", "El", "E01", "E-O1", "ERR-E1", "E｜"],
            "0x0004": [
                "0x0004",
                "0X 4",
                "x4",
                "4",
                "0xOO04",
                "Ox0004",
                "0×0004",
                "×0004",
                "error code 0x0004",
            ],
            "01": ["01", "1", "０１", "OI", "ol", "O1", "ERR-01", "响应码 01", "0-1"],
            "11": ["11", "ll", "I1", "1l", "１１", "应答码：11"],
            "3000": ["3000", "3OOO", "3 000", "30 00", "错误代码3000", "code: 3000"],
        }.items()
        for typed in spellings
    ],
)
def test_every_spelling_reaches_the_code(typed: str, code: str) -> None:
    assert any(reaches(candidate, code) for candidate in read_query(typed).candidates)


@pytest.mark.parametrize(
    ("typed", "other"),
    [("0x4", "04"), ("0x 4", "E4"), ("x4", "04"), ("E 05", "05"), ("E1", "11"), ("3000", "300")],
)
def test_a_spelling_does_not_reach_another_code(typed: str, other: str) -> None:
    assert not any(reaches(candidate, other) for candidate in read_query(typed).candidates)


@pytest.mark.parametrize("typed", ["4111 1111 1111 1111", "E1 CVV 123", f"{'E1 ' * 3000}4111111111111111"])
def test_card_data_is_never_read(typed: str) -> None:
    query = read_query(typed)
    assert query.card_data
    assert (query.candidates, query.words) == ((), ())
    assert len(query.masked) <= MAX_QUERY
    assert "4111" not in query.masked
    assert "123" not in query.masked


def test_cutting_a_long_query_does_not_leave_a_card_number() -> None:
    """A long order number is not a card number, but its first digits could be one."""
    order_number = "4111111111111111" + "9" * 20
    query = read_query("x" * (MAX_QUERY - 17) + " " + order_number)
    assert not query.card_data
    assert "4111111111111111" not in query.masked
    assert not any("4111111111111111" in word for word in query.words)


# --- properties ------------------------------------------------------------------------------------

# Slow machines must not fail the test.
any_speed = settings(deadline=None)


def reaches(typed: str, code: str) -> bool:
    """Whether the search would find ``code`` for ``typed``: exact keys first, then looser ones."""
    one, other = code_keys(typed), code_keys(code)
    return (
        one.exact == other.exact
        or one.looks_like == other.looks_like
        or not one.loose_query.isdisjoint(other.loose)
    )


CODES = st.from_regex(r"[A-Z]{0,2}[0-9]{1,6}|0x[0-9A-F]{4}|[A-Z][0-9]{1,3}-[0-9]{1,2}", fullmatch=True)
SEPARATORS = ["", " ", "-", "_", ".", " - ", "–"]
FULL_WIDTH = {ord(each): ord(each) + 0xFEE0 for each in string.ascii_letters + string.digits + "-"}


@any_speed
@given(CODES, st.sampled_from(SEPARATORS))
def test_exact_keys_do_not_depend_on_case_width_or_separators(code: str, separator: str) -> None:
    exact = code_keys(code).exact
    for written in (
        code.lower(),
        code.upper(),
        code.translate(FULL_WIDTH),
        separator.join(code),
        f" {code}. ",
    ):
        assert code_keys(written).exact == exact


@any_speed
@given(CODES)
def test_a_sign_makes_another_code(code: str) -> None:
    if code[0].isdecimal():
        signed, plain = code_keys(f"-{code}"), code_keys(code)
        assert signed.exact != plain.exact
        assert signed.looks_like != plain.looks_like
        assert signed.loose_query.isdisjoint(plain.loose)


@any_speed
@given(st.from_regex(r"[0-9]{1,6}", fullmatch=True))
def test_a_zero_more_is_never_the_code_as_written(code: str) -> None:
    assert code_keys(f"0{code}").exact != code_keys(code).exact
    assert code_keys(f"0{code}").looks_like != code_keys(code).looks_like


@any_speed
@given(
    CODES, st.sampled_from(["{}", " {} ", "错误代码{}", "显示 {}", "error code: {}", "【{}】", "机器报{}了"])
)
def test_the_first_candidate_reaches_the_code(code: str, sentence: str) -> None:
    query = read_query(sentence.format(code))
    assert code_keys(query.candidates[0]).exact == code_keys(code).exact


@any_speed
@given(st.text() | st.text("E01xX 错误代码显示个:_-.|erroc×\n", max_size=400))
def test_any_text_is_read(text: str) -> None:
    query = read_query(text)
    assert isinstance(query, Query)
    assert len(query.masked) <= MAX_QUERY
    for candidate in query.candidates:
        assert 0 < len(code_keys(candidate).exact) <= MAX_CODE
    for word in query.words:
        assert word
        assert word == word.casefold()


@any_speed
@given(st.text())
def test_any_text_has_keys(text: str) -> None:
    keys = code_keys(text)
    assert code_keys(keys.exact).exact == keys.exact
