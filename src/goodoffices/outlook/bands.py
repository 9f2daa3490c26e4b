"""Draws of uncertain numbers side by side, and what is said of them: a middle and two ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Band", "Course", "aligned", "band", "course"]

Floats = NDArray[np.float64]

ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """Where 90 % of the draws of a number lie, and their middle."""

    low: float
    """5th percentile."""
    central: float
    """Median."""
    high: float
    """95th percentile."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Course:
    """The same week by week, from now (week 0) on; each of shape (weeks + 1,)."""

    low: Floats
    central: Floats
    high: Floats


def band(draws: ArrayLike) -> Band:
    """Return the 5th percentile, median and 95th percentile of some draws (n,).

    >>> band(np.arange(101.0))
    Band(low=5.0, central=50.0, high=95.0)
    """
    low, central, high = _quantiles(np.asarray(draws, dtype=np.float64))
    return Band(low=float(low), central=float(central), high=float(high))


def course(draws: ArrayLike) -> Course:
    """Return them for each week of draws of shape (n, weeks + 1).

    >>> course([[0.0, 2.0], [0.0, 4.0]]).central.tolist()
    [0.0, 3.0]
    """
    low, central, high = _quantiles(np.asarray(draws, dtype=np.float64))
    return Course(low=low, central=central, high=high)


def aligned(named: Mapping[str, ArrayLike]) -> dict[str, Floats]:
    """Return each as an array (n,) of numbers; a single number stands for every draw.

    Raises ValueError, with the name, for other shapes, different numbers of draws or NaN.

    >>> {name: draws.tolist() for name, draws in aligned({"a": 1, "b": [2, 3]}).items()}
    {'a': [1.0, 1.0], 'b': [2.0, 3.0]}
    """
    arrays = {name: np.asarray(one, dtype=np.float64) for name, one in named.items()}
    sizes = {array.size for array in arrays.values() if array.ndim}
    draws = max(sizes, default=1)
    for name, array in arrays.items():
        if array.shape not in {(), (draws,)} or not draws:
            raise ValueError(f"{name}: shape {array.shape} is not a number or one for each draw")
        if np.isnan(array).any():
            raise ValueError(f"{name}: holds what is not a number; leave out what is not known")
    return {name: np.broadcast_to(array, (draws,)) for name, array in arrays.items()}


def _quantiles(draws: Floats) -> Floats:
    return np.asarray(np.quantile(draws, ENDS, axis=0))
