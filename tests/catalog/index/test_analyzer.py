"""How a text is taken apart, and where its terms stand."""

import pytest

from pos_helper.catalog.index.analyzer import Analyzer, read_chinese


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    made = Analyzer(read_chinese())
    groups = [("签购单", "=slip"), ("card slip", "=slip"), ("死机", "=frozen")]
    made.learn([(made.phrase(words), group) for words, group in groups])
    return made


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("没纸", {"没", "纸", "没纸"}),
        ("機器", {"机", "器", "机器"}),
        ("没 纸", {"没", "纸"}),
        ("Printing slips", {"print", "slip"}),
        ("won't", {"wont"}),
        ("Wi-Fi", {"wi", "fi", "wifi"}),
        ("Ｗｉｆｉ断了", {"wifi", "断", "了", "断了"}),
        ("the card slips", {"the", "card", "slip", "=slip"}),
        ("簽購單", {"签", "购", "单", "签购", "购单", "=slip"}),
        ("🙂 \x00—", set()),
    ],
)
def test_the_terms_of_a_text(analyzer: Analyzer, text: str, terms: set[str]) -> None:
    assert {term.text for term in analyzer.terms(text)} == terms


def test_terms_know_where_they_stand_in_the_original(analyzer: Analyzer) -> None:
    text = "㈱ Ｃａｒｄ\u200b 簽到!"
    ordinals = {term.text: text[term.start : term.end] for term in analyzer.terms(text)}
    assert ordinals["card"] == "Ｃａｒｄ"
    assert ordinals["签到"] == "簽到"


def test_initials_are_kept_from_every_character_on(analyzer: Analyzer) -> None:
    assert {"^czsb", "^zsb", "^sb"} <= analyzer.initials("冲正失败")
    assert analyzer.initials("Card") == set()
    assert analyzer.initials_in("提示：冲正失败", ["zs"]) == [(4, 6)]
