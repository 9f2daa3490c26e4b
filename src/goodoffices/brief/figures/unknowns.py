"""Which uncertain input moves the answer most."""

from __future__ import annotations

from goodoffices.brief.elements import Element, plain
from goodoffices.brief.figures.rows import Bar, Look, chart
from goodoffices.brief.naming import Naming
from goodoffices.brief.text import THIN, number_of
from goodoffices.deals.results import Unknown

__all__ = ["draw_unknowns", "ground", "moves"]

_LOOKS: dict[str, Look] = {"claimed": "solid", "assumed": "light", "unknown": "hollow"}


def draw_unknowns(rows: tuple[Unknown, ...], naming: Naming) -> Element:
    """Draw each input's share of the variance of the answer, with two standard errors."""
    most = next(m for m in (0.2, 0.4, 1.0) if rows[0].share + 2 * rows[0].error <= m or m == 1.0)
    bars = tuple(
        Bar(
            label=plain(naming.path(row.path)),
            value=row.share,
            low=max(0.0, row.share - 2 * row.error),
            high=min(1.0, row.share + 2 * row.error),
            text=moves(row),
            look=_LOOKS[ground(row)],
            note=ground(row),
        )
        for row in rows
    )
    first = bars[0]
    description = (
        f"{number_of(len(bars), 'input')}, the largest first. {first.label}: {first.text} of the "
        f"variance, {first.note}. The table below has every input."
    )
    return chart(
        "fig-unknowns",
        "How much of the answer's uncertainty each input explains by itself",
        description,
        bars,
        class_="unknowns",
        most=most,
    )


def ground(row: Unknown) -> str:
    """Say what an input rests on; a blank is unknown, whoever left it blank."""
    if row.blank:
        return "unknown"
    return "claimed" if row.founded == "claimed" else "assumed"


def moves(row: Unknown) -> str:
    """Write an input's share of the variance in whole per cent, with two standard errors."""
    spread = 200 * row.error
    if 100 * row.share < 1 and spread < 1:
        return f"under 1{THIN}%"
    return f"{100 * row.share:.0f} ± {max(spread, 1):.0f}{THIN}%"
