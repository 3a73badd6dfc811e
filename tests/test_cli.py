"""The command line as a whole: global options, exit codes, and which modules it loads."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pos_helper import __version__
from tests.command_line import CommandLine, data_folder


@pytest.fixture
def run(
    tmp_path: Path,
    shipped_index: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> CommandLine:
    """Runs a command; returns exit code, standard output and standard error."""
    return CommandLine(data_folder(tmp_path / "data", shipped_index), capfdbinary, monkeypatch)


def loaded(data: Path, *words: str) -> list[str]:
    """Return the modules that are loaded after running a command."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    code = "import sys; from pos_helper.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code, "--data-dir", data, *words],
        env={name: value for name, value in os.environ.items() if name not in screens},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ended.stdout.splitlines()[-1].split()


def test_help_describes_every_command(run: CommandLine, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--help")
    assert ended.value.code == 0
    described = re.findall(r"^ {4}(\w+)", capfdbinary.readouterr().out.decode(), re.MULTILINE)
    assert described == ["open", "lookup", "show", "export", "catalog", "cases", "backup", "restore"]


def test_version_is_that_of_the_package(run: CommandLine, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--version")
    assert ended.value.code == 0
    assert capfdbinary.readouterr().out.decode() == f"POS Helper {__version__}\n"


def test_a_lookup_loads_no_qt_and_the_second_no_yaml(tmp_path: Path) -> None:
    costly = {"PySide6", "yaml", "jinja2"}
    assert [costly & {*loaded(tmp_path, "lookup", "E1")} for _ in range(2)] == [{"yaml"}, set()]


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
def test_a_window_waits_for_the_description_of_no_other_command(tmp_path: Path) -> None:
    commands = {name for name in loaded(tmp_path, "E1") if name.startswith("pos_helper.commands.")}
    assert commands == {f"pos_helper.commands.{name}" for name in ("command", "output", "parser", "window")}


def test_a_fault_of_the_program_is_one_line(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("card 4111 1111 1111 1111")

    monkeypatch.setattr("pos_helper.catalog.indexed_catalog.IndexedCatalog.search", broken)
    code, out, err = run("lookup", "E1")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "test_cli.py" in err
    assert "4111 1111" not in err
