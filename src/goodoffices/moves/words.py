"""The words for stability, states and moves: neutral, each term glossed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from goodoffices.case.model import Case
from goodoffices.errors import clip
from goodoffices.moves.stability import Concept

if TYPE_CHECKING:
    from goodoffices.moves.results import Move, StateReport

__all__ = ["GLOSSES", "MEANINGS", "doing", "joined", "option_name", "quoted", "standing", "steps"]

WIDTH = 60
"""Names from a case are cut to so many characters."""

GLOSSES = MappingProxyType(
    {
        Concept.NASH: "stable by itself (Nash)",
        Concept.SSEQ: (
            "stable because of what others would do in return, with no way round it (SSEQ)"
        ),
        Concept.SEQ: "stable because of what others would do in return (SEQ)",
        Concept.SMR: "stable because of what others could do in return, with no way round it (SMR)",
        Concept.GMR: "stable because of what others could do in return (GMR)",
    }
)
"""Per concept what it is called, with its sign in brackets."""

MEANINGS = MappingProxyType(
    {
        Concept.NASH: "nobody gains by moving alone",
        Concept.SSEQ: (
            "whoever moves to gain has to expect moves of others that pay those who make them and "
            "undo the gain, and can't get round them by a second move"
        ),
        Concept.SEQ: (
            "whoever moves to gain has to expect moves of others that pay those who make them and "
            "undo the gain"
        ),
        Concept.SMR: (
            "others could undo the gain of whoever moves, if they were ready to bear what that "
            "costs them, and the mover can't get round it by a second move"
        ),
        Concept.GMR: (
            "others could undo the gain of whoever moves, if they were ready to bear what that "
            "costs them"
        ),
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
    """Return the name of an option, or of a state, in quotes."""
    if case.moves is None:
        return quoted(option)
    known = case.moves.options.get(option) or case.moves.states.get(option)
    return quoted(known.name if known is not None else option)


def doing(case: Case, move: Move) -> str:
    """Return a move as what somebody may be doing: `taking “Withdraw”`, `moving to “Truce”`."""
    if case.moves is not None and case.moves.arcs:
        return f"moving to {quoted(case.moves.states[move.target].name)}"
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


def standing(state: StateReport, name: Callable[[str], str]) -> str:
    """Return how firmly a state would hold, or who would leave it; `name` tells who that is."""
    if state.equilibrium:
        return GLOSSES[state.equilibrium[0]]
    # Who is stable in any sense is so under GMR, so that without an equilibrium somebody is not.
    restless = [name(actor) for actor, concepts in state.stable.items() if not concepts]
    return f"not stable: nothing would keep {joined(restless, last='or')} there"
