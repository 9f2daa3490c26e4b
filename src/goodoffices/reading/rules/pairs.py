"""Two parties named together, and whom "the two mediators" stands for after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import children
from goodoffices.reading.rules.words import cue_words, data

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Pair", "pair_of", "they"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties named together."""

    place: int
    ids: tuple[str, ...]
    between: bool
    """Whether something stands between them: talks, a war, a border."""
    sentence: int = 0
    subject: bool = False


_NEAR = 2
"""Sentences back to a pair that "they" may stand for."""


def they(before: Sequence[Pair], sentence: int) -> tuple[str, ...] | None:
    """Return the pair that "they" stands for: the last one, where it did something just before."""
    last = before[-1] if before else None
    if last is None or not last.subject or sentence - last.sentence > _NEAR:
        return None
    return last.ids


def pair_of(token: Token, before: Sequence[Pair]) -> tuple[str, ...] | None:
    """Return whom "the two mediators" or "both governments" stands for: two named together before.

    Mediators are two that acted together, sides two that the text set against each other.
    """
    lemma = token.lemma_.lower()
    if token.tag_ != "NNS" or lemma not in cue_words("pairs"):
        return None
    if not any(one.lower_ in {"two", "both"} for one in children(token, "det", "nummod", "predet")):
        return None
    if any(one.dep_ in {"amod", "compound", "nmod"} for one in token.children):
        return None
    if any(one.lower_ == "other" for one in token.sent):
        # "Both sides accuse the other": what they do to one another they do as two.
        return None
    between = lemma not in data("cues")["roles"]["mediators"]
    fits = [pair for pair in before if pair.between == between]
    if not fits and between:
        fits = list(before) if len({frozenset(pair.ids) for pair in before}) == 1 else []
    return fits[-1].ids if fits else None
