"""Groups that no list names: rebels, unions, families, factions, governments without a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import children, words_of
from goodoffices.reading.rules.offices import Offices
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Unlisted"]

_QUANTITY = re.compile(
    r"^(?:(?:all|many|most|several|some|more|both|other|those|hundreds|thousands|tens|dozens|of|than|"
    r"about|nearly|hundred|thousand|million|[\d,.]+)\s+)+",
    re.IGNORECASE,
)

_GENERIC = frozenset({"member", "people", "person", "man", "crowd"})
"""Nouns that name a group only with words that say which: "people", but "displaced people"."""
_VAGUE = frozenset({"party", "side", "group", "delegation", "council", "board", "leadership"})
"""Nouns that name nobody by themselves: "both sides", "the group"."""
_MODS = frozenset({"amod", "compound", "nmod", "poss"})
_LED = frozenset({"leader", "group", "force", "commander", "spokesman", "army"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "EVENT", "DATE", "WORK_OF_ART", "LAW"})


class Unlisted(Offices):
    """The part of the search for names that goes by the noun."""

    def unlisted(self, noun: Token, lemma: str, owner: str | None) -> str | None:
        """Return whom a noun names that is in no list, or None."""
        groups = data("groups")
        if noun.pos_ not in {"NOUN", "PROPN"}:
            return None
        if noun.i in self.orgs and noun.tag_ in {"NNP", "NNPS"}:
            start, end = self.orgs[noun.i]
            return self.made(noun.doc[start:end].text, "party", sort="organisation").id
        if lemma in {"statement", "spokesman", "spokeswoman", "official"}:
            return self._spoken_for(noun)
        words = words_of(noun)
        if lemma in groups["armed"] and (known := self._armed_before(noun)) is not None:
            return known
        if lemma in groups["armed"] and _counted(noun, words):
            return None
        if lemma in groups["armed"] or self._kind_of_child(noun, groups["armed"]):
            return self.made(words, "party", sort="armed", of=None).id
        if lemma in groups["factions"]:
            return self._faction(noun, owner)
        if (found := self._associations(noun, lemma, words)) is not None:
            return found
        if lemma in groups["civil"]:
            if lemma in _VAGUE and not self.described(noun):
                return None
            return self._sole(noun, lemma) or self.made(words, "party", sort="civil").id
        if lemma in groups["constituencies"] and noun.tag_ != "NNP":
            return self.public(noun, lemma, words, owner)
        if lemma in {"mediator", "facilitator"}:
            if self.pair(noun) is not None:
                return None
            return self.made(words, "party", sort="civil").id
        if lemma == "leader" and noun.tag_ == "NNS" and self.described(noun):
            return self.made(words, "constituency", sort="public", of=owner).id
        if lemma in groups["government"] and noun.dep_ != "pobj":
            return self.government(noun)
        if noun.tag_ == "NNP" and noun.dep_ in {"nsubj", "nsubjpass"} and noun.text[:1].isupper():
            return self._speaker_name(noun)
        return None

    def public(self, noun: Token, lemma: str, words: str, owner: str | None) -> str | None:
        """Return a group whose pressure counts; one single person is none."""
        groups = data("groups")
        if lemma in groups["protests"]:
            name = self.made("Protesters", "constituency", sort="public", of=owner)
            name.aliases[words] += 1
            return name.id
        if noun.tag_ == "NN" and lemma not in groups["collective"]:
            return None
        words = _QUANTITY.sub("", words)
        if _counted(noun, words) or (lemma in _GENERIC and words.lower() == noun.lower_):
            return None
        words = words[:1].upper() + words[1:]
        return self.made(words, "constituency", sort="public", of=owner).id

    def _associations(self, noun: Token, lemma: str, words: str) -> str | None:
        """Return groups of the public that speak together: "women's groups", "aid agencies"."""
        groups = data("groups")
        if lemma not in groups["associations"] or noun.tag_ not in {"NNS", "NNPS"}:
            return None
        mods = [t for one in noun.lefts if one.dep_ in _MODS for t in one.subtree]
        kinds = set(groups["association_kinds"]) | set(groups["constituencies"])
        if not any(one.lemma_.lower() in kinds or one.lower_ in kinds for one in mods):
            return None
        return self.made(words[:1].upper() + words[1:], "constituency", sort="public").id

    def _armed_before(self, noun: Token) -> str | None:
        """Return the group that "the rebels" stands for: the only one that a list names."""
        mods = [
            c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "nummod", "poss"}
        ]
        if mods or not any(c.lower_ == "the" for c in noun.children):
            return None
        groups = {m.id for m in self.mentions[-300:] if self.found[m.id].sort == "group"}
        fits = [one for one in groups if not self.state_force(self.found[one])]
        if len(fits) != 1:
            return None
        self.found[fits[0]].aliases[words_of(noun)] += 1
        return fits[0]

    def _sole(self, noun: Token, lemma: str) -> str | None:
        """Return the one firm that a text has named, for "the company"."""
        if lemma not in data("cues")["references"]["company"] or self.described(noun):
            return None
        if not any(one.lower_ == "the" for one in noun.children):
            return None
        firms = {
            one.id for one in self.found.values() if one.sort == "organisation" and not one.known
        }
        return next(iter(firms)) if len(firms) == 1 else None

    def _spoken_for(self, noun: Token) -> str | None:
        """Return for whom "an army statement" or "a government spokesman" speaks."""
        groups = data("groups")
        for one in children(noun, "compound", "poss", "nmod"):
            if one.lemma_.lower() in groups["government"]:
                return self.government(one)
            if one.lemma_.lower() in {*groups["armed"], *groups["civil"]}:
                found = self.same_head(one.text, "party")
                return found.id if found is not None else None
        return None

    def described(self, noun: Token) -> bool:
        """Return whether words before a noun say which one is meant."""
        return any(one.dep_ in {"amod", "compound", "nmod"} for one in noun.children)

    def _kind_of_child(self, noun: Token, words: list[str]) -> bool:
        if noun.lemma_.lower() not in _LED:
            return False
        mods = [one for one in noun.children if one.dep_ in {"compound", "amod", "nmod"}]
        return any(m.lemma_.lower() in words or m.lower_ in {"armed", "ethnic"} for m in mods)

    def government(self, noun: Token) -> str | None:
        """Return the party that "the government" stands for; its own words where none is sure."""
        if noun.i in self.hits or self.described(noun):
            own = next((c for c in noun.children if c.dep_ in {"amod", "compound"}), None)
            if own is not None and (own.i in self.people or own.tag_ == "NNP"):
                return self.named_after(noun, own)
        if any(one.tag_ in {"PRP$", "WP$"} for one in noun.children):
            # "His government" belongs to whoever "he" is, which only the sentence can tell.
            return None
        if noun.tag_ == "NNS" and noun.lemma_.lower() != "authority":
            # "Both governments" are no single one.
            return None
        found = self.official(noun)
        if found is None:
            return self.made(words_of(noun), "party", sort="civil").id
        self.found[found].aliases[words_of(noun)] += 1
        return found

    def named_after(self, noun: Token, own: Token) -> str | None:
        """Return whose a government is that is named after a person: "the Biden administration"."""
        person = self.found.get(self.by_name.get(own.text, ""))
        found = person.of if person is not None else None
        # "Administration" after a president's name is what that of the United States is called.
        if found is None and noun.lemma_.lower() == "administration":
            found = "united-states" if "united-states" in self.found else None
        if found is not None and found in self.found:
            self.found[found].aliases[words_of(noun)] += 1
            return found
        return self.made(words_of(noun), "party", sort="civil").id

    def _faction(self, noun: Token, owner: str | None) -> str | None:
        """Return a part of a party: "the prime minister's office", "the hard-line wing"."""
        if owner is None and not self.described(noun):
            return None
        camp = self.camp(owner)
        return self.made(words_of(noun), "faction", sort="faction", of=camp).id

    def _speaker_name(self, noun: Token) -> str | None:
        """Return a proper name that acts as a subject and that nothing else explains."""
        if noun.text.isupper() and len(noun.text) > 5:
            return None
        if (
            noun.lower_ in data("groups")["titles"]
            or noun.lemma_.lower() in data("groups")["organs"]
        ):
            return None
        key = self.by_name.get(noun.text)
        if key is not None:
            return key
        if noun.ent_type_ in _PLACES:
            return None
        return self.made(words_of(noun), "party", sort="organisation").id


def _counted(noun: Token, words: str) -> bool:
    """Return whether a noun only counts people: "at least 17 people", "two workers"."""
    if any(one.dep_ in {"nummod", "quantmod"} or one.like_num for one in noun.lefts):
        return True
    after = [t for p in children(noun, "prep") for t in children(p, "pobj")]
    return any(one.like_num for one in after) or words[:1].isdigit()
