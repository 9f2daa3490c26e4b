"""What goes into the log of forecasts, and how good the forecasts in it were.

A forecast is written down with what went into it, and with the base rate that was known on the
same day: so its score can be compared with that of somebody who knew the reference class and
nothing else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from goodoffices.case.model import Case
from goodoffices.errors import ModelError, nearest
from goodoffices.outlook.forecast_log import Forecast, ForecastLog, Resolution, resolved
from goodoffices.outlook.results import OutlookReport, Together
from goodoffices.outlook.scores import ScoreCard, score_card
from goodoffices.outlook.together import BEGIN

__all__ = ["ScoreReport", "forecasts", "resolution", "score"]

DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreReport:
    """How good the forecasts in a log were."""

    written: int
    """Forecasts in the log."""
    scored: int
    open: int
    """Nobody knows yet."""
    late: int
    """Made when it had happened already."""
    scenarios: int
    """Made under a scenario, so never scored."""
    questions: int
    """How many questions the scored ones answer; those of one question are no independent trials.
    """
    known_base_rate: bool
    """Whether every scored forecast noted a base rate; else the share that came true stands in for
    it, which nobody knew before."""
    card: ScoreCard | None
    """None while nothing is resolved."""
    dropped: tuple[str, ...]
    """Lines of the log that can't be read, and why."""


def forecasts(report: OutlookReport) -> tuple[Forecast, ...]:
    """Return the forecasts that a report makes, one for each question that is still open.

    Raises ModelError if it makes none.
    """
    found = tuple(
        Forecast(
            made=report.today,
            question=question.question,
            by=question.by,
            probability=round(question.together.probability.central, DIGITS),
            low=round(question.together.probability.low, DIGITS),
            high=round(question.together.probability.high, DIGITS),
            scenario=report.scenario,
            basis=_basis(report, question.together),
        )
        for question in report.questions
        if question.together is not None
    )
    if not found:
        raise ModelError("outlook.questions: none is open, so nothing is forecast; add one")
    return found


def _basis(report: OutlookReport, together: Together) -> dict[str, object]:
    first = together.waterfall[0]
    return {
        "seed": report.method.seed,
        "draws": report.method.draws,
        "views": {
            leg.leg: {
                "weight": round(leg.weight, DIGITS),
                "probability": round(leg.probability.central, DIGITS),
            }
            for leg in together.legs
        },
        # Without a view from outside the waterfall begins elsewhere, and no base rate is known.
        "base_rate": round(first.after, DIGITS) if first.name == BEGIN else None,
        "confidence": together.level,
    }


def resolution(
    case: Case,
    log: ForecastLog,
    question: str,
    *,
    happened: bool,
    on: date,
    because: str = "",
) -> Resolution:
    """Return what is known of a question: that it happened on a day, or had not by it.

    Raises ModelError, with the nearest name, for a question that neither case nor log knows.
    """
    known = {
        *(case.outlook.questions if case.outlook else ()),
        *(f.question for f in log.forecasts),
    }
    if question not in known:
        hint = nearest(question, known) or f"there are {', '.join(sorted(known)) or 'none'}"
        raise ModelError(f'there is no question "{question}"; {hint}')
    return Resolution(
        question=question, until=on, happened=on if happened else None, because=because
    )


def score(log: ForecastLog) -> ScoreReport:
    """Score the forecasts of a log that have been resolved."""
    every = resolved(log)
    states = Counter(one.state for one in every)
    known = [one for one in every if one.state in {"yes", "no"}]
    rates = [one.forecast.basis.get("base_rate") for one in known]
    # JSON's `true` is no rate, though Python counts it as the number 1.
    numbers = [r for r in rates if isinstance(r, (int, float)) and not isinstance(r, bool)]
    noted = [rate for rate in numbers if 0 <= rate <= 1]
    complete = bool(known) and len(noted) == len(known)
    card = None
    if known:
        card = score_card(
            [one.forecast.probability for one in known],
            [one.state == "yes" for one in known],
            base_rate=noted if complete else None,
            groups=[one.forecast.question for one in known],
        )
    return ScoreReport(
        written=len(every),
        scored=len(known),
        open=states["open"],
        late=states["late"],
        scenarios=states["scenario"],
        questions=len({one.forecast.question for one in known}),
        known_base_rate=complete,
        card=card,
        dropped=tuple(map(str, log.dropped)),
    )
