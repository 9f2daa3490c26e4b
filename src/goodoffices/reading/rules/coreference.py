"""Whom "he", "it", "they" and "the group" stand for, among those named before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodoffices.reading.rules.namebook import Mention, Name, pronouns
from goodoffices.reading.rules.names import Names
from goodoffices.reading.rules.words import data

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["antecedent", "stands_for"]

_SENTENCES = 3
"""How far back an antecedent may stand."""


def stands_for(token: Token, names: Names, place: int, sentence: int) -> str | None:
    """Return the id of whom a pronoun, or a noun such as "the group", stands for, or None."""
    word, lemma = token.lower_, token.lemma_.lower()
    for sort in ("person", "thing", "many"):
        if word in pronouns(sort):
            return antecedent(names, place, sentence, sort, _subject_wanted(token))
    if token.pos_ != "NOUN":
        return None
    for sort, words in data("cues")["references"].items():
        if lemma in words and sort != "sides" and _definite(token):
            return antecedent(names, place, sentence, sort, subject_wanted=False)
    return None


def antecedent(
    names: Names, place: int, sentence: int, sort: str, subject_wanted: bool
) -> str | None:
    """Return the best of those named before: near, fitting, and rather a subject than not."""
    best: tuple[float, str] | None = None
    for mention in reversed(names.mentions):
        if mention.place >= place:
            continue
        back = sentence - mention.sentence
        if back > _SENTENCES:
            break
        name = names.found[mention.id]
        if not _fits(name, mention, sort):
            continue
        score = -2.0 * back - (place - mention.place) / 400
        # Who a sentence is about comes before who it only tells of.
        score += (
            (0.8 if mention.main else 0)
            + (1.5 if mention.subject else 0)
            + (0.5 if subject_wanted and mention.subject else 0)
        )
        if sort == "thing" and name.sort == "organisation" and not name.known:
            score -= 0.5
        if best is None or score > best[0]:
            best = score, mention.id
    return None if best is None else best[1]


def _fits(name: Name, mention: Mention, sort: str) -> bool:
    if sort == "person":
        return name.kind == "person" or mention.human
    if sort == "thing":
        return name.kind in {"party", "faction"} and not mention.many
    if sort == "many":
        return name.kind != "person" and (mention.many or name.kind == "constituency")
    if sort == "group":
        return name.kind == "party" and name.sort in {"group", "armed"}
    if sort == "union":
        return "union" in name.name.lower()
    if sort == "company":
        return name.kind == "party" and name.sort in {"organisation", "civil"} and not name.known
    return False


def _subject_wanted(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubjpass", "poss"}


def _definite(token: Token) -> bool:
    return any(one.lower_ in {"the", "this", "that"} for one in token.children)
