"""A document in pieces that fit into one question, and a text in paragraphs and sentences.

Every place counts from the start of the whole text, and no two pieces overlap.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.reading.findings import Span

__all__ = ["Chunk", "chunks", "paragraphs", "sentence_of", "sentences"]

_BLANK = re.compile(r"\n[^\S\n]*\n")
_LINE = re.compile(r"[^\n]+")
# Titles, initials and abbreviations whose full stop ends no sentence.
_SHORT = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Rep|Sen|Gov|St|No|vs|etc|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|(?:[A-Z]\.)+[A-Z]|e\.g|i\.e)\.$"
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“\u2018(\[]*[A-Z0-9À-ÖØ-Þ])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Paragraphs, or pieces of a long one, that go into one question."""

    parts: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first paragraph's first character to the last one's end."""
        return Span(self.parts[0].start, self.parts[-1].end)


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Return the paragraphs: blocks with blank lines between them; without any, the lines.

    >>> [p.of("One\nblock.\n\nAnother.") for p in paragraphs("One\nblock.\n\nAnother.")]
    ['One\nblock.', 'Another.']
    """
    found = []
    if _BLANK.search(text):
        start = 0
        for blank in _BLANK.finditer(text):
            found.append((start, blank.start()))
            start = blank.end()
        found.append((start, len(text)))
    else:
        found = [line.span() for line in _LINE.finditer(text)]
    stripped = (_stripped(text, start, end) for start, end in found)
    return tuple(span for span in stripped if span is not None)


def sentences(text: str, within: Span) -> tuple[Span, ...]:
    """Return the sentences of a paragraph.

    >>> text = "Mr. Vos left. The talks go on."
    >>> [s.of(text) for s in sentences(text, Span(0, len(text)))]
    ['Mr. Vos left.', 'The talks go on.']
    """
    starts = [within.start]
    for end in _END.finditer(text, within.start, within.end):
        before = text[max(within.start, end.start() - 12) : end.start() + 1]
        if not (end[0].startswith(".") and _SHORT.search(before)):
            starts.append(end.end())
    ends = [*starts[1:], within.end]
    found = (_stripped(text, *bounds) for bounds in zip(starts, ends, strict=True))
    return tuple(span for span in found if span is not None)


def sentence_of(found: tuple[Span, ...], quote: Span) -> Span:
    """Return the sentence, or the row of sentences, in which a quote stands.

    >>> sentence_of((Span(0, 10), Span(11, 20)), Span(12, 15))
    Span(start=11, end=20)
    """
    starts = [sentence.start for sentence in found]
    first = found[max(bisect_right(starts, quote.start) - 1, 0)]
    last = found[max(bisect_right(starts, max(quote.end - 1, quote.start)) - 1, 0)]
    return Span(min(first.start, quote.start), max(last.end, quote.end))


def chunks(text: str, budget: int) -> tuple[Chunk, ...]:
    """Return a text in pieces of at most `budget` characters, in its order.

    A piece ends with a paragraph where it can, else with a sentence, else between two words; a
    longer word is cut. Only white space between paragraphs is in none of them.
    """
    found: list[Chunk] = []
    held: list[Span] = []
    for part in _fitting(text, budget):
        if held and part.end - held[0].start > budget:
            found.append(Chunk(tuple(held)))
            held = []
        held.append(part)
    return (*found, Chunk(tuple(held))) if held else tuple(found)


def _fitting(text: str, budget: int) -> Iterator[Span]:
    for paragraph in paragraphs(text):
        if paragraph.end - paragraph.start <= budget:
            yield paragraph
        else:
            yield from _cut(text, paragraph, budget)


def _cut(text: str, paragraph: Span, budget: int) -> Iterator[Span]:
    """Cut a long paragraph, at the last good place that fits each time."""
    good = [sentence.start for sentence in sentences(text, paragraph)]
    start = paragraph.start
    while paragraph.end - start > budget:
        limit = start + budget
        place = good[bisect_right(good, limit) - 1]
        if place <= start:
            space = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
            place = space + 1 if space > start else limit
        if (span := _stripped(text, start, place)) is not None:
            yield span
        start = place
    if (span := _stripped(text, start, paragraph.end)) is not None:
        yield span


def _stripped(text: str, start: int, end: int) -> Span | None:
    """Return the part without white space around it; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
