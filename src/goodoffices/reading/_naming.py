"""Names of issues and options, as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodoffices.reading._told import numbers_in
from goodoffices.reading._words import tidy
from goodoffices.reading.similar import content, similarity

__all__ = ["in_order", "same_option", "says_nothing", "titled"]

_LEADING = re.compile(
    r"(?:unless|until|if|without|that|to|in exchange for|only if|provided that|the|an?|any)\s+",
    re.IGNORECASE,
)
_EMPTY = "demand request proposal condition idea call step progress position statement side way"
_SAYS_NOTHING = content(f"{_EMPTY} process thing issue matter question talk")

SAME_OPTION = 0.6
"""Options are one if so much of their words is shared; at a half, one word of three differs."""
_OPPOSITES = (
    ("stay remain keep maintain hold", "leave withdraw exit pull move hand give vacate"),
    ("open reopen resume restart start begin", "close shut suspend stop end halt cease"),
    ("release free lift ease remove", "hold detain keep impose tighten sanction"),
    ("accept allow admit permit recognise", "refuse reject ban bar block deny"),
    ("raise increase expand extend", "cut reduce lower shrink shorten"),
)
_SIDES = tuple((content(one), content(other)) for one, other in _OPPOSITES)
_NOT = re.compile(r"\b(?:no|not|never|without|nobody|nothing|cannot)\b|n['’]t\b", re.IGNORECASE)


def titled(words: str) -> str:
    """Return a phrase without what leads up to it, with a capital.

    >>> titled("unless the forces leave the corridor."), titled("RSF fighters")
    ('Forces leave the corridor', 'RSF fighters')
    """
    phrase = tidy(words, 120).strip("“”\"' .,;:")
    while (match := _LEADING.match(phrase)) is not None:
        phrase = phrase[match.end() :]
    return phrase[:1].upper() + phrase[1:]


def says_nothing(name: str) -> bool:
    """Whether a name is one of those that any dispute has: "the demand", "progress".

    >>> says_nothing("The demand"), says_nothing("Demand for land")
    (True, False)
    """
    return content(name) <= _SAYS_NOTHING


def in_order(names: Sequence[str]) -> list[int]:
    """Return places in order: by number where all give one of the same thing, else as they stand.

    >>> in_order(["a raise of 8 percent", "4 percent now"]), in_order(["2 ships", "no ships"])
    ([1, 0], [0, 1])
    """
    numbers = [numbers_in(name) for name in names]
    shared = set.intersection(*(set(each) for each in numbers)) if numbers else set()
    if len(shared) != 1:
        return list(range(len(names)))
    (unit,) = shared
    return sorted(range(len(names)), key=lambda place: numbers[place][unit])


def same_option(one: str, other: str) -> bool:
    """Whether two names stand for one way to settle: the same words, and no opposites.

    >>> same_option("Forces leave the corridor", "The forces leave the whole corridor")
    True
    >>> same_option("All forces leave the corridor", "All forces stay in the corridor")
    False
    """
    if titled(one).casefold() == titled(other).casefold():
        return True
    mine, theirs = content(one), content(other)
    if similarity(mine, theirs) < SAME_OPTION or bool(_NOT.search(one)) != bool(_NOT.search(other)):
        return False
    only, others = mine - theirs, theirs - mine
    return not any(
        (only & left and others & right) or (only & right and others & left)
        for left, right in _SIDES
    ) and not _clash(numbers_in(one), numbers_in(other))


def _clash(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether both give numbers of one thing that differ."""
    return any(one[unit] != other[unit] for unit in one.keys() & other.keys())
