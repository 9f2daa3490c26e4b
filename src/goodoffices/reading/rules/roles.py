"""Who mediates and who guarantees: the words that show a party in such a role."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import agent, child, children, objects, passive, subject
from goodoffices.reading.rules.frames import kinds_of
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from goodoffices.reading.rules.speakers import Scene

__all__ = ["Votes"]


class Votes:
    """Signs of a role, counted by party as the sentences are read."""

    def __init__(self) -> None:
        self.mediator: Counter[str] = Counter()
        self.guarantor: Counter[str] = Counter()

    def take(self, sentence: Sentence, scene: Scene) -> None:
        """Count the signs of one sentence."""
        cues = data("cues")["roles"]
        for token in sentence:
            lemma = token.lemma_.lower()
            if token.pos_ == "VERB" and lemma in cues["mediating"]:
                if lemma not in cues["with_talks"] or _about_talks(token):
                    self._vote(
                        self.mediator, agent(token) if passive(token) else subject(token), scene
                    )
            elif token.pos_ == "VERB" and lemma in cues["vouching"] and _watchers(token):
                self._vote(self.guarantor, subject(token), scene)
            elif lemma in cues["mediators"] and token.pos_ in {"NOUN", "PROPN"}:
                self._noun(self.mediator, token, scene)
            elif lemma in cues["guarantors"] and token.pos_ in {"NOUN", "PROPN"}:
                self._noun(self.guarantor, token, scene)

    def _noun(self, votes: Counter[str], noun: Token, scene: Scene) -> None:
        """Count whom a noun calls so: "Norwegian mediators", "Qatar, a mediator"."""
        if noun.dep_ == "compound":
            noun = noun.head
        for id_ in scene.names.pair(noun) or ():
            votes[id_] += 1
        own = scene.names.resolve(noun)
        if own is not None and scene.names.found[own].sort == "civil":
            votes[own] += 1
        for one in noun.children:
            if one.dep_ in {"amod", "compound", "nmod", "poss", "appos"}:
                self._vote(votes, one, scene)
            if one.dep_ == "prep" and one.lower_ == "from":
                for thing in children(one, "pobj"):
                    self._vote(votes, thing, scene)
        if noun.dep_ in {"appos", "attr"}:
            head = noun.head if noun.dep_ == "appos" else child(noun.head, "nsubj")
            self._vote(votes, head, scene)
        if noun.dep_ == "pobj" and noun.head.lower_ == "as":
            verb = noun.head.head
            self._vote(votes, verb.head if verb.dep_ == "relcl" else subject(verb), scene)

    def _vote(self, votes: Counter[str], token: Token | None, scene: Scene) -> None:
        if token is None or token.lower_ in {"their", "its", "his", "her"}:
            return
        for one in (token, *children(token, "conj"), *_deeper(token)):
            id_ = scene.names.party_at(one) or scene.names.resolve(one)
            camp = scene.names.camp(id_)
            if camp is not None:
                votes[camp] += 1


def _deeper(token: Token) -> list[Token]:
    return [two for one in children(token, "conj") for two in children(one, "conj")]


def _watchers(verb: Token) -> bool:
    """Return whether somebody sends or offers those who watch over an agreement."""
    things = list(objects(verb))
    for clause in children(verb, "xcomp", "ccomp"):
        things += objects(clause)
    return any(one.lemma_.lower() in data("cues")["roles"]["watchers"] for one in things)


def _about_talks(verb: Token) -> bool:
    """Return whether a verb such as "host" is about talks, an agreement or a proposal."""
    things = list(objects(verb))
    things += [t for prep in children(verb, "prep") for t in children(prep, "pobj")]
    return any(
        kinds_of(one) & {"talks", "agreement", "truce"}
        or one.lemma_.lower() in data("stances")["offer_words"]
        for one in things
    )
