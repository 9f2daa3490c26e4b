"""How long the exact frontier takes, and how much of it pairwise pruning takes.

    python benchmarks/bench_frontier.py

Times are medians after one run that compiles. The check is the same build with each set pruned by
comparing all pairs; it must find the same frontier, and is left out where it takes too long.
Memory is the peak of this process, interpreter and compiler included.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.spaces import Tables, opposed, random  # noqa: E402
from goodoffices.deals.frontier import Frontier, frontier, keys  # noqa: E402

REPEATS = 7
CHECKED = 3_500
"""Frontiers of more points are not checked pairwise."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A space by its size, and how long its frontier may take."""

    options: int
    issues: int
    parties: int
    limit: float | None = None

    @property
    def name(self) -> str:
        """As it stands in the table: options^issues x parties."""
        return f"{self.options}^{self.issues} x {self.parties}"


WORKS = (
    Work(options=5, issues=20, parties=2, limit=0.050),
    Work(options=5, issues=30, parties=2, limit=0.200),
    Work(options=5, issues=20, parties=3, limit=0.500),
    Work(options=4, issues=12, parties=4, limit=1.000),
    Work(options=4, issues=10, parties=2),
    Work(options=4, issues=10, parties=3),
    Work(options=4, issues=10, parties=4),
    Work(options=4, issues=8, parties=5),
)


def pairwise(tables: Tables) -> NDArray[np.float64]:
    """The frontier's keys, each set pruned by comparing a row with all that is kept so far."""
    points = np.zeros((1, tables[0].shape[1]))
    for table in tables:
        sums = (points[:, None] + table).reshape(-1, points.shape[1])
        sums = sums[np.argsort(-sums.sum(axis=1), kind="stable")]
        units, kept = keys(sums), np.empty(sums.shape)
        count = 0
        for row in units:
            if not (kept[:count] >= row).all(axis=1).any():
                kept[count] = row
                count += 1
        points = kept[:count] / keys(1.0)
    return keys(points)


def timed(job: Callable[[], Frontier], repeats: int) -> tuple[float, Frontier]:
    """Median seconds of several runs after a first one, and what the last of them found."""
    found, seconds = job(), []
    for _ in range(repeats):
        begun = time.perf_counter()
        found = job()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), found


def checked(tables: Tables, found: Frontier) -> str:
    """Seconds that pairwise pruning takes for the same frontier, in words."""
    if len(found) > CHECKED or not found.complete:
        return "-"
    begun = time.perf_counter()
    right = pairwise(tables)
    seconds = time.perf_counter() - begun
    # Rounding at each step instead of once moves a key by one at most per step.
    mine = keys(found.values)
    if len(right) != len(mine) or np.abs(np.sort(right, 0) - np.sort(mine, 0)).max() > len(tables):
        raise AssertionError("pairwise pruning finds another frontier")
    return f"{seconds * 1e3:.0f}"


def main() -> None:
    """Print the table."""
    print("| space | preferences | points | ms | limit ms | pairwise ms |")
    print("|---|---|--:|--:|--:|--:|")
    for work in WORKS:
        for make in (opposed, random):
            tables = make(work.issues, work.options, work.parties)
            seconds, found = timed(lambda tables=tables: frontier(tables), REPEATS)
            limit = "-" if work.limit is None else f"{work.limit * 1e3:.0f}"
            print(
                f"| {work.name} | {make.__name__} | {len(found)} | {seconds * 1e3:.1f} "
                f"| {limit} | {checked(tables, found)} |",
                flush=True,
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
