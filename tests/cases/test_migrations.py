"""A case file in any older format is upgraded, and a copy of the old file is kept."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from pos_helper.cases.connection import connect
from pos_helper.cases.migrations import (
    STEPS,
    NotACaseFile,
    add_details_v4,
    add_machine_v3,
    create_schema_v1,
    migrate,
    rename_phrases_v2,
)
from pos_helper.cases.opening import open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.cases import Case, CaseDetails, CaseState, Mark, Reminder, StepResult
from pos_helper.domain.entries import Money
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text

BEIJING = timezone(timedelta(hours=8))
SEEN = datetime(2026, 3, 1, 16, 44, 20, tzinfo=BEIJING)
FORMATS = range(1, len(STEPS) + 1)
SECOND = Machine("card-terminal", number="2", terminal_id="10012346", hotline="95516")
ASKED = CaseDetails(amount="128.50", trace_number="000123", handed_to="银联商务", ticket="T-7")


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    """An empty database file."""
    path.parent.mkdir()
    with closing(connect(path)) as db:
        yield db


def _sample(data: Path, number: int) -> Path:
    return data / f"format-{number}.sqlite3"


def _sample_cases(resolved: ResolvedEntry, number: int) -> list[Case]:
    """The cases in the sample file of a format, newest first. Number 2 was deleted."""
    worked = Case(
        id=1,
        opened_at=SEEN,
        code_shown="ｅ１",
        resolved=resolved,
        marks={
            "check-last-sale": Mark(StepResult.HELPED, SEEN + timedelta(minutes=1), "上一笔没有成功"),
            "reseat-cable": Mark(StepResult.NO_CHANGE, SEEN + timedelta(minutes=2)),
            "restart-router": Mark(None, SEEN + timedelta(minutes=3), "店主不在"),
        },
        note="顾客改用现金。\nPaid in cash.",
        state=CaseState.HANDED_OVER,
        closed_at=SEEN + timedelta(minutes=9),
        money_found=Money.NOT_CHARGED,
        meaning=1,
        machine=SECOND if number >= 3 else None,
        details=ASKED if number >= 4 else CaseDetails(),
    )
    return [Case(id=3, opened_at=SEEN.astimezone(UTC), code_shown="E1", resolved=resolved), worked]


def _layout(db: sqlite3.Connection) -> set[str]:
    return {
        re.sub(r"\s+", " ", sql) for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE sql <> ''")
    }


def test_every_step_has_a_test() -> None:
    assert {f"test_{step.__name__}" for step in STEPS} <= globals().keys()


def test_create_schema_v1(data: Path, db: sqlite3.Connection) -> None:
    create_schema_v1(db)
    with closing(connect(_sample(data, 1))) as sample:
        assert _layout(db) == _layout(sample)


def test_rename_phrases_v2(
    data: Path, db: sqlite3.Connection, resolved: ResolvedEntry, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(connect(_sample(data, 1))) as sample:
        sample.backup(db)
    bad = [b"no entry", b"5", b"{}", b'{"entry": 5}', b'{"entry": {"say": "\xff"}}', "text", 5]
    for number, words in enumerate(bad):
        db.execute(
            "INSERT INTO guides (digest, entry, title_zh, title_en, steps, words)"
            " VALUES (?, 'x', '', '', 0, ?)",
            (bytes([number]), words),
        )
    rename_phrases_v2(db)
    renamed, *damaged = db.execute("SELECT words FROM guides ORDER BY id").fetchall()
    assert msgspec.json.decode(renamed[0], type=ResolvedEntry) == resolved
    assert damaged == [(words,) for words in bad]
    assert caplog.messages == [
        f"The kept entry {number} is damaged and was not renamed" for number in range(2, 2 + len(bad))
    ]
    # The digest still matches, so a new case of the same entry does not store a second copy.
    for step in STEPS[2:]:
        step(db)
    SqliteCaseStore(db).open_case(resolved, "E1", SEEN)
    assert db.execute("SELECT count(*) FROM guides").fetchone() == (1 + len(bad),)


def test_add_machine_v3(data: Path, db: sqlite3.Connection) -> None:
    with closing(connect(_sample(data, 2))) as sample:
        sample.backup(db)
    add_machine_v3(db)
    add_details_v4(db)
    store = SqliteCaseStore(db)
    assert [store.case(summary.id).machine for summary in store.cases()] == [None, None]
    store.save_machine(1, SECOND)
    assert store.case(1).machine == SECOND


def test_add_details_v4(data: Path, db: sqlite3.Connection) -> None:
    with closing(connect(_sample(data, 3))) as sample:
        sample.backup(db)
    add_details_v4(db)
    store = SqliteCaseStore(db)
    assert [store.case(summary.id).details for summary in store.cases()] == [CaseDetails()] * 2
    store.save_details(1, ASKED)
    assert store.case(1).details == ASKED
    paper = Reminder("paper", Text("备好纸卷", "Keep paper at hand"), 7, date(2026, 3, 8))
    store.save_reminder(paper)
    assert store.reminders() == [paper]


@pytest.mark.parametrize("number", FORMATS)
def test_a_sample_of_every_format_opens(data: Path, path: Path, resolved: ResolvedEntry, number: int) -> None:
    path.parent.mkdir()
    shutil.copy(_sample(data, number), path)
    opened = open_store(path)
    assert (opened.durable, opened.notice) == (True, None)
    found = [opened.store.case(summary.id) for summary in opened.store.cases()]
    assert found == _sample_cases(resolved, number)
    assert found[1].opened_at.utcoffset() == SEEN.utcoffset()
    assert opened.store.open_case(resolved, "E1", SEEN).id == 4
    opened.store.close()


@pytest.mark.parametrize("number", FORMATS)
def test_an_upgraded_file_is_laid_out_like_a_new_one(data: Path, tmp_path: Path, number: int) -> None:
    path = tmp_path / "cases.sqlite3"
    shutil.copy(_sample(data, number), path)
    with closing(connect(path)) as old, closing(connect(":memory:")) as new:
        migrate(old, path)
        migrate(new)
        assert _layout(old) == _layout(new)
        for setting in ("application_id", "user_version"):
            assert old.execute(f"PRAGMA {setting}").fetchone() == new.execute(f"PRAGMA {setting}").fetchone()


def _add_colour(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE cases ADD COLUMN colour TEXT")


def _fail_halfway(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE marks")
    db.execute("SELECT * FROM marks")


def test_an_older_file_is_copied_before_it_is_upgraded(
    path: Path, db: sqlite3.Connection, resolved: ResolvedEntry
) -> None:
    migrate(db, path)
    case = SqliteCaseStore(db).open_case(resolved, "E1", SEEN)
    migrate(db, path, (*STEPS, _add_colour))
    assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS) + 1,)
    assert db.execute("SELECT colour FROM cases").fetchall() == [(None,)]
    (copy,) = path.parent.glob("cases.format-*.sqlite3")
    assert re.fullmatch(rf"cases\.format-{len(STEPS)}-\d{{8}}-\d{{6}}\.sqlite3", copy.name)
    opened = open_store(copy)
    assert opened.durable
    assert opened.store.case(case.id) == case
    opened.store.close()


def test_a_new_or_current_file_is_not_copied(path: Path, db: sqlite3.Connection) -> None:
    migrate(db, path)
    migrate(db, path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_failed_upgrade_changes_nothing(
    path: Path, db: sqlite3.Connection, resolved: ResolvedEntry
) -> None:
    migrate(db, path)
    case = SqliteCaseStore(db).open_case(resolved, "E1", SEEN)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, path, (*STEPS, _add_colour, _fail_halfway))
    migrate(db, path)
    assert SqliteCaseStore(db).case(case.id) == case
    assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


def test_a_file_that_cannot_be_copied_is_not_upgraded(tmp_path: Path, resolved: ResolvedEntry) -> None:
    path = tmp_path / f"{'n' * 230}.sqlite3"  # The copy's name would be too long for a file system.
    with closing(connect(path)) as db:
        migrate(db, path)
        before = path.read_bytes()
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            migrate(db, path, (*STEPS, _add_colour))
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [before]


def test_a_copy_that_cannot_be_finished_or_removed_leaves_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    caplog.set_level("INFO")
    path = tmp_path / "cases.sqlite3"
    with closing(connect(path)) as db:
        migrate(db, path)
        monkeypatch.setattr("pos_helper.cases.migrations.copy", fail)
        monkeypatch.setattr(Path, "unlink", refuse)
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, path, (*STEPS, _add_colour))
    (left,) = tmp_path.glob("cases.format-*")
    assert caplog.messages == [f"The unfinished copy {left} was left behind: [Errno 13] Permission denied"]


def test_a_newer_format_is_refused(db: sqlite3.Connection) -> None:
    migrate(db, steps=(*STEPS, _add_colour))
    with pytest.raises(UserError) as error:
        migrate(db)
    assert "新版本" in error.value.text.zh
    assert "newer version" in error.value.text.en
    assert not db.in_transaction


def test_another_programs_database_is_refused(db: sqlite3.Connection) -> None:
    db.execute("CREATE TABLE sales (amount INTEGER)")
    db.execute("PRAGMA user_version = 1")
    layout = _layout(db)
    with pytest.raises(NotACaseFile):
        migrate(db)
    assert _layout(db) == layout


def test_the_header_tells_our_files_apart(path: Path, db: sqlite3.Connection) -> None:
    migrate(db, path)
    assert path.read_bytes()[68:72] == b"POSH"
