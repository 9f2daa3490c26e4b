"""The names of a document when it has been read: who was heard, in which role, in which camp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from goodoffices.reading.findings import Named, Role, Statement
from goodoffices.reading.rules.namebook import Name
from goodoffices.reading.rules.names import Names
from goodoffices.reading.rules.roles import Votes

__all__ = ["named"]

_WANTS = frozenset({"demand", "red line", "reject", "concede", "agree"})
"""What only a party to a dispute does; others offer, warn and set conditions for their own part."""
_AGAINST = frozenset(
    {"demand", "reject", "accuse", "threaten", "disapprove", "request", "red line", "precondition"}
)
_FROM_OUTSIDE = 2
"""Signs of going between others that weigh more than one demand of its own."""


def named(names: Names, statements: Sequence[Statement], votes: Votes) -> tuple[Named, ...]:
    """Return everybody named who matters, in the order of their first mention."""
    heard = _heard(names)
    roles = _roles(names, statements, votes)
    used = _used(statements)
    kept = [one for one in names.found.values() if _matters(one, heard, used)]
    kept.sort(key=lambda one: (one.spans[0].start if one.spans else 0, one.id))
    return tuple(_named(one, heard, roles) for one in kept)


def _matters(one: Name, heard: set[str], used: set[str]) -> bool:
    """Return whether a name belongs in a draft: who is only mentioned once in passing does not."""
    if one.id in heard or one.id in used:
        return True
    if one.known or one.kind == "person":
        return bool(one.spans)
    return one.subject_of > 0 or len(one.spans) > 1


def _named(one: Name, heard: set[str], roles: dict[str, Role]) -> Named:
    kind = one.kind
    if kind == "party" and one.sort == "state" and one.place_only and one.id not in heard:
        kind = "place"
    aliases = tuple(alias for alias, _ in one.aliases.most_common(12) if alias != one.name)
    return Named(
        id=one.id,
        name=one.name,
        kind=kind,
        of=one.of if one.of != one.id else None,
        aliases=aliases,
        role=roles.get(one.id) if kind == "party" else None,
        spans=tuple(one.spans),
        heard=one.id in heard,
        confidence=_sure(one),
    )


def _sure(one: Name) -> float:
    if one.known:
        return 0.95
    base = {"person": 0.8, "organisation": 0.6, "armed": 0.7, "civil": 0.6, "public": 0.7}
    return min(0.9, base.get(one.sort, 0.5) + 0.03 * min(3, len(one.spans) - 1))


def _heard(names: Names) -> set[str]:
    """Return who speaks for themselves: quoted, or told to have said or written something.

    A report that only tells what a party does or refuses does not let it speak.
    """
    camps = {names.camp(id_) for id_ in names.voiced}
    return {one for one in names.voiced | camps if one is not None and one in names.found}


def _used(statements: Iterable[Statement]) -> set[str]:
    """Return the ids that statements name as speaker, actor or target."""
    found: set[str] = set()
    for one in statements:
        found.update(one.speakers)
        if one.addressee is not None:
            found.add(one.addressee)
        if one.happening is not None:
            found.update(i for i in (one.happening.actor, one.happening.target) if i is not None)
    return found


def _roles(names: Names, statements: Sequence[Statement], votes: Votes) -> dict[str, Role]:
    """Return the roles that the text shows; None where it shows none.

    A mediator brokers, hosts or is called one; a guarantor vouches or sends monitors. A principal
    wants or refuses something and stands against another: talks are between the two, or one makes
    its demands of the other. Where nobody shows that, whoever wants or refuses counts.
    """
    wants, dyads = _sides(names, statements)
    found: dict[str, Role] = {}
    for id_ in (one.id for one in names.found.values() if one.kind == "party"):
        if votes.mediator[id_] and _FROM_OUTSIDE * votes.mediator[id_] >= wants[id_] - 3:
            found[id_] = "mediator"
        elif votes.guarantor[id_] and not (wants[id_] and dyads[id_]):
            found[id_] = "guarantor"
    wanting = [one for one in wants if one not in found and _may_want(names.found[one], wants[one])]
    paired = [one for one in dyads if one not in found and _may_want(names.found[one], dyads[one])]
    chosen = paired if len(paired) > 1 else wanting
    return found | dict.fromkeys(chosen, "principal")


def _may_want(name: Name, times: int) -> bool:
    listed = name.sort == "organisation" and name.known
    return name.kind == "party" and not listed and (name.sort != "organisation" or times > 1)


def _sides(names: Names, statements: Sequence[Statement]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each camp wants or refuses, and how often it stands against another."""
    wants: Counter[str] = Counter()
    dyads: Counter[str] = Counter()
    for pair in names.pairs:
        if pair.between:
            dyads.update(names.camp(one) or one for one in pair.ids)
    for one in statements:
        who = names.camp(one.speakers[-1]) if one.speakers and one.voice == "report" else None
        if who not in names.found:
            continue
        if one.type in _WANTS:
            wants[who] += 1
        others = {names.camp(id_) for id_ in (one.addressee, *one.about)} - {who}
        for other in others:
            if one.type in _AGAINST and other in names.found:
                dyads[who] += 1
                dyads[other] += 1
    both = Counter({one: dyads[one] for one in dyads if wants[one] or _between(names, one)})
    return wants, both


def _between(names: Names, id_: str) -> bool:
    """Return whether talks or a war are told to be between somebody and another."""
    return any(id_ in pair.ids for pair in names.pairs if pair.between)
