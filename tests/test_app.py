"""The window as it is built for real: shipped catalog, real case store, every signal connected."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

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
    QListView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos_helper.app import Counter
from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.domain.case_session import MOST_HITS
from pos_helper.domain.cases import Case, CaseState, StepResult
from pos_helper.domain.entries import Money, Tab
from pos_helper.domain.errors import UserError
from pos_helper.domain.text import Lang, Text
from pos_helper.paths import UserPaths, resources, user_paths
from pos_helper.settings import load_settings
from pos_helper.ui.dialogs.origin_list import OriginList
from pos_helper.ui.dialogs.record_dialog import RecordDialog
from tests.ui.fits import cut_off
from tests.ui.painted import Painted

Open = Callable[..., Counter]


@pytest.fixture
def user(tmp_path: Path, shipped_index: Path) -> UserPaths:
    """One user's folders, with the compiled catalog in the cache."""
    paths = user_paths(tmp_path)
    paths.cache.mkdir(parents=True)
    shutil.copy(shipped_index, paths.index)
    return paths


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, user: UserPaths) -> Iterator[Open]:
    """Open windows on the user's folders, in English unless told otherwise; close them at the end."""
    opened: list[Counter] = []

    def open_one(query: str = "", lang: Lang = Lang.EN, packs: tuple[Path, ...] = ()) -> Counter:
        counter = Counter(qapp, user, packs)
        counter.language.use(lang)
        opened.append(counter)
        counter.window.resize(1366, 728)
        with qtbot.waitActive(counter.window):  # keys go to the active window only
            counter.window.show()
            counter.window.activateWindow()
        counter.start(query)
        qtbot.waitUntil(lambda: counter.is_ready)
        return counter

    yield open_one
    for counter in opened:
        close(counter)


def close(counter: Counter) -> None:
    """End one window, as closing it does."""
    counter.window.close()
    counter.stop()
    counter.language.use(Lang.EN)  # or its translation would stay for the tests that follow
    counter.window.deleteLater()
    counter.deleteLater()


def part(counter: Counter, kind: type[QWidget], name: str) -> QWidget:
    found = counter.window.findChild(kind, name)
    assert found is not None, name
    return found


def box(counter: Counter) -> QLineEdit:
    found = part(counter, QLineEdit, "searchBox")
    assert isinstance(found, QLineEdit)
    return found


def said(counter: Counter, name: str) -> str:
    """All words of a part of the window."""
    return words(part(counter, QWidget, name))


def words(found: QWidget) -> str:
    """All words of a widget and those in it."""
    labels = [found, *found.findChildren(QLabel)]
    return " ".join(label.text() for label in labels if isinstance(label, QLabel))


def quick_steps(counter: Counter) -> QListView:
    found = part(counter, QListView, "quickSteps")
    assert isinstance(found, QListView)
    return found


def ticked(counter: Counter) -> list[bool]:
    model = quick_steps(counter).model()
    states = (model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(model.rowCount()))
    return [Qt.CheckState(state) is Qt.CheckState.Checked for state in states]


def kept(user: UserPaths) -> list[Case]:
    """What another program finds in the store."""
    store = open_store(user.cases).store
    cases = [store.case(summary.id) for summary in store.cases()]
    store.close()
    return cases


def tick_first_step(counter: Counter) -> None:
    QTest.keyClicks(box(counter), "E1")
    QTest.keyClick(box(counter), Qt.Key.Key_Return)
    QTest.keyClick(quick_steps(counter), Qt.Key.Key_Space)


