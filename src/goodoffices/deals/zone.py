"""The zone: does a package exist that everyone who must accept would accept, draw by draw.

One survey of the draws answers three questions at once: is there a zone, would lifting one demand
open it, and would lowering one walk-away. A draw is decided exactly: by a package, by a proof that
none exists (the parties' best cases, weighed against each other), or by a depth-first search whose
bounds are both. Where the search passes its limit the exact frontier decides, while that is
affordable; what is left open is counted as undecided and widens every interval.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.answers import NO, UNDECIDED, YES
from goodoffices.deals.blocks import Branch
from goodoffices.deals.draws import Sample, Streams, branch_values, sample
from goodoffices.deals.frontier import frontier
from goodoffices.deals.space import Space

__all__ = [
    "CHUNK",
    "STEPS",
    "Decider",
    "Progress",
    "Survey",
    "decided",
    "fitting",
    "patient",
    "samples",
    "survey",
]

CHUNK = 500
"""Draws per chunk: enough for the kernels to run long, few enough to stay small in memory."""
FLOATS = 2_000_000
"""A chunk holds about so many numbers; a space with very many cells takes shorter ones."""
NODES = 200_000
"""The depth-first search looks at so many partial packages of one draw before it gives up."""
HASTE = 10
"""For the many questions of the ladder it looks at so many times fewer."""
RESCUES = 40
"""About so many questions of a survey are handed to the frontier when the search gave up."""
POINTS = (200_000, 200_000, 200_000, 60_000, 20_000)
"""Budget of a rescue, for 1, 2, ... parties with a floor. With more of them a frontier is too
large to decide anything."""
STEPS = (5.0, 10.0, 20.0)
"""By how many points walk-aways are lowered on the ladder."""

Progress = Callable[[int, int], None]
"""Called with draws done and draws in all."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What a number of draws say about the zone: `n` draws, `k` demands, `a` actors."""

    space: Space
    draws: int
    seed: int
    answer: NDArray[np.int64]
    """Shape (n,): NO, YES or UNDECIDED."""
    witness: NDArray[np.int16]
    """Shape (n, issues): a package that all accept in the draw, where there is one; else -1."""
    lifted: NDArray[np.int8]
    """Shape (n, k): the answer with this demand lifted."""
    lowered: NDArray[np.int8]
    """Shape (n, a, steps): the answer with this walk-away lowered by a step."""

    @property
    def open(self) -> NDArray[np.bool_]:
        """Draws with a zone."""
        return np.asarray(self.answer == YES)

    @property
    def undecided(self) -> int:
        """Number of draws that neither the search nor the frontier decided."""
        return int((self.answer == UNDECIDED).sum())


def samples(space: Space, draws: int, seed: int) -> Iterator[Sample]:
    """Yield the draws of a space in chunks; the same seed yields the same draws."""
    streams = Streams(space, seed)
    chunk = min(CHUNK, fitting(space))
    for start in range(0, draws, chunk):
        yield sample(space, streams, min(chunk, draws - start))


