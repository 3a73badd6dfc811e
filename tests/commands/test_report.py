"""``export``: formats, options and errors."""

import json
import sys
from pathlib import Path

import pytest

from tests.command_line import CommandLine, program


def test_export_to_standard_output_and_to_a_file(run: CommandLine, tmp_path: Path) -> None:
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


@pytest.mark.usefixtures("qapp")  # else the PDF creates an application that window tests cannot use
@pytest.mark.parametrize("form", ["text", "html", "pdf", "csv", "json"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_format_in_every_language(run: CommandLine, tmp_path: Path, form: str, lang: str) -> None:
    sheet = tmp_path / "sheet"
    assert run("export", "terminal.e1", "--format", form, "--lang", lang, "-o", str(sheet))[0] == 0
    assert sheet.stat().st_size > 500


def test_the_steps_that_were_not_tried_are_listed_if_asked_for(run: CommandLine) -> None:
    words = ("export", "terminal.e1", "--format", "text", "--lang", "en", "-o", "-")
    short, full = run(*words)[1], run(*words, "--untried")[1]
    assert "steps not tried (Quick steps 3, " in short
    assert "☐" not in short
    assert full.count("☐") > 20


@pytest.mark.parametrize("pair", ["check-last-sale=maybe", "check-last-sale", "no-such-step=helped"])
def test_a_wrong_result_is_one_sentence(run: CommandLine, tmp_path: Path, pair: str) -> None:
    sheet = tmp_path / "sheet.txt"
    code, _, err = run("export", "terminal.e1", "--format", "text", "--result", pair, "-o", str(sheet))
    assert code == 3
    assert err.count("\n") == 1
    assert not sheet.exists()


def test_export_into_a_missing_folder_is_one_sentence(run: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "sheet.txt"
    code, _, err = run("export", "terminal.e1", "--format", "text", "-o", str(target))
    assert code == 3
    assert str(target) in err
    assert "folder does not exist" in err
    assert err.count("\n") == 1


def test_export_keeps_card_data_out(run: CommandLine) -> None:
    note = "card 4111 1111 1111 1111 refused"
    _, out, _ = run("export", "terminal.e1", "--format", "text", "--note", note, "-o", "-")
    assert "refused" in out
    assert "4111 1111" not in out


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
def test_a_pdf_needs_no_screen(data: Path) -> None:
    words = ("export", "terminal.e1", "--format", "pdf", "-o", "-")
    ended = program(data, *words, environment={"QT_QPA_PLATFORM": "xcb"})
    assert (ended.returncode, ended.stdout[:5], ended.stderr) == (0, b"%PDF-", b"")


def test_a_note_that_is_too_long_is_refused_with_the_limit(run: CommandLine) -> None:
    words = ("export", "terminal.e1", "--format", "text", "-o", "-", "--lang", "en", "--note")
    assert run(*words, "a" * 2000)[0] == 0
    code, out, err = run(*words, "a" * 2001)
    assert code != 0
    assert out == ""
    assert "up to 2000 characters" in err
