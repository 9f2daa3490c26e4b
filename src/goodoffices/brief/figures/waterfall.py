"""What each view adds to a probability, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.svg import (
    SIZE,
    Scale,
    block,
    ceiling,
    drawing,
    label,
    wrapped,
)
from goodoffices.brief.text import THIN

__all__ = ["Step", "draw_waterfall"]

START, END = 138.0, 282.0
TOP, LINE, BAR = 17.0, SIZE + 2, 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """By how much one ingredient moves the probability."""

    label: str
    before: float
    after: float
    text: str
    low: float | None = None
    """Ends of an interval, for the last one."""
    high: float | None = None


def draw_waterfall(anchor: str, title: str, description: str, steps: Sequence[Step]) -> Element:
    """Draw each step from where the one before ended; the last may carry an interval.

    What adds is filled, what takes away is hollow; a thin line leads on to the next.
    """
    highest = max((max(s.before, s.after, s.high or 0.0) for s in steps), default=1.0)
    most = ceiling(highest)
    scale = Scale(low=0, high=most, start=START, end=END)
    shapes = [
        label(START, TOP - 6, "0", "tick"),
        label(END, TOP - 6, f"{100 * most:g}{THIN}%", "tick", "end"),
    ]
    y, last = TOP + 4, 0.0
    for n, step in enumerate(steps):
        words = wrapped(step.label, START - 8, 3)
        tall = LINE * max(1, len(words)) + 8
        middle = y + tall / 2
        shapes += block(0, middle + 4 - LINE * (len(words) - 1) / 2, words)
        if n:
            x = scale(step.before if n < len(steps) - 1 else step.after)
            shapes.append(el("path", d=f"M{x:.1f} {last:g}V{middle - BAR / 2:g}", class_="lead"))
        shapes += _bar(step, middle, scale)
        y, last = y + tall, middle + BAR / 2
    return drawing(anchor, title, description, y, *shapes, class_="waterfall")


def _bar(step: Step, y: float, scale: Scale) -> list[Element]:
    low, high = sorted((scale(step.before), scale(step.after)))
    look = "bar hollow" if step.after < step.before else "bar solid"
    shapes = [
        el("path", d=f"M{scale.start:g} {y:g}H{scale.end:g}", class_="track"),
        el("rect", x=low, y=y - BAR / 2, width=max(high - low, 1.2), height=BAR, class_=look),
    ]
    if step.low is not None and step.high is not None:
        a, b = scale(step.low), scale(step.high)
        shapes.append(
            el(
                "path",
                d=f"M{a:.1f} {y - 3:g}v6M{a:.1f} {y:g}H{b:.1f}M{b:.1f} {y - 3:g}v6",
                class_="whisker",
            )
        )
    return [*shapes, label(END + 8, y + 4, step.text, "value")]
