"""Which demands cannot hold together, at face value, and whose lifting opens a package."""

from __future__ import annotations

from goodoffices.deals.answers import UNDECIDED, YES
from goodoffices.deals.draws import Sample
from goodoffices.deals.hitting import find_conflicts
from goodoffices.deals.results import Conflict, ConflictReport, Method, Opening
from goodoffices.deals.solving import bargain
from goodoffices.deals.space import Space
from goodoffices.deals.zone import decided, patient

__all__ = ["conflicts"]

MOST_CHECKS = 4_000
"""Sets of demands looked at; a case of 20 demands rarely needs a tenth of it."""
MOST_OPENINGS = 12
"""So many openings get an example package; the rest are named only."""


def conflicts(face: Sample) -> ConflictReport:
    """Return every minimal conflict and every minimal lifting of the draw at face value.

    Exact unless the budget is spent or a set of demands stays undecided; the method says so.
    """
    space = face.space
    blocking = space.blocking
    decider = patient(face)

    def met(demands: frozenset[int]) -> bool | frozenset[int] | None:
        lifted = [k for n, k in enumerate(blocking) if n not in demands]
        answer, package = decided(face, lifted, decider)
        if answer == UNDECIDED:
            return None
        if answer != YES or package is None:
            return False
        broken = face.refusals(package)[0]
        return frozenset(n for n, k in enumerate(blocking) if not broken[k])

    found = find_conflicts(len(blocking), met, most_checks=MOST_CHECKS)
    note = (
        ""
        if found.complete
        else f"budget spent: complete up to conflicts of {found.minimal_up_to} demands and "
        f"openings of {found.liftings_up_to}"
    )
    sets = [tuple(blocking[n] for n in sorted(one)) for one in found.minimal]
    lifts = [tuple(blocking[n] for n in sorted(one)) for one in found.liftings]
    return ConflictReport(
        conflicts=tuple(
            Conflict(demands=_names(space, one), actors=_actors(space, one)) for one in sets
        ),
        openings=tuple(
            _opening(face, one, example=n < MOST_OPENINGS) for n, one in enumerate(lifts) if one
        ),
        method=Method(how="exact" if found.complete else "bounded", note=note),
    )


def _opening(face: Sample, lifted: tuple[int, ...], example: bool) -> Opening:
    found = bargain(face, lifted) if example else ()
    return Opening(
        lifted=_names(face.space, lifted),
        actors=_actors(face.space, lifted),
        package=found[0].packages[0] if found else None,
    )


def _names(space: Space, demands: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(space.demands[k] for k in demands)


def _actors(space: Space, demands: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(space.demand(k).by for k in demands))
