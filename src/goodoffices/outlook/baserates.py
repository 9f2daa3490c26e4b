"""Base rates: how often it went one way or another in cases of the same kind, and how sure that is.

A reference class says who was watched from which day on, and what may end the watching. Shares by
90 days, 1, 2 and 5 years are Aalen and Johansen's estimates (`goodoffices.outlook.incidence`);
their errors are by conflict, because rows of one conflict are no independent trials. For each
event there is the Gamma prior of a weekly hazard that best fits the times (`hazards.fit`).

The package ships derived numbers in `baserates.yaml`, not the data. `compute` derives them again
from a person's own copies, exactly:

    UCDP Conflict Termination, dyads, v3-2021    Kreutz (2010), How and When Armed Conflicts End
    UCDP Peace Agreements 22.1                   Pettersson, Högbladh & Öberg (2019)
    ETH/PRIO Civil Conflict Ceasefires           Clayton et al. (2023)

A base rate is where to begin, never where to end: no case was drawn at random from its class.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from io import StringIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ExchangeError, ModelError, nearest
from goodoffices.outlook._classes import AGREEMENTS, CEASEFIRES, CLASSES, FIGHTING, Rule
from goodoffices.outlook._observed import FURTHEST, Observations, Records
from goodoffices.outlook._records import read_agreements, read_ceasefires, read_episodes
from goodoffices.outlook.hazards import HazardPrior, expected, fit
from goodoffices.outlook.incidence import Incidence, clustered, incidence

__all__ = [
    "BaseRates",
    "Drift",
    "Event",
    "Rate",
    "ReferenceClass",
    "compute",
    "count",
    "read_records",
    "render",
    "shipped",
    "shipped_class",
]

# The 97.5 % point of the standard normal distribution.
Z = 1.959963984540054

WIDEST_GAP = 0.05
"""A prior that would miss one of its class's own shares by more than this is none."""

YEAR = 365
FEWEST = 20
"""Conflicts that a half of a class must have to be compared with the other half."""

