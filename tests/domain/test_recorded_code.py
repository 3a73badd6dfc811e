"""Validation of codes that a shop records."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_helper.domain.entries import Tab
from pos_helper.domain.query import MAX_CODE
from pos_helper.domain.recorded_code import MAX_SENTENCE, RecordedCode, recorded_code_error

GOOD = RecordedCode("E77", "terminal", "读卡器松了", "重新插一下", Tab.HARDWARE)


@pytest.mark.parametrize(
    "own",
    [
        GOOD,
        replace(GOOD, helped="", tab=None),
        replace(GOOD, code="请重新安装程序"),
        replace(GOOD, code="W" * MAX_CODE, meaning="W" * MAX_SENTENCE, helped="W" * MAX_SENTENCE),
        replace(GOOD, meaning="凭证号 000123，2026-03-01 16:44"),
    ],
)
def test_a_code_with_its_screen_and_its_meaning_can_be_recorded(own: RecordedCode) -> None:
    assert recorded_code_error(own) is None


@pytest.mark.parametrize(
    ("own", "field", "said"),
    [
        (replace(GOOD, code=""), "code", "Fill in the code"),
        (replace(GOOD, code="--- !"), "code", "a letter or a digit"),
        (replace(GOOD, code="W" * (MAX_CODE + 1)), "code", f"at most {MAX_CODE}"),
        (replace(GOOD, code="4111 1111 1111 1111"), "code", "card number"),
        (replace(GOOD, origin=""), "origin", "which screen"),
        (replace(GOOD, meaning=""), "meaning", "what it meant"),
        (replace(GOOD, meaning="W" * (MAX_SENTENCE + 1)), "meaning", f"at most {MAX_SENTENCE}"),
        (replace(GOOD, meaning="卡号 6222 0212 3456 7890 128"), "meaning", "card number"),
        (replace(GOOD, helped="W" * (MAX_SENTENCE + 1)), "helped", f"at most {MAX_SENTENCE}"),
        (replace(GOOD, helped="密码 123456"), "helped", "PIN"),
        (replace(GOOD, tab=None), "tab", "belongs"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(own: RecordedCode, field: str, said: str) -> None:
    fault = recorded_code_error(own)
    assert fault is not None
    assert fault.field == field
    assert said in fault.text.en
    assert fault.text.zh


def test_tidied_texts_stand_on_one_line_without_what_nobody_sees() -> None:
    own = RecordedCode(
        " E\t77\u200b ", "terminal", "first line\r\n second\x00line", "\u202eup\ud83d", Tab.NETWORK
    )
    assert own.tidied() == RecordedCode("E 77", "terminal", "first line second line", "up", Tab.NETWORK)


def test_a_card_number_behind_invisible_characters_is_refused() -> None:
    fault = recorded_code_error(replace(GOOD, meaning="4111\u200b111111111111"))
    assert fault is not None


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = RecordedCode(text, "terminal", text, text).tidied()
    assert once.tidied() == once
