"""One article whose statements people marked in full: speaker, type and words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from goodoffices.case.speech import StatementType
from goodoffices.errors import ExchangeError, clip
from goodoffices.reading.findings import Document
from goodoffices.reading.validation.matching import Gold

__all__ = ["TYPES", "marked", "read_document"]

_ACTS: tuple[StatementType, ...] = (
    "event",
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
)
TYPES: Mapping[str, frozenset[StatementType]] = MappingProxyType(
    {
        "demand": frozenset({"demand", "request"}),
        "redline": frozenset({"red line"}),
        "refusal": frozenset({"reject"}),
        "condition": frozenset({"precondition"}),
        "prob": frozenset({"estimate"}),
        "belief": frozenset({"belief"}),
        "warn": frozenset({"warning"}),
        "claim": frozenset({"statement"}),
        # An event is any act of PLOVER's, told as done, or one that no type of it fits.
        "event": frozenset(_ACTS),
        "offer": frozenset({"offer"}),
        "goal": frozenset({"goal"}),
        "issue": frozenset({"issue"}),
        "accuse": frozenset({"accuse"}),
        "disapprove": frozenset({"disapprove"}),
        "opinion": frozenset(),
    }
)
"""The types in which the article was marked, in the terms of `goodoffices.case.speech`.

PLOVER's verbal types (request, accuse, reject, threaten) are no events here.
"""


def marked(file: Path) -> tuple[Gold, ...]:
    """Return the marked statements of a file.

    Raises `ExchangeError` if it can't be read or holds a type that is not known.
    """
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return tuple(_gold(row) for row in rows)
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise ExchangeError(f"{file} can't be read: {clip(error)}") from None


def _gold(row: Mapping[str, Any]) -> Gold:
    return Gold(
        types=frozenset(kind for name in row["types"] for kind in TYPES[name]),
        speaker=row["speaker_pattern"],
        words=row["content_pattern"],
        opinion=row["types"] == ["opinion"],
    )


def read_document(file: Path) -> Document:
    """Return a plain text as a document without a date."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExchangeError(f"{file} can't be read: {clip(error)}") from None
    return Document(id="article", name=file.name, text=text)
