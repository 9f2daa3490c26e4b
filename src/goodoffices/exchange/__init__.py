"""Other people's formats, in and out."""

from goodoffices.exchange.convert import convert
from goodoffices.exchange.genius import find_genius, lost_in_genius, read_genius, write_genius
from goodoffices.exchange.gmcr import lost_in_gmcr, read_gmcr, write_gmcr
from goodoffices.exchange.matrices import read_states
from goodoffices.exchange.reachability import read_matrices

__all__ = [
    "convert",
    "find_genius",
    "lost_in_genius",
    "lost_in_gmcr",
    "read_genius",
    "read_gmcr",
    "read_matrices",
    "read_states",
    "write_genius",
    "write_gmcr",
]
