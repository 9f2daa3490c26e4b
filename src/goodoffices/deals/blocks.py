"""Issues that are tied together, merged into blocks; and branches where a block is too large."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.errors import ModelError

__all__ = ["MOST_BRANCHES", "MOST_CELLS", "MOST_JOINT", "Branch", "Effect", "Pattern", "split"]

MOST_CELLS = 2_000
"""A merged block has at most so many joint options; beyond, the engine conditions."""
MOST_BRANCHES = 1_000
"""Conditioning makes at most so many branches."""
MOST_JOINT = 200_000
"""All branches together have at most so many cells: every draw looks at each of them."""

Allowed = Sequence[tuple[int, ...]]
Blocks = tuple[tuple[int, ...], ...]
Picks = tuple[tuple[int, frozenset[int]], ...]
"""Pairs of issue index and option indices."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """For some issues, some of their options; a package matches if it takes one of each."""

    picks: Picks

    def matches(self, package: Sequence[int]) -> bool:
        """Whether a package (option index per issue) takes one of the options of each issue."""
        return all(package[issue] in options for issue, options in self.picks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What a pattern adds to an actor's value: a bonus, or the doubt about a promise."""

    pattern: Pattern
    actor: int
    bonus: int | None = None
    """Input column of a bonus."""
    promised: int | None = None
    """Flat option whose value is worth only P(kept) of its face value."""
    kept: tuple[tuple[int, ...], ...] = ()
    """Per promise, input columns of P(kept); the largest of a promise counts, since a guarantee
    never lowers trust, and all the promises must be kept."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """Blocks of issues, free of each other, for some of the options of the conditioned issues."""

    blocks: tuple[tuple[int, ...], ...]
    cells: tuple[NDArray[np.int64], ...]
    """For each block, shape (cells, issues of the block): option indices."""
    refused: NDArray[np.bool_]
    """Shape (cells of all blocks, demands): which demands refuse a cell."""
    effects: tuple[tuple[int, NDArray[np.int64]], ...]
    """Effect index and the flat cells it applies to."""

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where each block's cells start in the flat list; one more entry for the end."""
        return np.cumsum([0, *(len(c) for c in self.cells)]).astype(np.int64)

    @property
    def packages(self) -> int:
        """Number of packages that no linkage forbids."""
        return math.prod(len(c) for c in self.cells)

    def package(self, chosen: Iterable[int]) -> tuple[int, ...]:
        """Return the option index per issue of one cell (counted within its block) per block."""
        options: dict[int, int] = {}
        for block, cells, cell in zip(self.blocks, self.cells, chosen, strict=True):
            options.update(zip(block, map(int, cells[int(cell)]), strict=True))
        return tuple(options[issue] for issue in sorted(options))


def split(
    options: tuple[tuple[str, ...], ...],
    ties: Sequence[Pattern],
    forbidden: Sequence[Pattern],
    refusals: Sequence[Sequence[Pattern]],
    effects: Sequence[Effect],
) -> tuple[Branch, ...]:
    """Return the branches of a space: merge tied issues, and condition where a block is too large.

    `options` per issue, `ties` all patterns over several issues, `refusals` per demand. Raises
    `ModelError` past `MOST_BRANCHES` or `MOST_JOINT`.
    """
    allowed = [tuple(range(len(o))) for o in options]
    branches = [
        _branch(part, blocks, forbidden, refusals, effects)
        for part, blocks in _condition(allowed, ties)
    ]
    # Where all are empty, one stays, to say so.
    return tuple(branch for branch in branches if branch.packages) or tuple(branches[:1])


def _condition(allowed: Allowed, ties: Sequence[Pattern]) -> list[tuple[Allowed, Blocks]]:
    """Split into branches until no block of tied issues has too many joint options.

    A branch takes one *class* of a conditioned issue's options: those that every tie treats alike,
    so that within the branch nothing ties the issue any more.
    """
    done: list[tuple[Allowed, Blocks]] = []
    waiting: list[Allowed] = [allowed]
    cells = 0
    while waiting:
        current = waiting.pop()
        live = [tied for pattern in ties if len(tied := _partly(pattern, current) or ()) > 1]
        blocks = _grouped(range(len(current)), live)
        large = [b for b in blocks if len(b) > 1 and _joint(b, current) > MOST_CELLS]
        if large:
            pivot, classes = _pivot(large[0], live, current)
            waiting += [[*current[:pivot], some, *current[pivot + 1 :]] for some in classes]
        else:
            done.append((current, blocks))
            cells += sum(_joint(block, current) for block in blocks)
        if len(waiting) + len(done) > MOST_BRANCHES or cells > MOST_JOINT:
            raise ModelError(
                "linkages, guarantees and red lines tie too many options together; "
                "take fewer options or a coarser step for the issues that they tie"
            )
    return done[::-1]


