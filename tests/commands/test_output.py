"""Where output goes, and what happens if it cannot be written."""

import io
import sys
from pathlib import Path

import pytest

from pos_helper.commands.output import print_progress
from tests.command_line import CommandLine, program


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    "words",
    [("lookup", "E1"), ("lookup", "E1", "--json"), ("export", "terminal.e1", "--format", "html", "-o", "-")],
    ids=" ".join,
)
def test_output_into_a_full_disk_is_one_sentence(data: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = program(data, *words, stdout=full)
    said = b"Cannot write to standard output: the disk is full.\n"
    assert (ended.returncode, ended.stderr) == (3, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(data: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = program(data, "show", "no-such-entry", stderr=full)
    assert (ended.returncode, ended.stdout) == (3, b"")


def test_what_is_said_on_a_missing_standard_error_is_no_output(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    assert run("show", "no-such-entry") == (3, "", "")


@pytest.mark.parametrize(("is_console", "said"), [(True, "\r0 %\r50 %\r     \r"), (False, "")])
def test_how_far_a_long_job_is_stands_on_a_console_until_its_end_and_in_no_file(
    monkeypatch: pytest.MonkeyPatch, is_console: bool, said: str
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: is_console)
    monkeypatch.setattr(sys, "stderr", stream)
    for done in (0, 2, 4):
        print_progress(done, 4)
    assert stream.getvalue() == said
