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
    owners = list(dict.fromkeys(option["by"] for option in data["options"].values()))
    for section in ("options", "rules", "preferences"):
        for part in data.get(section, {}).values():
            part.setdefault("assumed", "team: for a test")
    for key, option in data["options"].items():
        option.setdefault("name", key.capitalize())
    for key, state in data.get("states", {}).items():
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
