"""Compiled kernels of the exact frontier; `frontier` explains what they are for.

Keys are values in whole units of the tolerance, held as float64. Every comparison is made on
keys, larger is better, and rows are ordered lexicographically from the largest down.

The maxima of three and more columns are found by divide and conquer (Kung, Luccio, Preparata
1975), here from the bottom up: blocks of sorted rows are pruned, then joined two by two, where
only the rows of the later block can be dominated by those of the earlier one. Nothing calls
itself: compiled functions that do cannot be kept in numba's cache.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Picks = NDArray[np.int32]
Bools = NDArray[np.bool_]

SCALE = 1e9
"""Keys per point: the inverse of the tolerance."""
MOST = np.iinfo(np.int64).max
"""Where counts of tied packages stop growing."""
BLOCK = 32
"""Rows that are pruned pairwise before blocks are joined."""
FEW = 16
"""A side with no more rows than this is compared with each row of the other."""
SAMPLE = 31
"""Rows whose middle value splits a larger set."""
DOUBT = 0.25
"""Keys by which sums of the same terms in another order may differ, at the very most."""


@njit(cache=True, nogil=True)
def precedes(keys: Floats, a: int, b: int) -> bool:
    """Whether row a stands strictly before row b."""
    for c in range(keys.shape[1]):
        if keys[a, c] != keys[b, c]:
            return bool(keys[a, c] > keys[b, c])
    return False


@njit(cache=True, nogil=True)
def covers(keys: Floats, a: int, b: int, axis: int) -> bool:
    """Whether row a is at least row b in every column from axis on."""
    c = axis
    while c < keys.shape[1] and keys[a, c] >= keys[b, c]:
        c += 1
    return bool(c == keys.shape[1])


@njit(cache=True, nogil=True)
def ordered(keys: Floats) -> Ints:
    """Row numbers in order; rows that arrive in a few sorted runs cost little (merge sort)."""
    n = keys.shape[0]
    order, spare = np.arange(n), np.empty(n, np.int64)
    ends = np.zeros(n + 1, np.int64)
    runs = 0
    for i in range(1, n + 1):
        if i == n or precedes(keys, i, i - 1):
            runs += 1
            ends[runs] = i
    while runs > 1:
        merged = 0
        for run in range(0, runs, 2):
            left, middle, high = ends[run], ends[run + 1], ends[min(run + 2, runs)]
            right = middle
            for place in range(left, high):
                if right == high or (
                    left < middle and not precedes(keys, order[right], order[left])
                ):
                    spare[place] = order[left]
                    left += 1
                else:
                    spare[place] = order[right]
                    right += 1
            merged += 1
            ends[merged] = high
        runs = merged
        order, spare = spare, order
    return order


@njit(cache=True, nogil=True)
def groups(keys: Floats, order: Ints) -> Ints:
    """Where each run of equal rows starts in order, and where the last one ends."""
    starts = np.empty(order.size + 1, np.int64)
    count = 0
    for i in range(order.size):
        if i == 0 or precedes(keys, order[i - 1], order[i]):
            starts[count] = i
            count += 1
    starts[count] = order.size
    return starts[: count + 1]


@njit(cache=True, nogil=True)
def pairwise(keys: Floats, above: Ints, below: Ints, axis: int, dead: Bools) -> None:
    """Mark each row of below that some row of above covers from axis on, by comparing all."""
    for b in below:
        for a in above:
            if covers(keys, a, b, axis):
                dead[b] = True
                break


@njit(cache=True, nogil=True)
def sweep(keys: Floats, above: Ints, below: Ints, dead: Bools) -> None:
    """Mark the same in the last two columns; both sides descend in the last but one."""
    last = keys.shape[1] - 1
    best = -np.inf
    seen = 0
    for b in below:
        while seen < above.size and keys[above[seen], last - 1] >= keys[b, last - 1]:
            best = max(best, keys[above[seen], last])
            seen += 1
        if best >= keys[b, last]:
            dead[b] = True


@njit(cache=True, nogil=True)
def pivot(keys: Floats, rows: Ints, axis: int) -> float:
    """A value that some row has in the column axis, near the middle."""
    sample = np.empty(SAMPLE)
    for i in range(SAMPLE):
        sample[i] = keys[rows[i * rows.size // SAMPLE], axis]
    sample.sort()
    return float(sample[SAMPLE // 2])


@njit(cache=True, nogil=True)
def pick(
    keys: Floats, pool: Ints, first: int, end: int, top: int,
    axis: int, low: float, high: float, dead: Bools,
) -> int:  # fmt: skip
    """Copy the live rows of pool[first:end] with low <= key <= high to top; the new top."""
    for i in range(first, end):
        row = pool[i]
        if low <= keys[row, axis] <= high and not dead[row]:
            pool[top] = row
            top += 1
    return top


@njit(cache=True, nogil=True)
def strike(keys: Floats, above: Ints, below: Ints, dead: Bools) -> None:
    """Mark each row of below that some row of above covers in all columns but the first.

    Both sides descend in the last but one column, and each part that is split off keeps that
    order. The pool is a stack: a task's rows lie at its top when the task is taken up.
    """
    last = keys.shape[1] - 1
    pool = np.concatenate((above, below))
    tasks = [(0, above.size, pool.size, 1)]
    while len(tasks) > 0:
        first, middle, end, axis = tasks.pop()
        if min(middle - first, end - middle) <= FEW:
            pairwise(keys, pool[first:middle], pool[middle:end], axis, dead)
        elif axis == last - 1:
            sweep(keys, pool[first:middle], pool[middle:end], dead)
        else:
            split = pivot(keys, pool[first:end], axis)
            # At most two copies of each row are made: one here, one in the columns further on.
            if end + 2 * (end - first) > pool.size:
                pool = np.concatenate((pool[:end], np.empty(4 * (end - first), np.int64)))
            up, down = np.nextafter(split, np.inf), np.nextafter(split, -np.inf)
            top = end
            for low, high, floor, ceiling, further in (
                (split, np.inf, -np.inf, split, axis + 1),
                (up, np.inf, up, np.inf, axis),
                (-np.inf, down, -np.inf, down, axis),
            ):
                start = top
                border = pick(keys, pool, first, middle, start, axis, low, high, dead)
                top = pick(keys, pool, middle, end, border, axis, floor, ceiling, dead)
                tasks.append((start, border, top, further))


@njit(cache=True, nogil=True)
def settle(keys: Floats, first: int, end: int, rows: Ints, dead: Bools) -> int:
    """Prune the rows first..end pairwise into rows[first:], descending in the last but one column.

    Returns where the rows that are left end.
    """
    column = keys.shape[1] - 2
    top = first
    for b in range(first, end):
        for i in range(first, top):
            if covers(keys, rows[i], b, 0):
                dead[b] = True
                break
        if not dead[b]:
            place = top
            while place > first and keys[rows[place - 1], column] < keys[b, column]:
                rows[place] = rows[place - 1]
                place -= 1
            rows[place] = b
            top += 1
    return top


@njit(cache=True, nogil=True)
def weave(keys: Floats, above: Ints, below: Ints, out: Ints, dead: Bools) -> int:
    """Merge above and the live rows of below into out, descending in the last but one column.

    Returns how many there are.
    """
    column = keys.shape[1] - 2
    seen = count = 0
    for b in below:
        if dead[b]:
            continue
        while seen < above.size and keys[above[seen], column] >= keys[b, column]:
            out[count] = above[seen]
            seen += 1
            count += 1
        out[count] = b
        count += 1
    for a in above[seen:]:
        out[count] = a
        count += 1
    return count


@njit(cache=True, nogil=True)
def dominated(keys: Floats) -> Bools:
    """Mark each row that another row covers; rows are in order, and no two are equal."""
    n, d = keys.shape
    dead = np.zeros(n, np.bool_)
    if d == 1:
        dead[1:] = True
        return dead
    if d == 2:
        best = -np.inf
        for i in range(n):
            dead[i] = keys[i, 1] <= best
            best = max(best, keys[i, 1])
        return dead
    rows, spare = np.empty(n, np.int64), np.empty(n, np.int64)
    ends = np.empty(n // BLOCK + 2, np.int64)
    for block, first in enumerate(range(0, n, BLOCK)):
        ends[block] = settle(keys, first, min(first + BLOCK, n), rows, dead)
    width = BLOCK
    while width < n:
        for block, first in enumerate(range(0, n, 2 * width)):
            above = rows[first : ends[2 * block]]
            below = above[:0]
            if first + width < n:
                below = rows[first + width : ends[2 * block + 1]]
            if d == 3:
                sweep(keys, above, below, dead)
            else:
                strike(keys, above, below, dead)
            ends[block] = first + weave(keys, above, below, spare[first:], dead)
        rows, spare = spare, rows
        width *= 2
    return dead


@njit(cache=True, nogil=True)
def undominated(keys: Floats) -> Bools:
    """Mark each row that no other row covers without being equal to it; rows in any order."""
    order = ordered(keys)
    starts = groups(keys, order)
    dead = dominated(keys[order[starts[:-1]]])
    kept = np.zeros(keys.shape[0], np.bool_)
    for group in range(dead.size):
        for i in range(starts[group], starts[group + 1]):
            kept[order[i]] = not dead[group]
    return kept


@njit(cache=True, nogil=True)
def sums(a: Floats, b: Floats, rest: Floats, needed: Floats, slack: float) -> tuple[Floats, Ints]:
    """Keys of all sums of a row of a and a row of b that with the rest reach what is needed.

    Also where each comes from: row of b times the rows of a, plus row of a. As a is in order,
    so are the sums with each row of b.
    """
    n, d = a.shape
    keys, source = np.empty((n * b.shape[0], d)), np.empty(n * b.shape[0], np.int64)
    count = 0
    for j in range(b.shape[0]):
        for i in range(n):
            enough = True
            for c in range(d):
                value = a[i, c] + b[j, c]
                keys[count, c] = np.rint(value * SCALE)
                if np.rint((value + rest[c]) * SCALE + slack) < needed[c]:
                    enough = False
                    break
            if enough:
                source[count] = j * n + i
                count += 1
    return keys[:count], source[:count]


@njit(cache=True, nogil=True)
def earlier(a: Picks, b: Picks, one: int, other: int) -> bool:
    """Whether source one names a lexicographically smaller package than source other."""
    n = a.shape[0]
    for c in range(a.shape[1]):
        first = a[one % n, c] + b[one // n, c]
        second = a[other % n, c] + b[other // n, c]
        if first != second:
            return bool(first < second)
    return False


@njit(cache=True, nogil=True)
def joined(
    a: Floats, a_packages: Picks, a_ties: Ints, b: Floats, b_packages: Picks, b_ties: Ints,
    rest: Floats, needed: Floats, slack: float,
) -> tuple[Floats, Picks, Ints]:  # fmt: skip
    """The frontier of the sums of two frontiers over different blocks: values, packages, ties.

    A package holds zeros for the blocks that it doesn't decide, so that packages add up too.
    """
    n = a.shape[0]
    keys, source = sums(a, b, rest, needed, slack)
    order = ordered(keys)
    starts = groups(keys, order)
    dead = dominated(keys[order[starts[:-1]]])
    left = dead.size - dead.sum()
    values = np.empty((left, a.shape[1]))
    packages = np.empty((left, a_packages.shape[1]), np.int32)
    ties = np.zeros(left, np.int64)
    point = 0
    for group in range(dead.size):
        if dead[group]:
            continue
        best = source[order[starts[group]]]
        for i in range(starts[group], starts[group + 1]):
            one = source[order[i]]
            if earlier(a_packages, b_packages, one, best):
                best = one
            x, y = a_ties[one % n], b_ties[one // n]
            more = x * y if x <= MOST // y else MOST
            ties[point] = ties[point] + more if ties[point] <= MOST - more else MOST
        values[point] = a[best % n] + b[best // n]
        packages[point] = a_packages[best % n] + b_packages[best // n]
        point += 1
    return values, packages, ties


@njit(cache=True, nogil=True)
def reach(values: Floats, rest: Floats, needed: Floats, slack: float) -> bool:
    """Whether the keys of values plus rest, with this much slack, are at least what is needed."""
    for c in range(values.size):
        if np.rint((values[c] + rest[c]) * SCALE + slack) < needed[c]:
            return False
    return True


@njit(cache=True, nogil=True)
def tally(
    rows: Floats, first: Ints, best: Floats, worst: Floats, needed: Floats, limit: int
) -> tuple[Ints, Ints]:
    """Count, for each depth, the partial packages that are accepted, and those left open.

    Block b has the rows first[b] to first[b + 1]; best[b] and worst[b] are what blocks b and
    later add at most and at least. A partial package of depth b is accepted if it reaches what
    is needed even with the worst rest, and not followed further if not even the best rest does.
    After limit partial packages, those not yet looked at are left open.
    """
    blocks = first.size - 1
    accepted, opened = np.zeros(blocks + 1, np.int64), np.zeros(blocks + 1, np.int64)
    partial = np.zeros((blocks + 1, needed.size))
    following = first.copy()
    depth = 0
    while depth >= 0:
        row = following[depth]
        if row == first[depth + 1]:
            following[depth] = first[depth]
            depth -= 1
            continue
        if limit == 0:
            break
        limit -= 1
        following[depth] += 1
        below = depth + 1
        for c in range(needed.size):
            partial[below, c] = partial[depth, c] + rows[row, c]
        # Only whole packages decide where a sum's last digits, which depend on its order, matter.
        doubt = 0.0 if below == blocks else DOUBT
        if reach(partial[below], worst[below], needed, -doubt):
            accepted[below] += 1
        elif below < blocks and reach(partial[below], best[below], needed, doubt):
            depth = below
    for level in range(depth + 1):
        opened[level + 1] = first[level + 1] - following[level]
    return accepted, opened
