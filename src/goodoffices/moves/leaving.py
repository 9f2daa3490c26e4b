"""Who would want to leave a state, what deters them, and which moves marked as harm are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.share import Share, share
from goodoffices.moves.deterrence import Temptation, answers_to, tempt
from goodoffices.moves.reach import Step
from goodoffices.moves.results import LeavingReport, Risk, TemptationReport
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller

__all__ = ["Danger", "Tally", "dangers", "leaving_of", "risks"]

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

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
    credible = tempt(teller.field, s, i, Concept.SEQ, most=most)
    if all(one.deterred for one in credible):
        return [_told(teller, one, one) for one in credible]
    possible = tempt(teller.field, s, i, Concept.GMR, most=most)
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


class Danger(NamedTuple):
    """Something marked as harm, and the moves from the status quo that bring it about."""

    option: str
    mover: int
    targets: Int64


def dangers(teller: Teller) -> tuple[Danger, ...]:
    """Return what is marked as harm and doesn't hold today, with the moves that bring it about."""
    if teller.model.moves.arcs:
        return tuple(_harmful_states(teller))
    now = set(teller.graph.taken(teller.model.status_quo))
    return tuple(
        _taking(teller, key, option.by)
        for key, option in teller.model.moves.options.items()
        if option.harm and key not in now
    )


def _taking(teller: Teller, option: str, by: str) -> Danger:
    i = teller.graph.decision_maker(by)
    reached = teller.graph.moves(i, teller.model.status_quo)
    taken = [t for t in reached.tolist() if option in teller.graph.taken(t)]
    return Danger(option, i, np.array(taken, np.int64))


def _harmful_states(teller: Teller) -> Iterator[Danger]:
    moves, here = teller.model.moves, teller.model.status_quo
    for s, key in enumerate(teller.graph.labels):
        if not moves.states[key].harm or s == here:
            continue
        for i, actor in enumerate(teller.model.actors):
            if any(key in some for some in moves.arcs[actor].to.values()):
                now = s in teller.graph.moves(i, here)
                yield Danger(key, i, np.array([s] if now else [], np.int64))


def risks(
    teller: Teller, found: Sequence[Danger], shares: Sequence[Share] | None
) -> tuple[Risk, ...]:
    """Return what could be done, from the status quo, of what is marked as harm.

    `shares` says for each how often it pays, where preferences were drawn.
    """
    told = []
    for n, one in enumerate(found):
        certain = teller.model.forms[one.mover].certain
        told.append(_risk(teller, one, None if certain or shares is None else shares[n]))
    return tuple(told)


def _risk(teller: Teller, danger: Danger, pays: Share | None) -> Risk:
    by, here = teller.model.actors[danger.mover], teller.model.status_quo
    if not danger.targets.size:
        return Risk(option=danger.option, by=by, move=None, deterred=None, pays=None)
    rank = teller.field.ranks[danger.mover]
    best = int(danger.targets[np.argmax(rank[danger.targets])])
    move = teller.move(Step(mover=danger.mover, source=here, target=best))
    deterred: Deterred | None = None
    if move.gains:
        [credible], [possible] = (
            answers_to(teller.field, here, danger.mover, [best], concept)
            for concept in (Concept.SEQ, Concept.GMR)
        )
        deterred = _told(teller, credible, possible).deterred
    return Risk(option=danger.option, by=by, move=move, deterred=deterred, pays=pays)


class Tally:
    """Counts in how many draws each danger would pay the one who brings it about."""

    def __init__(self, found: Sequence[Danger], here: int) -> None:
        self.found, self.here = found, here
        self.hits = [0] * len(found)

    def see(self, ranks: Int32) -> None:
        """Count one draw."""
        for n, one in enumerate(self.found):
            own = ranks[one.mover]
            self.hits[n] += bool((own[one.targets] > own[self.here]).any())

    def shares(self, draws: int) -> tuple[Share, ...]:
        """Return the share of draws for each."""
        return tuple(share(count, draws) for count in self.hits)
