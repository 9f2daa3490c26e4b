"""Spaces of packages of two kinds, with which the benchmarks measure.

Weights are Dirichlet(3, ..., 3) for each party. A space is a list of tables, one for each issue,
of shape (options, parties): what each option adds to a package's value, in points of 100.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["opposed", "random"]

Tables = list[NDArray[np.float64]]


def opposed(issues: int, options: int, parties: int, *, seed: int = 7) -> Tables:
    """A space whose first two parties want the opposite in every issue, give or take noise.

    Values rise from 0 to 1 for odd parties and fall for even ones, counted from one; from the
    third party on a coin decides for each issue. Normal noise of 0.12 is added, the sum is clipped
    to [0, 1].
    """
    source = np.random.default_rng(seed)
    weights = source.dirichlet(np.full(issues, 3.0), size=parties)
    falls = np.zeros((parties, issues), dtype=bool)
    falls[1:2] = True
    falls[2:] = source.random(falls[2:].shape) < 0.5
    line = np.linspace(0.0, 1.0, options)
    values = np.where(falls[:, :, None], line[::-1], line)
    values = np.clip(values + source.normal(0.0, 0.12, size=values.shape), 0.0, 1.0)
    return _tables(weights, values)


def random(issues: int, options: int, parties: int, *, seed: int = 7) -> Tables:
    """A space whose values are uniform on [0, 1]."""
    source = np.random.default_rng(seed)
    weights = source.dirichlet(np.full(issues, 3.0), size=parties)
    return _tables(weights, source.random((parties, issues, options)))


def _tables(weights: NDArray[np.float64], values: NDArray[np.float64]) -> Tables:
    return list(100.0 * (weights[:, :, None] * values).transpose(1, 2, 0))
