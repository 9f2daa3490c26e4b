"""The small mark beside every value: from low to high, with a tick at the central value."""

from __future__ import annotations

from goodoffices.brief.elements import Element, el
from goodoffices.case.quantity import Quantity

__all__ = ["draw_range"]


def draw_range(given: Quantity) -> Element:
    """Draw a quantity of 0 to 100. The number stands beside it, so readers may skip the drawing."""
    shapes = [el("path", d="M0 5H100", class_="track")]
    if given.shape == "unknown":
        shapes = [el("path", d="M0 5H100", class_="blank")]
    elif given.low == given.high:
        shapes.append(el("circle", cx=min(max(given.low, 4), 96), cy=5, r=4, class_="dot"))
    else:
        wide = given.high - given.low
        shapes.append(el("rect", x=given.low, y=2, width=wide, height=6, class_="range"))
        shapes.append(el("path", d=f"M{given.central:.4g} 0V10", class_="tick"))
    return el("svg", *shapes, class_="m", viewBox="0 0 100 10", aria_hidden="true")
