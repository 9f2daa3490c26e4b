"""Text of a case as other programs may hold it: no signs that hide, reverse or break anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from goodoffices.brief.text import visible
from goodoffices.case.model import Case

__all__ = ["altered", "legible", "texts_of"]

_NO_SIGN = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def legible(text: str) -> str:
    r"""Return a text on one line that any format can hold and no reader takes for an order.

    >>> legible("a\x00b\ufffec\u202ed")
    'a b\ufffdcd'
    """
    return _NO_SIGN.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def altered(case: Case) -> int:
    """Count the texts of a case from which `legible` takes more than line breaks.

    >>> from goodoffices.case import parse_case
    >>> altered(parse_case("{goodoffices: 1, title: 'Strip', purpose: 'turned \u202eround'}"))
    1
    """
    return sum(
        1
        for _, text in texts_of(case)
        if legible(text) != re.sub("[\t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text)
    )


def texts_of(node: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a part of a case with its dotted path."""
    if isinstance(node, str):
        yield path, node
        return
    children: list[tuple[object, object]] = []
    if isinstance(node, BaseModel):
        children = [(name, getattr(node, name)) for name in type(node).model_fields]
    elif isinstance(node, dict):
        children = list(node.items())
    elif isinstance(node, (tuple, list)):
        children = list(enumerate(node))
    for name, child in children:
        yield from texts_of(child, f"{path}.{name}" if path else str(name))
