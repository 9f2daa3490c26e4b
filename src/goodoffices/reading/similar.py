"""Texts that say nearly the same: exact, and without comparing each with each."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

__all__ = ["Alike", "content", "shingles", "similar_pairs", "similarity"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMON_WORDS = """
    a about after again all also am an and any are as at be because been before being between
    both but by can could did do does during each for from further had has have having he her here
    hers him his how i if in into is it its itself just may me might more most must my of off on
    once only or other our out over own same said say says she should so some such than that the
    their them then there these they this those through to too under until up very was we were what
    when where which while who whom why will with within without would you your"""
_COMMON = frozenset(_COMMON_WORDS.split())
_DENIALS = "no not never nor neither none cannot n't deny denies denied denying"
_NEGATIONS = frozenset(_DENIALS.split())
_ENDINGS = ("ings", "ing", "edly", "ed", "es", "s")
_SHORTEST_STEM = 4
_place = itemgetter(0)


def content(text: str) -> frozenset[str]:
    """Return the words that carry a text: no numbers, no negations, endings cut off.

    >>> sorted(content("The 14 troops will not be leaving the corridors"))
    ['corridor', 'leav', 'troop']
    """
    return frozenset(filter(None, map(_carried, _WORD.findall(text))))


def shingles(text: str, size: int = 3) -> frozenset[str]:
    """Return every run of so many words that stand side by side.

    >>> sorted(shingles("We will not leave."))
    ['we will not', 'will not leave']
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    return frozenset(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets: shared members over all; 0 where both are empty.

    >>> similarity(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    shared = len(one & other)
    every = len(one) + len(other) - shared
    return shared / every if every else 0.0


def similar_pairs(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int]]:
    """Yield each pair of places, lower first, whose sets are at least so similar (above 0, to 1).

    Exact, and without comparing each with each: see `Alike`.
    """
    alike = Alike(sets, least)
    for place, members in enumerate(sets):
        for other in alike.to(members, after=place):
            yield place, other


class Alike:
    """Sets to which others are compared, exactly, without looking at each of them.

    Members are ordered by how rare they are. Two sets that share enough must share one of their
    rarest (prefix filtering: Chaudhuri, Ganti, Kaushik 2006), and enough must follow the first
    that they share (positional filtering: Xiao, Wang, Lin, Yu 2008).
    """

    def __init__(self, sets: Sequence[frozenset[str]], least: float) -> None:
        self.sets, self.least = sets, least
        self._counts = Counter(member for members in sets for member in members)
        self._holding: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for place, members in enumerate(sets):
            for at, member in enumerate(self._rarest(members)):
                left = len(members) - at
                self._holding[member].append((place, left, len(members)))

    def to(self, members: frozenset[str], after: int = -1) -> list[int]:
        """Return the places of the sets that are at least so similar, in order."""
        share, size = self.least / (1 + self.least), len(members)
        found: list[int] = []
        seen: set[int] = set()
        for at, member in enumerate(self._rarest(members)):
            holding = self._holding.get(member, [])
            left = size - at
            for place, theirs, length in holding[bisect_right(holding, after, key=_place) :]:
                if place in seen:
                    continue
                seen.add(place)
                # A share of `least` of the union is this share of both sizes together.
                needed = share * (size + length) - 1e-9
                enough = theirs >= needed and left >= needed
                if enough and len(members & self.sets[place]) >= needed:
                    found.append(place)
        return sorted(found)

    def _rarest(self, members: frozenset[str]) -> list[str]:
        """Return so many of the rarest members that a set without any of them differs too much."""
        needed = math.ceil(self.least * len(members) - 1e-9)
        rarest = sorted(members, key=lambda member: (self._counts[member], member))
        return rarest[: len(members) - needed + 1] if members else []


@lru_cache(maxsize=50_000)
def _carried(written: str) -> str:
    """Return what a word of a text carries: its stem, or nothing."""
    word = written.casefold().replace("’", "'").removesuffix("'s")
    empty = (
        word in _COMMON
        or word in _NEGATIONS
        or word.endswith("n't")
        or word[:1].isdigit()
        or len(word) < 2
    )
    return "" if empty else _stem(word)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
