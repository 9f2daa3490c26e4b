"""The sentence around a quote, so that a reader sees what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goodoffices.brief.text import clipped, visible

__all__ = ["Excerpt", "excerpt"]

REACH = 300
"""At most so many characters are shown before a quote, and after it."""

# Written as code points, because to the eye many of these are the same.
_ALIKE = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\xab\xbb", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
_END = re.compile(r"""[.!?…]["'”’)\]]*\s|\n\s*\n""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A quote, and what stands before and after it in the same sentence."""

    before: str
    quote: str
    after: str


def excerpt(text: str, quote: str) -> Excerpt:
    """Find a quote in its source; quotation marks and white space count as alike.

    A quote that isn't there stands alone. (That it is there is for `goodoffices.case.check`.)

    >>> excerpt(
    ...     'It rained. He said: "We  stay", and left. Then sun.', "“we stay”".replace("w", "W")
    ... )
    Excerpt(before='He said: ', quote='"We stay"', after=', and left.')
    """
    span = _find(text, quote)
    if span is None:
        return Excerpt(before="", quote=visible(quote), after="")
    start, end = span
    before, after = _before(text[:start]), _after(text[end:], ended=_ends(text[start:end]))
    return Excerpt(before=before, quote=_squeezed(text[start:end]), after=after)


def _find(text: str, quote: str) -> tuple[int, int] | None:
    words = quote.translate(_ALIKE).split()
    if not words or not text:
        return None
    # Each mark and each stretch of white space is one character wide in both, so places agree.
    found = re.search(r"\s+".join(map(re.escape, words)), text.translate(_ALIKE))
    return found.span() if found else None


def _ends(quoted: str) -> bool:
    return bool(re.search(r"""[.!?…]["'”’)]*$""", quoted))


def _before(text: str) -> str:
    start = max((m.end() for m in _END.finditer(text)), default=0)
    shown = _squeezed(text[start:]).lstrip()
    if len(shown) > REACH:
        shown = "…" + shown[-REACH:]
    return shown


def _after(text: str, *, ended: bool) -> str:
    if ended:
        return ""
    stop = _END.search(text)
    return clipped(_squeezed(text[: stop.end()] if stop else text).rstrip(), REACH)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", visible(re.sub(r"\s+", " ", text)))
