"""Where a document changes its voice: a comment, an editorial paragraph, a quoted letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.reading.rules.words import cue_words, data

__all__ = ["Paragraph", "first_person", "opinions", "score"]

_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_QUOTED = re.compile(r'"[^"]{0,1500}"?')
_SAID = re.compile(
    r"\b(said|says|told|according to|announced|warned|reported|stated|urged|added|called|"
    r"demanded)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(must|should|cannot|ought to|need to|needs to|has to|let us)\b", re.IGNORECASE
)
_OWN = re.compile(r"\b(I|[Ww]e|[Uu]s|[Oo]urs?|[Mm]y|[Mm]e|[Yy]our?)\b")
_LETTER = re.compile(
    r"^\s*(dear (sir|madam|editor|mr|ms)|sir,|(a )?letter to the editor|to the editor|"
    r"(editorial|comment|opinion):)",
    re.IGNORECASE,
)

THRESHOLD = 3.0
"""The score from which a paragraph counts as opinion."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with plain signs, and where it stands."""

    start: int
    end: int
    text: str
    quoted: bool = False
    comment: bool = False
    """Whether the document itself calls it a comment or a letter."""


def score(text: str) -> float:
    """Return how much a paragraph argues instead of reporting; quotations are left out.

    >>> score("We must act NOW! How many more must die?") > THRESHOLD
    True
    >>> score("Officials said that the talks must go on.") < THRESHOLD
    True
    """
    own = _QUOTED.sub(" ", text)
    found = 0.0
    asked = own.count("?")
    found += min(2.0, 1.2 * asked) + min(2.0, 1.0 * own.count("!"))
    found += 1.5 * len([w for w in _SHOUT.findall(own) if w.lower() in cue_words("shouted")])
    found += min(2.0, 1.2 * len(_OWN.findall(own)))
    small = own.lower()
    found += 2.0 * sum(phrase in small for phrase in data("cues")["voice"]["asserted"])
    if not _SAID.search(own):
        found += 0.9 * min(2, len(_MODAL.findall(own)))
    else:
        found -= 1.5 * min(2, len(_SAID.findall(own)))
    return found + (3.0 if _LETTER.search(text) else 0.0)


def opinions(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return which paragraphs speak in another voice.

    A document that is in one voice throughout, such as a statement of a government that says "we",
    has not changed it; that is for the reader to know, and nothing is set apart.
    """
    if not paragraphs:
        return frozenset()
    scores = [score(one.text) + (2.0 if one.quoted else 0.0) for one in paragraphs]
    chosen = {n for n, one in enumerate(scores) if one >= THRESHOLD}
    # The last paragraph of a report is where a reader's comment slips in.
    last = len(paragraphs) - 1
    if last > 1 and scores[last] >= THRESHOLD - 0.8:
        chosen.add(last)
    whole = first_person(paragraphs)
    if whole:
        chosen = {n for n in chosen if scores[n] >= THRESHOLD + 3.0}
    return frozenset(chosen | {n for n, one in enumerate(paragraphs) if one.comment})


def first_person(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether most of a document says "we" or "I" in its own voice, as a statement does."""
    ours = [n for n, one in enumerate(paragraphs) if _OWN.search(_QUOTED.sub(" ", one.text))]
    return len(ours) > 0.5 * len(paragraphs)
