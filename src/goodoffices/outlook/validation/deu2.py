"""Where on the scale, on real decisions: "Decision-making in the EU II".

Users supply their own copy of the data (Thomson, Arregui, Leuffen, Costello, Cross, Hertz and
Jensen 2012, A new dataset on decision-making in the European Union before and after the 2004 and
2007 enlargements, Journal of European Public Policy 19:604). This module reads it: a row for each
issue, `prnrnmc` the proposal, `out` where it ended, `rp` the reference point (what holds if nothing
is decided), and for each actor a position (`pfr`) and a salience (`sfr`) from 0 to 100.

The numbers that the package ships were chosen on a part of these data. So next to them stand
numbers that are chosen anew for each proposal, on the others only: what they lose is what that
choice may flatter.

Legend: x positions, s saliences, y ends, F distribution functions.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ExchangeError
from goodoffices.outlook.scale import (
    TOP,
    Blend,
    Distribution,
    compromise,
    positions_held,
    predict,
)
from goodoffices.outlook.validation.resample import Measure, measures

__all__ = [
    "POINTS",
    "Coverage",
    "Deu2",
    "Issue",
    "cross_predict",
    "meaning",
    "read_issues",
    "validate_deu2",
]

Floats = NDArray[np.float64]

GRID = np.arange(TOP + 1)
EDGES = GRID[:-1] + 0.5
LEVELS = (0.5, 0.8, 0.9)
REFERENCE = ("end at the reference point", "salience at the reference point")
BLENDS = tuple(
    Blend(pull=pull, width=width, within=0.75 * even, anywhere=0.25 * even)
    for pull in (0.0, 0.25, 0.5, 0.75)
    for width in (0.05, 0.1, 0.15, 0.2)
    for even in (0.1, 0.2, 0.3)
)
"""The numbers to choose from in each fold."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Issue:
    """One issue that was decided: who wanted what, how much it mattered, how it ended."""

    proposal: str
    positions: Floats
    """Shape (n,): of the actors with a position and a salience above 0."""
    saliences: Floats
    reference: float
    """What holds if nothing is decided; NaN where the data have none."""
    ended: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How often intervals held what happened."""

    level: float
    """The probability asked for."""
    mass: float
    """The mean probability that the predictions gave their intervals."""
    covered: Measure
    """The share that held the end."""
    width: float
    """Mean width, in points."""
    evened: Measure
    """The share of probability integral transforms (drawn evenly within a place that has
    probability of its own) in the middle `level`: exact where single places weigh much."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deu2:
    """What the prediction on the scale is worth on these issues; all errors in points of 0..100."""

    rows: int
    issues: int
    """Of them with an end and at least one position; the others can't be scored."""
    proposals: int
    points: tuple[Measure, ...]
    """Mean absolute error of point forecasts."""
    gains: tuple[Measure, ...]
    """By how much the weighted mean's error is below each other's; negative if above."""
    scores: tuple[Measure, ...]
    """Mean CRPS: the blend, its parts alone, numbers learned in each fold, uniform, climatology."""
    leads: tuple[Measure, ...]
    """By how much the blend's CRPS is below each other's."""
    coverage: tuple[Coverage, ...]
    """Of the blend."""
    learned_coverage: tuple[Coverage, ...]
    """Of the numbers learned in each fold."""
    at_reference: Measure
    """Share of issues with a reference point that end at it."""
    wanted_reference: Measure
    """Mean share of the salience of who wants it, on the same issues."""
    seed: int
    resamples: int


def validate_deu2(path: Path, *, seed: int = 1, resamples: int = 2000) -> Deu2:
    """Score predictions on the scale over the issues in a copy of the data set's main table.

    Intervals are at 95 %, from drawing proposals anew. "blend" has the shipped numbers. "learned
    numbers" has for each proposal those of `BLENDS` with the least CRPS over all other proposals,
    and "climatology" is how those ended: no issue has any say in either prediction of itself.

    Raises ExchangeError if the table can't be read.
    """
    rows, issues = read_issues(path)
    proposals = [issue.proposal for issue in issues]

    def measured(columns: Mapping[str, Floats]) -> tuple[Measure, ...]:
        return measures(columns, proposals, resamples=resamples, seed=seed)

    errors = {
        name: np.array([abs(point(i.positions, i.saliences) - i.ended) for i in issues])
        for name, point in POINTS.items()
    }
    weighted = errors["weighted mean"]
    predictions = cross_predict(issues)
    crps = {name: _crps(found, issues) for name, found in predictions.items()}
    blend = crps["blend"]
    at, wanted = _reference(issues, resamples, seed)
    return Deu2(
        rows=rows,
        issues=len(issues),
        proposals=len(set(proposals)),
        points=measured(errors),
        gains=measured({n: e - weighted for n, e in errors.items() if e is not weighted}),
        scores=measured(crps),
        leads=measured({n: c - blend for n, c in crps.items() if c is not blend}),
        coverage=tuple(_coverage(predictions["blend"], issues, measured)),
        learned_coverage=tuple(_coverage(predictions["learned numbers"], issues, measured)),
        at_reference=at,
        wanted_reference=wanted,
        seed=seed,
        resamples=resamples,
    )


