"""Documents and paragraphs that repeat each other: one report, however often it is printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goodoffices.reading.findings import Span
from goodoffices.reading.similar import shingles, similar_pairs

__all__ = ["Copies", "copies"]

ALIKE = 0.7
"""Paragraphs repeat each other if at least so much of their runs of three words is shared."""
SHORTEST = 12
"""Words; a shorter paragraph may recur by chance."""
MOST_OF_IT = 0.6
"""A document is a copy if more than this share of its words stands in the other's paragraphs."""

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """Which passages and which documents repeat each other."""

    documents: tuple[tuple[int, ...], ...]
    """Documents that repeat each other, by their place; the first of a group is the longest."""
    starts: tuple[tuple[int, ...], ...]
    """For each document, where its paragraphs begin."""
    groups: tuple[tuple[int, ...], ...]
    """For each document, the group of each paragraph; -1 for one that nobody repeats."""
    counts_as: tuple[int, ...]
    """For each document, the one that it repeats, or itself."""

    def passage(self, document: int, span: Span) -> tuple[int, int]:
        """Return what a place in a document counts as: the same for passages that are copies."""
        at = bisect_right(self.starts[document], span.start) - 1
        group = self.groups[document][at] if at >= 0 else -1
        return (-1, group) if group >= 0 else (self.counts_as[document], -1)


def copies(texts: Sequence[str]) -> Copies:
    """Find the passages and documents that repeat each other.

    >>> wire = (
    ...     "The two delegations met again on Monday in the capital to talk about the truce line."
    ... )
    >>> copies([wire, "Weather. " * 9, wire + " They left early."]).documents
    ((2, 0),)
    """
    found = [
        (place, match) for place, text in enumerate(texts) for match in _PARAGRAPH.finditer(text)
    ]
    runs = [_runs(match[0]) for _, match in found]
    groups = _joined(len(found), similar_pairs(runs, ALIKE))
    sizes: defaultdict[int, int] = defaultdict(int)
    for (place, match), _ in zip(found, runs, strict=True):
        sizes[place] += len(match[0].split())
    documents = _documents(found, groups, sizes)
    shared = {group for group, count in _counted(groups).items() if count > 1}
    starts: list[list[int]] = [[] for _ in texts]
    held: list[list[int]] = [[] for _ in texts]
    for (place, match), group in zip(found, groups, strict=True):
        starts[place].append(match.start())
        held[place].append(group if group in shared else -1)
    original = {place: group[0] for group in documents for place in group}
    return Copies(
        documents=documents,
        starts=tuple(map(tuple, starts)),
        groups=tuple(map(tuple, held)),
        counts_as=tuple(original.get(place, place) for place in range(len(texts))),
    )


def _runs(paragraph: str) -> frozenset[str]:
    return shingles(paragraph) if len(paragraph.split()) >= SHORTEST else frozenset()


def _counted(groups: Sequence[int]) -> dict[int, int]:
    counts: defaultdict[int, int] = defaultdict(int)
    for group in groups:
        counts[group] += 1
    return counts


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each place the first place that it hangs together with."""
    root = list(range(count))

    def top(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        root[high] = low
    return [top(place) for place in range(count)]


def _documents(
    found: Sequence[tuple[int, re.Match[str]]], groups: Sequence[int], sizes: dict[int, int]
) -> tuple[tuple[int, ...], ...]:
    """Group the documents of which most stands in one another."""
    members: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (place, match), group in zip(found, groups, strict=True):
        there = members[group]
        there[place] = there.get(place, 0) + len(match[0].split())
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for there in members.values():
        for one in there:
            for other in there:
                if one < other:
                    shared[one, other] += min(there[one], there[other])
    alike = [
        pair
        for pair, words in shared.items()
        if words > MOST_OF_IT * min(sizes[pair[0]], sizes[pair[1]])
    ]
    root = _joined(max(sizes, default=-1) + 1, alike)
    grouped: defaultdict[int, list[int]] = defaultdict(list)
    for place, top in enumerate(root):
        grouped[top].append(place)
    return tuple(
        tuple(sorted(group, key=lambda place: (-sizes[place], place)))
        for group in grouped.values()
        if len(group) > 1
    )
