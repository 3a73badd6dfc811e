"""Notices: one at a time, until they are dismissed; news passes by itself."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar

from pos_helper.domain.text import Lang, Text
from pos_helper.ui.language import Language
from pos_helper.ui.pages.banner import Banner
from pos_helper.ui.theme import TOUCH, Theme, Tone
from tests.ui.fits import cut_off, unnamed

KEPT_ASIDE = Text("记录读不出来，已另存。", "The cases could not be read and were kept aside.")
BROKEN_PACK = Text("资料包 b.yaml 有错，没有使用。", "Pack b.yaml has errors and was left out.")
COPIED = Text("已复制。", "Copied.")
BUILDING = Text("正在准备…", "Preparing…")


@pytest.fixture
def banner(theme: Theme, language: Language, qtbot: Any) -> Banner:
    banner = Banner(theme, language)
    qtbot.addWidget(banner)
    banner.resize(600, TOUCH)
    return banner


def shown_text(banner: Banner) -> str:
    label = banner.findChild(QLabel, "noticeText")
    assert isinstance(label, QLabel)
    return label.text()


def test_it_takes_no_room_while_there_is_nothing_to_say(banner: Banner) -> None:
    assert banner.isHidden()


def test_notices_are_said_one_after_the_other(banner: Banner) -> None:
    for text in (KEPT_ASIDE, BROKEN_PACK, KEPT_ASIDE):
        banner.show_notice(text)
    assert shown_text(banner) == KEPT_ASIDE.en
    assert any(label.text().startswith("1 ") for label in banner.findChildren(QLabel) if not label.isHidden())
    banner.dismiss.click()
    assert shown_text(banner) == BROKEN_PACK.en
    banner.dismiss.click()
    assert banner.isHidden()


@pytest.mark.parametrize("tone", [Tone.GOOD, Tone.INFO])
def test_news_comes_first_and_passes_by_itself(banner: Banner, qtbot: Any, tone: Tone) -> None:
    banner.passing.setInterval(1)
    banner.show_notice(KEPT_ASIDE)
    banner.show_notice(COPIED, tone)
    assert shown_text(banner) == COPIED.en
    qtbot.waitUntil(lambda: shown_text(banner) == KEPT_ASIDE.en)
    assert not banner.isHidden()


def test_trouble_stays(banner: Banner, qtbot: Any) -> None:
    banner.passing.setInterval(1)
    banner.show_notice(COPIED, Tone.GOOD)
    banner.show_notice(KEPT_ASIDE, Tone.BAD)
    qtbot.waitSignal(banner.passing.timeout).wait()
    assert shown_text(banner) == KEPT_ASIDE.en


def test_long_work_shows_how_far_it_is(banner: Banner) -> None:
    bar = banner.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    banner.show_progress(BUILDING, 30, 100)
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (30, 100, BUILDING.en)
    banner.show_progress(BUILDING)
    assert bar.maximum() == 0
    banner.hide_progress()
    assert banner.isHidden()


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("lang", list(Lang))
def test_all_of_it_can_be_read_in_both_languages(
    banner: Banner, theme: Theme, language: Language, lang: Lang, percent: int, qtbot: Any
) -> None:
    banner.show_notice(KEPT_ASIDE)
    banner.show_notice(BROKEN_PACK)
    banner.show_progress(BUILDING)
    theme.set_text_percent(percent)
    language.use(lang)
    qtbot.waitUntil(lambda: shown_text(banner) == KEPT_ASIDE.of(lang))
    banner.resize(400, banner.heightForWidth(400))
    qtbot.waitUntil(lambda: cut_off(banner) == [])
    assert unnamed(banner) == []
    assert banner.dismiss.height() >= TOUCH
