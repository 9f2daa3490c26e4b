"""How moves are stored: blocks of states, and arcs between blocks, as flat arrays.

A block of a decision maker is a set of states among which it may move at will. Arcs lead from every
state of one block to every state of another. Moves given one by one make blocks of one state each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from goodoffices.moves._kernels import Moves

__all__ = ["Layout", "lay_arcs", "lay_options", "runs", "single_moves"]

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Layout(NamedTuple):
    """All moves of N decision makers over n states, in B blocks numbered through."""

    block: Int32
    """(N, n): the block of each decision maker in which a state lies."""
    blocks: Int64
    """(N + 1,): decision maker k has the blocks from blocks[k] to blocks[k + 1] - 1."""
    start: Int64
    """(B + 1,): where the members of each block start."""
    members: Int32
    """(N n,): states, block after block."""
    out_start: Int64
    """(B + 1,): where the arcs out of each block start."""
    out_to: Int32
    """The blocks that arcs lead to."""
    in_start: Int64
    """(B + 1,): where the arcs into each block start."""
    in_from: Int32
    """The blocks that arcs come from."""


class _Part(NamedTuple):
    """The blocks of one decision maker, numbered from 0, and the arcs between them."""

    block: Int64
    size: Int64
    source: Int64
    target: Int64


def lay_options(states: Int64, masks: Sequence[tuple[int, int, int]]) -> Layout:
    """Lay out the moves over bit patterns; masks are (both ways, only on, only off) per owner."""
    return _join([_option_part(states, *mask) for mask in masks])


def lay_arcs(n: int, arcs: Sequence[tuple[Int64, Int64]]) -> Layout:
    """Lay out moves given as sources and targets per decision maker, each once, no loops."""
    block, size = np.arange(n, dtype=np.int64), np.ones(n, np.int64)
    return _join([_Part(block, size, source, target) for source, target in arcs])


def single_moves(lay: Layout) -> Moves:
    """Return every single move, per decision maker and state."""
    from goodoffices.moves import _kernels as kernels

    own = kernels.Owned(lay.block, lay.blocks, lay.out_start, lay.out_to)
    return kernels.list_moves(own, lay.start, lay.members)


def runs(lengths: Int64) -> Int64:
    """Return where runs of these lengths start, with the end of the last one."""
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _option_part(states: Int64, free: int, on: int, off: int) -> _Part:
    keys, block, size = np.unique(states & ~free, return_inverse=True, return_counts=True)
    sources, targets = [], []
    # Blocks that differ only in one-way options lie side by side when sorted by the rest.
    rest = keys & ~(on | off)
    order = np.lexsort((keys, rest))
    keys_, rest_ = keys[order], rest[order]
    for gap in range(1, keys.size if on | off else 0):
        near = np.flatnonzero(rest_[gap:] == rest_[:-gap])
        if near.size == 0:
            break
        for a, b in ((near, near + gap), (near + gap, near)):
            gained, lost = keys_[b] & ~keys_[a], keys_[a] & ~keys_[b]
            fine = ((gained & ~on) == 0) & ((lost & ~off) == 0)
            sources.append(order[a[fine]])
            targets.append(order[b[fine]])
    empty = np.empty(0, np.int64)
    return _Part(
        block.reshape(-1),
        size,
        np.concatenate([empty, *sources]),
        np.concatenate([empty, *targets]),
    )


def _join(parts: list[_Part]) -> Layout:
    blocks = runs(np.array([part.size.size for part in parts], np.int64))
    shifts = blocks[:-1]
    total = int(blocks[-1])
    block = np.stack([part.block + shift for part, shift in zip(parts, shifts, strict=True)])
    members = np.concatenate([np.argsort(part.block, kind="stable") for part in parts])
    source = np.concatenate([p.source + shift for p, shift in zip(parts, shifts, strict=True)])
    target = np.concatenate([p.target + shift for p, shift in zip(parts, shifts, strict=True)])
    out_start, out_to = _grouped(source, target, total)
    in_start, in_from = _grouped(target, source, total)
    layout = Layout(
        block=block.astype(np.int32),
        blocks=blocks,
        start=runs(np.concatenate([part.size for part in parts])),
        members=members.astype(np.int32),
        out_start=out_start,
        out_to=out_to,
        in_start=in_start,
        in_from=in_from,
    )
    for array in layout:
        array.setflags(write=False)
    return layout


def _grouped(key: Int64, value: Int64, groups: int) -> tuple[Int64, Int32]:
    order = np.argsort(key, kind="stable")
    return runs(np.bincount(key, minlength=groups)), value[order].astype(np.int32)
