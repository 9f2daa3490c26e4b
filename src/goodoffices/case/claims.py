"""The part of a case that everything else rests on: sources, and what they say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from goodoffices.case.basis import Id, Ids, Model, many
from goodoffices.case.dated import Dated
from goodoffices.case.speech import Modality, StatementType, Status

__all__ = ["Claim", "Place", "Source"]


class Source(Model):
    """A document that claims come from."""

    title: str
    publisher: str | None = None
    date: Dated = Dated()
    kind: Literal["report", "communique", "interview", "agreement", "study", "comment", "other"]
    """A `comment` carries opinion only; it never feeds the model."""
    file: str | None = None
    """Plain-text copy beside the case file; quotes are looked up in it."""
    camp: Ids = ()
    """Parties whose side the source speaks from; empty if from none."""
    copy_of: Id | None = None
    """The source that it repeats, nearly word for word: the two count as one."""
    digest: str | None = None
    """SHA-256 of the document that was read, hexadecimal; the same document is read once."""
    confidential: bool = False
    """Whether a redacted copy leaves it out, with its claims."""


class Place(Model):
    """Another place that says the same as a claim."""

    source: Id
    """The source that says it."""
    quote: str
    """The exact words there."""
    at: str | int | None = None
    """Where they stand, as in a claim."""


class Claim(Model):
    """Something that somebody said, with the words and where they stand."""

    class_: Literal["fact", "attributed claim", "estimate", "opinion", "assumption"] = Field(
        alias="class"
    )
    """Fact, attributed claim, estimate, opinion or assumption. Opinion is shown, never used."""
    source: Id | None = None
    speaker: str | None = None
    """A party, faction or constituency id, or who it was in words."""
    quote: str | None = None
    """The exact words in the source."""
    at: str | int | None = None
    """Where they stand: a paragraph (`3`, counted from 1) or characters (`120-180`)."""
    about: Ids = ()
    """Parties or issues it is about."""
    note: str | None = None
    type: StatementType | None = None
    """What is done by saying it: a demand, an offer, a threat."""
    modality: Modality | None = None
    """How firmly it is said; empty: nobody looked."""
    to: str | None = None
    """Whom it is said to: an id, or words."""
    via: Annotated[tuple[str, ...], BeforeValidator(many)] = ()
    """Through whom it reached the source, outermost first; empty: the speaker's own word."""
    also: Annotated[tuple[Place, ...], BeforeValidator(many)] = ()
    """Other places that say the same."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How sure the program was that speaker, type and words are right; of drafts only."""
    status: Status = "confirmed"
    """`draft`: proposed by a program, and used by no lens until a person confirms it."""
    confidential: bool = False
    """Whether a redacted copy leaves it out."""
