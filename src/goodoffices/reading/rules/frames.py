"""What a word does: the type of a verb, noun or adjective from the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from goodoffices.case.speech import StatementType
from goodoffices.reading.rules.clauses import child, children, objects, passive, subject
from goodoffices.reading.rules.words import adjectives, data, things, verb_types

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Frame", "Way", "frame_of", "kinds_of"]

Way = Literal["report", "stance", "act"]
"""Whether a word hands on what somebody says, says where somebody stands, or what is done."""

_CLAUSES = ("ccomp", "xcomp", "csubj")
_MISTAGGED = frozenset({"NNS", "NN", "NNP", "NNPS", "JJ"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A word that carries a statement."""

    token: Token
    way: Way
    type: StatementType
    noun: Token | None = None
    """The noun that carries the meaning of a verb such as "voice" or "remain firm on"."""

    @property
    def holder(self) -> Token:
        """The word on which the content hangs."""
        return self.token if self.noun is None else self.noun


def frame_of(token: Token) -> Frame | None:
    """Return what a word does, or None."""
    if token.dep_ == "amod" and token.i < token.head.i:
        return None
    if token.tag_ == "VBN" and token.dep_ == "acl" and (frame := _adjective(token)) is not None:
        return frame
    if token.pos_ in {"VERB", "AUX"}:
        if _inanimate(token):
            return None
        return (
            _suggestion(token)
            or _idiom(token)
            or _light(token)
            or _act_with(token)
            or _verb(token)
            or _predicate(token)
        )
    if token.pos_ in {"NOUN", "PROPN"} or token.tag_ in {"NN", "NNS"}:
        return _noun(token)
    if token.pos_ == "ADJ" or token.tag_ == "VBN":
        return _adjective(token)
    return None


# Verbs.


def _inanimate(token: Token) -> bool:
    """Return whether what stands as subject takes no stance: "a decision that rules out"."""
    known = verb_types("stances")
    if passive(token) or not any(key in known for key in _keys(token)):
        return False
    who = subject(token)
    return who is not None and who.lemma_.lower() in data("stances")["inanimate"]


def _suggestion(token: Token) -> Frame | None:
    """Return an offer where somebody suggests doing something, or that it could be done."""
    if token.lemma_ != "suggest":
        return None
    clause = child(token, "xcomp", "ccomp")
    if clause is None or child(token, "dobj") is not None:
        return None
    modal = any(one.lower_ in {"could", "should", "might"} for one in children(clause, "aux"))
    gerund = clause.tag_ == "VBG" and child(clause, "aux") is None
    return Frame(token=token, way="stance", type="offer") if modal or gerund else None


def _idiom(token: Token) -> Frame | None:
    """Return what a verb means with one noun only: "left the door open to", "draw a line"."""
    table = data("stances")["idioms"].get(token.lemma_.lower())
    if table is None:
        return None
    for one in children(token, "dobj", "nsubjpass"):
        kind = table.get(one.lemma_.lower())
        if kind is not None:
            return Frame(token=token, way="stance", type=cast("StatementType", kind))
    return None


def _keys(token: Token) -> list[str]:
    """Return a verb with the words after it, the most telling first: "call for", "call"."""
    lemma = token.lemma_.lower()
    after = [
        one.lower_ for one in token.children if one.dep_ in {"prt", "prep", "advmod", "dative"}
    ]
    # "Called for a committee to look into it": parsers hang this "for" on the verb after it.
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "for":
        after.append("for")
    if lemma == "call" and child(token, "dobj") is None and _infinitive(token):
        after.append("for")
    return [f"{lemma} {word}" for word in after] + [lemma]


def _infinitive(token: Token) -> bool:
    return any(
        any(aux.lower_ == "to" for aux in children(one, "aux"))
        for one in children(token, "xcomp", "advcl")
    )


def _verb(token: Token) -> Frame | None:
    stances, acts = verb_types("stances"), verb_types("acts")
    for key in _keys(token):
        for name, table in (("stances", stances), ("acts", acts)):
            if key in table and _fits(token, key, name):
                kind = table[key]
                if kind == "report" or (kind == "concede" and child(token, "ccomp") is not None):
                    return Frame(token=token, way="report", type="statement")
                way: Way = "stance" if name == "stances" else "act"
                return Frame(token=token, way=way, type=_crowd(token, cast("StatementType", kind)))
    return None


