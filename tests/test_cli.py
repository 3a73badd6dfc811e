"""The command line as a person or a script meets it: output, exit codes, JSON."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from pos_helper.cases.opening import open_store
from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.cli import main
from pos_helper.domain.cases import CaseState
from pos_helper.paths import resources

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on data of its own; give its exit code and what it printed."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def run_command(*words: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "data"), *words])
        printed = capfdbinary.readouterr()
        return code, printed.out.decode(), printed.err.decode()

    return run_command


class _Terminal(io.StringIO):
    """Somebody who types an answer."""

    def isatty(self) -> bool:
        return True


def kept_case(path: Path) -> int:
    """Keep a solved case of E1; give its number."""
    catalog = open_catalog([resources() / "catalog"])
    resolved = catalog.resolve("terminal.e1")
    catalog.close()
    assert resolved is not None
    store = open_store(path).store
    case = store.open_case(resolved, "E1", datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
    store.save_state(case.id, CaseState.SOLVED, datetime(2026, 3, 1, 8, 5, tzinfo=UTC))
    store.close()
    return case.id


def test_lookup_says_the_first_ten_seconds(run: Run) -> None:
    code, out, _ = run("lookup", "E1")
    assert code == 0
    for said in ("Money: Not known", "Retry: Do not retry yet", "Say: ", "1. Look up the last sale"):
        assert said in out


def test_lookup_speaks_chinese(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = run("lookup", "E1", "--lang", "zh")
    assert "对顾客说：" in asked[1]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("lookup", "E1") == asked


def test_the_json_of_a_lookup_is_the_contract(run: Run) -> None:
    code, out, _ = run("lookup", "0xOO04", "--json")
    assert code == 0
    title = json.loads(out)["results"][0].pop("title")
    assert set(title) == {"zh", "en"}
    found = json.loads(out)
    del found["results"][0]["title"]
    assert found == {
        "query": "0xOO04",
        "read_as": "0x0004",
        "outcome": "exact",
        "results": [
            {
                "id": "pos-app.0x0004",
                "code": "0x0004",
                "origin": "pos-app",
                "match": "exact",
                "matched_on": "code",
                "how": "literal",
                "money": "unknown",
                "retry": "after_check",
            }
        ],
    }


@pytest.mark.parametrize("code", ["01", "11"])
def test_a_code_of_two_origins_asks_which_screen(run: Run, code: str) -> None:
    _, out, _ = run("lookup", code)
    assert "Which screen showed it?" in out
    _, out, _ = run("lookup", code, "--json")
    assert [hit["origin"] for hit in json.loads(out)["results"]][:2] == ["card-network", "terminal"]


def test_eleven_is_an_approval_for_the_card_networks(run: Run) -> None:
    _, out, _ = run("lookup", "11", "--json")
    network = json.loads(out)["results"][0]
    assert (network["money"], network["retry"]) == ("charged", "no")


def test_a_near_code_is_only_a_guess(run: Run) -> None:
    code, out, _ = run("lookup", "E9")
    assert code == 1
    assert "only guesses" in out
    assert "Money:" not in out


def test_not_found_names_the_general_checks(run: Run) -> None:
    code, out, _ = run("lookup", "qqqq")
    assert code == 1
    assert "symptom.general-checks" in out
    assert run("show", "symptom.general-checks")[0] == 0


def test_a_card_number_is_refused_and_not_repeated(run: Run, tmp_path: Path) -> None:
    code, out, err = run("lookup", "4111 1111 1111 1111", "--json")
    assert code == 1
    answer = json.loads(out)
    assert (answer["outcome"], answer["results"]) == ("card_data", [])
    assert "4111111111" not in (out + err).replace(" ", "")


def test_show_as_json_has_the_whole_entry(run: Run) -> None:
    code, out, _ = run("show", "terminal.e1", "--json")
    assert code == 0
    entry = json.loads(out)
    assert {"meanings", "causes", "first", "customer_phrase", "prevention", "sources"} <= set(entry)
    cause = entry["causes"][0]
    assert cause["tab"] in ("hardware", "software", "network", "operation")
    assert set(cause["steps"][0]["text"]) == {"zh", "en"}


def test_show_takes_a_code_that_one_origin_has(run: Run) -> None:
    assert run("show", "0x4") == run("show", "pos-app.0x0004")


def test_show_asks_which_of_several(run: Run) -> None:
    code, out, err = run("show", "01")
    assert (code, out) == (3, "")
    assert "card-network.01" in err
    assert "terminal.01" in err


def test_export_to_standard_output_and_to_a_file(run: Run, tmp_path: Path) -> None:
    words = (
        "export",
        "terminal.e1",
        "--format",
        "json",
        "--lang",
        "both",
        "--result",
        "check-last-sale=helped",
    )
    code, out, _ = run(*words, "-o", "-")
    assert code == 0
    sheet = tmp_path / "sheet.json"
    assert run(*words, "-o", str(sheet))[0] == 0
    assert json.loads(sheet.read_text("utf-8")).keys() == json.loads(out).keys()
    assert '"helped"' in out


@pytest.mark.usefixtures("qapp")  # else the PDF would make an application that no window test can use
@pytest.mark.parametrize("form", ["text", "html", "pdf", "csv", "json"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_format_in_every_language(run: Run, tmp_path: Path, form: str, lang: str) -> None:
    sheet = tmp_path / "sheet"
    assert run("export", "terminal.e1", "--format", form, "--lang", lang, "-o", str(sheet))[0] == 0
    assert sheet.stat().st_size > 1000


@pytest.mark.parametrize("pair", ["check-last-sale=maybe", "check-last-sale", "no-such-step=helped"])
def test_a_wrong_result_is_one_sentence(run: Run, tmp_path: Path, pair: str) -> None:
    sheet = tmp_path / "sheet.txt"
    code, _, err = run("export", "terminal.e1", "--format", "text", "--result", pair, "-o", str(sheet))
    assert code == 3
    assert err.count("\n") == 1
    assert not sheet.exists()


def test_export_into_a_missing_folder_is_one_sentence(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "sheet.txt"
    code, _, err = run("export", "terminal.e1", "--format", "text", "-o", str(target))
    assert code == 3
    assert str(target) in err
    assert "folder does not exist" in err
    assert err.count("\n") == 1


def test_export_keeps_card_data_out(run: Run, tmp_path: Path) -> None:
    note = "card 4111 1111 1111 1111 refused"
    _, out, _ = run("export", "terminal.e1", "--format", "text", "--note", note, "-o", "-")
    assert "refused" in out
    assert "4111 1111" not in out


def test_the_catalog_is_clean(run: Run) -> None:
    assert run("catalog", "check") == (0, "", "No problems.\n")


def test_a_bad_pack_is_named_by_place(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text('schema: 1\nentries:\n  - id: terminal.z1\n    cod: "Z1"\n', "utf-8")
    code, out, _ = run("catalog", "check", str(pack))
    assert code == 1
    assert f"{pack}:4:5: entries[0].cod: " in out


def test_a_bad_pack_does_not_stop_a_lookup(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text("schema: [1\n", "utf-8")
    code, out, err = run("--pack", str(pack), "lookup", "E1")
    assert code == 0
    assert "E1" in out
    assert "mine" in err


def test_stats_count_what_is_there(run: Run) -> None:
    code, out, _ = run("catalog", "stats", "--json")
    assert code == 0
    assert json.loads(out)["entries"] >= 20


def test_cases_are_listed_shown_exported_and_deleted(run: Run, tmp_path: Path) -> None:
    assert run("cases", "list") == (1, "", "")
    number = str(kept_case(tmp_path / "data" / "cases.sqlite3"))
    assert "E1\t" in run("cases", "list")[1]
    assert json.loads(run("cases", "list", "--json")[1])[0]["state"] == "solved"
    assert "Solved" in run("cases", "show", number)[1]
    code, out, _ = run("export", "--case", number, "--format", "text", "-o", "-")
    assert (code, "Solved" in out) == (0, True)
    assert run("cases", "delete", "99", "--yes")[0] == 3
    assert run("cases", "delete", number, "--yes")[0] == 0
    assert run("cases", "list") == (1, "", "")


def test_a_case_that_is_named_twice_is_deleted_once(run: Run, tmp_path: Path) -> None:
    number = str(kept_case(tmp_path / "data" / "cases.sqlite3"))
    assert run("cases", "delete", number, number, "--yes") == (0, "", "")
    assert run("cases", "list")[0] == 1


def test_a_case_is_deleted_only_by_a_clear_yes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = str(kept_case(tmp_path / "data" / "cases.sqlite3"))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run("cases", "delete", number)[0] == 3  # no person, no answer
    for answer, exit_code in (("\n", 1), ("n\n", 1), ("", 1), ("y\n", 0)):
        assert json.loads(run("cases", "list", "--json")[1])[0]["id"] == int(number)
        monkeypatch.setattr("sys.stdin", _Terminal(answer))
        assert run("cases", "delete", number)[0] == exit_code


def test_ctrl_c_at_a_question_is_no_fault(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = str(kept_case(tmp_path / "data" / "cases.sqlite3"))

    def interrupt(question: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", _Terminal(""))
    monkeypatch.setattr("builtins.input", interrupt)
    assert run("cases", "delete", number)[0] == 130


def test_what_cannot_be_deleted_is_not_said_to_be(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "data" / "cases.sqlite3"
    number = str(kept_case(store))
    with closing(sqlite3.connect(store)) as other_program:
        other_program.execute("BEGIN IMMEDIATE")  # as good as a read-only file: nobody else may write
        code, _, err = run("cases", "delete", number, "--yes")
    assert (code, err.count("\n")) == (3, 1)
    assert run("cases", "list")[0] == 0


@pytest.mark.parametrize("number", ["7", "99999999999999999999"])
@pytest.mark.parametrize(
    "words",
    [("cases", "show"), ("cases", "delete", "--yes"), ("export", "--format", "text", "-o", "-", "--case")],
)
def test_a_case_that_is_not_there_is_one_sentence(run: Run, words: tuple[str, ...], number: str) -> None:
    assert run(*words, number) == (3, "", f"There is no case {number}.\n")


def test_version_and_usage(run: Run) -> None:
    for word in ("--version", "--help"):
        with pytest.raises(SystemExit) as ended:
            run(word)
        assert ended.value.code == 0
    for words in (("lookup",), ("lookup", "x", "--limit", "0"), ("lookup", "x", "--limit", "x")):
        assert run(*words)[0] == 2


def _program(
    *words: str, environment: dict[str, str] | None = None, stdout: int | IO[bytes] = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "DISPLAY", "WAYLAND", "LC_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "pos_helper", *words],
        env={**kept, "LANG": "C.UTF-8", **(environment or {})},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ":32000"}, {"WAYLAND_DISPLAY": "gone"}, {"QT_QPA_PLATFORM": "xcb"}],
    ids=str,
)
def test_without_a_screen_it_names_the_command_line(tmp_path: Path, environment: dict[str, str]) -> None:
    ended = _program("--data-dir", str(tmp_path), "E1", environment=environment)
    assert ended.returncode == 3
    assert ended.stderr.count(b"\n") == 1
    assert b"pos-helper lookup" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
def test_a_pdf_needs_no_screen(tmp_path: Path) -> None:
    words = ("export", "terminal.e1", "--format", "pdf", "-o", "-")
    ended = _program("--data-dir", str(tmp_path), *words, environment={"QT_QPA_PLATFORM": "xcb"})
    assert (ended.returncode, ended.stdout[:5], ended.stderr) == (0, b"%PDF-", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    "words",
    [("lookup", "E1"), ("lookup", "E1", "--json"), ("export", "terminal.e1", "--format", "html", "-o", "-")],
    ids=" ".join,
)
def test_output_into_a_full_disk_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = _program("--data-dir", str(tmp_path), *words, stdout=full)
    said = b"Cannot write to standard output: the disk is full.\n"
    assert (ended.returncode, ended.stderr) == (3, said)


def test_a_lookup_loads_no_qt_and_the_second_no_yaml(tmp_path: Path) -> None:
    code = (
        "import sys; from pos_helper.cli import main; main(sys.argv[1:]);"
        "print([name for name in ('PySide6', 'yaml', 'jinja2') if name in sys.modules])"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code, "--data-dir", str(tmp_path), "lookup", "E1"],
            capture_output=True,
            check=True,
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]
    assert outputs == [b"['yaml']", b"[]"]


def test_an_unset_variable_is_no_data_folder(run: Run) -> None:
    assert main(["--data-dir", "", "lookup", "E1"]) == 2


def test_a_fault_of_the_program_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("card 4111 1111 1111 1111")

    monkeypatch.setattr("pos_helper.catalog.indexed_catalog.IndexedCatalog.search", broken)
    code, out, err = run("lookup", "E1")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "test_cli.py" in err
    assert "4111 1111" not in err
