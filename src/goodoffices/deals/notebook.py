"""What a notebook shows of a deals result: a few lines and two small tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from goodoffices.deals.share import words

if TYPE_CHECKING:
    from goodoffices.deals.results import Deals

__all__ = ["as_html"]


def as_html(result: Deals) -> str:
    """Return HTML for a notebook; text from the case is escaped.

    The brief says far more; this is for looking at a result while working on a case.
    """
    zone = result.zone
    face = {True: "holds", False: "does not hold", None: "was not decided"}[zone.at_face_value]
    lines = [
        f"<h4>{escape(result.title)}</h4>",
        f"<p>A zone exists with probability {escape(words(zone.probability))}.</p>",
        f"<p>At face value one {face}. {result.method.how}, {result.method.draws} draws.</p>",
        _table(
            ("Conflict", "Made by"),
            ((" + ".join(c.demands), ", ".join(c.actors)) for c in result.conflicts.conflicts),
        ),
        _table(
            ("Package", "All accept", "Options"),
            (
                (p.name, words(p.all_accept), ", ".join(f"{i}: {o}" for i, o in p.picks.items()))
                for p in (*result.offers, *result.packages)
            ),
        ),
    ]
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
