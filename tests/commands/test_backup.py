"""``backup`` and ``restore``."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos_helper.cases.opening import open_store
from pos_helper.paths import user_paths
from pos_helper.settings import load_settings
from tests.backup.conftest import NOW, RESOLVED, shop, work
from tests.command_line import CommandLine
from tests.locations import ROOT


@pytest.fixture
def zipped(run: CommandLine, data: Path, tmp_path: Path) -> Path:
    """A backup of a shop with one case."""
    shop(data, "first")
    path = tmp_path / "备份.zip"
    assert run("backup", str(path)) == (0, f"Backed up: {path}\n", "")
    return path


def test_a_backup_is_written_and_restored(run: CommandLine, data: Path, zipped: Path) -> None:
    work(user_paths(data), "second")
    code, out, err = run("restore", str(zipped))
    assert (code, err) == (0, "")
    assert out.startswith("The backup of ")
    assert "before-restore" in out
    assert len(json.loads(run("cases", "list", "--json")[1])) == 1
    [kept] = (data / "backups").iterdir()
    assert str(kept) in out
    assert run("restore", str(kept))[0] == 0
    assert len(json.loads(run("cases", "list", "--json")[1])) == 2


def test_what_is_refused_is_one_sentence(run: CommandLine, data: Path, zipped: Path, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_text("hello", encoding="utf-8")
    for words in (
        ("restore", str(tmp_path / "other.zip")),
        ("restore", str(tmp_path / "missing.zip")),
        ("backup", str(data / "inside.zip")),
        ("backup", str(tmp_path / "missing" / "new.zip")),
    ):
        code, out, err = run(*words)
        assert (code, out, err.count("\n")) == (3, "", 1), words


def test_an_open_window_is_in_the_way(run: CommandLine, data: Path, zipped: Path) -> None:
    with closing(open_store(data / "cases.sqlite3").store) as window:
        window.open_case(RESOLVED, "E1", NOW)
        code, _, err = run("restore", str(zipped))
    assert (code, err.count("\n")) == (3, 1)
    assert "If another window is open, close it first" in err
    assert len(json.loads(run("cases", "list", "--json")[1])) == 2


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
def test_any_command_finishes_what_a_killed_one_began(run: CommandLine, data: Path, zipped: Path) -> None:
    work(user_paths(data), "second")
    child = ROOT / "tests" / "backup" / "child.py"
    killed = subprocess.run(
        [sys.executable, child, "restore", data, zipped, "restoring"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode < 0
    code, out, err = run("cases", "list", "--json")
    assert (code, len(json.loads(out))) == (0, 1)
    assert err.startswith("The backup of ")
    assert run("cases", "list", "--json")[2] == ""
    assert load_settings(data / "settings.json").settings.shop.name == "first"


def test_a_case_file_that_is_gone_comes_with_the_copy_that_is_there(run: CommandLine, data: Path) -> None:
    user = shop(data, "first")
    user.backups.mkdir()
    (user.backups / "pos-helper-2026-03-13.zip").touch()
    os.truncate(user.cases, 0)
    code, _, err = run("cases", "list")
    assert code == 1
    assert "is empty (0 bytes)" in err
    assert "2026-03-13" in err