def meaning(found: Deu2) -> tuple[str, ...]:
    """Return in sentences what the figures say can be predicted, and what can't."""
    points, gains, scores = (
        {measure.name: measure for measure in part}
        for part in (found.points, found.gains, found.scores)
    )
    eighty = next(one for one in found.coverage if one.level == 0.8)
    at, wanted = 100 * found.at_reference.value, 100 * found.wanted_reference.value
    chance = "" if gains["constant 50"].low > 0 else ", a gain that chance could have made"
    point = (
        f"A single number is off by {points['weighted mean'].value:.0f} points of 100 on average; "
        f"always saying 50 is off by {points['constant 50'].value:.0f}{chance}."
    )
    interval = (
        f"An interval of {eighty.width:.0f} points, on average, held what happened in "
        f"{100 * eighty.covered.value:.0f} % of the issues: most of the scale stays possible."
    )
    score = (
        f"The distribution scores {scores['blend'].value:.1f} points, where less is better, and "
        f"what issues end at in general {scores['climatology'].value:.1f}: positions and "
        "saliences tell something, and far from all. With numbers that are chosen without knowing "
        f"the proposal it is {scores['learned numbers'].value:.1f}."
    )
    reference = (
        f"{at:.0f} % of the issues end where they would stand without a decision, and "
        f"{wanted:.0f} % of the salience wants that: so the status quo gets no probability of "
        "its own."
    )
    limits = (
        "These are laws among governments that must agree in the end. Talks that may fail "
        "altogether are not in the data; whether they fail is another question."
    )
    return (point, interval, score, *([] if np.isnan(at) else [reference]), limits)


# Reading.


def read_issues(path: Path) -> tuple[int, tuple[Issue, ...]]:
    """Return the number of rows, and the issues with an end and a position that counts.

    What is empty or outside 0..100 is not known; a position without a salience, or with a salience
    of 0 (a state before its accession), does not count.

    Raises ExchangeError if the file can't be read or lacks the columns.
    """
    try:
        # Names in another encoding do no harm: only numbers are read.
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.DictReader(file)
            table, columns = list(reader), set(reader.fieldnames or ())
    except (OSError, csv.Error) as error:
        raise ExchangeError(f"{path.name}: can't be read: {error}") from None
    actors = sorted(name[1:] for name in columns if name[:1] == "p" and f"s{name[1:]}" in columns)
    missing = sorted({"prnrnmc", "out", "rp"} - columns)
    if missing or not actors:
        lacks = ", ".join(missing) or "actors' positions (pfr) with saliences (sfr)"
        raise ExchangeError(f"{path.name}: lacks {lacks}; give the main table of DEU II")
    issues = tuple(found for row in table if (found := _issue(row, actors)) is not None)
    if not issues:
        raise ExchangeError(f"{path.name}: no issue has both an end (out) and a position")
    return len(table), issues


def _issue(row: Mapping[str, str], actors: Sequence[str]) -> Issue | None:
    x, s = (np.array([_number(row[side + actor]) for actor in actors]) for side in "ps")
    ended, counts = _number(row["out"]), ~np.isnan(x) & (s > 0)
    if np.isnan(ended) or not counts.any():
        return None
    return Issue(
        proposal=str(row["prnrnmc"]),
        positions=x[counts],
        saliences=s[counts],
        reference=_number(row["rp"]),
        ended=ended,
    )


def _number(text: str | None) -> float:
    try:
        number = float(text or "nan")
    except ValueError:
        return float("nan")
    return number if 0 <= number <= TOP else float("nan")


# Point forecasts.


def _weighted_median(x: Floats, s: Floats) -> float:
    """Return the middle of the salience; halfway between two positions that share it."""
    order = np.argsort(x, kind="stable")
    upto = np.cumsum(s[order])
    low = np.searchsorted(upto, upto[-1] / 2, side="left")
    high = np.searchsorted(upto, upto[-1] / 2, side="right")
    return float((x[order][low] + x[order][high]) / 2)


def _nash(x: Floats, s: Floats) -> float:
    """Return the weighted Nash point: argmax over z in 0, 1, ..., 100 of prod (100 - |z - x|)^s.

    The no-deal value is that of an end 100 points away; the middle of the best where they tie.
    """
    with np.errstate(divide="ignore"):
        logs = np.log(TOP - np.abs(GRID[:, None] - x))
    total = logs @ (s / s.sum())
    return float(GRID[total >= total.max() - 1e-12].mean())


