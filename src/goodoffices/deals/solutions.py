"""Bargaining solutions over a frontier: Nash, Kalai-Smorodinsky, egalitarian and utilitarian.

Each is defined over the gains g_p = u_p - r_p, where r_p is party p's walk-away (the value of no
agreement), on the finite set of packages that meet every walk-away. A walk-away below the worst
package stays what it is. A party that cannot gain anything over its walk-away is left out of the
products and ratios, since it would make them 0 for every package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.space import TOLERANCE

__all__ = ["DEFINITIONS", "Solution", "solve"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """One bargaining solution: which frontier points it selects."""

    name: str
    definition: str
    points: tuple[int, ...]
    """Indices of the points it selects; more than one where they tie."""


DEFINITIONS = {
    "Nash": (
        "the package with the largest product of gains over the walk-aways "
        "(Nash 1950, Econometrica 18:155)"
    ),
    "Kalai-Smorodinsky": (
        "the package whose smallest share of the best possible gain is largest "
        "(Kalai and Smorodinsky 1975, Econometrica 43:513)"
    ),
    "egalitarian": (
        "the package whose smallest gain in points is largest (Kalai 1977, Econometrica 45:1623)"
    ),
    "utilitarian": (
        "the package with the largest sum of values; it depends on how each party's scale is set "
        "(Harsanyi 1955, Journal of Political Economy 63:309)"
    ),
}


def solve(values: Floats, walk_aways: Floats) -> tuple[Solution, ...]:
    """Return the four solutions over points (n, p) that meet the walk-aways (p,), in points.

    With g the gains and G_p the largest gain of p over all points:

        Nash                 max prod_p g_p
        Kalai-Smorodinsky    max min_p g_p / G_p, then the next smallest share, and so on
        egalitarian          max min_p g_p, then the next smallest gain, and so on
        utilitarian          max sum_p u_p

    The leximin order after the minimum is what makes the finite versions efficient (Imai 1983).
    Points that tie are all named. No points, no solutions.

    >>> found = solve(np.array([[80.0, 20.0], [60.0, 60.0]]), np.array([0.0, 0.0]))
    >>> [(s.name, s.points) for s in found][:2]
    [('Nash', (1,)), ('Kalai-Smorodinsky', (1,))]
    """
    gains = np.maximum(values - walk_aways, 0.0)
    if not len(gains):
        return ()
    most = gains.max(axis=0)
    able = most > TOLERANCE
    ratios = gains[:, able] / most[able]
    rules: dict[str, Callable[[], Floats]] = {
        "Nash": lambda: np.log(np.maximum(ratios, 1e-300)).sum(axis=1, keepdims=True),
        "Kalai-Smorodinsky": lambda: np.sort(ratios, axis=1),
        "egalitarian": lambda: np.sort(gains[:, able], axis=1),
        "utilitarian": lambda: values.sum(axis=1, keepdims=True),
    }
    return tuple(
        Solution(name=name, definition=DEFINITIONS[name], points=_best(rule()))
        for name, rule in rules.items()
    )


def _best(scores: Floats) -> tuple[int, ...]:
    """Return the rows that are lexicographically largest, within the tolerance."""
    rows = np.arange(len(scores))
    for column in scores.T:
        top = column[rows].max()
        rows = rows[column[rows] >= top - TOLERANCE * max(1.0, abs(top))]
    return tuple(map(int, rows))
