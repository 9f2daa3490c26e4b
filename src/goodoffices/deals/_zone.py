"""Compiled kernels: does a package meet every floor, which ones do, and how many.

Letters: n draws, f flat cells of all blocks, p parties (deciders), B blocks; `values[d, f, p]` is
what cell f adds to p's value in draw d, `starts[b]` where block b's cells begin (B + 1 entries).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from goodoffices.deals.answers import NO, UNDECIDED, YES

__all__ = ["count_acceptances", "decide"]

TOL = 1e-9
DUAL_STEPS = 60

F8 = NDArray[np.float64]
I8 = NDArray[np.int64]
B1 = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def _allow(refused: B1, binds: B1, allowed: B1) -> None:
    """Mark the cells that no binding demand refuses; refused (f, k), binds (k,)."""
    for f in range(len(allowed)):
        allowed[f] = True
        for k in range(len(binds)):
            if refused[f, k] and binds[k]:
                allowed[f] = False
                break


@njit(cache=True, nogil=True)
def _bounds(values: F8, allowed: B1, starts: I8, best: F8) -> bool:
    """Fill best[b, p], the most that blocks b, b + 1, ... can add; false if a block is empty."""
    last, parties = len(starts) - 1, values.shape[1]
    best[last] = 0.0
    for b in range(last - 1, -1, -1):
        for p in range(parties):
            most = -np.inf
            for f in range(starts[b], starts[b + 1]):
                if allowed[f] and values[f, p] > most:
                    most = values[f, p]
            if most == -np.inf:
                return False
            best[b, p] = best[b + 1, p] + most
    return True


@njit(cache=True, nogil=True)
def _dual(values: F8, allowed: B1, starts: I8, floors: F8, weights: F8, chosen: I8) -> int:
    """Look for a package by weighing parties; YES with it in `chosen`, NO with a proof, or unsure.

    For any weights w >= 0, max over x of sum_p w_p (u_p(x) - r_p) < 0 proves that no package meets
    every floor. The weights grow for parties below their floor (multiplicative updates).
    """
    last, parties = len(starts) - 1, values.shape[1]
    gains = np.empty(parties)
    weights[:] = 0.0
    for p in range(parties):
        if floors[p] > -np.inf:
            weights[p] = 1.0
    for step in range(DUAL_STEPS):
        total = weights.sum()
        if total == 0.0:
            total = 1.0
        gains[:] = -floors
        for b in range(last):
            top, cell = -np.inf, -1
            for f in range(starts[b], starts[b + 1]):
                if allowed[f]:
                    score = 0.0
                    for p in range(parties):
                        score += weights[p] * values[f, p]
                    if score > top:
                        top, cell = score, f
            chosen[b] = cell - starts[b]
            for p in range(parties):
                gains[p] += values[cell, p]
        bound, least, most = 0.0, 0.0, 1e-300
        for p in range(parties):
            if floors[p] > -np.inf:
                bound += weights[p] * gains[p] / total
                least = min(least, gains[p])
                most = max(most, abs(gains[p]))
        if least >= -TOL:
            return YES
        if bound < -TOL:
            return NO
        rate = 2.0 / (most * np.sqrt(step + 1.0))
        for p in range(parties):
            if floors[p] > -np.inf:
                weights[p] = weights[p] / total * np.exp(-rate * gains[p])
    return UNDECIDED


@njit(cache=True, nogil=True)
def _search(
    values: F8, allowed: B1, starts: I8, floors: F8, weights: F8, best: F8, chosen: I8, limit: int
) -> int:
    """Search depth first, with each party's and the weighted best rest as bounds."""
    last, parties = len(starts) - 1, values.shape[1]
    cells = starts[last]
    score, rest = np.empty(cells), np.zeros(last + 1)
    for f in range(cells):
        score[f] = 0.0
        for p in range(parties):
            score[f] += weights[p] * values[f, p]
    need = 0.0
    for p in range(parties):
        if floors[p] > -np.inf:
            need += weights[p] * floors[p]
    order = np.empty(cells, np.int64)
    for b in range(last - 1, -1, -1):
        lo, hi = starts[b], starts[b + 1]
        order[lo:hi] = lo + np.argsort(-score[lo:hi])
        top = -np.inf
        for f in range(lo, hi):
            if allowed[f] and score[f] > top:
                top = score[f]
        rest[b] = rest[b + 1] + top
    partial, weighed = np.zeros((last + 1, parties)), np.zeros(last + 1)
    at = np.zeros(last, np.int64)
    slack = TOL * max(1.0, weights.sum())
    b, nodes = 0, 0
    while b >= 0:
        if b == last:
            for k in range(last):
                chosen[k] = order[starts[k] + at[k] - 1] - starts[k]
            return YES
        if starts[b] + at[b] >= starts[b + 1]:
            at[b] = 0
            b -= 1
            continue
        f = order[starts[b] + at[b]]
        at[b] += 1
        if weighed[b] + score[f] + rest[b + 1] < need - slack:
            # The cells that follow weigh no more than this one.
            at[b] = starts[b + 1] - starts[b]
            continue
        if not allowed[f]:
            continue
        nodes += 1
        if nodes > limit:
            return UNDECIDED
        fits = True
        for p in range(parties):
            partial[b + 1, p] = partial[b, p] + values[f, p]
            if partial[b + 1, p] + best[b + 1, p] < floors[p] - TOL:
                fits = False
        if fits:
            weighed[b + 1] = weighed[b] + score[f]
            b += 1
    return NO


