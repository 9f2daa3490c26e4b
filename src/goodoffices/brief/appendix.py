"""What stands at the end: comments, claims and assumptions."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.brief.elements import Rich, bdi, el, join, link
from goodoffices.brief.evidence import ShownClaim, is_opinion, place
from goodoffices.brief.material import Subject

__all__ = ["Entry", "Premise", "list_claims", "list_premises", "tell_elicitation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A claim or an opinion in the appendix."""

    anchor: str
    label: str
    quote: Rich
    source: Rich
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Premise:
    """An assumption in the appendix: its words, and what rests on it."""

    label: str
    words: Rich
    places: Rich


def list_claims(subject: Subject, *, opinions: bool) -> tuple[Entry, ...]:
    """Return the claims of the case; or, apart from them, the opinions."""
    return tuple(
        _entry(subject, shown)
        for shown in subject.evidence.claims.values()
        if is_opinion(subject.case, shown.claim) == opinions
    )


def _entry(subject: Subject, shown: ShownClaim) -> Entry:
    claim, found = shown.claim, shown.excerpt
    quote: Rich = ("no words are quoted",)
    if found is not None:
        # The words quoted are marked; those around them are the source's own sentence.
        quote = ("“", bdi(found.before), el("mark", bdi(found.quote)), bdi(found.after), "”")
    if claim.note:
        quote = (*quote, " ", el("span", bdi(claim.note), class_="aside"))
    where: list[Rich] = []
    if claim.speaker:
        where.append((subject.naming.actor(claim.speaker),))
    if shown.source:
        where.append((link(f"s-{claim.source}", shown.source), *_at(place(claim))))
    return Entry(
        anchor=shown.anchor,
        label=shown.label,
        quote=quote,
        source=join(where, between="; ") or ("no source",),
        kind=claim.class_,
    )


def _at(where: Rich) -> Rich:
    return (" ", *where) if where else ()


def list_premises(subject: Subject) -> tuple[Premise, ...]:
    """Return the assumptions in words, each with everything that rests on it."""
    return tuple(
        Premise(
            label=given.label,
            words=(bdi(given.words),),
            places=_places(subject, given.places),
        )
        for given in subject.evidence.assumptions
    )


def tell_elicitation(subject: Subject) -> tuple[Rich, ...]:
    """Return how numbers that nobody reported were set, one paragraph per line of the case.

    A line that is indented goes on with the one before it.
    """
    lines: list[str] = []
    for line in subject.case.elicitation.splitlines():
        if lines and line[:1].isspace():
            lines[-1] += f" {line.strip()}"
        elif line.strip():
            lines.append(line.strip())
    return tuple((bdi(line),) for line in lines)


def _places(subject: Subject, paths: tuple[str, ...]) -> Rich:
    """Name what rests on an assumption; the positions of one party are drawn together."""
    grouped: dict[str, list[str]] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        who = rest.split(".")[0] if head == "positions" else path
        grouped.setdefault(who, []).append(path)
    said: list[Rich] = []
    for who, some in grouped.items():
        if some[0].startswith("positions."):
            issues = [
                (el("span", subject.naming.issue(path.split(".")[2]), id=f"a-{path}"),)
                for path in some
            ]
            said.append((subject.naming.actor(who), " on “", *join(issues, between="”, “"), "”"))
        else:
            said.append((el("span", *subject.naming.path(some[0]), id=f"a-{some[0]}"),))
    return join(said, between="; ")
