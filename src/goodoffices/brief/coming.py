"""The drawings of question 9: the line of time with its fan, and what each view adds."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.brief.ahead import Ahead, band_of, per_cent, stated
from goodoffices.brief.elements import Element, Rich, join, number, plain
from goodoffices.brief.figures.fan import Fan, Happening, Timeline, draw_timeline
from goodoffices.brief.figures.waterfall import Step, draw_waterfall
from goodoffices.brief.material import computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import (
    THIN,
    count,
    day,
    in_points,
    number_of,
    quantity,
    visible,
    whole_per_cent,
)
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import (
    Curve,
    HazardReport,
    RiskReport,
    TimelineEntry,
    Together,
    WaterfallStep,
)
from goodoffices.outlook.telling import rough

__all__ = ["draw_added", "draw_coming", "list_happenings"]

MOST_LISTED = 12
"""So many happenings are told beside the drawing; all of them are drawn."""
MONTH, QUARTER = 4, 13
"""Weeks, at whose end the table tells the fan."""
_MINUS = "\N{MINUS SIGN}"


def _happenings(ahead: Ahead) -> tuple[TimelineEntry, ...]:
    return tuple(one for one in ahead.report.timeline if one.kind in {"event", "estimate"})


def list_happenings(ahead: Ahead) -> tuple[tuple[Rich, ...], int]:
    """Return what happened and what was said, numbered as on the line; and how many more."""
    every = _happenings(ahead)
    shown = tuple(_happening(ahead, one) for one in every[:MOST_LISTED])
    return shown, max(0, len(every) - MOST_LISTED)


def _happening(ahead: Ahead, one: TimelineEntry) -> Rich:
    when: Rich = (f"{day(one.date)}{' (inferred)' if one.inferred else ''}: ",)
    if one.kind == "estimate":
        path = f"outlook.estimates.{one.id}"
        given = ahead.naming.outlook.estimates[one.id].probability
        says = number(ahead.evidence.target(path), stated(given))
        return (*when, "an estimate, ", ahead.naming.text(_speaker(ahead, one)), ": ", says)
    path = f"outlook.events.{one.id}"
    name = ahead.naming.text(ahead.naming.outlook.events[one.id].name)
    return (*when, name, " ", *ahead.evidence.refs(path), *_effect(ahead, one.id))


def _speaker(ahead: Ahead, one: TimelineEntry) -> str:
    pools = (asked.pooled for asked in ahead.report.questions if asked.pooled is not None)
    known = {each.estimate: each.speaker for pool in pools for each in pool.estimates}
    return known.get(one.id, one.text)


def _effect(ahead: Ahead, event: str) -> Rich:
    """Say what an event multiplies, in the case's own numbers."""
    given = ahead.naming.outlook.events[event]
    target = ahead.evidence.target(f"outlook.events.{event}")
    hazards: list[Rich] = [
        (number(target, quantity(factor)), " times the rate of ", *ahead.naming.risk(risk))
        for risk, factor in given.multiplies.items()
    ]
    beliefs: list[Rich] = [
        (
            number(target, quantity(ratio)),
            " times the odds of “",
            ahead.naming.text(ahead.naming.outlook.beliefs[belief].name),
            "”",
        )
        for belief, ratio in given.signals.items()
    ]
    told = join([*hazards, *beliefs], between="; ")
    return (": ", *told) if told else ()


def draw_coming(ahead: Ahead) -> Figure | None:
    """Draw what happened and the fan of what may come first, with a table of its numbers."""
    hazards, report = ahead.report.hazards, ahead.report
    if hazards is None or not hazards.risks:
        return None
    given = Timeline(
        today=report.today,
        by=report.by,
        happenings=tuple(
            Happening(number=n, date=one.date, said=one.kind == "estimate")
            for n, one in enumerate(_happenings(ahead), 1)
        ),
        fans=tuple(_fan(ahead, one) for one in hazards.risks),
    )
    title = "What has happened, and how likely what may come first is by each week"
    table = _table(ahead, hazards)
    described = _description(ahead, given)
    drawn = draw_timeline("fig-fan", title, described, given)
    hidden = len(hazards.risks) - sum("band80" in _classes(shape) for shape in drawn.children)
    more: Rich = (computed("hazards", count(hidden)), " more are in the table.") if hidden else ()
    return Figure(drawings=(drawn,), caption=more, table=table)


def _classes(shape: str | Element) -> str:
    return "" if isinstance(shape, str) else dict(shape.attributes).get("class", "")


