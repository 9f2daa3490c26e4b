"""Whom a common noun stands for: "the army", "the health ministry", "the minister".

A common noun is tied to a party only where the text supports it: an official force of that name, an
office named with its owner before, or the one country that the document is about. Else it stays a
name of its own, because a wrong certainty is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children
from goodoffices.reading.rules.gazetteer import Gazetteer
from goodoffices.reading.rules.namebook import Name, NameBook

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Offices", "home_state"]

_OPENING = 400
"""Characters at the start of a document in which a name counts twice."""
_READ = 40_000
_CLEAR = 3
"""How many times more often than any other a state is named where the document is about it."""
_FORCES = re.compile(r"\b(armed forces|army|military|defen[cs]e forces?)\b", re.IGNORECASE)
_ANY = frozenset({"a", "an", "any", "no", "every", "each", "another"})
_DESCRIBING = ("amod", "compound", "nmod")


def home_state(gazetteer: Gazetteer, text: str) -> str | None:
    """Return the id of the state that a document is about, where one stands out; else None.

    >>> home_state(Gazetteer.shipped(), "Peru's army left Lima. Peruvians watched.")
    'peru'
    >>> home_state(Gazetteer.shipped(), "Peru met Chile.") is None
    True
    """
    counts: Counter[str] = Counter()
    opening: set[str] = set()
    for hit in gazetteer.find(text[:_READ]):
        weight = 2 if hit.start < _OPENING else 1
        owner = hit.entry.id if hit.entry.kind == "state" else gazetteer.state_in(hit.entry.name)
        if owner is not None:
            counts[owner] += weight
            if weight > 1:
                opening.add(owner)
    best = counts.most_common(2)
    if not best or best[0][0] not in opening:
        return None
    return best[0][0] if len(best) == 1 or best[0][1] >= _CLEAR * best[1][1] else None


class Offices(NameBook):
    """The part of the search for names that goes by what an office or force is called."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(gazetteer)
        self.home: str | None = None
        """The state that the document is about, where that is clear."""
        self.offices: defaultdict[str, set[str]] = defaultdict(set)
        """Whose an office is, by its words: "defence ministry", "ministry"."""

    def hold(self, noun: Token, owner: str) -> None:
        """Remember whose office a noun names, so that "the ministry" finds it again."""
        lemma = noun.lemma_.lower()
        self.offices[lemma].add(owner)
        if (full := self._office(noun)) != lemma:
            self.offices[full].add(owner)

    def _office(self, noun: Token) -> str:
        kind = [
            one.lower_
            for one in noun.lefts
            if one.dep_ in _DESCRIBING
            and self.hits.get(one.i) in {None, self.hits.get(noun.i)}
            and one.i not in self.people
        ]
        return " ".join([*kind, noun.lemma_.lower()])

    def office(self, noun: Token) -> str | None:
        """Return whose office "the minister" is, where all mentions before had one owner."""
        if noun.tag_ not in {"NN", "NNP"} or not _definite(noun):
            return None
        if child(noun, "poss", "prep") is not None:
            return None
        owners = self.offices.get(self._office(noun), set())
        camps = {self.camp(one) for one in owners}
        if len(camps) != 1:
            return None
        persons = [one for one in owners if self.found[one].kind == "person"]
        return persons[0] if len(persons) == 1 else next(iter(camps))

    def official(self, noun: Token) -> str | None:
        """Return the party that "the army" or "the government" stands for, or None."""
        if any(one.lower_ in _ANY for one in children(noun, "det")):
            # "A transitional government" may be anybody's.
            return None
        found = self._force(noun) or self.office(noun)
        return found or self.ruling()

    def _force(self, noun: Token) -> str | None:
        """Return the state's own force of that name: "the army", the Sudanese Armed Forces."""
        if noun.lemma_.lower() not in {"army", "military"}:
            return None
        fits = [one for one in self.listed if one.sort == "group" and self.state_force(one)]
        return fits[0].id if len(fits) == 1 else None

    def state_force(self, name: Name) -> bool:
        """Return whether a listed group is a state's own: its name begins with that people's."""
        first = self.gazetteer.state_in(name.name.split()[0])
        return first is not None and _FORCES.search(name.name) is not None

    def ruling(self) -> str | None:
        """Return the state that the document is about, as a party; None where that is unclear."""
        entry = next((one for one in self.gazetteer.entries if one.id == self.home), None)
        if entry is None:
            return None
        if entry.id not in self.found:
            name = Name(id=entry.id, name=entry.name, kind="party", sort=entry.kind, known=True)
            self.found[entry.id] = name
            self.listed.append(name)
        self.found[entry.id].place_only = False
        return entry.id


def _definite(noun: Token) -> bool:
    return any(one.lower_ in {"the", "this", "that"} for one in children(noun, "det"))