def _partly(pattern: Pattern, allowed: Allowed) -> Picks | None:
    """Return the picks that some allowed options match and others don't; None if none can."""
    if any(options.isdisjoint(allowed[i]) for i, options in pattern.picks):
        return None
    return tuple((i, options) for i, options in pattern.picks if not options.issuperset(allowed[i]))


def _grouped(issues: Iterable[int], live: Iterable[Picks]) -> Blocks:
    """Return the issues in groups that the live picks tie together."""
    root = {issue: issue for issue in issues}

    def find(issue: int) -> int:
        while root[issue] != issue:
            issue = root[issue]
        return issue

    for picks in live:
        tied = [i for i, _ in picks if i in root]
        for i in tied:
            root[find(i)] = find(tied[0])
    groups: dict[int, list[int]] = {}
    for issue in root:
        groups.setdefault(find(issue), []).append(issue)
    return tuple(tuple(group) for group in groups.values())


def _joint(block: Iterable[int], allowed: Allowed) -> int:
    return math.prod(len(allowed[i]) for i in block)


def _pivot(
    block: tuple[int, ...], live: Sequence[Picks], allowed: Allowed
) -> tuple[int, list[tuple[int, ...]]]:
    """Return the issue that leaves the fewest cells once it is fixed, and its classes."""
    mine = [picks for picks in live if picks[0][0] in block]
    found = []
    for issue in block:
        sides = [options for picks in mine for i, options in picks if i == issue]
        classes: dict[tuple[bool, ...], list[int]] = {}
        for o in allowed[issue]:
            classes.setdefault(tuple(o in options for options in sides), []).append(o)
        rest = _grouped((i for i in block if i != issue), mine)
        cost = len(classes) * sum(_joint(group, allowed) for group in rest)
        found.append((cost, issue, [tuple(some) for some in classes.values()]))
    _, pivot, parts = min(found)
    return pivot, parts


def _branch(
    allowed: Allowed,
    blocks: Blocks,
    forbidden: Sequence[Pattern],
    refusals: Sequence[Sequence[Pattern]],
    effects: Sequence[Effect],
) -> Branch:
    every = [np.array(list(itertools.product(*(allowed[i] for i in b))), np.int64) for b in blocks]
    cells = []
    for b, block in enumerate(blocks):
        out = np.zeros(len(every[b]), dtype=bool)
        for pattern in forbidden:
            out |= _match(pattern, block, every[b], allowed)
        cells.append(every[b][~out])
    refused = np.zeros((sum(map(len, cells)), len(refusals)), dtype=bool)
    starts = np.cumsum([0, *map(len, cells)])
    for (b, block), (k, patterns) in itertools.product(enumerate(blocks), enumerate(refusals)):
        for pattern in patterns:
            hit = _match(pattern, block, cells[b], allowed)
            refused[starts[b] : starts[b + 1], k] |= hit
    placed = []
    for e, effect in enumerate(effects):
        for b, block in enumerate(blocks):
            hit = _match(effect.pattern, block, cells[b], allowed)
            if hit.any():
                placed.append((e, starts[b] + np.flatnonzero(hit)))
    return Branch(blocks=blocks, cells=tuple(cells), refused=refused, effects=tuple(placed))


def _match(
    pattern: Pattern, block: tuple[int, ...], cells: NDArray[np.int64], allowed: Allowed
) -> NDArray[np.bool_]:
    """Return which cells of a block match a pattern, if this block is the one to judge it.

    Picks that all allowed options match drop out; what remains lies in one block. A pattern of
    which nothing remains is judged by the block of its first issue.
    """
    live = _partly(pattern, allowed)
    if live is None or (live or pattern.picks)[0][0] not in block:
        return np.zeros(len(cells), dtype=bool)
    hit = np.ones(len(cells), dtype=bool)
    for i, options in live:
        hit &= np.isin(cells[:, block.index(i)], sorted(options))
    return hit