def _fan(ahead: Ahead, one: RiskReport) -> Fan:
    known = ahead.naming.outlook.risks[one.risk]
    found = next(((q, t) for q, t in ahead.asked if q.risk == one.risk and len(t.legs) > 1), None)
    fan = Fan(
        name=visible(known.name),
        band50=one.band50,
        band80=one.band80,
        text=per_cent(rough(one.by_horizon)),
        harms=one.harms,
    )
    if found is None:
        return fan
    question, together = found
    return Fan(
        name=fan.name,
        band50=fan.band50,
        band80=fan.band80,
        text=fan.text,
        harms=fan.harms,
        together=together.probability,
        together_text=per_cent(rough(together.probability)),
        together_on=question.by,
    )


def _description(ahead: Ahead, given: Timeline) -> str:
    happened = len(given.happenings)
    dated = number_of(happened, "dated event or estimate leads", "dated events and estimates lead")
    told = "; ".join(
        f"{fan.name}: {fan.text}, 80 % band "
        f"{_span(Band(low=fan.band80.low[-1], central=0.0, high=fan.band80.high[-1]))}"
        for fan in given.fans
    )
    return (
        f"{dated} to {day(given.today)}. From there to "
        f"{day(given.by)}, the probability of each coming first: {told}. The table below has the "
        "numbers."
    )


def _span(band: Band) -> str:
    return f"{100 * band.low:.0f} to {100 * band.high:.0f}{THIN}%"


def _table(ahead: Ahead, hazards: HazardReport) -> Table:
    last = len(hazards.nothing) - 1
    weeks = sorted({min(week, last) for week in (MONTH, QUARTER, last)})
    rows = [
        Row(
            cells=(
                ahead.naming.risk(one.risk),
                *(_at_week(one.band80, week) for week in weeks),
            )
        )
        for one in hazards.risks
    ]
    nothing = tuple((_whole(hazards.nothing[week]),) for week in weeks)
    rows.append(Row(cells=(("Nothing of that (mean)",), *nothing)))
    return Table(
        anchor="fan-table",
        stacks=True,
        caption=("What may come first, by week: the middle, and the 80\u202f% band",),
        columns=(
            ("First",),
            *((f"In {week} week{'' if week == 1 else 's'}",) for week in weeks),
        ),
        rows=tuple(rows),
    )


def _at_week(curve: Curve, week: int) -> Rich:
    low, middle, high = curve.low[week], curve.central[week], curve.high[week]
    band = Band(low=low, central=middle, high=high)
    return (
        computed("hazards", per_cent(rough(band))),
        " (",
        computed("hazards", _span(band)),
        ")",
    )


def _whole(probability: float) -> Element:
    return computed("hazards", whole_per_cent(probability))


def draw_added(ahead: Ahead) -> Figure | None:
    """Draw what each view adds to the likelihood of the first question; a table has all."""
    if not ahead.asked:
        return None
    question, together = ahead.asked[0]
    steps = [*_steps(together.waterfall), _last(together)]
    told = "; ".join(f"{step.label}: {step.text}" for step in steps)
    asked = plain(ahead.question(question.question))
    drawn = draw_waterfall(
        "fig-added", f"What each view adds to how likely {asked} is", f"{told}.", steps
    )
    return Figure(
        drawings=(drawn,),
        caption=("Drawn for ", *ahead.question(question.question), "."),
        table=_added(ahead),
    )


def _steps(waterfall: tuple[WaterfallStep, ...]) -> Iterator[Step]:
    for n, step in enumerate(waterfall):
        after = whole_per_cent(step.after)
        text = f"{_signed(step.points)} → {after}" if n else after
        yield Step(label=_capital(step.name), before=step.before, after=step.after, text=text)


def _last(together: Together) -> Step:
    band = together.probability
    return Step(
        label=f"All views, with 90{THIN}% interval",
        before=0.0,
        after=band.central,
        text=per_cent(rough(band)),
        low=band.low,
        high=band.high,
    )


def _added(ahead: Ahead) -> Table:
    rows = []
    for question, together in ahead.asked:
        for n, step in enumerate(together.waterfall):
            name = ahead.question(question.question) if n == 0 else ("",)
            points = computed("together", in_points(_signed(step.points)))
            rows.append(
                Row(cells=(name, (_capital(step.name),), (points,), (_whole_of(step.after),)))
            )
        total: Rich = band_of("together", together.probability)
        rows.append(Row(cells=(("",), ("All views together",), ("",), total)))
    return Table(
        anchor="added-table",
        caption=("What adds up to each likelihood",),
        columns=(("Question",), ("Step",), ("Adds",), ("Then",)),
        rows=tuple(rows),
    )


def _whole_of(probability: float) -> Element:
    return computed("together", whole_per_cent(probability))


def _signed(change: float) -> str:
    whole = round(100 * change)
    return "±0" if whole == 0 else f"+{whole}" if whole > 0 else f"{_MINUS}{-whole}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
