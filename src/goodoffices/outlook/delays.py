"""What waiting costs, as a case states it, and how much pressure would open a zone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.outlook import Fading as Given
from goodoffices.deals.share import Share
from goodoffices.outlook.bands import Course
from goodoffices.outlook.results import (
    Curve,
    FadeReport,
    OpeningReport,
    OpeningStep,
    PressureReport,
    WaitingReport,
)
from goodoffices.outlook.standing import Table
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.waiting import Fading, Pressure, arrival, eased, opening, waiting

__all__ = ["TARGET", "waiting_report"]

Ints = NDArray[np.int64]

TARGET = 0.5
"""The pressure is looked for that makes a zone as likely as not."""
STEP = 1.0
MOST = 100.0
"""Falls of a walk-away are multiples of `STEP`, up to all of its scale; in points."""
FALLS = (5.0, 10.0, 20.0, 50.0, 100.0)
"""Falls of which it is told what they would open."""


def waiting_report(subject: Subject, table: Table | None) -> WaitingReport:
    """Return what each week takes, what pressure does, and how much of it would open a zone."""
    outlook, inputs = subject.outlook, subject.inputs
    pressures = [
        Pressure(
            by=key,
            on=actor,
            per_week=inputs.of(f"outlook.pressure.{key}.per_week", given.per_week),
            most=inputs.of(f"outlook.pressure.{key}.most", given.most),
        )
        for key, given in outlook.pressure.items()
        for actor in dict.fromkeys((given.on, *given.also))
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
    can_fall = [actor for actor in deciding if table.walk_away(actor) is not None]
    falls = eased(pressures, weeks=subject.weeks)
    for actor in can_fall:
        moved = tuple(one for one in _moved(subject, actor) if one in can_fall)
        needed = table.falls(moved, last=round(MOST / STEP), step=STEP)
        found = opening(partial(_zone_at, table, needed), target=TARGET, most=MOST, step=STEP)
        reached = then = None
        if actor in falls:
            pressed = {one: -falls[one][:, -1] for one in moved if one in falls}
            then = table.zone(pressed)
            reached = None if found.shift is None else arrival(found.shift, falls[actor])
        yield OpeningReport(
            actor=actor,
            target=found.target,
            shift=found.shift,
            shift_low=found.low,
            shift_high=found.high,
            now=table.zone({}),
            then=found.then,
            arrival=reached,
            at_horizon=then,
            moved=moved,
            per_week=None if found.shift is None else found.shift / subject.weeks,
            steps=tuple(_steps(table, needed)),
        )


def _moved(subject: Subject, actor: str) -> tuple[str, ...]:
    """Return an actor and whose walk-aways move with its own, as the case states of pressure."""
    given = subject.outlook.pressure.values()
    also = (other for one in given if one.on == actor for other in one.also)
    return tuple(dict.fromkeys((actor, *also)))


def _zone_at(table: Table, needed: Ints, fall: float) -> Share:
    hits = (needed >= 0) & (needed <= round(fall / STEP))
    return table.space.share(int(hits.sum()), len(needed), int((needed < 0).sum()))


def _steps(table: Table, needed: Ints) -> Iterator[OpeningStep]:
    for fall in FALLS:
        opened = (needed > 0) & (needed <= round(fall / STEP))
        yield OpeningStep(
            fall=fall,
            zone=_zone_at(table, needed, fall),
            opened=table.space.share(int(opened.sum()), len(needed)),
        )


def _curve(found: Course) -> Curve:
    return Curve(
        low=tuple(found.low.tolist()),
        central=tuple(found.central.tolist()),
        high=tuple(found.high.tolist()),
    )
