"""What each week of waiting costs, and how much pressure would open a zone.

Time works on three things. What is negotiated over fades: with half-life h, half of it is left
after h weeks. Constituencies press a party, and its walk-away falls (or rises) with the weeks.
And what else may happen, happens with its hazards (`goodoffices.outlook.hazards`). Each is shown
in its own unit. What fades may be worth points to a party; people never are: of them only the
number left is shown.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.deals.share import Share, share
from goodoffices.errors import ModelError
from goodoffices.outlook.bands import Band, Course, aligned, band, course

__all__ = [
    "Arrival",
    "Fade",
    "Fading",
    "Opening",
    "Pressure",
    "Waiting",
    "arrival",
    "eased",
    "fade",
    "opening",
    "waiting",
]

Floats = NDArray[np.float64]

ERRORS = 4.0
"""A zone may seem to shrink by so many of its errors before that is called a contradiction."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fading:
    """Something that is negotiated over and grows less with time; numbers, or draws (n,)."""

    what: str
    amount: ArrayLike
    """How much there is now: a number of things, or 1 for all of an option."""
    half_life: ArrayLike
    """Weeks after which half of it is left, above 0; infinite where nothing is lost."""
    unit: str = ""
    worth: ArrayLike | None = None
    """Points that all of it is worth to the party that wants it."""
    of_people: bool = False
    """Whether people are what grows less: then it has no worth."""

    def __post_init__(self) -> None:
        if self.of_people and self.worth is not None:
            raise ModelError(f"{self.what}: harm to people has no price; leave out its worth")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fade:
    """What is left of something, week by week."""

    what: str
    unit: str
    of_people: bool
    left: Course
    """How much is left."""
    this_week: Band
    """How much the first week takes."""
    lost: Course | None
    """Points lost since now; None where it has no worth."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Pressure:
    """A constituency's pressure on a party's walk-away; numbers, or draws (n,)."""

    by: str
    """The constituency, in aggregate."""
    on: str
    """The party or faction whose walk-away moves."""
    per_week: ArrayLike
    """Points by which its walk-away falls each week; below 0 where it is pressed to hold out."""
    most: ArrayLike = math.inf
    """It moves the walk-away by no more points than this."""
    first_week: int = 0
    """The week in which it begins, counted from now."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Waiting:
    """What time does, week by week."""

    weeks: int
    fades: tuple[Fade, ...]
    eased: Mapping[str, Course]
    """Party or faction: points by which its walk-away is lower than now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """How far a walk-away must fall until a zone is as probable as wanted."""

    target: float
    shift: float | None
    """The smallest fall, in points, that does it; None if none does up to `most`."""
    low: float | None
    """The smallest one that may do it, by the upper end of the zone's interval."""
    high: float | None
    """The smallest one that does it also by the lower end."""
    now: Share
    """P(zone) without any fall."""
    then: Share
    """P(zone) at `shift`, or at `most` if nothing does it."""
    step: float
    """Falls are multiples of this."""
    most: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """When pressure will have moved a walk-away by so much."""

    shift: float
    weeks: Band
    """Whole weeks from now; infinite where it is not reached in the weeks looked at."""
    reached: Share
    """Share of draws in which it is reached in them."""
    within: int
    """The weeks looked at."""


def waiting(fadings: Iterable[Fading], pressures: Iterable[Pressure], *, weeks: int) -> Waiting:
    """Return what time does to what is negotiated over and to the walk-aways.

    >>> aid = Fading(what="stocks", amount=800, half_life=4, unit="t", worth=20)
    >>> found = waiting([aid], [Pressure(by="traders", on="west", per_week=2, most=5)], weeks=4)
    >>> found.fades[0].left.central[-1].item(), found.fades[0].lost.central[-1].item()
    (400.0, 10.0)
    >>> found.eased["west"].central.tolist()
    [0.0, 2.0, 4.0, 5.0, 5.0]
    """
    falls = eased(pressures, weeks=weeks)
    return Waiting(
        weeks=weeks,
        fades=tuple(fade(one, weeks=weeks) for one in fadings),
        eased=MappingProxyType({actor: course(fall) for actor, fall in falls.items()}),
    )


def fade(fading: Fading, *, weeks: int) -> Fade:
    """Return what is left of it at the end of each week, with what that costs.

        left(t) = amount 2^(-t / half-life)        lost(t) = worth (1 - 2^(-t / half-life))

    Raises ValueError for an amount below 0 or a half-life not above 0.
    """
    named: dict[str, ArrayLike] = {"amount": fading.amount, "half-life": fading.half_life}
    if fading.worth is not None:
        named["worth"] = fading.worth
    draws = aligned(named)
    if not (draws["amount"] >= 0).all() or not (draws["half-life"] > 0).all():
        raise ValueError(f"{fading.what}: an amount of 0 or more and a half-life above 0 are meant")
    share_left = 2.0 ** -(_weeks(weeks) / draws["half-life"][:, None])
    left = draws["amount"][:, None] * share_left
    worth = draws.get("worth")
    return Fade(
        what=fading.what,
        unit=fading.unit,
        of_people=fading.of_people,
        left=course(left),
        this_week=band(left[:, 0] - left[:, 1]),
        lost=None if worth is None else course(worth[:, None] * (1 - share_left)),
    )


