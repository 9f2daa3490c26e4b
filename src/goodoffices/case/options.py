"""Which options of an issue a few words pick: ids, numbers, `10..30`, `above 30`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping

from goodoffices.case.model import Issue
from goodoffices.errors import QuantityError, clip, nearest

__all__ = ["select"]

MOST_NAMES = 200
_SLACK = 1e-9
_NUMBER = r"([-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))"
_COMPARED = re.compile(rf"(above|below|at least|at most) {_NUMBER}")
_RANGE = re.compile(rf"{_NUMBER}(?: ?\.\. ?{_NUMBER})?")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "above": lambda number, bound: number > bound + _SLACK,
    "below": lambda number, bound: number < bound - _SLACK,
    "at least": lambda number, bound: number >= bound - _SLACK,
    "at most": lambda number, bound: number <= bound + _SLACK,
}


def select(issue: Issue, choices: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of an issue's options that the choices pick, in the issue's order.

    A choice is an option id; for a numeric issue a number, a range `10..30` (both ends included),
    or `above`, `below`, `at least` or `at most` with a number. Raises `QuantityError` for a choice
    that picks nothing.

    >>> days = Issue(name="Days", range="0..40", step=10)
    >>> select(days, ["above 20", "0"])
    ('0', '30', '40')
    """
    numbers = issue.numbers
    ids = issue.options or numbers
    picked: set[str] = set()
    for choice in choices:
        words = " ".join(choice.split())
        found = [words] if words in ids else _within(words, numbers)
        if not found:
            raise _nothing(issue, words)
        picked.update(found)
    return tuple(option for option in ids if option in picked)


def _within(choice: str, numbers: Mapping[str, float]) -> list[str]:
    """Return the options of a numeric issue that a choice compares with or ranges over."""
    if compared := _COMPARED.fullmatch(choice):
        holds, bound = _COMPARE[compared[1]], float(compared[2])
        return [option for option, number in numbers.items() if holds(number, bound)]
    if ends := _RANGE.fullmatch(choice):
        low, high = float(ends[1]) - _SLACK, float(ends[2] or ends[1]) + _SLACK
        return [option for option, number in numbers.items() if low <= number <= high]
    return []


def _nothing(issue: Issue, choice: str) -> QuantityError:
    if issue.range is None:
        hint = nearest(choice, itertools.islice(issue.options, MOST_NAMES))
        hint = hint or f"its options are {clip(', '.join(issue.options), 120)}"
        return QuantityError(f'"{clip(choice)}" is not an option of {clip(issue.name)}; {hint}')
    return QuantityError(
        f'"{clip(choice)}" picks no option of {clip(issue.name)} ({clip(issue.range)} in steps of '
        f"{issue.step:g}); write a number, 10..30, above 30, below 10, at least 10 or at most 30"
    )