def test_the_cursor_is_in_the_box(open_window: Open) -> None:
    counter = open_window()
    assert counter.window.focusWidget() is box(counter)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("0xOO04", "pos-app.0x0004"),
        ("qiandaoshibai", "symptom.sign-in-fails"),
        ("expierd card", "card-network.54"),
        ("drawer wont open", "symptom.drawer-shut"),
    ],
)
def test_every_key_is_answered_and_painted(
    open_window: Open, user: UserPaths, qtbot: QtBot, typed: str, first: str
) -> None:
    counter = open_window()
    results = counter.window.results
    catalog = open_catalog(find_packs(resources() / "catalog"), user.index)
    painted = Painted(results.list.viewport())
    for length, key in enumerate(typed, start=1):
        before = painted.times
        QTest.keyClicks(box(counter), key)
        wanted = catalog.search(typed[:length], MOST_HITS)
        assert results.lookup == wanted
        if wanted.hits:
            qtbot.waitUntil(partial(painted.more_than, before))
            assert results.list.model().rowCount() == len(wanted.hits)
    assert results.chosen == first
    catalog.close()


def test_what_an_input_method_has_not_handed_over_is_not_searched_for(open_window: Open) -> None:
    counter = open_window(lang=Lang.ZH)
    results = counter.window.results
    for begun in ("q", "qian", "qian'dao", "签dao"):
        QApplication.sendEvent(box(counter), QInputMethodEvent(begun, []))
        assert results.lookup.query == ""
    committed = QInputMethodEvent()
    committed.setCommitString("签到")
    QApplication.sendEvent(box(counter), committed)
    assert (results.lookup.query, results.chosen) == ("签到", "symptom.sign-in-fails")


