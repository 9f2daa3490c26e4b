"""What the estimates in a case add up to, question by question."""

from __future__ import annotations

from datetime import date

import numpy as np

from goodoffices.case.check_outlook import estimate_date, estimate_speaker
from goodoffices.case.outlook import Question
from goodoffices.outlook.bands import Band
from goodoffices.outlook.logodds import LEVELS, LogOdds, of_draws, of_quantity
from goodoffices.outlook.pooling import Estimate, Pooled, Weighed, mixed, pool
from goodoffices.outlook.results import EstimateReport, PooledReport
from goodoffices.outlook.subject import Subject

__all__ = ["moved_to", "pooled", "report"]

LIVES = (np.arange(25) + 0.5) / 25
"""Where an uncertain half-life of estimates is looked at: the middles of equal parts of it."""


def pooled(subject: Subject, key: str) -> tuple[Pooled, tuple[str, ...]] | None:
    """Pool what was thought of a question by today; None if nothing was. Also the ids, in order."""
    given = subject.outlook.estimates
    keys = tuple(k for k in given if given[k].question == key and subject.before(k))
    if not keys:
        return None
    estimates = [_estimate(subject, k) for k in keys]
    half = subject.outlook.half_life
    lives = half.quantiles(LIVES) if half.uncertain else np.array([half.central])
    each = [pool(estimates, on=subject.today, half_life=life) for life in lives.tolist()]
    return mixed(each), keys


def _estimate(subject: Subject, key: str) -> Estimate:
    given = subject.outlook.estimates[key]
    made = estimate_date(subject.case, given).date
    return Estimate(
        question=given.question,
        speaker=estimate_speaker(subject.case, given) or key,
        made=made or subject.today,
        says=of_quantity(given.probability),
        group=given.group or "",
        camp=given.camp or "",
    )


def moved_to(says: LogOdds, question: Question, made: date, by: date) -> LogOdds:
    """Return a probability by one day as the same hazard gives it by another.

        p' = 1 - (1 - p)^(days to the other / days to its own)

    Where the question's own day is the one asked for, or lay behind already, nothing changes.
    """
    own, other = (question.by - made).days, (by - made).days
    if own == other or own <= 0 or other <= 0:
        return says
    return of_draws(1 - (1 - says.quantiles(LEVELS)) ** (other / own))


def report(subject: Subject, found: Pooled, keys: tuple[str, ...]) -> PooledReport:
    """Return a pool as a result, with every estimate."""
    differ = found.disagreement
    return PooledReport(
        probability=found.band,
        exponent=found.exponent,
        half_life=found.half_life,
        groups=found.groups,
        camps=dict(found.camps),
        spread=differ.spread,
        lowest=differ.low,
        highest=differ.high,
        lowest_speakers=differ.lowest,
        highest_speakers=differ.highest,
        estimates=tuple(
            _estimate_report(subject, key, weighed)
            for key, weighed in zip(keys, found.weights, strict=True)
        ),
    )


def _estimate_report(subject: Subject, key: str, weighed: Weighed) -> EstimateReport:
    estimate, given = weighed.estimate, subject.outlook.estimates[key]
    band: Band = estimate.says.band
    return EstimateReport(
        estimate=key,
        speaker=subject.case.name_of(estimate.speaker),
        date=estimate.made,
        inferred=estimate_date(subject.case, given).inferred is not None,
        says=str(given.probability),
        reads_as=band,
        group=estimate.group,
        camp=estimate.camp,
        age=weighed.age,
        weight=weighed.weight,
        replaced=weighed.replaced,
    )
