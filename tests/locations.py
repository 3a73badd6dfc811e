"""Paths of the project and of the test data."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
SMALL_CATALOG = DATA / "catalog" / "small"


def copy_from_outside(source: Path, target: Path) -> None:
    """Copy a file as another program does: closing it here would drop this process's locks on it."""
    program = "import shutil, sys; shutil.copy(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", program, source, target], check=True)
