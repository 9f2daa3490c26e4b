"""The parts of the outlook that compute: hazards by week, incidence with ties, the base rates.

    python benchmarks/bench_outlook.py

Times are medians after a first run. Hazards are drawn anew in each run and multiplied by two
events per risk, whose factors are drawn too and fade.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks.timing import median  # noqa: E402
from goodoffices.outlook.baserates import shipped  # noqa: E402
from goodoffices.outlook.hazards import HazardPrior, Multiplier, by_week, draw, fan  # noqa: E402
from goodoffices.outlook.incidence import clustered, incidence  # noqa: E402

SEED = 7


def forecast(draws: int, weeks: int, risks: int) -> Callable[[], object]:
    """Draw hazards, multiply them, and take the fan."""
    rng = np.random.default_rng(SEED)
    names = [f"risk {k}" for k in range(risks)]
    rules = [
        Multiplier(risk=name, factor=rng.lognormal(0.5, 0.5, draws), week=week, half_life=8.0)
        for name in names
        for week in (0, weeks // 4)
    ]
    prior = HazardPrior(shape=0.3, rate=40.0)
    return lambda: fan(
        by_week({name: draw(prior, draws, rng) for name in names}, rules, weeks=weeks)
    )


def cases(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days in whole numbers (so with many ties), events and conflicts."""
    rng = np.random.default_rng(SEED)
    return rng.integers(0, 1826, n), rng.integers(0, 4, n), rng.integers(0, 150, n)


def main() -> None:
    """Print the tables."""
    print("| draws x weeks x risks | s | limit s |\n|---|--:|--:|")
    for draws, weeks, risks, limit in (
        (10_000, 104, 4, "1"),
        (10_000, 52, 3, "-"),
        (20_000, 104, 4, "-"),
        (40_000, 104, 4, "-"),
    ):
        seconds = median(forecast(draws, weeks, risks))
        print(f"| {draws:,} x {weeks} x {risks} | {seconds:.2f} | {limit} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak of memory, with 40,000 draws: {peak:.0f} MB.")
    print("\n| work | s |\n|---|--:|")
    for n in (2_000, 50_000):
        days, events, conflicts = cases(n)
        alone = median(partial(incidence, days, events, kinds=3))
        errors = median(partial(clustered, days, events, conflicts, kinds=3, at=[365]))
        print(f"| incidence of {n:,} observations, 3 kinds of event, 1,826 days | {alone:.3f} |")
        print(f"| the same with errors by conflict, 150 conflicts | {errors:.3f} |", flush=True)
    print(f"| load the shipped base rates | {median(shipped.__wrapped__):.3f} |")


if __name__ == "__main__":
    main()
