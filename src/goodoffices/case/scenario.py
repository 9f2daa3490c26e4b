"""A case under one of its scenarios: a named patch over it, by dotted paths."""

from __future__ import annotations

import copy
import difflib
import itertools
import re
from collections.abc import Iterator
from typing import Any

from goodoffices.case._faults import error
from goodoffices.case._plain import plain
from goodoffices.case.document import build
from goodoffices.case.model import Basis, Case, Scenario
from goodoffices.errors import CaseError, Fault, ScenarioError, clip, nearest

__all__ = ["apply_scenario", "patched"]

MOST_LENGTH = 500
"""Characters of a path."""
MOST_NAMES = 500
MOST_HINTS = 20
"""A search for the nearest path costs a look at every name beside it."""


def apply_scenario(case: Case, name: str) -> Case:
    """Return the case as it would be under a scenario.

    What the scenario sets rests on what the scenario rests on. So the part of the case that holds
    it keeps its own `because` and `assumed`, and the scenario's are added to them; a part that the
    scenario sets whole, and that says nothing itself, takes the scenario's. The new case has no
    scenarios. Whether it holds together is the work of `goodoffices.case.check.check`.

    Raises `ScenarioError`, with the nearest path, if there is no such scenario or it does not fit.
    """
    if name not in case.scenarios:
        known = ", ".join(case.scenarios) or "none"
        hint = nearest(name, case.scenarios) or f"known: {clip(known, 100)}"
        raise ScenarioError(f'there is no scenario "{clip(name)}"; {hint}')
    found, faults = patched(case, name)
    if found is None:
        lines = "\n".join(f"  {fault}" for fault in faults)
        raise ScenarioError(f'the scenario "{clip(name)}" does not fit the case:\n{lines}')
    return found


def patched(case: Case, name: str) -> tuple[Case | None, tuple[Fault, ...]]:
    """Return the case under a scenario, or None and why there is no such case."""
    scenario = case.scenarios[name]
    data = plain(case, short=False)
    data.pop("scenarios", None)
    faults: list[Fault] = []
    changes = [(path, None, "remove") for path in scenario.remove]
    changes += [(path, copy.deepcopy(value), f"set.{path}") for path, value in scenario.set.items()]
    for path, value, field in changes:
        wrong = _put(data, path, value, remove=field == "remove", hint=len(faults) < MOST_HINTS)
        if wrong is not None:
            faults.append(error(f"scenarios.{name}.{field}", *wrong))
    if faults:
        return None, tuple(faults)
    try:
        return _with_basis(build(data), scenario, name), ()
    except CaseError as problem:
        prefix = f"scenarios.{name}"
        return None, tuple(
            error(f"{prefix}: {fault.where}", fault.what, fault.mend) for fault in problem.faults
        )


def _put(
    data: dict[str, Any], path: str, value: Any, *, remove: bool, hint: bool
) -> tuple[str, str] | None:
    """Set or remove one path, of which only the last part may be new; return what is wrong."""
    if len(path) > MOST_LENGTH:
        return f'"{clip(path, 30)}" is no path of a case', "write it as demands.corridor.firmness"
    node: Any = data
    parts = path.split(".")
    while True:
        key = _longest(node, parts)
        if key is None and isinstance(node, dict) and not remove:
            key = _new(parts)
        if key is None:
            return _unknown(node, path, parts, hint)
        parts = parts[key.count(".") + 1 :]
        if parts:
            node = node[key]
        elif remove:
            del node[key]
            return None
        else:
            node[key] = value
            return None


def _longest(node: Any, parts: list[str]) -> str | None:
    """Return the longest name that the next parts spell: an option such as `0.5` holds a dot."""
    if not isinstance(node, dict):
        return None
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in node), None)


def _new(parts: list[str]) -> str | None:
    """Return the name of a new last part; the only ones with a dot are numbers."""
    name = ".".join(parts)
    return name if len(parts) == 1 or re.fullmatch(r"-?[0-9]+\.[0-9]+", name) else None


def _unknown(node: Any, path: str, parts: list[str], hint: bool) -> tuple[str, str]:
    done = path.removesuffix(".".join(parts)).split(".")[:-1]
    what = f'"{clip(path)}" is not in the case'
    if not isinstance(node, dict):
        return what, f'"{clip(".".join(done))}" has no parts; set it as a whole'
    names = itertools.islice(node, MOST_NAMES if hint else 0)
    near = difflib.get_close_matches(parts[0], names, n=1)
    if near:
        return what, f'did you mean "{clip(".".join([*done, near[0], *parts[1:]]))}"?'
    return what, "only the last part of a path may be new"


def _with_basis(case: Case, scenario: Scenario, name: str) -> Case:
    """Let what a scenario sets rest on what the scenario rests on."""
    nodes = dict(case.based())
    covered: dict[str, list[str]] = {path: [] for path in scenario.set}
    for where in nodes:
        for path in _ups(where):
            if path in covered:
                covered[path].append(where)
    resting: dict[str, Basis] = {}
    for path, inside in covered.items():
        for where in inside or [up for up in _ups(path) if up in nodes][:1]:
            if not inside or nodes[where].founded == "unfounded":
                resting[where] = nodes[where]
    if not resting:
        return case
    data = plain(case, short=False)
    for where, node in resting.items():
        because = dict.fromkeys([*node.because, *scenario.because])
        both = f"{node.assumed}; in the scenario {name}, {scenario.assumed}"
        assumed = both if node.assumed and scenario.assumed else node.assumed or scenario.assumed
        _put(data, f"{where}.because", list(because), remove=False, hint=False)
        _put(data, f"{where}.assumed", assumed, remove=False, hint=False)
    return build(data)


def _ups(path: str) -> Iterator[str]:
    """Yield a path and all that it lies in, the nearest first."""
    while path:
        yield path
        path = path.rpartition(".")[0]
