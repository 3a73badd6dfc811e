"""The window as it is built for real: shipped catalog, real case store, every signal connected."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from types import FunctionType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos_helper.app import App
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.controllers import lookup as lookup_module
from pos_helper.controllers.lookup import LookupController
from pos_helper.domain.case_session import MOST_HITS
from pos_helper.domain.cases import CaseDetails, CaseState, Reminder, StepResult
from pos_helper.domain.entries import Money, Tab, Tip
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine, machines_by_origin
from pos_helper.domain.text import Lang, Text
from pos_helper.paths import UserPaths, resources
from pos_helper.settings import Settings, load_settings, save_settings
from pos_helper.ui.dialogs.deleted_case_dialog import DeletedCaseDialog
from pos_helper.ui.dialogs.details_dialog import DetailsDialog
from pos_helper.ui.dialogs.note_dialog import NoteDialog
from pos_helper.ui.dialogs.origin_list import OriginList
from pos_helper.ui.dialogs.record_dialog import RecordDialog
from tests.ui.fits import cut_off
from tests.ui.painted import Painted
from tests.ui.samples import RESOLVED
from tests.window import (
    MACHINES,
    Open,
    box,
    close,
    kept,
    part,
    press,
    press_enter,
    quick_steps,
    said,
    tick_first_step,
    wait_until,
    words,
)


def ticked(app: App) -> list[bool]:
    model = quick_steps(app).model()
    states = (model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(model.rowCount()))
    return [Qt.CheckState(state) is Qt.CheckState.Checked for state in states]


def test_the_cursor_is_in_the_box(open_window: Open) -> None:
    app = open_window()
    assert app.window.focusWidget() is box(app)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("0xOO04", "pos-app.0x0004"),
        ("qiandaoshibai", "symptom.sign-in-fails"),
        ("card expired", "card-network.54"),
        ("drawer wont open", "symptom.drawer-shut"),
    ],
)
def test_every_key_is_answered_and_painted(
    open_window: Open, user: UserPaths, qtbot: QtBot, typed: str, first: str
) -> None:
    app = open_window()
    results = app.window.results
    catalog = open_catalog(find_packs(resources() / "catalog"), user.index)
    screens = machines_by_origin(MACHINES, catalog.machine_kinds())
    painted = Painted(results.list.viewport())
    for length, key in enumerate(typed, start=1):
        before = painted.times
        QTest.keyClicks(box(app), key)
        wanted = catalog.search(typed[:length], MOST_HITS, screens=screens)
        assert results.lookup == wanted
        if wanted.hits and results.isVisible():  # while the screen is asked for, it says all of this
            wait_until(qtbot, partial(painted.more_than, before))
            assert results.list.model().rowCount() == len(wanted.hits)
    assert results.chosen == first
    catalog.close()


def test_what_an_input_method_has_not_handed_over_is_not_searched_for(open_window: Open) -> None:
    app = open_window(lang=Lang.ZH)
    results = app.window.results
    for begun in ("q", "qian", "qian'dao", "签dao"):
        QApplication.sendEvent(box(app), QInputMethodEvent(begun, []))
        assert results.lookup.query == ""
    committed = QInputMethodEvent()
    committed.setCommitString("签到")
    QApplication.sendEvent(box(app), committed)
    assert (results.lookup.query, results.chosen) == ("签到", "symptom.sign-in-fails")


@pytest.mark.parametrize(
    ("lang", "money", "retry"),
    [(Lang.ZH, "扣没扣款不确定", "先不要重试"), (Lang.EN, "Not known", "Do not retry yet")],
)
def test_typing_a_code_shows_the_answer(open_window: Open, lang: Lang, money: str, retry: str) -> None:
    app = open_window(lang=lang)
    QTest.keyClicks(box(app), "e1")
    assert money in said(app, "moneyState")
    assert retry in said(app, "retryAdvice")
    assert said(app, "customerPhrase")


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("is_scanned", [False, True], ids=["key by key", "all at once"])
def test_nothing_is_cut_off_whatever_is_looked_up_one_after_the_other(
    open_window: Open, qtbot: QtBot, lang: Lang, is_scanned: bool
) -> None:
    app = open_window(lang=lang)
    QApplication.processEvents()
    for typed in ("cant connect", "E1", "11", "lianbushang", "E777", "0xOO04", "slip wont come out"):
        for keys in (typed,) if is_scanned else typed:
            QTest.keyClicks(box(app), keys)
            QApplication.processEvents()  # the window shows it before what comes next
        work = app.window.work  # not asked for before: the page is made when it is first needed
        if work.results.general_checks.isVisible():
            QTest.mouseClick(work.results.general_checks, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(work.answer_card.isVisible)
        assert cut_off(app.window) == []
        assert work.answer_card.width() > app.window.width() // 2
        assert work.tabs.isHidden() or work.tabs.width() == work.answer_card.width()
        assert quick_steps(app).verticalScrollBar().maximum() == 0
        QTest.keyClick(box(app), Qt.Key.Key_Escape)


def test_what_is_ticked_is_on_disk_and_shown(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    tick_first_step(app)
    (case,) = kept(user)
    assert case.code_shown == "E1"
    assert case.result_of("check-last-sale") is StepResult.NO_CHANGE
    assert ticked(app)[0]


def test_a_tick_that_cannot_be_kept_is_not_shown(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_window()

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_mark", full)
    tick_first_step(app)
    assert ticked(app) == [False, False, False]
    assert "the disk is full" in words(app.window.banner)


def test_a_note_that_cannot_be_kept_disturbs_nothing_else(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_window("E1")

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_note", full)
    app.window.action_bar.note.set_note("the cable was loose")
    QTest.keyClick(app.window, Qt.Key.Key_Escape)
    assert "the disk is full" in words(app.window.banner)
    QTest.keyClicks(box(app), "0x0004")
    assert app.window.action_bar.note.note == ""


def test_a_note_that_cannot_be_kept_is_not_lost(
    open_window: Open, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_window("E1")

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_note", full)
    app.window.action_bar.note_changed.emit("Reader 2, since noon; 4111 1111 1111 1111")
    assert "the disk is full" in words(app.window.banner)
    assert "Reader 2, since noon" in qapp.clipboard().text()
    assert "4111 1111" not in qapp.clipboard().text()


def test_undo_takes_a_tick_back(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    tick_first_step(app)
    QTest.keyClick(app.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(ticked(app))
    assert kept(user)[0].marks == {}


def test_the_open_case_comes_back(open_window: Open) -> None:
    first = open_window()
    tick_first_step(first)
    first.stop()
    again = open_window()
    assert ticked(again)[0]
    assert again.window.focusWidget() is box(again)


def test_a_query_wins_over_the_open_case(open_window: Open) -> None:
    tick_first_step(open_window())
    again = open_window("0x0004")
    assert box(again).text() == "0x0004"
    assert not any(ticked(again))


def test_a_found_charge_forbids_another_try(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    press(app, "chargedButton")
    assert "Charged" in said(app, "moneyState")
    assert "Do not try again" in said(app, "retryAdvice")
    assert kept(user)[0].money_found is Money.CHARGED


def test_a_case_is_marked_solved(open_window: Open, user: UserPaths) -> None:
    app = open_window("E1")
    press(app, "resolvedButton")
    assert kept(user)[0].state is CaseState.SOLVED


def test_a_card_number_is_masked_in_the_box_and_leaves_no_trace(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    box(app).setText("4111 1111 1111 1111")
    assert "4111 1111" not in box(app).text()
    box(app).undo()
    assert "4111 1111" not in box(app).text()
    for file in user.data.rglob("*"):
        assert file.is_dir() or b"4111 1111" not in file.read_bytes()


def test_escape_empties_the_window(open_window: Open) -> None:
    app = open_window("E1")
    QTest.keyClick(box(app), Qt.Key.Key_Escape)
    assert box(app).text() == ""
    assert not part(app, QWidget, "moneyState").isVisible()


def test_an_unknown_code_has_a_whole_safe_answer_at_once(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    app = open_window("PayPal 15")
    qtbot.waitUntil(part(app, QWidget, "moneyState").isVisible)
    assert app.window.results.chosen is None
    assert "Not known" in said(app, "moneyState")
    assert "Do not retry yet" in said(app, "retryAdvice")
    QTest.keyClick(box(app), Qt.Key.Key_Return)
    QTest.keyClick(quick_steps(app), Qt.Key.Key_Space)
    (case,) = kept(user)
    assert (case.code_shown, case.resolved.entry.id) == ("PayPal 15", "symptom.general-checks")


def test_the_general_checks_of_one_unknown_code_are_not_those_of_the_next(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    app = open_window("PayPal 15")
    qtbot.waitUntil(part(app, QWidget, "moneyState").isVisible)
    app.window.tabs.tick_requested.emit("check-last-sale", True)
    box(app).setText("Q7731")
    qtbot.waitUntil(lambda: part(app, QWidget, "moneyState").isVisible() and not any(ticked(app)))
    app.window.tabs.tick_requested.emit("check-last-sale", True)
    assert [case.code_shown for case in kept(user)] == ["Q7731", "PayPal 15"]


def test_after_what_others_mean_the_general_checks_are_a_click_away(open_window: Open) -> None:
    app = open_window("PayPal 11")
    QTest.keyClick(box(app), Qt.Key.Key_Down)  # unfolds them
    assert "Not known" in said(app, "moneyState")
    QTest.keyClick(box(app), Qt.Key.Key_Down)
    assert "Charged" in said(app, "moneyState")
    QTest.mouseClick(app.window.results.general_checks, Qt.MouseButton.LeftButton)
    assert "Not known" in said(app, "moneyState")


def test_the_sheet_of_an_unknown_code_is_called_by_it(open_window: Open, qtbot: QtBot) -> None:
    app = open_window("PayPal 15")
    qtbot.waitUntil(part(app, QWidget, "moneyState").isVisible)
    assert said(app, "entryTitle") == "15 Not known on PayPal: handle it safely"
    assert said(app, "unknownMark") == "Not in the catalog"
    assert not app.window.results.list.isVisible()
    press(app, "copyButton")
    assert "Unknown code 15 on PayPal" in QApplication.clipboard().text()


# --- which screen showed it ---------------------------------------------------------------------------


@pytest.fixture
def any_shop(user: UserPaths) -> None:
    """It is not known what stands in the shop."""
    save_settings(user.settings, Settings(machines_asked=True))


def readings(app: App) -> list[QAbstractButton]:
    """The screens that are asked for."""
    found = app.window.answer_card.chooser.findChildren(QAbstractButton)
    return [each for each in found if each.objectName().startswith("screen:") and each.isVisible()]


@pytest.mark.usefixtures("any_shop")
def test_a_bare_code_asks_for_its_screen_and_says_nothing_definite(open_window: Open) -> None:
    app = open_window()
    QTest.keyClicks(box(app), "11")
    assert "which one showed it?" in said(app, "entryTitle")
    assert "Not known" in said(app, "moneyState")
    assert "Do not retry yet" in said(app, "retryAdvice")
    assert len(readings(app)) > 1
    (bank,) = (each for each in readings(app) if each.objectName() == "screen:card-network")
    assert "Charged" in bank.text()
    press(app, "screen:card-network")
    assert "Charged" in said(app, "moneyState")
    assert part(app, QWidget, "because").isVisible()
    assert app.window.results.isVisible()
    assert not readings(app)


@pytest.mark.usefixtures("any_shop")
def test_a_code_with_one_reading_asks_too(open_window: Open) -> None:
    app = open_window("E101")
    assert len(readings(app)) == 1
    assert "Is this your screen?" in said(app, "entryTitle")
    assert "Not known" in said(app, "moneyState")


@pytest.mark.usefixtures("any_shop")
def test_enter_never_chooses_a_screen_by_itself(open_window: Open) -> None:
    app = open_window("11")
    press_enter(app)
    assert "Not known" in said(app, "moneyState")
    focused = app.window.focusWidget()
    assert focused is readings(app)[0]
    press_enter(app)
    assert app.window.focusWidget() is box(app)
    assert not readings(app)


@pytest.mark.usefixtures("any_shop")
def test_a_choice_is_remembered_and_forgotten(open_window: Open, user: UserPaths) -> None:
    app = open_window("11")
    press(app, "screen:card-network")
    press(app, "alwaysButton")
    app.stop()
    again = open_window("11")
    assert "Charged" in said(again, "moneyState")
    assert not readings(again)
    press(again, "alwaysButton")
    assert "Charged" in said(again, "moneyState")  # it is asked next time
    assert load_settings(user.settings).settings.choices == {}
    box(again).setText("E1")
    box(again).setText("11")
    assert readings(again)


@pytest.mark.usefixtures("any_shop")
def test_another_screen_can_be_chosen_without_typing_the_code_again(open_window: Open) -> None:
    app = open_window("11")
    press(app, "screen:card-network")
    press(app, "otherScreenButton")
    assert "Not known" in said(app, "moneyState")
    press(app, "noneOfThese")
    assert not readings(app)
    assert "not clear which screen" in said(app, "entryTitle")
    press(app, "otherScreenButton")
    assert readings(app)


def test_with_its_machine_set_a_code_is_sure_at_once(open_window: Open, user: UserPaths) -> None:
    with closing(open_catalog(find_packs(resources() / "catalog"), user.index)) as catalog:
        kind = next(kind for kind in catalog.machine_kinds() if "card-network" in kind.origins)
    save_settings(user.settings, Settings(machines=(Machine(kind=kind.id),)))
    app = open_window("51")
    assert not readings(app)
    assert "Not charged" in said(app, "moneyState")
    assert said(app, "because") == "A machine of this shop shows it"


UNKNOWN = "Q7731"


def ask_to_record(app: App, query: str = UNKNOWN) -> RecordDialog:
    """Type a code that nobody knows and ask to record it."""
    box(app).setText(query)
    press(app, "recordCodeButton")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    return dialog


def fill_in(dialog: RecordDialog, meaning: str = "The reader is loose") -> None:
    """Fill in all fields for a code of the terminal, and save."""
    screens = dialog.findChild(OriginList, "origin")
    assert isinstance(screens, OriginList)
    rows = (screens.model().index(row, 0) for row in range(screens.model().rowCount()))
    screens.setCurrentIndex(next(row for row in rows if "own message" in row.data()))
    for name, text in (("meaning", meaning), ("helped", "Plug it in again")):
        field = dialog.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    hardware = dialog.findChild(QAbstractButton, Tab.HARDWARE)
    assert hardware is not None
    hardware.click()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()


def shows_own_code(app: App, meaning: str = "The reader is loose") -> bool:
    """Whether the shop's own entry is the answer on screen, and marked as the shop's."""
    mark = part(app, QLabel, "packMark")
    return meaning in said(app, "entryTitle") and mark.isVisible() and words(mark) == "Recorded in this shop"


def test_a_recorded_code_is_found_at_once_and_after_a_restart(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    app = open_window()
    fill_in(ask_to_record(app))
    wait_until(qtbot, lambda: shows_own_code(app))
    assert UNKNOWN in said(app, "entryTitle")
    assert "Not known" in said(app, "moneyState")
    assert "recorded" in words(app.window.banner)
    assert [file.name for file in (user.packs / "shop").iterdir()] == ["shop.q7731.yaml"]
    app.stop()
    again = open_window()
    assert not again.window.banner.isVisible()
    QTest.keyClicks(box(again), UNKNOWN.lower())
    assert shows_own_code(again)
    box(again).setText("E1")
    assert not part(again, QLabel, "packMark").isVisible()


def test_what_helped_can_be_ticked_like_any_other_step(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    app = open_window()
    fill_in(ask_to_record(app))
    wait_until(qtbot, lambda: shows_own_code(app))
    app.window.tabs.tick_requested.emit("shop.q7731.helped", True)
    (case,) = kept(user)
    assert (case.code_shown, case.resolved.pack) == (UNKNOWN, "shop")
    assert list(case.marks) == ["shop.q7731.helped"]


def test_the_open_case_outlives_the_recording(open_window: Open, qtbot: QtBot, user: UserPaths) -> None:
    app = open_window(UNKNOWN)
    QTest.mouseClick(app.window.results.general_checks, Qt.MouseButton.LeftButton)
    app.window.tabs.tick_requested.emit("check-last-sale", True)
    app.window.action_bar.note.set_note("since this morning")
    fill_in(ask_to_record(app))
    wait_until(qtbot, lambda: shows_own_code(app))
    (case,) = kept(user)
    assert (case.state, list(case.marks), case.note) == (
        CaseState.OPEN,
        ["check-last-sale"],
        "since this morning",
    )


def test_two_codes_can_be_recorded_one_after_the_other(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    app = open_window()
    fill_in(ask_to_record(app), "First")
    fill_in(ask_to_record(app, "Q8842"), "Second")  # the catalog is still being compiled
    wait_until(qtbot, lambda: shows_own_code(app, "Second"))
    box(app).setText(UNKNOWN)
    assert shows_own_code(app, "First")


def test_whoever_goes_on_while_the_catalog_is_compiled_is_left_alone(open_window: Open, qtbot: QtBot) -> None:
    app = open_window()
    fill_in(ask_to_record(app))
    box(app).setText("E1")
    title = said(app, "entryTitle")
    wait_until(qtbot, lambda: "is recorded" in words(app.window.banner))
    assert said(app, "entryTitle") == title
    assert box(app).text() == "E1"


def test_a_code_that_cannot_be_written_is_said_in_the_dialog_which_stays(
    open_window: Open, user: UserPaths
) -> None:
    app = open_window()
    user.packs.write_bytes(b"a file where the folder should be")
    dialog = ask_to_record(app)
    fill_in(dialog)
    assert dialog.isVisible()
    assert "a file of that name is in the way" in words(dialog)
    assert box(app).text() == UNKNOWN
    dialog.reject()


def test_a_broken_file_beside_it_is_named_and_the_code_is_kept(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    (user.packs / "shop").mkdir(parents=True)
    broken = user.packs / "shop" / "by-hand.yaml"
    broken.write_text("schema: 1\nentries: [\n", "utf-8")
    app = open_window()
    app.window.banner.dismiss.click()
    fill_in(ask_to_record(app))
    wait_until(qtbot, lambda: "by-hand.yaml" in words(app.window.banner))
    assert "is recorded" not in words(app.window.banner)
    assert (user.packs / "shop" / "shop.q7731.yaml").is_file()


def test_a_garbage_store_is_kept_aside_and_named(open_window: Open, user: UserPaths) -> None:
    user.cases.write_bytes(b"this is no database" * 1000)
    app = open_window()
    (kept_file,) = user.data.glob("cases.corrupt-*")
    assert kept_file.name in words(app.window.banner)
    assert kept_file.read_bytes() == b"this is no database" * 1000


def test_while_nothing_can_be_saved_every_tick_says_so(open_window: Open, user: UserPaths) -> None:
    user.cases.mkdir()  # a folder where the store should be
    app = open_window()
    for _ in range(2):
        assert app.window.banner.isVisible()
        assert "not saved" in words(app.window.banner)
        app.window.banner.dismiss.click()
        assert not app.window.banner.isVisible()
        tick_first_step(app)
        box(app).clear()


def test_while_nothing_can_be_saved_a_note_says_so_too(open_window: Open, user: UserPaths) -> None:
    user.cases.mkdir()  # a folder where the store should be
    app = open_window("E1")
    app.window.banner.dismiss.click()
    assert not app.window.banner.isVisible()
    app.window.action_bar.note_changed.emit("The cable is loose")
    assert app.window.banner.isVisible()
    assert "not saved" in words(app.window.banner)


def test_a_broken_pack_is_named_and_the_rest_works(open_window: Open, user: UserPaths) -> None:
    user.packs.mkdir()
    (user.packs / "mine.yaml").write_text("schema: 1\nentries: [\n", "utf-8")
    app = open_window()
    assert "mine" in words(app.window.banner)
    QTest.keyClicks(box(app), "E1")
    assert "Not known" in said(app, "moneyState")


def test_what_is_typed_while_the_catalog_is_built_is_searched_for(
    open_window: Open, user: UserPaths, qapp: QApplication, qtbot: QtBot
) -> None:
    user.index.unlink()
    app = App(qapp, user, ())
    app.language.use(Lang.EN)
    app.window.show()
    app.start()
    QTest.keyClicks(box(app), "E1")
    wait_until(qtbot, lambda: "Not known" in said(app, "moneyState"))
    close(app)


def test_closing_while_the_catalog_is_built_leaves_nothing_half_done(
    user: UserPaths, qapp: QApplication
) -> None:
    user.index.unlink()
    app = App(qapp, user, ())
    app.window.show()
    app.start()
    close(app)
    assert [path.name for path in user.cache.iterdir() if path.name.startswith(".catalog")] == []


def test_a_window_that_is_closed_before_anything_was_loaded_ends_well(
    qapp: QApplication, qtbot: QtBot, user: UserPaths
) -> None:
    app = App(qapp, user, ())
    with qtbot.waitSignal(app.window.painted):
        app.window.show()
    close(app)
    assert not user.cases.exists()


def test_what_is_typed_before_the_catalog_is_loaded_is_searched_for(
    qapp: QApplication, user: UserPaths, qtbot: QtBot
) -> None:
    save_settings(user.settings, Settings(machines=MACHINES))
    app = App(qapp, user, ())
    try:
        app.window.search_bar.box.insert("E1")
        app.start()
        wait_until(qtbot, lambda: app.is_ready)
        assert said(app, "entryTitle").startswith("E1")
    finally:
        close(app)


# --- a case that is deleted elsewhere -----------------------------------------------------------------


SECOND = "check-loose-cables"
"""A step of E1 that is not the first."""


def delete_elsewhere(user: UserPaths) -> None:
    """What ``pos-helper cases delete`` in a shell does while the window shows the case."""
    with closing(open_store(user.cases).store) as store:
        for summary in store.cases():
            store.delete(summary.id)


def question() -> DeletedCaseDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DeletedCaseDialog)
    return dialog


def click(dialog: DeletedCaseDialog, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def test_the_ticks_of_a_case_deleted_elsewhere_are_kept_as_a_new_case(
    open_window: Open, user: UserPaths
) -> None:
    app = open_window()
    tick_first_step(app)
    delete_elsewhere(user)
    app.window.tabs.tick_requested.emit(SECOND, True)
    app.window.action_bar.note_changed.emit("since this morning")  # meanwhile
    dialog = question()
    assert "deleted" in words(dialog)
    click(dialog, "keepAsNewCaseButton")
    (case,) = kept(user)
    assert list(case.marks) == ["check-last-sale", SECOND]
    assert case.note == "since this morning"
    assert ticked(app)[0]


def test_the_ticks_of_a_case_deleted_elsewhere_can_be_let_go(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    tick_first_step(app)
    delete_elsewhere(user)
    app.window.tabs.tick_requested.emit(SECOND, True)
    click(question(), "discardCaseButton")
    assert kept(user) == []
    assert not any(ticked(app))
    assert part(app, QWidget, "moneyState").isVisible()


def test_escape_on_the_question_costs_nothing(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    tick_first_step(app)
    delete_elsewhere(user)
    app.window.tabs.tick_requested.emit(SECOND, True)
    QTest.keyClick(question(), Qt.Key.Key_Escape)
    assert len(kept(user)) == 1
    assert ticked(app)[0]


def test_a_case_deleted_elsewhere_is_told_when_a_person_comes_back(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    app = open_window()
    tick_first_step(app)
    delete_elsewhere(user)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not app.window.isActiveWindow())
    app.window.activateWindow()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DeletedCaseDialog))
    click(question(), "keepAsNewCaseButton")
    (case,) = kept(user)
    assert list(case.marks) == ["check-last-sale"]


ACTIONS: list[Callable[[LookupController], object]] = [
    lambda lookup: lookup.tick("check-last-sale", False),
    lambda lookup: lookup.set_result(SECOND, StepResult.HELPED),
    lambda lookup: lookup.ask_step_note(SECOND),
    lambda lookup: lookup.set_note("since noon"),
    lambda lookup: lookup.set_details(CaseDetails(amount="1.50")),
    lambda lookup: lookup.set_state(CaseState.SOLVED),
    lambda lookup: lookup.set_state(CaseState.HANDED_OVER),
    lambda lookup: lookup.set_money_found(Money.CHARGED),
    lambda lookup: lookup.set_meaning(0),
    lambda lookup: lookup.set_machine(None),
    lambda lookup: lookup.undo(),
    lambda lookup: lookup.look_again(),
]


@pytest.mark.parametrize("action", ACTIONS)
def test_whatever_is_done_to_a_case_deleted_elsewhere_it_is_told_and_offered_anew(
    open_window: Open,
    user: UserPaths,
    monkeypatch: pytest.MonkeyPatch,
    action: Callable[[LookupController], object],
) -> None:
    monkeypatch.setattr(NoteDialog, "ask", lambda *_: "a note")
    monkeypatch.setattr(DetailsDialog, "ask", lambda *_: CaseDetails(handed_to="the bank"))
    app = open_window()
    tick_first_step(app)
    lookup = app.findChild(LookupController)
    assert lookup is not None
    delete_elsewhere(user)
    action(lookup)
    assert "deleted" in words(question())
    click(question(), "keepAsNewCaseButton")
    (case,) = kept(user)
    assert case.code_shown == "E1"


# --- a store that another program holds -----------------------------------------------------------


@contextmanager
def held_store(user: UserPaths, how: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """The case file, held by another program until ``ROLLBACK``."""
    with closing(sqlite3.connect(user.cases, isolation_level=None)) as other:
        other.execute(how)
        yield other


def banner(app: App) -> str:
    return words(app.window.banner)


def test_a_tick_waits_for_a_store_that_is_held_and_shows_once_it_is_saved(
    open_window: Open, user: UserPaths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup_module, "RETRY_MS", 1)
    app = open_window()
    with held_store(user) as other:
        tick_first_step(app)
        app.window.tabs.tick_requested.emit(SECOND, True)
        assert "Not saved yet" in banner(app)
        assert not any(ticked(app))
        other.execute("ROLLBACK")
        qtbot.waitUntil(lambda: ticked(app)[0])
    (case,) = kept(user)
    assert list(case.marks) == ["check-last-sale", SECOND]
    assert "saved now" in banner(app)
    assert "Not saved yet" not in banner(app)


def test_what_waits_for_a_held_store_is_never_kept_for_another_entry(
    open_window: Open, user: UserPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_window()
    QApplication.clipboard().clear()
    with held_store(user) as other:
        tick_first_step(app)
        app.window.action_bar.note_changed.emit("since n")
        app.window.action_bar.note_changed.emit("since noon")
        box(app).setText("11")
        assert "Not saved:" in banner(app)
        assert QApplication.clipboard().text() == "since noon"
        other.execute("ROLLBACK")
    assert kept(user) == []


def test_a_window_that_closes_saves_what_waited_for_a_held_store(open_window: Open, user: UserPaths) -> None:
    app = open_window()
    with held_store(user) as other:
        tick_first_step(app)
        other.execute("ROLLBACK")
        lookup = app.findChild(LookupController)
        assert lookup is not None
        lookup.finish()
    (case,) = kept(user)
    assert list(case.marks) == ["check-last-sale"]


def test_a_start_waits_for_a_store_that_is_held_without_standing_still(
    qapp: QApplication, user: UserPaths, qtbot: QtBot
) -> None:
    with closing(open_store(user.cases).store) as store:
        held = store.open_case(RESOLVED, "E1", datetime.now(UTC))
    app = App(qapp, user, ())
    with held_store(user, "PRAGMA locking_mode = EXCLUSIVE") as other:
        other.execute("BEGIN EXCLUSIVE")
        app.start()
        assert not app.is_ready
        other.execute("ROLLBACK")
    wait_until(qtbot, lambda: app.is_ready)
    try:
        assert [case.id for case in kept(user)] == [held.id]
        assert "not saved" not in banner(app)
    finally:
        close(app)


def test_no_request_is_answered_while_another_of_the_same_kind_is(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[str] = []
    again: list[str] = []
    asked_by_search: list[str] = []

    def watched(name: str, method: Callable[..., object]) -> Callable[..., object]:
        def call(self: LookupController, *values: object) -> object:
            if name in running:
                again.append(name)
            if "search" in running and name not in ("keep_typed", "set_note", "show_open_cases"):
                asked_by_search.append(name)
            running.append(name)
            try:
                return method(self, *values)
            finally:
                running.pop()

        return call

    slots = {name: method for name, method in vars(LookupController).items() if not name.startswith("_")}
    for name, method in slots.items():
        if isinstance(method, FunctionType):
            monkeypatch.setattr(LookupController, name, watched(name, method))
    app = open_window()
    tick_first_step(app)
    app.window.action_bar.note.set_note("since noon")
    QTest.keyClick(box(app), Qt.Key.Key_Down)
    for text in ("0x0004", "11", "E1", "qqqq", "lianbushang", ""):
        box(app).setText(text)
        QTest.keyClick(box(app), Qt.Key.Key_Down)
        QTest.keyClick(box(app), Qt.Key.Key_Up)
    assert again == []
    assert asked_by_search == []  # showing what was found asks for nothing


@pytest.mark.parametrize("meanwhile", ["escape", "other code", "second start"])
def test_whatever_is_asked_for_beside_the_question_waits_for_its_answer(
    open_window: Open, user: UserPaths, meanwhile: str
) -> None:
    app = open_window()
    tick_first_step(app)
    delete_elsewhere(user)
    app.window.action_bar.note.set_note("since this morning")
    if meanwhile == "escape":
        QTest.keyClick(app.window, Qt.Key.Key_Escape)
    elif meanwhile == "other code":
        box(app).setText("0x0004")
    else:
        app.window.tabs.tick_requested.emit(SECOND, True)
        app.summon("0x0004")
    click(question(), "keepAsNewCaseButton")
    (case,) = kept(user)
    assert case.resolved.entry.id == "terminal.e1"
    assert "check-last-sale" in case.marks
    assert case.note == "since this morning"


def test_a_note_that_cannot_be_kept_does_not_disturb_the_next_searches(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_window("E1")

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_note", full)
    app.window.action_bar.note.set_note("the cable was loose")
    QTest.keyClicks(box(app), "qqqq")
    assert app.window.results.chosen is None
    box(app).setText("E1")
    app.window.action_bar.note.set_note("the cable was loose")
    QTest.mouseClick(part(app, QWidget, "copyButton"), Qt.MouseButton.LeftButton)
    assert "the cable was loose" in QApplication.clipboard().text()


def test_a_tip_is_reminded_of_from_its_tab_and_answered_on_the_start_page(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    with closing(open_store(user.cases).store) as store:
        yesterday = datetime.now().astimezone().date() - timedelta(days=1)
        store.save_reminder(Reminder("cables", Text("看网线", "Check the cables"), 7, yesterday))
    app = open_window()
    qtbot.waitUntil(lambda: part(app, QWidget, "dueReminder").isVisible())
    press(app, "reminderDoneButton")
    qtbot.waitUntil(lambda: not part(app, QWidget, "dueReminder").isVisible())
    QTest.keyClicks(box(app), "E1")
    resolved = app.window.tabs.checklist(Tab.HARDWARE)
    tip = Tip(id="spare", tab=Tab.HARDWARE, text=Text("备一台", "Have a spare"))
    resolved.reminder_requested.emit(tip, 30)
    with closing(open_store(user.cases).store) as store:
        dues = {
            reminder.tip: reminder.due - datetime.now().astimezone().date() for reminder in store.reminders()
        }
    assert dues == {"cables": timedelta(days=7), "spare": timedelta(days=30)}


def test_what_helped_here_moves_up_until_it_is_switched_off(open_window: Open, user: UserPaths) -> None:
    app = open_window()

    def causes() -> list[str]:
        model = app.window.tabs.checklist(Tab.HARDWARE).model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    QTest.keyClicks(box(app), "E1")
    usual = causes()
    for _ in range(2):
        app.window.tabs.result_requested.emit("call-technician", StepResult.HELPED)
        app.window.action_bar.state_requested.emit(CaseState.SOLVED)
        assert causes() == usual  # nothing moves while it is on screen
        app.window.search_bar.clear()
        QTest.keyClicks(box(app), "E1")
    moved = causes()
    assert moved != usual
    assert sorted(moved) == sorted(usual)
    app._preferences.put_helped_first(False)
    assert causes() == usual
    assert not load_settings(user.settings).settings.helped_first
