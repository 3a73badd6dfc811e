"""``make bench``: measure everything and print one table."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Read by Qt when it is first imported: figures shall not depend on the screen of the machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The offscreen screen says of every window that it has no size hints to hand on.
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from benchmarks import catalog, durable, paper, starts, window
from benchmarks.measure import Figure, table
from pos_helper import paths
from pos_helper.catalog.index import open_catalog
from pos_helper.ui.fonts import window_families

_ROOT = Path(__file__).resolve().parent.parent


def _figures(folder: Path, application: QApplication) -> Iterator[Figure]:
    packs = (paths.resources() / "catalog",)
    compiled = open_catalog(packs)
    guide = compiled.guide(compiled.search("E1").hits[0].id)
    assert guide is not None
    user = folder / "user"
    yield from starts.figures(user)
    yield from window.figures(user, application)
    yield from catalog.figures(folder, packs)
    yield from durable.figures(folder, guide)
    yield from paper.figures(guide, window_families(paths.resources() / "fonts"))


def main() -> int:
    """Run all of it. The exit code does not judge the figures; the last column does."""
    application = QApplication([])
    print(f"{_processor()}, {os.cpu_count()} cores; {platform.platform()}")
    print(f"Python {platform.python_version()}, Qt {qVersion()} on {application.platformName()}\n")
    # On the disk of the project: the folder for temporary files is often memory.
    output = _ROOT / "output"
    output.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output) as folder:
        figures = []
        for figure in _figures(Path(folder), application):
            figures.append(figure)
            print(f"\r{figure.what} measured".ljust(60), end="", file=sys.stderr, flush=True)
    print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    print("\n".join(table(figures)))
    return 0


def _processor() -> str:
    """The processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


if __name__ == "__main__":
    sys.exit(main())
