"""Whose word is heard in what was read, and who is spoken of and never heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.case.model import Case
from goodoffices.case.voices import voices
from goodoffices.reading.merged import Reading

__all__ = ["Balance", "balance"]

_VOICES = frozenset(("party", "faction", "constituency"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """Claims by whose word they are; drafts count like the others."""

    spoken: Mapping[str, int]
    """Party to the claims that it, or somebody for it, makes; whoever makes most first."""
    others: int
    """Claims of the documents themselves, and of speakers who are no party."""
    camps: Mapping[str, int]
    """Party to the claims that stand in a document of its own side."""
    unheard: tuple[str, ...]
    """Parties, factions and groups that are spoken of and never speak, by name."""


def balance(case: Case, reading: Reading) -> Balance:
    """Count whose word a case carries after a reading, and name who is not heard.

    Somebody who is heard in one document is heard. A party of the case counts as heard where a
    claim is its own word; a faction or group where the documents quote it.
    """
    heard = voices(case)
    by_count = sorted(heard.spoken.items(), key=lambda item: -item[1])
    silent = [case.parties[party].name for party in heard.unheard]
    known = {name.casefold() for name in _every_party(case)}
    for each in reading.names:
        named = each.named
        if named.kind in _VOICES and not named.heard and named.name.casefold() not in known:
            silent.append(named.name)
    return Balance(
        spoken={case.parties[party].name: count for party, count in by_count if count},
        others=heard.others,
        camps={case.parties[camp].name: count for camp, count in heard.camps.items()},
        unheard=tuple(dict.fromkeys(silent)),
    )


def _every_party(case: Case) -> set[str]:
    return {name for party in case.parties.values() for name in (party.name, *party.aliases)}
