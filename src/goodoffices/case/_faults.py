"""How the checks of a case say what they find."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from goodoffices.errors import Fault, clip, nearest

__all__ = ["Hints", "error", "warning"]

MOST_HINTS = 50


def error(where: str, what: str, mend: str = "") -> Fault:
    """Return a fault that makes a case unusable."""
    return Fault(where=where, what=what, mend=mend)


def warning(where: str, what: str, mend: str = "") -> Fault:
    """Return a fault that is worth a second look."""
    return Fault(where=where, what=what, mend=mend, severity="warning")


@dataclass(slots=True)
class Hints:
    """Nearest known names, for the first faults only: a search costs a look at every name."""

    given: dict[tuple[str, str], str] = field(default_factory=dict)
    drafts: Collection[str] = frozenset()
    """Ids of drafts, which are there but may not be used."""

    def near(self, name: str, kind: str, known: Collection[str]) -> str:
        """Return how to mend an unknown name of some kind."""
        if name in self.drafts:
            return "it is a draft: confirm it, or do without it"
        if not known:
            return "there is none yet; add it"
        if (kind, name) not in self.given and len(self.given) < MOST_HINTS:
            self.given[kind, name] = nearest(name, known)
        return self.given.get((kind, name)) or f"known: {clip(', '.join(known), 100)}"
