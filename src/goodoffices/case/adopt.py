"""Drafts taken as if somebody had confirmed them, to see what would follow."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from goodoffices.case.check import check
from goodoffices.case.drafts import confirmed, drafts_of, settled, without
from goodoffices.case.model import Case
from goodoffices.errors import Fault

__all__ = ["Adopted", "adopt"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Adopted:
    """A case with its drafts taken as confirmed."""

    case: Case
    used: int
    """How many drafts it holds."""
    left: Mapping[str, Fault]
    """Drafts that cannot be used as they stand, by dotted path, and the first fault of each."""


def adopt(case: Case, folder: str | os.PathLike[str] | None = None) -> Adopted:
    """Return the case with every draft that can be used taken as confirmed.

    A draft with a fault (an event without a day, a demand by a party that is missing) is left out,
    and with it whatever then has a fault. So are drafted issues that would spoil what is confirmed:
    a package that a person wrote picks nothing for them. What a confirmed part lacks by itself
    stays a fault of the case.
    """
    before = {fault.where for fault in _errors(settled(case), folder)}
    left: dict[str, Fault] = {}
    while True:
        there = drafts_of(case)
        whole = confirmed(case)
        errors = _errors(whole, folder)
        wrong: dict[str, Fault] = {}
        for fault in errors:
            for path in _blamed(fault.where, there):
                wrong.setdefault(path, fault)
        spoilt = [fault for fault in errors if fault.where not in before]
        if spoilt and not wrong:
            issues = [path for path in there if path.startswith("issues.")]
            wrong = dict.fromkeys(issues or there, spoilt[0])
        if not wrong:
            return Adopted(case=whole, used=len(there), left=left)
        left |= wrong
        case = without(case, wrong)


def _errors(case: Case, folder: str | os.PathLike[str] | None) -> list[Fault]:
    return [fault for fault in check(case, folder) if fault.severity == "error"]


def _blamed(where: str, drafts: Mapping[str, object]) -> list[str]:
    """Return the draft that a fault lies in; if it lies in none, the drafts below its place."""
    path = where.partition(": ")[0]
    below = f"{path}."
    while path:
        if path in drafts:
            return [path]
        path = path.rpartition(".")[0]
    return [draft for draft in drafts if draft.startswith(below)] if "." in below[:-1] else []
