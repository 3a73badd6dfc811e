"""What was found: the answer is marked, a guess never, and every outcome says what it is."""

from typing import Any

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pos_helper.domain.entries import GENERAL_CHECKS, Confidence, Money, Retry
from pos_helper.domain.labels import MONEY
from pos_helper.domain.lookup import Because, Hit, Lookup, MakerName, Match, Outcome, Spans
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.result_list import ResultModel
from pos_helper.ui.pages.results import Results
from pos_helper.ui.theme import TOUCH, Theme
from tests.ui.fits import cut_off, texts
from tests.ui.painted import Painted


def hit(number: int, match: Match = Match.EXACT, code: str | None = "E1") -> Hit:
    return Hit(
        id=f"origin-{number}.e1",
        code=code,
        origin=f"origin-{number}",
        match=match,
        title=Text("通讯失败，或者交易没有通过", "Communication failure, or the sale was not accepted"),
        money=list(Money)[number % len(Money)],
        retry=Retry.AFTER_CHECK,
        origin_title=Text(f"屏幕 {number}", f"Screen {number}"),
        confidence=Confidence.LOW,
    )


EXACT = Lookup(query="E1", read_as="E1", outcome=Outcome.EXACT, hits=(hit(1),), because=Because.MACHINES)
OTHERWISE = structs.replace(EXACT, query="0xOO04", read_as="0x0004", hits=(hit(1, code="0x0004"),))
SEVERAL = structs.replace(EXACT, hits=(hit(1), hit(2), hit(3, Match.ALIAS)))
WORDS = Lookup(
    query="连不上",
    read_as="连不上",
    outcome=Outcome.TEXT,
    hits=tuple(hit(n, Match.TEXT, None) for n in range(50)),
    because=Because.WORDS,
)
NEAR = Lookup(query="E9", read_as="E9", outcome=Outcome.NEAR, hits=(hit(1, Match.NEAR), hit(2, Match.NEAR)))
WRITTEN_OTHERWISE = Lookup(
    query="0016", read_as="16", outcome=Outcome.OTHERWISE, hits=(hit(1, Match.OTHERWISE, "16"),)
)
OF_OTHERS = Lookup(
    query="SumUp 11",
    read_as="11",
    outcome=Outcome.NONE,
    hits=(structs.replace(hit(0), others=True),),
    makers=(MakerName(Text("SumUp", "SumUp"), has_table=False),),
)
DISPUTED = structs.replace(EXACT, query="E1 approved", disputed=True)
NOTHING = Lookup(query="qqq", read_as="qqq", outcome=Outcome.NONE)
ENDLESS = Lookup(query="W" * 200, read_as="W" * 200, outcome=Outcome.NONE)
CARD = Lookup(query="411111******1111", read_as="", outcome=Outcome.CARD_DATA)
ALL = {
    "exact": EXACT,
    "otherwise": OTHERWISE,
    "several": SEVERAL,
    "words": WORDS,
    "near": NEAR,
    "written otherwise": WRITTEN_OTHERWISE,
    "of others": OF_OTHERS,
    "disputed": DISPUTED,
    "nothing": NOTHING,
    "endless": ENDLESS,
    "card data": CARD,
}
WITHOUT_ANSWER = ("near", "written otherwise", "of others", "disputed", "nothing", "endless")


@pytest.fixture
def results(theme: Theme, language: Language, qtbot: Any) -> Results:
    results = Results(theme, language)
    qtbot.addWidget(results)
    results.resize(320, 600)
    results.show()
    return results


@pytest.fixture
def chosen(results: Results) -> list[str]:
    """The entries that were asked for."""
    chosen: list[str] = []
    results.entry_chosen.connect(chosen.append)
    return chosen


