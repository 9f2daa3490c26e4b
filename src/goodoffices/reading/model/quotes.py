"""Where words stand in a text: exactly, or with quotation marks, dashes and spaces made alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.case.evidence import normal
from goodoffices.reading.findings import Span

__all__ = ["Folded", "is_quoted"]

# White space and dashes fold as runs; a letter folds with the marks that stand upon it.
_CLUSTER = re.compile(r"\s+|[-\u2010-\u2015\u2212]+|.[\u0300-\u036f]*", re.DOTALL)
_OUTER = re.compile(r"^[\s\"'“”\u2018’«»]+|[\s\"'“”\u2018’«».,;]+$")


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of a text, made alike, that knows where each of its characters came from.

    >>> text = "He said: “no  deal”."
    >>> Folded.of(text).places('"no deal"')
    (Span(start=9, end=19),)
    """

    source: str
    span: Span
    text: str
    starts: tuple[int, ...]
    """Where the source of each folded character begins in `source`."""
    ends: tuple[int, ...]
    small: str
    """`text` in small letters; empty where they have another length."""

    @classmethod
    def of(cls, source: str, span: Span | None = None) -> Folded:
        """Fold a stretch of a text, or all of it."""
        span = span or Span(0, len(source))
        signs: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for cluster in _CLUSTER.finditer(source, span.start, span.end):
            piece = cluster[0]
            folded = " " if piece.isspace() else _folded(piece)
            if folded == " " and signs and signs[-1] == " ":
                continue
            signs.extend(folded)
            starts.extend([cluster.start()] * len(folded))
            ends.extend([cluster.end()] * len(folded))
        text = "".join(signs)
        small = text.lower()
        small = small if len(small) == len(text) else ""
        return cls(source, span, text, tuple(starts), tuple(ends), small)

    def places(self, words: str, *, any_case: bool = False) -> tuple[Span, ...]:
        """Return where whole words stand, in order: exact places if there are any, else folded."""
        return tuple(self._search(words, any_case))

    def _search(self, words: str, any_case: bool) -> Iterator[Span]:
        folded = normal(words)
        tries = [(self.text, folded)] + ([(self.small, folded.lower())] if any_case else [])
        found = False
        for start, end in _whole(self.source, words.strip(), self.span.start, self.span.end):
            found = True
            yield Span(start, end)
        for text, sought in tries:
            if found:
                return
            for start, end in _whole(text, sought, 0, len(text)):
                found = True
                yield Span(self.starts[start], self.ends[end - 1])

    def quote(self, words: str) -> tuple[Span, ...]:
        """Return where a quote stands, with or without the marks and the full stop around it."""
        return self.places(words) or self.places(_OUTER.sub("", words))

    def holds(self, words: str) -> bool:
        """Say whether whole words stand here, in any case of letters."""
        return any(self._search(words, any_case=True))

    def as_written(self, words: str) -> str | None:
        """Return words as they are written here, on one line; None where they aren't."""
        found = next(self._search(words, any_case=True), None)
        return " ".join(found.of(self.source).split()) if found else None


def is_quoted(text: str, paragraph: Span, quote: Span) -> bool:
    """Say whether a quote stands between double quotation marks of its paragraph.

    >>> is_quoted('He said "no deal" twice.', Span(0, 24), Span(9, 16))
    True
    """
    before, words = text[paragraph.start : quote.start], quote.of(text)
    opened = max(before.rfind("“"), before.rfind("«")) > max(before.rfind("”"), before.rfind("»"))
    if opened or before.count('"') % 2:
        return True
    return len(words) > 1 and words[0] in '“"«' and words[-1] in '”"»'


def _folded(piece: str) -> str:
    return piece if piece.isascii() and piece.isalnum() else normal(piece)


def _whole(text: str, words: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Return where words stand that no letter or digit touches."""
    start = text.find(words, low, high) if words else -1
    while start >= 0:
        end = start + len(words)
        cut = (start > low and words[0].isalnum() and text[start - 1].isalnum()) or (
            end < high and words[-1].isalnum() and text[end].isalnum()
        )
        if not cut:
            yield start, end
        start = text.find(words, start + 1 if cut else end, high)
