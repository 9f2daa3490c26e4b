"""Other people's formats, in and out."""

from goodoffices.exchange.genius import find_genius, lost_in_genius, read_genius, write_genius

__all__ = ["find_genius", "lost_in_genius", "read_genius", "write_genius"]
