"""A shop with cases, machines, a code of its own and a reminder, in a data folder."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import CaseDetails, CaseState, Mark, Reminder, StepResult
from pos_helper.domain.machines import Machine
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths, user_paths
from pos_helper.settings import Settings, save_settings

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
RESOLVED = msgspec.json.decode(
    (Path(__file__).parents[1] / "cases" / "data" / "resolved-entry.json").read_bytes(), type=ResolvedEntry
)

Whole = tuple[list[object], list[object], bytes, dict[str, bytes]]


@pytest.fixture
def user(tmp_path: Path) -> UserPaths:
    """The folders of a shop that has used the program."""
    return shop(tmp_path / "data", "first")


@pytest.fixture
def new_pc(tmp_path: Path) -> UserPaths:
    """The folders of a PC on which the program never ran."""
    return user_paths(tmp_path / "new-pc")


def shop(data: Path, name: str) -> UserPaths:
    """Make a shop of this name."""
    user = user_paths(data)
    save_settings(user.settings, Settings(shop=Shop(name=name), machines=(Machine("card-terminal", name),)))
    (user.packs / "own").mkdir(parents=True)
    (user.packs / "own" / "shop.e77.yaml").write_text(f"# {name}\n", encoding="utf-8")
    work(user, name)
    return user


def work(user: UserPaths, note: str) -> None:
    """Add a solved case and a reminder."""
    with closing(open_store(user.cases).store) as store:
        case = store.open_case(RESOLVED, "E1", NOW)
        store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW))
        store.save_details(case.id, CaseDetails(amount="128.50"))
        store.save_note(case.id, note)
        store.save_state(case.id, CaseState.SOLVED, NOW + timedelta(minutes=1))
        store.save_reminder(Reminder(note, Text("备好纸卷", "Keep paper at hand"), 7, NOW.date()))


def whole(user: UserPaths) -> Whole:
    """All that a backup holds."""
    opened = open_store(user.cases)
    assert (opened.durable, opened.notice) == (True, None)
    with closing(opened.store) as store:
        cases: list[object] = [store.case(summary.id) for summary in store.cases()]
        reminders: list[object] = list(store.reminders())
    settings = user.settings.read_bytes() if user.settings.exists() else b""
    packs = {
        file.relative_to(user.packs).as_posix(): file.read_bytes()
        for file in sorted(user.packs.rglob("*"))
        if file.is_file()
    }
    return cases, reminders, settings, packs


def names(folder: Path) -> set[str]:
    """What stands in a folder."""
    return {each.name for each in folder.iterdir()}


Make = Callable[..., Path]
