"""How single things are written: names, numbers, quantities, days.

A case's text is data. Before it is shown, characters that would hide, reverse or overlay other
text are taken out; what a reader could see stays as it is.
"""

from __future__ import annotations

import datetime as dt
import re

from goodoffices.case.dated import day_words
from goodoffices.case.model import Dated
from goodoffices.case.quantity import Probability, Quantity
from goodoffices.deals.results import Cost
from goodoffices.deals.share import Share, interval_words, words

__all__ = [
    "THIN",
    "chance",
    "chance_short",
    "clipped",
    "cost",
    "count",
    "counted",
    "dated",
    "day",
    "in_points",
    "interval",
    "isolated",
    "number_of",
    "points",
    "quantity",
    "rounded",
    "share_change",
    "signed",
    "visible",
    "whole_per_cent",
]

THIN = "\N{NARROW NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_FSI, _PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

# Embeddings, overrides and isolates of writing direction; tags; byte order marks; soft hyphens and
# other characters without a shape of their own. Joiners stay: some scripts can't do without.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BROKEN = re.compile("[\ud800-\udfff]")
# Marks that stand over a letter: more than a few in a row reach into other lines.
_OVER = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_OVER}]{{3}})[{_OVER}]+")

_SMALL = (
    "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_STEPS = (0.1, 1.0, 5.0, 10.0)
"""Steps in per cent; a change of a probability is given in none finer than its error."""


def visible(text: str) -> str:
    r"""Return a case's text as it may be shown, on one line.

    >>> visible("abc\u202etxt.exe\x00 x")
    'abctxt.exe x'
    """
    text = _BROKEN.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("", _CONTROL.sub(" ", text)))
    return _STACKED.sub(r"\1", text)


def isolated(text: str) -> str:
    """Wrap shown text so that its direction ends with it, where no markup can do that."""
    return f"{_FSI}{visible(text)}{_PDI}"


def clipped(text: str, length: int) -> str:
    """Return shown text cut to a length, with an ellipsis where something is missing.

    >>> clipped("a" * 9, 4)
    'aaa…'
    """
    shown = visible(text)
    return shown if len(shown) <= length else shown[: length - 1].rstrip() + "…"


def day(date: dt.date | None) -> str:
    """Write a date the same way everywhere.

    >>> day(dt.date(2024, 9, 7)), day(None)
    ('7 September 2024', 'no date')
    """
    return "no date" if date is None else day_words(date)


def dated(given: Dated) -> str:
    """Write a date and say where it was inferred; the reason is left to the caller."""
    return day(given.date) + (" (inferred)" if given.date and given.inferred else "")


def count(number: int) -> str:
    """Write a count with its thousands apart.

    >>> count(4950)
    '4,950'
    """
    return f"{number:,}"


def counted(number: int) -> str:
    """Write a small count as a word.

    >>> counted(3), counted(13)
    ('three', '13')
    """
    return _SMALL[number] if number < len(_SMALL) else count(number)


def number_of(number: int, one: str, more: str | None = None) -> str:
    """Write a count and what is counted, in the singular or the plural.

    >>> number_of(1, "forecast"), number_of(1200, "forecast"), number_of(2, "rests", "rest")
    ('1 forecast', '1,200 forecasts', '2 rest')
    """
    return f"{count(number)} {one if number == 1 else more or one + 's'}"


def in_points(written: str) -> str:
    """Add the unit to a value or change written in points.

    >>> in_points("4 to 11"), in_points("+1"), in_points("0.4")
    ('4 to 11 points', '+1 point', '0.4 points')
    """
    return f"{written} {'point' if written.lstrip(f'+-{_MINUS}') == '1' else 'points'}"


def rounded(number: float, digits: int = 2) -> str:
    """Write a number with so many digits that count, in full however large it is.

    >>> rounded(0.0567), rounded(247), rounded(1234567, 3)
    ('0.057', '250', '1,230,000')
    """
    shown = f"{number:.{digits}g}"
    return f"{float(shown):,.0f}" if "e+" in shown else shown


