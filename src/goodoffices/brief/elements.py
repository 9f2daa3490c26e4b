"""A page's pieces as data: words, names, links and drawings, long before they are markup.

Only the template turns an `Element` into text, and there every word and every attribute passes the
template engine's escaping. So nothing that a case says can become markup, wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.brief.text import isolated, visible

__all__ = ["Element", "Rich", "bdi", "el", "join", "link", "number", "plain"]

Rich = tuple["str | Element", ...]
"""A run of words and elements."""

_WORDS = frozenset({"a", "bdi", "mark", "small", "span", "strong"})
_SHAPES = frozenset({"svg", "g", "title", "desc", "path", "rect", "circle", "line", "text"})
_LONG_WORD = 24
"""A word of more letters may be broken anywhere; others only between words."""

_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the page, of a tag and with attributes that this package knows."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: Rich = ()

    def __post_init__(self) -> None:
        if self.tag not in _WORDS | _SHAPES:
            raise ValueError(f"<{self.tag}> is not an element of the page")
        for name, value in self.attributes:
            if not _ATTRIBUTE.fullmatch(name) or name.startswith("on") or name == "style":
                raise ValueError(f'"{name}" is not an attribute of the page')
            if name == "href" and not value.startswith("#"):
                raise ValueError("a link leads to a place on the page itself")


def el(tag: str, /, *children: str | Element, **attributes: str | float | None) -> Element:
    """Build an element; `class_` and `stroke_width` become `class` and `stroke-width`.

    An attribute that is None is left out.

    >>> el("circle", cx=4.5, r=3)
    Element(tag='circle', attributes=(('cx', '4.5'), ('r', '3')), children=())
    """
    pairs = (
        (
            name.rstrip("_").replace("_", "-"),
            value if isinstance(value, str) else f"{round(value, 1):g}",
        )
        for name, value in attributes.items()
        if value is not None
    )
    return Element(tag, tuple(pairs), children)


def bdi(text: str) -> Element:
    """Wrap words of a case so that their writing direction ends where they end."""
    shown = visible(text)
    unbroken = max(map(len, shown.split()), default=0)
    return el("bdi", shown, class_="long" if unbroken > _LONG_WORD else None)


def link(anchor: str, *children: str | Element, class_: str | None = None) -> Element:
    """Link to a place on the page by its id."""
    return el("a", *children, class_=class_, href=f"#{anchor}")


def number(anchor: str, text: str, class_: str = "ref") -> Element:
    """Show a number as a link to what it rests on."""
    return link(anchor, el("span", text, class_="num"), class_=class_)


def join(parts: Iterable[Rich], between: str = ", ", last: str | None = None) -> Rich:
    """Join runs with words between them, and other words before the last one.

    >>> join([("a",), ("b",), ("c",)], last=" and ")
    ('a', ', ', 'b', ' and ', 'c')
    """
    items = list(parts)
    joined: list[str | Element] = []
    for n, item in enumerate(items):
        if n:
            joined.append(last if last is not None and n == len(items) - 1 else between)
        joined.extend(item)
    return tuple(joined)


def plain(parts: Rich) -> str:
    r"""Return the words alone, for a drawing's title or label; names stay isolated.

    >>> plain(("of ", bdi("West"), " and ", link("x", "East"))).replace("\u2068", "<")
    'of <West\u2069 and East'
    """
    return "".join(part if isinstance(part, str) else _plain_element(part) for part in parts)


def _plain_element(part: Element) -> str:
    inside = plain(part.children)
    return isolated(inside) if part.tag == "bdi" else inside
