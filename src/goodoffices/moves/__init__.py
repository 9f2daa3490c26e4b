"""The lens on deadlock: the graph model of a conflict, and why nobody moves."""

from goodoffices.moves.lens import DRAWS, moves
from goodoffices.moves.results import MovesReport
from goodoffices.moves.stability import Concept

__all__ = ["DRAWS", "Concept", "MovesReport", "moves"]