POINTS: dict[str, Callable[[Floats, Floats], float]] = {
    "weighted mean": lambda x, s: float(np.average(x, weights=s)),
    "mean": lambda x, s: float(x.mean()),
    "weighted median": _weighted_median,
    "median": lambda x, s: float(np.median(x)),
    "midrange": lambda x, s: float((x.min() + x.max()) / 2),
    "Nash": _nash,
    "constant 50": lambda x, s: TOP / 2,
}
"""Name to forecast, from positions and saliences."""


# Predictions.


def cross_predict(issues: Sequence[Issue]) -> dict[str, list[Distribution]]:
    """Return what is compared, by name, for each issue; what is learned doesn't know its proposal.

    As `predict` gives them: "blend", and "learned numbers". Its parts alone: "compromise alone" and
    "positions alone". From how issues end alone: "uniform" and "climatology".
    """
    proposals = np.array([issue.proposal for issue in issues])
    ends = np.array([issue.ended for issue in issues])
    learned = _learned(issues, proposals)
    others = {one: np.sort(ends[proposals != one]) for one in dict.fromkeys(proposals)}
    known = [others[one] for one in proposals]
    middle = Blend()
    return {
        "blend": [predict(i.positions, i.saliences) for i in issues],
        "learned numbers": [
            predict(i.positions, i.saliences, blend=learned[i.proposal]) for i in issues
        ],
        "compromise alone": [
            _distribution(
                compromise(i.positions, i.saliences, EDGES, pull=middle.pull, width=middle.width)[0]
            )
            for i in issues
        ],
        "positions alone": [
            _distribution(positions_held(i.positions, i.saliences, EDGES)[0]) for i in issues
        ],
        "uniform": [_distribution(EDGES / TOP)] * len(issues),
        "climatology": [
            _distribution(np.searchsorted(rows, EDGES) / max(len(rows), 1)) for rows in known
        ],
    }


def _learned(issues: Sequence[Issue], proposals: NDArray[np.str_]) -> dict[str, Blend]:
    """Return for each proposal the numbers with the least CRPS over all other proposals."""
    costs = np.array(
        [
            [predict(i.positions, i.saliences, blend=blend).crps(i.ended) for i in issues]
            for blend in BLENDS
        ]
    )
    found = {}
    for one in dict.fromkeys(proposals.tolist()):
        elsewhere = costs[:, proposals != one]
        # Where there is no other proposal nothing can be learned.
        found[one] = BLENDS[int(elsewhere.sum(axis=1).argmin())] if elsewhere.size else Blend()
    return found


def _distribution(cdf: Floats) -> Distribution:
    return Distribution(grid=GRID, pmf=np.maximum(np.diff(cdf, prepend=0.0, append=1.0), 0.0))


def _crps(predictions: Sequence[Distribution], issues: Sequence[Issue]) -> Floats:
    pairs = zip(predictions, issues, strict=True)
    return np.array([prediction.crps(issue.ended) for prediction, issue in pairs])


def _coverage(
    predictions: Sequence[Distribution],
    issues: Sequence[Issue],
    measured: Callable[[Mapping[str, Floats]], tuple[Measure, ...]],
) -> Iterator[Coverage]:
    y = np.array([issue.ended for issue in issues])
    # Predictions are of whole points: an end between two is that of the nearer.
    below, upto = np.array([p.pit(round(z)) for p, z in zip(predictions, y, strict=True)]).T
    for level in LEVELS:
        found = [prediction.interval(level) for prediction in predictions]
        low, high, mass = np.array([(i.low, i.high, i.mass) for i in found]).T
        inside = np.minimum(upto, (1 + level) / 2) - np.maximum(below, (1 - level) / 2)
        share = np.clip(inside, 0.0, None) / np.maximum(upto - below, 1e-12)
        covered, evened = measured({"covered": (low <= y) & (y <= high), "evened": share})
        yield Coverage(
            level=level,
            mass=float(mass.mean()),
            covered=covered,
            width=float((high - low).mean()),
            evened=evened,
        )


def _reference(issues: Sequence[Issue], resamples: int, seed: int) -> tuple[Measure, ...]:
    """Return how often issues end at the reference point, and how much of the salience is there."""
    known = [issue for issue in issues if not np.isnan(issue.reference)]
    if not known:
        return tuple(Measure(name=n, value=np.nan, low=np.nan, high=np.nan) for n in REFERENCE)
    ends = np.array([issue.ended == issue.reference for issue in known])
    wants = np.array([np.average(i.positions == i.reference, weights=i.saliences) for i in known])
    groups = [issue.proposal for issue in known]
    columns = dict(zip(REFERENCE, (ends, wants), strict=True))
    return measures(columns, groups, resamples=resamples, seed=seed)
