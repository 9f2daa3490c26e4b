"""Behind question 9: what is believed of the parties, promises kept, and where issues may end."""

from __future__ import annotations

from goodoffices.brief.ahead import Ahead, band_of
from goodoffices.brief.elements import Rich, join, number
from goodoffices.brief.material import computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import count, day
from goodoffices.outlook.results import BeliefMove, BeliefReport, ScalePrediction

__all__ = ["tabulate_beliefs", "tabulate_scales", "tabulate_trust"]

_ORIGIN = (
    "From how laws were made among governments that had to agree in the end; so it says nothing "
    "of whether they agree here."
)


def tabulate_beliefs(ahead: Ahead) -> Table | None:
    """List what is believed of each party, before the events and now, and what moved it."""
    rows = tuple(_belief(ahead, one) for one in ahead.report.beliefs)
    if not rows:
        return None
    heads = ("Belief", "About", "Before the events", "Now", "Moved by", "Rests on")
    return Table(
        anchor="beliefs",
        stacks=True,
        caption=("What is believed of the parties, and what moved it",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def _belief(ahead: Ahead, one: BeliefReport) -> Row:
    given = ahead.naming.outlook.beliefs[one.belief]
    return Row(
        cells=(
            (ahead.naming.text(given.name),),
            ahead.naming.owner(one.about),
            band_of("beliefs", one.prior),
            band_of("beliefs", one.now),
            join([_move(ahead, one.belief, move) for move in one.moves], between="; ")
            or ("nothing yet",),
            ahead.evidence.refs(f"outlook.beliefs.{one.belief}"),
        )
    )


def _move(ahead: Ahead, belief: str, move: BeliefMove) -> Rich:
    path = f"outlook.events.{move.event}"
    ratio = number(ahead.evidence.target(f"{path}.signals.{belief}"), f"{move.ratio:.2g}")
    event = ahead.naming.text(ahead.naming.outlook.events[move.event].name)
    capped = ", capped" if move.capped else ""
    return (ratio, f" times the odds{capped}: ", event, f", {day(move.date)}")


def tabulate_trust(ahead: Ahead) -> Table | None:
    """List promises kept and broken, and how likely the next one is kept."""
    rows = []
    for one in ahead.report.trust:
        target = ahead.evidence.target(f"outlook.records.{one.trust}")
        rows.append(
            Row(
                cells=(
                    ahead.naming.path(f"trust.{one.trust}"),
                    (number(target, count(one.kept)),),
                    (number(target, count(one.broken)),),
                    band_of("beliefs", one.band),
                    ("yes: set it anew, or say why it differs" if one.differs else "no",),
                    ahead.evidence.refs(f"outlook.records.{one.trust}"),
                )
            )
        )
    if not rows:
        return None
    heads = (
        "Trust",
        "Kept",
        "Broken",
        "Share kept in the long run",
        "Is the case’s own number elsewhere?",
        "Rests on",
    )
    return Table(
        anchor="trust",
        stacks=True,
        caption=("Promises kept and broken",),
        columns=tuple((head,) for head in heads),
        rows=tuple(rows),
    )


def tabulate_scales(ahead: Ahead) -> Table | None:
    """Say where open issues would end if they were settled: a span of options, never one."""
    rows = tuple(_scale(ahead, one) for one in ahead.report.scales)
    if not rows:
        return None
    return Table(
        anchor="scales",
        stacks=True,
        caption=("Where open issues would end, if they were settled",),
        columns=(("Issue",), ("Between",), ("Holds",), ("Likeliest single option",)),
        rows=rows,
        more=(_ORIGIN,),
    )


def _scale(ahead: Ahead, one: ScalePrediction) -> Row:
    naming = ahead.naming
    likely = max(one.options, key=lambda option: one.options[option])
    return Row(
        cells=(
            (naming.issue(one.issue),),
            join([(naming.option(one.issue, o),) for o in (one.first, one.last)], between=" and "),
            (computed("scales", _rounded(one.mass)),),
            (
                naming.option(one.issue, likely),
                " (",
                computed("scales", _rounded(one.options[likely])),
                ")",
            ),
        )
    )


def _rounded(probability: float) -> str:
    whole = 5 * round(20 * probability)
    if whole in {0, 100} and 1e-9 < probability < 1 - 1e-9:
        return "below 3\u202f%" if whole == 0 else "above 97\u202f%"
    return f"{whole}\u202f%"
