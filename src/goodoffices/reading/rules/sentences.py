"""One sentence to its statements: every word that carries one, in what governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from goodoffices.reading.rules.asides import absolutes, happening, nominal_act
from goodoffices.reading.rules.clauses import children, negated, stranded, subject
from goodoffices.reading.rules.context import ONGOING, factual, governors, modality
from goodoffices.reading.rules.drafts import Draft
from goodoffices.reading.rules.parts import Parts, is_verb
from goodoffices.reading.rules.plain import plain
from goodoffices.reading.rules.stances import stances
from goodoffices.reading.rules.standing import stands

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

    from goodoffices.reading.rules.conditions import Condition
    from goodoffices.reading.rules.context import Governor
    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.speakers import Scene

__all__ = ["read_sentence"]

_READ = frozenset({"VERB", "AUX", "NOUN", "ADJ", "PROPN"})
_COUNTED = frozenset({"assault", "coerce", "sanction", "mobilize"})
_BARE = frozenset({"if", "once", "without", "until", "before"})
_PLAIN = frozenset({"statement", "event"})


def read_sentence(sentence: Sentence, scene: Scene) -> list[Draft]:
    """Return the statements of a sentence, in the order of its words."""
    parts = Parts.of(sentence, scene)
    found = list(_read(parts))
    found += absolutes(sentence, scene, parts.frames, found)
    found += [other for one in found for other in _together(one, scene)]
    return sorted(_distinct(found), key=lambda one: (one.left, one.right))


def _together(one: Draft, scene: Scene) -> Iterator[Draft]:
    """Yield a statement once more for each who says it too: "Peru and Chile said that"."""
    if not one.reported or len(one.speakers) != 1:
        return
    for other in scene.joint.get(one.speakers[0], ()):
        yield replace(one, speakers=(other,))


def _read(parts: Parts) -> Iterator[Draft]:
    inside = {
        n
        for one in parts.conditions
        for left, right in ((one.left, one.right), *one.parts)
        for n in range(left, right + 1)
    }
    for token in parts.sentence:
        if token.i in inside or token.pos_ not in _READ or token.dep_ == "aux":
            continue
        frame = parts.frames.of(token)
        over = [g for g in governors(token, parts.frames) if g.frame.token.i not in inside]
        if frame is None or frame.way == "report":
            yield from plain(parts, token, frame, over)
        elif frame.way == "stance":
            yield from stances(parts, frame, over)
        elif is_verb(token):
            yield from _act(parts, frame, over)
        elif (one := nominal_act(frame, over, parts.scene, parts.frames)) is not None:
            yield one
    for condition in parts.conditions:
        yield from _condition(parts, condition)


def _act(parts: Parts, frame: Frame, over: list[Governor]) -> Iterator[Draft]:
    """Yield what is told as done; what is only to come is read as a plain clause."""
    token = frame.token
    if _repeats(parts, frame):
        return
    if not factual(token, parts.frames):
        yield from plain(parts, token, frame, over)
        return
    side = token.dep_ == "relcl" or (token.dep_ == "acl" and not stranded(token))
    if side and not (frame.type in _COUNTED and _counts(frame)):
        return
    chain, guessed = parts.scene.chain(over, token)
    goes_on = token.dep_ == "xcomp" and token.head.lemma_ in ONGOING
    left, right = parts.clause(token.head if goes_on else token)
    if token.dep_ in {"relcl", "acl"} and token.head.i < left:
        left = max(token.head.left_edge.i, token.head.i - 4)
    yield Draft(
        head=token,
        left=left,
        right=right,
        type=frame.type,
        how="act",
        modality=modality(token),
        speakers=chain,
        guessed=guessed,
        reported=bool(chain),
        happening=happening(token, parts.scene),
    )


def _repeats(parts: Parts, frame: Frame) -> bool:
    """Return whether a participle only adds to the same act: "marched, chanting for peace"."""
    token = frame.token
    if token.dep_ not in {"advcl", "conj"} or token.tag_ != "VBG" or _counts(frame):
        return False
    above = parts.frames.of(token.head)
    return above is not None and above.way == "act" and above.type == frame.type


def _counts(frame: Frame) -> bool:
    """Return whether a clause counts its victims, and so tells an event worth keeping."""
    return any(one.like_num for one in frame.token.subtree)


def _condition(parts: Parts, one: Condition) -> Iterator[Draft]:
    over = governors(one.of, parts.frames)
    chain, guessed = parts.scene.chain(over, one.of)
    speakers = _who_sets(parts, one, over, chain)
    if one.words[0] == "without" and _closed(one):
        # "No contract without guarantees" is one red line, whose words say both.
        return
    if not speakers and one.words[0] not in {"unless", "only", "should"}:
        return
    for n, (left, right) in enumerate(((one.left, one.right), *one.parts)):
        yield Draft(
            head=one.head,
            left=left,
            right=right,
            type="precondition",
            how="condition",
            modality="conditional",
            speakers=speakers,
            guessed=guessed or n > 0,
            reported=bool(chain),
            content=one.head,
        )


def _closed(one: Condition) -> bool:
    verb = next((a for a in (one.of, *one.of.ancestors) if is_verb(a)), one.of)
    return negated(verb) and (
        is_verb(one.of) or any(c.lower_ == "no" for c in children(one.of, "det"))
    )


def _who_sets(
    parts: Parts, one: Condition, over: list[Governor], chain: tuple[str, ...]
) -> tuple[str, ...]:
    """Return who sets a condition: who takes the stance that holds only under it."""
    own = parts.frames.holding(one.of)
    who = None
    if own is not None and own.way == "stance" and stands(parts, own, over):
        who = parts.scene.holder(own, chain)
    if who is None and not chain:
        who = parts.scene.who(subject(one.of if is_verb(one.of) else one.of.head))
        if who is not None and not who.known and one.words[0] in _BARE:
            who = None
    if not chain and parts.scene.indirect is not None and (who is None or not who.known):
        return (parts.scene.indirect,)
    return chain if who is None or who.text in chain[-1:] else (*chain, who.text)


def _distinct(found: list[Draft]) -> list[Draft]:
    """Drop statements of the same words, keeping the one whose type says most."""
    beliefs = {one.content.i for one in found if one.type == "belief" and one.content is not None}
    best: dict[tuple[int, int, tuple[str, ...]], Draft] = {}
    for one in found:
        if one.type == "estimate" and one.head.i in beliefs:
            # "Believes that a deal is likely" is one estimate, and its words say whose.
            continue
        key = (one.left, one.right, one.speakers)
        known = best.get(key)
        if known is None or (known.type in _PLAIN and one.type not in _PLAIN):
            best[key] = one
    return list(best.values())
