"""Base forms that the model gets wrong, set right by the vocabulary: "hoped" is no "hop"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from goodoffices.reading.rules.words import data, verb_types

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["mend"]

_PAST = frozenset({"VBD", "VBN", "VBG"})


def mend(doc: Doc) -> None:
    """Give a verb the base form of the vocabulary where the model dropped its last "e"."""
    known = _known()
    for token in doc:
        lemma = token.lemma_
        if token.tag_ not in _PAST or lemma in known or f"{lemma}e" not in known:
            continue
        # "Hopped" doubles its last sign, and so does not come from "hope".
        if token.lower_ in {f"{lemma}ed", f"{lemma}ing"}:
            token.lemma_ = f"{lemma}e"


@cache
def _known() -> frozenset[str]:
    words = {*verb_types("stances"), *verb_types("acts"), *data("acts")["with"]}
    return frozenset(word for word in words if " " not in word)
