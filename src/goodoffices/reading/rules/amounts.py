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
_NUMBER = re.compile(
    r"(?P<money>[$€£])?(?<![\w.,-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|"
    + "|".join(
        sorted(
            (word for word in _WORDS if word not in {"one", "hundred", "zero"}),
            key=len,
            reverse=True,
        )
    )
    + r")(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion))?"
    r"(?P<unit>\s?%|\s(?:per\s?cent|percent)\b|[\s-][a-z]+(?:\s[a-z]+)?)?(?!\w)",
    re.IGNORECASE,
)
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

    >>> [(one.value, one.unit) for one in amounts("the 14-kilometer road, $50 million, six men")]
    [(14.0, 'kilometer'), (50000000.0, '$'), (6.0, 'men')]
    """
    for m in _NUMBER.finditer(text):
        value = number_of(m["number"])
        unit = _unit(m["unit"])
        if value is None or _is_date(text, m, unit):
            continue
        value *= _SCALE.get((m["scale"] or "").lower(), 1.0)
        end = m.end() if unit is not None else (m.end("scale") if m["scale"] else m.end("number"))
        if unit is not None and m["unit"] is not None:
            end = (
                m.start("unit") + m["unit"].index(unit[0]) + len(unit)
                if unit in m["unit"]
                else m.end()
            )
        begin = m.start("money") if m["money"] else m.start("number")
        yield Amount(span=Span(start + begin, start + end), value=value, unit=m["money"] or unit)


def _unit(given: str | None) -> str | None:
    if given is None:
        return None
    words = given.strip(" -").split()
    if not words:
        return None
    if words[0].lower() in {"%", "percent", "per"}:
        return "%" if words[0] != "percent" else "percent"
    if words[0].lower() in cue_words("no_unit") or words[0].lower() in _MONTHS:
        return None
    if (
        len(words) > 1
        and words[1].lower() not in cue_words("no_unit")
        and not words[0].endswith("s")
    ):
        return " ".join(words)
    return words[0]


def _is_date(text: str, m: re.Match[str], unit: str | None) -> bool:
    """Return whether a number only belongs to a date, or stands for a year."""
    before = text[: m.start()].rstrip(" ,").rsplit(" ", 1)[-1].lower()
    after = (m["unit"] or "").strip().split(" ")[0].lower()
    if before in _MONTHS or before.rstrip(".") in {m[:3] for m in _MONTHS} or after in _MONTHS:
        return True
    year = m["number"].isdigit() and 1800 <= int(m["number"]) <= 2100
    return year and unit is None and not m["money"]
