"""What a notebook shows of a moves result: three sentences and a small table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from goodoffices.moves.words import GLOSSES

if TYPE_CHECKING:
    from goodoffices.moves.results import MovesReport

__all__ = ["as_html"]

HEAD = "<tr><th>Equilibrium</th><th>How firmly</th></tr>"


def as_html(result: MovesReport) -> str:
    """Return HTML for a notebook; text from the case is escaped.

    The brief says far more; this is for looking at a result while working on a case.
    """
    labels = {state.id: state.label for state in result.states}
    rows = "".join(
        f"<tr><td>{escape(labels[one.state])}</td><td>{GLOSSES[one.concepts[0]]}</td></tr>"
        for one in result.equilibria.listed
    )
    return "\n".join(
        [
            f"<h4>{escape(result.title)}</h4>",
            *(f"<p>{escape(sentence.text)}</p>" for sentence in result.why),
            f"<table><thead>{HEAD}</thead><tbody>{rows}</tbody></table>",
        ]
    )
