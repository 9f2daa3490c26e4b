"""The type of a statement, from its verb, its content and who says it of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children, negated, subject
from goodoffices.reading.rules.frames import frame_of, kinds_of
from goodoffices.reading.rules.words import cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.case.speech import StatementType
    from goodoffices.reading.rules.frames import Frame

__all__ = [
    "chance",
    "clause_type",
    "deontic",
    "hostile",
    "issue",
    "loaded",
    "refusal",
    "stance_type",
]

_HOSTILE = frozenset({"assault", "coerce", "sanction", "mobilize", "protest", "threaten"})
_TURNED: dict[str, StatementType] = {
    "agree": "reject",
    "support": "reject",
    "approve": "disapprove",
    "goal": "reject",
    "offer": "reject",
    "promise": "reject",
    "guarantee": "reject",
    "concede": "reject",
    "demand": "statement",
    "request": "statement",
    "reject": "statement",
    "accuse": "statement",
    "threaten": "statement",
    "disapprove": "statement",
    "warning": "statement",
}
"""What a denied stance is: not to accept is to reject; not to reject is no acceptance."""


def stance_type(frame: Frame, content: Token | None) -> StatementType:
    """Return the type of a stance, with its negation and what it is about taken into account."""
    kind, verb = frame.type, frame.token
    if kind == "agree" and any(one.lower_ == "nothing" for one in children(verb, "dobj")):
        # "Would accept nothing less than 9 percent".
        return "red line"
    if kind == "agree" and verb.dep_ == "xcomp" and verb.head.lemma_ == "fail":
        return "event"
    if verb.pos_ in {"VERB", "AUX"} and negated(verb) and kind in _TURNED:
        never = any(one.lower_ == "never" for one in children(verb, "neg", "advmod"))
        return "red line" if never and _will(verb) and kind == "agree" else _TURNED[kind]
    if content is None:
        return kind
    if kind == "reject" and content.lemma_ in _TELLING:
        # "Declined to say" refuses no demand.
        return "statement"
    if kind == "warning" and _will(content) and hostile(content) and _self(content):
        return "threaten"
    if kind == "demand" and verb.lemma_ == "insist":
        return _insisted(content)
    if kind == "goal" and verb.lemma_ in {"want", "seek"}:
        return _wanted(verb, content)
    if kind in {"promise", "offer"} and content.pos_ == "VERB":
        if negated(content):
            return "reject"
        if hostile(content):
            return "threaten"
    if kind == "estimate" and frame.noun is not None and frame.noun.lemma_ == "hope":
        return "goal"
    return kind


_TELLING = frozenset(
    {"say", "comment", "disclose", "elaborate", "speculate", "reveal", "answer", "name", "specify"}
)


def _self(verb: Token) -> bool:
    who = subject(verb)
    return who is not None and who.lower_ in {"we", "i", "it", "they", "he", "she"}


_NAMING = frozenset({"call", "describe", "dismiss", "brand", "label", "term", "denounce", "view"})


def loaded(verb: Token) -> bool:
    """Return whether a verb of naming gives a thing a bad name: "called the strike reckless"."""
    words = data("stances")["loaded"]
    if verb.lemma_ not in _NAMING:
        return False
    for one in verb.children:
        if one.dep_ in {"oprd", "acomp", "ccomp", "xcomp"} and any(
            w.lemma_.lower() in words or w.lower_ in words for w in (one, *one.children)
        ):
            return True
        if one.dep_ == "prep" and one.lower_ == "as":
            return any(w.lemma_.lower() in words or w.lower_ in words for w in one.subtree)
    return False


def _insisted(content: Token) -> StatementType:
    """Return what insisting on a content is: a red line where it closes, else demand or claim."""
    modal = any(one.tag_ == "MD" for one in children(content, "aux"))
    if modal and _harmful(content):
        return "warning"
    if any(words in _clause_text(content) for words in data("stances")["nonnegotiable"]):
        return "red line"
    if negated(content) and (modal or _subjunctive(content)):
        return "red line"
    told = content.tag_ in {"VBZ", "VBD"} or (content.dep_ == "ccomp" and negated(content))
    return "statement" if told and not modal else "demand"


def _subjunctive(verb: Token) -> bool:
    """Return whether a clause says what is to be: "that no concession be made"."""
    first = child(verb, "auxpass", "aux")
    return (verb if first is None else first).tag_ == "VB"


def _harmful(verb: Token) -> bool:
    return not negated(verb) and verb.lemma_.lower() in data("stances")["harmful"]


def _wanted(verb: Token, content: Token) -> StatementType:
    """Return demand where somebody wants a thing, or wants another to act; else goal."""
    if content.pos_ in {"NOUN", "PROPN", "NUM"}:
        return "demand"
    own = child(content, "nsubj", "nsubjpass")
    return "demand" if own is not None else "goal"


def clause_type(verb: Token, *, own: bool, said: bool) -> StatementType | None:
    """Return the type of a clause that no word of the vocabulary types; None for a plain one.

    `own` is whether its subject is who says it or of that camp, `said` whether anybody says it.
    """
    if chance(verb):
        return "estimate"
    if said and _bound(verb):
        return "red line"
    if refusal(verb) and (own or not said):
        return "reject"
    if own and said and unwilling(verb):
        if verb.lemma_ == "hesitate":
            return "threaten"
        never = any(one.lower_ == "never" for one in children(verb, "neg", "advmod"))
        return "red line" if never and _will(verb) else "reject"
    if said and _blocked(verb):
        return "reject"
    if said and unacceptable(verb):
        return "reject"
    if said and not own and deontic(verb):
        return "demand"
    if own and said and _will(verb):
        return "threaten" if hostile(verb) else "promise"
    if said and _will(verb) and (_harmful(verb) or (not own and _unless(verb))):
        return "warning"
    if said and verb.lemma_ == "be" and _bad_name(verb):
        return "disapprove"
    return "issue" if issue(verb) and not said else None


def _will(verb: Token) -> bool:
    return any(
        one.lower_ in {"will", "would", "'ll", "wo", "shall"} for one in children(verb, "aux")
    )


def _unless(verb: Token) -> bool:
    """Return whether a clause tells what comes if something is not done."""
    return any(
        mark.lower_ == "unless" for one in children(verb, "advcl") for mark in children(one, "mark")
    )


def _bad_name(verb: Token) -> bool:
    """Return whether a clause gives a thing a bad name: "would be a farce"."""
    words = data("stances")["loaded"]
    return not negated(verb) and any(one.lemma_ in words for one in children(verb, "attr"))


def _blocked(verb: Token) -> bool:
    """Return whether a clause says that talks or a deal cannot go on: "talks cannot begin"."""
    if not negated(verb) or verb.lemma_ not in data("stances")["proceeding"]:
        return False
    modal = any(one.lower_ in {"can", "ca", "will", "wo", "would"} for one in children(verb, "aux"))
    what = subject(verb)
    return modal and what is not None and bool(kinds_of(what) & {"talks", "agreement", "ties"})


def refusal(verb: Token) -> bool:
    """Return whether a clause says that somebody will not, would not or cannot do something."""
    if not negated(verb) or verb.lemma_.lower() not in data("stances")["refusable"]:
        return False
    modal = any(one.tag_ == "MD" for one in children(verb, "aux"))
    who = subject(verb)
    return modal and who is not None and who.lower_ not in {"it", "there", "that", "this"}


def unwilling(verb: Token) -> bool:
    """Return whether somebody says of themselves that they will not: "would never remove"."""
    if not negated(verb) or verb.lemma_ in {"be", "have", "know", "seem", "comment", "exist"}:
        return False
    will = any(
        one.lower_ in {"will", "would", "wo", "'ll", "shall"} for one in children(verb, "aux")
    )
    return will or (verb.lemma_ == "go" and verb.tag_ == "VBG")


def deontic(verb: Token) -> bool:
    """Return whether a clause says that somebody must or should do something."""
    if negated(verb) and verb.lemma_ == "need":
        return False
    if any(one.lower_ in {"must", "should", "ought"} for one in children(verb, "aux")):
        return True
    return verb.lemma_ in {"have", "need"} and any(
        any(a.lower_ == "to" for a in children(one, "aux")) for one in children(verb, "xcomp")
    )


def unacceptable(verb: Token) -> bool:
    """Return whether a clause calls something unacceptable or impossible."""
    if verb.lemma_ != "be":
        return False
    words = data("stances")["unacceptable"]
    return any(one.lower_ in words for one in children(verb, "acomp", "attr", "oprd"))


def _bound(verb: Token) -> bool:
    """Return whether a clause allows no agreement that fails some test: "no deal without"."""
    text = _clause_text(verb)
    if any(words in text for words in data("stances")["nonnegotiable"]):
        return True
    no = any(
        d.lower_ == "no"
        for one in children(verb, "nsubj", "nsubjpass", "attr", "dobj")
        for d in children(one, "det")
    )
    modal = any(one.tag_ == "MD" for one in children(verb, "aux"))
    return no and modal


def hostile(verb: Token) -> bool:
    """Return whether a verb does harm: attacks, breaks off, sends troops, strikes."""
    lemma = verb.lemma_.lower()
    frame = frame_of(verb)
    kind = None if frame is None else frame.type
    if lemma in {
        "retaliate",
        "punish",
        "escalate",
        "widen",
        "destroy",
        "resign",
        "quit",
        "leave",
        "walk",
        "veto",
        "block",
        "shut",
        "intensify",
        "avenge",
        "crush",
        "expand",
    }:
        return True
    return kind in _HOSTILE


_RATING = frozenset(
    {"put", "see", "have", "give", "rate", "describe", "call", "assess", "estimate", "judge"}
)


def chance(verb: Token) -> bool:
    """Return whether a clause speaks of a chance: "prospects have dimmed", "little optimism"."""
    words = cue_words("chance")
    for one in children(verb, "nsubj", "nsubjpass", "attr", "dobj"):
        if one.lemma_.lower() in words and one.lemma_ != "possibility":
            if one.dep_ == "dobj" and verb.lemma_ not in _RATING:
                continue
            return True
    return False


def issue(verb: Token) -> bool:
    """Return whether a clause names what is in dispute."""
    words = {"dispute", "disagreement", "sticking", "demand", "difference", "obstacle", "hurdle"}
    for one in verb.subtree:
        if one.lemma_.lower() in words and one.pos_ == "NOUN":
            mods = {c.lower_ for c in one.children}
            if one.lemma_ != "demand" or mods & {"conflicting", "competing", "rival", "opposing"}:
                return True
    return False


def _clause_text(token: Token) -> str:
    return token.doc[token.left_edge.i : token.right_edge.i + 1].text.lower()
