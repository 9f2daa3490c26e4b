"""What the estimates of several sources add up to, and how far they differ.

Each estimate of a question counts by how fresh it is. A source's later estimate replaces its
earlier one. Sources that copy each other form one group, and a group counts once. The groups are
pooled in log-odds, and the pool is moved away from even odds only as far as the sources come from
camps that judge independently: forecasts that copy each other gain nothing by being extremised.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from goodoffices.errors import ModelError, clip
from goodoffices.outlook.bands import Band
from goodoffices.outlook.logodds import LEVELS, LogOdds, combine, of_draws

__all__ = [
    "MOST_EXTREME",
    "Disagreement",
    "Estimate",
    "Pooled",
    "Weighed",
    "camp_exponent",
    "mixed",
    "pool",
]

MOST_EXTREME = 1.4
"""The exponent that many independent camps come near to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """What one source thought of one question on one day."""

    question: str
    speaker: str
    made: date
    says: LogOdds
    group: str = ""
    """The name that sources share who copy each other; empty: the speaker alone."""
    camp: str = ""
    """The side that the source judges from. Sources without one count as one camp together:
    independence has to be stated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """How much one estimate counts in a pool."""

    estimate: Estimate
    age: int
    """Days."""
    freshness: float
    """2 to the power of minus age over half-life: 1 today, 1/2 after one half-life."""
    weight: float
    """Its share of the pool; all shares add up to 1."""
    replaced: bool
    """Whether a later estimate of the same speaker took its place; then its weight is 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """How far the groups of a pool differ."""

    spread: float
    """Weighted standard deviation of the groups' medians, in log-odds: 0 if they agree, 0.7 if
    they lie a factor of two in the odds to either side of the pool."""
    low: float
    """The lowest group's median, as a probability."""
    high: float
    lowest: tuple[str, ...]
    """Who speaks in the lowest group."""
    highest: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pooled:
    """What the estimates of one question add up to."""

    question: str
    on: date
    distribution: LogOdds
    exponent: float
    anchor: float
    half_life: float
    """Days; infinite where estimates don't age."""
    disagreement: Disagreement
    weights: tuple[Weighed, ...]
    """Every estimate, in the order given."""
    camps: Mapping[str, float]
    """The share of the pool that each camp has; the empty name stands for those without one."""
    groups: int
    """How many groups count."""
    fresh: float
    """The groups' freshness added up: the pool is worth so many estimates made today."""

    @property
    def central(self) -> float:
        """The pooled probability."""
        return self.distribution.central

    @property
    def band(self) -> Band:
        """Where the pooled probability lies with 90 %."""
        return self.distribution.band


def pool(
    estimates: Iterable[Estimate],
    *,
    on: date,
    half_life: float,
    exponent: float | None = None,
    anchor: float = 0.5,
) -> Pooled:
    """Pool the estimates of one question as of a day.

    An estimate of age t days has freshness f = 2^(-t / half_life); an infinite half-life lets none
    go stale. A speaker's latest estimate counts. In a group, f weighs the estimates, and the group
    has the freshness of its freshest. Groups are pooled by freshness with `combine`, where the
    anchor and the formulas are; `exponent` is that of `camp_exponent` unless given.

    Raises ModelError without estimates, for more than one question, for an estimate made after
    the day, and for a half-life that is not above 0.

    >>> from goodoffices.outlook.logodds import exact
    >>> monday = date(2024, 9, 2)
    >>> def said(speaker: str, p: float) -> Estimate:
    ...     return Estimate(question="deal", speaker=speaker, made=monday, says=exact(p))
    >>> pooled = pool([said("a", 0.1), said("b", 0.5)], on=monday, half_life=30)
    >>> round(pooled.central, 9), pooled.exponent
    (0.25, 1.0)
    """
    given = tuple(estimates)
    _check(given, on, half_life)
    groups = _groups(given, on, half_life)
    newest = min(group.age for group in groups)
    # Only the ratio of two freshnesses weighs, and it is there even where both are too small.
    freshness = [2.0 ** (-(group.age - newest) / half_life) for group in groups]
    shares = [fresh / math.fsum(freshness) for fresh in freshness]
    weights = {
        i: share * within
        for group, share in zip(groups, shares, strict=True)
        for i, within in group.members.items()
    }
    camps: defaultdict[str, float] = defaultdict(float)
    for i, weight in weights.items():
        camps[given[i].camp] += weight
    a = camp_exponent(camps.values()) if exponent is None else exponent
    return Pooled(
        question=given[0].question,
        on=on,
        distribution=combine([group.says for group in groups], shares, exponent=a, anchor=anchor),
        exponent=a,
        anchor=anchor,
        half_life=half_life,
        disagreement=_disagreement(given, groups, shares),
        weights=_weighed(given, half_life, on, weights),
        camps=dict(camps),
        groups=len(groups),
        fresh=math.fsum(2.0 ** (-group.age / half_life) for group in groups),
    )


