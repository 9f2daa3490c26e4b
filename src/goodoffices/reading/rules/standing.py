"""Whether a word of stance counts by itself, or is only the content of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import agent, child, children, negated, passive, subject
from goodoffices.reading.rules.context import unreal
from goodoffices.reading.rules.parts import is_noun, is_verb, mistaken

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.reading.rules.context import Governor
    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.parts import Parts

__all__ = ["aims_with", "noun_counts", "stands"]

_OWNED = frozenset({"threaten", "warning", "accuse", "request", "offer", "promise", "guarantee"})
_PRESUPPOSED = frozenset({"reject", "demand", "disapprove", "support"})
"""Stances that a noun takes for granted wherever it stands: "its refusal to accept"."""
_NOMINAL = _PRESUPPOSED | _OWNED | {"belief", "goal"}
_SPEECH = frozenset({"request", "demand", "warning", "threaten", "accuse", "offer", "reject"})
"""Stances that an infinitive of purpose tells as taken: "called him to urge both sides"."""
_PERHAPS = frozenset({"must", "should", "can", "could", "may", "might"})


def stands(parts: Parts, frame: Frame, over: list[Governor]) -> bool:
    """Return whether a stance is told as taken, and not only feared, asked for or possible."""
    token, noun = frame.token, is_noun(frame.token)
    if unreal(token) or token.dep_ in {"aux", "auxpass"}:
        return False
    if not noun:
        return _verb_stands(parts, frame, over)
    if mistaken(token):
        return True
    if token.dep_ == "dobj" and _under_act(parts, token):
        return False
    if aims_with(frame):
        return token.lemma_ in {"goal", "aim", "objective", "intention"}
    inside = [g for g in over if g.content and g.frame.way == "stance"]
    if not inside:
        return True
    if frame.type == "reject" or (frame.type == "demand" and inside[0].frame.type != "demand"):
        return child(token, "acl", "ccomp", "relcl") is not None
    return False


def _verb_stands(parts: Parts, frame: Frame, over: list[Governor]) -> bool:
    token = frame.token
    if frame.type == "estimate":
        return True
    if frame.type == "guarantee" and passive(token) and agent(token) is None:
        return False
    if _only_possible(token) and all(one.of.i != token.i for one in parts.conditions):
        return False
    # "Who were not invited": whose stance it is stands nowhere.
    if token.dep_ == "relcl" and passive(token) and agent(token) is None:
        return False
    # "Believes that the other side rejects the plan": who is believed to, has not.
    if any(g.content and g.frame.way == "stance" for g in over):
        return False
    return token.tag_ != "VB" or _purpose(frame)


def _only_possible(token: Token) -> bool:
    """Return whether a stance is only allowed for or called for: "which must approve"."""
    modal = {one.lower_ for one in children(token, "aux") if one.tag_ == "MD"}
    if modal & _PERHAPS and not negated(token):
        return is_verb(token) and child(token, "acomp") is None
    doer = subject(token) if modal else None
    return doer is not None and doer.lower_ in {"nobody", "one", "none"} and negated(token)


def _under_act(parts: Parts, token: Token) -> bool:
    frame = parts.frames.of(token.head)
    return frame is not None and frame.way == "act"


def _purpose(frame: Frame) -> bool:
    """Return whether an infinitive takes a stance of its own."""
    token, head = frame.token, frame.token.head
    if any(one.tag_ == "MD" for one in token.children):
        return True
    if frame.type not in _SPEECH:
        return token.dep_ == "ROOT"
    if token.dep_ == "xcomp" and head.lemma_ in {"fail", "decline", "need", "have"}:
        return False
    return token.dep_ in {"advcl", "conj", "ROOT", "ccomp", "xcomp"} and head.pos_ == "VERB"


def aims_with(frame: Frame) -> bool:
    """Return whether a noun stands as in "with the goal of securing a deal"."""
    token = frame.token
    return frame.type == "goal" and token.dep_ == "pobj" and token.head.lower_ == "with"


def noun_counts(frame: Frame, *, owned: bool) -> bool:
    """Return whether a noun of stance has the owner and content that make it a statement."""
    token = frame.token
    if frame.type not in _NOMINAL:
        return False
    if mistaken(token):
        return True
    clause, after = _clause_after(token), _phrase_after(token)
    if frame.type == "goal":
        return owned and (clause or (after and aims_with(frame)))
    if frame.type in _OWNED:
        return owned and (clause or after) and token.dep_ != "dobj"
    return owned and (clause or (after and frame.type != "demand"))


def _clause_after(token: Token) -> bool:
    return any(
        one.i > token.i and child(one, "mark", "aux") is not None
        for one in children(token, "acl", "ccomp", "relcl", "advcl")
    )


def _phrase_after(token: Token) -> bool:
    words = {"of", "to", "for", "about", "that", "over", "with", "against"}
    return any(one.lower_ in words for one in children(token, "prep"))
