"""How well past forecasts did: scores against references, and the picture of their reliability."""

from __future__ import annotations

from goodoffices.brief.elements import Rich
from goodoffices.brief.figures.reliability import draw_reliability
from goodoffices.brief.material import computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import THIN, count, interval
from goodoffices.outlook.record import ScoreReport
from goodoffices.outlook.scores import Comparison, ScoreCard

__all__ = ["draw_record", "tabulate_scores", "tell_record"]

_MINUS = "\N{MINUS SIGN}"


def tell_record(found: ScoreReport) -> Rich:
    """Say how many forecasts there are, and whether they beat what was known before."""
    told: Rich = (
        "Of ",
        computed("record", count(found.written)),
        " forecasts that were written down, ",
        computed("record", count(found.scored)),
        " are scored, on ",
        computed("record", count(found.questions)),
        " question" if found.questions == 1 else " questions",
        "; ",
        computed("record", count(found.open)),
        " are open",
        *_apart(found),
        ". ",
    )
    if found.card is None:
        return (*told, "Nothing is resolved yet, so nothing can be scored.")
    return (*told, *_verdict(found, found.card))


def _apart(found: ScoreReport) -> Rich:
    parts = [
        (number, words)
        for number, words in (
            (found.late, "made when it had happened already"),
            (found.scenarios, "made under a scenario"),
            (len(found.dropped), "can’t be read"),
        )
        if number
    ]
    return tuple(
        piece
        for number, words in parts
        for piece in (", ", computed("record", count(number)), f" {words}")
    )


def _verdict(found: ScoreReport, card: ScoreCard) -> Rich:
    against = card.brier_to_base_rate
    rate = "base rate of their day" if found.known_base_rate else "share that came true"
    if against.error is None:
        return ("One question alone says nothing of how well the next is forecast.",)
    if abs(against.difference) <= 2 * against.error:
        return (f"They can’t be told from the {rate}: the difference lies within its error.",)
    better = "nearer to what happened than" if against.difference < 0 else "farther from it than"
    return (f"They were {better} the {rate}, by more than the error.",)


def tabulate_scores(found: ScoreReport) -> Table | None:
    """Set the scores beside those of the references."""
    card = found.card
    if card is None:
        return None
    rate = "the base rate of its day" if found.known_base_rate else "the share that came true"
    rows = (
        _row("Brier", rate, card.brier_to_base_rate),
        _row("Brier", "always one half", card.brier_to_constant),
        _row("Log", rate, card.log_to_base_rate),
        _row("Log", "always one half", card.log_to_constant),
    )
    heads = ("Score", "Forecasts", "Against", "Its score", "Difference", "Standard error")
    return Table(
        anchor="scores",
        stacks=True,
        caption=("Scores, where lower is better",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def _row(name: str, against: str, one: Comparison) -> Row:
    sign = _MINUS if one.difference < 0 else "+"
    error: Rich = ("unknown",) if one.error is None else (computed("record", f"{one.error:.3f}"),)
    return Row(
        cells=(
            (name,),
            (computed("record", f"{one.score:.3f}"),),
            (against,),
            (computed("record", f"{one.reference:.3f}"),),
            (computed("record", f"{sign}{abs(one.difference):.3f}"),),
            error,
        )
    )


def draw_record(found: ScoreReport) -> Figure | None:
    """Draw what was said against what happened, with a table of the ranges."""
    if found.card is None or not found.card.bins:
        return None
    bins = found.card.bins
    rows = tuple(
        Row(
            cells=(
                (f"{100 * one.low:.0f} to {100 * one.high:.0f}{THIN}%",),
                (computed("record", f"{100 * one.forecast:.0f}{THIN}%"),),
                (
                    computed("record", count(one.happened.hits)),
                    " of ",
                    computed("record", count(one.happened.draws)),
                ),
                (computed("record", interval(one.happened)),),
            )
        )
        for one in bins
    )
    heads = ("Said", "On average", "Came true", f"95{THIN}% interval")
    table = Table(
        anchor="reliability-table",
        stacks=True,
        caption=("What was said, and what happened",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )
    return Figure(drawings=(draw_reliability("fig-reliability", bins),), caption=(), table=table)
