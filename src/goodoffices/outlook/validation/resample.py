"""Means over observations that come in groups, with intervals from drawing the groups anew.

Issues of one proposal, or offers in one talk, resemble each other; drawing single ones would make
an interval too narrow.

Reference: Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Measure", "measures"]

LEVEL = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One figure of a validation, with its interval."""

    name: str
    value: float
    low: float
    """Lower end of the 95 % interval."""
    high: float
    """Upper end of it."""


def measures(
    columns: Mapping[str, ArrayLike], groups: ArrayLike, *, resamples: int, seed: int
) -> tuple[Measure, ...]:
    """Return the mean of each column (n,), with the percentile interval over drawn groups (n,).

    All columns see the same draws, so the interval of a difference is that of a column of
    differences. With a single group an interval has no width.

    >>> measures({"half": [0.0, 1.0, 0.0, 1.0]}, [1, 1, 2, 2], resamples=99, seed=1)
    (Measure(name='half', value=0.5, low=0.5, high=0.5),)
    """
    names, number = np.unique(np.asarray(groups), return_inverse=True)
    table = np.column_stack([np.asarray(column, dtype=np.float64) for column in columns.values()])
    sums = np.zeros((len(names), table.shape[1]))
    np.add.at(sums, number, table)
    sizes = np.bincount(number)
    rng = np.random.default_rng(seed)
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    means: NDArray[np.float64] = (times @ sums) / (times @ sizes)[:, None]
    lows, highs = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    values = table.mean(axis=0)
    return tuple(
        Measure(name=name, value=float(value), low=float(low), high=float(high))
        for name, value, low, high in zip(columns, values, lows, highs, strict=True)
    )
