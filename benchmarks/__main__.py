"""``make bench``: run the benchmarks and print their tables."""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

# Qt reads these on import. The figures must not depend on the machine's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The offscreen platform warns for every window that it cannot propagate size hints.
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from benchmarks import catalog, durable, history, money, paper, quality, scale, starts, window
from benchmarks.measure import Figure, table
from pos_helper import paths
from pos_helper.catalog.indexed_catalog import open_catalog

_ROOT = Path(__file__).resolve().parent.parent
_PICTURE = _ROOT / "docs" / "search-latency.svg"
_PARTS = ("budgets", "history", "quality", "money", "scale")


def _figures(folder: Path, application: QApplication) -> Iterator[Figure]:
    packs = (paths.resources() / "catalog",)
    compiled = open_catalog(packs)
    resolved = compiled.resolve(compiled.search("E1").hits[0].id)
    assert resolved is not None
    user = folder / "user"
    yield from starts.figures(user)
    yield from window.figures(user, application)
    yield from catalog.figures(folder, packs)
    yield from durable.figures(folder, resolved)
    yield from paper.figures(resolved)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure POS Helper, each figure beside a baseline from the same run. Without --scale"
        " that takes about two minutes. The exit code does not judge the figures.",
    )
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help="budgets: the program's time and memory; quality: how often the search is right, with the misses"
        " listed in output/; money: how often it is sure, and wrong about money;"
        " history: 50,000 cases in the history;"
        " scale: the search in catalogs of 1,000 and 10,000 entries. Default: all",
    )
    parser.add_argument(
        "--scale",
        action="store_true",
        help="measure the search with 100,000 entries too, which takes about five minutes more and 1 GB"
        " on the disk meanwhile, and draw docs/search-latency.svg anew",
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(_PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))} (choose from {', '.join(_PARTS)})")
    return arguments


def main() -> int:
    """Run the requested parts and return the exit code."""
    arguments = _arguments()
    parts = arguments.parts or _PARTS
    application = QApplication([])
    print(f"{_processor()}, {os.cpu_count()} cores; {platform.platform()}")
    print(f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {sqlite3.sqlite_version}")
    # On the project's disk, because the system's temporary folder is often in memory.
    output = _ROOT / "output"
    output.mkdir(exist_ok=True)
    packs = (paths.resources() / "catalog",)
    with tempfile.TemporaryDirectory(dir=output) as folder:
        if "budgets" in parts:
            _show(table(_measured(_figures(Path(folder), application))))
        if "history" in parts:
            _show(table(_measured(history.figures(Path(folder, "history"), packs, application))))
        if "quality" in parts:
            _show(quality.report(packs, Path(folder), output / "quality-misses.txt"))
        if "money" in parts:
            _show(money.report(packs, Path(folder)))
        if "scale" in parts or arguments.scale:
            sizes = (*scale.SIZES, scale.LARGE) if arguments.scale else scale.SIZES
            scales = [scale.measure(size, Path(folder)) for size in sizes]
            _show(scale.report(scales))
            if arguments.scale:
                scale.draw(scales, _PICTURE)
                _show(table(_measured(scale.window_figures(Path(folder, "window"), application))))
    return 0


def _measured(measuring: Iterable[Figure]) -> list[Figure]:
    figures = []
    for figure in measuring:
        figures.append(figure)
        print(f"\r{figure.what} measured".ljust(60), end="", file=sys.stderr, flush=True)
    print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    return figures


def _show(lines: Iterable[str]) -> None:
    print()
    for line in lines:
        print(line, flush=True)


def _processor() -> str:
    """Return the processor's name, or the architecture where the name is not available."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


if __name__ == "__main__":
    sys.exit(main())
