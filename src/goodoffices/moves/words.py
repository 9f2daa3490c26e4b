"""The words for stability, states and moves: neutral, each term glossed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from goodoffices.case.model import Case
from goodoffices.errors import clip
from goodoffices.moves.stability import Concept

if TYPE_CHECKING:
    from goodoffices.moves.results import Move

__all__ = ["GLOSSES", "MEANINGS", "doing", "joined", "option_name", "quoted", "steps"]

WIDTH = 60
"""Names from a case are cut to so many characters."""

GLOSSES = MappingProxyType(
    {
        Concept.NASH: "stable by itself (Nash)",
        Concept.SSEQ: "stable against credible sanctions, with no way out (SSEQ)",
        Concept.SEQ: "stable against credible sanctions (SEQ)",
        Concept.SMR: "stable against sanctions, with no way out (SMR)",
        Concept.GMR: "stable against sanctions (GMR)",
    }
)
"""Per concept what it is called, with its sign in brackets."""

MEANINGS = MappingProxyType(
    {
        Concept.NASH: "nobody gains by moving alone",
        Concept.SSEQ: (
            "whoever moves to gain can be answered by moves that pay those who make them, and "
            "can't get out of it by a second move"
        ),
        Concept.SEQ: "whoever moves to gain can be answered by moves that pay those who make them",
        Concept.SMR: (
            "whoever moves to gain can be answered, whether or not it pays, and can't get out of "
            "it by a second move"
        ),
        Concept.GMR: "whoever moves to gain can be answered, whether or not it pays",
    }
)
"""Per concept what it means; an answer leaves the first mover no better off than at the start."""


def quoted(name: str) -> str:
    """Return a name from a case in quotes, cut if it is long."""
    return f"“{clip(name, WIDTH)}”"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as a list in words.

    >>> joined(["a", "b", "c"]), joined(["a"])
    ('a, b and c', 'a')
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def option_name(case: Case, option: str) -> str:
    """Return an option's name in quotes."""
    known = case.moves.options if case.moves is not None else {}
    return quoted(known[option].name if option in known else option)


def doing(case: Case, move: Move) -> str:
    """Return a move as what somebody may be doing: `taking “Withdraw”`."""
    parts = []
    for options, verb in ((move.takes, "taking"), (move.drops, "dropping")):
        if options:
            parts.append(f"{verb} {joined([option_name(case, option) for option in options])}")
    # Where several states are taken as one, a move may change nothing that its mover decides.
    return joined(parts) or "taking another course"


def steps(case: Case, path: Iterable[Move]) -> str:
    """Return moves one after the other: `North taking “a”, then South dropping “b”`."""
    return ", then ".join(
        f"{clip(case.name_of(move.by), WIDTH)} {doing(case, move)}" for move in path
    )
