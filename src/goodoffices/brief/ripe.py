"""Question 8: is the moment ripe? Facts and perceptions apart."""

from __future__ import annotations

from goodoffices.brief.ahead import Ahead
from goodoffices.brief.elements import Rich, join, number
from goodoffices.brief.material import chance_and_spread, chance_of, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import chance, count
from goodoffices.deals.share import Share
from goodoffices.outlook.ripeness import PartyRipeness, Ripeness

__all__ = ["ripe_in_short", "tabulate_ripeness", "tell_ripeness"]

_UNKNOWN: Rich = ("not known",)
_NOTE = "ripeness: "


def tell_ripeness(ahead: Ahead) -> Rich:
    """Say how far facts and perceptions go, what nobody says, and on what ground."""
    found = ahead.report.ripeness
    if found is None:
        return ripe_in_short(ahead)
    return (*ripe_in_short(ahead), " ", *_ground(ahead, found))


def ripe_in_short(ahead: Ahead) -> Rich:
    """Say whether going on is worse for all, and whether they are believed to see it."""
    found = ahead.report.ripeness
    if found is None:
        return (f"Not known: {_why_not(ahead)}.",)
    facts: Rich = (
        "By the facts as assessed, going on is worse for every party than ",
        *ahead.foremost,
        " in ",
        chance_of("ripeness", found.hurts),
        " of the draws. By perception: ",
    )
    said = [
        ("that all feel this has ", chance_of("ripeness", found.feels)) if found.feels else (),
        ("that all see a way out has ", chance_of("ripeness", found.sees_way_out))
        if found.sees_way_out
        else (),
        *_silent(ahead, found),
    ]
    return (*facts, *join([part for part in said if part], between="; "), ".")


def _silent(ahead: Ahead, found: Ripeness) -> tuple[Rich, ...]:
    """Name those of whom nobody says what they feel or see."""
    feels = [one.party for one in found.parties if one.feels is None]
    sees = [one.party for one in found.parties if one.sees_way_out is None]
    naming = ahead.naming
    return (
        ("nobody says whether ", *naming.actors(feels, " or "), " feels a stalemate")
        if feels
        else (),
        ("nobody says whether ", *naming.actors(sees, " or "), " sees a way out") if sees else (),
    )


def _ground(ahead: Ahead, found: Ripeness) -> Rich:
    """Say how many of the perceptions that are known rest on claims alone."""
    paths = [
        f"outlook.perceptions.{one.party}"
        for one in found.parties
        if one.feels is not None or one.sees_way_out is not None
    ]
    if not paths:
        return ("Confidence in the perceptions is low: none is known.",)
    claimed = sum(ahead.evidence.founded(path) == "claimed" for path in paths)
    silent = bool(found.missing)
    level = "low" if claimed < len(paths) else "moderate" if silent else "high"
    return (
        f"Confidence in the perceptions is {level}: of ",
        computed("ripeness", count(len(paths))),
        " that are recorded, ",
        computed("ripeness", count(claimed)),
        " rests on claims alone." if claimed == 1 else " rest on claims alone.",
    )


def tabulate_ripeness(ahead: Ahead) -> Table | None:
    """List, for each party and for all, the fact beside the two perceptions."""
    found = ahead.report.ripeness
    if found is None:
        return None
    rows = [_row(ahead, one) for one in found.parties]
    together = (found.feels, found.sees_way_out)
    rows.append(
        Row(
            cells=(
                ("All at once",),
                chance_and_spread("ripeness", found.hurts),
                *(chance_and_spread("ripeness", one) if one else _UNKNOWN for one in together),
                ("–",),
            )
        )
    )
    return Table(
        anchor="ripeness",
        stacks=True,
        caption=("What makes a moment ripe: a fact, and two perceptions of it",),
        columns=(
            ("Party",),
            ("Fact: going on is worse than ", *ahead.foremost),
            ("Perception: feels a stalemate that hurts",),
            ("Perception: sees a way out",),
            ("Rests on",),
        ),
        rows=tuple(rows),
    )


def _row(ahead: Ahead, one: PartyRipeness) -> Row:
    path = f"outlook.perceptions.{one.party}"
    rests: list[Rich] = [
        (ahead.naming.demand_link(key),)
        for key, demand in ahead.case.demands.items()
        if demand.by == one.party and demand.kind == "walk-away"
    ]
    if path in ahead.evidence.bases:
        rests.append(ahead.evidence.refs(path))
    return Row(
        cells=(
            (ahead.naming.actor(one.party),),
            chance_and_spread("ripeness", one.hurts),
            _seen(ahead, path, one.feels),
            _seen(ahead, path, one.sees_way_out),
            join(rests, between=" "),
        )
    )


def _seen(ahead: Ahead, path: str, given: Share | None) -> Rich:
    """Show a perception as a link to whose word it is."""
    return _UNKNOWN if given is None else (number(ahead.evidence.target(path), chance(given)),)


def _why_not(ahead: Ahead) -> str:
    notes = [note.removeprefix(_NOTE) for note in ahead.report.notes if note.startswith(_NOTE)]
    return notes[0] if notes else "it needs packages to compare with, from the deals lens"
