"""Words as people write, sound and mistype them, and in which order the entries come."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.domain.lookup import Hit, MatchedField, MatchMethod, Outcome
from tests.locations import DATA, SMALL_CATALOG

WORDS = DATA / "catalog" / "words.yaml"


@pytest.fixture(scope="module")
def catalog() -> Iterator[IndexedCatalog]:
    opened = open_catalog([SMALL_CATALOG, WORDS])
    yield opened
    opened.close()


def first(catalog: IndexedCatalog, typed: str) -> Hit:
    answer = catalog.search(typed)
    assert answer.outcome in (Outcome.TEXT, Outcome.NEAR), typed
    return answer.hits[0]


def marked(title: str, places: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"[{title[start:end]}]" for start, end in places)


@pytest.mark.parametrize(
    ("typed", "found", "how"),
    [
        ("签到失败", "sign-in", MatchMethod.LITERAL),
        ("签到", "sign-in", MatchMethod.LITERAL),
        ("簽到失敗", "sign-in", MatchMethod.LITERAL),
        ("簽購單打不出來", "slip", MatchMethod.LITERAL),
        ("qiandaoshibai", "sign-in", MatchMethod.PINYIN),
        ("qian dao shi bai", "sign-in", MatchMethod.PINYIN),
        ("QianDao ShiBai", "sign-in", MatchMethod.PINYIN),
        ("qiāndào", "sign-in", MatchMethod.PINYIN),
        ("qian1dao4", "sign-in", MatchMethod.PINYIN),
        ("qiandaosh", "sign-in", MatchMethod.PINYIN),
        ("qiandao", "sign-in", MatchMethod.PINYIN),
        ("qiangdaosibai", "sign-in", MatchMethod.PINYIN),
        ("签dao", "sign-in", MatchMethod.PINYIN),
        ("qdsb", "sign-in", MatchMethod.INITIALS),
        ("czsb", "reversal", MatchMethod.INITIALS),
        ("c z s b", "reversal", MatchMethod.INITIALS),
        ("qgddbcl", "slip", MatchMethod.INITIALS),
        ("冲证失败", "reversal", MatchMethod.SOUND),
        ("充正失败", "reversal", MatchMethod.SOUND),
        ("从正", "reversal", MatchMethod.SOUND),
        ("expierd", "expired", MatchMethod.TYPO),
        ("exipred crad", "expired", MatchMethod.TYPO),
        ("reversle", "reversal", MatchMethod.TYPO),
        ("expires", "expired", MatchMethod.LITERAL),
        ("EXPIRING", "expired", MatchMethod.LITERAL),
        ("printing", "slip", MatchMethod.LITERAL),
        ("revers", "reversal", MatchMethod.LITERAL),
        ("wifi", "wifi", MatchMethod.LITERAL),
        ("wi fi", "wifi", MatchMethod.LITERAL),
        ("Wi-Fi", "wifi", MatchMethod.LITERAL),
        ("time out", "timeout", MatchMethod.LITERAL),
        ("cardexpired", "expired", MatchMethod.LITERAL),
        ("reversalfai", "reversal", MatchMethod.TYPO),
        ("请问签到为什么失败", "sign-in", MatchMethod.LITERAL),
        ("why does the refund fail", "refund", MatchMethod.LITERAL),
        ("what should I do when my card is expired please", "expired", MatchMethod.LITERAL),
        ("it keeps saying that her card has expired again today", "expired", MatchMethod.LITERAL),
        ("今天早上我们这个签到一直不行", "sign-in", MatchMethod.LITERAL),
    ],
)
def test_words_are_found_however_they_are_written(
    catalog: IndexedCatalog, typed: str, found: str, how: MatchMethod
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
        ("symptom.in-alias", MatchedField.ALIAS),
        ("symptom.in-title", MatchedField.TITLE),
        ("symptom.in-meaning", MatchedField.MEANING),
        ("symptom.in-said", MatchedField.SYNONYM),
        *([("symptom.in-synonym", MatchedField.SYNONYM)] if typed != "gunzhou" else []),
        ("symptom.in-cause", MatchedField.CAUSE),
        ("symptom.in-step", MatchedField.STEP),
    ]


def test_of_equals_the_common_comes_first_then_what_the_shop_has_met(catalog: IndexedCatalog) -> None:
    def order(*seen: str) -> list[str]:
        return [hit.id.removeprefix("symptom.") for hit in catalog.search("灯在闪", seen=seen).hits]

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