@njit(cache=True, nogil=True)
def decide(
    values: F8,
    refused: B1,
    binds: B1,
    floors: F8,
    starts: I8,
    rows: I8,
    limit: int,
    answer: I8,
    chosen: I8,
) -> None:
    """Decide for some draws whether a package meets every floor and binding refusal.

    values (n, f, p); refused (f, k); binds (n, k); floors (n, p), minus infinity for none; rows:
    the draws to decide. Writes answer (n,) in {NO, YES, UNDECIDED} and, for YES, the cell of each
    block into chosen (n, B).
    """
    _, cells, parties = values.shape
    blocks = len(starts) - 1
    allowed = np.empty(cells, np.bool_)
    best = np.empty((blocks + 1, parties))
    weights = np.empty(parties)
    for d in rows:
        _allow(refused, binds[d], allowed)
        answer[d] = NO
        if not _bounds(values[d], allowed, starts, best):
            continue
        short = False
        for p in range(parties):
            if best[0, p] < floors[d, p] - TOL:
                short = True
        if short:
            continue
        answer[d] = _dual(values[d], allowed, starts, floors[d], weights, chosen[d])
        if answer[d] == UNDECIDED:
            answer[d] = _search(
                values[d], allowed, starts, floors[d], weights, best, chosen[d], limit
            )


@njit(cache=True, nogil=True)
def count_acceptances(
    values: F8, refused: B1, binds: B1, floors: F8, starts: I8, rows: I8, counts: I8
) -> None:
    """Add to counts[x], for each package x, the number of rows in which every decider accepts it.

    Packages are numbered like the cells of their blocks, the last block running fastest.
    """
    _, cells, parties = values.shape
    blocks = len(starts) - 1
    allowed = np.empty(cells, np.bool_)
    best = np.empty((blocks + 1, parties))
    partial = np.zeros((blocks + 1, parties))
    skip, at, number = np.ones(blocks + 1, np.int64), np.zeros(blocks, np.int64), 0
    for b in range(blocks - 1, -1, -1):
        skip[b] = skip[b + 1] * (starts[b + 1] - starts[b])
    for d in rows:
        _allow(refused, binds[d], allowed)
        if not _bounds(values[d], allowed, starts, best):
            continue
        at[:] = 0
        b, number = 0, 0
        while b >= 0:
            if b == blocks:
                counts[number] += 1
                number += 1
                b -= 1
                continue
            if starts[b] + at[b] >= starts[b + 1]:
                at[b] = 0
                b -= 1
                continue
            f = starts[b] + at[b]
            at[b] += 1
            fits = allowed[f]
            if fits:
                for p in range(parties):
                    partial[b + 1, p] = partial[b, p] + values[d, f, p]
                    if partial[b + 1, p] + best[b + 1, p] < floors[d, p] - TOL:
                        fits = False
            if fits:
                b += 1
            else:
                number += skip[b + 1]