def whole_per_cent(probability: float) -> str:
    r"""Write a probability in whole per cent, and as certain only if it is.

    >>> whole_per_cent(0.256), whole_per_cent(0.002), whole_per_cent(1.0)
    ('26\u202f%', 'below 1\u202f%', '100\u202f%')
    """
    whole = round(100 * probability)
    if whole in {0, 100} and 1e-9 < probability < 1 - 1e-9:
        return f"below 1{THIN}%" if whole == 0 else f"above 99{THIN}%"
    return f"{whole}{THIN}%"


def quantity(given: Quantity) -> str:
    """Write an uncertain quantity as the case gives it, a probability in per cent.

    >>> quantity(Probability.parse("60..95%")), quantity(Quantity.parse("30..40..55"))
    ('60–95\u202f%', '30–55, likely 40')
    """
    if given.shape == "unknown":
        return "unknown"
    scale, unit = (100, f"{THIN}%") if isinstance(given, Probability) else (1, "")
    low, likely, high = (_plain(scale * n) for n in (given.low, given.likely, given.high))
    if given.shape == "exact":
        return low + unit
    if given.shape == "phrase":
        band = f"{_rounded(given.low)}{_DASH}{_rounded(given.high)}{unit}"
        return f"“{visible(given.text)}” ({band})"
    span = f"{low}{_to(low, high)}{high}{unit}"
    return f"{span}, likely {likely}{unit}" if given.shape == "triangular" else span


def _to(low: str, high: str) -> str:
    # A dash before or after a minus can't be told from it.
    return " to " if _MINUS in low + high else _DASH


def _plain(number: float) -> str:
    # From a million on six digits would be written with an exponent, and would cut the rest.
    shown = f"{number:.6g}" if abs(number) < 1e6 else f"{number:,.0f}"
    return shown.replace("-", _MINUS)


def _rounded(probability: float) -> str:
    return f"{100 * probability:.0f}"


def chance(share: Share) -> str:
    """Write a probability in words, rounded to what its error allows."""
    return words(share).replace(" %", f"{THIN}%")


def chance_short(share: Share) -> str:
    """Write a probability for a drawing: as `chance`, but a wide interval as `20–40 %`."""
    text = chance(share)
    return text.removeprefix("between ").replace(" and ", _DASH)


def interval(share: Share) -> str:
    """Write the 95 % interval of a probability."""
    return interval_words(share).replace(" %", f"{THIN}%")


def points(value: float) -> str:
    """Write a value in whole points; less than one point in tenths.

    >>> points(47.7), points(0.44), points(-3.2)
    ('48', '0.4', '−3')
    """
    digits = 0 if abs(value) >= 0.95 else 1
    text = f"{abs(value):.{digits}f}".removesuffix(".0")
    return f"{_MINUS}{text}" if value < 0 and text != "0" else text


def signed(value: float) -> str:
    """Write a gain or loss in points with its sign.

    >>> signed(5.4), signed(-2.6), signed(0.01)
    ('+5', '−3', '0')
    """
    text = points(value)
    return text if text == "0" or text.startswith(_MINUS) else f"+{text}"


def cost(given: Cost) -> str:
    """Write a cost: its range, or one number where low and high are written alike.

    >>> cost(Cost(low=4.1, central=7.4, high=11.2)), cost(Cost(low=5, central=5, high=5))
    ('4 to 11', '5')
    """
    low, high = points(given.low), points(given.high)
    return low if low == high else f"{low} to {high}"


def share_change(change: float, error: float) -> str:
    """Write how far a probability moved, in percentage points no finer than the error.

    >>> share_change(0.6361, 0.0048), share_change(-0.0015, 0.001), share_change(0, 0)
    ('+64 points', 'no clear change', 'no change')
    """
    if change == 0 and error == 0:
        return "no change"
    if abs(change) <= 2 * error:
        return "no clear change"
    step = next((s for s in _STEPS if s >= 100 * error), _STEPS[-1])
    steps = round(100 * abs(change) / step) * step
    sign = _MINUS if change < 0 else "+"
    if steps < 0.1:
        return f"{sign}less than 0.1 points"
    return in_points(f"{sign}{f'{steps:.1f}'.removesuffix('.0')}")
