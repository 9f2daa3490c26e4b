"""A document's text cut into pieces that a parser reads well, with every offset intact.

A headline never joins the sentence after it, lines that were only wrapped join again, and no piece
is longer than a bound, so that memory and time stay bounded on a text of one long line. Signs are
replaced one for one: the place of a word in a piece, plus where the piece starts, is its place in
the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from goodoffices.reading.rules.words import cue_words

__all__ = ["LONGEST", "Piece", "pieces", "plain"]

LONGEST = 3000
"""Characters of the longest piece."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u201b`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f«»", '"'),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t\n\r\v\f\u2028\u2029\u200b\ufeff", " "),
        **dict.fromkeys("\u2010\u2011\u2012", "-"),
        **dict.fromkeys("–—―", "-"),
        # What stands after a semicolon is parsed by itself.
        ";": ".",
        "\x00": " ",
    }
)
_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_BREAK = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-Z0-9])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A paragraph, or a part of a long one."""

    start: int
    """Where it begins in the document."""
    text: str
    """Its words with plain signs, each at its own place."""
    headline: bool = False
    paragraph: int = 0
    """Parts of one paragraph share its number."""
    label: str = ""
    """Who speaks, where the document writes it before a colon, as an interview does."""
    quoted: bool = False
    """Whether the document marks the paragraph as quoted, with ">" at its start."""
    comment: bool = False
    """Whether the document itself calls the paragraph a comment, an opinion or a letter."""


def plain(text: str) -> str:
    """Return the text with straight quotes and spaces, as long as before.

    >>> plain("“Never”, he said.")
    '"Never", he said.'
    """
    return text.translate(_SIGNS)


def pieces(text: str) -> Iterator[Piece]:
    r"""Yield the pieces in order; what lies between them holds no words.

    >>> [piece.text for piece in pieces("Talks fail\nBoth sides left. It rained.")]
    ['Talks fail', 'Both sides left. It rained.']
    >>> [piece.headline for piece in pieces("Talks fail\nBoth sides left. It rained.")]
    [True, False]
    """
    seen_lower = _lower_words(text)
    labelled = len(_LABEL.findall(text[:200_000])) > 1
    last = len(text.rstrip())
    under = False
    for number, (start, end) in enumerate(_paragraphs(text)):
        start, mark = _start(text, start, end)
        if _PLACED.fullmatch(text[start:end].strip()):
            continue
        label = _LABEL.match(text, start, end) if labelled else None
        start = label.end() if label is not None else start
        headline = label is None and end < last and _headline(text[start:end])
        if headline:
            under = _COMMENTS.fullmatch(text[start:end].strip()) is not None
        for begin, stop in _parts(text, start, end):
            words = plain(text[begin:stop])
            if headline:
                words = _as_sentence(words, seen_lower)
            if words.strip():
                yield Piece(
                    start=begin,
                    text=words,
                    headline=headline,
                    paragraph=number,
                    label=label[1] if label is not None else "",
                    quoted=mark == ">",
                    comment=mark == "!" or (under and not headline),
                )


_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|"
    r"August|September|October|November|December)\.?"
)
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?"
_AGENCY = r"\([A-Za-z][A-Za-z .,/]{1,24}\)"
_DASH = r"(?:\s[-–—]{1,2}\s|\s?--\s?|\s?—\s?)"
_PLACE = r"[A-Z][A-Z.'\u2019-]+(?:[ ,/]{1,2}[A-Z][A-Z.'\u2019-]+){0,4}"
_TOWN = r"[A-Z][\w.'\u2019-]+(?:[ ,/]{1,2}[A-Z][\w.'\u2019-]+){0,3}"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,? {_DAY})?\s?,?(?:\s?{_AGENCY})?(?:,? {_DAY})?{_DASH}"
    # A day before a sentence is enough of a sign: "GENEVA, Sept 5. ", "Nairobi, 9 November. ".
    rf"|(?:{_PLACE}|{_TOWN}),? {_DAY}(?:\s?{_AGENCY})?(?:{_DASH}|\.\s+|:\s+)"
    rf"|{_TOWN}\s?{_AGENCY}{_DASH}"
)
_PLACED = re.compile(rf"(?:{_PLACE}|{_TOWN}),? {_DAY}\.?")
"""A line that is nothing but place and day."""
_COMMENT = re.compile(
    r"(?:opinion|comment|commentary|editorial|leader|op-ed|letters?(?: to the editor)?|viewpoint)"
    r"\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:opinion|comment|commentary|editorial|op-ed|letters?(?: to the editor)?|viewpoint)s?",
    re.IGNORECASE,
)


_LABEL = re.compile(
    r"^[ \t]*((?:Q|A|Question|Answer|"
    r"[A-Z][\w.'\u2019-]+(?: (?:[A-Z][\w.'\u2019-]*|of|the|al|de)){0,4}))"
    r"\s?:[ \t]+(?=[\"\u201c\u2018A-Z])",
    re.MULTILINE,
)


def _start(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the words of a paragraph start, and the mark of Markdown before them.

    A dateline ("GENEVA, 5 May - ") is left out too: it is no subject of what follows. So is a label
    ("Opinion: "), whose mark is "!".
    """
    m = re.compile(r"[ \t]*(#{1,6}|>+|[-*+•]|\d{1,3}[.)])?[ \t]+|[ \t]*").match(text, start, end)
    if m is None:
        return start, ""
    begin = m.end()
    for opening in (_DATELINE, _COMMENT):
        found = opening.match(text, begin, end)
        if found is not None and found.end() < end:
            return found.end(), "!" if opening is _COMMENT else (m[1] or "")[:1]
    return begin, (m[1] or "")[:1]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs begin and end: single lines, or lines that were wrapped."""
    lines: list[tuple[int, int]] = []
    place = 0
    for line in text.split("\n"):
        end = place + len(line)
        if line.strip():
            lines.append((place, end))
        else:
            yield from _unwrapped(text, lines)
            lines = []
        place = end + 1
    yield from _unwrapped(text, lines)


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    longest = max(end - start for start, end in lines)
    begin = lines[0][0]
    for (start, end), (then, stop) in pairwise(lines):
        full = longest <= 120 and end - start >= 0.7 * longest >= 28
        goes_on = full and not _END.search(text[start:end]) and stop > then
        lower = text[then:stop].lstrip()[:1].islower() and not _END.search(text[start:end])
        sentence = full and len(lines) > 2 and end - start >= 0.8 * longest
        if not (goes_on or lower or sentence):
            yield begin, end
            begin = then
    yield begin, lines[-1][1]


def _headline(line: str) -> bool:
    return len(line.split()) <= 20 and not _END.search(line) and any(c.isalpha() for c in line)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph where a sentence ends, or at a space, before it grows too long."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        breaks = [m.end() for m in _BREAK.finditer(window)]
        cut = breaks[-1] if breaks else window.rfind(" ") + 1
        cut = cut or LONGEST
        yield start, start + cut
        start += cut
    yield start, end


def _lower_words(text: str) -> frozenset[str]:
    """Return the words that a text writes small, and never large in the middle of a sentence."""
    large = {word.lower() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", text[:200_000])}
    return frozenset(re.findall(r"\b[a-z]{3,}\b", text[:200_000])) - large


def _as_sentence(line: str, lower: frozenset[str]) -> str:
    """Write a headline's capitals small where the text itself writes the word small."""
    words = re.findall(r"[A-Za-z][\w'-]*", line)
    capitals = sum(word[0].isupper() for word in words)
    if not words or capitals < 0.6 * len(words):
        return line
    return re.sub(
        r"[A-Za-z][\w'-]*",
        lambda m: m[0].lower() if m[0].lower() in lower | cue_words("headline_words") else m[0],
        line,
    )
