"""Numbers that a text states, in digits or in words, to hold a model's numbers against."""

from __future__ import annotations

import math
import re

__all__ = ["stated", "states"]

_DIGITS = re.compile(r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_UNITS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: float(value) for value, word in enumerate(_UNITS.split())}
_SMALL |= {word: float(10 * value) for value, word in enumerate(_TENS.split(), start=2)}
_SMALL |= {"a": 1.0, "an": 1.0, "half": 0.5, "dozen": 12.0}
_LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def stated(text: str) -> tuple[float, ...]:
    """Return the numbers that words may state; more than one where they can be read so.

    >>> stated("some 4,200 members"), stated("twenty-one days"), stated("1.5 million people")
    ((4200.0,), (20.0, 1.0, 21.0), (1.5, 1500000.0))
    """
    found: list[float] = []
    last: float | None = None
    place = 0
    for token in re.finditer(rf"{_DIGITS.pattern}|[a-z]+", text.lower()):
        near = not text[place : token.start()].strip(" -")
        place = token.end()
        word = token[0]
        if word[0].isdigit():
            last = float(re.sub(r"[^\d.]", "", word))
            found.append(last)
        elif word in _LARGE and last is not None and near:
            last *= _LARGE[word]
            found.append(last)
        elif word == "a" and last == 0.5 and near:
            continue
        elif word in _SMALL:
            value = _SMALL[word]
            found.append(value)
            if near and last is not None and 20 <= last < 100 and 1 <= value < 10:
                value += last
                found.append(value)
            last = value
        else:
            last = None
    return tuple(found)


def states(text: str, value: float) -> bool:
    """Say whether words may state a number.

    >>> states("six hostages", 6), states("six hostages", 7)
    (True, False)
    """
    return any(math.isclose(value, one, rel_tol=1e-9, abs_tol=1e-12) for one in stated(text))
