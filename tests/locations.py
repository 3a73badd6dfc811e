"""Paths of the project and of the test data."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
SMALL_CATALOG = DATA / "catalog" / "small"
