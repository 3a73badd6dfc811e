"""The stop sign: what it says, and that doing nothing is what Enter and Escape do."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.stop_sign import StopSignDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from tests.ui.fits import texts
from tests.ui.samples import STEPS

RISKY = STEPS["restart-router"]


@pytest.fixture
def sign(theme: Theme, language: Language, qtbot: Any) -> StopSignDialog:
    language.use(Lang.EN)
    assert RISKY.stop is not None
    sign = StopSignDialog(theme, language, RISKY, RISKY.stop)
    qtbot.addWidget(sign)
    sign.show()
    return sign


def test_says_what_can_be_lost_and_who_may_do_it(sign: StopSignDialog) -> None:
    assert RISKY.stop is not None
    for words in ("Money may be lost", "Restart the router", RISKY.stop.text.en, "Who may do it: Owner"):
        assert words in texts(sign)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("words", range(20, 40))
def test_all_of_it_is_seen_at_once(
    theme: Theme, language: Language, qtbot: Any, words: int, percent: int
) -> None:
    theme.set_text_percent(percent)  # the larger one would like wider lines than the test's screen has
    text = Text("字", "read " * words)
    assert RISKY.stop is not None
    sign = StopSignDialog(theme, language, RISKY, replace(RISKY.stop, text=text))
    qtbot.addWidget(sign)
    with qtbot.waitExposed(sign):
        sign.show()
    page = sign.findChild(QScrollArea)
    assert page is not None
    qtbot.waitUntil(lambda: not page.verticalScrollBar().isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_a_key_pressed_in_haste_goes_back(sign: StopSignDialog, qtbot: Any, key: Qt.Key) -> None:
    focus = sign.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(sign.rejected):
        qtbot.keyClick(focus, key)


def test_goes_on_by_mouse_and_by_keyboard(sign: StopSignDialog, qtbot: Any) -> None:
    go_on = sign.findChild(QAbstractButton, "goOnButton")
    assert isinstance(go_on, QAbstractButton)
    with qtbot.waitSignal(sign.accepted):
        qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    sign.show()
    go_on.setFocus()
    with qtbot.waitSignal(sign.accepted):
        qtbot.keyClick(go_on, Qt.Key.Key_Return)


@pytest.mark.parametrize("goes_on", [True, False])
def test_asking_waits_for_the_answer(theme: Theme, language: Language, qtbot: Any, goes_on: bool) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StopSignDialog)
        dialog.done(goes_on)

    window = QWidget()
    qtbot.addWidget(window)
    QTimer.singleShot(0, answer)
    assert StopSignDialog.ask(theme, language, RISKY, window) is goes_on
    qtbot.waitUntil(lambda: window.findChild(StopSignDialog) is None)


def test_a_step_without_a_stop_sign_asks_nothing(theme: Theme, language: Language) -> None:
    assert StopSignDialog.ask(theme, language, STEPS["look-at-icon"])
