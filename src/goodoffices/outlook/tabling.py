"""Table now, hold, or contain: three postures of a mediator, each with its risks, never a verdict.

Tabling a package ends at once if all accept it, and otherwise leaves the talks weaker: credibility
is lost, and each side's alternative may look better for it. Holding waits for a better moment while
other things may happen. Containing turns to limiting the damage, at the price of a later deal.

What an end is worth is stated by the mediator, on a scale of its own, and says how much it serves
the process. Harm to people is no part of it: ends that harm people are named, and a posture that
makes them more probable says so.

Legend: p probability that all accept, A worth of the package accepted, R of its refusal,
H of holding; each a draw or a mean over draws.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.deals.sensitivity import FirstOrder, first_order
from goodoffices.deals.share import Share, share
from goodoffices.errors import ModelError, nearest
from goodoffices.outlook.bands import Band, aligned, band
from goodoffices.outlook.hazards import Hazards, first_by
from goodoffices.outlook.ratification import check_probabilities

__all__ = [
    "ACCEPTED",
    "OPEN",
    "Influence",
    "Posture",
    "Risk",
    "Tabling",
    "Threshold",
    "changed",
    "odds",
    "prospect",
    "weigh",
]

Floats = NDArray[np.float64]
Name = Literal["table", "hold", "contain"]
T = TypeVar("T")

ACCEPTED = "accepted"
"""The end that only tabling has."""
REFUSED = "refused"
"""That somebody whose yes is needed says no: a risk of tabling, after which all ends are open."""
OPEN = "open"
"""That nothing has ended the matter by the horizon."""
HARM = "; not put forward, since what harms people is then more probable than under "
"""What is said of tabling where that is so, whatever it is worth; the other posture follows."""

SLACK = 1e-9
"""Rounding noise by which probabilities may add up to more than 1."""
FEWEST = 16
"""Draws below which nothing is said of what moves the difference."""
_ACCEPT, _PACKAGE = "chance that all accept", "worth of the package"
_LOST = "what a refusal costs"
_ODDS = (
    (1, 100), (1, 50), (1, 20), (1, 10), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3),
    (3, 4), (4, 5), (9, 10), (19, 20), (49, 50), (99, 100),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """An end of a posture that is worth less than staying open."""

    end: str
    probability: Band
    """By the horizon."""
    more: Band
    """How much more probable than under holding, -1 to 1."""
    harms: bool
    """Whether it harms people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posture:
    """One thing that the mediator could do."""

    name: Name
    worth: Band
    """On the mediator's scale."""
    mean: float
    """The mean of the draws, which is what postures are compared by."""
    ends: Mapping[str, float]
    """Mean probability of each end by the horizon; they add up to 1."""
    foremost: Share
    """Share of draws in which no other posture is worth as much."""
    risks: tuple[Risk, ...]
    """The most probable first; for tabling, that it is refused comes before them."""
    harm: Band
    """By how much the probability of ends that harm people rises against holding."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """From which belief on tabling is worth as much as another posture."""

    against: Name
    kind: Literal["from", "always", "never"]
    probability: float | None
    """The probability that all accept at which both are worth the same; None unless `from`."""
    band: Band
    """The same draw by draw; 0 where it is `always`, 1 where it is `never`."""
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Influence:
    """How much one uncertain input decides a comparison of tabling with holding."""

    name: str
    share: FirstOrder


@dataclass(frozen=True, kw_only=True, slots=True)
class Tabling:
    """What tabling a package is worth next to holding and containing."""

    postures: tuple[Posture, ...]
    """Table, hold, contain: in this order whatever they are worth."""
    accept: Band
    """Probability that all accept."""
    thresholds: tuple[Threshold, ...]
    """Against holding, against containing."""
    above: Share
    """Share of draws in which tabling is worth more than holding."""
    influences: tuple[Influence, ...]
    """What decides that, the most influential first; empty if it is so in all draws or in none."""
    lead: tuple[Influence, ...]
    """What moves tabling's lead over holding, or its lag: whether that is above its median."""
    draws: int


