"""How the benchmarks time a job inside of this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

__all__ = ["REPEATS", "median"]

REPEATS = 7


def median(job: Callable[[], object]) -> float:
    """Median seconds of several runs after a first one."""
    job()
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)
