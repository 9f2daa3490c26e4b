"""Who is heard in a case, and from whose side its sources speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.case.model import Case

__all__ = ["Voices", "voices"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Voices:
    """Counts of claims, assumptions left out."""

    spoken: Mapping[str, int]
    """Party to the claims that it, its factions or its constituencies made; every party stands
    here, in the case's order."""
    unheard: tuple[str, ...]
    """Parties that made none."""
    others: int
    """Claims of speakers who are no party, or who are not named."""
    camps: Mapping[str, int]
    """Party to the claims whose source speaks from its side; only parties that have some."""
    neutral: int
    """Claims whose source speaks from no side that is named."""


def voices(case: Case) -> Voices:
    """Count who speaks in the claims of a case, and from which side.

    A speaker counts for a party by the id, name or alias of the party, or by the id or name of one
    of its factions or constituencies. Somebody who says what another said speaks for himself: of a
    claim that came `via` others, the first of them speaks.
    """
    home = _homes(case)
    spoken = dict.fromkeys(case.parties, 0)
    camps: dict[str, int] = {}
    others = neutral = 0
    for claim in case.claims.values():
        if claim.class_ == "assumption":
            continue
        speaker = claim.via[0] if claim.via else claim.speaker
        party = home.get(_key(speaker or ""))
        if party is None:
            others += 1
        else:
            spoken[party] += 1
        source = case.sources.get(claim.source or "")
        for camp in source.camp if source is not None else ():
            camps[camp] = camps.get(camp, 0) + 1
        neutral += source is None or not source.camp
    unheard = tuple(party for party, count in spoken.items() if not count)
    return Voices(spoken=spoken, unheard=unheard, others=others, camps=camps, neutral=neutral)


def _homes(case: Case) -> dict[str, str]:
    """Return every name by which a party may be called, and the party."""
    ids: dict[str, str] = {}
    names: dict[str, str] = {}
    for party, facts in case.parties.items():
        called = [facts.name, *facts.aliases]
        called += [faction.name for faction in facts.factions.values()]
        called += [group.name for group in facts.constituencies.values()]
        ids |= dict.fromkeys(map(_key, [party, *facts.factions, *facts.constituencies]), party)
        names = dict.fromkeys(map(_key, called), party) | names
    # An id is certain; a name that two parties share goes to the first.
    return names | ids


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
