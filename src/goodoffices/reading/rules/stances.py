"""Statements that say where somebody stands: demands, refusals, fears, offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import (
    child,
    children,
    extent,
    finite,
    joins,
    negated,
    passive,
    starting,
    subject,
    trimmed,
)
from goodoffices.reading.rules.contents import contents, is_step, split_types
from goodoffices.reading.rules.context import Governor, modality
from goodoffices.reading.rules.drafts import Draft
from goodoffices.reading.rules.parts import after_comma, is_noun, is_verb, mistaken
from goodoffices.reading.rules.speakers import SPOKEN, Who
from goodoffices.reading.rules.standing import aims_with, noun_counts, stands
from goodoffices.reading.rules.types import stance_type
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.parts import Parts

__all__ = ["stances"]

_ALOUD = frozenset(
    ["warn", "caution", "insist", "urge", "appeal", "plead", "vow", "pledge", "promise",
     "threaten", "accuse", "denounce", "condemn"]
)  # fmt: skip
"""Verbs whose subject is heard, not only told of."""
_LIKELY = frozenset({"unlikely", "likely", "probable", "improbable"})
_FURTHER = frozenset({"conj", "advcl", "cc", "relcl", "ccomp", "parataxis"})
_ADDRESSED = frozenset(
    ["demand", "request", "warning", "accuse", "threaten", "promise", "offer", "disapprove",
     "approve", "support"]
)  # fmt: skip


def stances(parts: Parts, frame: Frame, over: list[Governor]) -> Iterator[Draft]:
    """Yield the statements of one word of stance, one for each holder and each content."""
    if not stands(parts, frame, over):
        return
    token, noun = frame.token, is_noun(frame.token)
    slip = noun and mistaken(token)
    if slip:
        over = [Governor(g.frame, True) for g in over if finite(g.frame.token)]
    chain, guessed = parts.scene.chain(over, token)
    who = None if slip else parts.scene.holder(frame, chain)
    found = contents(frame)
    if noun and not _noun_stands(frame, who, chain, found):
        return
    if frame.noun is not None and frame.noun.lemma_ in _LIKELY:
        who = None
    _hear(parts, frame, who)
    for party in _joint(parts, frame, who):
        speakers = chain if party is None or party.text in chain[-1:] else (*chain, party.text)
        unsure = guessed or (party is not None and party.guessed)
        for n, content in enumerate(_pieces(parts, frame, found)):
            one = _draft(parts, frame, content, n)
            one.speakers, one.guessed, one.reported = speakers, unsure, bool(chain)
            yield _denied(one, over)


def _noun_stands(frame: Frame, who: Who | None, chain: tuple[str, ...], found: list[Token]) -> bool:
    slip = mistaken(frame.token)
    aim = aims_with(frame) and bool(chain)
    if not found or not noun_counts(frame, owned=who is not None or slip or aim):
        return False
    return who is not None or not chain or slip or aim


def _hear(parts: Parts, frame: Frame, who: Who | None) -> None:
    """Remember who is heard: a warning or a demand in a verb is somebody's own words."""
    if who is None or not who.known or is_noun(frame.token):
        return
    if frame.type in SPOKEN | {"demand", "request", "promise"} and frame.token.lemma_ in _ALOUD:
        parts.scene.names.voiced.add(who.text)


def _joint(parts: Parts, frame: Frame, who: Who | None) -> list[Who | None]:
    """Return who takes a stance together: "France and Britain proposed"."""
    doer = subject(frame.token)
    if who is None or not who.known or doer is None:
        return [who]
    if not is_verb(frame.token) or passive(frame.token):
        return [who]
    return [who, *[Who(one, who.guessed) for one in parts.scene.with_it(doer, who.text)]]


def _denied(one: Draft, over: list[Governor]) -> Draft:
    """Return a statement as denied where a verb such as "deny" governs it."""
    nearest = next((g.frame for g in over if g.content), None)
    if nearest is not None and nearest.token.lemma_ in data("stances")["denials"]:
        one.type, one.modality, one.negated = "statement", "denied", True
        one.left = min(one.left, nearest.token.i)
    return one


def _draft(parts: Parts, frame: Frame, content: Token | None, n: int) -> Draft:
    left, right = _words(parts, frame, content, n)
    token = frame.token
    verbal = is_verb(token)
    condition = parts.condition_of(left, right, token, content)
    return Draft(
        head=content if content is not None and n else token,
        left=left,
        right=right,
        type=stance_type(frame, content),
        how="stance" if verbal else "nominal",
        modality=modality(token, bound=condition is not None) if verbal else "asserted",
        negated=verbal and negated(token),
        addressee=_addressee(parts, frame),
        condition=condition,
        content=content,
    )


def _pieces(parts: Parts, frame: Frame, found: list[Token]) -> list[Token | None]:
    """Return the contents that are statements of their own: three demands are three."""
    if not found:
        return [None]
    if frame.type not in split_types:
        return [found[0]]
    # "Urged Israel and Egypt": whom a list names is no list of demands.
    if any(one.pos_ == "PROPN" and parts.scene.names.resolve(one) for one in found):
        return [found[0]]
    verbs = [one for one in found if is_verb(one) or is_step(one)]
    return list(verbs if verbs and is_verb(found[0]) else found)


# The words of a quote.


def _words(parts: Parts, frame: Frame, content: Token | None, n: int) -> tuple[int, int]:
    token, cut = frame.token, _cut(parts, frame)
    if frame.type == "estimate" and is_verb(token):
        return parts.clause(token)
    if content is None:
        return extent(token, (*cut, *children(token, "nsubj", "nsubjpass")))
    if token.dep_ == "relcl" and content.i == token.head.i:
        return trimmed(content, max(content.left_edge.i, content.i - 4), token.right_edge.i)
    left, right = extent(content, cut, whole=frame.type not in split_types)
    if (
        content.dep_ == "dobj"
        and content.head.i == token.i
        and not any(joins(c) for c in content.children)
    ):
        # "Condemned the deal as a betrayal": what else the verb says of its object.
        side = [c for c in token.children if c.dep_ in _FURTHER or after_comma(c)]
        right = max(right, extent(token, (*cut, *side))[1])
    if content.i >= token.i and not n:
        return starting(token), max(right, token.i)
    if not n and frame.noun is not None and content.i == frame.noun.i:
        return min(left, starting(token)), max(right, token.i)
    prep = content.head if content.dep_ in {"pobj", "pcomp"} else None
    if n and prep is not None and prep.i == left - 1 and prep.lower_ != "by":
        left = content.head.i
    return left, right


def _cut(parts: Parts, frame: Frame) -> tuple[Token, ...]:
    """Return what is left out of a quote: conditions, and clauses that only explain."""
    token = frame.token
    found = [one for one in parts.openers() if one.i > token.i]
    for one in token.subtree:
        if one.i <= token.i:
            continue
        edge = one.left_edge.i
        if one.dep_ in {"relcl", "advcl"} and edge > 0 and one.doc[edge - 1].text == ",":
            found.append(one)
        if mistaken(one):
            found.append(one.doc[one.i - 1])
    return tuple(found)


def _addressee(parts: Parts, frame: Frame) -> str | None:
    """Return whom a stance is directed to, where a name fits: "urged Hamas to"."""
    if frame.type not in _ADDRESSED:
        return None
    thing = child(frame.token, "dobj", "dative")
    if thing is None:
        words = {"on", "upon", "to", "against"}
        on = next((p for p in children(frame.token, "prep") if p.lower_ in words), None)
        thing = child(on, "pobj") if on is not None else None
    who = parts.scene.who(thing)
    return who.text if who is not None and who.known else None
