"""What is believed of a party's type, moved by events through stated likelihood ratios.

A type is a way to be ("serious", "playing for time"). An event speaks for one type over another by
a likelihood ratio: how many times more probable it is from a party of that type. Ratios are stated
and editable, never fitted; they may be uncertain, as draws. In log-odds of type k over type j, at
time T, with events e at t_e:

    l_kj(T) = l_kj(0) + sum_e 2^(-(T - t_e) / h) ln r_e,kj

so that a belief drifts back towards the prior with half-life h: what an event showed of a party is
forgotten, because parties change. Two caps keep a stated ratio from doing what evidence can't: no
event moves the odds of any two types by more than a factor `event_cap`, nor all of them together
by more than `total_cap`. Reports of one and the same act are one event.

References: Good (1985), Weight of evidence: a brief survey, Bayesian Statistics 2:249 (additive
log-odds); Fearon (1995), Rationalist explanations for war, International Organization 49:379 (why
types are uncertain, and words cheap).

Legend: K types, n draws, l log-odds, r likelihood ratios.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError, clip
from goodoffices.outlook.bands import Band, band

__all__ = [
    "EVENT_CAP",
    "TOTAL_CAP",
    "Belief",
    "Event",
    "Moved",
    "beliefs_over_time",
    "event_of_ratio",
    "update",
]

Floats = NDArray[np.float64]

EVENT_CAP = 10.0
TOTAL_CAP = 100.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Event:
    """Something that happened, and how probable it is from a party of each type."""

    name: str
    day: float
    """Days from any day that all events share."""
    likelihoods: Floats
    """Shape (K,), or (n, K) where uncertain: P(event | type), up to a common factor; above 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """What one event did to a belief."""

    name: str
    day: float
    ratio: float
    """How far it moved the odds of the first type over the second when it happened, capped;
    median over the draws."""
    capped: bool
    """Whether the stated ratio was beyond the cap in any draw."""
    left: float
    """The share of it that is left: 2^(-age / half-life); median over the draws."""
    after: tuple[Band, ...]
    """The belief in each type just after the event."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Belief:
    """The probability of each type on one day."""

    types: tuple[str, ...]
    day: float
    draws: Floats
    """Shape (n, K); rows add up to 1. One row where nothing is uncertain."""
    moved: tuple[Moved, ...]
    """The events up to the day, by day."""
    capped: bool
    """Whether all events together were held by the cap in any draw."""

    @property
    def bands(self) -> tuple[Band, ...]:
        """Median and middle 90 % of the belief in each type."""
        return tuple(map(band, self.draws.T))


def event_of_ratio(name: str, day: float, ratio: ArrayLike) -> Event:
    """Return an event for two types from P(event | first) / P(event | second); number or draws.

    >>> event_of_ratio("keeps a truce", 3.0, 2.0).likelihoods.tolist()
    [2.0, 1.0]
    """
    first = np.asarray(ratio, dtype=np.float64)
    return Event(name=name, day=day, likelihoods=np.stack([first, np.ones_like(first)], axis=-1))


def update(
    types: Sequence[str],
    prior: ArrayLike,
    events: Iterable[Event],
    *,
    day: float,
    half_life: ArrayLike = math.inf,
    event_cap: float = EVENT_CAP,
    total_cap: float = TOTAL_CAP,
) -> Belief:
    """Return the belief on a day, from a prior (K,) or (n, K) and the events up to that day.

    Priors are probabilities above 0 that add up to 1. `half_life` is in days, a number or (n,).
    Draws of the prior, of the events and of the half-life go together, draw by draw. Without decay
    and within the caps the order of events does not matter, and for two types odds = prior odds
    times the product of the ratios.

    Raises ModelError for fewer than two types, numbers that are no probabilities, draws of
    different numbers, or caps below 1.

    >>> truce = event_of_ratio("keeps a truce", 0.0, 3.0)
    >>> belief = update(["serious", "not serious"], [0.5, 0.5], [truce], day=0.0)
    >>> belief.draws.round(9).tolist()
    [[0.75, 0.25]]
    """
    evidence = _Evidence.of(
        prior, events, half_life=half_life, event_cap=event_cap, total_cap=total_cap
    )
    kinds = tuple(types)
    if len(kinds) != evidence.prior.shape[1] or len(set(kinds)) != len(kinds):
        raise ModelError(
            f"{len(kinds)} types ({clip(', '.join(kinds))}) don't fit a prior of "
            f"{evidence.prior.shape[1]}; name each type once"
        )
    past = evidence.until(day)
    moved = []
    for i, event in enumerate(past):
        weight, capped = evidence.weights[i]
        after, _ = evidence.belief(i + 1, event.day)
        moved.append(
            Moved(
                name=event.name,
                day=event.day,
                ratio=float(np.exp(np.median(weight[:, 0] - weight[:, 1]))),
                capped=capped,
                left=float(np.median(evidence.left(event, day))),
                after=tuple(map(band, after.T)),
            )
        )
    draws, held = evidence.belief(len(past), day)
    return Belief(types=kinds, day=day, draws=draws, moved=tuple(moved), capped=held)


def beliefs_over_time(
    prior: ArrayLike,
    events: Iterable[Event],
    days: ArrayLike,
    *,
    half_life: ArrayLike = math.inf,
    event_cap: float = EVENT_CAP,
    total_cap: float = TOTAL_CAP,
) -> Floats:
    """Return the belief on each of some days (d,), as `update` gives it; shape (d, n, K).

    >>> truce = event_of_ratio("keeps a truce", 0.0, 3.0)
    >>> beliefs_over_time([0.5, 0.5], [truce], [-1.0, 0.0])[:, 0, 0].round(9).tolist()
    [0.5, 0.75]
    """
    evidence = _Evidence.of(
        prior, events, half_life=half_life, event_cap=event_cap, total_cap=total_cap
    )
    rows = [evidence.belief(len(evidence.until(day)), day)[0] for day in np.asarray(days).tolist()]
    return np.stack([np.broadcast_to(row, (evidence.draws, row.shape[1])) for row in rows])


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Evidence:
    """A prior and events that fit each other, as arrays (1, K) or (n, K)."""

    prior: Floats
    events: tuple[Event, ...]
    """By day."""
    weights: tuple[tuple[Floats, bool], ...]
    """How far each event moves the log-odds when it happens, and whether a cap holds it."""
    half_life: Floats
    """Shape (1, 1) or (n, 1)."""
    total_cap: float

    @classmethod
    def of(
        cls,
        prior: ArrayLike,
        events: Iterable[Event],
        *,
        half_life: ArrayLike,
        event_cap: float,
        total_cap: float,
    ) -> _Evidence:
        lives = np.atleast_1d(np.asarray(half_life, dtype=np.float64))[:, None]
        if not (lives > 0).all() or not event_cap >= 1 or not total_cap >= 1:
            raise ModelError("a half-life is above 0 days, and a cap is a factor of at least 1")
        start = np.atleast_2d(np.asarray(prior, dtype=np.float64))
        sums = start.sum(axis=1)
        if start.ndim != 2 or start.shape[1] < 2 or not _positive(start):
            raise ModelError("a prior gives at least two types a probability above 0 each")
        if not np.allclose(sums, 1.0, rtol=0, atol=1e-6):
            raise ModelError(f"the prior's probabilities add up to {sums.max():.6g}, not to 1")
        given = (_rows(event, start.shape[1]) for event in events)
        known = tuple(sorted(given, key=lambda event: event.day))
        sizes = {len(start), len(lives), *(len(event.likelihoods) for event in known)} - {1}
        if len(sizes) > 1:
            raise ModelError(f"draws of different numbers: {', '.join(map(str, sorted(sizes)))}")
        return cls(
            prior=start / sums[:, None],
            events=known,
            weights=tuple(_held(np.log(event.likelihoods), event_cap) for event in known),
            half_life=lives,
            total_cap=total_cap,
        )

    @property
    def draws(self) -> int:
        sizes = (len(self.prior), len(self.half_life))
        return max(*sizes, *(len(event.likelihoods) for event in self.events), 1)

    def until(self, day: float) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.day <= day)

    def left(self, event: Event, day: float) -> Floats:
        """Return the share of an event's effect that is left on a day, (1, 1) or (n, 1)."""
        return np.asarray(2.0 ** (-(day - event.day) / self.half_life))

    def belief(self, count: int, day: float) -> tuple[Floats, bool]:
        """Return the belief on a day from the first events, and whether the cap holds them all."""
        total = np.zeros_like(self.prior)
        for event, (weight, _) in zip(self.events[:count], self.weights, strict=False):
            total = total + self.left(event, day) * weight
        held, capped = _held(total, self.total_cap)
        logits = np.log(self.prior) + held
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return shares / shares.sum(axis=1, keepdims=True), capped


