"""A statement while it is being read, before its words become offsets in the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

    from goodoffices.case.speech import Modality, StatementType
    from goodoffices.reading.findings import Happening

__all__ = ["Draft", "How"]

How = Literal["stance", "act", "said", "plain", "nominal", "condition", "absolute", "headline"]
"""By which rule a statement was found."""


@dataclass(kw_only=True)
class Draft:
    """One statement; `left` and `right` are its first and last token."""

    head: Token
    left: int
    right: int
    type: StatementType
    how: How
    modality: Modality = "asserted"
    negated: bool = False
    speakers: tuple[str, ...] = ()
    addressee: str | None = None
    condition: tuple[int, int] | None = None
    happening: Happening | None = None
    guessed: bool = False
    """Whether a speaker was found by a pronoun or by the text around."""
    reported: bool = False
    """Whether somebody says so, and not the document itself."""
    content: Token | None = None
    """The head of what is demanded, refused or feared."""
