"""Numbers with their units: "14-kilometer", "$50 million", "six hostages"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodoffices.reading.findings import Amount, Span
from goodoffices.reading.rules.dates import MONTHS
from goodoffices.reading.rules.words import cue_words, data

__all__ = ["amounts", "number_of"]

_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_WORDS = {word: float(n) for n, word in enumerate(data("cues")["numbers"])} | {
    **{word: float(n) for word, n in _TENS.items()},
    "ninety": 90.0,
    "hundred": 100.0,
    "dozen": 12.0,
}
_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SPELT = sorted(set(_WORDS) - {"zero", "one", "hundred"}, key=len, reverse=True)
_NUMBER = re.compile(
    r"(?P<money>[$€£])?(?<![\w.,-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    + "|".join(_SPELT)
    + r")(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion))?(?![\w])",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s?%|\s?per\s?cent\b|([\s-])([a-z]+)", re.IGNORECASE)
_MONTHS = frozenset(MONTHS)


def number_of(text: str) -> float | None:
    """Return the value of a number in figures or words.

    >>> number_of("1,000"), number_of("six"), number_of("many")
    (1000.0, 6.0, None)
    """
    small = text.lower().replace(",", "")
    if small in _WORDS:
        return _WORDS[small]
    try:
        value = float(small)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def amounts(text: str, start: int = 0) -> Iterator[Amount]:
    """Yield the amounts of a text that starts at a place of its document.

    >>> [(a.value, a.unit) for a in amounts("the 14-kilometer road, $50 million, six men")]
    [(14.0, 'kilometer'), (50000000.0, '$'), (6.0, 'men')]
    """
    for m in _NUMBER.finditer(text):
        value = number_of(m["number"])
        unit = _UNIT.match(text, m.end())
        if value is None or _is_date(text, m, unit):
            continue
        name = _name(unit)
        end = unit.end() if unit is not None and name is not None else m.end()
        begin = m.start("money") if m["money"] else m.start("number")
        yield Amount(
            span=Span(start + begin, start + (m.end() if m["money"] else end)),
            value=value * _SCALE.get((m["scale"] or "").lower(), 1.0),
            unit=m["money"] or name,
        )


def _name(unit: re.Match[str] | None) -> str | None:
    """Return a unit's name; None for a word that only goes on with the sentence."""
    if unit is None:
        return None
    word = unit[2]
    if word is None:
        return "%"
    small = word.lower()
    return None if small in cue_words("no_unit") or small in _MONTHS else str(word)


def _is_date(text: str, m: re.Match[str], unit: re.Match[str] | None) -> bool:
    """Return whether a number only belongs to a date, or stands for a year."""
    before = text[: m.start()].rstrip(" ,").rsplit(" ", 1)[-1].lower().rstrip(".")
    after = unit[2].lower() if unit is not None and unit[2] else ""
    if before in _MONTHS or before in {name[:3] for name in _MONTHS} or after in _MONTHS:
        return True
    year = m["number"].isdigit() and 1800 <= int(m["number"]) <= 2100
    return year and _name(unit) is None and not m["money"]