# What waiting leads to.


def prospect(hazards: Hazards, factors: Mapping[str, ArrayLike] | None = None) -> dict[str, Floats]:
    """Return how probable each risk is to come first by the last week, from hazards by week.

    `factors` multiply hazards from now on, as in `goodoffices.outlook.hazards.first_by`.

    >>> from goodoffices.outlook.hazards import by_week
    >>> hold = prospect(by_week({"deal": np.array([np.log(2) / 8])}, [], weeks=8))
    >>> hold["deal"].round(9).tolist()
    [0.5]
    """
    return first_by(hazards, hazards.values.shape[1], factors)


def changed(ends: Mapping[str, ArrayLike], factors: Mapping[str, ArrayLike]) -> dict[str, Floats]:
    """Return the probabilities of ends with some multiplied; staying open takes up the rest.

    The short way where no hazards are modelled: after a refusal a later deal has 0.7 of its
    probability, say. Raises ModelError for an end that isn't there, or if they would then add up
    to more than 1.

    >>> changed({"deal": 0.4, "collapse": 0.2}, {"deal": 0.5})["deal"].tolist()
    [0.2]
    """
    for end in factors:
        if end not in ends:
            hint = nearest(end, ends) or f"known ones are {', '.join(ends)}"
            raise ModelError(f'"{end}" is not among the ends; {hint}')
    draws = _aligned({"end": ends, "factor on": factors})
    after = {end: p * draws["factor on"].get(end, 1.0) for end, p in draws["end"].items()}
    _check_ends("changed:", after)
    return after


# What each posture is worth.


