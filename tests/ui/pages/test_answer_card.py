"""The answer of ten seconds: money, retry, what to say and what to do first."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pos_helper.domain.entries import Confidence, Meaning, Money, OtherWords, Retry
from pos_helper.domain.labels import CONFIDENCE, MONEY, RETRY
from pos_helper.domain.resolved_entry import BUILT_IN_PACK, SHOP_PACK, ResolvedEntry
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.answer_card import AnswerCard
from pos_helper.ui.theme import TOUCH, Theme
from pos_helper.ui.widgets.looks import MONEY_LOOKS, RETRY_LOOKS
from tests.ui.fits import cut_off, texts, unnamed
from tests.ui.samples import RESOLVED

MEANINGS = tuple(
    Meaning(text=Text(f"第 {n} 种说法", f"Reading {n}"), sources=("article",), confidence=confidence)
    for n, confidence in enumerate((Confidence.LOW, Confidence.MEDIUM, Confidence.LOW))
)
DISPUTED = replace(RESOLVED, entry=replace(RESOLVED.entry, meanings=MEANINGS))
CERTAIN = replace(
    RESOLVED,
    entry=replace(RESOLVED.entry, money=Money.CHARGED, retry=Retry.NO, meanings=(), first=(), code=None),
)


@pytest.fixture
def side(qtbot: Any) -> QWidget:
    """What the card stands on, so that its own wishes do not make it wider."""
    side = QWidget()
    qtbot.addWidget(side)
    side.resize(1000, 1600)
    return side


@pytest.fixture
def card(theme: Theme, language: Language, side: QWidget) -> AnswerCard:
    card = AnswerCard(theme, language, side)
    card.resize(990, 320)
    side.show()
    return card


def show(card: AnswerCard, resolved: ResolvedEntry, found: Money | None = None) -> None:
    card.show_entry(resolved)
    card.show_answers(resolved.entry.money, resolved.entry.retry, found)
    card.set_marks({})


def shown_text(card: AnswerCard, name: str) -> str:
    label = card.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


@pytest.mark.parametrize("money", list(Money))
@pytest.mark.parametrize("retry", list(Retry))
def test_the_first_two_answers_are_said_in_words(card: AnswerCard, money: Money, retry: Retry) -> None:
    card.show_entry(RESOLVED)
    card.show_answers(money, retry, None)
    assert shown_text(card, "moneyState") == MONEY[money].en
    assert shown_text(card, "retryAdvice") == RETRY[retry].en


def test_every_answer_has_a_look() -> None:
    assert set(MONEY_LOOKS) == set(Money)
    assert set(RETRY_LOOKS) == set(Retry)


@pytest.mark.parametrize(("lang", "large", "small"), [(Lang.ZH, "zh", "en"), (Lang.EN, "en", "zh")])
def test_the_phrase_stands_in_both_languages(
    card: AnswerCard, language: Language, lang: Lang, large: str, small: str, qtbot: Any
) -> None:
    show(card, RESOLVED)
    language.use(lang)
    qtbot.waitUntil(
        lambda: shown_text(card, "customerPhrase") == getattr(RESOLVED.entry.customer_phrase, large)
    )
    assert shown_text(card, "customerPhraseOther") == getattr(RESOLVED.entry.customer_phrase, small)


def test_what_the_screen_says_is_there_to_compare(card: AnswerCard, language: Language, qtbot: Any) -> None:
    says = OtherWords(zh=("余额不足",), en=("INSUFF FUNDS",))
    show(card, replace(RESOLVED, entry=replace(RESOLVED.entry, screen=says)))
    assert shown_text(card, "screenWords") == "The screen says: INSUFF FUNDS · 余额不足"
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: shown_text(card, "screenWords") == "屏幕上写着：余额不足 · INSUFF FUNDS")
    show(card, RESOLVED)
    words = card.findChild(QLabel, "screenWords")
    assert isinstance(words, QLabel)
    assert not words.isVisible()


def test_title_and_code_are_said_as_one(card: AnswerCard) -> None:
    show(card, RESOLVED)
    assert shown_text(card, "entryTitle") == "E1 Communication failure"
    show(card, CERTAIN)
    assert shown_text(card, "entryTitle") == "Communication failure"


@pytest.mark.parametrize(("name", "money"), [("charged", Money.CHARGED), ("not_charged", Money.NOT_CHARGED)])
def test_what_the_check_showed_is_asked_for_and_shown_only_when_it_is_kept(
    card: AnswerCard, name: str, money: Money, qtbot: Any
) -> None:
    show(card, RESOLVED)
    button = getattr(card, name)
    assert button.isVisible()
    assert button.height() >= TOUCH
    with qtbot.waitSignal(card.money_found) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [money]
    assert not button.isChecked()
    card.show_answers(money, Retry.NO, money)
    assert button.isChecked()
    with qtbot.waitSignal(card.money_found) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [None]
    assert button.isChecked()


def test_nothing_is_asked_where_the_catalog_knows(card: AnswerCard) -> None:
    show(card, CERTAIN)
    assert not card.charged.isVisible()
    assert not card.not_charged.isVisible()


def test_the_quick_steps_are_there_to_tick(card: AnswerCard, qtbot: Any) -> None:
    show(card, RESOLVED)
    model = card.quick_steps.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        step.text.en for step in RESOLVED.first_steps()
    ]
    card.quick_steps.setFocus()
    with qtbot.waitSignal(card.quick_steps.tick_requested) as asked:
        qtbot.keyClick(card.quick_steps, Qt.Key.Key_Space)
    assert asked.args == ["check-last-sale", True]
    show(card, CERTAIN)
    assert not card.quick_steps.isVisible()


def test_the_confidence_is_that_of_the_chosen_meaning_or_the_leading_one(card: AnswerCard) -> None:
    def shown() -> set[str]:
        words = {word.en for word in CONFIDENCE.values()}
        return {
            label.text() for label in card.findChildren(QLabel) if label.isVisible() and label.text() in words
        }

    show(card, DISPUTED)
    assert shown() == {"Low confidence"}
    card.show_chosen_meaning(1)
    assert shown() == {"Medium confidence"}
    show(card, CERTAIN)
    assert shown() == set()


@pytest.mark.parametrize(
    ("pack", "mark"),
    [
        (BUILT_IN_PACK, None),
        (SHOP_PACK, "Recorded in this shop"),
        ("chain-store", "chain-store"),
        ("w" * 200, "w" * 24 + "…"),
    ],
)
def test_what_does_not_ship_with_the_program_is_marked(card: AnswerCard, pack: str, mark: str | None) -> None:
    show(card, replace(RESOLVED, pack=pack))
    chip = card.findChild(QLabel, "packMark")
    assert isinstance(chip, QLabel)
    assert (chip.text() if chip.isVisible() else None) == mark


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [990, 600])
@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_is_cut_off(
    card: AnswerCard, theme: Theme, language: Language, lang: Lang, width: int, percent: int, qtbot: Any
) -> None:
    def all_of_it_fits() -> bool:
        card.resize(width, card.heightForWidth(width))
        return card.width() == width and cut_off(card) == []

    theme.set_text_percent(percent)
    language.use(lang)
    for resolved in (RESOLVED, DISPUTED, CERTAIN, replace(DISPUTED, pack=SHOP_PACK)):
        show(card, resolved)
        card.meanings.toggle.setChecked(True)
        for retry in Retry:
            card.show_answers(resolved.entry.money, retry, None)
            qtbot.waitUntil(all_of_it_fits)


def test_every_control_has_a_name(card: AnswerCard) -> None:
    show(card, DISPUTED)
    assert unnamed(card) == []
    assert card.quick_steps.accessibleName()
    assert card.meanings.accessibleName()


def test_switching_there_and_back_leaves_nothing_behind(
    card: AnswerCard, theme: Theme, language: Language, qtbot: Any
) -> None:
    resolved = replace(DISPUTED, pack=SHOP_PACK)
    show(card, resolved)
    for lang in (Lang.ZH, Lang.EN, Lang.ZH, Lang.EN):
        language.use(lang)
        fresh = AnswerCard(theme, language)
        qtbot.addWidget(fresh)
        show(fresh, resolved)
        qtbot.waitUntil(lambda fresh=fresh: texts(card) == texts(fresh))
