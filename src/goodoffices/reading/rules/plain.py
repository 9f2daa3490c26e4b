"""Clauses that no word of the vocabulary types: what is told or said in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from goodoffices.reading.rules.asides import happening, holders_of_hope
from goodoffices.reading.rules.clauses import child, children, finite, negated, passive, subject
from goodoffices.reading.rules.context import modality, unreal
from goodoffices.reading.rules.drafts import Draft
from goodoffices.reading.rules.parts import SUBJECTS, is_verb, participle
from goodoffices.reading.rules.types import chance, clause_type, loaded
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.case.speech import StatementType
    from goodoffices.reading.rules.context import Governor
    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.parts import Parts
    from goodoffices.reading.rules.speakers import Who

__all__ = ["plain"]

_SELF = frozenset({"he", "she", "they", "we", "i"})
_NAMED: dict[str, StatementType] = {
    "goal": "goal",
    "aim": "goal",
    "objective": "goal",
    "priority": "goal",
    "demand": "demand",
    "condition": "precondition",
    "precondition": "precondition",
    "offer": "offer",
    "fear": "belief",
}
"""What a noun says of the clause after "is"."""
_TO_COME = frozenset(
    ["consult", "aid", "retreat", "cooperate", "agree", "support", "concede", "sanction",
     "mobilize", "protest"]
)  # fmt: skip
"""Acts that keep their type while they are yet to come: "will sign the cease-fire"."""


def plain(parts: Parts, verb: Token, frame: Frame | None, over: list[Governor]) -> Iterator[Draft]:
    """Yield the statement of a clause, if it states something by itself."""
    reporting = frame is not None and frame.way == "report"
    if not is_verb(verb) or (reporting and _hands_on(parts, verb) and not loaded(verb)):
        return
    said = any(g.content and g.frame.way == "report" for g in over)
    inside = any(g.content and g.frame.way == "stance" for g in over)
    if inside or not _is_clause(parts, verb, said=said):
        return
    chain, guessed = parts.scene.chain(over, verb)
    if not chain and parts.scene.indirect is not None and _indirect(verb):
        chain, guessed = (parts.scene.indirect,), True
    who = parts.scene.who(subject(verb), default=chain[-1] if chain else None)
    own = _own(parts, verb, who, chain, said=said)
    kind = _kind(verb, frame, own=own, said=bool(chain))
    left, right = parts.clause(verb)
    quote = quotation(verb) if reporting and not said else None
    left, right = quote or (left, right)
    if quote is not None and kind is None and _both_or_none(verb, *quote):
        kind = "red line"
    condition = parts.condition_of(left, right, verb, None)
    yield Draft(
        head=verb,
        left=left,
        right=right,
        type=kind or _told(verb, said=bool(chain) or reporting),
        how="said" if chain else "plain",
        modality=modality(verb, bound=condition is not None),
        negated=negated(verb),
        speakers=_speakers(parts, verb, kind, chain, who, reporting=reporting),
        condition=condition,
        guessed=guessed,
        reported=bool(chain),
        happening=happening(verb, parts.scene) if _tells(kind, chain) else None,
    )


def quotation(verb: Token) -> tuple[int, int] | None:
    """Return the words between quotation marks that a verb of saying outside them hands on."""
    marks = [one.i for one in verb.sent if one.text == '"']
    for first, last in pairwise(marks):
        if last - first > 2 and not first < verb.i < last:
            left, right = first + 1, last - 1
            while right > left and verb.doc[right].is_punct:
                right -= 1
            return left, right
    return None


def _both_or_none(verb: Token, left: int, right: int) -> bool:
    """Return whether words refuse one thing without another: "No contract, no classes"."""
    return (
        re.fullmatch(r"no [\w' -]+, no [\w' -]+", verb.doc[left : right + 1].text.lower())
        is not None
    )


def _tells(kind: StatementType | None, chain: tuple[str, ...]) -> bool:
    """Return whether a clause tells an event, or an act that is yet to come."""
    return kind in _TO_COME or (kind is None and not chain)


def _indirect(verb: Token) -> bool:
    """Return whether a clause goes on telling what somebody said: "The troops would stay"."""
    return any(one.lower_ in {"would", "must", "should"} for one in children(verb, "aux"))


def _own(parts: Parts, verb: Token, who: Who | None, chain: tuple[str, ...], *, said: bool) -> bool:
    """Return whether somebody speaks of themselves, or of their own side."""
    camp = parts.scene.names.camp
    if chain and who is not None and camp(who.text) == camp(chain[-1]):
        return True
    doer = subject(verb)
    if not said or doer is None:
        return False
    # "He said that he would": nearly always the same person.
    if doer.lower_ in _SELF:
        return True
    # "Their director said that the operators could not": no known party is another.
    names = parts.scene.names.found
    other = who is not None and who.known and (names[who.text].known or names[who.text].of)
    return not other and doer.lemma_.lower() in data("groups")["civil"]


def _kind(verb: Token, frame: Frame | None, *, own: bool, said: bool) -> StatementType | None:
    """Return the type of a clause from what it says; None for a plain one."""
    kind = clause_type(verb, own=own, said=said)
    if kind is not None:
        return kind
    if frame is not None and frame.way == "report" and loaded(verb):
        return "disapprove"
    if (noun := _named(verb)) is not None:
        return _NAMED[noun.lemma_.lower()]
    if frame is not None and frame.way == "act" and frame.type in _TO_COME:
        return frame.type if modality(verb) in {"future", "hedged"} else None
    return None


def _named(verb: Token) -> Token | None:
    """Return a subject that names what the clause is: "our goal is to", "its condition is that"."""
    noun = child(verb, "nsubj")
    named = verb.lemma_ == "be" and noun is not None and noun.lemma_.lower() in _NAMED
    return noun if named else None


def _speakers(
    parts: Parts,
    verb: Token,
    kind: StatementType | None,
    chain: tuple[str, ...],
    who: Who | None,
    *,
    reporting: bool,
) -> tuple[str, ...]:
    """Return who says a clause; one who refuses or names a thing says it by that."""
    noun = _named(verb)
    owner = child(noun, "poss") if noun is not None else None
    if owner is not None:
        found = parts.scene.who(owner, default=chain[-1] if chain else None)
        if found is not None and found.text not in chain[-1:]:
            return (*chain, found.text)
    if chain:
        return chain
    if who is not None and (kind in {"reject", "disapprove"} or reporting):
        return (who.text,)
    if kind == "estimate":
        holds = who is not None and who.known and verb.lemma_ != "be"
        return (who.text,) if who is not None and holds else holders_of_hope(verb, parts.scene)
    return ()


def _told(verb: Token, *, said: bool) -> StatementType:
    """Return event for what is told as having happened, else statement."""
    if said or verb.lemma_ in {"be", "have"} or negated(verb):
        return "statement"
    helpers = {one.lemma_ for one in children(verb, "aux")}
    past = verb.tag_ in {"VBD", "VBN"} or "have" in helpers
    return "event" if past or (verb.tag_ == "VBG" and "be" in helpers) else "statement"


def _hands_on(parts: Parts, verb: Token) -> bool:
    """Return whether a verb of saying has a clause that is read by itself."""
    clauses = [one for one in children(verb, "ccomp", "xcomp", "csubj") if is_verb(one)]
    if verb.lemma_ in data("stances")["denials"] and clauses:
        # "Denied stalling the talks" is the statement, unless what is denied is one of its own.
        return any(one.tag_ != "VBG" or parts.frames.of(one) is not None for one in clauses)
    if clauses:
        return True
    if negated(verb):
        return False
    if child(verb, "dobj", "oprd", "prep", "xcomp", "nsubjpass") is None:
        return True
    return any(parts.frames.of(one) is not None for one in children(verb, "dobj", "xcomp"))


def _is_clause(parts: Parts, verb: Token, *, said: bool) -> bool:
    """Return whether a verb heads a clause that states something by itself."""
    if verb.dep_ == "ccomp":
        alone = not is_verb(verb.head) or verb.head.dep_ == "ROOT"
        return said or (alone and finite(verb))
    if verb.dep_ == "conj":
        return _second(parts, verb, said=said)
    if verb.dep_ == "xcomp":
        return said and passive(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not unreal(verb):
        # "Rejected the demand, calling it a pretext".
        frame = parts.frames.of(verb)
        return frame is not None and frame.way == "report" and child(verb, "dobj") is not None
    if verb.dep_ == "advcl" and chance(verb):
        return finite(verb) and not unreal(verb)
    if verb.dep_ == "ROOT" and participle(verb):
        return False
    subject_ = child(verb, "nsubj", "nsubjpass") is not None
    return verb.dep_ in {"ROOT", "parataxis"} and (finite(verb) or said or subject_)


def _second(parts: Parts, verb: Token, *, said: bool) -> bool:
    """Return whether a second verb, after "and" or "but", states something of its own."""
    head = verb.head
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    above = parts.frames.of(head)
    if parts.goes_on(verb) and not participle(head) and (above is None or above.way != "stance"):
        return False
    if not finite(verb) or not is_verb(head):
        return False
    own = child(verb, *SUBJECTS) is not None or parts.frames.of(verb) is not None
    clause = participle(head) or _is_clause(parts, head, said=said)
    return clause and (own or said or head.dep_ == "ROOT")
