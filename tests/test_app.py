"""The window as it is built for real: shipped catalog, real case store, every signal connected."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.app import Counter
from pos_helper.cases.store import open_store
from pos_helper.catalog.index import open_catalog
from pos_helper.catalog.pack_files import find_packs
from pos_helper.domain.cases import Case, CaseState, StepResult
from pos_helper.domain.entries import Money
from pos_helper.domain.errors import Trouble
from pos_helper.domain.text import Lang, Text
from pos_helper.paths import UserPaths, resources, user_paths
from pos_helper.settings import load_settings

Open = Callable[..., Counter]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalog, compiled once for all tests."""
    path = tmp_path_factory.mktemp("index") / "index.sqlite3"
    open_catalog(find_packs(resources() / "catalog", path.parent / "packs"), path).close()
    return path


@pytest.fixture
def user(tmp_path: Path, index: Path) -> UserPaths:
    """One user's folders, with the compiled catalog in the cache."""
    paths = user_paths(tmp_path)
    paths.cache.mkdir(parents=True)
    shutil.copy(index, paths.index)
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
    ("lang", "money", "retry"),
    [(Lang.ZH, "扣没扣款不确定", "先不要重刷"), (Lang.EN, "Not known", "Do not retry yet")],
)
def test_typing_a_code_shows_the_answer(open_window: Open, lang: Lang, money: str, retry: str) -> None:
    counter = open_window(lang=lang)
    QTest.keyClicks(box(counter), "e1")
    assert money in said(counter, "moneyState")
    assert retry in said(counter, "retryAdvice")
    assert said(counter, "customerPhrase")


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
        raise Trouble(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.journal.Journal.save_mark", full)
    tick_first_step(counter)
    assert ticked(counter) == [False, False, False]
    assert "the disk is full" in words(counter.window.banner)


def test_a_note_that_cannot_be_kept_disturbs_nothing_else(
    open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = open_window("E1")

    def full(*_: object) -> None:
        raise Trouble(Text("没有保存：磁盘满了", "Not saved: the disk is full"))

    monkeypatch.setattr("pos_helper.cases.journal.Journal.save_note", full)
    counter.window.action_bar.note.set_note("the cable was loose")
    QTest.keyClick(counter.window, Qt.Key.Key_Escape)
    assert "the disk is full" in words(counter.window.banner)
    QTest.keyClicks(box(counter), "0x0004")
    assert counter.window.action_bar.note.note == ""


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
        assert "not saved" in words(counter.window.banner)
        counter.window.banner.dismiss.click()
        assert not counter.window.banner.isVisible()
        tick_first_step(counter)
        box(counter).clear()


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
