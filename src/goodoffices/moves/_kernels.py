"""Compiled loops of the graph model; import this module only where they are about to run.

Legend: i and k are decision makers, s, t and u states, g a block (see `goodoffices.moves._layout`).
A set of decision makers is a bit mask: bit k stands for decision maker k.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])


class Terrain(NamedTuple):
    """What a flood runs over; `members` and the arcs as in `Layout`, turned as the flood runs."""

    rank: Int32
    block: Int32
    start: Int64
    members: Int32
    arc_start: Int64
    arc_to: Int32


class Owned(NamedTuple):
    """Everybody's own moves, as in `Layout`."""

    block: Int32
    blocks: Int64
    out_start: Int64
    out_to: Int32


class Trace(NamedTuple):
    """What a flood leaves behind."""

    origin: Int32
    """(n,): index of the first seed that reached a state; -1 where none did."""
    via: Int8
    """(n, 2): the one or two decision makers through whose moves a state was entered, or -1."""
    neighbour: Int32
    """(n, 2): the states from which it was entered."""
    entries: Int32
    """2 s + 0 for the first, 2 s + 1 for the second entry of state s, in the order made."""


class Moves(NamedTuple):
    """Moves one by one: those of k from t stand in `to` from start[k n + t] on."""

    start: Int64
    to: Int32


def compiled(function: Function) -> Function:
    """Compile a function on first use, and keep the machine code for the next process."""
    return cast(Function, njit(cache=True, nogil=True)(function))