def _held(logits: Floats, cap: float) -> tuple[Floats, bool]:
    """Return logits (n, K) around 0, shrunk so that no two lie further apart than the cap."""
    centred = logits - logits.mean(axis=1, keepdims=True)
    span = centred.max(axis=1, keepdims=True) - centred.min(axis=1, keepdims=True)
    # A ratio that is stated as the cap itself is not beyond it, whatever its logarithm rounds to.
    most = math.log(cap)
    beyond = span > most * (1 + 1e-12)
    shrunk = np.where(beyond, most / np.where(beyond, span, 1.0), 1.0)
    return centred * shrunk, bool(beyond.any())


def _rows(event: Event, kinds: int) -> Event:
    rows = np.atleast_2d(np.asarray(event.likelihoods, dtype=np.float64))
    if rows.ndim != 2 or rows.shape[1] != kinds or not len(rows) or not _positive(rows):
        raise ModelError(
            f"{clip(event.name)}: an event needs a likelihood above 0 for each of {kinds} types"
        )
    if not math.isfinite(event.day):
        raise ModelError(f"{clip(event.name)}: an event needs a day")
    return Event(name=event.name, day=event.day, likelihoods=rows)


def _positive(numbers: Floats) -> bool:
    return bool(np.all(numbers > 0) and np.all(np.isfinite(numbers)))
