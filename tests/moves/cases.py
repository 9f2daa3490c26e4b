"""Small cases about moves, and ways to change them."""

import copy
from typing import Any

from goodoffices.case import Case, build, check
from goodoffices.case._yaml import read

RIVER = """\
goodoffices: 1
title: The river
as_of: 2024-05-31
sources:
  report: {title: Talks stall, date: 2024-05-30, kind: report}
claims:
  no-word: {class: attributed claim, source: report, speaker: north, quote: not without a guarantee}
  trade: {class: attributed claim, source: report, speaker: south, quote: first they go}
parties:
  north: {name: North, role: principal}
  south: {name: South, role: principal}
  office: {name: The office, role: mediator}
moves:
  options:
    withdraw: {name: Withdraw, by: north, because: no-word}
    strike: {name: Strike, by: north, only: take, harm: true, assumed: "team: it could"}
    lift: {name: Lift the blockade, by: south, because: trade}
    guard: {name: Guarantee it, by: office, assumed: "team: it could"}
  rules:
    no-both: {holds: not (withdraw and strike), assumed: "team: one or the other"}
  states:
    agreement: {name: Troops out, when: withdraw and lift and not strike}
    war: {name: War, when: strike, one: true}
  preferences:
    north:
      statements: [not war, lift, withdraw iff guard]
      because: no-word
      assumed: "team: in this order"
    south: {statements: [not war, withdraw, lift iff withdraw], because: trade}
    office:
      ranking: [agreement and not guard, agreement, not guard and not war, guard and not war]
      assumed: "team: a guarantee costs it"
"""
"""The office's guarantee costs it something, and opens the way to an agreement that all prefer."""


def river(changes: dict[str, Any] | None = None) -> Case:
    """Return the case of the river with other values at some paths below `moves`."""
    data: dict[str, Any] = copy.deepcopy(read(RIVER).data)
    for path, value in (changes or {}).items():
        node: Any = data["moves"]
        *parts, last = path.split("/")
        for part in parts:
            node = node.setdefault(part, {})
        if value is None:
            del node[last]
        else:
            node[last] = value
    return build(data)


def conflict(moves: dict[str, Any], **parts: Any) -> Case:
    """Return a case of these moves alone; everything in it is assumed, its owners are parties."""
    data: dict[str, Any] = copy.deepcopy(moves)
    options = data.get("options", {})
    owners = list(dict.fromkeys(option["by"] for option in options.values()))
    owners += [actor for actor in data.get("arcs", {}) if actor not in owners]
    for section in ("options", "arcs", "rules", "preferences"):
        for part in data.get(section, {}).values():
            part.setdefault("assumed", "team: for a test")
    for key, option in options.items():
        option.setdefault("name", key.capitalize())
    for key, state in data.get("states", {}).items():
        if isinstance(state, dict):
            state.setdefault("name", key.capitalize())
    parties = {key: {"name": key.capitalize(), "role": "principal"} for key in owners}
    return build({"goodoffices": 1, "title": "A test", "parties": parties, "moves": data, **parts})


def errors(case: Case) -> list[str]:
    """Return the errors of a case."""
    return [str(fault) for fault in check(case) if fault.severity == "error"]


def warnings(case: Case) -> list[str]:
    """Return the warnings about its moves."""
    found = [fault for fault in check(case) if fault.severity == "warning"]
    return [str(fault) for fault in found if fault.where.startswith("moves")]


PRISONERS: dict[str, Any] = {
    "options": {"a": {"by": "row"}, "b": {"by": "column"}},
    "states": {"agreement": {"when": "a and b"}},
    "preferences": {
        "row": {"ranking": ["b and not a", "agreement", "not a and not b", "a"]},
        "column": {"ranking": ["a and not b", "agreement", "not a and not b", "b"]},
    },
}
"""The prisoner's dilemma; to take the option is to keep quiet."""


STRAIT: dict[str, Any] = {
    "status_quo": "patrols",
    "states": {
        "patrols": {"name": "Patrols"},
        "shots": {"name": "Shots fired", "harm": True},
        "war": {"name": "War", "harm": True},
        "watched": {"name": "Patrols watched"},
        "agreement": {"name": "Patrols withdrawn"},
        "bad": {"name": "Shots or war", "when": "shots or war"},
    },
    "arcs": {
        "north": {"to": {"patrols": "shots", "shots": "patrols", "watched": "agreement"}},
        "south": {"to": {"patrols": "shots", "shots": "war"}},
        "office": {"to": {"patrols": "watched", "watched": "patrols"}},
    },
    "preferences": {
        "north": {"statements": ["not war", "not bad", "agreement", "not watched"]},
        "south": {"ranking": ["agreement", ["patrols", "watched"], "shots", "war"]},
        "office": {"scores": {"agreement": 3, "watched": 2, "patrols": 1, "bad": 0}},
    },
}
"""A conflict by its moves: they are intransitive, and war can't be undone."""


def strait(changes: dict[str, Any] | None = None) -> Case:
    """Return the case of the strait with other values at some paths."""
    data = copy.deepcopy(STRAIT)
    for path, value in (changes or {}).items():
        node: Any = data
        *parts, last = path.split("/")
        for part in parts:
            node = node[part]
        node[last] = value
    return conflict(data)
