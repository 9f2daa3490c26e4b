"""Conditions: "unless forces withdraw", "without guarantees", "only if", "until", "provided"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import children, extent, negated
from goodoffices.reading.rules.context import Frames, governors
from goodoffices.reading.rules.words import cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from goodoffices.reading.rules.context import Governor

__all__ = ["Condition", "conditions"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A condition, and the verb or noun that holds only under it."""

    left: int
    right: int
    head: Token
    """What must hold: its verb or noun."""
    of: Token
    words: tuple[str, ...]
    parts: tuple[tuple[int, int], ...] = ()
    """Further conditions that "and" joins."""


@cache
def _openers() -> frozenset[str]:
    return frozenset(rule["words"][0] for rule in data("cues")["conditions"])


def conditions(sentence: Sentence, frames: Frames) -> list[Condition]:
    """Return the conditions of a sentence, in order."""
    found: list[Condition] = []
    taken = -1
    for token in sentence:
        if token.lower_ not in _openers() or token.i <= taken:
            continue
        for rule in data("cues")["conditions"]:
            length = _matches(token, rule["words"])
            if length:
                one = _condition(token, tuple(rule["words"]), rule["needs"], length, frames)
                if one is not None:
                    found.append(one)
                    taken = token.i + length
                break
    inverted = _inverted(sentence)
    return sorted([*found, *inverted], key=lambda one: one.left)


def _inverted(sentence: Sentence) -> list[Condition]:
    """Return conditions such as "should a settlement be reached"."""
    found = []
    for token in sentence:
        if token.lower_ not in {"should", "were", "had"} or token.dep_ not in {"aux", "auxpass"}:
            continue
        verb = token.head
        doer = next(children(verb, "nsubj", "nsubjpass"), None)
        of = next(children(verb, "ccomp"), verb.head)
        if doer is None or doer.i < token.i or of.i == verb.i or sentence.text.endswith("?"):
            continue
        _, right = extent(verb, tuple(_loose(verb)))
        words = (token.lower_,)
        found.append(Condition(left=token.i, right=right, head=verb, of=of, words=words))
    return found


def _matches(token: Token, words: list[str]) -> int:
    doc = token.doc
    end = token.i + len(words)
    if end > len(doc):
        return 0
    same = all(doc[token.i + n].lower_ == word for n, word in enumerate(words))
    return len(words) if same else 0


def _condition(
    token: Token, words: tuple[str, ...], needs: str, length: int, frames: Frames
) -> Condition | None:
    last = token.doc[token.i + length - 1]
    if words[0] == "without" and token.i > 1 and token.nbor(-1).lower_ == "or":
        # "With or without Russia" sets no condition.
        return None
    head, of = _held(token, last)
    if head is None or of is None or head.i <= token.i:
        return None
    if words[0] == "without" and head.lemma_.lower() in cue_words("no_condition"):
        return None
    over = governors(of, frames)
    if not _counts(needs, words, of, over, frames):
        return None
    _, right = extent(head, tuple(_loose(head)))
    parts = tuple(
        extent(one, tuple(_loose(one)))
        for one in children(head, "conj")
        if words[0] not in {"without", "in"}
    )
    parts += tuple(extent(one, tuple(_loose(one))) for one in _astray(of, head, right))
    return Condition(left=token.i, right=right, head=head, of=of, words=words, parts=parts)


def _astray(of: Token, head: Token, right: int) -> list[Token]:
    """Return second verbs of a condition that the parser hung on what it binds.

    In "would return only if it paid and promised a hearing", "promised" lacks the "would" that
    a second verb of "return" would share.
    """
    if not any(one.tag_ == "MD" for one in children(of, "aux")) or head.i < of.i:
        return []
    return [
        one
        for one in children(of, "conj")
        if right < one.i <= right + 3
        and one.tag_ in {"VBD", "VBZ", "VBP"}
        and not any(children(one, "nsubj", "nsubjpass", "aux"))
    ]


def _held(token: Token, last: Token) -> tuple[Token | None, Token | None]:
    """Return the head of the condition, and what it is a condition of."""
    if last.dep_ in {"prep", "agent"} and last.i != token.i:
        # "Only on the basis of a federation" is a condition of the verb it hangs on.
        thing = next(iter(children(last, "pobj", "pcomp")), None)
        verb = next((a for a in last.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        if thing is not None:
            return thing, verb
    if last.dep_ in {"prep", "agent"} or token.lower_ in {"without", "in"}:
        prep = token if token.lower_ == "without" else last
        thing = next(iter(children(prep, "pobj", "pcomp")), None)
        if thing is None and (clause := next(children(last, "ccomp"), None)) is not None:
            return clause, token.head if token.head.i != token.i else None
        return thing, token.head if token.head.i != token.i else None
    verb = last.head if last.dep_ in {"mark", "advmod"} else None
    if verb is None:
        # "Provided that" and its like may stand as a participle with a clause.
        verb = next(iter(children(last, "ccomp", "pcomp", "advcl")), None)
        outer = last.head if last.head.i != last.i else None
        while outer is not None and outer.pos_ not in {"VERB", "AUX"} and outer.head.i != outer.i:
            outer = outer.head
        if verb is None and token.dep_ in {"mark", "advmod", "prep"}:
            verb, outer = token.head, token.head.head
        return verb, outer
    return verb, verb.head if verb.head.i != verb.i else None


def _loose(head: Token) -> list[Token]:
    """Return clauses after a comma, which explain and do not restrict."""
    return [
        one
        for one in head.subtree
        if one.dep_ in {"relcl", "advcl"}
        and one.left_edge.i > 0
        and one.i > head.i
        and head.doc[one.left_edge.i - 1].text == ","
    ]


def _counts(
    needs: str, words: tuple[str, ...], of: Token, over: list[Governor], frames: Frames
) -> bool:
    if needs == "any":
        return True
    own = frames.of(of)
    clause = (
        of
        if of.pos_ in {"VERB", "AUX"}
        else next((a for a in of.ancestors if a.pos_ in {"VERB", "AUX"}), of)
    )
    denied = negated(of) or negated(clause) or _no(of)
    if words[0] == "in" and denied:
        return False
    refused = own is not None and own.type == "reject"
    above = [g.frame for g in over if g.content]
    if needs == "refusal":
        return refused or bool(above and above[0].type == "reject")
    if needs == "negation":
        return denied or refused or any(f.type == "reject" for f in above)
    if words[0] == "without" and clause.pos_ in {"VERB", "AUX"}:
        return bool(above) or refused or denied
    stance = own is not None and own.way == "stance"
    return stance or bool(above) or denied


def _no(noun: Token) -> bool:
    return any(one.lower_ == "no" for one in children(noun, "det"))
