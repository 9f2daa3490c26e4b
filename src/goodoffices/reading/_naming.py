"""Names of issues and options, as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodoffices.reading._told import numbers_in
from goodoffices.reading._words import tidy
from goodoffices.reading.similar import content

__all__ = ["in_order", "says_nothing", "titled"]

_LEADING = re.compile(
    r"(?:unless|until|if|without|that|to|in exchange for|only if|provided that|the|an?|any)\s+",
    re.IGNORECASE,
)
_EMPTY = "demand request proposal condition idea call step progress position statement side way"
_SAYS_NOTHING = content(f"{_EMPTY} process thing issue matter question talk")


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