@pytest.mark.parametrize("lookup", [EXACT, SEVERAL, WORDS], ids=["exact", "several", "words"])
def test_the_answer_is_marked_and_not_asked_for(results: Results, chosen: list[str], lookup: Lookup) -> None:
    results.show_lookup(lookup)
    assert results.chosen == lookup.hits[0].id
    assert chosen == []


@pytest.mark.parametrize("lookup", [NEAR, WRITTEN_OTHERWISE, OF_OTHERS, DISPUTED, NOTHING, CARD])
def test_what_is_no_answer_is_never_chosen(results: Results, chosen: list[str], lookup: Lookup) -> None:
    results.show_lookup(EXACT)
    results.show_lookup(lookup)
    assert chosen == []
    assert results.chosen is None


def test_a_guess_can_be_chosen_by_hand_and_says_that_it_is_one(results: Results, chosen: list[str]) -> None:
    results.show_lookup(NEAR)
    results.move_selection(1)
    assert chosen == [NEAR.hits[0].id]
    assert "Only a guess" in results.list.currentIndex().data()


def test_going_to_the_list_chooses_nothing(results: Results, chosen: list[str], qtbot: QtBot) -> None:
    results.show_lookup(NEAR)
    results.list.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(results.list.hasFocus)
    assert (chosen, results.chosen) == ([], None)
    QTest.keyClick(results.list, Qt.Key.Key_Space)
    assert chosen == [NEAR.hits[0].id]


def test_what_is_no_answer_says_why_in_its_row(results: Results) -> None:
    for lookup, words in ((WRITTEN_OTHERWISE, "Written otherwise"), (OF_OTHERS, "Another maker's")):
        results.show_lookup(lookup)
        assert words in results.list.model().index(0, 0).data()


def test_what_another_maker_means_says_nothing_about_money(results: Results) -> None:
    results.show_lookup(EXACT)
    money = MONEY[EXACT.hits[0].money].en
    assert money in results.list.model().index(0, 0).data()
    results.show_lookup(OF_OTHERS)
    assert MONEY[OF_OTHERS.hits[0].money].en not in results.list.model().index(0, 0).data()


def test_the_choice_moves_as_far_as_there_are_rows(results: Results, chosen: list[str]) -> None:
    results.show_lookup(SEVERAL)
    for rows in (1, 8, -1, -8):
        results.move_selection(rows)
        assert results.chosen is not None
        results.show_chosen(results.chosen)  # what was asked for comes on screen
    assert chosen == [SEVERAL.hits[row].id for row in (1, 2, 1, 0)]


def test_what_others_mean_is_folded_away_and_unfolds_before_it_is_moved_in(
    results: Results, chosen: list[str]
) -> None:
    results.show_lookup(OF_OTHERS)
    assert not results.list.isVisible()
    assert results.others.text() == "Other makers' (1)"
    results.move_selection(1)
    assert results.list.isVisible()
    assert chosen == []
    results.move_selection(1)
    assert chosen == [OF_OTHERS.hits[0].id]
    results.show_lookup(NEAR)
    assert results.list.isVisible()
    assert not results.others.isVisible()


def test_the_general_checks_are_offered_where_they_are_not_on_screen(results: Results) -> None:
    results.show_lookup(OF_OTHERS)
    results.show_chosen(GENERAL_CHECKS)
    assert not results.general_checks.isVisible()
    results.show_chosen(OF_OTHERS.hits[0].id)
    assert results.general_checks.isVisible()


def test_what_was_chosen_elsewhere_is_marked_here(results: Results, chosen: list[str]) -> None:
    results.show_lookup(structs.replace(SEVERAL, because=None))
    assert results.chosen is None
    results.show_chosen(SEVERAL.hits[1].id)
    assert results.chosen == SEVERAL.hits[1].id
    assert chosen == []


def test_moving_with_no_rows_does_nothing(results: Results, chosen: list[str]) -> None:
    results.show_lookup(NOTHING)
    results.move_selection(1)
    assert chosen == []


