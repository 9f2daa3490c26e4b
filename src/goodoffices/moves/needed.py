"""What would have to change for a state to be an equilibrium, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Literal

import numpy as np

from goodoffices.deals.results import Method
from goodoffices.moves.inverse import Change, Inverse, fewest_statements_moved, fewest_swaps
from goodoffices.moves.preference import ranking_of
from goodoffices.moves.results import Alternative, ChangeReport, PreferenceChange
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller
from goodoffices.moves.words import joined, quoted

__all__ = ["CONCEPTS", "changes_for"]

CONCEPTS = (Concept.NASH, Concept.SEQ)
"""The concepts that are asked about: nobody gains by moving, or every gain is answered credibly."""
MOST_TRIED = 50_000
"""Preferences looked at per question; a larger search is bounded, and said so."""
MOST_TOLD = 5
"""So many alternatives are told, and so many reversals of each in words."""
MOST_REVERSALS = 20

Measure = Literal["swaps", "statements"]


def changes_for(
    teller: Teller, target: int, progress: Callable[[float], None]
) -> Iterator[ChangeReport]:
    """Yield the least changes of preferences that make a state an equilibrium.

    Per concept in neighbouring places swapped; and in statements moved, where a decision maker has
    nothing but statements (those who have not keep their preferences).
    """
    graph, ranks = teller.graph, teller.ranks
    statements = {i: form.truths for i, form in enumerate(teller.model.forms) if form.truths}
    for n, concept in enumerate(CONCEPTS):
        progress(n / len(CONCEPTS))
        swaps = fewest_swaps(graph, ranks, target, concept, most=MOST_TRIED)
        yield _report(teller, swaps, "swaps")
        if statements:
            moved = fewest_statements_moved(
                graph, ranks, statements, target, concept, most=MOST_TRIED
            )
            yield _report(teller, moved, "statements")


def _report(teller: Teller, found: Inverse, measure: Measure) -> ChangeReport:
    method = Method(how="exact")
    if not found.exact:
        note = "the search ended before it was complete; a smaller change may do"
        method = Method(how="bounded", note=note)
    told = [c for c in found.changes if not any(_likes_harm(teller, one) for one in c)]
    return ChangeReport(
        target=teller.id(found.target),
        concept=found.concept,
        measure=measure,
        fewest=found.fewest,
        at_least=found.at_least,
        alternatives=tuple(
            Alternative(changes=tuple(_change(teller, c, found.target, measure) for c in changes))
            for changes in told[:MOST_TOLD]
        ),
        count=found.count,
        withheld=len(found.changes) - len(told),
        method=method,
    )


def _likes_harm(teller: Teller, change: Change) -> bool:
    """Whether a state would be preferred to one with less harm, as it is not today."""
    rank = teller.ranks[change.mover]
    changed = np.empty(len(rank), dtype=np.int64)
    for place, states in enumerate(change.ranking):
        changed[list(states)] = -place
    harm = np.array([teller.harm(s) for s in range(len(rank))])
    for s in np.flatnonzero(harm):
        reversed_ = (rank[s] <= rank) & (changed[s] > changed) & (harm < harm[s])
        if reversed_.any():
            return True
    return False


def _change(teller: Teller, change: Change, target: int, measure: Measure) -> PreferenceChange:
    who = teller.model.actors[change.mover]
    if measure == "statements":
        told: tuple[tuple[int, int], ...] = ()
        text = _statements_text(teller, who, change.order)
    else:
        told = _reversals(teller, change, target)
        text = _swaps_text(teller, who, told, change.distance)
    return PreferenceChange(
        by=who,
        distance=change.distance,
        reversals=tuple((teller.id(above), teller.id(below)) for above, below in told),
        statements=tuple(j + 1 for j in change.order) if measure == "statements" else (),
        text=text,
    )


def _reversals(teller: Teller, change: Change, target: int) -> tuple[tuple[int, int], ...]:
    """Return pairs of states, the first of which would be preferred as it is not today."""
    classes = ranking_of(teller.ranks[change.mover])
    known = [target, teller.model.status_quo]

    def shown(place: int) -> int:
        """One state stands for those that are tied with it: one that readers know, if any."""
        return next((s for s in known if s in classes[place]), classes[place][0])

    pairs = (
        (shown(above), shown(below))
        for n, above in enumerate(change.order)
        for below in change.order[n + 1 :]
        if above > below
    )
    return tuple(islice(pairs, MOST_REVERSALS))


def _swaps_text(teller: Teller, who: str, pairs: Sequence[tuple[int, int]], distance: int) -> str:
    below: dict[int, list[int]] = {}
    for above, other in pairs[:MOST_TOLD]:
        below.setdefault(above, []).append(other)
    parts = [
        f"{teller.label(above)} to {', and to '.join(teller.label(s) for s in others)}"
        for above, others in below.items()
    ]
    rest = distance - min(len(pairs), MOST_TOLD)
    more = f" (in all, {distance} pairs of states the other way round)" if rest > 0 else ""
    return f"{teller.name(who)} would have to prefer {'; '.join(parts)}{more}"


def _statements_text(teller: Teller, who: str, order: Sequence[int]) -> str:
    texts = teller.model.moves.preferences[who].statements
    stay = _longest_rising(order)
    parts = []
    for n, j in enumerate(order):
        if j in stay:
            continue
        after = next((k for k in order[n + 1 :] if k in stay), None)
        place = "last" if after is None else f"before {quoted(texts[after])}"
        parts.append(f"{quoted(texts[j])} {place}")
    return f"{teller.name(who)} would have to put {joined(parts)}"


def _longest_rising(order: Sequence[int]) -> frozenset[int]:
    """Return a longest part of an order that is ascending: the statements that stay in place."""
    best: list[list[int]] = [[]]
    for j in order:
        before: list[int] = max((run for run in best if not run or run[-1] < j), key=len)
        best.append([*before, j])
    longest: list[int] = max(best, key=len)
    return frozenset(longest)