def _fits(token: Token, key: str, name: str) -> bool:
    table = data(name)
    objs = [one.lemma_.lower() for one in objects(token)]
    if any(one in table.get("not", {}).get(key, ()) for one in objs):
        return False
    needs = table["needs"].get(key)
    return needs is None or any(_meets(token, need) for need in needs)


def _meets(token: Token, need: str) -> bool:
    if need == "any":
        return True
    if need == "never":
        return False
    if need == "clause":
        return child(token, *_CLAUSES) is not None
    if need == "object":
        return next(objects(token), None) is not None
    if need == "self":
        return any(one.tag_ == "PRP" for one in children(token, "dobj"))
    if need == "offer":
        return any(_offer(one) for one in objects(token))
    if need in {"people", "violent"}:
        who = subject(token)
        words = data("acts")[need]
        return who is not None and (who.lemma_.lower() in words or who.ent_type_ == "PERSON")
    if need == "quote":
        return '"' in token.sent.text
    if need in data("acts")["things"]:
        found = [*objects(token), *_after(token)]
        return any(need in kinds_of(one) for one in found)
    return any(one.lower_ == need for one in token.children if one.dep_ != "aux")


def _offer(noun: Token) -> bool:
    words = data("stances")["offer_words"]
    return noun.lemma_.lower() in words


_BESIDE = frozenset({"during", "amid", "after", "before", "since", "despite", "until"})


def _after(token: Token) -> list[Token]:
    near = [one for one in children(token, "prep") if one.lower_ not in _BESIDE]
    return [thing for one in near for thing in children(one, "pobj")]


def _act_with(token: Token) -> Frame | None:
    """Return an act that a verb means only with its object: "lifted the blockade"."""
    table = data("acts")["with"].get(token.lemma_.lower())
    if table is None:
        return None
    # "Called the talks a failure" calls no talks.
    if token.lemma_ == "call" and child(token, "oprd", "ccomp", "xcomp", "acomp") is not None:
        return None
    objs = list(objects(token)) or _after(token)
    # "Put the army on alert", "placed her under arrest".
    if token.lemma_ in {"put", "place", "keep", "hold", "take"}:
        objs += [one for one in _after(token) if kinds_of(one) & {"custody", "exercise"}]
    for clause in children(token, "ccomp", "xcomp") if token.lemma_ in _LETTING else ():
        # "Allowed inspectors to enter": what is allowed is the inspectors' access.
        objs += list(children(clause, "nsubj"))
    for one in objs:
        kinds = kinds_of(one)
        for kind, act in table.items():
            if kind in kinds:
                way: Way = "stance" if act in _STANCES else "act"
                return Frame(token=token, way=way, type=_crowd(token, act))
    return None


_LETTING = frozenset({"allow", "let", "permit"})
_STANCES = frozenset({"agree", "reject", "accuse", "disapprove"})


def _crowd(token: Token, act: StatementType) -> StatementType:
    """Return protest where a crowd does what is coercion or assault when others do it."""
    protest = any(
        t.lower_ == "protest" for p in children(token, "prep") for t in children(p, "pobj")
    )
    if protest and act in {"sanction", "coerce"}:
        return "protest"
    if act == "protest" and token.lemma_ == "strike" and child(token, "dobj") is not None:
        # Drones strike a port; workers strike and hit nothing.
        act = "assault"
    if act not in {"assault", "coerce"} or token.lemma_ in {"kill", "shoot", "murder", "bomb"}:
        return act
    who = subject(token)
    if who is None or passive(token):
        return act
    words = data("acts")["crowds"]
    if act == "coerce" and _stoppage(who):
        return "protest"
    return "protest" if who.lemma_.lower() in words else act


def _stoppage(noun: Token) -> bool:
    """Return whether a noun is a protest that may close schools and ports."""
    military = any(one.dep_ in {"amod", "compound"} for one in noun.children)
    if noun.lemma_ == "strike" and military:
        return any(one.lower_ in {"general", "labour", "labor", "hunger"} for one in noun.children)
    return noun.lemma_ in {"strike", "walkout", "stoppage", "protest", "demonstration", "sit-in"}


