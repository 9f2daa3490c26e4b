"""The JSON Schema of a case file, from which editors complete and check."""

from __future__ import annotations

from typing import Any

from goodoffices.case.model import Case

__all__ = ["SCHEMA_ID", "schema"]

SCHEMA_ID = "urn:goodoffices:case:1"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"maxLength": 80, "pattern": r"^[^\s.]+$"}
"""Wider than the model's rule, because `\\w` means ASCII only to most editors."""
_WORDS = {"type": ["string", "number"]}
_EMPTY = {"type": "null"}
_BY_NAME = ("Option", "Faction", "Constituency")
"""A bare text stands for these."""
_TEXT = {("Issue", "agreed"), ("Claim", "at")}
"""Fields of text in which a number will do."""

Rule = dict[str, Any]


def schema() -> Rule:
    """Return the JSON Schema (draft 2020-12) of what a case file may hold, short forms included.

    A file that this allows may still have faults: whether its parts fit together is the work of
    `goodoffices.case.check.check`.

    >>> schema()["$id"]
    'urn:goodoffices:case:1'
    """
    found: Rule = Case.model_json_schema(by_alias=True)
    definitions = found.pop("$defs")
    for name, definition in [("Case", found), *definitions.items()]:
        fields = definition["properties"]
        definition["properties"] = {
            field: _field(rule, text=(name, field) in _TEXT) for field, rule in fields.items()
        }
    definitions["Dated"] = _dated(definitions["Dated"])
    options = definitions["Issue"]["properties"]["options"]
    options["anyOf"].append({"type": "array", "items": _WORDS})
    head = {"$schema": _DIALECT, "$id": SCHEMA_ID, "title": "A case of Good Offices"}
    return {**found, **head, "$defs": definitions}


def _field(rule: Rule, *, text: bool) -> Rule:
    """Allow the short forms of a field, and to leave it empty where it may be left out."""
    told = {"description": rule["description"]} if "description" in rule else {}
    optional = "default" in rule
    bare = {key: rule[key] for key in rule if key not in ("title", "description", "default")}
    choices = [_loose(bare)]
    if text:
        choices.append(_WORDS)
    if optional:
        choices.append(_EMPTY)
    return {**told, **_either(*choices)}


def _loose(rule: Rule) -> Rule:
    """Allow one item for a list, and a number for an id."""
    if rule.get("type") == "array":
        item = _part(rule["items"])
        return _either({"type": "array", "items": item}, item)
    if "patternProperties" in rule:
        (inner,) = rule["patternProperties"].values()
        return {"type": "object", "propertyNames": _ID, "additionalProperties": _part(inner)}
    if isinstance(rule.get("additionalProperties"), dict):
        return {**rule, "additionalProperties": _part(rule["additionalProperties"])}
    if "anyOf" in rule:
        return {**rule, "anyOf": [_loose(choice) for choice in rule["anyOf"]]}
    if rule.get("type") == "string" and "pattern" in rule:
        return {"type": ["string", "integer"], **_ID}
    return rule


def _part(rule: Rule) -> Rule:
    """Loosen an item of a list or a table: where options are named, a number will do."""
    if rule == {"type": "string"}:
        return _WORDS
    if rule.get("$ref", "").rpartition("/")[2] in _BY_NAME:
        return _either(rule, {"type": "string"})
    return _loose(rule)


def _dated(rule: Rule) -> Rule:
    told = {"description": rule.pop("description")}
    day = {"type": "string", "format": "date"}
    return {**told, **_either(rule, day, {"const": "unknown"}, _EMPTY)}


def _either(*rules: Rule) -> Rule:
    """Join rules into one choice, without a choice inside of a choice."""
    flat: list[Rule] = []
    for rule in rules:
        for choice in rule["anyOf"] if set(rule) == {"anyOf"} else [rule]:
            if choice not in flat:
                flat.append(choice)
    return flat[0] if len(flat) == 1 else {"anyOf": flat}
