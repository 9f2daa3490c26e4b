"""Draws of every uncertain number at once, and what packages are worth in them.

Each input has a random stream of its own, seeded by the run's seed and the input's path in the
case. So a scenario that adds or removes an input leaves the others' draws as they were (common
random numbers), and results don't depend on how draws are split into chunks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.quantity import Quantity
from goodoffices.deals.blocks import Branch, Effect
from goodoffices.deals.space import TOLERANCE, Space

__all__ = ["Sample", "Streams", "at_face_value", "branch_values", "joined", "sample"]

ROUNDING = 1.0
"""Exact weights that add up to 100 within so many points are taken as they are written."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A number of draws of a space: `n` draws, `a` actors, `f` flat options, `k` demands."""

    space: Space
    columns: NDArray[np.float64]
    """Shape (n, inputs): the inputs as drawn."""
    values: NDArray[np.float64]
    """Shape (n, f, a): what each option adds to each actor's value, promises at their word."""
    effects: NDArray[np.float64]
    """Shape (n, effects): what each effect adds where its pattern matches, in points."""
    floors: NDArray[np.float64]
    """Shape (n, a): walk-aways that bind; minus infinity where none does."""
    binds: NDArray[np.bool_]
    """Shape (n, k): which demands bind."""

    def __len__(self) -> int:
        return len(self.columns)

    def take(self, rows: NDArray[np.int64]) -> Sample:
        """Return some of the draws."""
        return replace(
            self,
            columns=self.columns[rows],
            values=self.values[rows],
            effects=self.effects[rows],
            floors=self.floors[rows],
            binds=self.binds[rows],
        )

    def lifting(self, demands: Iterable[int]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Return which demands bind (n, k), and the floors (n, a), with some demands lifted."""
        binds, floors = self.binds.copy(), self.floors.copy()
        for k in demands:
            binds[:, k] = False
            if k in self.space.walk_away_of:
                floors[:, self.space.walk_away_of[k]] = -np.inf
        return binds, floors

    def weights(self, actor: int) -> NDArray[np.float64]:
        """Return the actor's weights of the issues as shares, shape (n, issues)."""
        columns = [stake.weight for stake in self.space.stakes[actor]]
        given = [self.space.inputs[c].quantity for c in columns]
        return _weights(given, self.columns[:, columns])

    def worth(self, package: Sequence[int]) -> NDArray[np.float64]:
        """Return the value of a package (option index per issue) to each actor, shape (n, a)."""
        flat = [start + o for start, o in zip(self.space.offsets, package, strict=False)]
        total: NDArray[np.float64] = self.values[:, flat, :].sum(axis=1)
        for e, effect in enumerate(self.space.effects):
            if effect.pattern.matches(package):
                total[:, effect.actor] += self.effects[:, e]
        return total

    def refusals(self, package: Sequence[int]) -> NDArray[np.bool_]:
        """Return which demands the package breaks, binding or not, shape (n, k)."""
        broken = np.zeros(self.binds.shape, dtype=bool)
        for k, patterns in enumerate(self.space.refusals):
            broken[:, k] = any(pattern.matches(package) for pattern in patterns)
        worth = self.worth(package)
        for a, walk_away in enumerate(self.space.walk_aways):
            if walk_away is not None:
                k, column = walk_away
                broken[:, k] = worth[:, a] < self.columns[:, column] - TOLERANCE
        return broken


def joined(parts: Sequence[Sample]) -> Sample:
    """Return the draws of some samples of one space as one sample."""
    return replace(
        parts[0],
        columns=np.concatenate([part.columns for part in parts]),
        values=np.concatenate([part.values for part in parts]),
        effects=np.concatenate([part.effects for part in parts]),
        floors=np.concatenate([part.floors for part in parts]),
        binds=np.concatenate([part.binds for part in parts]),
    )


class Streams:
    """One random stream per input, read in consecutive chunks."""

    def __init__(self, space: Space, seed: int) -> None:
        self._space = space
        self._inputs = [_stream(seed, given.path) for given in space.inputs]
        self._binds = [_stream(seed, f"{key} binds") for key in space.demands]

    def column(self, index: int, n: int) -> NDArray[np.float64]:
        """Return the next n draws of one input."""
        quantity = self._space.inputs[index].quantity
        if not quantity.uncertain:
            return np.full(n, quantity.central)
        return quantity.quantiles(self._inputs[index].random(n))

    def chance(self, demand: int, n: int) -> NDArray[np.float64]:
        """Return the next n uniforms of a demand: it binds where they lie below its firmness."""
        return self._binds[demand].random(n)

    def next(self, n: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return the next n draws: inputs (n, inputs), and which demands bind (n, demands)."""
        columns = np.empty((n, len(self._space.inputs)))
        for c in range(columns.shape[1]):
            columns[:, c] = self.column(c, n)
        binds = np.empty((n, len(self._space.demands)), dtype=bool)
        for k, c in enumerate(self._space.firmness):
            binds[:, k] = self.chance(k, n) < columns[:, c]
        return columns, binds


def _stream(seed: int, path: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(path.encode())])


def sample(space: Space, streams: Streams, n: int) -> Sample:
    """Return the next n draws of a space."""
    return _assemble(space, *streams.next(n))


def at_face_value(space: Space) -> Sample:
    """Return the one draw in which every number has its central value and every demand binds.

    Central: the number itself, the middle of a range, the likely value of a triangle, the median
    of a phrase.
    """
    columns = np.array([[given.quantity.central for given in space.inputs]])
    return _assemble(space, columns, np.ones((1, len(space.demands)), dtype=bool))


def _assemble(space: Space, columns: NDArray[np.float64], binds: NDArray[np.bool_]) -> Sample:
    n, offsets = len(columns), space.offsets
    values = np.zeros((n, offsets[-1], len(space.actors)))
    for a, stakes in enumerate(space.stakes):
        drawn = columns[:, [stake.weight for stake in stakes]]
        weights = _weights([space.inputs[s.weight].quantity for s in stakes], drawn)
        for i, stake in enumerate(stakes):
            worth = columns[:, list(stake.values)] @ stake.mix
            values[:, offsets[i] : offsets[i + 1], a] = weights[:, i, None] * worth
    floors = np.full((n, len(space.actors)), -np.inf)
    for a, walk_away in enumerate(space.walk_aways):
        if walk_away is not None:
            k, column = walk_away
            floors[:, a] = np.where(binds[:, k], columns[:, column], -np.inf)
    effects = np.empty((n, len(space.effects)))
    for e, effect in enumerate(space.effects):
        effects[:, e] = _effect(effect, columns, values)
    return Sample(
        space=space, columns=columns, values=values, effects=effects, floors=floors, binds=binds
    )


def _weights(given: Sequence[Quantity], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weights as shares, shape (n, issues).

    A weight set that is exact is taken as it is written; any other is scaled to add up to 1. An
    unknown weight lies between nothing and what the lower bounds of the others leave of 100.
    """
    if not any(q.uncertain for q in given) and abs(sum(q.low for q in given) - 100) <= ROUNDING:
        return drawn / 100
    left = max(0.0, 100 - sum(q.low for q in given if q.shape != "unknown"))
    unknown = np.array([q.shape == "unknown" for q in given])
    scaled = np.where(unknown, drawn * left / 100, drawn)
    total = scaled.sum(axis=1, keepdims=True)
    # All weights drawn as 0 say nothing about which issue counts: then all count the same.
    return np.where(total > 0, scaled / np.where(total > 0, total, 1), 1 / len(given))


def _effect(
    effect: Effect, columns: NDArray[np.float64], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    if effect.bonus is not None:
        return columns[:, effect.bonus]
    kept = np.prod([columns[:, list(one)].max(axis=1) for one in effect.kept], axis=0)
    doubt: NDArray[np.float64] = values[:, effect.promised, effect.actor] * (kept - 1)
    return doubt


def branch_values(drawn: Sample, branch: Branch) -> NDArray[np.float64]:
    """Return what each cell of a branch adds to each actor's value, shape (n, cells, a)."""
    offsets, space = branch.offsets, drawn.space
    total = np.zeros((len(drawn), offsets[-1], len(space.actors)))
    for b, (block, cells) in enumerate(zip(branch.blocks, branch.cells, strict=True)):
        part = total[:, offsets[b] : offsets[b + 1]]
        for column, issue in enumerate(block):
            part += drawn.values[:, space.offsets[issue] + cells[:, column], :]
    for e, hit in branch.effects:
        total[:, hit, space.effects[e].actor] += drawn.effects[:, e, None]
    return total
