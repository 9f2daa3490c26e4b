"""What every summary for a terminal is made of: its head, sections and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from goodoffices.case.model import Case
from goodoffices.errors import clip

__all__ = ["header", "section", "table"]


def header(case: Case, scenario: str | None) -> Iterator[RenderableType]:
    """Yield the title, the day and the scenario."""
    yield Text(clip(case.title, 120), style="bold underline")
    inferred = f" (inferred: {clip(case.as_of.inferred, 80)})" if case.as_of.inferred else ""
    yield Text(f"as of {case.as_of.date or 'an unknown date'}{inferred}")
    if scenario is not None:
        yield Text(f"scenario: {clip(case.scenarios[scenario].name, 100)}")


def section(title: str, body: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """Yield a title and what stands under it, indented."""
    yield Text(f"\n{title}", style="bold")
    for part in body:
        yield Padding(part, (0, 0, 0, 2), expand=False)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of plain text."""
    found = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in head:
        found.add_column(Text(title), overflow="fold")
    for row in rows:
        # Text, not str: square brackets in a case's names must not be read as markup.
        found.add_row(*(Text(cell) for cell in row))
    return found
