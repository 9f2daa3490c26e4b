"""Question 10: what isn't known, and matters most."""

from __future__ import annotations

from goodoffices.brief.elements import Rich
from goodoffices.brief.figures.unknowns import draw_unknowns, ground, moves
from goodoffices.brief.material import Material, computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import count, number_of
from goodoffices.deals.results import Unknown

__all__ = ["draw_gaps", "tell_rest"]

MOST_BARS = 8
MOST_ROWS = 100


def draw_gaps(material: Material) -> Figure | None:
    """Draw the inputs that move the answer, with a table of all uncertain inputs."""
    rows = material.result.unknowns
    if not rows:
        return None
    shown = material.moving[:MOST_BARS]
    drawings = (draw_unknowns(shown, material.naming),) if shown else ()
    return Figure(
        drawings=drawings,
        caption=tell_rest(material),
        table=_table(material, rows),
    )


def tell_rest(material: Material) -> Rich:
    """Say how many inputs do nothing clear by themselves, and what their interplay leaves."""
    rest = len(material.result.unknowns) - len(material.moving[:MOST_BARS])
    together = 1 - sum(row.share for row in material.moving)
    said: Rich = (computed("unknowns", count(rest)), " further uncertain inputs are not drawn. ")
    if together > 0.05:
        said = (
            *said,
            "About ",
            computed("unknowns", f"{100 * together:.0f}\u202f%"),
            " of the variance comes from how inputs fall together, not from any one of them.",
        )
    return said


def _table(material: Material, rows: tuple[Unknown, ...]) -> Table:
    hidden = len(rows) - MOST_ROWS
    return Table(
        anchor="unknowns-table",
        stacks=True,
        caption=("Uncertain inputs, those that move the answer most first",),
        columns=(("Input",), ("Share of the variance",), ("Ground",), ("Rests on",)),
        rows=tuple(
            Row(
                cells=(
                    material.naming.path(row.path),
                    (computed("unknowns", moves(row)),),
                    (ground(row),),
                    material.evidence.refs(row.path),
                )
            )
            for row in rows[:MOST_ROWS]
        ),
        more=(f"{number_of(hidden, 'more input moves', 'more inputs move')} the answer less.",)
        if hidden > 0
        else (),
    )