def test_a_click_chooses(results: Results, chosen: list[str], qtbot: Any) -> None:
    results.show_lookup(SEVERAL)
    second = results.list.visualRect(results.list.model().index(1, 0))
    qtbot.mouseClick(results.list.viewport(), Qt.MouseButton.LeftButton, pos=second.center())
    assert chosen[-1] == SEVERAL.hits[1].id


def test_an_entry_from_elsewhere_takes_the_choice_away_and_it_can_be_chosen_again(
    results: Results, chosen: list[str]
) -> None:
    results.show_lookup(SEVERAL)
    results.show_chosen(SEVERAL.hits[0].id)
    assert results.chosen == SEVERAL.hits[0].id
    results.show_chosen("another.entry")
    assert results.chosen is None
    results.move_selection(1)
    assert chosen == [SEVERAL.hits[0].id]


@pytest.mark.parametrize(
    ("lookup", "word"),
    [
        (OTHERWISE, "Read as 0x0004"),
        (structs.replace(SEVERAL, because=None), "which screen showed it?"),
        (SEVERAL, "Found: "),
        (NEAR, "Did you mean one of these?"),
        (NEAR, "only guesses"),
        (WRITTEN_OTHERWISE, "No code is written exactly so"),
        (OF_OTHERS, "There is no table for SumUp, so 11 is not known"),
        (DISPUTED, "contradicts what was found"),
        (NOTHING, "Nothing found for “qqq”"),
        (CARD, "card number"),
        (CARD, "not searched"),
    ],
)
def test_the_line_above_says_how_the_text_was_read(results: Results, lookup: Lookup, word: str) -> None:
    results.show_lookup(lookup)
    assert word in f"{results.headline.text()} {results.detail.text()}"


def test_a_code_that_was_typed_as_it_is_written_is_not_explained(results: Results) -> None:
    results.show_lookup(EXACT)
    assert not results.detail.isVisible()


@pytest.mark.parametrize(("name", "offered"), [(name, name in WITHOUT_ANSWER) for name in ALL], ids=ALL)
def test_the_general_checks_are_offered_where_there_is_no_answer(
    results: Results, name: str, offered: bool, qtbot: Any
) -> None:
    results.show_lookup(ALL[name])
    assert results.general_checks.isVisible() is offered
    if offered:
        with qtbot.waitSignal(results.general_checks_requested):
            results.general_checks.click()


@pytest.mark.parametrize(
    ("query", "read_as", "recorded"),
    [
        ("E9", "E9", "E9"),
        (" E9 ", "E9", "E9"),
        ("错误代码 E9", "E9", "E9"),
        ("PLEASE WAIT", "please wait", "PLEASE WAIT"),
        ("!?", "", "!?"),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.NEAR, Outcome.NONE])
def test_a_code_that_nobody_knows_can_be_recorded(
    results: Results, outcome: Outcome, query: str, read_as: str, recorded: str, qtbot: Any
) -> None:
    results.show_lookup(Lookup(query=query, read_as=read_as, outcome=outcome))
    with qtbot.waitSignal(results.record_requested) as asked:
        qtbot.mouseClick(results.record_code, Qt.MouseButton.LeftButton)
    assert asked.args == [recorded]


@pytest.mark.parametrize("name", [name for name in ALL if name not in WITHOUT_ANSWER])
def test_what_has_an_answer_and_card_data_are_not_recorded(results: Results, name: str) -> None:
    results.show_lookup(ALL[name])
    assert not results.record_code.isVisible()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("lookup", ALL.values(), ids=ALL)
def test_nothing_is_cut_off(
    results: Results, theme: Theme, language: Language, lookup: Lookup, lang: Lang, percent: int, qtbot: Any
) -> None:
    theme.set_text_percent(percent)
    language.use(lang)
    results.show_lookup(lookup)
    qtbot.waitUntil(lambda: cut_off(results) == [])
    option = QStyleOptionViewItem()
    for row in range(len(lookup.hits)):
        size = results.list.itemDelegate().sizeHint(option, results.list.model().index(row, 0))
        assert size.width() <= results.list.viewport().width()
        assert size.height() >= TOUCH


