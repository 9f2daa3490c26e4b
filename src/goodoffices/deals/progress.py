"""What is agreed, what is open, where numeric positions overlap, what serves an interest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from goodoffices.case.model import Case
from goodoffices.case.options import select
from goodoffices.deals.concessions import PRICED, spread
from goodoffices.deals.draws import Sample
from goodoffices.deals.results import InterestReport, Overlap, ProgressReport
from goodoffices.deals.space import Space
from goodoffices.deals.zone import samples

__all__ = ["interests", "overlaps", "progress"]


def progress(space: Space, draws: int, seed: int) -> ProgressReport:
    """Return the share of issues agreed next to the share of each party's weight still open.

    The spread of the weights is read from the first draws, like that of costs.
    """
    settled = np.array([issue.agreed is not None for issue in space.case.issues.values()])
    share = space.case.text_agreed
    parts = list(samples(space, min(PRICED, draws), seed))
    return ProgressReport(
        agreed=int(settled.sum()),
        issues=len(settled),
        text_agreed=str(share.share) if share is not None else None,
        open_weight={
            actor.id: spread(
                np.concatenate([part.weights(a)[:, ~settled].sum(axis=1) * 100 for part in parts])
            )
            for a, actor in enumerate(space.actors[: space.signatories])
        },
    )


def overlaps(face: Sample) -> tuple[Overlap, ...]:
    """Return for each open numeric issue what each party would sign, and the overlap.

    Only demands on that issue alone count; those that tie it to another are left to the conflicts.
    """
    return tuple(
        _overlap(face, i)
        for i, issue in enumerate(face.space.issues)
        if face.space.case.issues[issue].numbers and len(face.space.options[i]) > 1
    )


def _overlap(face: Sample, issue: int) -> Overlap:
    space = face.space
    options = range(len(space.options[issue]))
    refused: dict[str, set[int]] = {actor.id: set() for actor in space.actors[: space.signatories]}
    for k in space.blocking:
        party = space.case.party_of(space.demand(k).by)
        for pattern in space.refusals[k]:
            if [i for i, _ in pattern.picks] == [issue]:
                refused[party] |= pattern.picks[0][1]
    accepts = {p: [o for o in options if o not in out] for p, out in refused.items()}
    common = [o for o in options if all(o in open_ for open_ in accepts.values())]
    # On this issue alone, each on its own 0-100 scale: the weight drops out of the comparison.
    stakes = [space.stakes[a][issue] for a in range(space.signatories)]
    worth = [face.columns[0, list(stake.values)] @ stake.mix for stake in stakes]
    least = np.min(worth, axis=0)
    even = max(common, key=lambda o: float(least[o])) if common else None
    names = space.options[issue]
    return Overlap(
        issue=space.issues[issue],
        accepts={party: _runs(names, kept) for party, kept in accepts.items()},
        overlap=_runs(names, common),
        even=None if even is None else names[even],
    )


def _runs(names: Sequence[str], kept: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Return runs of neighbouring options as (first, last)."""
    runs = []
    for _, group in itertools.groupby(enumerate(kept), key=lambda pair: pair[1] - pair[0]):
        members = [option for _, option in group]
        runs.append((names[members[0]], names[members[-1]]))
    return tuple(runs)


def interests(space: Space) -> tuple[InterestReport, ...]:
    """Return for each interest the options that serve it, in and beyond the holder's position."""
    case = space.case
    found = []
    for key, interest in case.interests.items():
        serving = [
            (issue, option)
            for issue, choices in interest.served_by.items()
            for option in select(case.issues[issue], choices)
        ]
        wanted = set(_wanted(case, interest.of))
        beyond = tuple(pair for pair in serving if pair not in wanted)
        refused = set(_refused(space, case.party_of(interest.of)))
        found.append(
            InterestReport(
                interest=key,
                of=interest.of,
                serving=tuple(serving),
                beyond=beyond,
                unopposed=tuple(pair for pair in beyond if pair not in refused),
            )
        )
    return tuple(found)


def _wanted(case: Case, actor: str) -> Iterator[tuple[str, str]]:
    for issue in case.issues:
        for option in select(case.issues[issue], case.position(actor, issue).wants):
            yield issue, option


def _refused(space: Space, holder: str) -> Iterator[tuple[str, str]]:
    """Yield the options that a demand of another party refuses outright."""
    for k in space.blocking:
        if space.case.party_of(space.demand(k).by) == holder:
            continue
        for pattern in space.refusals[k]:
            if len(pattern.picks) == 1:
                issue, options = pattern.picks[0]
                for o in options:
                    yield space.issues[issue], space.options[issue][o]
