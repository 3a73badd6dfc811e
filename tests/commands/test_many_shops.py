"""The query of docs/many-shops.*.md, on the cases of ten shops."""

import random
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.domain.cases import CaseState, Mark, StepResult
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.paths import resources
from tests.command_line import CommandLine

DOCS = Path(__file__).parents[2] / "docs"
CODES = ("terminal.e1", "card-network.11", "card-network.51", "printer-without-code")


def query(page: str) -> str:
    found = re.search(r"```sql\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def entries(shipped_index: Path) -> Iterator[list[ResolvedEntry]]:
    with closing(open_catalog([resources() / "catalog"], shipped_index)) as catalog:
        found = [catalog.resolve(entry_id) for entry_id in CODES]
        yield [entry for entry in found if entry is not None]


def work(data: Path, entries: list[ResolvedEntry], chance: random.Random) -> list[tuple[str, bool, str]]:
    """Work on some cases of a shop; gives the code of each, whether it was solved, and what helped."""
    worked = []
    with closing(open_store(data / "cases.sqlite3").store) as store:
        for number in range(chance.randint(3, 8)):
            entry, solved = chance.choice(entries), chance.random() < 0.6
            at = datetime(2026, 3, 1, 8, number, tzinfo=UTC) + timedelta(microseconds=chance.randrange(10**6))
            case = store.open_case(entry, entry.entry.code or "", at)
            step = chance.choice(entry.first_steps()).id
            store.save_mark(case.id, step, Mark(StepResult.HELPED if solved else StepResult.NO_CHANGE, at))
            if solved:
                store.save_state(case.id, CaseState.SOLVED, at + timedelta(minutes=5))
            worked.append((entry.entry.code or "", solved, step if solved else ""))
    return worked


@pytest.mark.parametrize("page", ["many-shops.en.md", "many-shops.zh.md"])
def test_the_query_of_the_documentation_counts_the_cases_of_all_shops(
    page: str,
    run: CommandLine,
    data: Path,
    entries: list[ResolvedEntry],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(17)
    shops = tmp_path / "shops"
    shops.mkdir()
    worked: list[tuple[str, bool, str, int]] = []
    for shop in range(10):
        (data / "cases.sqlite3").unlink(missing_ok=True)
        worked += [(*case, shop) for case in work(data, entries, chance)]
        out = shops / f"shop-{shop}.jsonl"
        lang = ("zh", "en", "both")[shop % 3]
        assert run("cases", "export", "--format", "jsonl", "--lang", lang, "-o", str(out))[0] == 0
    monkeypatch.chdir(tmp_path)
    rows = duckdb.execute(query(page)).fetchall()
    counted = {code: (cases, in_shops, solved) for code, cases, in_shops, solved, _ in rows}
    for code in {each[0] for each in worked}:
        of_code = [each for each in worked if each[0] == code]
        solved = sum(each[1] for each in of_code)
        percent = counted[code][2]
        assert counted[code][:2] == (len(of_code), len({each[3] for each in of_code}))
        assert percent == pytest.approx(100 * solved / len(of_code), abs=0.51)
    assert sum(cases for cases, _, _ in counted.values()) == len(worked)
    helped = {code: most for code, _, _, _, most in rows}
    for code, most in helped.items():
        assert most in {each[2] for each in worked if each[0] == code} or most is None