def eased(pressures: Iterable[Pressure], *, weeks: int) -> dict[str, Floats]:
    """Return by how many points each walk-away is lower than now, shape (n, weeks + 1).

    For each party, with rate r, bound b and first week f of each pressure on it:

        fall(t) = sum sign(r) min(|r| max(t - f, 0), b)

    Pressures on one party add up; draws are common to all.
    """
    every = list(pressures)
    named: dict[str, ArrayLike] = {}
    for k, one in enumerate(every):
        named |= {f"{one.by} ({k}), per week": one.per_week, f"{one.by} ({k}), most": one.most}
    columns = list(aligned(named).values()) if every else []
    falls: dict[str, Floats] = {}
    for one, rate, most in zip(every, columns[::2], columns[1::2], strict=True):
        if not (most >= 0).all():
            raise ValueError(f"{one.by}: a bound on its pressure is 0 or more")
        passed = np.maximum(_weeks(weeks) - one.first_week, 0.0)
        fall = np.sign(rate)[:, None] * np.minimum(np.abs(rate)[:, None] * passed, most[:, None])
        falls[one.on] = falls[one.on] + fall if one.on in falls else fall
    return falls


def opening(
    zone: Callable[[float], Share], *, target: float = 0.5, most: float = 100.0, step: float = 0.5
) -> Opening:
    """Search the smallest fall of a walk-away at which a zone is at least as probable as `target`.

    `zone(d)` is P(zone) with the walk-away d points lower, on the same draws for every d: then it
    never falls with d. Bisection over multiples of `step` up to `most`; each is asked for once,
    about 3 log2(most / step) of them at most. The interval is where the ends of the zone's own
    interval reach the target.

    Raises ModelError if the zone shrinks where the walk-away falls: then something else moves too.

    >>> from goodoffices.deals.share import exact
    >>> found = opening(lambda d: exact(min(d / 20, 1.0)), target=0.6)
    >>> found.shift, found.then.value
    (12.0, 0.6)
    """
    if not 0 < target <= 1 or not 0 < step <= most < math.inf:
        raise ValueError(f"target {target}, step {step} or most {most} makes no search")
    last = math.floor(most / step + 1e-9)
    seen: dict[int, Share] = {}

    def ask(k: int) -> Share:
        if k not in seen:
            seen[k] = zone(k * step)
        return seen[k]

    def first(reach: Callable[[Share], float]) -> float | None:
        low, high = 0, last
        if reach(ask(high)) < target:
            return None
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if reach(ask(middle)) >= target else (middle + 1, high)
        return low * step

    shift = first(lambda share: share.value)
    found = Opening(
        target=target,
        shift=shift,
        low=first(lambda share: share.high),
        high=first(lambda share: share.low),
        now=ask(0),
        then=ask(last if shift is None else round(shift / step)),
        step=step,
        most=last * step,
    )
    _check_grows([seen[k] for k in sorted(seen)])
    return found


def arrival(shift: float, fall: ArrayLike) -> Arrival:
    """Return when a walk-away will have fallen by so many points, from draws of its fall by week.

    `fall` has shape (n, weeks + 1), as `eased` gives it. The first week counts in which the fall is
    at least the shift, within rounding noise of 1e-9.

    >>> arrival(3.0, eased([Pressure(by="a", on="w", per_week=1)], weeks=8)["w"]).weeks.central
    3.0
    """
    falls = np.atleast_2d(np.asarray(fall, dtype=np.float64))
    there = np.asarray(falls >= shift - 1e-9)
    ever = np.asarray(there.any(axis=1))
    weeks = np.where(ever, there.argmax(axis=1), np.inf)
    # A quantile that is one of the draws: between a week and never there is nothing.
    low, central, high = np.quantile(weeks, [0.05, 0.5, 0.95], method="higher")
    return Arrival(
        shift=shift,
        weeks=Band(low=float(low), central=float(central), high=float(high)),
        reached=share(int(ever.sum()), len(ever)),
        within=falls.shape[1] - 1,
    )


def _check_grows(zones: Sequence[Share]) -> None:
    for before, after in itertools.pairwise(zones):
        if after.value < before.value - ERRORS * (before.error + after.error) - 1e-9:
            raise ModelError(
                f"P(zone) falls from {before.value:.3g} to {after.value:.3g} as the walk-away "
                "falls; use the same draws for every fall, and change nothing else"
            )


def _weeks(weeks: int) -> Floats:
    if weeks < 1:
        raise ValueError(f"{weeks} weeks are no time to wait; give at least 1")
    return np.arange(weeks + 1, dtype=np.float64)
