"""Who would want to leave a state, what deters them, and which moves marked as harm are at hand."""

from __future__ import annotations

from typing import Literal

from goodoffices.moves.deterrence import Temptation, temptation, temptations
from goodoffices.moves.reach import Step
from goodoffices.moves.results import LeavingReport, Risk, TemptationReport
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller

__all__ = ["leaving_of", "risks"]

Deterred = Literal["credibly", "possibly", "no"]


def leaving_of(teller: Teller, s: int, most: int) -> LeavingReport:
    """Return who would gain by leaving a state, by which moves, and what answers these.

    At most `most` improvements of each decision maker are told, its best ones.
    """
    content, told, more = [], [], 0
    for i, actor in enumerate(teller.model.actors):
        reachable = teller.graph.moves(i, s)
        count = int((teller.ranks[i, reachable] > teller.ranks[i, s]).sum())
        if count == 0:
            content.append(actor)
        told += _tempted(teller, s, i, most)
        more += max(count - most, 0)
    return LeavingReport(
        state=teller.id(s), content=tuple(content), temptations=tuple(told), more=more
    )


def _tempted(teller: Teller, s: int, i: int, most: int) -> list[TemptationReport]:
    graph, ranks = teller.graph, teller.ranks
    credible = temptations(graph, ranks, s, i, Concept.SEQ, most=most)
    if all(one.deterred for one in credible):
        return [_told(teller, one, one) for one in credible]
    possible = temptations(graph, ranks, s, i, Concept.GMR, most=most)
    return [_told(teller, one, other) for one, other in zip(credible, possible, strict=True)]


def _told(teller: Teller, credible: Temptation, possible: Temptation) -> TemptationReport:
    """Tell one improvement, of which the answers under SEQ and under GMR are known."""
    deterred: Deterred = "credibly" if credible.deterred else "possibly"
    answer = credible.answer or possible.answer
    return TemptationReport(
        move=teller.move(credible.step),
        deterred=deterred if answer else "no",
        answer=teller.path(answer or ()),
    )


def risks(teller: Teller) -> tuple[Risk, ...]:
    """Return what could be done, from the status quo, of what is marked as harm."""
    now = set(teller.graph.taken(teller.model.status_quo))
    return tuple(
        _risk(teller, key, option.by)
        for key, option in teller.model.moves.options.items()
        if option.harm and key not in now
    )


def _risk(teller: Teller, option: str, by: str) -> Risk:
    graph, here = teller.graph, teller.model.status_quo
    i = graph.decision_maker(by)
    targets = [t for t in graph.moves(i, here).tolist() if option in graph.taken(t)]
    if not targets:
        return Risk(option=option, by=by, move=None, deterred=None)
    best = max(targets, key=lambda t: int(teller.ranks[i, t]))
    step = Step(mover=i, source=here, target=best)
    move = teller.move(step)
    if not move.gains:
        return Risk(option=option, by=by, move=move, deterred=None)
    credible, possible = (
        temptation(graph, teller.ranks, step, concept) for concept in (Concept.SEQ, Concept.GMR)
    )
    deterred = _told(teller, credible, possible).deterred
    return Risk(option=option, by=by, move=move, deterred=deterred)
