"""What waiting costs, as a case states it, and how much pressure would open a zone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from goodoffices.case.outlook import Fading as Given
from goodoffices.deals.share import Share
from goodoffices.outlook.bands import Course
from goodoffices.outlook.results import (
    Curve,
    FadeReport,
    OpeningReport,
    PressureReport,
    WaitingReport,
)
from goodoffices.outlook.standing import Table
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.waiting import Fading, Pressure, arrival, eased, opening, waiting

__all__ = ["TARGET", "waiting_report"]

TARGET = 0.5
"""The pressure is looked for that makes a zone as likely as not."""


def waiting_report(subject: Subject, table: Table | None) -> WaitingReport:
    """Return what each week takes, what pressure does, and how much of it would open a zone."""
    outlook, inputs = subject.outlook, subject.inputs
    pressures = [
        Pressure(
            by=key,
            on=given.on,
            per_week=inputs.of(f"outlook.pressure.{key}.per_week", given.per_week),
            most=inputs.of(f"outlook.pressure.{key}.most", given.most),
        )
        for key, given in outlook.pressure.items()
    ]
    fadings = [_fading(subject, key, given) for key, given in outlook.waiting.items()]
    found = waiting(fadings, pressures, weeks=subject.weeks)
    return WaitingReport(
        fades=tuple(
            FadeReport(
                fading=key,
                people=fade.of_people,
                left=_curve(fade.left),
                this_week=fade.this_week,
                lost=None if fade.lost is None else _curve(fade.lost),
            )
            for key, fade in zip(outlook.waiting, found.fades, strict=True)
        ),
        pressure=tuple(
            PressureReport(
                on=actor,
                by=tuple(one.by for one in pressures if one.on == actor),
                eased=_curve(fall),
            )
            for actor, fall in found.eased.items()
        ),
        openings=tuple(_openings(subject, table, pressures)) if table is not None else (),
    )


def _fading(subject: Subject, key: str, given: Given) -> Fading:
    inputs, where = subject.inputs, f"outlook.waiting.{key}"
    return Fading(
        what=given.name,
        amount=inputs.of(f"{where}.amount", given.amount),
        half_life=inputs.of(f"{where}.half_life", given.half_life),
        unit=given.unit,
        worth=None if given.worth is None else inputs.of(f"{where}.worth", given.worth),
        of_people=given.people,
    )


def _openings(subject: Subject, table: Table, pressures: list[Pressure]) -> Iterator[OpeningReport]:
    """Ask for each who can say no, and has a walk-away, how far it must fall."""
    deciding = [actor.id for actor in table.space.actors[: table.space.deciders]]
    falls = eased(pressures, weeks=subject.weeks)
    for actor in deciding:
        if table.walk_away(actor) is None:
            continue
        found = opening(partial(_eased_zone, table, actor), target=TARGET, step=1.0)
        reached = then = None
        if actor in falls:
            then = _eased_zone(table, actor, float(np.median(falls[actor][:, -1])))
            reached = None if found.shift is None else arrival(found.shift, falls[actor])
        yield OpeningReport(
            actor=actor,
            target=found.target,
            shift=found.shift,
            shift_low=found.low,
            shift_high=found.high,
            now=found.now,
            then=found.then,
            arrival=reached,
            at_horizon=then,
        )


def _eased_zone(table: Table, actor: str, fall: float) -> Share:
    return table.zone({actor: -fall})


def _curve(found: Course) -> Curve:
    return Curve(
        low=tuple(found.low.tolist()),
        central=tuple(found.central.tolist()),
        high=tuple(found.high.tolist()),
    )
