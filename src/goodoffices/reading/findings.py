"""What reading finds in a document: names, statements with their words, and topics.

Every engine (rules, a language model) returns the same `Findings`, so that what comes after
(merging, drafting, review, measuring) need not know which one read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from goodoffices.case.speech import Modality, StatementType

__all__ = [
    "Amount",
    "ClaimClass",
    "Document",
    "Findings",
    "Happening",
    "Named",
    "NamedKind",
    "Role",
    "SourceKind",
    "Span",
    "Statement",
    "Topic",
    "TopicOption",
    "Voice",
]

SourceKind = Literal["report", "communique", "interview", "agreement", "study", "comment", "other"]
ClaimClass = Literal["fact", "attributed claim", "estimate", "opinion"]
NamedKind = Literal["party", "faction", "constituency", "person", "place"]
Role = Literal["principal", "mediator", "guarantor", "spoiler", "bystander"]
Voice = Literal["report", "opinion"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where words stand: the characters from `start` up to `end` of the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words.

        >>> Span(4, 9).of("The truce held.")
        'truce'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document as plain text, with what it states about itself; nothing is guessed."""

    id: str
    name: str
    """The file's name, without its folder."""
    text: str
    """The stored plain-text copy, line breaks as newlines; every offset counts in it."""
    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    """The day that the document states for itself; None where it states none."""
    kind: SourceKind = "report"
    media: str = "text/plain"
    digest: str = ""
    """SHA-256 of the file's bytes, hexadecimal."""
    notes: tuple[str, ...] = ()
    """What was left out or mended in reading, in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Somebody or something that the text names, under all its names there."""

    id: str
    name: str
    kind: NamedKind
    of: str | None = None
    """The id of the party that a faction, constituency or person belongs to."""
    aliases: tuple[str, ...] = ()
    role: Role | None = None
    """Parties only; None where the text does not show it."""
    spans: tuple[Span, ...] = ()
    heard: bool = False
    """Whether it speaks for itself anywhere in the document."""
    confidence: float = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A number that the text states, with its unit."""

    span: Span
    value: float
    unit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """What is reported to have happened."""

    actor: str | None = None
    """Id of who did it, or None."""
    target: str | None = None
    date: dt.date | None = None
    """None unless the text, with the document's date, settles the day."""
    when: str | None = None
    """The words for the time: "in recent days"."""
    place: str | None = None
    count: float | None = None
    """People or things affected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing that somebody says or does, in exact words.

    A sentence may hold several; three demands joined by "and" are three statements.
    """

    span: Span
    """The quote: the words that carry it."""
    sentence: Span
    type: StatementType
    class_: ClaimClass
    modality: Modality = "asserted"
    negated: bool = False
    speakers: tuple[str, ...] = ()
    """Who says so, outermost first ("officials say that X wants": officials, then X). Ids of
    `Named`, or the words where no name fits; empty for the document's own voice."""
    addressee: str | None = None
    """Whom it is said or done to: an id, or words."""
    about: tuple[str, ...] = ()
    """Ids of the names that it is about."""
    condition: Span | None = None
    """The words of its condition: "unless forces withdraw"."""
    happening: Happening | None = None
    amounts: tuple[Amount, ...] = ()
    phrase: Span | None = None
    """A probability phrase."""
    voice: Voice = "report"
    confidence: float = 0.5
    """Chance that speaker, type and words are all right, 0 to 1."""
    quoted: bool = False
    """Whether the words stand between quotation marks in the document."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicOption:
    """A way to settle a topic that somebody asks for or refuses."""

    name: str
    wanted_by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    statements: tuple[int, ...] = ()
    """Places in `Findings.statements`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A cluster of demands about one thing: a candidate issue."""

    id: str
    name: str
    options: tuple[TopicOption, ...] = ()
    statements: tuple[int, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """All that one engine found in one document."""

    document: Document
    named: tuple[Named, ...] = ()
    statements: tuple[Statement, ...] = ()
    topics: tuple[Topic, ...] = ()
    opinion: tuple[Span, ...] = ()
    """Stretches in another voice: a comment, an editorial paragraph, a quoted letter."""
    dropped: dict[str, int] = field(default_factory=dict)
    """Why statements were dropped, and how many."""
    engine: str = "rules"
    notes: tuple[str, ...] = ()
