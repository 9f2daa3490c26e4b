"""Probabilities written as numbers in running text: per cent, "one in four", odds, fractions.

Only the form is read here. Whether a number is a probability at all, and not a share of something
else, is for `goodoffices.case.wording` to judge from the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["PERCENT", "Form", "Number", "find_numbers"]

Form = Literal["number", "range", "bound", "odds"]

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
_TEENS += ["eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = (
    {word: n for n, word in enumerate(_UNITS + _TEENS)}
    | {word: 10 * n for n, word in enumerate(_TENS, start=2)}
    | {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_NUMBER = (
    rf"(?:\d+(?:[.,]\d+)*|(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_UNITS[1:])})"
    rf"|(?:(?:an?|one)\s+)?(?:hundred|thousand|million)|{'|'.join(_UNITS + _TEENS + _TENS)})"
)
PERCENT = r"(?:\s*%|[\s-]*(?:percent|per\s+cent|pct)(?!age)\b)(?!\s*-?\s*points?\b)"
_LEAST = (
    r"at\s+least|no\s+less\s+than|not\s+less\s+than|more\s+than|over|above|better\s+than|"
    r"upwards\s+of|>"
)
_MOST = r"at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to|less\s+than|under|below|<"
_BOUND = rf"(?:(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*(?:an?\s+)?)?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number in a text that may be a probability."""

    start: int
    end: int
    form: Form
    low: float
    """0 to 1, or beyond where the text says what no probability can be."""
    high: float
    written: str
    """The short form of the same: 25%, 20..30%."""
    sided: bool = True
    """False for odds that don't say whether they are for or against."""


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a text in lower case, none within another, in order of place.

    >>> [(n.written, n.form) for n in find_numbers("between 20 and 30 percent, or one in four")]
    [('20..30%', 'range'), ('25%', 'number')]
    """
    found = [n for pattern, read in _FORMS for m in pattern.finditer(text) for n in read(m)]
    taken: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if number.low >= 0 and (not taken or number.start >= taken[-1].end):
            taken.append(number)
    return taken


def _value(word: str) -> float:
    """Return the number that a word or numeral says; a negative one if it says none."""
    if word[0].isdigit():
        # A comma before three digits parts thousands; any other is a decimal sign.
        plain = re.sub(r",(?=\d{3}(?!\d))", "", word).replace(",", ".")
        return float(plain) if plain.count(".") < 2 else -1.0
    # "A hundred" and "one hundred" both are 100; "twenty-five" is a sum.
    bare = re.sub(r"^(?:an?|one)\s+(?=hundred|thousand|million)", "", word)
    return float(sum(_WORDS[part] for part in re.split(r"[\s-]+", bare)))


def _percent(share: float) -> str:
    return f"{round(100 * share, 4):.12g}%"


def _made(m: re.Match[str], low: float, high: float, form: Form, *, sided: bool = True) -> Number:
    groups = m.groupdict()
    if form == "number" and groups.get("least"):
        high, form = 1.0, "bound"
    elif form == "number" and groups.get("most"):
        low, form = 0.0, "bound"
    low, high = min(low, high), max(low, high)
    ends = [_percent(low).removesuffix("%"), _percent(high)]
    written = _percent(low) if low == high else "..".join(ends)
    return Number(
        start=m.start(), end=m.end(), form=form, low=low, high=high, written=written, sided=sided
    )


def _of_percent(m: re.Match[str]) -> Iterator[Number]:
    share = _value(m["a"]) / 100
    yield _made(m, share, share, "number")


def _of_range(m: re.Match[str]) -> Iterator[Number]:
    yield _made(m, _value(m["a"]) / 100, _value(m["b"]) / 100, "range")


def _of_decimals(m: re.Match[str]) -> Iterator[Number]:
    low = float(m["a"])
    high = float(m["b"] or m["a"])
    yield _made(m, low, high, "range" if m["b"] else "number")


def _of_so_many_in(m: re.Match[str]) -> Iterator[Number]:
    whole = _value(m["b"])
    # "The two in 2024" is a year.
    if 0 < whole <= 1_000 or (whole and not m["b"][0].isdigit()):
        share = _value(m["a"]) / whole
        yield _made(m, share, share, "number")


def _of_parts(m: re.Match[str]) -> Iterator[Number]:
    count = 1.0 if m["a"] in {"a", "an"} else _value(m["a"])
    share = count / _PARTS[m["part"]]
    yield _made(m, share, share, "number")


def _of_halves(m: re.Match[str]) -> Iterator[Number]:
    yield _made(m, 0.5, 0.5, "number")


def _of_odds(m: re.Match[str]) -> Iterator[Number]:
    first, second = _value(m["a"]), _value(m["b"])
    if first < 0 or second < 0 or not first + second:
        return
    against = m["side"] == "against"
    share = (second if against else first) / (first + second)
    if m["side"]:
        yield _made(m, share, share, "odds")
    elif re.search(r"\bodds\b.{0,20}$", m.string[: m.start()]):
        yield _made(m, share, share, "odds", sided=False)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\d[.,]){pattern}")


_A, _B = f"(?P<a>{_NUMBER})", f"(?P<b>{_NUMBER})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Number]]], ...] = (
    (_form(rf"{_BOUND}{_A}{PERCENT}"), _of_percent),
    (_form(rf"(?:from\s+)?{_A}(?:{PERCENT})?\s*(?:to|-|\.\.)\s*{_B}{PERCENT}"), _of_range),
    (_form(rf"between\s+{_A}(?:{PERCENT})?\s+and\s+{_B}{PERCENT}"), _of_range),
    (
        _form(
            r"(?P<a>[01]?\.\d+)(?:\s*(?:to|-|and|\.\.)\s*(?P<b>[01]?\.\d+))?"
            r"(?![\w%]|[.,]\d|\s*%)"
        ),
        _of_decimals,
    ),
    (
        _form(
            rf"{_BOUND}{_A}[\s-]+(?:chances?\s+)?(?:in|out\s+of)[\s-]+(?:every\s+)?{_B}"
            rf"(?![\w.,]*\d|{PERCENT})"
        ),
        _of_so_many_in,
    ),
    (
        _form(rf"{_BOUND}(?P<a>{_NUMBER}|a(?=\s+quarter))[\s-]+(?P<part>{'|'.join(_PARTS)})s?\b"),
        _of_parts,
    ),
    (_form(r"(?:fifty[\s-]+fifty|50\s*[-/:]\s*50)(?![\w%]|\s*%)"), _of_halves),
    (
        _form(
            rf"{_A}\s*(?:[\s-]to[\s-]|:)\s*{_B}"
            r"(?:\s+(?P<side>on|against|for|in\s+favou?r)\b)?(?![\w:.,]*\d|\s*%)"
        ),
        _of_odds,
    ),
)
