"""The cover: what the brief is for, on whose word it stands, and its answers in short."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from goodoffices.brief import words
from goodoffices.brief.ahead import Ahead, middle_of
from goodoffices.brief.deadlock import Deadlock, gloss, verdict
from goodoffices.brief.elements import Rich, bdi, join, link
from goodoffices.brief.forecasts import foreseen_in_short
from goodoffices.brief.material import Material, Subject, chance_of, computed, spread_of
from goodoffices.brief.postures import postures_in_short
from goodoffices.brief.ripe import ripe_in_short
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import count, day

__all__ = ["Answered", "Cover", "Point", "write_cover"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What the lenses say of a case; None for a lens that was not asked."""

    material: Material | None = None
    deadlock: Deadlock | None = None
    ahead: Ahead | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One answer in short, and the question it answers."""

    question: int
    text: Rich
    to: str = ""
    """Where the answer in full stands, if not under its question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What stands above the questions."""

    title: Rich
    as_of: Rich
    generated: str
    scenario: Rich
    purpose: Rich
    not_for: Rich
    facts: tuple[tuple[str, Rich, Rich], ...]
    """What is asked, the answer in a word, and what to know about it."""
    points: tuple[Point, ...]
    sources: Table | None
    unheard: Rich
    obtained: Rich
    footing: Rich
    reading: Rich
    drafts: str


def write_cover(
    subject: Subject,
    answered: Answered,
    scenario: str | None,
    generated: dt.date | None,
    drafts: str = "",
) -> Cover:
    """Write the cover; `scenario` is the name of the scenario that was asked for.

    `drafts` is what to say of what no person has confirmed.

    The answers in short are those of the lenses whose results are given.
    """
    case, material = subject.case, answered.material
    return Cover(
        title=(subject.naming.text(case.title),),
        as_of=_as_of(subject),
        generated=day(generated) if generated else "",
        scenario=(subject.naming.text(scenario),) if scenario is not None else (),
        purpose=(bdi(case.purpose),) if case.purpose else ("not stated",),
        not_for=(bdi(case.not_for),) if case.not_for else ("not stated",),
        facts=_first_facts(answered),
        points=_points(answered),
        sources=_sources(subject),
        unheard=_unheard(subject),
        obtained=_obtained(answered),
        footing=_footing(material) if material is not None else _other_footing(subject, answered),
        reading=_reading(subject),
        drafts=drafts,
    )


def _reading(subject: Subject) -> Rich:
    said: Rich = (
        f"Words of probability in the case are read on the “{subject.case.yardstick}” yardstick.",
    )
    if not subject.case.elicitation:
        return said
    rule = link("elicitation", "a rule that the case states")
    return (*said, " Numbers that nobody reported were set by ", rule, ".")


def _as_of(subject: Subject) -> Rich:
    given = subject.case.as_of
    if given.date is None:
        return ("no date is given",)
    if given.inferred:
        return (day(given.date), ", inferred from ", bdi(given.inferred))
    return (day(given.date),)


def _facts(material: Material) -> tuple[tuple[str, Rich, Rich], ...]:
    zone, footing = material.result.zone, material.result.zone.footing
    face = {True: "yes", False: "no", None: "open"}[zone.at_face_value]
    total = footing.claimed + footing.assumed + footing.unknown
    share = chance_of("zone", zone.probability)
    within: Rich = ("95\u202f% interval ", spread_of("zone", zone.probability))
    if zone.method.how == "exact":
        within = ("exact: nothing is uncertain",)
    return (
        ("A package at face value?", (face,), ("with every demand binding",)),
        ("Chance that one exists", (share,), within),
        (
            "Confidence in that",
            (words.level(material),),
            (
                computed("footing", count(footing.claimed)),
                " of ",
                computed("footing", count(total)),
                " numbers rests on claims alone"
                if footing.claimed == 1
                else " numbers rest on claims alone",
            ),
        ),
    )


def _rest_facts(deadlock: Deadlock) -> tuple[tuple[str, Rich, Rich], ...]:
    """Return the facts of a case that has moves and nothing to settle."""
    report = deadlock.report
    here = report.state(report.status_quo).equilibrium
    way: Rich = ("not asked",)
    if report.way is not None:
        path = report.way.path
        way = ("none" if path is None else "yes" if path else "it is there",)
    return (
        ("Would everybody stay in the status quo?", ("yes" if here else "no",), (gloss(here),)),
        (
            "States where all would stay",
            (computed("rest", count(report.equilibria.total)),),
            ("of ", computed("moves", count(report.states_total)), " possible states"),
        ),
        ("A way to the agreement", way, ("on which every move pays the one who makes it",)),
    )


def _time_facts(ahead: Ahead) -> tuple[tuple[str, Rich, Rich], ...]:
    """Return the facts of a case that looks ahead and does nothing else."""
    if not ahead.asked:
        return ()
    question, together = ahead.asked[0]
    return (
        (
            "How likely is it?",
            middle_of("together", together.probability),
            ahead.question(question.question),
        ),
        ("By when?", (day(question.by),), ("the day that the question names",)),
        ("Confidence in that", (together.level,), ("the reasons stand under question 9",)),
    )


def _first_facts(answered: Answered) -> tuple[tuple[str, Rich, Rich], ...]:
    """Return the facts of the first lens that was asked."""
    if answered.material is not None:
        return _facts(answered.material)
    if answered.deadlock is not None:
        return _rest_facts(answered.deadlock)
    return _time_facts(answered.ahead) if answered.ahead is not None else ()


def _obtained(answered: Answered) -> Rich:
    """Say how the answers of the first lens that was asked were obtained."""
    if answered.material is not None:
        return words.obtained(answered.material.result.method)
    if answered.deadlock is not None:
        return words.obtained_moves(answered.deadlock.report)
    if answered.ahead is not None:
        return words.obtained(answered.ahead.report.method, "outlook")
    return ()


def _points(answered: Answered) -> tuple[Point, ...]:
    points = list(_deal_points(answered.material)) if answered.material is not None else []
    if answered.deadlock is not None:
        points.append(Point(question=7, text=verdict(answered.deadlock)))
    if answered.ahead is not None:
        points.append(Point(question=8, text=ripe_in_short(answered.ahead)))
        points.append(Point(question=9, text=foreseen_in_short(answered.ahead)))
        if answered.ahead.report.tabling is not None:
            points.append(Point(question=9, text=postures_in_short(answered.ahead), to="postures"))
    return tuple(sorted(points, key=lambda point: point.question))


def _deal_points(material: Material) -> tuple[Point, ...]:
    return (
        Point(question=2, text=(*words.face_value(material), " ", *words.likelihood(material))),
        Point(question=2, text=words.confidence(material)),
        Point(question=3, text=words.blocked(material)),
        Point(question=4, text=words.opened(material)),
        Point(question=5, text=words.tabled(material)),
        Point(question=10, text=words.missing(material)),
    )


def _sources(subject: Subject) -> Table | None:
    case = subject.case
    used = Counter(claim.source for claim in case.claims.values())
    rows = []
    for key, source in case.sources.items():
        camp: Rich = subject.naming.actors(source.camp) if source.camp else ("no side named",)
        publisher: Rich = (bdi(source.publisher),) if source.publisher else ("not stated",)
        date: Rich = (day(source.date.date),)
        if source.date.date and source.date.inferred:
            date = (*date, ", inferred from ", bdi(source.date.inferred))
        rows.append(
            Row(
                cells=(
                    (subject.evidence.sources[key],),
                    (bdi(source.title),),
                    (source.kind,),
                    publisher,
                    date,
                    camp,
                    (link("evidence", count(used[key])),),
                ),
                anchor=f"s-{key}",
            )
        )
    if not rows:
        return None
    heads = ("Source", "Title", "Kind", "Publisher", "Date", "Speaks from", "Claims")
    return Table(
        anchor="sources",
        stacks=True,
        caption=("Sources",),
        columns=tuple((head,) for head in heads),
        rows=tuple(rows),
    )


def _unheard(subject: Subject) -> Rich:
    voices, naming = subject.voices, subject.naming
    heard = [
        (naming.actor(key), " (", link("evidence", str(n)), ")")
        for key, n in voices.spoken.items()
        if n
    ]
    said: Rich = ("Heard, with the number of claims: ", *join(heard, last=" and "), ". ")
    if not heard:
        said = ("No party is quoted. ",)
    if voices.others:
        said = (
            *said,
            link("evidence", count(voices.others)),
            " claim comes" if voices.others == 1 else " claims come",
            " from others, or from nobody named. ",
        )
    if not voices.unheard:
        return (*said, "Every party of the case is heard.")
    return (*said, "Not heard: ", *naming.actors(voices.unheard), ".")


def _footing(material: Material) -> Rich:
    footing = material.result.zone.footing
    total = footing.claimed + footing.assumed + footing.unknown
    return (
        "Of ",
        computed("footing", count(total)),
        " numbers in the model, ",
        computed("footing", count(footing.claimed)),
        " rests" if footing.claimed == 1 else " rest",
        " on claims alone, ",
        computed("footing", count(footing.assumed)),
        " on assumptions, and ",
        computed("footing", count(footing.unknown)),
        " is unknown." if footing.unknown == 1 else " are unknown.",
    )


def _other_footing(subject: Subject, answered: Answered) -> Rich:
    """Count what the graph of moves, or the outlook, rests on, where no deal is computed."""
    how, parts = "moves", " options, rules and preferences, "
    if answered.deadlock is None:
        how, parts = "outlook", " parts of the outlook, "
    kinds = Counter(
        basis.founded for path, basis in subject.case.based() if path.startswith(f"{how}.")
    )
    return (
        "Of ",
        computed(how, count(kinds.total())),
        parts,
        computed(how, count(kinds["claimed"])),
        " rests" if kinds["claimed"] == 1 else " rest",
        " on claims alone, ",
        computed(how, count(kinds["assumed"])),
        " on assumptions, and ",
        computed(how, count(kinds["unfounded"])),
        " names no basis." if kinds["unfounded"] == 1 else " name no basis.",
    )
