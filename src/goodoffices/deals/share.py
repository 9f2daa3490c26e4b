"""A probability estimated as a share of draws, with its error, and in words without false decimals.

The interval is Wilson's score interval: it stays within 0 and 1 and says something also when none
of the draws, or all of them, answer yes.

Reference: Wilson (1927), Probable inference, the law of succession, and statistical inference;
Newcombe (1998), Two-sided confidence intervals for the single proportion, method 3.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass

__all__ = ["Share", "exact", "interval_words", "share", "words"]

# The 97.5 % point of the standard normal distribution: 95 % of it lies within -Z and Z.
Z = 1.959963984540054

# In per cent. A probability is given in steps no finer than its error, and a bound as one of these.
_STEPS = (0.1, 1.0, 5.0, 10.0)
_BOUNDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A probability and how well it is known."""

    value: float
    """0 to 1."""
    error: float
    """Standard error: the interval's half width over 1.96; 0 only for an exact probability."""
    low: float
    """Lower end of the 95 % interval."""
    high: float
    """Upper end of the 95 % interval."""
    draws: int = 0
    """How many draws it rests on; 0 for an exact probability."""
    hits: int = 0
    """How many of them answered yes."""
    undecided: int = 0
    """How many of them could not be answered within the budget."""


def share(hits: int, draws: int, undecided: int = 0) -> Share:
    """Estimate a probability from the yes answers among independent draws.

    For h hits in n draws, z = 1.96: (h + z²/2 ± z sqrt(h (n - h) / n + z²/4)) / (n + z²).
    A draw that is undecided may be either: `low` counts it as a no, `high` as a yes, and `value`
    as a half.

    The error is what the interval implies, (high - low) / (2 z). For h well inside 0 and n this is
    the usual sqrt(h (n - h) / n³), and it does not vanish where all draws agree.

    Raises ValueError if the counts are negative or don't fit each other, or if there is no draw.

    >>> half = share(50, 100)
    >>> half.value, round(half.error, 3), round(half.low, 3), round(half.high, 3)
    (0.5, 0.049, 0.404, 0.596)
    """
    hits, draws, undecided = map(operator.index, (hits, draws, undecided))
    if draws < 1 or hits < 0 or undecided < 0 or hits + undecided > draws:
        raise ValueError(f"{hits} hits and {undecided} undecided of {draws} draws is no share")
    low = _wilson_low(hits, draws)
    high = 1.0 - _wilson_low(draws - hits - undecided, draws)
    return Share(
        value=(2 * hits + undecided) / (2 * draws),
        error=(high - low) / (2 * Z),
        low=low,
        high=high,
        draws=draws,
        hits=hits,
        undecided=undecided,
    )


def exact(value: float) -> Share:
    """Return a probability that is known without error.

    Rounding noise of up to 1e-9 beyond 0 or 1 is taken away; ValueError beyond that.

    >>> exact(0.25)
    Share(value=0.25, error=0.0, low=0.25, high=0.25, draws=0, hits=0, undecided=0)
    """
    if not -1e-9 <= value <= 1 + 1e-9:
        raise ValueError(f"{value} is not a probability between 0 and 1")
    value = min(max(float(value), 0.0), 1.0)
    return Share(value=value, error=0.0, low=value, high=value)


def words(share: Share) -> str:
    """Return the probability in words, rounded to what its error allows.

    Steps of 0.1, 1, 5 or 10 %: the finest that is not below the error, and tenths only under 10 %
    or over 90 %. What would round to none or all is bounded by the interval instead. An error of
    more than 10 % leaves no number to name, only the interval.

    >>> words(share(312, 10_000)), words(share(0, 10_000)), words(share(10_000, 10_000))
    ('about 3 %', 'below 0.1 %', 'above 99.9 %')
    >>> words(share(50, 100)), words(share(1, 2)), words(exact(0.25))
    ('about 50 %', 'between 0 and 100 %', '25 %')
    """
    if share.error == 0 and share.value in {0.0, 1.0}:
        return _percent(100 * share.value)
    if 100 * share.error > _STEPS[-1]:
        return "between {} and {} %".format(*_outward(share))
    step = _step(share)
    rounded = _round(share.value, step)
    if rounded <= 0:
        return f"below {_percent(_bound(share.high))}"
    if rounded >= 100:
        return f"above {_percent(100 - _bound(1 - share.low))}"
    about = "" if share.error == 0 and math.isclose(rounded, 100 * share.value) else "about "
    return about + _percent(rounded)


def interval_words(share: Share) -> str:
    """Return the 95 % interval in words, rounded outwards in the steps of `words`.

    >>> interval_words(share(312, 10_000)), interval_words(share(50, 100))
    ('2 to 4 %', '40 to 60 %')
    >>> interval_words(exact(0.25))
    '25 %'
    """
    if share.error == 0:
        return words(share)
    return "{} to {} %".format(*_outward(share))


def _wilson_low(hits: int, draws: int) -> float:
    if hits == 0:
        return 0.0
    middle = hits + Z * Z / 2
    half = Z * math.sqrt(hits * (draws - hits) / draws + Z * Z / 4)
    return (middle - half) / (draws + Z * Z)


def _step(share: Share) -> float:
    middling = 0.1 <= share.value <= 0.9
    fit = [step for step in _STEPS[middling:] if step >= 100 * share.error]
    return fit[0] if fit else _STEPS[-1]


def _bound(probability: float) -> float:
    return next((bound for bound in _BOUNDS if bound >= 100 * probability), 100.0)


def _outward(share: Share) -> tuple[str, str]:
    step = _step(share)
    low = math.floor(100 * share.low / step) * step
    high = math.ceil(100 * share.high / step) * step
    return _number(max(low, 0.0)), _number(min(high, 100.0))


def _round(value: float, step: float) -> float:
    # Halves go to the even step, so that a probability and its complement still add up to 100 %.
    return round(round(100 * value / step, 9)) * step


def _number(percent: float) -> str:
    return f"{percent:.1f}".removesuffix(".0")


def _percent(percent: float) -> str:
    return f"{_number(percent)} %"
