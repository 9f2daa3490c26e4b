"""A case to which drafts are added; what was there stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from goodoffices.case.drafts import Part
from goodoffices.case.model import Case, Claim, Constituency, Faction, Source
from goodoffices.case.outlook import Outlook
from goodoffices.reading._words import free, slug
from goodoffices.reading.marks import mark_of

__all__ = ["Board"]

_SECTIONS = ("sources", "claims", "parties", "interests", "issues", "demands")
_LATER = ("questions", "estimates", "events")


class Board:
    """A working copy of a case: nothing that is there can be changed, only drafts be added."""

    def __init__(self, case: Case) -> None:
        self.before = case
        outlook = case.outlook or Outlook()
        later = {name: dict(getattr(outlook, name)) for name in _LATER}
        copies: dict[str, Any] = {name: dict(getattr(case, name)) for name in _SECTIONS}
        copies["positions"] = {actor: dict(row) for actor, row in case.positions.items()}
        copies["outlook"] = outlook.model_copy(update=later)
        self.case = case.model_copy(update=copies)
        self.rejected = frozenset(case.rejected)
        self.added: Counter[str] = Counter()
        self.turned_down = 0
        self.subjects = {*case.parties, *case.issues}
        for party in case.parties.values():
            self.subjects |= {*party.factions, *party.constituencies}

    @property
    def outlook(self) -> Outlook:
        """The outlook of the working copy."""
        assert self.case.outlook is not None
        return self.case.outlook

    def finished(self) -> Case:
        """Return the case with what was added."""
        untouched = self.before.outlook is None and self.outlook == Outlook()
        return self.case.model_copy(update={"outlook": None}) if untouched else self.case

    def allows(self, path: str, part: Part) -> bool:
        """Whether a person has not turned this down before."""
        turned_down = mark_of(self.case, path, part) in self.rejected
        self.turned_down += turned_down
        return not turned_down

    def add(self, section: str, key: str, part: Any) -> bool:
        """Add a part under its id, unless a person has turned it down; say whether it was added."""
        later = section in _LATER
        if not self.allows(f"outlook.{section}.{key}" if later else f"{section}.{key}", part):
            return False
        there = getattr(self.outlook if later else self.case, section)
        there[key] = part
        self.added[section] += 1
        if section in {"parties", "issues"}:
            self.subjects.add(key)
        return True

    def add_source(self, key: str, source: Source) -> None:
        """Add a source; only its claims are drafts."""
        self.case.sources[key] = source

    def add_group(self, home: str, key: str, part: Faction | Constituency) -> bool:
        """Add a faction or a constituency to its party."""
        section = "factions" if isinstance(part, Faction) else "constituencies"
        if not self.allows(f"parties.{home}.{section}.{key}", part):
            return False
        party = self.case.parties[home]
        groups = {**getattr(party, section), key: part}
        self.case.parties[home] = party.model_copy(update={section: groups})
        self.subjects.add(key)
        self.added[section] += 1
        return True

    def wish(self, group: str, issue: str, option: str) -> None:
        """Let a constituency that is new press for an option."""
        for home, party in self.case.parties.items():
            old = self.before.parties.get(home)
            if group not in party.constituencies or (old and group in old.constituencies):
                continue
            known = party.constituencies[group]
            wants = {
                **known.wants,
                issue: tuple(dict.fromkeys((*known.wants.get(issue, ()), option))),
            }
            groups = {**party.constituencies, group: known.model_copy(update={"wants": wants})}
            self.case.parties[home] = party.model_copy(update={"constituencies": groups})

    def take_out(self, gone: Mapping[str, str]) -> None:
        """Take out parties and groups that were added; claims name them by words instead."""
        if not gone:
            return
        case = self.case
        for key in [key for key in case.parties if key in gone]:
            del case.parties[key]
        for key in [key for key, demand in case.demands.items() if demand.by in gone]:
            del case.demands[key]
        for key, claim in case.claims.items():
            if key not in self.before.claims:
                case.claims[key] = _in_words(claim, gone)
        for key, source in case.sources.items():
            camp = tuple(name for name in source.camp if name not in gone)
            if camp != source.camp:
                case.sources[key] = source.model_copy(update={"camp": camp})
        for section in ("parties", "demands"):
            count = len(getattr(case, section)) - len(getattr(self.before, section))
            self.added[section] = count
        for section in ("factions", "constituencies"):
            count = sum(len(getattr(party, section)) for party in case.parties.values())
            count -= sum(len(getattr(party, section)) for party in self.before.parties.values())
            self.added[section] = count
        self.added = +self.added

    def add_position(self, actor: str, issue: str, part: Part) -> bool:
        """Add a position where the actor has none."""
        row = self.case.positions.setdefault(actor, {})
        if issue in row or not self.allows(f"positions.{actor}.{issue}", part):
            if not row:
                del self.case.positions[actor]
            return False
        row[issue] = part  # type: ignore[assignment]
        self.added["positions"] += 1
        return True

    def subject(self, name: str) -> str:
        """Return an id for somebody or something to settle that nothing else has."""
        return free(slug(name), self.subjects)

    def key(self, section: str, words: str) -> str:
        """Return an id that is free in a section."""
        there = getattr(self.outlook if section in _LATER else self.case, section)
        return free(slug(words), there)


def _in_words(claim: Claim, gone: Mapping[str, str]) -> Claim:
    """Return a claim that says names in place of ids that are gone."""
    changed = {
        "speaker": gone.get(claim.speaker or "", claim.speaker),
        "to": gone.get(claim.to or "", claim.to),
        "via": tuple(gone.get(name, name) for name in claim.via),
        "about": tuple(name for name in claim.about if name not in gone),
    }
    return claim.model_copy(update=changed)
