"""Measuring times, and the table that shows them."""

import gc
import statistics
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

_T = TypeVar("_T")
_WARM_UP = 5


@dataclass(frozen=True)
class Budget:
    """A limit for the median, the 99th percentile or the ratio of medians."""

    limit: float
    of: Literal["median", "p99", "ratio"]


@dataclass(frozen=True)
class Figure:
    """One line of the table: the samples of a job and of its baseline, both in ``unit``."""

    what: str
    samples: Sequence[float]
    baseline: str
    baseline_samples: Sequence[float]
    budget: Budget | None = None
    unit: str = "ms"

    @property
    def median(self) -> float:
        """The median sample."""
        return statistics.median(self.samples)

    @property
    def p99(self) -> float:
        """The 99th percentile; with fewer than 100 samples, the worst one."""
        return p99(self.samples)

    @property
    def ratio(self) -> float:
        """Median of the job divided by median of the baseline."""
        return self.median / statistics.median(self.baseline_samples)


def p99(samples: Sequence[float]) -> float:
    """Return the 99th percentile of the samples."""
    return sorted(samples)[max(0, -(-len(samples) * 99 // 100) - 1)]


def times(job: Callable[[], object], count: int) -> list[float]:
    """Return the milliseconds of each of ``count`` runs, after one warm-up run."""
    job()
    samples = []
    gc.collect()
    for _ in range(count):
        start = time.perf_counter()
        job()
        samples.append((time.perf_counter() - start) * 1000)
    return samples


def times_of_each(job: Callable[[_T], object], given: Sequence[_T]) -> list[float]:
    """Return the milliseconds that ``job`` took for each item of ``given``, after a few warm-up runs."""
    for one in given[-_WARM_UP:]:
        job(one)
    samples = []
    gc.collect()
    for one in given:
        start = time.perf_counter()
        job(one)
        samples.append((time.perf_counter() - start) * 1000)
    return samples


_HEAD = ("what", "median", "p99", "baseline", "median", "ratio", "budget", "")


def table(figures: Sequence[Figure]) -> Iterator[str]:
    """Return the lines of the table."""
    return grid([_HEAD, *map(_row, figures)], left={0, 3, 6, 7})


def grid(rows: Iterable[Sequence[str]], left: Collection[int]) -> Iterator[str]:
    """Yield rows as lines with aligned columns: left for the columns in ``left`` (from 0), else right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    budget, verdict = "", ""
    if figure.budget:
        value: float = getattr(figure, figure.budget.of)
        unit = "x" if figure.budget.of == "ratio" else f" {figure.unit}"
        budget = f"{figure.budget.of} <= {figure.budget.limit:g}{unit}"
        verdict = "kept" if value <= figure.budget.limit else "OVER"
    return (
        figure.what,
        f"{figure.median:.2f} {figure.unit}",
        f"{figure.p99:.2f} {figure.unit}",
        figure.baseline,
        f"{statistics.median(figure.baseline_samples):.2f} {figure.unit}",
        f"{figure.ratio:.2f}x",
        budget,
        verdict,
    )