@compiled
def list_moves(own: Owned, start: Int64, members: Int32) -> Moves:
    """List every move of every decision maker, the states that it leads to ascending."""
    count, n = own.block.shape
    first = np.zeros(count * n + 1, np.int64)
    for a in range(count * n):
        g = own.block[a // n, a % n]
        reached = start[g + 1] - start[g] - 1
        for b in own.out_to[own.out_start[g] : own.out_start[g + 1]]:
            reached += start[b + 1] - start[b]
        first[a + 1] = first[a] + reached
    to = np.empty(first[-1], np.int32)
    for a in range(count * n):
        s, p = a % n, first[a]
        g = own.block[a // n, s]
        for t in members[start[g] : start[g + 1]]:
            if t != s:
                to[p] = t
                p += 1
        for b in own.out_to[own.out_start[g] : own.out_start[g + 1]]:
            for t in members[start[b] : start[b + 1]]:
                to[p] = t
                p += 1
        to[first[a] : p].sort()
    return Moves(first, to)


@compiled
def ascending(value: Int32, classes: int) -> Int32:
    """Return the states in ascending order of their value, which lies in 0..classes-1."""
    slot = np.zeros(classes + 1, np.int64)
    for s in range(value.size):
        slot[value[s] + 1] += 1
    for v in range(classes):
        slot[v + 1] += slot[v]
    order = np.empty(value.size, np.int32)
    for s in range(value.size):
        order[slot[value[s]]] = s
        slot[value[s]] += 1
    return order


@compiled
def sort_members(block: Int32, start: Int64, rank: Int32, classes: int) -> Int32:
    """Return the members of every block in ascending order of the rank of the block's owner."""
    fill = start[:-1].copy()
    members = np.empty(block.size, np.int32)
    for k in range(block.shape[0]):
        for s in ascending(rank[k], classes):
            g = block[k, s]
            members[fill[g]] = s
            fill[g] += 1
    return members


@compiled
def highest_in_reach(k: int, value: Int32, own: Owned) -> Int32:
    """Return, per state, the highest value at the state itself or one move of k away."""
    first = own.blocks[k]
    top = np.full(own.blocks[k + 1] - first, -1, np.int32)
    for s in range(value.size):
        g = own.block[k, s] - first
        top[g] = max(top[g], value[s])
    reach = top.copy()
    for g in range(top.size):
        for a in range(own.out_start[first + g], own.out_start[first + g + 1]):
            reach[g] = max(reach[g], top[own.out_to[a] - first])
    best = np.empty(value.size, np.int32)
    for s in range(value.size):
        best[s] = reach[own.block[k, s] - first]
    return best


@compiled
def flood(seeds: Int32, movers: int, improving: bool, terrain: Terrain) -> Trace:
    """Spread from seeds, one after the other, along legal sequences of moves.

    A state is entered through the decision maker whose move joins it to the sequence built so far;
    the next move must be somebody else's. Two such decision makers bar nobody between them, so a
    state is entered at most twice, and each move is looked at once. Members of a block must be in
    ascending order of rank if `improving`; else the flood may reorder them in place.
    """
    n = terrain.block.shape[1]
    trace = Trace(
        np.full(n, -1, np.int32),
        np.full((n, 2), -1, np.int8),
        np.full((n, 2), -1, np.int32),
        np.empty(2 * n, np.int32),
    )
    swept = np.zeros(n, np.int64)
    pointer = terrain.start[:-1].copy()
    head = tail = 0
    for seed in range(seeds.size):
        t = seeds[seed]
        todo = movers & ~swept[t]
        while True:
            swept[t] |= todo
            k = 0
            while todo != 0:
                if todo & 1:
                    tail = _sweep(k, t, seed, improving, terrain, pointer, trace, tail)
                todo >>= 1
                k += 1
            if head == tail:
                break
            t = trace.entries[head] >> 1
            barred = np.int64(1) << trace.via[t, 0]
            # The first entry leaves its own mover out; the second makes good for that.
            todo = movers & ~swept[t] & (barred if trace.entries[head] & 1 else ~barred)
            head += 1
    return Trace(trace.origin, trace.via, trace.neighbour, trace.entries[:tail].copy())


@compiled
def _sweep(
    k: int,
    t: int,
    seed: int,
    improving: bool,
    terrain: Terrain,
    pointer: Int64,
    trace: Trace,
    tail: int,
) -> int:
    """Enter every state that a move of k joins to t; go on in each block where it was left."""
    own = terrain.block[k, t]
    height = terrain.rank[k, t]
    members = terrain.members
    first = terrain.arc_start[own]
    for a in range(first - 1, terrain.arc_start[own + 1]):
        g = own if a < first else terrain.arc_to[a]
        p = pointer[g]
        end = terrain.start[g + 1]
        while p < end:
            s = members[p]
            if improving:
                if terrain.rank[k, s] >= height:
                    break
            elif s == t:
                # Staying is no move: t waits at the end of its block for another neighbour.
                if p + 1 == end:
                    break
                members[p] = members[end - 1]
                members[end - 1] = t
                continue
            p += 1
            slot = 0
            if trace.via[s, 0] >= 0:
                if trace.via[s, 1] >= 0:
                    continue
                slot = 1
            else:
                trace.origin[s] = seed
            trace.via[s, slot] = k
            trace.neighbour[s, slot] = t
            trace.entries[tail] = 2 * s + slot
            tail += 1
        pointer[g] = p
    return tail


@compiled
def stable_for(
    i: int, credible: bool, symmetric: bool, classes: int, own: Owned, terrain: Terrain
) -> NDArray[np.bool_]:
    """Return where i is GMR, SMR, SEQ or SSEQ stable; the four notions by two switches."""
    rank = terrain.rank[i]
    # The worth of an answer to i, who may yet escape from it under the symmetric notions.
    worth = highest_in_reach(i, rank, own) if symmetric else rank
    order = ascending(worth, classes)
    others = ((np.int64(1) << terrain.rank.shape[0]) - 1) & ~(np.int64(1) << i)
    origin = flood(order, others, credible, terrain).origin
    # What a move of i into a state is worth once the others have done their worst.
    after = rank.copy()
    for s in range(rank.size):
        if origin[s] >= 0:
            after[s] = min(rank[s], worth[order[origin[s]]])
    best = highest_in_reach(i, after, own)
    stable = np.empty(rank.size, np.bool_)
    for s in range(rank.size):
        stable[s] = best[s] <= rank[s]
    return stable


@compiled
def count_steps(start: int, trace: Trace) -> Int32:
    """Return the moves in the shortest legal sequence from start (-1: there is none)."""
    via, neighbour = trace.via, trace.neighbour
    made = np.zeros(via.shape, np.int32)
    steps = np.full(via.shape[0], -1, np.int32)
    for entry in trace.entries:
        t, slot = entry >> 1, entry & 1
        s = neighbour[t, slot]
        before = 0
        if s != start:
            before = made[s, 1 if via[s, 0] == via[t, slot] else 0]
        made[t, slot] = before + 1
        if slot == 0:
            steps[t] = before + 1
    steps[start] = 0
    return steps


@compiled
def answered_at(
    i: int,
    s: int,
    rank: Int32,
    moves: Moves,
    improving: bool,
    symmetric: bool,
    seen: Int64,
    queue: Int32,
) -> bool:
    """Whether others answer every improvement of i from s; the four notions by two switches.

    `seen` (n) and `queue` (4 n) are scratch.
    """
    height = rank[i, s]
    a = i * rank.shape[1] + s
    for s1 in moves.to[moves.start[a] : moves.start[a + 1]]:
        if rank[i, s1] > height and not _answered(
            i, s1, height, rank, moves, improving, symmetric, seen, queue
        ):
            return False
    return True


@compiled
def _answered(
    i: int,
    s1: int,
    height: int,
    rank: Int32,
    moves: Moves,
    improving: bool,
    symmetric: bool,
    seen: Int64,
    queue: Int32,
) -> bool:
    n = rank.shape[1]
    seen[:] = 0
    head = tail = 0
    t, last = s1, -1
    while True:
        for k in range(rank.shape[0]):
            if k in (i, last):
                continue
            for u in moves.to[moves.start[k * n + t] : moves.start[k * n + t + 1]]:
                # Two last movers bar nobody between them: a third adds nothing.
                if (improving and rank[k, u] <= rank[k, t]) or (
                    seen[u] >> k & 1 or seen[u] & (seen[u] - 1)
                ):
                    continue
                seen[u] |= np.int64(1) << k
                if rank[i, u] <= height and not (symmetric and _escapes(i, u, height, rank, moves)):
                    return True
                queue[tail], queue[tail + 1] = u, k
                tail += 2
        if head == tail:
            return False
        t, last = queue[head], queue[head + 1]
        head += 2


@compiled
def _escapes(i: int, u: int, height: int, rank: Int32, moves: Moves) -> bool:
    a = i * rank.shape[1] + u
    # A loop, since compiled code has no generators for any().
    for s3 in moves.to[moves.start[a] : moves.start[a + 1]]:  # noqa: SIM110
        if rank[i, s3] > height:
            return True
    return False


@compiled
def table_of_profiles(
    target: int, rows: Int32, first: Int64, known: Int8, moves: Moves, symmetric: bool
) -> Int8:
    """Return, per profile, 1 where the target is a SEQ (or SSEQ) equilibrium and 0 elsewhere.

    Decision maker k takes the rows from first[k] to first[k + 1] - 1, the last one fastest. `known`
    says per row whether its own decision maker stays in any case (1), in none (0), or neither (-1).
    """
    count, n = first.size - 1, rows.shape[1]
    total = 1
    for k in range(count):
        total *= first[k + 1] - first[k]
    found = np.ones(total, np.int8)
    rank = np.empty((count, n), np.int32)
    seen = np.empty(n, np.int64)
    queue = np.empty(4 * n, np.int32)
    pick = first[:-1].copy()
    for k in range(count):
        rank[k] = rows[first[k]]
    for place in range(total):
        for i in range(count):
            if known[pick[i]] == 0:
                found[place] = 0
        for i in range(count):
            if found[place] and known[pick[i]] < 0:
                found[place] = answered_at(i, target, rank, moves, True, symmetric, seen, queue)
        for k in range(count - 1, -1, -1):
            pick[k] += 1
            if pick[k] == first[k + 1]:
                pick[k] = first[k]
            rank[k] = rows[pick[k]]
            if pick[k] != first[k]:
                break
    return found


@compiled
def stays_per_row(
    i: int, target: int, rows: Int32, count: int, moves: Moves, symmetric: bool
) -> Int8:
    """Return, per row of ranks of i, 1 where the target is GMR (or SMR) stable for i, else 0."""
    n = rows.shape[1]
    rank = np.zeros((count, n), np.int32)
    seen = np.empty(n, np.int64)
    queue = np.empty(4 * n, np.int32)
    found = np.empty(rows.shape[0], np.int8)
    for row in range(rows.shape[0]):
        rank[i] = rows[row]
        found[row] = answered_at(i, target, rank, moves, False, symmetric, seen, queue)
    return found
