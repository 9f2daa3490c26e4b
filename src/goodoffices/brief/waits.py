"""Question 9, second half: what each week of waiting takes, and what pressure would open."""

from __future__ import annotations

import math

from goodoffices.brief.ahead import Ahead, band_of, range_words
from goodoffices.brief.elements import Element, Rich, join
from goodoffices.brief.material import chance_of, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import day, points
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import FadeReport, OpeningReport, PressureReport

__all__ = ["list_openings", "tabulate_waiting"]


def tabulate_waiting(ahead: Ahead) -> Table | None:
    """List what the first week takes, and what is so by the horizon, each in its own unit."""
    waiting, hazards = ahead.report.waiting, ahead.report.hazards
    rows = [_fade(ahead, one) for one in waiting.fades]
    for one in hazards.risks if hazards is not None else ():
        harms: Rich = (", which harms people",) if one.harms else ()
        rows.append(
            Row(
                cells=(
                    ("Comes first: ", *ahead.naming.risk(one.risk), *harms),
                    band_of("hazards", one.per_week),
                    band_of("hazards", one.by_horizon),
                    ahead.evidence.refs(f"outlook.risks.{one.risk}"),
                ),
                # On paper the fan says so already.
                on_paper=False,
            )
        )
    rows += [_pressed(ahead, one) for one in waiting.pressure]
    if not rows:
        return None
    return Table(
        anchor="waiting",
        stacks=True,
        caption=("What waiting does",),
        columns=(("What",), ("In the first week",), (f"By {day(ahead.report.by)}",), ("Rests on",)),
        rows=tuple(rows),
        more=("People have no price: of them only the number that is left is shown.",)
        if any(one.people for one in waiting.fades)
        else (),
    )


def _fade(ahead: Ahead, one: FadeReport) -> Row:
    given = ahead.naming.outlook.waiting[one.fading]
    unit: Rich = (" ", ahead.naming.text(given.unit)) if given.unit else ()
    last = Band(low=one.left.low[-1], central=one.left.central[-1], high=one.left.high[-1])
    # An amount of one is all of it, so what is left is a share.
    whole = given.amount.shape == "exact" and given.amount.central == 1
    cost: Rich = ()
    if one.lost is not None and given.to is not None:
        lost = Band(low=one.lost.low[-1], central=one.lost.central[-1], high=one.lost.high[-1])
        worth = computed("waiting", _points(lost))
        cost = (", worth ", worth, " points to ", ahead.naming.actor(given.to))
    return Row(
        cells=(
            (ahead.naming.text(given.name),),
            ("down by ", *_amount(one.this_week, whole)),
            (*_amount(last, whole), " left", *unit, *cost),
            ahead.evidence.refs(f"outlook.waiting.{one.fading}"),
        )
    )


def _amount(given: Band, whole: bool) -> Rich:
    if whole:
        return band_of("waiting", given)
    return (computed("waiting", range_words(given, 3)),)


def _pressed(ahead: Ahead, one: PressureReport) -> Row:
    first, last = (
        Band(low=one.eased.low[n], central=one.eased.central[n], high=one.eased.high[n])
        for n in (min(1, len(one.eased.low) - 1), -1)
    )
    rests = join([ahead.evidence.refs(f"outlook.pressure.{key}") for key in one.by], between=" ")
    return Row(
        cells=(
            (
                "Pressed by ",
                *ahead.naming.actors(one.by),
                ", the walk-away of ",
                ahead.naming.actor(one.on),
                " is lower",
            ),
            ("by ", computed("waiting", _points(first)), " points"),
            ("by ", computed("waiting", _points(last)), " points"),
            rests,
        )
    )


def _points(given: Band) -> str:
    low, high = points(given.low), points(given.high)
    return low if low == high else f"{low} to {high}"


def list_openings(ahead: Ahead) -> tuple[Rich, ...]:
    """Return for each whose walk-away could fall how far it must, and when pressure gets there."""
    return tuple(_opening(ahead, one) for one in ahead.report.waiting.openings)


def _opening(ahead: Ahead, one: OpeningReport) -> Rich:
    who = ahead.naming.actor(one.actor)
    half = computed("waiting", f"{100 * one.target:.0f}\u202f%")
    then: Rich = ()
    if one.at_horizon is not None:
        at = chance_of("waiting", one.at_horizon)
        then = (" Pressure makes the chance that a package exists ", at, " by then.")
    if one.shift is None:
        most = chance_of("waiting", one.then)
        return (
            who,
            ": no fall of it alone makes that chance ",
            half,
            " (at most ",
            most,
            "); other demands bind.",
            *then,
        )
    if one.shift == 0:
        return (who, ": the chance that a package exists is at least ", half, " as it is.", *then)
    return (
        who,
        ": for a chance of ",
        half,
        " it would have to fall by ",
        computed("waiting", points(one.shift)),
        " points",
        *_bounds(one),
        ".",
        *_arrival(one),
        *then,
    )


def _bounds(one: OpeningReport) -> Rich:
    if one.shift_low is None:
        return ()
    high = "more than can be given" if one.shift_high is None else points(one.shift_high)
    return (" (", computed("waiting", f"{points(one.shift_low)} to {high}"), ")")


def _arrival(one: OpeningReport) -> Rich:
    if one.arrival is None:
        return ()
    weeks = one.arrival.weeks.central
    when: tuple[str | Element, ...] = ()
    if math.isfinite(weeks):
        when = (", in about ", computed("waiting", f"{weeks:.0f}"), " weeks")
    return (" Pressure gets it there with ", chance_of("waiting", one.arrival.reached), *when, ".")
