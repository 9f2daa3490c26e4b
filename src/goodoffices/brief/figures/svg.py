"""A drawing's frame and its words: scale, title, description, labels that fit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from goodoffices.brief.elements import Element, el
from goodoffices.brief.text import visible

__all__ = ["SIZE", "WIDTH", "Scale", "block", "ceiling", "drawing", "label", "width_of", "wrapped"]

WIDTH = 360.0
"""Every drawing is so many units wide: its words can be read on a phone, and two abreast on A4."""
SIZE = 12.0
"""Height of its letters, in units."""

_LETTER = 0.56
_ISOLATES = "\u2068\u2069"
_TOPS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A straight map from numbers to places in a drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        """Return the place of a number; beyond the ends, the end."""
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def ceiling(highest: float) -> float:
    """Return where a scale of shares ends, so that the highest one fits: a round number.

    >>> ceiling(0.17), ceiling(0.9)
    (0.2, 1.0)
    """
    return next((top for top in _TOPS if top >= highest), 1.0)


def drawing(
    anchor: str, title: str, description: str, height: float, *shapes: Element, class_: str
) -> Element:
    """Frame shapes as one picture that a screen reader announces by title and description."""
    return el(
        "svg",
        el("title", title, id=f"{anchor}-title"),
        el("desc", description, id=f"{anchor}-desc"),
        *shapes,
        id=anchor,
        class_=f"figure {class_}",
        role="img",
        viewBox=f"0 0 {WIDTH:g} {height:g}",
        aria_labelledby=f"{anchor}-title {anchor}-desc",
    )


def label(x: float, y: float, text: str, class_: str = "", anchor: str | None = None) -> Element:
    """Write one line; `anchor` is middle or end."""
    return el("text", text, x=x, y=y, class_=class_ or None, text_anchor=anchor)


def block(x: float, y: float, lines: tuple[str, ...], class_: str = "") -> list[Element]:
    """Write several lines below each other."""
    return [label(x, y + n * (SIZE + 2), line, class_) for n, line in enumerate(lines)]


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide a text is, on the safe side: system fonts differ.

    >>> width_of("abcd", 10.0)
    22.4
    """
    shown = [c for c in text if c not in _ISOLATES and not unicodedata.combining(c)]
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in shown)
    return round(size * (_LETTER * (len(shown) - wide) + 1.05 * wide), 6)


def wrapped(text: str, width: float, lines: int, size: float = SIZE) -> tuple[str, ...]:
    """Break a text into lines that fit; what needs more lines than allowed ends in an ellipsis.

    >>> wrapped("one two three four", 60, 2)
    ('one two', 'three…')
    """
    most = max(1, int(width / (_LETTER * size)))
    done: list[str] = []
    current = ""
    for word in _broken(text, most):
        longer = f"{current} {word}".strip()
        if current and width_of(longer, size) > width:
            if len(done) == lines - 1:
                return (*done, _cut(current, width, size))
            done.append(current)
            longer = word
        current = longer
    return (*done, current) if current else tuple(done)


def _broken(text: str, most: int) -> list[str]:
    """Split into words, and words that fit no line into pieces."""
    # Isolates would be torn apart by a line break; a line of a drawing ends a paragraph anyway.
    words = visible(text).split()
    return [w[i : i + most] for w in words for i in range(0, len(w), most)]


def _cut(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"
