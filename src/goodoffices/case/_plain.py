"""A case as the plain data that a person would write: short forms, and nothing that goes unsaid."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from pydantic import BaseModel

from goodoffices.case._yaml import resolve
from goodoffices.case.model import Basis, Case, Constituency, Dated, Faction, Issue, Option, Promise
from goodoffices.case.quantity import Quantity

__all__ = ["plain"]

_LOOSE = frozenset(
    ["wants", "agreed", "served_by", "picks", "when", "refuses", "requires", "excludes", "delivers"]
)
"""Fields of option ids: there, a number stands for the option of that name."""


def plain(case: Case, *, short: bool = True) -> dict[str, Any]:
    """Return what a case file would say: fields that only repeat their default are left out.

    Reading it gives an equal case again. In short form one item stands for a list of one, a text
    for a thing that has only a name, a date for a date that was stated.
    """
    return _fields(case, short)


@cache
def _written(model: type[BaseModel]) -> list[tuple[str, str, Any]]:
    """Return a model's fields, as attributes and as a file names them, and their defaults."""
    fields = [
        (name, info.alias or name, info.get_default(call_default_factory=True))
        for name, info in model.model_fields.items()
    ]
    # Why something is so reads best after what is so.
    return sorted(fields, key=lambda item: item[0] in Basis.model_fields)


def _fields(node: BaseModel, short: bool) -> dict[str, Any]:
    found = {}
    for name, key, default in _written(type(node)):
        value = getattr(node, name)
        # `kept:` left empty says that nobody knows; left out, that `trust` says it.
        matters = name == "kept" and isinstance(node, Promise) and name in node.model_fields_set
        if matters or value != default:
            found[key] = value if name == "set" else _data(value, name, short)
    return found


def _data(value: Any, name: str, short: bool) -> Any:
    """Return a field's value as plain data; `name` is the field's."""
    if isinstance(value, Quantity):
        return _number(value.text)
    if isinstance(value, BaseModel):
        fields = _fields(value, short)
        return _shortened(value, fields) if short else fields
    if isinstance(value, dict):
        return {key: _data(child, name, short) for key, child in value.items()}
    if isinstance(value, tuple):
        items = [_data(item, name, short) for item in value]
        # A ranking of one place is a list still: its places are lists themselves.
        single = len(items) == 1 and not isinstance(value[0], tuple)
        return items[0] if short and single else items
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return _number(value) if name in _LOOSE and isinstance(value, str) else value


def _shortened(node: BaseModel, found: dict[str, Any]) -> Any:
    if isinstance(node, (Option, Faction, Constituency)):
        return found["name"] if set(found) == {"name"} else found
    if isinstance(node, Dated):
        return found.get("date", "unknown") if set(found) <= {"date"} else found
    if isinstance(node, Issue):
        options = found.get("options")
        if options and all(name == value for name, value in options.items()):
            found["options"] = list(options)
    return found


def _number(text: str) -> Any:
    """Return text as a number where reading that number gives the same text again."""
    try:
        number = resolve(text)
    except ValueError:
        return text
    same = isinstance(number, (int, float)) and not isinstance(number, bool) and str(number) == text
    return number if same else text
