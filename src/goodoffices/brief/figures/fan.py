"""What has happened, on a line that leads into the fan of what may come first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.svg import Scale, block, ceiling, drawing, label, wrapped
from goodoffices.brief.text import THIN
from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import Curve

__all__ = ["Fan", "Happening", "Timeline", "draw_timeline"]

NOW, END = 118.0, 276.0
"""Where today and the horizon stand; what was before has the space to the left."""
STRIP = 22.0
"""The height of the line of time."""
TOP, TALL, GAP = 54.0, 50.0, 14.0
APART = 30.0
"""Labels on the line that stand nearer than this share one."""
MOST = 6
"""So many fans are drawn at most."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """Something on the line of time, by its number in the list beside the drawing."""

    number: int
    date: dt.date
    said: bool = False
    """Whether it was only said, as an estimate is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fan:
    """How probable it is, week by week, that something comes first."""

    name: str
    band50: Curve
    band80: Curve
    text: str
    """Where it ends, in words."""
    harms: bool = False
    together: Band | None = None
    """What every view adds up to, where there is more than the one drawn."""
    together_text: str = ""
    together_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """Everything that is drawn."""

    today: dt.date
    by: dt.date
    happenings: tuple[Happening, ...]
    fans: tuple[Fan, ...]


def draw_timeline(anchor: str, title: str, description: str, given: Timeline) -> Element:
    """Draw the line of time, and below it one fan for each of the first risks.

    Before today and after it the line has scales of their own, and says so by its dates. All fans
    share one height, so that they can be compared.
    """
    fans = given.fans[:MOST]
    most = _top(fans)
    height = TOP + len(fans) * (TALL + GAP)
    # It leaves out the height of the words below the line of time.
    dashes = f"M{NOW:g} {STRIP - 8:g}v12M{NOW:g} {TOP - 4:g}V{height - GAP:g}"
    shapes = [el("path", d=dashes, class_="today")]
    shapes += _line(given)
    for n, fan in enumerate(fans):
        shapes += _fan(fan, TOP + n * (TALL + GAP), most, given)
    return drawing(anchor, title, description, height, *shapes, class_="timeline")


def _top(fans: Sequence[Fan]) -> float:
    ends = [fan.band80.high[-1] for fan in fans]
    ends += [fan.together.high for fan in fans if fan.together is not None]
    return ceiling(max(ends, default=1.0))


def _line(given: Timeline) -> list[Element]:
    """Draw what happened before today, and what is sure to happen after it."""
    shown = [one for one in given.happenings if one.date <= given.by]
    past = [one.date for one in shown if one.date < given.today]
    first = min(past, default=given.today)
    start = 10.0 if past else NOW
    shapes = [
        el("path", d=f"M{start:g} {STRIP:g}H{END:g}M{END:g} {STRIP - 4:g}v8", class_="axis"),
        label(NOW, 10, "today", "tick strong", "middle"),
        label(NOW, STRIP + 26, short(given.today), "tick halo", "middle"),
        label(END, STRIP + 26, short(given.by), "tick", "end"),
    ]
    if past and NOW - start > 80:
        shapes.append(label(0, STRIP + 26, short(first), "tick"))
    before = Scale(low=first.toordinal() - 1e-6, high=given.today.toordinal(), start=10, end=NOW)
    after = Scale(low=given.today.toordinal(), high=given.by.toordinal() + 1e-6, start=NOW, end=END)
    places = [
        ((before if one.date < given.today else after)(one.date.toordinal()), one) for one in shown
    ]
    for x, one in places:
        look = "point hollow" if one.said else "point"
        shapes.append(el("circle", cx=x, cy=STRIP, r=3.6, class_=look))
    return [*shapes, *_numbers(places)]


def _numbers(places: Sequence[tuple[float, Happening]]) -> list[Element]:
    """Write the numbers below the line; those that would overlap as one: `1–3`."""
    groups: list[tuple[float, list[int]]] = []
    for x, one in sorted(places, key=lambda pair: (pair[0], pair[1].number)):
        if groups and x - groups[-1][0] < APART:
            groups[-1][1].append(one.number)
        else:
            groups.append((x, [one.number]))
    return [label(x, STRIP + 14, _run(numbers), "tick halo", "middle") for x, numbers in groups]


def _run(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    if low == high:
        return str(low)
    return f"{low}–{high}" if high - low > 1 else f"{low}, {high}"


def _fan(fan: Fan, y: float, most: float, given: Timeline) -> list[Element]:
    """Draw one fan: the 80 % band, the 50 % band in it, the middle, and where it ends."""
    up = Scale(low=0, high=most, start=y + TALL, end=y)
    shapes = [
        el("path", d=f"M{NOW:g} {y:g}H{END:g}M{NOW:g} {y + TALL:g}H{END:g}", class_="grid"),
        label(NOW - 5, y + 9, f"{100 * most:g}{THIN}%", "tick", "end"),
        label(NOW - 5, y + TALL, "0", "tick", "end"),
        *block(0, y + 11, wrapped(fan.name, NOW - 42, 3)),
        el("path", d=_area(fan.band80, up), class_="band80"),
        el("path", d=_area(fan.band50, up), class_="band50"),
        el("path", d="M" + "L".join(_points(fan.band50.central, up)), class_="middle"),
        label(END + 12, max(up(fan.band50.central[-1]) + 4, y + 10), fan.text, "value"),
    ]
    if fan.harms:
        shapes.append(label(0, y + TALL + 3, "▲ harms people", "sign harm"))
    if fan.together is not None and fan.together_on is not None:
        shapes += _together(fan, fan.together, fan.together_on, up, given)
    return shapes


def _together(fan: Fan, band: Band, on: dt.date, up: Scale, given: Timeline) -> list[Element]:
    days = Scale(low=given.today.toordinal(), high=given.by.toordinal() + 1e-6, start=NOW, end=END)
    x = days(on.toordinal())
    low, middle, high = (up(p) for p in (band.low, band.central, band.high))
    # The words keep clear of the fan's own, above or below them.
    own = max(up(fan.band50.central[-1]) + 4, up.end + 10)
    y = own + 14 if own + 14 <= up.start + 6 else own - 14
    return [
        el(
            "path",
            d=f"M{x:.1f} {low:.1f}V{high:.1f}M{x - 3:.1f} {low:.1f}h6M{x - 3:.1f} {high:.1f}h6",
            class_="whisker",
        ),
        el("path", d=f"M{x:.1f} {middle - 5:.1f}l5 5l-5 5l-5 -5z", class_="diamond"),
        label(END + 12, y, f"◆ {fan.together_text}", "value"),
    ]


def _points(heights: Sequence[float], up: Scale) -> list[str]:
    steps = max(len(heights) - 1, 1)
    return [f"{NOW + n * (END - NOW) / steps:.1f} {up(p):.1f}" for n, p in enumerate(heights)]


def _area(curve: Curve, up: Scale) -> str:
    around = [*_points(curve.high, up), *reversed(_points(curve.low, up))]
    return "M" + "L".join(around) + "z"


def short(date: dt.date) -> str:
    """Write a day for a drawing.

    >>> short(dt.date(2024, 9, 7))
    '7 Sep 2024'
    """
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
