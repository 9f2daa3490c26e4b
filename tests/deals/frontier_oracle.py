"""The frontier and the count by looking at every package: plain, slow, and obviously right."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

Table = Sequence[Sequence[float]]
Package = tuple[int, ...]
Key = tuple[int, ...]


def packages(tables: Sequence[Table]) -> Iterator[Package]:
    return itertools.product(*(range(len(table)) for table in tables))


def value(tables: Sequence[Table], package: Package) -> tuple[float, ...]:
    rows = [table[option] for table, option in zip(tables, package, strict=True)]
    return tuple(math.fsum(column) for column in zip(*rows, strict=True))


def key(values: Sequence[float]) -> Key:
    """Values in whole units of 1e-9 points; Python rounds halves to even, as numpy does."""
    return tuple(round(v * 1e9) for v in values)


def meets(values: Sequence[float], floors: Sequence[float] | None) -> bool:
    if floors is None:
        return True
    return all(
        floor == -math.inf or (floor != math.inf and key([v]) >= key([floor]))
        for v, floor in zip(values, floors, strict=True)
    )


def dominates(one: Sequence[float], other: Sequence[float]) -> bool:
    pairs = list(zip(one, other, strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def frontier(
    tables: Sequence[Table], floors: Sequence[float] | None = None
) -> dict[Key, list[Package]]:
    """Each undominated vector of keys with all packages that have it, both in order."""
    found: dict[Key, list[Package]] = defaultdict(list)
    for package in packages(tables):
        values = value(tables, package)
        if meets(values, floors):
            found[key(values)].append(package)
    best = [one for one in found if not any(dominates(other, one) for other in found)]
    return {one: found[one] for one in sorted(best, reverse=True)}


def count(tables: Sequence[Table], floors: Sequence[float]) -> int:
    return sum(meets(value(tables, package), floors) for package in packages(tables))
