"""Who in the documents is who in a case."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from goodoffices.case.model import Case
from goodoffices.reading._words import tidy
from goodoffices.reading.findings import Named
from goodoffices.reading.names import key

__all__ = ["Cast", "Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks; never scored, and no part of the case by itself."""

    name: str
    home: str | None
    """The id in the case of the party, faction or group that the person speaks for."""


class Cast:
    """Ids of the documents, and the ids of the case that they stand for."""

    def __init__(self, case: Case) -> None:
        self.called: dict[tuple[str, str], str] = {}
        """Kind and name to the id in the case."""
        for party, facts in case.parties.items():
            for name in (party, facts.name, *facts.aliases):
                self.called.setdefault(("party", key(name)), party)
            for faction, each in facts.factions.items():
                self.called.setdefault(("faction", key(each.name)), faction)
            for group, about in facts.constituencies.items():
                self.called.setdefault(("constituency", key(about.name)), group)
        self.ids: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.people: dict[str, Person] = {}
        self.unheard: set[str] = set()

    def known(self, named: Named) -> str | None:
        """Return the id in the case of somebody who is there by name or alias."""
        for name in (named.name, *named.aliases):
            found = self.called.get((named.kind, key(tidy(name))))
            if found is not None:
                return found
        return None

    def person(self, named: Named) -> None:
        """Let a person speak for the party that the documents name."""
        home = self.ids.get(named.of or "")
        self.people[named.id] = Person(tidy(named.name), home)

    def actor(self, name: str) -> str | None:
        """Return the id in the case that a name stands for, a person's home included."""
        if name in self.people:
            return self.people[name].home
        return self.ids.get(name)

    def speaker(self, name: str) -> str:
        """Return the speaker as a claim says it: an id, or the words."""
        if name in self.people:
            return self.people[name].home or self.people[name].name
        return self.ids.get(name) or self.words.get(name) or tidy(name, 200) or "somebody"

    def forget(self, gone: Container[str]) -> None:
        """Let ids of the case that were taken out stand for nobody."""
        self.ids = {key: actor for key, actor in self.ids.items() if actor not in gone}
        self.people = {
            key: replace(person, home=None)
            if person.home is not None and person.home in gone
            else person
            for key, person in self.people.items()
        }

    def note(self, name: str) -> str | None:
        """Return which person's words stand for a party."""
        person = self.people.get(name)
        return f"said by {person.name}" if person is not None and person.home else None
