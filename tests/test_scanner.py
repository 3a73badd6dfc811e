"""A shop's scanner and the whole window: it ticks nothing, and what it reads is no fault code."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.text import Lang
from pos_helper.paths import UserPaths
from pos_helper.ui.dialogs.settings_dialog import SettingsDialog
from tests.keyboard import ARTICLE, Keyboard
from tests.window import Open, box, kept, press, quick_steps, said, wait_until, words

PAYMENT_CODES = ["134567890123456789", "287634438256643940", "6212345678901234567"]


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def places(app: App) -> Iterator[QWidget]:
    """Everything in the window that can have the focus now and is no text field."""
    for each in app.window.findChildren(QWidget):
        takes_focus = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.isVisible()
        if takes_focus and not isinstance(each, QLineEdit | QPlainTextEdit):
            yield each


def stands_in_box(app: App, text: str) -> bool:
    return box(app).text() == text


def go_to_quick_steps(app: App, qtbot: QtBot) -> None:
    """Wait for the answer and go to the first thing to do."""
    wait_until(qtbot, lambda: quick_steps(app).isVisible())
    quick_steps(app).setFocus()


@pytest.mark.parametrize("query", ["51", "E1", ""])
def test_a_scan_does_nothing_wherever_the_focus_is(
    open_window: Open, user: UserPaths, qtbot: QtBot, keys: Keyboard, query: str
) -> None:
    app = open_window()
    if query:
        keys.type(query)
        keys.press(Qt.Key.Key_Return)
        wait_until(qtbot, lambda: quick_steps(app).isVisible())
    done: list[object] = []
    for action in app.window.findChildren(QAction):
        action.triggered.connect(done.append)
    for button in app.window.findChildren(QAbstractButton):
        button.clicked.connect(done.append)
    visited = [*places(app)]
    assert len(visited) >= (5 if query else 3)
    for place in visited:
        place.setFocus()
        before = (box(app).text(), app.window.results.lookup, said(app, "moneyState"))
        for _ in range(3):
            keys.scan(ARTICLE)
        assert done == []
        assert (box(app).text(), app.window.results.lookup, said(app, "moneyState")) == before
        assert QApplication.activePopupWidget() is None
        assert QApplication.activeModalWidget() is None
        assert place.hasFocus(), place.objectName()
    assert kept(user) == []
    assert "What was scanned did nothing here" in words(app.window.banner)


def test_a_scan_while_the_menu_of_a_step_is_open_sets_no_result(
    open_window: Open, user: UserPaths, qtbot: QtBot, keys: Keyboard
) -> None:
    app = open_window("E1")
    go_to_quick_steps(app, qtbot)
    keys.press(Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is not None
    for _ in range(3):
        keys.scan(ARTICLE)
    assert kept(user) == []
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    (case,) = kept(user)
    assert len(case.marks) == 1


def test_a_person_still_ticks_with_the_space_bar(
    open_window: Open, user: UserPaths, qtbot: QtBot, keys: Keyboard
) -> None:
    app = open_window("E1")
    go_to_quick_steps(app, qtbot)
    keys.press(" ")
    wait_until(qtbot, lambda: len(kept(user)) == 1)
    assert box(app).text() == "E1"


def test_the_next_code_can_be_typed_at_once(open_window: Open, qtbot: QtBot, keys: Keyboard) -> None:
    app = open_window()
    for code in ("E1", "0x0004", "3000"):
        keys.type(code)
        keys.press(Qt.Key.Key_Return)
        wait_until(qtbot, partial(stands_in_box, app, code))
        go_to_quick_steps(app, qtbot)
    assert app.window.results.lookup.query == "3000"


def test_a_scan_into_the_note_is_text(open_window: Open, qtbot: QtBot, keys: Keyboard) -> None:
    app = open_window("E1")
    go_to_quick_steps(app, qtbot)
    press(app, "noteButton")
    note = app.window.action_bar.note
    wait_until(qtbot, lambda: note.isAncestorOf(app.window.focusWidget()))
    keys.type("box ")
    keys.scan(ARTICLE, end=None)
    assert note.note == f"box {ARTICLE}"
    assert box(app).text() == "E1"


def test_a_scan_into_a_field_of_a_dialog_is_text(open_window: Open, qtbot: QtBot, keys: Keyboard) -> None:
    app = open_window()
    press(app, "settingsButton")
    wait_until(qtbot, lambda: app.window.findChild(SettingsDialog) is not None)
    dialog = app.window.findChild(SettingsDialog)
    assert dialog is not None
    field = next(each for each in dialog.findChildren(QLineEdit) if each.isVisible())
    field.clear()
    field.setFocus()
    wait_until(qtbot, field.hasFocus)
    keys.scan("12345678")
    assert field.text() == "12345678"
    assert dialog.isVisible()  # the Enter of a scanner ends no dialog
    keys.press(Qt.Key.Key_Return)
    wait_until(qtbot, lambda: app.window.findChild(SettingsDialog) is None)


@pytest.mark.parametrize(
    ("lang", "says", "says_in_the_middle"),
    [
        (
            Lang.EN,
            "This looks like an article's barcode",
            "There is no answer yet. Type only the code that the screen shows, or a few words of it.",
        ),
        (Lang.ZH, "这像是商品的条码", "还没有答案。只输入屏幕上的代码，或者上面的几个字。"),
    ],
)
def test_a_barcode_in_the_box_is_no_code(
    open_window: Open, user: UserPaths, keys: Keyboard, lang: Lang, says: str, says_in_the_middle: str
) -> None:
    app = open_window(lang=lang)
    keys.scan(ARTICLE)
    results = app.window.results
    assert results.headline.text() == says
    assert says_in_the_middle in words(app.window.work)
    assert not results.record_code.isVisible()
    assert not results.general_checks.isVisible()
    assert not app.window.action_bar.isEnabled()
    assert box(app).hasFocus()
    assert kept(user) == []


@pytest.mark.parametrize("code", PAYMENT_CODES)
def test_a_payment_code_is_masked_to_its_last_digit_and_kept_nowhere(
    open_window: Open, user: UserPaths, keys: Keyboard, code: str
) -> None:
    app = open_window()
    for typed_before in ("", "51"):
        keys.type(typed_before)
        keys.scan(code)
    lookup = app.window.results.lookup
    assert (lookup.outcome, lookup.hits) == (Outcome.CARD_DATA, ())
    assert not any(digit in box(app).text() for digit in code[:-4])
    shown = " ".join(words(each) for each in app.window.findChildren(QWidget))
    assert code[:12] not in shown
    app.stop()
    files = [path for path in user.data.rglob("*") if path.is_file()]
    assert not any(code[:12].encode() in path.read_bytes() for path in files)
