"""Chinese text: simplified forms, pinyin, initials, and splitting pinyin into syllables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_helper.domain.linguistics.chinese import Chinese, is_han, near_sound, sound_key, without_tones

CHINESE = Chinese(
    simplified="签 簽籤\n单 單\n",
    pinyin="cheng 成\ndan 单\ndao 到\nqian 签\nqi 启\nxi 西\nxian 先\nan 安\nzhong 重\nchong 重\n",
)


def test_traditional_characters_become_simplified_ones() -> None:
    assert CHINESE.simplify("簽單 A1") == "签单 A1"


def test_the_usual_reading_comes_first_and_every_reading_counts() -> None:
    assert CHINESE.readings("重") == ["zhong", "chong"]
    assert CHINESE.sounds("重启") == [("zhong", "qi"), ("chong", "qi")]
    assert CHINESE.initials("重启") == ["zq", "cq"]
    assert CHINESE.has_initials("重启", "cq")
    assert not CHINESE.has_initials("重启", "qq")


def test_a_character_without_a_reading_has_no_sound() -> None:
    assert CHINESE.readings("龘") == ()
    assert CHINESE.sounds("签龘") == []
    assert CHINESE.initials("签龘") == []


@pytest.mark.parametrize(
    ("letters", "spellings"),
    [
        ("qiandao", [("qian", "dao"), ("qi", "an", "dao")]),
        ("xian", [("xian",), ("xi", "an")]),
        ("zongqi", [("zong", "qi")]),
        ("qiand", [("qian", "d"), ("qi", "an", "d")]),
        ("printer", []),
        ("d", []),
        ("", [()]),
    ],
)
def test_letters_are_cut_into_syllables_the_longest_first(
    letters: str, spellings: list[tuple[str, ...]]
) -> None:
    assert CHINESE.spellings(letters) == spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhi", "zi"),
        ("chi", "ci"),
        ("shi", "si"),
        ("nan", "lan"),
        ("ying", "yin"),
        ("fa", "hua"),
        ("fang", "huang"),
        ("fei", "hui"),
        ("fen", "hun"),
        ("sheng", "sen"),
        ("shang", "san"),
        ("liang", "lian"),
        ("nv", "lu"),
    ],
)
def test_near_sounds_are_one_sound(one: str, other: str) -> None:
    assert near_sound(one) == near_sound(other)


def test_different_sounds_stay_different() -> None:
    assert len({near_sound(each) for each in ("zhong", "chong", "zhang", "zhu", "long", "e", "en")}) == 7


def test_words_that_sound_nearly_the_same_have_one_key() -> None:
    assert sound_key(("chong", "zheng")) == sound_key(("cong", "zen"))


@pytest.mark.parametrize(
    ("typed", "letters"),
    [("qian1dao4", "qiandao"), ("qiandao", "qiandao"), ("e1x", "e1x"), ("wifi6", "wifi6")],
)
def test_only_the_tones_of_pinyin_are_left_out(typed: str, letters: str) -> None:
    assert without_tones(typed) == letters


@pytest.mark.parametrize("term", ["签", "々", "〇", "㐀", "𠀀", "签到"])
def test_chinese_characters_are_known_as_such(term: str) -> None:
    assert is_han(term)


@pytest.mark.parametrize("term", ["", "a", "1", "=slip", "^qd", "。", "！", "か"])
def test_other_characters_are_not_chinese(term: str) -> None:
    assert not is_han(term)


@given(st.text(alphabet="qiandxchego", max_size=40))
def test_any_letters_are_cut_or_not_and_never_lost(letters: str) -> None:
    for spelling in CHINESE.spellings(letters):
        assert "".join(spelling) == letters
