"""Likelihood and confidence, in two separate sentences.

How likely something is, and how well that is known, are different things: 50 % may be a coin's or
nobody's guess. The first sentence rounds to what the error allows; the second says what the number
rests on, and what speaks against trusting it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from goodoffices.case.basis import Basis
from goodoffices.case.dated import day_words
from goodoffices.errors import clip
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import LegReport, PooledReport
from goodoffices.outlook.subject import Subject

__all__ = ["band_words", "confidence", "day_words", "likelihood", "rough"]

Level = Literal["low", "moderate", "high"]

APART = 4.0
"""Views whose odds differ by more than this factor are said to disagree."""
WIDE = 16.0
"""A band whose ends have odds further apart than this factor is called wide."""

_VIEWS = {
    "outside": "past cases of its kind leave much open",
    "inside": "whether a package would be signed is very uncertain",
    "estimates": "what the sources think leaves much open",
}
"""What is said of a view whose band is wide."""

MOST_WIDTH = 0.5
"""A band that is wider has no middle that is worth naming."""


def band_words(band: Band) -> str:
    """Return a probability in words, no more exact than its band.

    Whole per cents within 10 % of never and of always, where that is one digit that counts, or if
    the band is narrower than 10 %; else steps of 5 %, and of 10 % where it is wider than 40 %. One
    that is wider than 50 % leaves no middle worth naming. Ends are rounded outwards.

    >>> band_words(Band(low=0.006, central=0.026, high=0.102))
    'about 3 % (90 % interval 0 to 11 %)'
    >>> band_words(Band(low=0.1, central=0.4, high=0.8))
    'between 10 and 80 %'
    >>> band_words(Band(low=0.25, central=0.25, high=0.25))
    '25 %'
    """
    low, high = _outward(band)
    if band.low == band.high:
        return rough(band)
    if band.high - band.low > MOST_WIDTH:
        return f"between {low} and {high} %"
    return f"{rough(band)} (90 % interval {low} to {high} %)"


def rough(band: Band) -> str:
    """Return the middle of a band alone, rounded as `band_words` does.

    >>> rough(Band(low=0.2, central=0.33, high=0.5)), rough(Band(low=0, central=0.002, high=0.01))
    ('about 35 %', 'below 1 %')
    """
    step = _step(band.central, band)
    whole = round(round(100 * band.central / step, 9)) * step
    if whole <= 0:
        return "below 1 %"
    if whole >= 100:
        return "above 99 %"
    exact = band.low == band.high and math.isclose(whole, 100 * band.central)
    return f"{whole} %" if exact else f"about {whole} %"


def _step(p: float, band: Band) -> int:
    """Return the step in per cent in which a probability of a band is told."""
    width = band.high - band.low
    if min(p, 1 - p) < 0.1 or width < 0.1:
        return 1
    return 5 if width < 0.4 else 10


def _outward(band: Band) -> tuple[int, int]:
    low, high = _step(band.low, band), _step(band.high, band)
    return (
        math.floor(round(100 * band.low / low, 9)) * low,
        math.ceil(round(100 * band.high / high, 9)) * high,
    )


def likelihood(what: str, by: date, band: Band) -> str:
    """Return how likely something is by a day, in a sentence.

    >>> likelihood("A deal", date(2024, 12, 31), Band(low=0.02, central=0.04, high=0.07))
    'A deal, by 31 December 2024: about 4 % (90 % interval 2 to 7 %).'
    """
    return f"{clip(what.rstrip('.'), 120)}, by {day_words(by)}: {band_words(band)}."


def confidence(
    subject: Subject,
    legs: Sequence[LegReport],
    missing: Sequence[str],
    pooled: PooledReport | None,
) -> tuple[Level, str]:
    """Return how far the number can be trusted, and in a sentence why.

    Every reason against it counts one: none leaves it high, one moderate, more low.
    """
    reasons = list(_reasons(subject, legs, missing, pooled))
    level: Level = "low" if len(reasons) > 1 else "moderate" if reasons else "high"
    if not reasons:
        return level, "Confidence in that is high: the views are there, and agree."
    return level, f"Confidence in that is {level}: {'; '.join(reasons)}."


def _reasons(
    subject: Subject,
    legs: Sequence[LegReport],
    missing: Sequence[str],
    pooled: PooledReport | None,
) -> Iterator[str]:
    if missing:
        yield f"{len(legs)} of 3 views {'is' if len(legs) == 1 else 'are'} there"
    centres = [_odds(leg.probability.central) for leg in legs]
    if max(centres) / min(centres) > APART:
        low, high = (pick(legs, key=lambda leg: leg.probability.central) for pick in (min, max))
        yield (
            f"the views differ, from {100 * low.probability.central:.0f} % ({low.leg}) to "
            f"{100 * high.probability.central:.0f} % ({high.leg})"
        )
    wide = [leg.leg for leg in legs if _factor(leg.probability) > WIDE]
    if wide:
        yield " and ".join(_VIEWS[leg] for leg in wide)
    if pooled is not None and pooled.groups == 1:
        yield "the estimates come from one group"
    elif pooled is not None and len(pooled.camps) == 1:
        yield "the estimates come from one camp, or don't say from which"
    assumed, every = _assumed(subject)
    if 2 * assumed > every:
        yield f"{assumed} of {every} parts of the outlook rest on assumptions"


def _assumed(subject: Subject) -> tuple[int, int]:
    parts: list[Basis] = [
        part
        for where, part in subject.case.based()
        if where.startswith("outlook.") and part.founded != "unfounded"
    ]
    return sum(part.founded == "assumed" for part in parts), len(parts)


def _factor(band: Band) -> float:
    return _odds(band.high) / _odds(band.low)


def _odds(p: float) -> float:
    inside = min(max(p, 1e-6), 1 - 1e-6)
    return math.exp(math.log(inside) - math.log1p(-inside))
