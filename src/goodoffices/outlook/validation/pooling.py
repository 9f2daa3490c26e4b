"""Pools of many people's forecasts against what happened: PredictionBook.

Users supply their own copy of the data: a row per question, `outcome` 0 or 1 and `probabilities`,
the last forecast of each of at least two people, separated by semicolons (PredictionBook, as
collected in iqisa by niplav). This module reads it. The forecasters judge each for themselves, so
the pool that the package uses by default counts everybody as a camp.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ExchangeError
from goodoffices.outlook.logodds import exact
from goodoffices.outlook.pooling import Estimate, pool
from goodoffices.outlook.scores import Bin, brier_scores, reliability
from goodoffices.outlook.validation.resample import Measure, measures

__all__ = ["PoolingCheck", "Question", "meaning", "read_questions", "validate_pooling"]

Floats = NDArray[np.float64]

FILE = "predictionbook-part.csv"
FOLDS = 10
EXPONENTS: Floats = np.arange(50, 301) / 100
"""The exponents that learning chooses from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question, what people thought of it, and whether it came true."""

    happened: bool
    probabilities: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolingCheck:
    """How well each way of pooling did."""

    questions: int
    forecasts: int
    base_rate: float
    """Share of the questions that came true."""
    brier: tuple[Measure, ...]
    """Mean Brier score of each way, 0 (right and sure) to 1; the lowest is best."""
    against: tuple[Measure, ...]
    """Each way's score less that of the plain log-odds pool, question by question: below 0 is
    better than it."""
    learned: float
    """The exponent with the lowest Brier score on all questions."""
    learned_by_fold: tuple[float, ...]
    """The same on all questions but those of one fold, for each fold."""
    exponents: tuple[float, float]
    """Lowest and highest exponent that the default gave a question."""
    bins: tuple[Bin, ...]
    """What the default said, in tenths, and how often it came true."""


def validate_pooling(path: Path, *, resamples: int = 2_000, seed: int = 1) -> PoolingCheck:
    """Score six ways of pooling, and the base rate, by their Brier score.

    `path` is the file, or the folder that holds `predictionbook-part.csv`. The learned exponent is
    scored on questions that it was not learned from, in ten folds. Intervals draw the questions
    anew. Raises `ExchangeError` if the file is not there or can't be read.
    """
    questions = read_questions(path)
    happened = np.array([each.happened for each in questions], dtype=np.float64)
    centres = np.array([_log_odds(each) for each in questions])
    folds = np.random.default_rng(seed).permutation(len(questions)) % FOLDS
    by_fold = [_learn(centres[folds != f], happened[folds != f]) for f in range(FOLDS)]
    defaults, exponents = zip(*map(_default, questions), strict=True)
    ways = {
        "mean": np.array([np.mean(each.probabilities) for each in questions]),
        "median": np.array([np.median(each.probabilities) for each in questions]),
        "log-odds pool": _probability(centres),
        "log-odds pool, exponent 1.5": _probability(1.5 * centres),
        "default": np.array(defaults),
        "learned exponent": _probability(np.array(by_fold)[folds] * centres),
        "base rate": np.full(len(questions), happened.mean()),
    }
    scores = {name: brier_scores(forecast, happened) for name, forecast in ways.items()}
    plain = scores.pop("log-odds pool")
    each_alone = np.arange(len(questions))
    return PoolingCheck(
        questions=len(questions),
        forecasts=sum(len(each.probabilities) for each in questions),
        base_rate=float(happened.mean()),
        brier=measures(
            {**scores, "log-odds pool": plain}, each_alone, resamples=resamples, seed=seed
        ),
        against=measures(
            {name: score - plain for name, score in scores.items()},
            each_alone,
            resamples=resamples,
            seed=seed,
        ),
        learned=_learn(centres, happened),
        learned_by_fold=tuple(by_fold),
        exponents=(min(exponents), max(exponents)),
        bins=reliability(ways["default"], happened),
    )


def meaning(found: PoolingCheck) -> tuple[str, ...]:
    """Return in sentences what the figures say."""
    brier = {each.name: each for each in found.brier}
    default = {each.name: each for each in found.against}["default"]
    relation = "better than" if default.high < 0 else "worse than" if default.low > 0 else "like"
    scored = (
        f"On {found.questions} questions the default pool scored {brier['default'].value:.4f}, "
        f"the plain log-odds pool {brier['log-odds pool'].value:.4f}, the mean "
        f"{brier['mean'].value:.4f}, the base rate {brier['base rate'].value:.4f}."
    )
    compared = (
        f"The default did {relation} the plain log-odds pool: {default.value:+.4f} "
        f"({default.low:+.4f} to {default.high:+.4f})."
    )
    learned = (
        f"Learned from the answers, the exponent would be {found.learned:.2f}. These people judge "
        "each for themselves; officials of one camp do not, and for them the default is 1."
    )
    off = [b for b in found.bins if not b.happened.low <= b.forecast <= b.happened.high]
    calibrated = (
        f"In {len(off)} of {len(found.bins)} tenths of the scale the share that came true differs "
        "from what the default said by more than chance easily explains"
        + "".join(f"; {100 * b.forecast:.0f} % was {100 * b.happened.value:.0f} %" for b in off)
        + "."
    )
    return scored, compared, learned, calibrated


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read the questions; raise `ExchangeError` that says which line can't be read, and why."""
    file = path / FILE if path.is_dir() else path
    try:
        with open(file, encoding="utf-8", newline="") as lines:
            found = tuple(_questions(csv.DictReader(lines), file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ExchangeError(f"{file} can't be read: {error}") from None
    if not found:
        raise ExchangeError(f"{file} holds no questions")
    return found


def _questions(rows: csv.DictReader[str], file: Path) -> Iterator[Question]:
    if not {"outcome", "probabilities"} <= set(rows.fieldnames or ()):
        raise ExchangeError(f"{file} has no columns `outcome` and `probabilities`")
    for row in rows:
        yield _question(row, f"{file}, line {rows.line_num}")


def _question(row: Mapping[str, str], where: str) -> Question:
    try:
        given = tuple(float(each) for each in row["probabilities"].split(";") if each.strip())
        outcome = float(row["outcome"])
    except (ValueError, AttributeError, TypeError):
        raise ExchangeError(f"{where} is not an outcome and probabilities") from None
    if outcome not in {0.0, 1.0} or len(given) < 2 or not all(0 <= each <= 1 for each in given):
        raise ExchangeError(
            f"{where}: the outcome is 0 or 1, and the probabilities at least two from 0 to 1"
        )
    return Question(happened=outcome == 1.0, probabilities=given)


def _log_odds(question: Question) -> float:
    return math.fsum(exact(p).centre for p in question.probabilities) / len(question.probabilities)


def _default(question: Question) -> tuple[float, float]:
    """Return what the package's own pool makes of a question, and its exponent."""
    day = date(2000, 1, 1)
    estimates = [
        Estimate(question="", speaker=str(i), made=day, says=exact(p), camp=str(i))
        for i, p in enumerate(question.probabilities)
    ]
    pooled = pool(estimates, on=day, half_life=math.inf)
    return pooled.central, pooled.exponent


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _learn(centres: Floats, happened: Floats) -> float:
    forecasts = _probability(EXPONENTS[:, None] * centres)
    return float(EXPONENTS[((forecasts - happened) ** 2).mean(axis=1).argmin()])