def mixed(pools: Sequence[Pooled]) -> Pooled:
    """Return pools of the same estimates, under half-lives that are equally likely, as one.

    What is uncertain mixes: the distribution is that of a pool picked at random, and weights,
    camps and exponent are means. Half-life and disagreement are those of the pool in the middle.

    >>> from goodoffices.outlook.logodds import exact
    >>> day = date(2024, 9, 2)
    >>> one = Estimate(question="deal", speaker="a", made=day, says=exact(0.25))
    >>> pools = [pool([one], on=day, half_life=life) for life in (10.0, 20.0, 40.0)]
    >>> round(mixed(pools).central, 9), mixed(pools).half_life
    (0.25, 20.0)
    """
    middle = pools[len(pools) // 2]
    if len(pools) == 1:
        return middle
    draws = np.concatenate([one.distribution.quantiles(LEVELS) for one in pools])
    columns = list(zip(*(one.weights for one in pools), strict=True))
    return replace(
        middle,
        distribution=of_draws(draws),
        exponent=_mean(one.exponent for one in pools),
        weights=tuple(
            replace(
                column[0],
                freshness=_mean(one.freshness for one in column),
                weight=_mean(one.weight for one in column),
            )
            for column in columns
        ),
        camps={camp: _mean(one.camps[camp] for one in pools) for camp in middle.camps},
        fresh=_mean(one.fresh for one in pools),
    )


def _mean(numbers: Iterable[float]) -> float:
    given = list(numbers)
    return math.fsum(given) / len(given)


def camp_exponent(shares: Iterable[float]) -> float:
    """Return how far a pool is moved away from its anchor, by the camps' shares of it.

        a = 1 + (MOST_EXTREME - 1) (1 - sum W_c²)

    with W_c the share of camp c: 1 for one camp, 1.2 for two equal ones, towards 1.4 for many. The
    sum is the chance that two estimates, drawn by weight, come from one camp.

    References: Baron, Mellers, Tetlock, Stone and Ungar (2014), Two reasons to make aggregated
    probability forecasts more extreme, Decision Analysis 11:133; Satopää et al. (2014), as for
    `combine`. That 1.4 is about right: `goodoffices.outlook.validation.pooling`.

    >>> camp_exponent([1.0]), round(camp_exponent([0.5, 0.5]), 9)
    (1.0, 1.2)
    """
    given = list(shares)
    total = math.fsum(given)
    return 1.0 + (MOST_EXTREME - 1.0) * (1.0 - math.fsum((w / total) ** 2 for w in given))


def _check(given: Sequence[Estimate], on: date, half_life: float) -> None:
    if not given:
        raise ModelError("there is no estimate to pool")
    if not half_life > 0:
        raise ModelError(f"a half-life of {half_life} days is not above 0")
    for each in given:
        if each.question != given[0].question:
            raise ModelError(
                f'estimates of "{clip(given[0].question)}" and of "{clip(each.question)}" are not '
                "pooled; pool each question alone"
            )
        if each.made > on:
            raise ModelError(
                f"{clip(each.speaker)}: an estimate made on {each.made} is not known on {on}"
            )


class _Group(NamedTuple):
    """Estimates that count once together."""

    members: Mapping[int, float]
    """Which estimates they are, and how much each counts within the group."""
    age: int
    """Of the freshest, in days."""
    says: LogOdds


def _groups(given: Sequence[Estimate], on: date, half_life: float) -> list[_Group]:
    """Return the estimates that count, by group: of each speaker those of its latest day."""
    latest: dict[str, date] = {}
    for each in given:
        latest[each.speaker] = max(each.made, latest.get(each.speaker, each.made))
    groups: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for i, each in enumerate(given):
        if each.made == latest[each.speaker]:
            # A speaker alone is no member of a group that happens to have its name.
            groups[each.group or each.speaker, bool(each.group)].append(i)
    return [_group(given, members, on, half_life) for members in groups.values()]


def _group(given: Sequence[Estimate], members: Sequence[int], on: date, half_life: float) -> _Group:
    ages = [(on - given[i].made).days for i in members]
    fresh = [2.0 ** (-(age - min(ages)) / half_life) for age in ages]
    within = {i: f / math.fsum(fresh) for i, f in zip(members, fresh, strict=True)}
    return _Group(within, min(ages), combine([given[i].says for i in members], fresh))


def _weighed(
    given: Sequence[Estimate], half_life: float, on: date, weights: Mapping[int, float]
) -> tuple[Weighed, ...]:
    return tuple(
        Weighed(
            estimate=each,
            age=(on - each.made).days,
            freshness=2.0 ** (-(on - each.made).days / half_life),
            weight=weights.get(i, 0.0),
            replaced=i not in weights,
        )
        for i, each in enumerate(given)
    )


def _disagreement(
    given: Sequence[Estimate], groups: Sequence[_Group], shares: Sequence[float]
) -> Disagreement:
    centres = [group.says.centre for group in groups]
    mean = math.fsum(w * m for w, m in zip(shares, centres, strict=True))
    squares = math.fsum(w * (m - mean) ** 2 for w, m in zip(shares, centres, strict=True))
    lowest, highest = (pick(groups, key=lambda group: group.says.centre) for pick in (min, max))
    return Disagreement(
        spread=math.sqrt(squares),
        low=lowest.says.central,
        high=highest.says.central,
        lowest=tuple(given[i].speaker for i in lowest.members),
        highest=tuple(given[i].speaker for i in highest.members),
    )
