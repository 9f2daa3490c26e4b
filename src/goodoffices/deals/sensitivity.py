"""Which uncertain input moves a yes-or-no answer most, from the draws that gave the answer.

The measure is the first-order share of variance, S = Var(E[Y | X]) / Var(Y) (Sobol's index of
first order): by what share the variance of the answer Y would shrink, on average, if the input X
were known. It needs no further draws: the draws are grouped by the value of X, and the answer's
mean is compared between the groups. Inputs that matter only together (Y = "exactly one of two
holds") have no first-order share; a sum far below 1 says that there are such.

References: Saltelli et al. (2010), Variance based sensitivity analysis of model output; Plischke,
Borgonovo & Smith (2013), Global sensitivity measures from given data; Hays (1963), Statistics for
Psychologists (omega squared); van der Vaart (1998), Asymptotic Statistics, chapter 20 (the error).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError

__all__ = ["FirstOrder", "first_order"]

_FEWEST_DRAWS = 16
_MOST_VALUES = 100
_MOST_RANKS = 50


class FirstOrder(NamedTuple):
    """How much of the answer's variance one input explains on its own."""

    share: float
    """0 (it alone moves nothing) to 1 (it alone decides)."""
    error: float
    """Standard error of the share, as estimated."""


def first_order(
    inputs: NDArray[Any] | Iterable[ArrayLike], answer: ArrayLike
) -> tuple[FirstOrder, ...]:
    """Estimate the first-order share of variance of each input, in the order of the inputs.

    `inputs` is an array (n, k), a row for each draw, or k columns (n,), which may be made one at a
    time; numbers or booleans, of any scale. `answer` is (n,), true or false. The cost is k sorts
    of n values, and the memory that of a few columns.

    A group is one value of the input where there are at most G = sqrt(n) of them (8 <= G <= 100).
    Else groups begin at evenly spaced ranks among the draws that answer yes (the square root of
    their number, at most 50), and likewise among those that answer no: a rare answer is not lost
    in one group, and a threshold that decides falls between two. Equal values are never parted, so
    a strictly increasing change of an input's scale changes nothing. For B groups with n_b draws
    and mean answer m_b:

        between = sum n_b (m_b - m)²,  within = sum n_b m_b (1 - m_b),  w = within / (n - B)
        S = (between - (B - 1) w) / (between + within + w), held within 0 and 1

    so that an input without influence is near 0, not near B / n. What differs within a group goes
    unseen: S is a little too low where the answer turns back and forth within a narrow range.

    Raises ModelError if the answer does not vary or the draws are fewer than 16, ValueError if a
    column does not fit the answer or holds what is not a number.

    >>> rng = np.random.default_rng(1)
    >>> x = rng.random((10_000, 2))
    >>> decides, idle = first_order(x, x[:, 0] > 0.7)
    >>> round(decides.share, 2), round(idle.share, 2)
    (1.0, 0.0)
    """
    yes = np.asarray(answer)
    if yes.ndim != 1 or yes.dtype != np.bool_:
        raise ValueError(f"the answer is {yes.dtype} of shape {yes.shape}, not boolean, one a draw")
    if len(yes) < _FEWEST_DRAWS:
        raise ModelError(
            f"{len(yes)} draws are too few to say what moves the answer; "
            f"take at least {_FEWEST_DRAWS}"
        )
    if yes.all() or not yes.any():
        which = "yes" if yes[0] else "no"
        raise ModelError(
            f"the answer does not vary: it is {which} in all {len(yes):,} draws, "
            "so no input can be said to move it"
        )
    return tuple(_estimate(*_groups(column, yes)) for column in _columns(inputs, len(yes)))


def _columns(inputs: NDArray[Any] | Iterable[ArrayLike], draws: int) -> Iterator[NDArray[Any]]:
    if isinstance(inputs, np.ndarray) and inputs.ndim != 2:
        raise ValueError(f"inputs of shape {inputs.shape} are not (draws, inputs)")
    columns = inputs.T if isinstance(inputs, np.ndarray) else inputs
    for number, one in enumerate(columns):
        column = np.ascontiguousarray(one)
        if column.shape != (draws,) or column.dtype.kind not in "biuf":
            raise ValueError(
                f"input {number} is {column.dtype} of shape {column.shape}, "
                f"not one number for each of {draws} draws"
            )
        if column.dtype.kind == "f" and np.isnan(column).any():
            raise ValueError(f"input {number} holds what is not a number (NaN)")
        yield column


def _groups(
    column: NDArray[Any], yes: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the size and the mean answer of each group of draws with near values."""
    n = len(column)
    order = np.argsort(column)
    ordered, answers = column[order], yes[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    if len(starts) > min(max(math.isqrt(n), 8), _MOST_VALUES):
        ranks = np.concatenate(([0], _spaced(answers), _spaced(~answers)))
        # A group that would begin amid equal values begins with the first of them.
        starts = np.unique(np.searchsorted(ordered, ordered[ranks]))
    sizes = np.diff(starts, append=n).astype(np.float64)
    hits = np.add.reduceat(answers, starts, dtype=np.float64)
    return sizes, hits / sizes


def _spaced(chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return evenly spaced ones among the places of the chosen, the first of them included."""
    places = np.flatnonzero(chosen)
    number = min(math.isqrt(len(places)), _MOST_RANKS)
    return places[np.arange(number) * len(places) // number]


def _estimate(n_b: NDArray[np.float64], m_b: NDArray[np.float64]) -> FirstOrder:
    """Estimate share and error from the groups.

    The error is the delta method's. To first order a draw with answer y in group b moves S by

        I(b, y) = (2 (m_b - m) (y - m_b) + (m_b - m)² - S V - S (1 - 2 m) (y - m)) / (n V)

    with V = m (1 - m). The m_b are estimates themselves: without any influence the squares sum to
    4 (B - 1) / n² where 2 (B - 1) / n² is right, the variance of chi squared with B - 1 degrees of
    freedom over n². That surplus is taken away, scaled by the share that is not explained. And the
    error is not below what one more draw that answers unlike its group would change, S / (n V + 1).
    """
    n, groups = float(n_b.sum()), len(n_b)
    m = float(n_b @ m_b) / n
    variance = m * (1 - m)
    away = m_b - m
    between = float(n_b @ away**2)
    within = float(n_b @ (m_b * (1 - m_b)))
    w = within / (n - groups)
    share = min(max((between - (groups - 1) * w) / (between + within + w), 0.0), 1.0)
    squares = 0.0
    for y, draws in ((1.0, n_b * m_b), (0.0, n_b * (1 - m_b))):
        moved = 2 * away * (y - m_b) + away**2 - share * (variance + (1 - 2 * m) * (y - m))
        squares += float(draws @ (moved / (n * variance)) ** 2)
    noise = 2 * (groups - 1) * ((1 - share) / n) ** 2
    single = (share / (n * variance + 1)) ** 2
    return FirstOrder(share, math.sqrt(max(squares - noise, noise, single)))