def weigh(
    *,
    accept: ArrayLike,
    package: ArrayLike,
    worth: Mapping[str, ArrayLike],
    hold: Mapping[str, ArrayLike],
    refused: Mapping[str, ArrayLike],
    contain: Mapping[str, ArrayLike],
    lost: ArrayLike = 0.0,
    inputs: Mapping[str, ArrayLike] | None = None,
    harmful: Collection[str] = (),
) -> Tabling:
    """Weigh tabling a package now against holding it back and against containing the damage.

    All are single numbers or draws (n,). `accept` is p; `package` is A, on the mediator's scale;
    `worth` that of every end and of staying "open" until the horizon, on the same scale. `hold`,
    `refused` and `contain` give the probability of each end by the horizon under that posture (see
    `prospect`, `changed`): what a refusal does to each side's alternative is in `refused`. `lost`
    is what a refusal costs besides, in credibility. With P_x(k) those probabilities:

        H = sum_k P_hold(k) worth_k              containing likewise
        R = sum_k P_refused(k) worth_k - lost
        tabling = p A + (1 - p) R
        threshold against holding: p* = (H - R) / (A - R) where R < H < A

    Without `inputs` (name to draws) the arguments themselves are asked which of them decides
    whether tabling is worth more than holding, and how much more. `harmful` names ends that harm
    people.

    Raises ModelError for an end without a worth or probabilities that add up to more than 1.

    >>> found = weigh(
    ...     accept=0.3,
    ...     package=80,
    ...     worth={"deal": 60, "open": 20},
    ...     hold={"deal": 0.5},
    ...     refused={"deal": 0.25},
    ...     contain={"deal": 0.1},
    ...     lost=5,
    ... )
    >>> [round(posture.mean, 1) for posture in found.postures], found.thresholds[0].probability
    ([41.5, 40.0, 24.0], 0.2727272727272727)
    """
    strange = sorted(set(harmful) - set(worth))
    if strange:
        raise ModelError(f'"{strange[0]}" is said to harm people and is none of the ends')
    prospects = {"holding:": hold, "refusal:": refused, "containing:": contain}
    for label, ends in prospects.items():
        _check_names(label, ends, worth)
    one = {_ACCEPT: accept, _PACKAGE: package, _LOST: lost}
    draws = _aligned({"": one, "worth of": worth, **prospects, "input": inputs or {}})
    check_probabilities(_ACCEPT, draws[""][_ACCEPT])
    for name, points in {**draws["worth of"], **draws[""]}.items():
        if not np.isfinite(points).all():
            raise ValueError(f"{name}: what is worth endlessly much can't be weighed")
    for label in prospects:
        _check_ends(label, draws[label])
    asked = draws.pop("input")
    model = _weighed(draws, frozenset(harmful))
    lead = model.worths["table"] - model.worths["hold"]
    better = np.asarray(lead > 0)
    columns = _flat(draws) if inputs is None else asked
    return Tabling(
        postures=tuple(_posture(model, name) for name in model.worths),
        accept=band(model.accept),
        thresholds=(_threshold(model, "hold"), _threshold(model, "contain")),
        above=share(int(better.sum()), len(better)),
        influences=_influences(columns, better),
        lead=_influences(columns, np.asarray(lead > np.median(lead))),
        draws=len(better),
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Weighed:
    """Draws (n,) of what is worth how much, and of how each posture ends."""

    accept: Floats
    package: Floats
    refusal: Floats
    worth: Mapping[str, Floats]
    worths: Mapping[Name, Floats]
    ends: Mapping[Name, Mapping[str, Floats]]
    harmful: frozenset[str]

    def harm(self, name: Name) -> Floats:
        """Return the probability of an end that harms people."""
        harms = [p for end, p in self.ends[name].items() if end in self.harmful]
        return np.asarray(np.sum(harms, axis=0) if harms else np.zeros_like(self.accept))


def _weighed(draws: Mapping[str, Mapping[str, Floats]], harmful: frozenset[str]) -> _Weighed:
    worth, p = draws["worth of"], draws[""][_ACCEPT]

    def completed(ends: Mapping[str, Floats]) -> dict[str, Floats]:
        taken = np.sum([np.zeros_like(p), *ends.values()], axis=0)
        return {**ends, OPEN: np.maximum(1.0 - taken, 0.0)}

    def valued(ends: Mapping[str, Floats]) -> Floats:
        return np.asarray(np.sum([share * worth[end] for end, share in ends.items()], axis=0))

    labels = ("holding:", "refusal:", "containing:")
    hold, refused, contain = (completed(draws[label]) for label in labels)
    refusal = valued(refused) - draws[""][_LOST]
    package = draws[""][_PACKAGE]
    return _Weighed(
        accept=p,
        package=package,
        refusal=refusal,
        worth=worth,
        worths={
            "table": p * package + (1 - p) * refusal,
            "hold": valued(hold),
            "contain": valued(contain),
        },
        ends={
            "table": {ACCEPTED: p, **{end: (1 - p) * share for end, share in refused.items()}},
            "hold": hold,
            "contain": contain,
        },
        harmful=harmful,
    )


def _posture(model: _Weighed, name: Name) -> Posture:
    worth, ends = model.worths[name], model.ends[name]
    rivals = np.max([other for key, other in model.worths.items() if key != name], axis=0)
    return Posture(
        name=name,
        worth=band(worth),
        mean=float(worth.mean()),
        ends=MappingProxyType({end: float(p.mean()) for end, p in ends.items()}),
        foremost=share(int((worth > rivals).sum()), len(worth)),
        risks=tuple(_risks(model, name)),
        harm=band(model.harm(name) - model.harm("hold")),
    )


def _risks(model: _Weighed, name: Name) -> Iterator[Risk]:
    if name == "table":
        refused = band(1 - model.accept)
        yield Risk(end=REFUSED, probability=refused, more=refused, harms=False)
    ends, still_open = model.ends[name], model.worth[OPEN].mean()
    bad = [end for end in model.worth if end in ends and model.worth[end].mean() < still_open]
    feared = dict.fromkeys([*bad, *(end for end in ends if end in model.harmful)])
    for end in sorted(feared, key=lambda end: -float(ends[end].mean())):
        more = ends[end] - model.ends["hold"].get(end, 0.0)
        harms = end in model.harmful
        yield Risk(end=end, probability=band(ends[end]), more=band(more), harms=harms)


def _threshold(model: _Weighed, against: Name) -> Threshold:
    other, A, R = model.worths[against], model.package, model.refusal
    kind, at = _belief(float(A.mean()), float(R.mean()), float(other.mean()))
    each = [_belief(*row)[1] for row in zip(A.tolist(), R.tolist(), other.tolist(), strict=True)]
    rather = "holding" if against == "hold" else "containing"
    rises = float((model.harm("table") - model.harm(against)).mean()) > SLACK
    return Threshold(
        against=against,
        kind=kind,
        probability=at if kind == "from" else None,
        band=band(each),
        words=_words(kind, at, rather) + (HARM + rather if rises else ""),
    )


def _words(kind: str, at: float, rather: str) -> str:
    if kind == "from":
        return (
            f"worth tabling rather than {rather} if you believe the chance that all accept is at "
            f"least {odds(at)}"
        )
    more, whether = ("less", "it is refused") if kind == "always" else ("more", "all accept")
    return f"on these numbers tabling is worth no {more} than {rather}, even if {whether}"


def _belief(A: float, R: float, H: float) -> tuple[Literal["from", "always", "never"], float]:
    """Return from which probability on tabling is worth H, and what kind of answer that is."""
    if H >= A:
        return "never", 1.0
    if H <= R:
        return "always", 0.0
    return "from", (H - R) / (A - R)


def odds(probability: float) -> str:
    """Return a probability as the nearest simple chance, by distance in log-odds.

    >>> odds(0.26), odds(0.5), odds(0.001), odds(0.94)
    ('1 in 4', '1 in 2', '1 in 100', '19 in 20')
    """
    p = min(max(probability, 1e-9), 1 - 1e-9)
    wanted = math.log(p / (1 - p))
    k, n = min(_ODDS, key=lambda pair: abs(math.log(pair[0] / (pair[1] - pair[0])) - wanted))
    return f"{k} in {n}"


def _influences(columns: Mapping[str, Floats], moved: NDArray[np.bool_]) -> tuple[Influence, ...]:
    if len(moved) < FEWEST or moved.all() or not moved.any():
        return ()
    varying = {name: column for name, column in columns.items() if np.ptp(column) > 0}
    found = first_order(varying.values(), moved)
    pairs = [Influence(name=n, share=one) for n, one in zip(varying, found, strict=True)]
    return tuple(sorted(pairs, key=lambda one: -one.share.share))


# Columns and checks.


def _aligned(groups: Mapping[str, Mapping[str, ArrayLike]]) -> dict[str, dict[str, Floats]]:
    """Return `aligned` for labelled groups of columns."""
    draws = iter(aligned(_flat(groups)).values())
    return {label: {name: next(draws) for name in one} for label, one in groups.items()}


def _flat(groups: Mapping[str, Mapping[str, T]]) -> dict[str, T]:
    return {
        f"{label} {name}".strip(): c for label, one in groups.items() for name, c in one.items()
    }


def _check_names(label: str, ends: Iterable[str], worth: Collection[str]) -> None:
    for end in (*ends, OPEN):
        if end not in worth:
            raise ModelError(f'{label} "{end}" has no worth; say what it is worth, if only 0')
    for end in {OPEN, ACCEPTED, REFUSED} & set(ends):
        raise ModelError(f'{label} "{end}" is not for you to set; it follows from the others')


def _check_ends(label: str, ends: Mapping[str, Floats]) -> None:
    for name, p in ends.items():
        check_probabilities(f"{label} {name}", p)
    total = np.max(np.sum(list(ends.values()), axis=0), initial=0.0)
    if total > 1 + SLACK:
        raise ModelError(f"{label} the probabilities of the ends add up to {total:.3g}, above 1")
