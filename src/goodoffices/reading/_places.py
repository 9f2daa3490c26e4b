"""Where the claims of a case stand in their sources, so that no words are proposed twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from goodoffices.case.evidence import WIDEST, SourceText, normal
from goodoffices.case.model import Case, Claim, Place
from goodoffices.reading.findings import Span

__all__ = ["Claimed", "quotable", "stands"]

OVERLAP = 0.5
"""Words are claimed already if a claim shares so much of the shorter of the two."""
LONGEST = 1_000
"""Characters; more is a passage, not a quote."""

_CHARACTERS = re.compile(r"\s*([0-9]{1,9}) *[-–] *([0-9]{1,9})\s*")


class Claimed:
    """The words of each source that claims of a case quote."""

    def __init__(self, case: Case, texts: Mapping[str, str]) -> None:
        self.spans: defaultdict[str, list[tuple[Span, str, Claim]]] = defaultdict(list)
        for key, claim in case.claims.items():
            for source, quote, at in _quotes(claim):
                span = _found(texts.get(source, ""), quote, at)
                if span is not None:
                    self.spans[source].append((span, key, claim))

    def at(self, source: str, span: Span, type_: str, speaker: str) -> str | None:
        """Return the claim that quotes these words, or most of them.

        Of several it is the one whose words fit best, and of these one of the same type and the
        same speaker, since one sentence may say two things.
        """
        fits = [
            ((_fit(span, other), claim.type == type_, claim.speaker == speaker), key)
            for other, key, claim in self.spans[source]
            if _shared(span, other) >= OVERLAP * min(_length(span), _length(other))
            and _shared(span, other) > 0
        ]
        return max(fits, key=lambda found: found[0])[1] if fits else None


def quotable(text: str, span: Span) -> str | None:
    r"""Return the words of a span as a case may quote them, or None if it can't.

    >>> quotable("They will\nnot leave.", Span(0, 19))
    'They will not leave'
    """
    words = " ".join(span.of(text).split())
    fits = 0 <= span.start < span.end <= len(text) and len(words) <= LONGEST
    return words if fits and words.isprintable() and stands(text, words, span) else None


def stands(text: str, quote: str, span: Span) -> bool:
    """Whether `goodoffices check` will find a quote at these characters."""
    sought = normal(quote)
    return (
        bool(sought)
        and span.end - span.start <= WIDEST * len(sought) + 100
        and span.end < 10**9
        and SourceText(text, "", ()).stands_at(sought, span.start, span.end)
    )


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _length(span: Span) -> int:
    return span.end - span.start


def _fit(one: Span, other: Span) -> float:
    return _shared(one, other) / max(_length(one), _length(other))


def _quotes(claim: Claim) -> Iterator[tuple[str, str, str | int | None]]:
    places: list[Claim | Place] = [claim, *claim.also]
    for place in places:
        if place.source is not None and place.quote is not None:
            yield place.source, place.quote, place.at


def _found(text: str, quote: str, at: str | int | None) -> Span | None:
    """Return where a quote stands: as stated in characters, else where it is found first."""
    stated = _CHARACTERS.fullmatch(str(at))
    if stated is not None:
        return Span(int(stated[1]), int(stated[2]))
    words = [re.escape(word) for word in re.findall(r"\w+", normal(quote))]
    match = re.search(r"\W+".join(words), text) if words else None
    return Span(match.start(), match.end()) if match else None
