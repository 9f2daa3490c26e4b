"""Where each open issue would end if it were settled, from who wants what and how much."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.options import select
from goodoffices.outlook.bands import band
from goodoffices.outlook.results import PlaceReport, ScalePrediction
from goodoffices.outlook.scale import predict, spaced
from goodoffices.outlook.standing import Table

__all__ = ["one_sided", "scale_predictions"]

Floats = NDArray[np.float64]

LEVEL = 0.8
DRAWS = 1_000
"""Draws of positions and weights that are averaged, at most."""


def scale_predictions(table: Table) -> tuple[ScalePrediction, ...]:
    """Return a distribution over the options of each open issue on which all sides are known.

    A party stands where it publicly wants to be; else, in each draw, at the option that is worth
    most to it. Who must accept counts, by its weight for the issue. Where one of them stands
    nowhere known, nothing is predicted from the others alone: see `one_sided`.
    """
    return tuple(_predictions(table))


def one_sided(table: Table) -> dict[str, tuple[str, ...]]:
    """Return the open issues on which somebody who must accept stands nowhere known, and who."""
    space = table.space
    found = {}
    for i, issue in enumerate(space.issues):
        unknown = [a for a in range(space.signatories) if not _known(table, a, i)]
        if unknown and len(space.options[i]) > 1:
            found[issue] = tuple(space.actors[a].id for a in unknown)
    return found


def _predictions(table: Table) -> Iterator[ScalePrediction]:
    space, unclear = table.space, one_sided(table)
    actors = range(space.signatories)
    for i, issue in enumerate(space.issues):
        options = space.options[i]
        if len(options) < 2 or issue in unclear:
            continue
        places = _places(table, i)
        stands = np.column_stack([_stand(table, a, i, places) for a in actors])
        weights = np.column_stack([_weights(table, a, i) for a in actors])
        found = predict(stands, np.maximum(weights, 1e-9), grid=places)
        held = found.interval(LEVEL)
        yield ScalePrediction(
            issue=issue,
            options=dict(zip(options, found.pmf.tolist(), strict=True)),
            first=options[int(np.searchsorted(places, held.low))],
            last=options[int(np.searchsorted(places, held.high))],
            mass=held.mass,
            positions=tuple(
                PlaceReport(
                    actor=space.actors[a].id,
                    place=band(stands[:, n]),
                    weight=band(100 * weights[:, n]),
                )
                for n, a in enumerate(actors)
            ),
        )


def _places(table: Table, issue: int) -> Floats:
    """Return where the options lie, 0 to 100: by their numbers, else evenly."""
    given = table.space.case.issues[table.space.issues[issue]]
    if not given.numbers:
        return spaced(len(table.space.options[issue]))
    numbers = np.array([given.numbers[option] for option in table.space.options[issue]])
    return np.asarray(100 * (numbers - numbers[0]) / (numbers[-1] - numbers[0]))


def _known(table: Table, actor: int, issue: int) -> bool:
    space = table.space
    position = space.case.position(space.actors[actor].id, space.issues[issue])
    valued = [value for value in position.values.values() if value.shape != "unknown"]
    return bool(position.wants or valued)


def _stand(table: Table, actor: int, issue: int, places: Floats) -> Floats:
    space = table.space
    name = space.issues[issue]
    wants = space.case.position(space.actors[actor].id, name).wants
    draws = min(DRAWS, table.draws)
    if wants:
        picked = select(space.case.issues[name], wants)
        there = [p for p, o in zip(places, space.options[issue], strict=True) if o in picked]
        if there:
            return np.full(draws, float(np.mean(there)))
    start, end = space.offsets[issue], space.offsets[issue + 1]
    values = np.concatenate([part.values[:, start:end, actor] for part in table.parts])[:draws]
    # Values are worth times weight; the weight is the same for all options.
    best = values >= values.max(axis=1, keepdims=True) - 1e-12
    return np.asarray((best * places).sum(axis=1) / best.sum(axis=1))


def _weights(table: Table, actor: int, issue: int) -> Floats:
    draws = min(DRAWS, table.draws)
    return np.concatenate([part.weights(actor)[:, issue] for part in table.parts])[:draws]
