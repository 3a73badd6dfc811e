"""``cases``: list, show, export and delete."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.domain.cases import CaseState
from pos_helper.paths import resources
from tests.command_line import CommandLine


class _Terminal(io.StringIO):
    """Standard input that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def number(data: Path, shipped_index: Path) -> str:
    """The number of a stored case of E1 that was solved."""
    catalog = open_catalog([resources() / "catalog"], shipped_index)
    resolved = catalog.resolve("terminal.e1")
    catalog.close()
    assert resolved is not None
    store = open_store(data / "cases.sqlite3").store
    case = store.open_case(resolved, "E1", datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
    store.save_state(case.id, CaseState.SOLVED, datetime(2026, 3, 1, 8, 5, tzinfo=UTC))
    store.close()
    return str(case.id)


def test_cases_are_listed_shown_exported_and_deleted(run: CommandLine, number: str) -> None:
    assert "E1\t" in run("cases", "list")[1]
    assert json.loads(run("cases", "list", "--json")[1])[0]["state"] == "solved"
    assert "Solved" in run("cases", "show", number)[1]
    code, out, _ = run("export", "--case", number, "--format", "text", "-o", "-")
    assert (code, "Solved" in out) == (0, True)
    assert run("cases", "delete", "99", "--yes")[0] == 3
    assert run("cases", "delete", number, "--yes")[0] == 0
    assert run("cases", "list") == (1, "", "")


def test_all_cases_are_one_line_each_with_a_name_that_stays(
    run: CommandLine, number: str, tmp_path: Path
) -> None:
    words = ("cases", "export", "--format", "jsonl", "--lang", "en", "-o")
    code, out, _ = run(*words, "-")
    (line,) = out.splitlines()
    case = json.loads(line)
    assert (code, case["number"], case["outcome"]["state"]["value"]) == (0, number, "solved")
    assert case["id"] == f"20260301T080000.000000Z-{number}"
    file = tmp_path / "all.jsonl"
    assert run(*words, str(file)) == (0, "", "")
    again = json.loads(file.read_text("utf-8"))
    assert again["id"] == case["id"]
    jsonschema.validate(again, json.loads(run("cases", "schema")[1]))


def test_all_cases_are_one_table(run: CommandLine, number: str, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    words = ("cases", "export", "--format", "csv", "--lang", "en", "-o", str(file))
    assert run(*words) == (0, "", "")
    heading, row = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    assert dict(zip(heading, row, strict=True))["Sheet no."] == number


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_no_cases_are_a_file_without_cases(run: CommandLine, tmp_path: Path, form: str) -> None:
    file = tmp_path / "all"
    assert run("cases", "export", "--format", form, "-o", str(file))[0] == 0
    assert len(file.read_text("utf-8-sig").splitlines()) == (form == "csv")


def test_a_damaged_case_is_named_and_the_others_are_exported(
    run: CommandLine, number: str, data: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(data / "cases.sqlite3")) as file:
        file.execute(
            "INSERT INTO cases (changed, guide, opened_at, code_shown) "
            "SELECT changed + 1, guide, opened_at, code_shown FROM cases"
        )
        file.execute("INSERT INTO marks SELECT max(id), 'look', 'helped', 'yesterday', '' FROM cases")
        file.commit()
    code, out, err = run("cases", "export", "--format", "jsonl", "-o", "-")
    assert code == 1
    assert [json.loads(line)["number"] for line in out.splitlines()] == [number]
    assert err.count("\n") == 1


def test_a_case_that_is_named_twice_is_deleted_once(run: CommandLine, number: str) -> None:
    assert run("cases", "delete", number, number, "--yes") == (0, "", "")
    assert run("cases", "list")[0] == 1


def test_a_case_is_deleted_only_by_a_clear_yes(
    run: CommandLine, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run("cases", "delete", number)[0] == 3  # not a terminal, so no confirmation
    for answer, exit_code in (("\n", 1), ("n\n", 1), ("", 1), ("y\n", 0)):
        assert json.loads(run("cases", "list", "--json")[1])[0]["id"] == int(number)
        monkeypatch.setattr("sys.stdin", _Terminal(answer))
        assert run("cases", "delete", number)[0] == exit_code


def test_ctrl_c_at_a_question_is_no_fault(
    run: CommandLine, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", _Terminal(""))
    monkeypatch.setattr("builtins.input", interrupt)
    assert run("cases", "delete", number)[0] == 130


def test_what_cannot_be_deleted_is_not_said_to_be(run: CommandLine, number: str, data: Path) -> None:
    with closing(sqlite3.connect(data / "cases.sqlite3")) as other_program:
        other_program.execute("BEGIN IMMEDIATE")  # like a read-only file: nobody else can write
        code, _, err = run("cases", "delete", number, "--yes")
    assert (code, err.count("\n")) == (3, 1)
    assert run("cases", "list")[0] == 0


@pytest.mark.parametrize("absent", ["7", "99999999999999999999"])
@pytest.mark.parametrize(
    "words",
    [("cases", "show"), ("cases", "delete", "--yes"), ("export", "--format", "text", "-o", "-", "--case")],
)
def test_a_case_that_is_not_there_is_one_sentence(
    run: CommandLine, words: tuple[str, ...], absent: str
) -> None:
    assert run(*words, absent) == (3, "", f"There is no case {absent}.\n")
