"""Conditions that set off a threat: what the speaker does not want, though it reads as a demand."""

from __future__ import annotations

import re

from goodoffices.reading.merged import MergedClaim, Reading

__all__ = ["is_trigger"]

_IF = re.compile(r"(?:even )?(?:if|should|when|once|as soon as)\b", re.IGNORECASE)


def is_trigger(reading: Reading, claim: MergedClaim) -> bool:
    """Whether a precondition says when a threat comes true: "they will leave if shelling goes on".

    "Unless" and "until" set a threat off as well, but say what is wanted.
    """
    given, words = claim.statement, claim.places[0]
    text = reading.documents[words.document].text
    if given.type != "precondition" or not _IF.match(words.span.of(text)):
        return False
    return (words.document, words.sentence) in reading.threatening
