"""How reliable forecasts were: what was said against what happened."""

from __future__ import annotations

import math
from collections.abc import Sequence

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.svg import WIDTH, Scale, drawing, label
from goodoffices.brief.text import THIN, interval, number_of
from goodoffices.outlook.scores import Bin

__all__ = ["draw_reliability"]

LEFT, RIGHT, TOP, BOTTOM = 44.0, 330.0, 20.0, 306.0
HEIGHT = 346.0


def draw_reliability(anchor: str, bins: Sequence[Bin]) -> Element:
    """Draw one point per range of forecasts, with the 95 % interval of how often it came true.

    On the slanted line, what was said is what happened. A point's area grows with how many
    forecasts it stands for.
    """
    said = Scale(low=0, high=1, start=LEFT, end=RIGHT)
    came = Scale(low=0, high=1, start=BOTTOM, end=TOP)
    shapes = [el("path", d=_frame(), class_="grid")]
    shapes.append(el("path", d=f"M{LEFT:g} {BOTTOM:g}L{RIGHT:g} {TOP:g}", class_="blank"))
    for share in (0.0, 0.5, 1.0):
        text = f"{100 * share:.0f}{THIN}%"
        shapes += [
            label(said(share), BOTTOM + 16, text, "tick", "middle"),
            label(LEFT - 6, came(share) + 4, text, "tick", "end"),
        ]
    shapes += [
        label(LEFT - 38, 10, "Came true", "strong"),
        label(RIGHT, BOTTOM + 34, "Forecast", "strong", "end"),
    ]
    most = max((one.happened.draws for one in bins), default=1)
    for one in bins:
        shapes += _point(one, said, came, most)
    title = "How reliable the forecasts were: what was said against what happened"
    return drawing(
        anchor,
        title,
        f"{number_of(len(bins), 'range')} of forecasts. {_spoken(bins) or 'None is resolved'}.",
        HEIGHT,
        *shapes,
        class_="reliability",
    )


def _spoken(bins: Sequence[Bin]) -> str:
    return "; ".join(
        f"said {100 * one.forecast:.0f} %, came true {one.happened.hits} of {one.happened.draws} "
        f"times (95 % interval {interval(one.happened)})"
        for one in bins
    )


def _frame() -> str:
    return f"M{LEFT:g} {TOP:g}V{BOTTOM:g}H{RIGHT:g}"


def _point(one: Bin, said: Scale, came: Scale, most: int) -> list[Element]:
    x, y = said(one.forecast), came(one.happened.value)
    low, high = came(one.happened.low), came(one.happened.high)
    radius = 2.5 + 4.5 * math.sqrt(one.happened.draws / most)
    right = x + radius + 4
    # Beyond the frame there is room for a short count only.
    beside = right < WIDTH - 24
    return [
        el(
            "path",
            d=f"M{x:.1f} {low:.1f}V{high:.1f}M{x - 3:.1f} {low:.1f}h6M{x - 3:.1f} {high:.1f}h6",
            class_="whisker",
        ),
        el("circle", cx=x, cy=y, r=radius, class_="dot"),
        label(
            right if beside else x - radius - 4,
            y + 4,
            str(one.happened.draws),
            "tick",
            None if beside else "end",
        ),
    ]
