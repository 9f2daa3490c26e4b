"""What would have to change for a state to be an equilibrium, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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

__all__ = ["changes_for"]

MOST_TRIED = 50_000
"""Preferences looked at per question; a larger search is bounded, and said so."""
MOST_CELLS = 1_500_000
"""Preferences looked at per question, times states."""
MOST_LOOKED = 4_096
"""States of the graph times states of the target for each of which it is asked what must change."""
MOST_LISTED = 50
"""Alternatives that are looked at one by one."""
MOST_TOLD = 5
"""So many alternatives are told, and so many reversals of each in words."""
MOST_REVERSALS = 20

Measure = Literal["swaps", "statements"]
Ask = Callable[[int, Concept], Inverse]

ORDER = (Concept.NASH, Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SSEQ)
BASES = {Concept.SEQ: Concept.GMR, Concept.SSEQ: Concept.SMR}
"""What a concept can't do without, and which is found without a search over profiles."""


def changes_for(
    teller: Teller, targets: Sequence[int], progress: Callable[[float], None]
) -> Iterator[ChangeReport]:
    """Yield the least changes of preferences that make one of the targets an equilibrium.

    Per concept in neighbouring places swapped; and in statements moved, where a decision maker has
    nothing but statements (those who have not keep their preferences). Where there are too many
    targets for the size of the graph, the first of them are looked at, and that is said.
    """
    looked = list(targets[: max(1, MOST_LOOKED // teller.graph.n)])
    note = ""
    if len(looked) < len(targets):
        note = f"{len(looked)} of {len(targets):,} states of the target were looked at"
    asking = list(_measures(teller))
    found: dict[tuple[Concept, Measure], ChangeReport] = {}
    for n, (measure, ask) in enumerate(asking):
        bounds: dict[Concept, dict[int, int]] = {}
        for m, concept in enumerate(ORDER):
            progress((n + m / len(ORDER)) / len(asking))
            base = bounds.get(BASES.get(concept, concept), dict.fromkeys(looked, 0))
            answers = list(_nearest(ask, concept, base))
            bounds[concept] = {one.target: one.at_least for one in answers}
            found[concept, measure] = _report(teller, answers, measure, note)
    for concept in Concept:
        yield from (found[concept, measure] for measure, _ in asking)


def _measures(teller: Teller) -> Iterator[tuple[Measure, Ask]]:
    graph, ranks, columns = teller.graph, teller.ranks, teller.graph.columns()
    most = min(MOST_TRIED, MOST_CELLS // graph.n)
    truths = {
        i: [statement.holds(columns) for statement in form.statements]
        for i, form in enumerate(teller.model.forms)
        if form.statements
    }

    def by_swaps(target: int, concept: Concept) -> Inverse:
        return fewest_swaps(graph, ranks, target, concept, most=most, listed=MOST_LISTED)

    def by_statements(target: int, concept: Concept) -> Inverse:
        return fewest_statements_moved(
            graph, ranks, truths, target, concept, most=most, listed=MOST_LISTED
        )

    yield "swaps", by_swaps
    if truths:
        yield "statements", by_statements


def _nearest(ask: Ask, concept: Concept, least: Mapping[int, int]) -> Iterator[Inverse]:
    """Yield what each target takes; a long search is left out where it can't be the nearest.

    `least` says per target how many changes it takes in any case.
    """
    best: int | None = None
    for target in sorted(least, key=least.__getitem__):
        if best is not None and concept.credible and least[target] > best:
            return
        found = ask(target, concept)
        if found.fewest is not None and found.exact:
            best = found.fewest if best is None else min(best, found.fewest)
        yield found


def _fewest(one: Inverse) -> int:
    return one.fewest or 0


def _report(
    teller: Teller, answers: Sequence[Inverse], measure: Measure, note: str
) -> ChangeReport:
    """Report the nearest of the targets, the first of those that are equally near."""
    sized = [one for one in answers if one.fewest is not None]
    found = min(sized, key=_fewest, default=answers[0])
    # A target that no change would do for bounds nothing.
    open_ = [one.at_least for one in answers if one.fewest is not None or not one.exact]
    least = min(open_, default=0)
    notes = [note] if note else []
    if open_ and (found.fewest is None or least < found.fewest):
        notes.insert(0, "the search ended before it was complete; a smaller change may do")
    told = [c for c in found.changes if not any(_likes_harm(teller, one) for one in c)]
    return ChangeReport(
        target=teller.id(found.target),
        concept=found.concept,
        measure=measure,
        fewest=found.fewest,
        at_least=0 if note else least,
        alternatives=tuple(
            Alternative(changes=tuple(_change(teller, c, found.target, measure) for c in changes))
            for changes in told[:MOST_TOLD]
        ),
        count=found.count if found.exact else 0,
        withheld=len(found.changes) - len(told),
        others=tuple(
            teller.id(one.target)
            for one in sized
            if one is not found and one.exact and one.fewest == found.fewest
        ),
        method=Method(how="bounded", note="; ".join(notes)) if notes else Method(how="exact"),
    )


def _likes_harm(teller: Teller, change: Change) -> bool:
    """Whether a state would be preferred to one with less harm, as it is not today."""
    if not teller.harms.any():
        return False
    rank = teller.ranks[change.mover]
    changed = np.empty(len(rank), dtype=np.int64)
    for place, states in enumerate(change.ranking):
        changed[list(states)] = -place
    harm = teller.harms
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
