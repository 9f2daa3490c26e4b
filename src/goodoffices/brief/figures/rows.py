"""A chart of shares, one row each, on one scale from 0 to 100 % or less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.svg import (
    SIZE,
    WIDTH,
    Scale,
    block,
    drawing,
    label,
    width_of,
    wrapped,
)
from goodoffices.brief.text import THIN

__all__ = ["Bar", "Baseline", "chart"]

Look = Literal["solid", "light", "hollow"]

TOP = 17.0
LINE = SIZE + 2
BAR = 9.0
STACKED, BESIDE = (1.0, 250.0), (178.0, 268.0)
"""Where bars begin and end: below their label, or to the right of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A share between 0 and 1 with its interval, and its words."""

    label: str
    value: float
    low: float
    high: float
    text: str
    look: Look = "solid"
    note: str = ""
    """A second, quieter line below the label."""
    indent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """A share that all bars start from."""

    value: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    scale: Scale
    baseline: Baseline | None
    beside: bool


def chart(
    anchor: str,
    title: str,
    description: str,
    bars: tuple[Bar, ...],
    *,
    class_: str,
    baseline: Baseline | None = None,
    most: float = 1.0,
    beside: bool = False,
) -> Element:
    """Draw bars on a scale from 0 to `most`, a share; labels above them, or beside them."""
    start, end = BESIDE if beside else STACKED
    frame = _Frame(
        scale=Scale(low=0, high=most, start=start, end=end), baseline=baseline, beside=beside
    )
    shapes = [label(0, 11, title, "strong")] if beside else []
    shapes += _scale_words(frame, most)
    y = TOP + 4
    for bar in bars:
        row, y = _row(bar, y, frame)
        shapes += row
    return drawing(anchor, title, description, y, *shapes, class_=class_)


def _row(bar: Bar, y: float, frame: _Frame) -> tuple[list[Element], float]:
    left = 10.0 if bar.indent else 0.0
    if frame.beside:
        words = wrapped(bar.label, frame.scale.start - left - 6, 2)
        shapes = block(left, y + SIZE - 1, words)
        middle = y + SIZE / 2 + 1 + max(0, len(words) - 1) * LINE / 2
        return [*shapes, *_mark(bar, middle, frame)], y + 4 + LINE * max(1, len(words))
    words = wrapped(bar.label, WIDTH - left, 2)
    shapes = block(left, y + SIZE, words)
    y += LINE * len(words)
    if bar.note:
        shapes += block(left, y + SIZE - 1, wrapped(bar.note, WIDTH - left, 1), "quiet")
        y += LINE
    return [*shapes, *_mark(bar, y + 10, frame)], y + 24


def _mark(bar: Bar, y: float, frame: _Frame) -> list[Element]:
    """Draw one bar around the height y, with its interval and its words."""
    scale = frame.scale
    shapes = [el("path", d=_track(scale, y), class_="track")]
    if frame.baseline is None:
        wide = max(scale(bar.value) - scale.start, 0.8)
        shapes.append(
            el(
                "rect",
                x=scale.start,
                y=y - BAR / 2,
                width=wide,
                height=BAR,
                class_=f"bar {bar.look}",
            )
        )
    else:
        now = scale(frame.baseline.value)
        x1, x2 = sorted((now, scale(bar.value)))
        shapes += [
            el("line", x1=x1, x2=x2, y1=y, y2=y, class_="moved"),
            el("line", x1=now, x2=now, y1=y - 7, y2=y + 7, class_="now"),
            el("circle", cx=scale(bar.value), cy=y, r=4.5, class_="dot"),
        ]
    low, high = scale(bar.low), scale(bar.high)
    shapes.append(
        el(
            "path",
            d=f"M{low:.1f} {y - 3:g}v6M{low:.1f} {y:g}H{high:.1f}M{high:.1f} {y - 3:g}v6",
            class_="whisker",
        )
    )
    return [*shapes, label(scale.end + 8, y + 4, bar.text, "value")]


def _track(scale: Scale, y: float) -> str:
    quarters = (scale.start + n * (scale.end - scale.start) / 4 for n in range(5))
    return f"M{scale.start:g} {y:g}H{scale.end:g}" + "".join(
        f"M{x:g} {y - 2:g}v4" for x in quarters
    )


def _scale_words(frame: _Frame, most: float) -> list[Element]:
    """Write the ends of the scale, and the baseline, above the bars."""
    scale, top = frame.scale, f"{100 * most:g}{THIN}%"
    if frame.beside:
        return [label(scale.end + 8, 11, f"of 0 to {top}", "tick")]
    shapes = [
        label(scale.start, TOP - 6, "0", "tick"),
        label(scale.end, TOP - 6, top, "tick", "end"),
    ]
    if frame.baseline is not None:
        wide = width_of(frame.baseline.text, 11) / 2
        x = min(max(scale(frame.baseline.value), wide + 14), scale.end - wide - 36)
        shapes.append(label(x, TOP - 6, frame.baseline.text, "tick strong", "middle"))
    return shapes
