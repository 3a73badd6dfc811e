"""``catalog``: check and stats."""

import json
from pathlib import Path

from tests.command_line import CommandLine


def test_the_catalog_is_clean(run: CommandLine) -> None:
    assert run("catalog", "check") == (0, "", "No problems.\n")


def test_a_bad_pack_is_named_by_place(run: CommandLine, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text('schema: 1\nentries:\n  - id: terminal.z1\n    cod: "Z1"\n', "utf-8")
    code, out, _ = run("catalog", "check", str(pack))
    assert code == 1
    assert f"{pack}:4:5: entries[0].cod: " in out


def test_stats_count_what_is_there(run: CommandLine) -> None:
    code, out, _ = run("catalog", "stats", "--json")
    assert code == 0
    assert json.loads(out)["entries"] >= 20
