"""Dotted paths into a case's plain data: set one, remove one, or say why that can't be."""

from __future__ import annotations

import difflib
import itertools
import re
from typing import Any

from goodoffices.errors import clip

__all__ = ["MOST_HINTS", "at_path", "put"]

MOST_LENGTH = 500
"""Characters of a path."""
MOST_NAMES = 500
MOST_HINTS = 20
"""A search for the nearest path costs a look at every name beside it."""


def put(
    data: dict[str, Any], path: str, value: Any, *, remove: bool = False, hint: bool = True
) -> tuple[str, str] | None:
    """Set or remove one path, of which only the last part may be new; return what is wrong.

    What is wrong comes as two texts, what and how to mend it, and then nothing was changed. `hint`
    looks for the nearest known name.

    >>> data = {"title": "Truce", "issues": {"line": {"name": "Line"}}}
    >>> put(data, "issues.line.name", "The line"), data["issues"]["line"]["name"]
    (None, 'The line')
    >>> put(data, "issues.lime.name", "x")
    ('"issues.lime.name" is not in the case', 'did you mean "issues.line.name"?')
    """
    if len(path) > MOST_LENGTH:
        return f'"{clip(path, 30)}" is no path of a case', "write it as demands.corridor.firmness"
    node: Any = data
    parts = path.split(".")
    while True:
        key = _longest(node, parts)
        if key is None and isinstance(node, dict) and not remove:
            key = _new(parts)
        if key is None:
            return _unknown(node, path, parts, hint)
        parts = parts[key.count(".") + 1 :]
        if parts:
            node = node[key]
        elif remove:
            del node[key]
            return None
        else:
            node[key] = value
            return None


def _longest(node: Any, parts: list[str]) -> str | None:
    """Return the longest name that the next parts spell: an option such as `0.5` holds a dot."""
    if not isinstance(node, dict):
        return None
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in node), None)


def _new(parts: list[str]) -> str | None:
    """Return the name of a new last part; the only ones with a dot are numbers."""
    name = ".".join(parts)
    return name if len(parts) == 1 or re.fullmatch(r"-?[0-9]+\.[0-9]+", name) else None


def _unknown(node: Any, path: str, parts: list[str], hint: bool) -> tuple[str, str]:
    done = path.removesuffix(".".join(parts)).split(".")[:-1]
    what = f'"{clip(path)}" is not in the case'
    if not isinstance(node, dict):
        return what, f'"{clip(".".join(done))}" has no parts; set it as a whole'
    names = itertools.islice(node, MOST_NAMES if hint else 0)
    near = difflib.get_close_matches(parts[0], names, n=1)
    if near:
        return what, f'did you mean "{clip(".".join([*done, near[0], *parts[1:]]))}"?'
    return what, "only the last part of a path may be new"


def at_path(data: Any, path: str) -> Any:
    """Return what stands at a path of plain data; None where nothing does.

    >>> at_path({"positions": {"north": {"0.5": 40}}}, "positions.north.0.5")
    40
    """
    parts = path.split(".")
    while parts:
        key = _longest(data, parts)
        if key is None:
            return None
        data, parts = data[key], parts[key.count(".") + 1 :]
    return data
