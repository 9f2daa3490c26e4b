"""What a person sees of a draft: its words in their context, its fields, and what comes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goodoffices.case.drafts import Part, drafts_of, section_of
from goodoffices.case.model import Case, Claim, Place
from goodoffices.errors import clip
from goodoffices.reading.editing import fields_of, value_of
from goodoffices.reading.review import Review, current, dependants, left, needs

__all__ = ["Excerpt", "View", "view"]

AROUND = 240
"""Characters of context on each side of a quote, as far as the paragraph goes."""
MOST_QUOTES = 3
_CHARACTERS = re.compile(r"([0-9]+)-([0-9]+)")
_CALLED = {
    "claims": "Claim",
    "parties": "Party",
    "factions": "Faction",
    "constituencies": "Constituency",
    "issues": "Issue",
    "demands": "Demand",
    "positions": "Position",
    "interests": "Interest",
    "questions": "Question",
    "estimates": "Estimate",
    "events": "Event",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A quote, and what stands around it."""

    source: str
    """The source's title, and where in it."""
    before: str
    quote: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A draft as it is shown."""

    path: str
    kind: str
    left: int
    """Drafts still to be shown, this one included."""
    fields: tuple[tuple[str, str], ...]
    excerpts: tuple[Excerpt, ...]
    needs: tuple[str, ...]
    """What is accepted with it."""
    dependants: tuple[str, ...]
    """What is rejected with it."""


def view(review: Review, texts: Mapping[str, str]) -> View | None:
    """Show the draft that is next; None at the end. `texts` are those of the sources."""
    path = current(review)
    if path is None:
        return None
    case = review.case
    part = drafts_of(case)[path]
    return View(
        path=path,
        kind=_CALLED.get(section_of(path), "Draft"),
        left=len(left(review)),
        fields=tuple(_fields(case, path, part)),
        excerpts=tuple(_excerpts(case, part, texts)),
        needs=needs(case, path),
        dependants=dependants(case, path),
    )


def _fields(case: Case, path: str, part: Part) -> Iterator[tuple[str, str]]:
    for name in fields_of(part):
        value = value_of(case, path, name)
        if value:
            yield name, value
    if isinstance(part, Claim) and part.confidence is not None:
        yield "confidence", f"{part.confidence:.0%}"
    assumed = getattr(part, "assumed", None)
    if assumed:
        yield "assumed", assumed


def _excerpts(case: Case, part: Part, texts: Mapping[str, str]) -> Iterator[Excerpt]:
    claims: list[Claim] = [part] if isinstance(part, Claim) else []
    claims += [case.claims[key] for key in getattr(part, "because", ()) if key in case.claims]
    places: list[Claim | Place] = []
    for claim in claims:
        places += [claim, *claim.also]
    for place in places[:MOST_QUOTES]:
        source = case.sources.get(place.source or "")
        title = clip(source.title, 60) if source is not None else "no source"
        at = f", {place.at}" if place.at is not None else ""
        before, after = _around(texts.get(place.source or "", ""), place)
        yield Excerpt(source=f"{title}{at}", before=before, quote=place.quote or "", after=after)


def _around(text: str, place: Claim | Place) -> tuple[str, str]:
    """Return what stands before and after a quote, within its paragraph."""
    found = _CHARACTERS.fullmatch(str(place.at))
    if found is not None:
        start, end = int(found[1]), int(found[2])
    else:
        start = text.find(place.quote or "\0")
        end = start + len(place.quote or "")
    if not 0 <= start < end <= len(text):
        return "", ""
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    cut = before.rfind("\n\n")
    before = before[cut + 2 :] if cut >= 0 else ("…" if start > AROUND else "") + before
    cut = after.find("\n\n")
    after = after[:cut] if cut >= 0 else after + ("…" if end + AROUND < len(text) else "")
    return _line(before), _line(after)


def _line(text: str) -> str:
    """Return text on one line, the spaces at its ends kept as one."""
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() and inner else ""
    return lead + inner + (" " if text[-1:].isspace() and inner else "")