_FILE = Path(__file__).with_name("baserates.yaml")
_PATTERNS = {
    FIGHTING: "ucdp-term-dyad-*.csv",
    AGREEMENTS: "ucdp-peace-agreements-*.csv",
    CEASEFIRES: "*ceasefires*.csv",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """The share to which an event had happened first by a number of days."""

    days: int
    share: float
    """0 to 1."""
    error: float
    """Standard error, by conflict."""
    low: float
    """Lower end of the 95 % interval."""
    high: float
    at_risk: int
    """How many were still followed, and nothing had happened, just before."""
    least: float | None = None
    """The share if all those of unknown fate had held; None where there are none."""
    most: float | None = None
    """The share if it had happened to all those of unknown fate on the first day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that may happen first."""

    name: str
    count: int
    """How often it did, within five years."""
    conflicts: int
    """In how many conflicts."""
    prior: HazardPrior | None = None
    """Of its hazard per week for a case of the class, on the day from which it is watched: the
    spread is that among cases, fitted as if rows were independent, and no tighter than so many
    conflicts can tell. None where it never happened, or where no constant hazards fit."""
    gap: float | None = None
    """How far, at most, the priors' shares are from those of `rates`."""
    rates: tuple[Rate, ...]

    def by(self, days: int) -> Rate:
        """Return the rate by one of the numbers of days; `ModelError` for another."""
        for rate in self.rates:
            if rate.days == days:
                return rate
        known = ", ".join(str(rate.days) for rate in self.rates)
        raise ModelError(f"{self.name} is given by {known} days, not by {days}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """The first event's share by a year among earlier and later cases of a class."""

    parted: int
    """The last year of the earlier half."""
    earlier: Rate
    """What one would have predicted for the later half."""
    later: Rate
    distance: float
    """How far the later share is above the earlier, in standard errors of the difference: beyond
    2, up or down, chance alone seldom explains it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceClass:
    """Cases of one kind, and what became of them."""

    id: str
    title: str
    watched: str
    """Who is in it, and from which day on."""
    until: str
    """When watching stopped although nothing had happened."""
    first: int
    """Year in which the first begins."""
    last: int
    n: int
    """How many were watched."""
    conflicts: int
    """From how many conflicts."""
    unknown: int
    """How many belong here and are left out, because nobody knows how long they held."""
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
    events: tuple[Event, ...]
    """They compete: each is counted where it came first."""
    drift: Drift | None = None
    """None where one half has fewer than 20 conflicts, too few for its error to mean much."""

    def event(self, name: str) -> Event:
        """Return one of the events; `ModelError` with the nearest name for another."""
        for event in self.events:
            if event.name == name:
                return event
        names = [event.name for event in self.events]
        mend = nearest(name, names) or f"it has {', '.join(names)}"
        raise ModelError(f'the reference class "{self.id}" has no event "{name}"; {mend}')


@dataclass(frozen=True, kw_only=True, slots=True)
class BaseRates:
    """All reference classes."""

    classes: tuple[ReferenceClass, ...]

    def find(self, key: str) -> ReferenceClass:
        """Return one reference class; `ModelError` with the nearest id for another.

        >>> found = shipped().find("agreement-after-ceasefire")
        >>> found.n, found.conflicts
        (356, 79)
        """
        for each in self.classes:
            if each.id == key:
                return each
        ids = [each.id for each in self.classes]
        mend = nearest(key, ids) or f"there are {', '.join(ids)}"
        raise ModelError(f'there is no reference class "{key}"; {mend}')


@cache
def shipped() -> BaseRates:
    """Return the base rates that the package ships.

    >>> len(shipped().classes)
    31
    """
    return _read(_FILE.read_text(encoding="utf-8"))


@cache
def shipped_class(key: str) -> ReferenceClass:
    """Return one reference class that the package ships, as `shipped().find` does.

    Only its own part of the file is read, which takes a thirtieth of the time.

    >>> shipped_class("deal").n
    1242
    """
    parts = re.split(r"(?m)^(?=  - id: )", _FILE.read_text(encoding="utf-8"))
    for part in parts[1:]:
        if part.partition("\n")[0] == f"  - id: {key}":
            return _read(f"classes:\n{part}").find(key)
    return shipped().find(key)


def _read(text: str) -> BaseRates:
    from pydantic import TypeAdapter
    from ruamel.yaml import YAML

    data = YAML(typ="safe", pure=True).load(text)
    for each in data["classes"]:
        for event in each["events"]:
            event["rates"] = [_named(row) for row in event["rates"]]
        for half in ("earlier", "later") if "drift" in each else ():
            each["drift"][half] = _named(each["drift"][half])
    return TypeAdapter(BaseRates).validate_python(data)


def compute(folder: Path) -> BaseRates:
    """Derive the base rates from a person's copies of the data sets, somewhere in a folder.

    The files are `ucdp-term-dyad-*.csv`, `ucdp-peace-agreements-*.csv` and `*ceasefires*.csv`.
    Classes whose files are not there are left out. Raises `ExchangeError` if no class has all of
    its files, or one can't be read.
    """
    records, sources = read_records(folder)
    rules = [rule for rule in CLASSES if set(rule.sources) <= sources]
    if not rules:
        raise ExchangeError(
            f"{folder} holds none of the data sets: {', '.join(_PATTERNS.values())}"
        )
    return BaseRates(classes=tuple(count(rule, rule.observe(records)) for rule in rules))


def read_records(folder: Path) -> tuple[Records, set[str]]:
    """Read what a folder holds of the data sets, and say which those are."""
    files = {source: _only(folder, pattern) for source, pattern in _PATTERNS.items()}
    fighting, agreements, ceasefires = files[FIGHTING], files[AGREEMENTS], files[CEASEFIRES]
    records = Records(
        episodes=read_episodes(fighting) if fighting else (),
        agreements=read_agreements(agreements) if agreements else (),
        ceasefires=read_ceasefires(ceasefires) if ceasefires else (),
    )
    return records, {source for source, file in files.items() if file}


def count(rule: Rule, seen: Observations) -> ReferenceClass:
    """Count what became of the cases of a class.

    Intervals are 95 %, symmetric for log(-log(share)); where it never happened in c conflicts the
    upper end is 1 - 0.05^(1 / c). All numbers are rounded: shares to four decimals, priors to
    four digits.

    Raises `ExchangeError` where nobody belongs to the class.
    """
    if not seen.days:
        raise ExchangeError(f'nothing in the data belongs to the reference class "{rule.id}"')
    kinds, at = len(rule.events), rule.horizons
    shares = clustered(seen.days, seen.happened, seen.conflicts, kinds=kinds, at=at)
    priors = [_prior(seen, k) for k in range(kinds)]
    gaps = _gaps(priors, shares)
    bounds = _bounds(seen, kinds, at)
    events = tuple(
        Event(
            name=name,
            count=seen.happened.count(k + 1),
            conflicts=len(_where(seen, k)),
            prior=prior if gap is not None and gap <= WIDEST_GAP else None,
            gap=gap,
            rates=_rates(shares, seen, k, bounds if k == 0 else None),
        )
        for k, (name, prior, gap) in enumerate(zip(rule.events, priors, gaps, strict=True))
    )
    return ReferenceClass(
        id=rule.id,
        title=rule.title,
        watched=rule.watched,
        until=rule.until,
        first=min(seen.years),
        last=max(seen.years),
        n=len(seen.days),
        conflicts=len(set(seen.conflicts)),
        unknown=len(seen.unknown),
        sources=rule.sources,
        caveats=rule.caveats,
        events=events,
        drift=_drift(seen, kinds),
    )


def render(rates: BaseRates) -> str:
    """Return the base rates as the text of a YAML file, which `shipped` reads.

    >>> render(shipped()) == _FILE.read_text(encoding="utf-8")
    True
    """
    from pydantic import TypeAdapter
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    def in_a_line(part: Iterable[float] | Mapping[str, float]) -> CommentedMap | CommentedSeq:
        flow = CommentedMap(part) if isinstance(part, Mapping) else CommentedSeq(part)
        flow.fa.set_flow_style()
        return flow

    data = TypeAdapter(BaseRates).dump_python(rates, mode="json", exclude_none=True)
    for each in data["classes"]:
        for event in each["events"]:
            if "prior" in event:
                event["prior"] = in_a_line(event["prior"])
            event["rates"] = [in_a_line(rate.values()) for rate in event["rates"]]
        if "drift" in each:
            for half in ("earlier", "later"):
                each["drift"][half] = in_a_line(each["drift"][half].values())
    yaml = YAML()
    yaml.width = 98
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    yaml.dump(data, text)
    # Where it folds a long line, the writer leaves a blank at its end.
    return _HEAD + "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


_HEAD = """\
# Base rates, derived from published data by `goodoffices baserates DIR`, which derives them again
# from your own copies. The data themselves are not here. How the numbers are estimated, and what
# they mean, stands in goodoffices/outlook/baserates.py. A rate is a row of
#     [days, share, standard error, lower end, upper end of the 95 % interval, still at risk]
# and, where the fate of some is unknown, the least and the most that the share could be with them.
# A prior is of a hazard per week: rate in weeks, mean shape / rate.
"""

_COLUMNS = tuple(column.name for column in fields(Rate))


def _named(row: Sequence[float]) -> dict[str, float]:
    return dict(zip(_COLUMNS, row, strict=False))


def _only(folder: Path, pattern: str) -> Path | None:
    """Return the one file of a folder, or of folders in it, whose name fits."""
    found = sorted({*folder.glob(pattern), *folder.glob(f"*/{pattern}")})
    if len(found) > 1:
        raise ExchangeError(f"{folder} holds several files {pattern}; keep the one that is meant")
    return found[0] if found else None


def _where(seen: Observations, k: int) -> set[str]:
    """Return the conflicts in which an event happened."""
    pairs = zip(seen.conflicts, seen.happened, strict=True)
    return {conflict for conflict, happened in pairs if happened == k + 1}


def _prior(seen: Observations, k: int) -> HazardPrior | None:
    happened = np.array(seen.happened) == k + 1
    if not happened.any():
        return None
    prior = fit(np.array(seen.days) / 7, happened, most=len(_where(seen, k)))
    return HazardPrior(shape=_digits(prior.shape), rate=_digits(prior.rate))


def _gaps(priors: Sequence[HazardPrior | None], shares: Incidence) -> list[float | None]:
    """Return how far what the priors expect is from each event's shares, at most."""
    some = [k for k, prior in enumerate(priors) if prior is not None]
    gaps: list[float | None] = [None] * len(priors)
    if some:
        likely = expected([prior for prior in priors if prior is not None], shares.times / 7)
        for k, gap in zip(some, np.abs(likely - shares.met[:, some]).max(axis=0), strict=True):
            gaps[k] = round(float(gap), 4)
    return gaps


def _bounds(
    seen: Observations, kinds: int, at: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the first event's shares if those of unknown fate had all held, or met it at once."""
    if not (m := len(seen.unknown)):
        return None
    held = incidence(seen.days + [FURTHEST] * m, seen.happened + [0] * m, kinds=kinds, at=at)
    broke = incidence(seen.days + [0] * m, seen.happened + [1] * m, kinds=kinds, at=at)
    return held.met[:, 0], broke.met[:, 0]


def _drift(seen: Observations, kinds: int) -> Drift | None:
    """Part the cases at the middle one of the years in which they begin."""
    parted = int(np.median(seen.years))
    halves = (seen.between(0, parted), seen.between(parted + 1, 9999))
    if min(len(set(half.conflicts)) for half in halves) < FEWEST:
        return None
    earlier, later = (
        _rates(
            clustered(half.days, half.happened, half.conflicts, kinds=kinds, at=[YEAR]), half, 0
        )[0]
        for half in halves
    )
    error = math.hypot(earlier.error, later.error)
    distance = round((later.share - earlier.share) / error, 2)
    return Drift(parted=parted, earlier=earlier, later=later, distance=distance)


def _rates(
    shares: Incidence,
    seen: Observations,
    k: int,
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> tuple[Rate, ...]:
    rates = []
    for t, days in enumerate(shares.times):
        share, variance = float(shares.met[t, k]), float(shares.variance[t, k])
        followed = {c for c, d in zip(seen.conflicts, seen.days, strict=True) if d >= days}
        low, high = _interval(share, variance, len(followed))
        rates.append(
            Rate(
                days=int(days),
                share=round(share, 4),
                error=round(math.sqrt(variance) if 0 < share < 1 else (high - low) / (2 * Z), 4),
                low=round(low, 4),
                high=round(high, 4),
                at_risk=int(shares.at_risk[t]),
                least=None if bounds is None else round(float(bounds[0][t]), 4),
                most=None if bounds is None else round(float(bounds[1][t]), 4),
            )
        )
    return tuple(rates)


def _interval(share: float, variance: float, conflicts: int) -> tuple[float, float]:
    """Return a 95 % interval; `conflicts` is how many could tell where nothing happened."""
    never = 1 - 0.05 ** (1 / conflicts) if conflicts else 1.0
    if share <= 0:
        return 0.0, never
    if share >= 1:
        return 1 - never, 1.0
    if not math.isfinite(variance):
        return 0.0, 1.0
    spread = math.exp(Z * math.sqrt(variance) / (share * -math.log(share)))
    return share**spread, share ** (1 / spread)


def _digits(number: float) -> float:
    return float(f"{number:.4g}")