def kinds_of(noun: Token) -> frozenset[str]:
    """Return which kinds of things a noun is: "aid convoys" are aid and access."""
    table = things()
    found = set(table.get(noun.lemma_.lower(), frozenset()))
    for one in noun.children:
        if one.dep_ in {"compound", "amod", "nmod"}:
            found |= table.get(one.lemma_.lower(), frozenset())
        if one.dep_ == "prep" and one.lower_ == "of":
            for inner in children(one, "pobj"):
                found |= table.get(inner.lemma_.lower(), frozenset())
    return frozenset(found)


def _light(token: Token) -> Frame | None:
    """Return what a noun means after "express" and its like."""
    if token.lemma_.lower() not in data("stances")["light"]:
        return None
    for one in children(token, "dobj", "nsubjpass"):
        kind = verb_types("stances", "nouns").get(one.lemma_.lower())
        if kind is None or (kind in {"agree", "belief", "goal"} and not _carries(token, one)):
            continue
        if one.lower_ == "needs":
            continue
        if kind == "report":
            return None
        return Frame(token=token, way="stance", type=cast("StatementType", kind), noun=one)
    return None


def _carries(verb: Token, noun: Token) -> bool:
    """Return whether a noun has a content of its own, or a verb that only speaks."""
    if verb.lemma_.lower() in {"have", "make", "give", "put", "hold", "set", "show"}:
        of = child(noun, "prep")
        verbal = of is not None and child(of, "pcomp") is not None
        return verbal or child(noun, "acl", "ccomp") is not None
    return True


# "Is ready to", "remained firm on".


def _predicate(token: Token) -> Frame | None:
    if token.lemma_.lower() not in {
        "be",
        "remain",
        "become",
        "seem",
        "appear",
        "grow",
        "feel",
        "stay",
        "stand",
    }:
        return None
    for one in children(token, "acomp", "oprd", "attr", "xcomp"):
        kind = adjectives().get(one.lemma_.lower()) or adjectives().get(one.lower_)
        if kind is not None and one.pos_ in {"ADJ", "VERB", "ADV"} and _complete(one):
            return Frame(token=token, way="stance", type=cast("StatementType", kind), noun=one)
    return None


def _complete(adjective: Token) -> bool:
    """Return whether an adjective has the word after it that it needs: "critical of"."""
    needs = data("stances")["adjective_needs"].get(adjective.lower_)
    if needs is None:
        return True
    return any(
        one.lower_ in needs or ("clause" in needs and one.dep_ in {"xcomp", "ccomp"})
        for one in adjective.children
    )


def _adjective(token: Token) -> Frame | None:
    """Return an adjective that stands after its noun: "officials concerned about"."""
    kind = adjectives().get(token.lower_)
    if kind is None or token.dep_ not in {
        "amod",
        "acl",
        "appos",
        "conj",
        "advcl",
        "relcl",
        "ROOT",
        "ccomp",
    }:
        return None
    if child(token, "prep", "xcomp", "ccomp", "advcl") is None or not _complete(token):
        return None
    if token.dep_ == "amod" and token.i < token.head.i:
        return None
    return Frame(token=token, way="stance", type=cast("StatementType", kind))


def _noun(token: Token) -> Frame | None:
    """Return what a noun says that has a content or an owner: "its refusal to accept"."""
    if token.dep_ in {"compound", "amod"}:
        return None
    kind = verb_types("stances", "nouns").get(token.lemma_.lower())
    if kind is not None:
        return Frame(token=token, way="stance", type=cast("StatementType", kind))
    # The parser takes some verbs for nouns: "and fears that pushing ..."
    stance = verb_types("stances").get(token.lemma_.lower())
    if stance not in {None, "report"} and token.dep_ in {"conj", "ROOT"} and _clause_after(token):
        return Frame(token=token, way="stance", type=cast("StatementType", stance))
    act = verb_types("acts", "nouns").get(token.lemma_.lower())
    if act is not None:
        return Frame(token=token, way="act", type=cast("StatementType", act))
    return None


def _clause_after(token: Token) -> bool:
    return any(
        one.dep_ in {"acl", "ccomp", "xcomp", "relcl"} and one.i > token.i for one in token.children
    )
