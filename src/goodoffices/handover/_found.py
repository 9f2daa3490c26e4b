"""What sheets were found to say: data, where each part of it stands, and what is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from goodoffices.case._faults import error
from goodoffices.errors import Fault
from goodoffices.handover._forms import MORE, Cell, Unreadable, decoded
from goodoffices.handover._plan import Column

__all__ = ["Found", "Key", "Typed", "blank", "cell_name"]

MOST_FAULTS = 200

Key = tuple[str | int, ...]
Typed = Cell | dt.datetime | dt.date


@dataclass(kw_only=True, slots=True)
class Found:
    """What sheets say: plain data, where each part of it stands, what is wrong."""

    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[Key, str] = field(default_factory=dict)
    """Path to its cell: `Issues!B7`."""
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, where: str, what: str, mend: str) -> None:
        """Note a fault, up to a number that somebody may still read."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(error(where, what, mend))

    def put(self, path: Key, value: Any, where: str) -> None:
        """Set a part of the data, and note where it stands."""
        node: dict[Any, Any] = self.data
        for part in path[:-1]:
            node = node.setdefault(part, {})
        if path[-1] in node and value == {}:
            return
        node[path[-1]] = value
        self.cells[path] = where

    def take(self, path: Key, cell: Typed, column: Column, where: str) -> None:
        """Set a part of the data from a cell, or note why it can't be."""
        if cell == MORE:
            return
        try:
            value = decoded(cell, column.form)
        except Unreadable as problem:
            self.wrong(where, problem.what, problem.mend)
            return
        if column.form == "dated" and value == "unknown":
            self.put(path[:-1], {}, where)
        else:
            self.put(path, value, where)


def cell_name(sheet: str, row: int, column: int) -> str:
    """Name a cell; rows and columns counted from 0.

    >>> cell_name("Issues", 6, 1), cell_name("Issues", 0, 27)
    ('Issues!B7', 'Issues!AB1')
    """
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{sheet}!{letters}{row + 1}"


def blank(cell: Typed) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
