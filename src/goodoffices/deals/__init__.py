"""The lens on agreements: is there a zone, what blocks it, what could be tabled."""

from goodoffices.deals.lens import DRAWS, deals
from goodoffices.deals.results import Deals

__all__ = ["DRAWS", "Deals", "deals"]
