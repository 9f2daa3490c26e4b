"""How a draw is decided: no package, undecided within the budget, or a package."""

from __future__ import annotations

__all__ = ["NO", "UNDECIDED", "YES"]

# Ordered, so that the best answer over several branches is the largest.
NO, UNDECIDED, YES = 0, 1, 2
