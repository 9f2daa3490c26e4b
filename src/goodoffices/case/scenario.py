"""A case under one of its scenarios: a named patch over it, by dotted paths."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from goodoffices.case._faults import error
from goodoffices.case._plain import plain
from goodoffices.case.document import build
from goodoffices.case.model import Basis, Case, Scenario
from goodoffices.case.paths import MOST_HINTS, put
from goodoffices.errors import CaseError, Fault, ScenarioError, clip, nearest

__all__ = ["apply_scenario", "patched"]


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
        wrong = put(data, path, value, remove=field == "remove", hint=len(faults) < MOST_HINTS)
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
        put(data, f"{where}.because", list(because), hint=False)
        put(data, f"{where}.assumed", assumed, hint=False)
    return build(data)


def _ups(path: str) -> Iterator[str]:
    """Yield a path and all that it lies in, the nearest first."""
    while path:
        yield path
        path = path.rpartition(".")[0]