def fitting(space: Space) -> int:
    """Return how many draws are held at once without taking too much memory."""
    cells = sum(int(branch.offsets[-1]) for branch in space.branches)
    values = (space.offsets[-1] + cells) * len(space.actors)
    return max(1, FLOATS // (len(space.inputs) + len(space.effects) + values))


def survey(
    space: Space, draws: int, seed: int, *, ladder: bool = True, progress: Progress | None = None
) -> Survey:
    """Decide every draw, and with `ladder` also what lifting or lowering one demand would open."""
    parts: list[Survey] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting: list[Future[Survey]] = []

        def collect(most: int) -> None:
            while len(waiting) > most:
                parts.append(waiting.pop(0).result())
                if progress is not None:
                    progress(sum(len(part.answer) for part in parts), draws)

        for drawn in samples(space, draws, seed):
            # Shared out in advance: then no answer depends on which thread is faster.
            rescues = math.ceil(RESCUES * len(drawn) / draws)
            waiting.append(pool.submit(_survey_chunk, drawn, seed, ladder, rescues))
            collect(3)
        collect(0)
    return Survey(
        space=space,
        draws=draws,
        seed=seed,
        answer=np.concatenate([part.answer for part in parts]),
        witness=np.concatenate([part.witness for part in parts]),
        lifted=np.concatenate([part.lifted for part in parts]),
        lowered=np.concatenate([part.lowered for part in parts]),
    )


def _survey_chunk(drawn: Sample, seed: int, ladder: bool, rescues: int) -> Survey:
    space, n = drawn.space, len(drawn)
    chunk = Decider(drawn, limit=NODES, rescues=rescues)
    answer, witness = chunk.decide(np.arange(n), drawn.binds, drawn.floors)
    small = answer.astype(np.int8)
    lifted = np.repeat(small[:, None], len(space.demands), axis=1)
    lowered = np.tile(small[:, None, None], (1, len(space.actors), len(STEPS)))
    chunk.limit = NODES // HASTE
    for k in space.blocking if ladder else ():
        rows = np.flatnonzero((answer == NO) & drawn.binds[:, k])
        binds, floors = drawn.lifting([k])
        lifted[rows, k] = chunk.decide(rows, binds, floors)[0][rows]
        # What even lifting the walk-away does not open, lowering it does not open either.
        rows = rows[lifted[rows, k] != NO]
        owner = space.walk_away_of.get(k)
        for s, step in enumerate(STEPS) if owner is not None else ():
            floors[:, owner] = drawn.floors[:, owner] - step
            lowered[rows, owner, s] = chunk.decide(rows, drawn.binds, floors)[0][rows]
    return Survey(
        space=space,
        draws=n,
        seed=seed,
        answer=answer,
        witness=witness,
        lifted=lifted,
        lowered=lowered,
    )


class Decider:
    """Decides the draws of a sample, under any set of binding demands and floors."""

    def __init__(self, drawn: Sample, *, limit: int, rescues: int) -> None:
        self._space, self.limit, self._rescues = drawn.space, limit, rescues
        deciders = drawn.space.deciders
        blocking = np.array(drawn.space.blocking, dtype=np.int64)
        self._blocking = blocking
        self._branches: list[tuple[Branch, NDArray[np.float64], NDArray[np.bool_]]] = [
            (
                branch,
                np.ascontiguousarray(branch_values(drawn, branch)[:, :, :deciders]),
                np.ascontiguousarray(branch.refused[:, blocking]),
            )
            for branch in drawn.space.branches
        ]

    def decide(
        self, rows: NDArray[np.int64], binds: NDArray[np.bool_], floors: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
        """Return the answer for some rows, shape (n,), and witnesses, shape (n, issues).

        Rows that were not asked for are NO.
        """
        answer = np.full(len(binds), NO)
        witness = np.full((len(binds), len(self._space.issues)), -1, dtype=np.int16)
        binding = np.ascontiguousarray(binds[:, self._blocking])
        bars = np.ascontiguousarray(floors[:, : self._space.deciders])
        # Imported late: the compiler takes longer to load than most commands need.
        from goodoffices.deals._zone import decide

        for branch, values, refused in self._branches:
            rows = rows[answer[rows] != YES]
            found = np.full(len(binds), NO)
            chosen = np.zeros((len(binds), len(branch.blocks)), dtype=np.int64)
            decide(values, refused, binding, bars, branch.offsets, rows, self.limit, found, chosen)
            for d in rows[found[rows] == UNDECIDED]:
                refusing = refused[:, binding[d]]
                found[d] = self._rescue(branch, values[d], refusing, bars[d], chosen[d])
            for d in rows[found[rows] == YES]:
                witness[d] = branch.package(chosen[d])
            answer[rows] = np.maximum(answer[rows], found[rows])
        return answer, witness

    def _rescue(
        self,
        branch: Branch,
        values: NDArray[np.float64],
        refused: NDArray[np.bool_],
        floors: NDArray[np.float64],
        chosen: NDArray[np.int64],
    ) -> int:
        """Decide one draw by its exact frontier, while rescues last."""
        axes = np.flatnonzero(floors > -np.inf)
        if self._rescues == 0 or len(axes) > len(POINTS):
            return UNDECIDED
        self._rescues -= 1
        blocks = list(itertools.pairwise(branch.offsets))
        is_open = np.logical_not(refused.any(axis=1))
        found = frontier(
            [values[lo:hi, axes] for lo, hi in blocks],
            floors=floors[axes],
            allowed=[is_open[lo:hi] for lo, hi in blocks],
            budget=POINTS[len(axes) - 1],
        )
        if len(found):
            chosen[:] = found.packages[0]
            return YES
        return NO if found.complete else UNDECIDED


def patient(drawn: Sample) -> Decider:
    """Return a decider that looks longer at each question, for the one draw at face value."""
    return Decider(drawn, limit=5 * NODES, rescues=RESCUES)


def decided(
    drawn: Sample, lifted: Iterable[int] = (), decider: Decider | None = None
) -> tuple[int, tuple[int, ...] | None]:
    """Decide the first draw of a sample with some demands lifted; return answer and a package."""
    binds, floors = drawn.lifting(lifted)
    answer, witness = (decider or patient(drawn)).decide(np.arange(1), binds, floors)
    package = tuple(map(int, witness[0])) if answer[0] == YES else None
    return int(answer[0]), package
