"""Tasks that tests run in a separate process: ``child.py TASK STORE [ACCOUNT]``.

Results are printed as JSON lines.
"""

import itertools
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import msgspec

from pos_helper.cases.opening import fold_log, open_store
from pos_helper.cases.store import SqliteCaseStore
from pos_helper.domain.cases import CaseState, Mark, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.resolved_entry import ResolvedEntry

NOW = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
RESOLVED = msgspec.json.decode(
    (Path(__file__).parent / "data" / "resolved-entry.json").read_bytes(), type=ResolvedEntry
)


def say(**facts: object) -> None:
    """Print ``facts`` as one line of JSON and flush."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def tick_until_killed(path: Path) -> None:
    """Tick steps forever; print each one once the store has saved it."""
    store = open_store(path).store
    case = store.open_case(RESOLVED, "E1", NOW)
    for number in itertools.count():
        store.save_mark(case.id, f"step-{number}", Mark(StepResult.HELPED, NOW, "有效"))
        say(saved=f"step-{number}")


def work_on_case_one(path: Path) -> None:
    """Open five cases, and tick fifty steps of a case that another process uses too."""
    store = open_store(path).store
    own = {store.open_case(RESOLVED, "E1", NOW).id for _ in range(5)}
    steps = [f"{min(own)}-{number}" for number in range(50)]
    for step in steps:
        store.save_mark(1, step, Mark(StepResult.NO_CHANGE, NOW))
    say(cases=sorted(own), steps=steps)
    store.close()


def fill_disk(path: Path) -> None:
    """Save growing notes until the disk is full, then free some space and save again."""
    ballast = path.with_name("ballast")
    ballast.write_bytes(bytes(100_000))
    opened = open_store(path)
    store, case = opened.store, opened.store.open_case(RESOLVED, "E1", NOW)
    acknowledged, error = _notes_until_trouble(store, case.id)
    kept = store.case(case.id).note
    ballast.unlink()
    store.save_note(case.id, "room again")
    say(
        durable=opened.durable,
        tries=len(acknowledged),
        zh=error.text.zh,
        en=error.text.en,
        kept_what_was_acknowledged=kept == acknowledged,
        after=store.case(case.id).note,
    )


def _notes_until_trouble(store: SqliteCaseStore, case_id: int) -> tuple[str, UserError]:
    acknowledged = ""
    for length in range(1000, 1_000_000, 1000):
        try:
            store.save_note(case_id, "y" * length)
        except UserError as error:
            return acknowledged, error
        acknowledged = "y" * length
    raise RuntimeError("the disk was never full")


def open_where_told(path: Path) -> None:
    """Open the store in any kind of folder, add a case and read it back."""
    opened = open_store(path)
    before = len(opened.store.cases())
    case = opened.store.open_case(RESOLVED, "E1", NOW)
    notice = opened.notice
    say(
        durable=opened.durable,
        zh=notice and notice.zh,
        en=notice and notice.en,
        before=before,
        works=opened.store.case(case.id) == case,
    )


def read_where_told(path: Path) -> None:
    """Open the store and read it, without writing anything."""
    opened = open_store(path)
    say(durable=opened.durable, en=opened.notice and opened.notice.en, cases=len(opened.store.cases()))


def change_when_told(path: Path) -> None:
    """Change a store once for each line that is read, and say what was done. The last change closes it."""
    store = open_store(path).store
    case = store.open_case(RESOLVED, "E1", NOW)
    changes: list[Callable[[], object]] = []
    for number in range(3):
        changes += [
            partial(store.save_mark, case.id, f"step-{number}", Mark(StepResult.HELPED, NOW, "有效")),
            partial(store.save_note, case.id, f"note {number} " * 900),
            partial(store.open_case, RESOLVED, f"E{number}", NOW),
            partial(fold_log, path),
            partial(store.save_state, case.id, CaseState.SOLVED, NOW),
            partial(store.delete, case.id + number + 1),
        ]
    say(done="opened")
    for change in [*changes, store.close]:
        sys.stdin.readline()
        change()
        say(done=str(change))
    sys.stdin.readline()


TASKS = {
    task.__name__: task
    for task in (
        tick_until_killed,
        work_on_case_one,
        fill_disk,
        open_where_told,
        read_where_told,
        change_when_told,
    )
}


def become(account: int) -> None:
    """Go on as another user, who may not be allowed to read the program: what is needed is loaded before."""
    import_module("hashlib")
    os.setgroups([])
    os.setgid(account)
    os.setuid(account)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        become(int(sys.argv[3]))
    TASKS[sys.argv[1]](Path(sys.argv[2]))
