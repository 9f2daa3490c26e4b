"""Tables and figures as the templates take them."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.brief.elements import Element, Rich

__all__ = ["Figure", "Row", "Table"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table; its first cell is its heading."""

    cells: tuple[Rich, ...]
    anchor: str | None = None
    on_paper: bool = True
    """Whether it is printed, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with a caption and headings for columns and rows."""

    anchor: str
    caption: Rich
    columns: tuple[Rich, ...]
    rows: tuple[Row, ...]
    stacks: bool = False
    """Whether a narrow screen shows each row as a card; else it scrolls sideways."""
    more: Rich = ()
    """What is not in it, said below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A drawing with its caption, and the table that says the same."""

    drawings: tuple[Element, ...]
    caption: Rich
    """What this case has to say; how the drawing is read stands in the template."""
    table: Table | None = None
