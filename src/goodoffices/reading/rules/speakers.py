"""Who says something: the chain of speakers of a clause, and who stands behind a pronoun."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import (
    agent,
    child,
    children,
    clause_of,
    joined,
    passive,
    subject,
    words_of,
)
from goodoffices.reading.rules.coreference import stands_for
from goodoffices.reading.rules.namebook import pronouns
from goodoffices.reading.rules.words import adjectives, cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.reading.rules.context import Governor
    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.names import Names

__all__ = ["SPOKEN", "Scene", "Who"]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: an id, or words where no name fits."""

    text: str
    guessed: bool = False
    known: bool = True
    """Whether `text` is an id."""


@dataclass(kw_only=True)
class Scene:
    """What is known where a sentence stands."""

    names: Names
    base: int
    """Where the piece starts in the document."""
    sentence: int
    quoted_by: str | None = None
    """Who says a sentence that stands between quotation marks and names nobody."""
    indirect: str | None = None
    """Who was told to say the sentence before, in the same paragraph."""
    own: str | None = None
    """Whom "we" stands for in the document's own voice."""
    joint: dict[str, list[str]] = field(default_factory=dict)
    """Who says the same with whom: "Saudi Arabia and the United States said"."""

    def who(self, token: Token | None, *, default: str | None = None) -> Who | None:
        """Return who a noun or pronoun is; None where nobody can be meant."""
        if token is None:
            return None
        if token.lower_ in pronouns("own") and token.text != "US":
            chosen = default or self.quoted_by or self.own
            return Who(chosen, guessed=True) if chosen else Who(token.text, True, known=False)
        named = self.names.resolve(token)
        if named is not None and self.names.found[named].kind == "person":
            return Who(named)
        if (owned := self._owned(token, default)) is not None:
            return owned
        if default is not None and (own := self._ruled(token, named, default)) is not None:
            return Who(own, guessed=True)
        if named is not None:
            return Who(named)
        if (pair := self.names.pair(token, self.sentence)) is not None:
            return Who(pair[0], guessed=True)
        found = stands_for(token, self.names, self.base + token.idx, self.sentence)
        if found is None and default is not None and token.lower_ in pronouns("person"):
            # "The leader of the party stated that he was ready".
            found = default if default in self.names.found else None
        if found is not None:
            return Who(found, guessed=True)
        return self._words(token)

    def with_it(self, doer: Token | None, first: str) -> list[str]:
        """Return who else does what a subject does, by "and" or as the other of a pair."""
        if doer is None:
            return []
        others = [self.names.resolve(one) for one in joined(doer) if one.i != doer.i]
        others += self.names.pair(doer, self.sentence) or ()
        known = [one for one in dict.fromkeys(others) if one is not None and one != first]
        return [one for one in known if self.names.found[one].kind != "person"][:3]

    def _ruled(self, token: Token, named: str | None, default: str) -> str | None:
        """Return the state of who speaks, for "parliament" in "Peru's president said that"."""
        names = self.names
        camp = names.camp(default)
        if token.lemma_.lower() not in data("groups")["government"] or camp not in names.found:
            return None
        if child(token, "poss", "compound", "amod", "nmod", "prep") is not None:
            return None
        sure = named is not None and names.found[named].known and named != names.home
        return camp if names.found[camp].sort == "state" and not sure else None

    def _owned(self, token: Token, default: str | None) -> Who | None:
        """Return whom "his country" or "our army" stands for: whoever it belongs to."""
        owner = child(token, "poss")
        if owner is None or owner.tag_ != "PRP$":
            return None
        lemma = token.lemma_.lower()
        if default is not None and lemma in cue_words("selves"):
            return Who(default, guessed=True)
        if lemma not in data("groups")["organs"]:
            return None
        found = self.who(owner, default=default)
        return found if found is not None and found.known else None

    def _words(self, token: Token) -> Who | None:
        """Return the words themselves: "hospital staff", "both sides"."""
        part = next(
            (
                t
                for of in children(token, "prep")
                if of.lower_ in {"of", "among", "from"}
                for t in children(of, "pobj")
            ),
            None,
        )
        if part is not None and token.pos_ in {"NUM", "DET", "PRON", "ADJ"}:
            inner = self.who(part)
            if inner is not None:
                return inner
        if token.pos_ in {"NOUN", "PROPN"} or token.lower_ in {
            "both",
            "all",
            "one",
            "some",
            "each",
        }:
            return Who(words_of(token), known=False)
        if token.tag_ in {"PRP", "DT", "CD"} and token.lower_ not in {
            "it",
            "this",
            "that",
            "there",
        }:
            return Who(token.text, True, known=False)
        return None

    def holder(self, frame: Frame, above: tuple[str, ...] = ()) -> Who | None:
        """Return whose stance a frame is: who does the verb, or whose the noun is."""
        default = above[-1] if above else None
        token = frame.token
        if token.dep_ in {"acl", "amod"} and token.lower_ in adjectives():
            return self.who(token.head, default=default)
        if token.pos_ in {"VERB", "AUX"} or (token.tag_ == "VBN" and frame.noun is None):
            return self._doer(token, default)
        if frame.noun is None and (token.pos_ == "ADJ" or token.tag_ == "JJ"):
            head = token.head if token.dep_ in {"amod", "appos"} else subject(token)
            return self.who(head, default=default)
        return self._owner(token, default)

    def _doer(self, verb: Token, default: str | None) -> Who | None:
        if passive(verb):
            by = agent(verb)
            return self.who(by, default=default) if by is not None else None
        return self.who(subject(verb), default=default)

    def _owner(self, noun: Token, default: str | None) -> Who | None:
        """Return whose a noun is: "Israeli reluctance", "its refusal", "a call from the union"."""
        names = self.names
        for one in noun.children:
            if one.dep_ == "poss":
                return self.who(one, default=default)
            if one.dep_ in {"amod", "compound", "nmod"}:
                owner = names.party_at(one)
                if owner is not None:
                    return Who(owner)
        for one in children(noun, "prep"):
            if one.lower_ in {"by", "from", "among", "in", "of"}:
                thing = child(one, "pobj")
                if thing is not None:
                    found = names.resolve(thing)
                    if found is not None:
                        return Who(found)
        doer = subject(clause_of(noun)) if noun.dep_ not in {"nsubj", "nsubjpass"} else None
        if doer is not None and doer.left_edge.i <= noun.i <= doer.right_edge.i:
            return None
        return self.who(doer, default=default) if doer is not None else None

    def chain(self, over: list[Governor], token: Token) -> tuple[tuple[str, ...], bool]:
        """Return who says a clause, outermost first, and whether one was guessed."""
        found: list[str] = []
        guessed = False
        for governor in reversed(over):
            if not governor.content or governor.frame.way == "act":
                continue
            frame = governor.frame
            # "Reluctance to accept a truce without": who accepts is who is reluctant.
            if frame.token.tag_ == "VB" and found and frame.way == "stance":
                continue
            who = self.holder(frame, tuple(found))
            if who is not None and who.known and (frame.way == "report" or frame.type in SPOKEN):
                self.names.voiced.add(who.text)
            if who is None:
                who = Who(self.quoted_by, True) if self.quoted_by else None
            if who is not None and (not found or found[-1] != who.text):
                if not found and who.known and not passive(frame.token):
                    self.joint[who.text] = self.with_it(subject(frame.token), who.text)
                found.append(who.text)
                guessed = guessed or who.guessed
        outer = self._by_phrase(token)
        if outer is not None and outer.text not in found:
            found.insert(0, outer.text)
        if not found and self.quoted_by is not None:
            found, guessed = [self.quoted_by], True
            self.names.voiced.add(self.quoted_by)
        return tuple(found), guessed

    def _by_phrase(self, token: Token) -> Who | None:
        """Return who a phrase names that stands beside a clause: "according to sources"."""
        for verb in (token, *token.ancestors):
            for one in verb.children:
                if one.lower_ == "according":
                    to = child(one, "prep", "pcomp")
                    return self.who(child(to, "pobj") if to is not None else child(one, "pobj"))
                if one.dep_ == "parataxis" and one.lemma_ in _SAYS:
                    return self.who(child(one, "nsubj"))
                view = one.dep_ == "prep" and one.lower_ in {"from", "in", "for"}
                if view and (found := self._perspective(one)) is not None:
                    return found
        return None

    def _perspective(self, prep: Token) -> Who | None:
        for thing in children(prep, "pobj"):
            if thing.lemma_.lower() in {
                "perspective",
                "view",
                "word",
                "opinion",
                "eye",
                "standpoint",
            }:
                owner = next(
                    (c for c in thing.children if c.dep_ in {"poss", "compound", "amod", "nmod"}),
                    None,
                )
                if owner is not None:
                    party = self.names.party_at(owner)
                    return Who(party) if party is not None else self.who(owner)
                of = next((o for p in children(thing, "prep") for o in children(p, "pobj")), None)
                return self.who(of)
        return None


"""What belongs to who speaks: "his country"."""
SPOKEN = frozenset({"warning"})
"""Stances that are taken by speaking, beside the verbs of saying."""
_SAYS = frozenset(data("stances")["verbs"]["report"])
