"""Lines of pages to paragraphs: a PDF knows where words stand, not what belongs together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Joined", "join"]

_ITEM = re.compile(r"(?:[•●▪◦‣*·–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+\S", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:page )?[-–]? ?\d{1,4} ?[-–]?(?: ?(?:of|/) ?\d{1,4})?", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";", "”", '"', "…")
_SHORT = 0.75
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Paragraphs, and how many lines were taken for running heads and page numbers."""

    paragraphs: tuple[str, ...]
    heads: int


def join(pages: Sequence[str]) -> Joined:
    r"""Return the paragraphs of pages, words and sentences joined over lines and pages.

    >>> join(["The parties met to nego-\ntiate a truce and\ndid not agree."]).paragraphs
    ('The parties met to negotiate a truce and did not agree.',)
    """
    kept, heads = _without_heads([_lines(page) for page in pages])
    flat = [line for page in kept for line in page]
    width = _width(flat)
    hyphened = set(re.findall(r"\w+-\w+", " ".join(flat).lower()))
    paragraphs: list[list[str]] = []
    before = ""
    for line in flat:
        if line and before and _goes_on(before, line, width):
            paragraphs[-1][-1:] = _glued(paragraphs[-1][-1], line, hyphened)
        elif line:
            paragraphs.append([line])
        before = line
    return Joined(tuple(" ".join(parts) for parts in paragraphs), heads)


def _lines(page: str) -> list[str]:
    lines = [" ".join(line.split()) for line in page.strip().split("\n")]
    # Some writers put a blank line after every line, and then it parts nothing.
    return [line for line in lines if line] if lines.count("") > 0.4 * len(lines) else lines


def _without_heads(pages: list[list[str]]) -> tuple[list[list[str]], int]:
    """Leave out lines at the edges that come again on other pages, and page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page[:_EDGE] + page[-_EDGE:] if line})
    often = max(3, len(pages) // 3)
    heads = 0
    kept = []
    for page in pages:
        edges = {*range(_EDGE), *range(len(page) - _EDGE, len(page))}
        lines = [
            line
            for k, line in enumerate(page)
            if k not in edges
            or not line
            or not (seen[_shape(line)] >= often or (len(pages) > 1 and _PAGE.fullmatch(line)))
        ]
        heads += len(page) - len(lines)
        # What is left at the edge is the space around what was left out.
        while lines and not lines[-1]:
            lines.pop()
        kept.append(lines)
    return kept, heads


def _shape(line: str) -> str:
    return _NUMBER.sub("#", line.lower())


def _width(lines: list[str]) -> int:
    """Return how long a full line is: what nine lines of ten do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with what the line before it began."""
    if line[0].islower() and not _ITEM.match(line):
        return True
    if _ITEM.match(line) or before.endswith(_ENDS):
        # A full line may end where a sentence ends; a short one ends a paragraph.
        return len(before) >= 0.9 * width and not _ITEM.match(line)
    return len(before) >= _SHORT * width


def _glued(before: str, line: str, hyphened: set[str]) -> list[str]:
    """Put a line behind another, and a word together that was divided between them."""
    if not (before.endswith("-") and before[-2:-1].isalpha() and line[0].islower()):
        return [before, line]
    last, first = before[-60:].split()[-1], line[:60].split()[0]
    whole = re.sub(r"[^\w-]", "", f"{last}{first}".lower())
    # "cease-fire" at a line's end keeps its hyphen where the text writes it so elsewhere.
    return [before + line] if whole in hyphened else [before[:-1] + line]
