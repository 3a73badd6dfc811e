"""A killed program loses nothing that it has acknowledged; ``make kills`` does this a thousand times."""

import os
import subprocess
import sys

import pytest

from tests.locations import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("options", [["25", "3"], ["10", "4", "--network"]], ids=["log", "journal"])
def test_nothing_acknowledged_is_lost(options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "kills.py", *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "none lost" in done.stdout
