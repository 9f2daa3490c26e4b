"""What governs a word: the sayings, fears and demands in whose content it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goodoffices.reading.rules.clauses import child, children, finite, negated
from goodoffices.reading.rules.frames import Frame, frame_of
from goodoffices.reading.rules.words import cue_words

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from goodoffices.case.speech import Modality

__all__ = ["ONGOING", "Frames", "Governor", "factual", "governors", "modality", "unreal"]

_SIDE = frozenset({"relcl", "advcl", "appos", "parataxis", "npadvmod", "dep", "intj", "acl"})
_OUTSIDE = frozenset({"nsubj", "nsubjpass", "agent", "poss", "amod", "compound", "nmod", "dative"})


@dataclass(frozen=True, slots=True)
class Governor:
    """A word with a meaning of its own above another, and how that one stands to it."""

    frame: Frame
    content: bool
    """Whether it stands in what is said, demanded or feared, not beside it."""


class Frames:
    """The frames of one sentence, each worked out once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._found: dict[int, Frame | None] = {}

    def of(self, token: Token) -> Frame | None:
        """Return the frame of a word, if it has one."""
        if token.i not in self._found:
            self._found[token.i] = frame_of(token)
        return self._found[token.i]

    def holding(self, token: Token) -> Frame | None:
        """Return the frame whose content hangs on a word, such as a noun after "voice"."""
        own = self.of(token)
        if token.dep_ in {"dobj", "acomp", "attr", "oprd", "nsubjpass", "xcomp"}:
            above = self.of(token.head)
            if above is not None and above.noun is not None and above.noun.i == token.i:
                return above
        return own


def governors(token: Token, frames: Frames) -> list[Governor]:
    """Return what governs a word, the nearest first."""
    found: list[Governor] = []
    current, side = token, False
    seen: set[int] = {token.i}
    while current.head.i != current.i:
        head, dep = current.head, current.dep_
        if dep == "conj":
            current = head
            seen.add(current.i)
            continue
        outside = dep in _OUTSIDE
        frame = frames.holding(head)
        if dep in _SIDE and not _complement(current, head, frame):
            side = True
        if frame is not None and not outside and frame.token.i not in seen:
            found.append(Governor(frame, content=not side))
            seen.add(frame.token.i)
        if outside:
            side = True
        current = head
        seen.add(current.i)
    return found


def _complement(token: Token, head: Token, frame: Frame | None) -> bool:
    """Return whether a side clause is really what a noun or adjective before it says."""
    if frame is None or token.i < head.i:
        return False
    if token.dep_ == "acl" or (token.dep_ == "relcl" and child(token, "mark") is not None):
        return head.pos_ in {"NOUN", "ADJ"} or head.tag_ in {"NN", "NNS"}
    if token.dep_ == "advcl":
        mark = child(token, "mark")
        return (mark is not None and mark.lower_ in {"for", "that"}) or (
            frame.noun is not None and child(token, "aux") is not None and mark is None
        )
    return False


def factual(token: Token, frames: Frames) -> bool:
    """Return whether an act is told as done: not asked for, feared, planned or conditional."""
    if unreal(token):
        return False
    if token.pos_ in {"VERB", "AUX"} and any(one.tag_ == "MD" for one in children(token, "aux")):
        return False
    if any(g.content and g.frame.way == "stance" for g in governors(token, frames)):
        return False
    if negated(token) or _joined_to_modal(token):
        return False
    if token.dep_ == "xcomp" and token.head.lemma_ in ONGOING:
        return factual(token.head, frames)
    if token.dep_ == "pcomp":
        return token.head.lower_ in {"after", "since", "following"}
    if token.tag_ == "VB":
        return False
    if finite(token) or token.tag_ == "VBN":
        return True
    return token.tag_ == "VBG" and token.dep_ in {"advcl", "acl", "conj", "ROOT"} and _main(token)


_UNREAL = frozenset({"if", "unless", "until", "whether", "lest", "once", "before"})
ONGOING = frozenset({"continue", "begin", "start", "resume", "keep", "say", "report"})


def unreal(token: Token) -> bool:
    """Return whether a clause begins with "if", "before" and their like."""
    first = token.left_edge.i
    return any(
        one.lower_ in _UNREAL and one.i <= first + 1 for one in children(token, "mark", "advmod")
    )


def _joined_to_modal(token: Token) -> bool:
    """Return whether a verb shares the "will" of the one before it: "will die or be murdered"."""
    if token.dep_ != "conj" or child(token, "nsubj", "nsubjpass") is not None:
        return False
    if token.tag_ in {"VBD", "VBZ", "VBP"}:
        return False
    head = token.head
    return any(one.tag_ == "MD" for one in children(head, "aux")) or _joined_to_modal(head)


def _main(token: Token) -> bool:
    head = token.head
    return head.i == token.i or head.tag_ != "VB" or finite(head)


def modality(token: Token, *, bound: bool = False) -> Modality:
    """Return how firmly a verb is stated; `bound` is whether a condition holds it."""
    if bound:
        return "conditional"
    small = [one.lower_ for one in token.children if one.dep_ in {"aux", "advmod", "neg"}]
    marks = {one.lower_ for one in children(token, "mark")}
    if marks & {"if", "unless"} or any(
        child(one, "mark") is not None and child(one, "mark").lower_ in {"if", "unless"}  # type: ignore[union-attr]
        for one in children(token, "advcl")
    ):
        return "conditional"
    if negated(token):
        return "denied"
    if any(one in cue_words("hedges") for one in small) or token.lemma_ in {"seem", "appear"}:
        return "hedged"
    if any(one in cue_words("future") for one in small):
        return "future"
    return "asserted"
