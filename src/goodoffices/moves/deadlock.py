"""Why the status quo holds, or does not: three sentences, and what each of them rests on.

The first says who would want to leave, the second what deters them, the third what follows, and
what bars the way to the target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goodoffices.moves.reach import Step
from goodoffices.moves.results import (
    LeavingReport,
    Move,
    Sentence,
    TemptationReport,
    WayReport,
)
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller
from goodoffices.moves.words import GLOSSES, doing, joined, steps

__all__ = ["why"]

MOST = 3
"""So many decision makers are told of in one sentence, and how many more there are."""


def why(
    teller: Teller,
    leaving: LeavingReport,
    concepts: Sequence[Concept],
    way: WayReport | None,
    target: str,
) -> tuple[Sentence, ...]:
    """Return three sentences on the status quo.

    `leaving` tells who would leave it; `concepts` are those under which it is an equilibrium, the
    most demanding first; `way` leads to the target, which is called `target`.
    """
    first = _hardest_to_deter(leaving.temptations)
    return (
        _who(teller, leaving, first),
        _deterrents(teller, first),
        _verdict(teller, first, concepts, way, target),
    )


def _hardest_to_deter(temptations: Iterable[TemptationReport]) -> list[TemptationReport]:
    """Return one improvement per decision maker: the one least deterred, its best of these."""
    order = ("no", "possibly", "credibly")
    found: dict[str, TemptationReport] = {}
    for one in temptations:
        known = found.get(one.move.by)
        if known is None or order.index(one.deterred) < order.index(known.deterred):
            found[one.move.by] = one
    return list(found.values())


def _who(teller: Teller, leaving: LeavingReport, first: list[TemptationReport]) -> Sentence:
    actors = teller.model.actors
    if not first:
        text = "In the status quo nobody could gain by moving alone."
        return teller.sentence(text, actors)
    gains = [
        f"{teller.name(one.move.by)} would gain by {doing(teller.case, one.move)}"
        for one in first[:MOST]
    ]
    rest = f", and {_others(len(first) - MOST)}" if len(first) > MOST else ""
    text = f"In the status quo {joined(gains)}{rest}"
    if leaving.content:
        text += f"; {teller.names(leaving.content)} could not gain by moving alone"
    return teller.sentence(f"{text}.", actors, [one.move for one in first[:MOST]])


def _deterrents(teller: Teller, first: list[TemptationReport]) -> Sentence:
    if not first:
        return _alone(teller)
    told = first[:MOST]
    free = [one.move.by for one in told if one.deterred == "no"]
    parts = [_deterrent(teller, one) for one in told if one.deterred != "no"]
    if free:
        names = teller.names(free)
        parts.append(f"nothing that others could do would take that gain back from {names}")
    text = "; ".join(parts)
    if len(first) > MOST:
        text += f"; {_others(len(first) - MOST)} would gain too"
    text = text[:1].upper() + text[1:]
    moves = [move for one in told for move in (one.move, *one.answer)]
    return teller.sentence(f"{text}.", dict.fromkeys(move.by for move in moves), moves)


def _alone(teller: Teller) -> Sentence:
    """Say what the best move is to each decision maker, where none of them gains."""
    here = teller.model.status_quo
    parts, moves = [], []
    for i, actor in enumerate(teller.model.actors[:MOST]):
        targets = teller.graph.moves(i, here).tolist()
        if not targets:
            parts.append(f"{teller.name(actor)} has no move at all")
            continue
        best = max(targets, key=lambda t: int(teller.ranks[i, t]))
        move = teller.move(Step(mover=i, source=here, target=best))
        same = teller.ranks[i, best] == teller.ranks[i, here]
        worth = "would make no difference" if same else "would be a loss"
        parts.append(f"for {teller.name(actor)} the best move, {doing(teller.case, move)}, {worth}")
        moves.append(move)
    text = "; ".join(parts)
    return teller.sentence(f"{text[:1].upper()}{text[1:]}.", teller.model.actors, moves)


def _deterrent(teller: Teller, one: TemptationReport) -> str:
    who = teller.name(one.move.by)
    answer = steps(teller.case, one.answer)
    if one.deterred == "credibly":
        pays = "which pays whoever does it" if len(one.answer) == 1 else "each of which pays"
        return f"{who} must reckon with {answer}, {pays} and leaves {who} no better off than now"
    return (
        f"{who} might meet with {answer}, which leaves {who} no better off than now, though not "
        "every such step need pay whoever takes it"
    )


def _verdict(
    teller: Teller,
    first: list[TemptationReport],
    concepts: Sequence[Concept],
    way: WayReport | None,
    target: str,
) -> Sentence:
    if concepts:
        text = f"So the status quo is {GLOSSES[concepts[0]]}"
    else:
        free = teller.names(one.move.by for one in first if one.deterred == "no")
        text = f"So the status quo is not stable{f': nothing holds {free} back' if free else ''}"
    moves: Iterable[Move] = ()
    if way is not None:
        text += _towards(teller, way, target)
        moves = way.path or ()
    return teller.sentence(f"{text}.", teller.model.actors, moves)


def _towards(teller: Teller, way: WayReport, target: str) -> str:
    if way.path == ():
        return f", and it is {target} already"
    if way.path:
        how = steps(teller.case, way.path)
        return f"; yet moves that each pay the one who makes them lead to {target}: {how}"
    likes = [a for a, side in way.compared.items() if side == "better"]
    dislikes = [a for a, side in way.compared.items() if side == "worse"]
    worth = [f"better for {teller.names(likes)}"] if likes else []
    worth += [f"worse for {teller.names(dislikes)}"] if dislikes else []
    torn = [a for a, side in way.compared.items() if side == "mixed"]
    worth += [f"better or worse for {teller.names(torn)}, by its terms"] if torn else []
    than = f", which would be {joined(worth)}," if worth else ""
    return f"; and no way leads to {target}{than} on which every move pays the one who makes it"


def _others(count: int) -> str:
    return "one other decision maker" if count == 1 else f"{count} other decision makers"
