"""A sentence while it is read: its frames, its conditions, and which words make up a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children, extent, finite
from goodoffices.reading.rules.conditions import Condition, conditions
from goodoffices.reading.rules.context import Frames, factual

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from goodoffices.reading.rules.speakers import Scene

__all__ = ["SUBJECTS", "Parts", "after_comma", "is_noun", "is_verb", "mistaken", "participle"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_BEFORE = frozenset({"according", "with", "despite", "from"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What the rules share about one sentence."""

    sentence: Sentence
    scene: Scene
    frames: Frames
    conditions: list[Condition]

    @staticmethod
    def of(sentence: Sentence, scene: Scene) -> Parts:
        """Take a sentence apart."""
        frames = Frames(sentence)
        return Parts(sentence, scene, frames, conditions(sentence, frames))

    def openers(self) -> list[Token]:
        """Return where conditions begin that are quoted by themselves; "without" stays."""
        doc = self.sentence.doc
        return [doc[one.left] for one in self.conditions if one.words[0] != "without"]

    def clause(self, verb: Token) -> tuple[int, int]:
        """Return the words of a clause without conditions and side clauses at its ends."""
        cut = [*self.openers(), *self._side(verb)]
        left, right = extent(verb, tuple(cut))
        further = [one for one in children(verb, "conj") if self.goes_on(one)]
        if further:
            right = max(right, extent(further[-1], tuple(cut))[1])
        return left, right

    def _side(self, verb: Token) -> list[Token]:
        bare = child(verb, *SUBJECTS) is None
        found = []
        for one in verb.children:
            second = one.dep_ == "conj" and is_verb(one) and not self.goes_on(one)
            source = one.lower_ == "according" and one.i > verb.i
            phrase = one.dep_ == "prep" and one.i < verb.i and one.lower_ in _BEFORE and not bare
            if second or phrase or source or one.dep_ in {"advcl", "parataxis"}:
                found.append(one)
        return found

    def goes_on(self, verb: Token) -> bool:
        """Return whether a second verb only continues the first: "will die or be murdered"."""
        if not is_verb(verb) or child(verb, *SUBJECTS) is not None:
            return False
        frame = self.frames.of(verb)
        if frame is None or frame.way == "report":
            return frame is None
        return frame.way == "act" and not factual(verb, self.frames)

    def condition_of(
        self, left: int, right: int, token: Token, content: Token | None
    ) -> tuple[int, int] | None:
        """Return the condition under which a statement holds."""
        heads = {token.i, content.i if content is not None else token.i}
        for one in self.conditions:
            if one.of.i in heads or left <= one.of.i <= right:
                return one.left, one.right
        return None


def is_verb(token: Token) -> bool:
    """Return whether a word is a verb."""
    return token.pos_ in {"VERB", "AUX"}


def is_noun(token: Token) -> bool:
    """Return whether a word is a noun, or was taken for one."""
    return token.pos_ in {"NOUN", "PROPN"} or token.tag_ in {"NN", "NNS"}


def mistaken(token: Token) -> bool:
    """Return whether a noun is really a second verb: "believes ... and fears that"."""
    doc = token.doc
    return (
        token.tag_ == "NNS"
        and token.dep_ == "conj"
        and doc[token.i - 1].dep_ == "cc"
        and token.i + 1 < len(doc)
        and doc[token.i + 1].lower_ == "that"
    )


def participle(verb: Token) -> bool:
    """Return whether a head is really a participle between commas: "efforts, focused on aid,"."""
    if verb.tag_ not in {"VBD", "VBN"} or not _after_comma(verb.i, verb):
        return False
    return any(
        one.i > verb.i
        and finite(one)
        and child(one, "nsubj") is None
        and _after_comma(one.left_edge.i, one)
        for one in children(verb, "conj")
    )


def after_comma(token: Token) -> bool:
    """Return whether the words that hang on a word stand after a comma."""
    return _after_comma(token.left_edge.i, token)


def _after_comma(place: int, token: Token) -> bool:
    return place > 0 and token.doc[place - 1].text == ","
