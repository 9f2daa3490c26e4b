"""Statements put together by the first that fits, without looking at each pair of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from goodoffices.reading.similar import Alike

__all__ = ["Item", "grouped"]

_Mark = TypeVar("_Mark", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Item(Generic[_Mark]):
    """Something to be put together with what is like it."""

    block: Hashable
    """Only what is equal in this can come together."""
    words: frozenset[str]
    """Content words; without any it stays alone."""
    mark: _Mark
    """All that decides, besides, whether two fit."""


def grouped(
    items: Sequence[Item[_Mark]], least: float, fits: Callable[[_Mark, _Mark], bool]
) -> list[int]:
    """Return for each item its group: the first that holds one like it, and all of which fit it.

    Groups are numbered in the order in which they begin. Equal words are compared once, and equal
    marks too, so that a thousand copies of one report cost no more than their number.
    """
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        places[item.block].append(place)
    leader = list(range(len(items)))
    for block in places.values():
        for place, first in zip(block, _within(items, block, least, fits), strict=True):
            leader[place] = first
    number: dict[int, int] = {}
    return [number.setdefault(first, len(number)) for first in leader]


def _within(
    items: Sequence[Item[_Mark]],
    block: Sequence[int],
    least: float,
    fits: Callable[[_Mark, _Mark], bool],
) -> list[int]:
    """Return for each item of a block the first item of its group."""
    wordings = list(dict.fromkeys(items[place].words for place in block))
    alike = Alike(wordings, least)
    near: dict[frozenset[str], list[int]] = {}
    holding: defaultdict[int, dict[int, None]] = defaultdict(dict)
    numbers = {words: number for number, words in enumerate(wordings)}
    marks: dict[int, set[_Mark]] = {}
    found = []
    for place in block:
        words, mark = items[place].words, items[place].mark
        if words not in near:
            near[words] = alike.to(words)
        firsts = sorted({first for number in near[words] for first in holding[number]})
        chosen = next(
            (first for first in firsts if all(fits(mark, other) for other in marks[first])), place
        )
        marks.setdefault(chosen, set()).add(mark)
        if words:
            holding[numbers[words]][chosen] = None
        found.append(chosen)
    return found