@pytest.mark.parametrize(
    ("lang", "money", "retry"),
    [(Lang.ZH, "扣没扣款不确定", "先不要重试"), (Lang.EN, "Not known", "Do not retry yet")],
)
def test_typing_a_code_shows_the_answer(open_window: Open, lang: Lang, money: str, retry: str) -> None:
    counter = open_window(lang=lang)
    QTest.keyClicks(box(counter), "e1")
    assert money in said(counter, "moneyState")
    assert retry in said(counter, "retryAdvice")
    assert said(counter, "customerPhrase")


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("is_scanned", [False, True], ids=["key by key", "all at once"])
def test_nothing_is_cut_off_whatever_is_looked_up_one_after_the_other(
    open_window: Open, qtbot: QtBot, lang: Lang, is_scanned: bool
) -> None:
    counter = open_window(lang=lang)
    QApplication.processEvents()
    for typed in ("cant connect", "E1", "11", "lianbushang", "E777", "0xOO04", "slip wont come out"):
        for keys in (typed,) if is_scanned else typed:
            QTest.keyClicks(box(counter), keys)
            QApplication.processEvents()  # the window shows it before what comes next
        work = counter.window.work  # not asked for before: the page is made when it is first needed
        if work.results.chosen is None:
            QTest.mouseClick(work.results.general_checks, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(work.answer_card.isVisible)
        assert cut_off(counter.window) == []
        assert work.answer_card.width() == work.tabs.width() > counter.window.width() // 2
        assert quick_steps(counter).verticalScrollBar().maximum() == 0
        QTest.keyClick(box(counter), Qt.Key.Key_Escape)


def test_what_is_ticked_is_on_disk_and_shown(open_window: Open, user: UserPaths) -> None:
    counter = open_window()
    tick_first_step(counter)
    (case,) = kept(user)
    assert case.code_shown == "E1"
    assert case.result_of("check-last-sale") is StepResult.NO_CHANGE
    assert ticked(counter)[0]


def test_a_tick_that_cannot_be_kept_is_not_shown(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = open_window()

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_mark", full)
    tick_first_step(counter)
    assert ticked(counter) == [False, False, False]
    assert "the disk is full" in words(counter.window.banner)


def test_a_note_that_cannot_be_kept_disturbs_nothing_else(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = open_window("E1")

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_note", full)
    counter.window.action_bar.note.set_note("the cable was loose")
    QTest.keyClick(counter.window, Qt.Key.Key_Escape)
    assert "the disk is full" in words(counter.window.banner)
    QTest.keyClicks(box(counter), "0x0004")
    assert counter.window.action_bar.note.note == ""


def test_a_note_that_cannot_be_kept_is_not_lost(
    open_window: Open, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = open_window("E1")

    def full(*_: object) -> None:
        raise UserError(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.store.SqliteCaseStore.save_note", full)
    counter.window.action_bar.note_changed.emit("Reader 2, since noon; 4111 1111 1111 1111")
    assert "the disk is full" in words(counter.window.banner)
    assert "Reader 2, since noon" in qapp.clipboard().text()
    assert "4111 1111" not in qapp.clipboard().text()


def test_undo_takes_a_tick_back(open_window: Open, user: UserPaths) -> None:
    counter = open_window()
    tick_first_step(counter)
    QTest.keyClick(counter.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(ticked(counter))
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
    counter = open_window("E1")
    QTest.mouseClick(part(counter, QWidget, "chargedButton"), Qt.MouseButton.LeftButton)
    assert "Charged" in said(counter, "moneyState")
    assert "Do not try again" in said(counter, "retryAdvice")
    assert kept(user)[0].money_found is Money.CHARGED


def test_a_case_is_marked_solved(open_window: Open, user: UserPaths) -> None:
    counter = open_window("E1")
    QTest.mouseClick(part(counter, QWidget, "resolvedButton"), Qt.MouseButton.LeftButton)
    assert kept(user)[0].state is CaseState.SOLVED


def test_the_language_switches_in_place_and_stays(open_window: Open, qtbot: QtBot, user: UserPaths) -> None:
    counter = open_window("E1")
    QTest.mouseClick(part(counter, QWidget, "languageButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "扣没扣款不确定" in said(counter, "moneyState"))
    assert load_settings(user.settings).settings.language is Lang.ZH


def test_text_size_is_kept(open_window: Open, user: UserPaths) -> None:
    counter = open_window("E1")
    QTest.keyClick(counter.window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert load_settings(user.settings).settings.text_percent == 110
    QTest.keyClick(counter.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert load_settings(user.settings).settings.text_percent == 100


def test_a_card_number_is_masked_in_the_box_and_leaves_no_trace(open_window: Open, user: UserPaths) -> None:
    counter = open_window()
    box(counter).setText("4111 1111 1111 1111")
    assert "4111 1111" not in box(counter).text()
    box(counter).undo()
    assert "4111 1111" not in box(counter).text()
    for file in user.data.rglob("*"):
        assert file.is_dir() or b"4111 1111" not in file.read_bytes()


def test_escape_empties_the_window(open_window: Open) -> None:
    counter = open_window("E1")
    QTest.keyClick(box(counter), Qt.Key.Key_Escape)
    assert box(counter).text() == ""
    assert not part(counter, QWidget, "moneyState").isVisible()


def test_nothing_found_offers_the_general_checks(open_window: Open) -> None:
    counter = open_window("qqqq")
    assert not part(counter, QWidget, "moneyState").isVisible()
    QTest.mouseClick(counter.window.results.general_checks, Qt.MouseButton.LeftButton)
    assert part(counter, QWidget, "moneyState").isVisible()


UNKNOWN = "Q7731"


def ask_to_record(counter: Counter, query: str = UNKNOWN) -> RecordDialog:
    """Type a code that nobody knows and ask to record it."""
    box(counter).setText(query)
    QTest.mouseClick(part(counter, QWidget, "recordCodeButton"), Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    return dialog


def fill_in(dialog: RecordDialog, meaning: str = "The reader is loose") -> None:
    """Fill in all fields for a code of the terminal, and save."""
    screens = dialog.findChild(OriginList, "origin")
    assert isinstance(screens, OriginList)
    row = next(row for row in range(screens.count()) if "own message" in screens.item(row).text())
    screens.setCurrentRow(row)
    for name, text in (("meaning", meaning), ("helped", "Plug it in again")):
        field = dialog.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    hardware = dialog.findChild(QAbstractButton, Tab.HARDWARE)
    assert hardware is not None
    hardware.click()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()


def shows_own_code(counter: Counter, meaning: str = "The reader is loose") -> bool:
    """Whether the shop's own entry is the answer on screen, and marked as the shop's."""
    mark = part(counter, QLabel, "packMark")
    return (
        meaning in said(counter, "entryTitle") and mark.isVisible() and words(mark) == "Recorded in this shop"
    )


def test_a_recorded_code_is_found_at_once_and_after_a_restart(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    counter = open_window()
    fill_in(ask_to_record(counter))
    qtbot.waitUntil(lambda: shows_own_code(counter), timeout=30_000)
    assert UNKNOWN in said(counter, "entryTitle")
    assert "Not known" in said(counter, "moneyState")
    assert "recorded" in words(counter.window.banner)
    assert [file.name for file in (user.packs / "shop").iterdir()] == ["shop.q7731.yaml"]
    counter.stop()
    again = open_window()
    assert not again.window.banner.isVisible()
    QTest.keyClicks(box(again), UNKNOWN.lower())
    assert shows_own_code(again)
    box(again).setText("E1")
    assert not part(again, QLabel, "packMark").isVisible()


def test_what_helped_can_be_ticked_like_any_other_step(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    counter = open_window()
    fill_in(ask_to_record(counter))
    qtbot.waitUntil(lambda: shows_own_code(counter), timeout=30_000)
    counter.window.tabs.tick_requested.emit("shop.q7731.helped", True)
    (case,) = kept(user)
    assert (case.code_shown, case.resolved.pack) == (UNKNOWN, "shop")
    assert list(case.marks) == ["shop.q7731.helped"]


def test_the_open_case_outlives_the_recording(open_window: Open, qtbot: QtBot, user: UserPaths) -> None:
    counter = open_window(UNKNOWN)
    QTest.mouseClick(counter.window.results.general_checks, Qt.MouseButton.LeftButton)
    counter.window.tabs.tick_requested.emit("check-last-sale", True)
    counter.window.action_bar.note.set_note("since this morning")
    fill_in(ask_to_record(counter))
    qtbot.waitUntil(lambda: shows_own_code(counter), timeout=30_000)
    (case,) = kept(user)
    assert (case.state, list(case.marks), case.note) == (
        CaseState.OPEN,
        ["check-last-sale"],
        "since this morning",
    )


def test_two_codes_can_be_recorded_one_after_the_other(
    open_window: Open, qtbot: QtBot, user: UserPaths
) -> None:
    counter = open_window()
    fill_in(ask_to_record(counter), "First")
    fill_in(ask_to_record(counter, "Q8842"), "Second")  # the catalog is still being compiled
    qtbot.waitUntil(lambda: shows_own_code(counter, "Second"), timeout=30_000)
    box(counter).setText(UNKNOWN)
    assert shows_own_code(counter, "First")


def test_whoever_goes_on_while_the_catalog_is_compiled_is_left_alone(open_window: Open, qtbot: QtBot) -> None:
    counter = open_window()
    fill_in(ask_to_record(counter))
    box(counter).setText("E1")
    title = said(counter, "entryTitle")
    qtbot.waitUntil(lambda: "is recorded" in words(counter.window.banner), timeout=30_000)
    assert said(counter, "entryTitle") == title
    assert box(counter).text() == "E1"


def test_a_code_that_cannot_be_written_is_said_in_the_dialog_which_stays(
    open_window: Open, user: UserPaths
) -> None:
    counter = open_window()
    user.packs.write_bytes(b"a file where the folder should be")
    dialog = ask_to_record(counter)
    fill_in(dialog)
    assert dialog.isVisible()
    assert "a file of that name is in the way" in words(dialog)
    assert box(counter).text() == UNKNOWN
    dialog.reject()


def test_a_broken_file_beside_it_is_named_and_the_code_is_kept(
    open_window: Open, user: UserPaths, qtbot: QtBot
) -> None:
    (user.packs / "shop").mkdir(parents=True)
    broken = user.packs / "shop" / "by-hand.yaml"
    broken.write_text("schema: 1\nentries: [\n", "utf-8")
    counter = open_window()
    counter.window.banner.dismiss.click()
    fill_in(ask_to_record(counter))
    qtbot.waitUntil(lambda: "by-hand.yaml" in words(counter.window.banner), timeout=30_000)
    assert "is recorded" not in words(counter.window.banner)
    assert (user.packs / "shop" / "shop.q7731.yaml").is_file()


def test_the_sheet_can_be_copied(open_window: Open, qapp: QApplication) -> None:
    counter = open_window("E1")
    QTest.mouseClick(part(counter, QWidget, "copyButton"), Qt.MouseButton.LeftButton)
    assert "E1" in qapp.clipboard().text()


def test_a_garbage_store_is_kept_aside_and_named(open_window: Open, user: UserPaths) -> None:
    user.cases.write_bytes(b"this is no database" * 1000)
    counter = open_window()
    (kept_file,) = user.data.glob("cases.corrupt-*")
    assert kept_file.name in words(counter.window.banner)
    assert kept_file.read_bytes() == b"this is no database" * 1000


def test_while_nothing_can_be_saved_every_tick_says_so(open_window: Open, user: UserPaths) -> None:
    user.cases.mkdir()  # a folder where the store should be
    counter = open_window()
    for _ in range(2):
        assert counter.window.banner.isVisible()
        assert "not saved" in words(counter.window.banner)
        counter.window.banner.dismiss.click()
        assert not counter.window.banner.isVisible()
        tick_first_step(counter)
        box(counter).clear()


def test_while_nothing_can_be_saved_a_note_says_so_too(open_window: Open, user: UserPaths) -> None:
    user.cases.mkdir()  # a folder where the store should be
    counter = open_window("E1")
    counter.window.banner.dismiss.click()
    assert not counter.window.banner.isVisible()
    counter.window.action_bar.note_changed.emit("The cable is loose")
    assert counter.window.banner.isVisible()
    assert "not saved" in words(counter.window.banner)


def test_a_broken_pack_is_named_and_the_rest_works(open_window: Open, user: UserPaths) -> None:
    user.packs.mkdir()
    (user.packs / "mine.yaml").write_text("schema: 1\nentries: [\n", "utf-8")
    counter = open_window()
    assert "mine" in words(counter.window.banner)
    QTest.keyClicks(box(counter), "E1")
    assert "Not known" in said(counter, "moneyState")


def test_what_is_typed_while_the_catalog_is_built_is_searched_for(
    open_window: Open, user: UserPaths, qapp: QApplication, qtbot: QtBot
) -> None:
    user.index.unlink()
    counter = Counter(qapp, user, ())
    counter.language.use(Lang.EN)
    counter.window.show()
    counter.start()
    QTest.keyClicks(box(counter), "E1")
    qtbot.waitUntil(lambda: "Not known" in said(counter, "moneyState"))
    close(counter)


def test_closing_while_the_catalog_is_built_leaves_nothing_half_done(
    user: UserPaths, qapp: QApplication
) -> None:
    user.index.unlink()
    counter = Counter(qapp, user, ())
    counter.window.show()
    counter.start()
    close(counter)
    assert [path.name for path in user.cache.iterdir() if path.name.startswith(".catalog")] == []


def test_a_window_that_is_closed_before_anything_was_loaded_ends_well(
    qapp: QApplication, qtbot: QtBot, user: UserPaths
) -> None:
    counter = Counter(qapp, user, ())
    with qtbot.waitSignal(counter.window.painted):
        counter.window.show()
    close(counter)
    assert not user.cases.exists()


def test_what_is_typed_before_the_catalog_is_loaded_is_searched_for(
    qapp: QApplication, user: UserPaths, qtbot: QtBot
) -> None:
    counter = Counter(qapp, user, ())
    try:
        counter.window.search_bar.box.insert("E1")
        counter.start()
        qtbot.waitUntil(lambda: counter.is_ready)
        assert said(counter, "entryTitle").startswith("E1")
    finally:
        close(counter)
