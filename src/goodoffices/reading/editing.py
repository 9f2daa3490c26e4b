"""Changing one field of a draft, from what a person types."""

from __future__ import annotations

from typing import Any

from goodoffices.case._plain import plain
from goodoffices.case._yaml import read
from goodoffices.case.document import build
from goodoffices.case.drafts import Part, drafts_of
from goodoffices.case.model import (
    Case,
    Claim,
    Constituency,
    Demand,
    Faction,
    Interest,
    Issue,
    Party,
    Position,
)
from goodoffices.case.outlook import Estimate, Event, Question
from goodoffices.case.paths import at_path, put
from goodoffices.errors import CaseError, ModelError, clip, nearest

__all__ = ["change", "fields_of", "value_of"]

FIELDS: dict[type, tuple[str, ...]] = {
    Claim: ("speaker", "type", "modality", "class", "to", "via", "about", "note"),
    Party: ("name", "role", "aliases", "alternative"),
    Faction: ("name", "veto"),
    Constituency: ("name", "wants"),
    Issue: ("name", "options", "note"),
    Position: ("wants",),
    Demand: ("name", "kind", "by", "refuses", "requires", "firmness"),
    Interest: ("name", "of", "served_by"),
    Event: ("name", "date"),
    Estimate: ("probability", "question", "speaker", "date"),
    Question: ("name", "by", "risk"),
}
"""What may be changed in a review; the words of a quote may not."""

_WORDS = frozenset(("speaker", "to", "note", "name", "alternative"))
"""Fields whose text is taken as it is typed; others are read as a case file's."""


def fields_of(part: Part) -> tuple[str, ...]:
    """Return the fields of a draft that may be changed."""
    return next((names for kind, names in FIELDS.items() if isinstance(part, kind)), ("because",))


def value_of(case: Case, path: str, field: str) -> str:
    """Return a field as a person would type it; empty where nothing stands."""
    from goodoffices.case._write import inline

    value = at_path(plain(case), f"{path}.{field}")
    return "" if value is None else value if isinstance(value, str) else inline(value)


def change(case: Case, path: str, field: str, typed: str) -> Case:
    """Return the case with one field of a draft changed; left empty, it is taken out.

    Raises `ModelError` that says in words why it can't be.
    """
    part = drafts_of(case)[path]
    if field not in fields_of(part):
        hint = nearest(field, fields_of(part)) or f"fields are {', '.join(fields_of(part))}"
        raise ModelError(f'"{clip(field)}" cannot be changed here; {hint}')
    data: dict[str, Any] = plain(case, short=False)
    if typed.strip():
        wrong = put(data, f"{path}.{field}", _read(field, typed.strip()))
    else:
        wrong = (
            put(data, f"{path}.{field}", None, remove=True)
            if at_path(data, f"{path}.{field}")
            else None
        )
    if wrong is not None:
        raise ModelError(f"{wrong[0]}; {wrong[1]}")
    try:
        return build(data)
    except CaseError as problem:
        raise ModelError(str(problem.faults[0])) from None


def _read(field: str, typed: str) -> Any:
    if field in _WORDS:
        return typed
    try:
        found = read(f"value: {typed}").data
    except CaseError as problem:
        raise ModelError(f"{problem.faults[0].what}; {problem.faults[0].mend}") from None
    return found["value"]
