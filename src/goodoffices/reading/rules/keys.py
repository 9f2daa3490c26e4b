"""What a demand or refusal is about: its nouns, the thing itself, and its content in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import children, extent
from goodoffices.reading.rules.words import cue_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.reading.rules.drafts import Draft
    from goodoffices.reading.rules.names import Names

__all__ = ["keys"]

_LONGEST = 10
"""Words of an option's name."""


def keys(one: Draft, names: Names) -> tuple[tuple[str, ...], str, str]:
    """Return the lemmas of a statement's nouns, the phrase for the thing, and the option's name."""
    content = one.content or one.head
    thing = _disputed(content) if one.type == "issue" else _thing(content)
    left, right = (one.left, one.right) if one.content is None else extent(content)
    right = min(right, one.right) if one.left <= right else right
    left = _start(content, left, right)
    doc = content.doc
    nouns = tuple(
        token.lemma_.lower()
        for token in doc[left : right + 1]
        if token.pos_ == "NOUN" and token.ent_type_ not in {"DATE", "TIME", "PERCENT"}
    )
    phrase = _phrase(thing) if thing is not None else ""
    return nouns, phrase, _short(doc[left : right + 1].text)


def _thing(content: Token, depth: int = 0) -> Token | None:
    """Return the noun that a content is about: the object of its verb, rather than its subject."""
    if content.pos_ in {"NOUN", "PROPN"}:
        return content
    for deps in (("dobj", "nsubjpass"), ("prep",), ("xcomp", "ccomp", "acomp"), ("nsubj",)):
        for one in children(content, *deps):
            if one.dep_ in {"xcomp", "ccomp", "acomp", "prep"}:
                inner = (
                    next(children(one, "pobj"), None)
                    if one.dep_ == "prep"
                    else _thing(one, depth + 1)
                    if depth < 3
                    else None
                )
                if inner is not None and inner.ent_type_ not in {"DATE", "TIME", "PERSON"}:
                    return inner
            elif one.pos_ in {"NOUN", "PROPN"}:
                return one
    return None


def _disputed(verb: Token) -> Token | None:
    """Return what a dispute is over: "conflicting demands regarding an exchange"."""
    for one in verb.subtree:
        if one.dep_ == "prep" and one.lower_ in {"regarding", "over", "about", "on", "concerning"}:
            return next(children(one, "pobj"), None)
    return _thing(verb)


def _start(content: Token, left: int, right: int) -> int:
    """Return where the words begin after "that", "to", "unless" and articles."""
    doc = content.doc
    while left < right and doc[left].lower_ in cue_words("openers"):
        left += 1
    return left


def _phrase(noun: Token) -> str:
    left = noun.left_edge.i
    while left < noun.i and (
        noun.doc[left].dep_ in {"det", "case", "relcl", "predet", "preconj"}
        or noun.doc[left].tag_ in {"PRP$", "POS", "DT"}
        or noun.doc[left].text in {",", '"', "'"}
        or noun.doc[left].lower_ in cue_words("openers")
    ):
        left += 1
    for one in children(noun, "amod"):
        # "The district reduced class sizes", read as if the sizes were those of the district.
        if left < one.i and one.tag_ == "VBN" and any(children(noun, "nmod")):
            left = one.i + 1
    if left == noun.i and noun.lemma_.lower() in cue_words("vague"):
        return ""
    words = " ".join(noun.doc[left : noun.i + 1].text.split()[-5:])
    near = {"of", "in", "on", "over", "between", "with", "to"} if left == noun.i else {"of"}
    of = next((p for p in children(noun, "prep") if p.lower_ in near and p.i == noun.i + 1), None)
    inner = next(children(of, "pobj"), None) if of is not None else None
    if inner is not None and inner.i - noun.i <= 4:
        words = " ".join([words, *noun.doc[noun.i + 1 : inner.i + 1].text.split()])
    return words.strip(" '\"")


def _short(words: str) -> str:
    parts = words.split()
    return " ".join(parts if len(parts) <= _LONGEST else [*parts[:_LONGEST], "…"])
