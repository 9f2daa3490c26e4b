"""What stands beside the main verb: events told by a noun, causes, and "with ..." clauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goodoffices.reading.findings import Happening
from goodoffices.reading.rules.clauses import (
    agent,
    child,
    children,
    extent,
    objects,
    passive,
    subject,
    words_of,
)
from goodoffices.reading.rules.context import Frames, governors
from goodoffices.reading.rules.drafts import Draft
from goodoffices.reading.rules.words import cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from goodoffices.reading.rules.context import Governor
    from goodoffices.reading.rules.frames import Frame
    from goodoffices.reading.rules.speakers import Scene

__all__ = ["absolutes", "happening", "holders_of_hope", "nominal_act"]


def happening(verb: Token, scene: Scene) -> Happening | None:
    """Return who did what to whom, where and when, as far as the clause says it."""
    who = agent(verb) if passive(verb) else subject(verb)
    actor = scene.who(who)
    target = next((found for one in objects(verb) if (found := scene.who(one)) is not None), None)
    if target is None:
        target = next(
            (
                found
                for prep in children(verb, "prep")
                if prep.lower_ in {"with", "against", "on", "at", "to"}
                for thing in children(prep, "pobj")
                if (found := scene.who(thing)) is not None and found.known
            ),
            None,
        )
    return Happening(
        actor=actor.text if actor is not None and actor.known else None,
        target=target.text if target is not None and target.known else None,
        when=_when(verb),
        place=_place(verb),
        count=_count(verb),
    )


def _when(verb: Token) -> str | None:
    left, right = verb.left_edge.i, verb.right_edge.i
    for ent in verb.sent.ents:
        if ent.label_ in {"DATE", "TIME"} and left <= ent.start <= right:
            before = verb.doc[ent.start - 1] if ent.start else None
            start = (
                ent.start - 1
                if before is not None and before.lower_ in {"in", "on", "since"}
                else ent.start
            )
            return str(verb.doc[start : ent.end].text)
    return None


def _place(verb: Token) -> str | None:
    for prep in verb.subtree:
        if prep.dep_ == "prep" and prep.lower_ in {
            "in",
            "at",
            "near",
            "outside",
            "across",
            "along",
        }:
            for thing in children(prep, "pobj"):
                if thing.pos_ == "PROPN" and thing.ent_type_ not in {"DATE", "TIME"}:
                    return words_of(thing)
    return None


def _count(verb: Token) -> float | None:
    from goodoffices.reading.rules.amounts import number_of

    for one in objects(verb):
        for word in (one, *one.subtree):
            if word.like_num and word.dep_ in {"nummod", "quantmod", "dobj", "nsubjpass", "pobj"}:
                return number_of(word.text)
    return None


def nominal_act(frame: Frame, over: list[Governor], scene: Scene, frames: Frames) -> Draft | None:
    """Return an event that a noun tells as having happened: "after the execution of hostages"."""
    token = frame.token
    if any(g.content and g.frame.way == "stance" for g in over):
        return None
    target = next(
        (
            t
            for p in children(token, "prep")
            if p.lower_ in {"of", "against", "on"}
            for t in children(p, "pobj")
        ),
        None,
    )
    owner = child(token, "poss")
    going_on = token.dep_ == "nsubj" and token.head.lemma_ in data("acts")["happening"]
    if target is None or not (owner is not None or going_on or _after(token)):
        return None
    # "These attacks" were told before.
    if any(one.lower_ in {"these", "those", "such"} for one in children(target, "det")):
        return None
    left, right = extent(token)
    if going_on and frames.of(token.head) is None:
        right = max(right, token.head.i)
    elif going_on:
        return None
    chain, guessed = ((), False) if _after(token) else scene.chain(over, token)
    actor = scene.who(owner) if owner is not None else None
    hit = scene.who(target)
    return Draft(
        head=token,
        left=left,
        right=right,
        type=frame.type,
        how="nominal",
        speakers=chain,
        guessed=guessed,
        reported=bool(chain),
        happening=Happening(
            actor=actor.text if actor is not None and actor.known else None,
            target=hit.text if hit is not None and hit.known else None,
            count=_number(target),
            when=_when(token.head) if token.head.pos_ == "VERB" else None,
        ),
    )


def _number(noun: Token) -> float | None:
    from goodoffices.reading.rules.amounts import number_of

    for one in children(noun, "nummod"):
        return number_of(one.text)
    return None


def _after(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in {"after", "since", "following"}


# "With no breakthrough in sight", "due to entrenched demands".


def absolutes(
    sentence: Sentence, scene: Scene, frames: Frames, found: list[Draft]
) -> Iterator[Draft]:
    """Yield statements that hang on a clause by "with" or "due to"."""
    for token in sentence:
        if token.dep_ not in {"prep", "mark"}:
            continue
        if token.lower_ in {"with", "amid"}:
            thing = child(token, "pobj")
            if thing is not None and (one := _with(token, thing, scene, frames, found)) is not None:
                yield one
        elif token.lower_ in {"due", "owing", "because"}:
            thing = child(token, "pobj") or next(
                (t for p in children(token, "pcomp", "prep") for t in children(p, "pobj")), None
            )
            if thing is not None and child(thing, "amod", "relcl", "acl") is not None:
                over = governors(thing, frames)
                if not any(
                    g.content
                    and g.frame.way == "stance"
                    and g.frame.type not in {"statement", "estimate"}
                    for g in over
                ):
                    yield _aside(thing, "statement", (), "absolute")


def _with(
    token: Token, thing: Token, scene: Scene, frames: Frames, found: list[Draft]
) -> Draft | None:
    hope = thing.lemma_.lower() in cue_words("chance")
    none = any(one.lower_ in {"no", "little"} for one in children(thing, "det", "amod"))
    participle = child(thing, "acl") or next(
        (
            a
            for p in children(thing, "prep")
            for t in children(p, "pobj")
            for a in children(t, "acl")
        ),
        None,
    )
    if not hope and not none:
        return None
    if participle is None and not none:
        return None
    verb = next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    said = next((d for d in found if verb is not None and d.head.i == verb.i), None)
    speakers = said.speakers if said is not None and participle is not None else ()
    return _aside(thing, "estimate" if hope else "statement", speakers, "absolute")


def _aside(thing: Token, kind: str, speakers: tuple[str, ...], how: str) -> Draft:
    cut = tuple(
        one
        for one in thing.subtree
        if one.dep_ == "prep" and one.lower_ in {"due", "because"} and one.i > thing.i
    )
    left, right = extent(thing, cut)
    if not cut:
        conj = [c.right_edge.i for c in children(thing, "conj")]
        right = max([right, *conj])
    return Draft(
        head=thing,
        left=left,
        right=right,
        type=kind,  # type: ignore[arg-type]
        how=how,  # type: ignore[arg-type]
        speakers=speakers,
        guessed=bool(speakers),
        reported=bool(speakers),
    )


def holders_of_hope(verb: Token, scene: Scene) -> tuple[str, ...]:
    """Return whose hopes a clause tells: "there is little optimism in Washington"."""
    for one in children(verb, "nsubj", "attr"):
        for prep in children(one, "prep"):
            if prep.lower_ in {"in", "among", "of", "at"}:
                for thing in children(prep, "pobj"):
                    who = scene.who(thing)
                    if who is not None and who.known:
                        return (who.text,)
    return ()
