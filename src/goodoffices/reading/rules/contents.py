"""What is demanded, refused or feared: the words on which a statement's content hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children, joined
from goodoffices.reading.rules.words import data, verb_types

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.reading.rules.frames import Frame

__all__ = ["contents", "is_step", "split_types"]

split_types = frozenset(
    {"demand", "request", "offer", "reject", "promise", "accuse", "concede", "goal", "red line"}
)
"""Types whose content, where "and" joins several, is several statements."""

_PREPOSITIONS = {
    "accuse": ("of", "for", "over", "with", "into"),
    "disapprove": ("for", "over", "about", "with", "at", "against", "of"),
    "demand": ("for", "on", "about", "upon", "of"),
    "request": ("for", "to", "against", "on", "upon"),
    "reject": ("to", "out", "on", "of", "against"),
    "agree": ("to", "on", "upon", "with", "in"),
    "belief": ("of", "about", "that", "in", "over", "as", "for"),
    "warning": ("of", "against", "about"),
    "threaten": ("with", "of", "to", "against"),
    "promise": ("of", "to"),
    "guarantee": ("of", "for", "against"),
    "offer": ("of", "to", "for", "in"),
    "goal": ("of", "for", "to", "in"),
    "approve": ("for", "of", "on", "about", "with"),
    "support": ("for", "of", "to"),
    "concede": ("to", "on"),
    "estimate": ("of", "for", "about", "at"),
    "statement": ("on", "about", "over"),
    "issue": ("over", "on", "about"),
}


_ASKING = frozenset({"call", "appeal", "plead", "press", "push", "lobby"})


def contents(frame: Frame) -> list[Token]:
    """Return the heads of the content, in order, those that "and" joins as well.

    In "vocal about the need for them to stop shelling and withdraw": "stop" and "withdraw".
    """
    holder = frame.holder
    if holder.lemma_ in data("stances")["idioms"] and (found := _of_idiom(holder)):
        return found
    if frame.type == "request" or frame.type == "demand":
        found = _clauses(holder) or _after(frame, holder) or _things(holder)
    elif frame.type in {"accuse", "disapprove"}:
        found = _after(frame, holder) or _clauses(holder) or _things(holder)
    else:
        found = _clauses(holder) or _things(holder) or _after(frame, holder)
    if frame.noun is not None and not found:
        found = [frame.noun]
    return found


def _of_idiom(verb: Token) -> list[Token]:
    """Return to what a door was left open, or over what a line was drawn."""
    table = data("stances")["idioms"][verb.lemma_]
    if not any(one.lemma_ in table for one in children(verb, "dobj", "nsubjpass")):
        return []
    near = [verb, *children(verb, "dobj", "oprd", "acomp", "ccomp", "nsubjpass")]
    return [
        thing
        for one in near
        for prep in children(one, "prep", "dative")
        for thing in children(prep, "pobj", "pcomp")
        if thing.i > verb.i
    ][:1]


def _clauses(holder: Token) -> list[Token]:
    deps = ("ccomp", "xcomp", "acl", "relcl", "advcl")
    found: list[Token] = []
    for one in children(holder, *deps):
        if one.i < holder.i and one.dep_ != "ccomp":
            continue
        if one.dep_ == "ccomp" and any(t.text == ";" for t in holder.doc[one.i : holder.i]):
            continue
        if _content(one, holder):
            found += [c for c in joined(one) if c.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}]
            if child(one, "expl") is not None:
                # "Insisted there was no plan and put ...": the second verb is not insisted on.
                found = [c for c in found if c is one or child(c, "nsubj", "expl") is not None]
            break
    return found + [means for one in found for means in _means(one)] if found else found


def _content(one: Token, holder: Token) -> bool:
    noun = holder.pos_ in {"NOUN", "PROPN"} or holder.tag_ in {"NN", "NNS"}
    mark = child(one, "mark")
    if one.dep_ in {"ccomp", "xcomp"}:
        return True
    if one.dep_ == "acl":
        return noun and (child(one, "aux") is not None or mark is not None)
    if one.dep_ == "relcl":
        return noun and mark is not None and mark.lower_ == "that"
    # "Called on both sides to refrain".
    if one.dep_ == "advcl" and mark is None and holder.lemma_ in _ASKING:
        return one.tag_ == "VB" and one.i > holder.i and child(one, "aux") is not None
    # "The need for Hamas to demonstrate": parsers hang the infinitive on the noun in this way.
    infinitive = any(c.lower_ == "to" for c in children(one, "aux"))
    if mark is not None:
        return mark.lower_ == "for" and (noun or holder.pos_ in {"ADJ", "VERB"})
    return infinitive and holder.pos_ == "ADJ"


def is_step(noun: Token) -> bool:
    """Return whether a noun stands for a step after "by": "by halting executions"."""
    return any(
        one.tag_ == "VBG" and one.i > 0 and one.doc[one.i - 1].lower_ == "by"
        for one in children(noun, "amod")
    )


def _means(verb: Token) -> list[Token]:
    """Return the steps named after "by": "show seriousness by halting ... and reconsidering"."""
    found: list[Token] = []
    for by in children(verb, "prep"):
        if by.lower_ == "by":
            found += [c for one in children(by, "pcomp") for c in joined(one)]
            # A participle taken for an adjective: "by halting executions".
            found += [thing for thing in children(by, "pobj") if is_step(thing)]
    return found


def _after(frame: Frame, holder: Token) -> list[Token]:
    words = _PREPOSITIONS.get(frame.type, ())
    found: list[Token] = []
    for prep in children(holder, "prep", "prt"):
        if prep.lower_ not in words:
            continue
        for one in children(prep, "pcomp", "pobj"):
            inner = verb_types("stances", "nouns").get(one.lemma_.lower())
            if one.dep_ == "pobj" and inner is not None and (deeper := _clauses(one)):
                return deeper
            found += joined(one)
        # "Appealed for talks and for fuel".
        for other in children(prep, "conj"):
            for one in children(other, "pobj", "pcomp"):
                found += joined(one)
        if found:
            words = (prep.lower_,)
    return found


def _things(holder: Token) -> list[Token]:
    thing = child(holder, "dobj", "nsubjpass")
    if thing is not None and thing.lower_ in {"that", "which", "whom", "who"}:
        # "An idea that Paris rejected".
        return [holder.head] if holder.dep_ == "relcl" else []
    if thing is None:
        return []
    deeper = _clauses(thing) if thing.lemma_.lower() in {"need", "demand"} else []
    return deeper or list(joined(thing))
