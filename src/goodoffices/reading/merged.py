"""What several documents say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from goodoffices.reading.findings import Document, Span, Statement, Topic
from goodoffices.reading.names import MergedName

__all__ = ["Contradiction", "MergedClaim", "Reading", "Words"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Where words stand: in which document, from where to where."""

    document: int
    span: Span
    sentence: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedClaim:
    """One claim, with every place that makes it. Ids are those over all documents."""

    statement: Statement
    """The surest of those that say it; its spans count in the first place's document."""
    places: tuple[Words, ...]
    independent: int
    """Places, those counted once that repeat one another word for word."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction:
    """Two claims that cannot both be so."""

    one: int
    """Place in `Reading.claims`."""
    other: int
    about: Literal["whether", "how many", "when"]
    """Whether it is so, how many there were, or on which day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What several documents say together."""

    documents: tuple[Document, ...]
    """Their ids are all different."""
    names: tuple[MergedName, ...] = ()
    claims: tuple[MergedClaim, ...] = ()
    topics: tuple[Topic, ...] = ()
    """Statements are places in `claims`."""
    events: tuple[tuple[int, ...], ...] = ()
    """Claims that tell of one happening, whoever tells of it."""
    contradictions: tuple[Contradiction, ...] = ()
    copies: tuple[tuple[int, ...], ...] = ()
    """Documents that repeat each other, by place; the first of each is the longest."""
    opinion: int = 0
    """Stretches in another voice."""
    threatening: frozenset[tuple[int, Span]] = frozenset()
    """Sentences that threaten or warn: each with the document in which it stands."""
    dropped: Mapping[str, int] = field(default_factory=dict)
    """Why statements were dropped, and how many."""
    notes: tuple[str, ...] = ()
