"""Whatever byte is damaged in whatever file of the user, a start ends in the answer to E1.

It is what the window does at a start, without painting: settings, cases, catalog, then the query.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos_helper.cases.opening import OpenedStore, open_store
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.domain.case_session import CaseSession
from pos_helper.domain.cases import CaseState, Reminder, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths, resources
from pos_helper.runtime.crash import FatalErrorLog
from pos_helper.runtime.log import Log
from pos_helper.settings import Settings, load_settings, save_settings

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
HEADER = 100
FIRST_PAGES = 2 * 4096
SPARSE = 101
"""Beyond the header each such byte is damaged, to keep the test short; a prime meets all fields.

``make damage`` leaves none out in the first pages.
"""
STEP = "check-last-sale"


@pytest.fixture
def catalog(shipped_index: Path) -> Iterator[IndexedCatalog]:
    """The shipped catalog."""
    with closing(open_catalog([resources() / "catalog"], shipped_index)) as opened:
        yield opened


def session_on(opened: OpenedStore, catalog: IndexedCatalog) -> CaseSession:
    return CaseSession(catalog, opened.store, lambda: NOW)


@pytest.fixture
def sound(tmp_path: Path, catalog: IndexedCatalog) -> bytes:
    """A case file with four cases, one of them closed, and a reminder."""
    path = tmp_path / "sound" / "cases.sqlite3"
    opened = open_store(path)
    with closing(opened.store) as store:
        session = session_on(opened, catalog)
        for number in range(4):
            session.search("E1")
            session.set_result(STEP, StepResult.HELPED)
            session.set_note(f"第 {number} 个 " * 20)
            session.set_state(CaseState.OPEN if number else CaseState.SOLVED)
            session.clear()
        store.save_reminder(Reminder("clean", Text("清洁", "Clean"), 7, NOW.date()))
    content = path.read_bytes()
    shutil.rmtree(path.parent)
    return content


def damaged(sound: bytes, places: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """A file with one byte set to two other values, and where."""
    for place in places:
        for value in (sound[place] ^ 0xFF, sound[place] ^ 0x01):
            yield place, sound[:place] + bytes([value]) + sound[place + 1 :]


def assert_answers(opened: OpenedStore, catalog: IndexedCatalog) -> None:
    """A start on this store resumes what it can, answers E1 and goes on with it."""
    session = session_on(opened, catalog)
    for ask in (session.resume_latest, session.recent, session.open_cases):
        with suppress(UserError):
            ask()
    found = session.search("E1")
    assert found.entry is not None
    sound = catalog.resolve(found.entry.entry.id)
    assert sound is not None
    assert session.answers() == (sound.entry.money, sound.entry.retry)
    assert found.entry.entry.customer_phrase == sound.entry.customer_phrase
    session.earlier_today()
    assert session.in_order is not None
    store = opened.store
    store.incidents(None)
    store.reminders()


def test_with_any_byte_of_the_case_file_damaged_e1_is_answered(
    tmp_path: Path, sound: bytes, catalog: IndexedCatalog, pytestconfig: pytest.Config
) -> None:
    folder = tmp_path / "data"
    anew = recovered = 0
    whole = FIRST_PAGES if pytestconfig.getoption("every_byte") else HEADER
    for place, content in damaged(sound, [*range(whole), *range(whole, len(sound), SPARSE)]):
        folder.mkdir()
        path = folder / "cases.sqlite3"
        path.write_bytes(content)
        opened = open_store(path, wait=0.05)
        with closing(opened.store) as store:
            assert_answers(opened, catalog)
            found = store.cases()
            assert opened.notice or found, place
        if opened.is_anew:
            anew += 1
            recovered += bool(found)
        shutil.rmtree(folder)
    assert anew > 50
    assert recovered > anew * 0.9


def test_with_any_byte_of_the_settings_damaged_a_start_goes_on_and_keeps_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    machine = Machine(kind="card-terminal", acquirer="拉卡拉")
    save_settings(path, Settings(shop=Shop(name="永辉超市"), machines=(machine,), machines_asked=True))
    whole = path.read_bytes()
    for place, content in damaged(whole, range(len(whole))):
        path.write_bytes(content)
        loaded = load_settings(path)
        kept = list(tmp_path.glob("settings.corrupt-*"))
        assert (loaded.notice is not None) == bool(kept), place
        assert all(each.read_bytes() == content for each in kept)
        assert load_settings(path) == (loaded.settings, None)
        for each in kept:
            each.unlink()


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, bytes(range(256)) * 40], ids=["empty", "nulls", "noise"]
)
def test_whatever_stands_in_all_other_files_a_start_answers_e1(user: UserPaths, content: bytes) -> None:
    for each in (user.index, user.log, user.fatal_error_log, user.packs / "own.yaml", user.backups / "a.zip"):
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(content)
    log, faults = Log(user.log), FatalErrorLog(user.fatal_error_log)
    opened = open_store(user.cases)
    with (
        closing(opened.store),
        closing(open_catalog([resources() / "catalog", user.packs], user.index)) as mended,
    ):
        assert_answers(opened, mended)
    faults.close()
    log.close()
    assert user.index.read_bytes() != content
