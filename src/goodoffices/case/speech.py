"""What a statement does, in the terms of event data, and how firmly it is made.

The types in capitals of PLOVER (Open Event Data Alliance, manual draft 0.8, 2021) stand here in
small letters; those that it lacks, because it codes events and not talks, are added.
"""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["MODALITIES", "PLOVER", "TYPES", "Modality", "StatementType", "Status"]

StatementType = Literal[
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
    "demand",
    "offer",
    "red line",
    "precondition",
    "guarantee",
    "promise",
    "warning",
    "belief",
    "estimate",
    "goal",
    "interest",
    "approve",
    "disapprove",
    "issue",
    "event",
    "statement",
]
"""What is done by saying or doing it. `request` is an appeal, `demand` insists; `event` and
`statement` are what no other type fits."""

Modality = Literal["asserted", "denied", "hedged", "conditional", "future"]
"""Whether it is said to be so, not to be so, perhaps so, so under a condition, or yet to come."""

Status = Literal["draft", "confirmed"]
"""`draft`: a program proposed it and no person has confirmed it yet."""

PLOVER: tuple[str, ...] = get_args(StatementType)[:16]
"""The types that PLOVER has."""
TYPES: tuple[str, ...] = get_args(StatementType)
MODALITIES: tuple[str, ...] = get_args(Modality)