@pytest.mark.parametrize("lookup", ALL.values(), ids=ALL)
def test_switching_there_and_back_leaves_nothing_behind(
    results: Results, theme: Theme, language: Language, lookup: Lookup, qtbot: Any
) -> None:
    def it_says_what_a_new_one_says() -> None:
        assert texts(results) == texts(fresh)
        assert rows(results) == rows(fresh)

    results.show_lookup(lookup)
    for lang in (Lang.ZH, Lang.EN, Lang.ZH, Lang.EN):
        language.use(lang)
        fresh = Results(theme, language)
        qtbot.addWidget(fresh)
        fresh.show_lookup(lookup)
        qtbot.waitUntil(it_says_what_a_new_one_says)


def rows(results: Results) -> list[str]:
    """What a screen reader says of each row."""
    model = results.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules(language: Language, qtmodeltester: Any) -> None:
    model = ResultModel(language)
    qtmodeltester.check(model)
    model.show_rows(SEVERAL.hits)
    qtmodeltester.check(model)
    model.show_rows(())
    qtmodeltester.check(model)


def test_the_general_checks_stand_right_below_the_guesses(
    theme: Theme, language: Language, qtbot: Any
) -> None:
    results = Results(theme, language)
    qtbot.addWidget(results)
    results.show_lookup(NEAR)
    results.resize(320, 600)
    results.show()

    def right_below() -> None:
        last = results.list.visualRect(results.list.model().index(len(NEAR.hits) - 1, 0))
        gap = results.general_checks.y() - results.list.y() - last.bottom()
        assert 0 < gap < TOUCH

    qtbot.waitUntil(right_below)


def test_all_guesses_are_seen_where_there_is_room(results: Results, qtbot: Any) -> None:
    hits = tuple(hit(number, Match.NEAR) for number in range(5))
    results.show_lookup(structs.replace(NEAR, hits=hits))
    last = results.list.model().index(len(hits) - 1, 0)
    qtbot.waitUntil(lambda: results.list.visualRect(last).bottom() < results.list.viewport().height())


def test_what_was_matched_stands_out_in_the_title(results: Results, theme: Theme, language: Language) -> None:
    plain = structs.replace(hit(1, Match.TEXT, None), confidence=None)

    def accented(marks_zh: Spans, marks_en: Spans) -> int:
        """How many pixels of the row have the colour of what stands out."""
        marked = structs.replace(plain, marks_zh=marks_zh, marks_en=marks_en)
        results.show_lookup(structs.replace(NEAR, outcome=Outcome.NONE, hits=(marked,)))
        QApplication.processEvents()  # a change of language is told by an event
        picture = results.list.viewport().grab().toImage()
        colour = theme.colours.accent.rgb()
        return sum(
            picture.pixel(x, y) == colour for x in range(picture.width()) for y in range(picture.height())
        )

    language.use(Lang.ZH)
    assert accented((), ((0, 13),)) == 0
    two = accented(((0, 2),), ())
    four = accented(((0, 2), (7, 9)), ())
    assert 0 < two < four
    language.use(Lang.EN)
    assert accented(((0, 2),), ()) == 0
    assert accented((), ((0, 13),)) > 0


def test_new_rows_are_painted_once(results: Results, qtbot: Any) -> None:
    results.show_lookup(SEVERAL)
    qtbot.waitExposed(results)
    QApplication.processEvents()
    painted = Painted(results.list.viewport())
    results.show_lookup(WORDS)
    for _ in range(10):
        QApplication.processEvents()
    assert painted.times == 1
    last = results.list.model().index(len(WORDS.hits) - 1, 0)
    assert results.list.visualRect(last).top() > results.list.viewport().height()
