"""Words as people write, sound and mistype them, and in which order the entries come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.catalog.index import IndexedCatalog, open_catalog
from pos_helper.domain.lookup import Hit, How, Outcome, Part

DATA = Path(__file__).resolve().parents[1] / "data" / "catalog"


@pytest.fixture(scope="module")
def catalog() -> Iterator[IndexedCatalog]:
    opened = open_catalog([DATA / "small", DATA / "words.yaml"])
    yield opened
    opened.close()


def first(catalog: IndexedCatalog, typed: str) -> Hit:
    answer = catalog.search(typed)
    assert answer.outcome is Outcome.TEXT, typed
    return answer.hits[0]


def marked(title: str, places: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"[{title[start:end]}]" for start, end in places)


@pytest.mark.parametrize(
    ("typed", "found", "how"),
    [
        ("签到失败", "sign-in", How.LITERAL),
        ("签到", "sign-in", How.LITERAL),
        ("簽到失敗", "sign-in", How.LITERAL),
        ("簽購單打不出來", "slip", How.LITERAL),
        ("qiandaoshibai", "sign-in", How.PINYIN),
        ("qian dao shi bai", "sign-in", How.PINYIN),
        ("QianDao ShiBai", "sign-in", How.PINYIN),
        ("qiāndào", "sign-in", How.PINYIN),
        ("qian1dao4", "sign-in", How.PINYIN),
        ("qiandaosh", "sign-in", How.PINYIN),
        ("qiandao", "sign-in", How.PINYIN),
        ("qiangdaosibai", "sign-in", How.PINYIN),
        ("签dao", "sign-in", How.PINYIN),
        ("qdsb", "sign-in", How.INITIALS),
        ("czsb", "reversal", How.INITIALS),
        ("c z s b", "reversal", How.INITIALS),
        ("qgddbcl", "slip", How.INITIALS),
        ("冲证失败", "reversal", How.SOUND),
        ("充正失败", "reversal", How.SOUND),
        ("从正", "reversal", How.SOUND),
        ("expierd", "expired", How.TYPO),
        ("exipred crad", "expired", How.TYPO),
        ("reversle", "reversal", How.TYPO),
        ("expires", "expired", How.LITERAL),
        ("EXPIRING", "expired", How.LITERAL),
        ("printing", "slip", How.LITERAL),
        ("revers", "reversal", How.LITERAL),
        ("wifi", "wifi", How.LITERAL),
        ("wi fi", "wifi", How.LITERAL),
        ("Wi-Fi", "wifi", How.LITERAL),
        ("time out", "timeout", How.LITERAL),
        ("cardexpired", "expired", How.LITERAL),
        ("请问签到为什么失败", "sign-in", How.LITERAL),
        ("why does the refund fail", "refund", How.LITERAL),
        ("what should I do when my card is expired please", "expired", How.LITERAL),
        ("it keeps saying that her card has expired again today", "expired", How.LITERAL),
        ("今天早上我们这个签到一直不行", "sign-in", How.LITERAL),
    ],
)
def test_words_are_found_however_they_are_written(
    catalog: IndexedCatalog, typed: str, found: str, how: How
) -> None:
    hit = first(catalog, typed)
    assert (hit.id, hit.how) == (f"symptom.{found}", how)


@pytest.mark.parametrize("typed", ["keeps saying it", "一直这样的", "what is the reason for this"])
def test_words_that_only_make_a_sentence_find_nothing(catalog: IndexedCatalog, typed: str) -> None:
    assert catalog.search(typed).outcome is Outcome.NONE


@pytest.mark.parametrize(
    "typed", ["BANKERROR", "sold two lunches for 32.80 and it came back BANKERROR", "微信又返回 bankerror 了"]
)
def test_a_word_that_stands_only_in_codes_is_a_code(catalog: IndexedCatalog, typed: str) -> None:
    answer = catalog.search(typed)
    assert (answer.outcome, answer.read_as) == (Outcome.EXACT, "BANKERROR")
    assert answer.hits[0].id == "wallet.bankerror"


@pytest.mark.parametrize(
    "typed", ["死机", "frozen", "not responding", "没反应", "the terminal is not responding"]
)
def test_other_words_for_a_thing_find_it_in_both_languages(catalog: IndexedCatalog, typed: str) -> None:
    assert first(catalog, typed).id == "symptom.stuck"


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("签到失败", "[签到失败]", ""),
        ("失败签到", "[签到][失败]", ""),
        ("簽到", "[签到]", ""),
        ("qiandao", "[签到]", ""),
        ("dsb", "[到失败]", ""),
        ("fails sign", "", "[Sign][failed]"),
    ],
)
def test_what_was_matched_is_marked_in_the_titles(
    catalog: IndexedCatalog, typed: str, zh: str, en: str
) -> None:
    hit = next(hit for hit in catalog.search(typed).hits if hit.id == "symptom.sign-in")
    assert marked(hit.title.zh, hit.marks_zh).replace("][", "") == zh.replace("][", "")
    assert marked(hit.title.en, hit.marks_en) == en


@pytest.mark.parametrize("typed", ["滚轴", "gunzhou", "滾軸"])
def test_the_part_that_was_matched_decides_the_order(catalog: IndexedCatalog, typed: str) -> None:
    parts = [(hit.id, hit.matched_on) for hit in catalog.search(typed).hits]
    assert parts == [
        ("symptom.in-alias", Part.ALIAS),
        ("symptom.in-title", Part.TITLE),
        ("symptom.in-meaning", Part.MEANING),
        ("symptom.in-said", Part.SYNONYM),
        *([("symptom.in-synonym", Part.SYNONYM)] if typed != "gunzhou" else []),
        ("symptom.in-cause", Part.CAUSE),
        ("symptom.in-step", Part.STEP),
    ]


def test_of_equals_the_common_comes_first_then_what_the_shop_has_met(catalog: IndexedCatalog) -> None:
    def order(*met: str) -> list[str]:
        return [hit.id.removeprefix("symptom.") for hit in catalog.search("灯在闪", met=met).hits]

    assert order() == ["often", "also-often", "rare"]
    assert order("symptom.also-often", "symptom.rare") == ["also-often", "often", "rare"]


def test_money_comes_first_when_the_question_is_about_money(catalog: IndexedCatalog) -> None:
    assert [hit.id for hit in catalog.search("提示").hits] == ["symptom.no-money", "symptom.money"]
    assert [hit.id for hit in catalog.search("提示 扣款").hits] == ["symptom.money", "symptom.no-money"]


@pytest.mark.parametrize("typed", ["囫囵吞枣", "xqzvvk", "qwfpgj", "E98765", "没这个词汇吧"])
def test_what_nobody_wrote_is_not_found(catalog: IndexedCatalog, typed: str) -> None:
    assert catalog.search(typed).outcome in (Outcome.NONE, Outcome.NEAR)


_HALF_TYPED = st.text(alphabet="签到dao失qian败 wifi'’- ^=~冲證ǎ1４\u3000\n\u200b\ud800🙂ــא", max_size=60)


@settings(deadline=None)
@given(st.text(max_size=10_000) | _HALF_TYPED)
def test_any_text_is_answered(catalog: IndexedCatalog, typed: str) -> None:
    answer = catalog.search(typed)
    for hit in answer.hits:
        for title, places in ((hit.title.zh, hit.marks_zh), (hit.title.en, hit.marks_en)):
            flat = [edge for place in places for edge in place]
            assert flat == sorted(set(flat))
            assert all(0 <= edge <= len(title) for edge in flat)


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "qian" * 2_500, "失败" * 5_000, "x " * 5_000, "e1 " * 3_000, "'\"*(" * 2_500]
)
def test_a_very_long_text_is_answered(catalog: IndexedCatalog, typed: str) -> None:
    assert len(catalog.search(typed).query) <= 200
