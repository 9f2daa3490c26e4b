"""What every kind of file is read into, before its text is cleaned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The process that takes files apart starts sooner without the model of a case.
    from goodoffices.reading.findings import SourceKind

__all__ = ["MOST_BYTES", "MOST_TEXT", "SECONDS", "Extract", "Unreadable", "counted"]

MOST_BYTES = 100_000_000
"""Bytes of one file."""
MOST_TEXT = 20_000_000
"""Bytes of a document's text, as UTF-8; what a case's source may be long."""
SECONDS = 60.0
"""Time for one file that has to be taken apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """The raw text of a file, and what it states about itself."""

    text: str
    """Paragraphs with blank lines between them, where the file has paragraphs."""
    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    kind: SourceKind | None = None
    notes: tuple[str, ...] = ()


class Unreadable(Exception):
    """Why a file can't be read, and how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def counted(count: int, one: str, more: str | None = None) -> str:
    """Return a count with its noun.

    >>> counted(1, "page"), counted(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{count:,} {one if count == 1 else more or one + 's'}"
