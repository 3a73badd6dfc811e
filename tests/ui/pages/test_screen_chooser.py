"""Which screen showed it? Each reading says its meaning and its money, and is chosen on purpose only."""

from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos_helper.domain.entries import Money, Retry
from pos_helper.domain.labels import MONEY
from pos_helper.domain.lookup import Hit, Lookup, Match, Outcome
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.screen_chooser import MOST_SHOWN, ScreenChooser
from pos_helper.ui.theme import TEXT_PERCENTS, TOUCH, Theme
from tests.ui.fits import cut_off, settle, texts, unnamed


def hit(number: int, origin: str = "", match: Match = Match.EXACT, others: bool = False) -> Hit:
    return Hit(
        id=f"entry-{number}",
        code="11",
        origin=origin or f"origin-{number}",
        match=match,
        title=Text(
            f"意思 {number}：签名没通过，不是成功", f"Meaning {number}: signature failed, not an approval"
        ),
        money=list(Money)[number % len(Money)],
        retry=Retry.AFTER_CHECK,
        origin_title=Text(f"屏幕 {number}", f"Screen {number}"),
        screen=Text(
            "刷卡机屏幕上单独出现，旁边没有“应答码”", "Alone on the screen, without “response code” & such"
        ),
        printed=Text("验证签名失败", "BAD SIGNATURE"),
        others=others,
    )


SEVERAL = Lookup("11", "11", Outcome.EXACT, (hit(0), hit(1), hit(2)))
ONE = Lookup("11", "11", Outcome.EXACT, (hit(0),))
MANY = Lookup(
    "11",
    "11",
    Outcome.EXACT,
    (*(hit(n) for n in range(6)), hit(6, match=Match.OTHERWISE), hit(7, others=True)),
)


@pytest.fixture
def chooser(theme: Theme, language: Language, qtbot: Any) -> ScreenChooser:
    chooser = ScreenChooser(theme, language)
    qtbot.addWidget(chooser)
    chooser.resize(1350, 400)
    chooser.show()
    chooser.activateWindow()
    qtbot.waitUntil(chooser.isActiveWindow)
    return chooser


@pytest.fixture
def chosen(chooser: ScreenChooser) -> list[str]:
    chosen: list[str] = []
    chooser.entry_chosen.connect(chosen.append)
    chooser.none_chosen.connect(lambda: chosen.append("none"))
    return chosen


def button(chooser: ScreenChooser, name: str) -> QAbstractButton:
    found = chooser.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton), name
    return found


def names(chooser: ScreenChooser) -> list[str]:
    """The names of the readings that are seen."""
    found = chooser.findChildren(QAbstractButton)
    return [
        each.objectName() for each in found if each.isVisible() and each.objectName().startswith("screen:")
    ]


def test_every_reading_says_its_screen_its_meaning_and_its_own_money(chooser: ScreenChooser) -> None:
    chooser.show_lookup(SEVERAL)
    for reading in SEVERAL.hits:
        said = button(chooser, f"screen:{reading.origin}").text()
        for word in ("11", "BAD SIGNATURE", reading.origin_title.en, reading.title.en, "Alone on the screen"):
            assert word in said
        assert MONEY[reading.money].en in said


def test_several_readings_of_one_origin_have_names_of_their_own(chooser: ScreenChooser) -> None:
    chooser.show_lookup(replace(SEVERAL, hits=(hit(0, "pos"), hit(1), hit(2, "pos"))))
    assert names(chooser) == ["screen:pos", "screen:origin-1", "screen:pos:2"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_choose_the_reading_that_was_gone_to(
    chooser: ScreenChooser, chosen: list[str], key: Qt.Key, qtbot: Any
) -> None:
    chooser.show_lookup(SEVERAL)
    chooser.focus_first()
    assert chosen == []
    qtbot.keyClick(chooser.focusWidget(), Qt.Key.Key_Right)
    assert chosen == []
    qtbot.keyClick(chooser.focusWidget(), key)
    assert chosen == ["entry-1"]


def test_arrow_keys_and_tab_reach_every_button(chooser: ScreenChooser, qtbot: Any) -> None:
    chooser.show_lookup(SEVERAL)
    for key, wanted in (
        (Qt.Key.Key_Right, ["screen:origin-1", "screen:origin-2", "noneOfThese"]),
        (Qt.Key.Key_Tab, ["screen:origin-1", "screen:origin-2", "noneOfThese"]),
        (Qt.Key.Key_Left, ["screen:origin-0"]),
    ):
        chooser.focus_first()
        passed = []
        for _ in wanted:
            qtbot.keyClick(chooser.focusWidget(), key)
            passed.append(chooser.focusWidget().objectName())
        assert passed == wanted


def test_one_click_chooses(chooser: ScreenChooser, chosen: list[str], qtbot: Any) -> None:
    chooser.show_lookup(SEVERAL)
    qtbot.mouseClick(button(chooser, "screen:origin-2"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(chooser.none, Qt.MouseButton.LeftButton)
    assert chosen == ["entry-2", "none"]
    assert "look at the last sale first" in chooser.none.text()


def test_rare_readings_are_folded_and_those_of_others_say_nothing_about_money(
    chooser: ScreenChooser, chosen: list[str]
) -> None:
    chooser.show_lookup(MANY)
    assert names(chooser) == [f"screen:origin-{number}" for number in range(MOST_SHOWN)]
    assert "(4)" in chooser.others.text()
    chooser.others.click()
    assert len(names(chooser)) == len(MANY.hits)
    assert "Written otherwise" in button(chooser, "screen:origin-6").text()
    other = button(chooser, "screen:origin-7").text()
    assert "Another maker's" in other
    assert not any(words.en in other for words in MONEY.values())
    button(chooser, "screen:origin-7").click()
    assert chosen == ["entry-7"]
    chooser.show_lookup(SEVERAL)
    assert not chooser.others.isVisible()


def test_a_single_reading_is_asked_for_too(chooser: ScreenChooser, chosen: list[str]) -> None:
    chooser.show_lookup(ONE)
    assert names(chooser) == ["screen:origin-0"]
    assert chooser.none.isVisible()
    assert chosen == []


def test_it_speaks_the_language_of_the_window(chooser: ScreenChooser, language: Language) -> None:
    chooser.show_lookup(MANY)
    language.use(Lang.ZH)
    settle()
    shown = " ".join(texts(chooser))
    assert "都不是，或看不出来" in shown
    assert "别的屏幕 4 种" in shown
    assert "Screen 0" not in shown


def test_nothing_is_cut_off_and_all_of_it_can_be_touched(
    theme: Theme, language: Language, qtbot: Any
) -> None:
    side = QWidget()
    qtbot.addWidget(side)
    chooser = ScreenChooser(theme, language, side)
    side.show()
    for percent, lang, width, lookup in product(TEXT_PERCENTS, Lang, (640, 990, 1350), (ONE, SEVERAL, MANY)):
        theme.set_text_percent(percent)
        language.use(lang)
        side.resize(width, 9000)
        settle()
        chooser.show_lookup(lookup)
        chooser.others.click()
        chooser.resize(width, chooser.height())
        chooser.resize(width, chooser.heightForWidth(width))
        assert cut_off(side) == []
        assert all(
            each.height() >= TOUCH for each in chooser.findChildren(QAbstractButton) if each.isVisible()
        )
    assert unnamed(side) == []
