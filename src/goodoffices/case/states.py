"""The states that a conflict can be in: the combinations of options that its rules leave.

A state is a number, the sum of 2^k over the options k taken.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.statements import Statement
from goodoffices.errors import ModelError, clip

__all__ = [
    "MOST_NODES",
    "MOST_OPTIONS",
    "MOST_STATES",
    "columns_of",
    "columns_of_nodes",
    "feasible_states",
    "read_pattern",
]

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]

MOST_OPTIONS = 62
"""A state is one signed 64-bit number."""
MOST_NODES = 2_000
"""States that are given one by one, each of which is asked in which states it holds."""
MOST_STATES = 1 << 22
"""More feasible states than this are refused unless the caller raises the limit."""


def read_pattern(pattern: str, width: int) -> tuple[int, int]:
    """Return which options a pattern speaks of, and which of these it wants taken.

    Both are sums of 2^k; a pattern has one sign per option, Y (taken), N (left) or - (either), else
    `ModelError`.

    >>> read_pattern("Y-N", 3)
    (5, 1)
    """
    if len(pattern) != width or set(pattern) - set("YN-"):
        raise ModelError(
            f'pattern "{clip(pattern)}": write one Y, N or - for each of the {width} options'
        )
    care = sum(1 << k for k, sign in enumerate(pattern) if sign != "-")
    return care, sum(1 << k for k, sign in enumerate(pattern) if sign == "Y")


def columns_of(states: Int64, names: Sequence[str]) -> dict[str, Bool]:
    """Return, per option, in which states it is taken.

    >>> columns_of(np.array([0, 2]), ["a", "b"])
    {'a': array([False, False]), 'b': array([False,  True])}
    """
    return {name: (states >> k & 1).astype(np.bool_) for k, name in enumerate(names)}


def columns_of_nodes(nodes: Sequence[str]) -> dict[str, Bool]:
    """Return, per state that is given by itself, that it holds in itself alone.

    >>> columns_of_nodes(["calm", "war"])
    {'calm': array([ True, False]), 'war': array([False,  True])}
    """
    return dict(zip(nodes, np.eye(len(nodes), dtype=np.bool_), strict=True))


def feasible_states(
    names: Sequence[str],
    patterns: Sequence[tuple[int, int]],
    rules: Sequence[Statement],
    most: int = MOST_STATES,
) -> Int64:
    """Return the states that fit none of the patterns and in which every rule holds, ascending.

    Options are added one after the other, and what is ruled out is dropped as soon as that is
    known, so that strict rules keep many options tractable. Raises `ModelError` if no state is
    left, or at any point more than `most`.

    >>> from goodoffices.case.statements import parse_statement
    >>> feasible_states(["a", "b"], [read_pattern("YY", 2)], [])
    array([0, 1, 2])
    >>> feasible_states(["a", "b"], [], [parse_statement("a iff b", ["a", "b"])])
    array([0, 3])
    """
    last_of_rule = [max((names.index(name) for name in r.names), default=-1) for r in rules]
    states = np.zeros(1, np.int64)
    for k in range(-1, len(names)):
        if k >= 0:
            states = np.concatenate([states, states | np.int64(1 << k)])
        for care, want in patterns:
            if care.bit_length() == k + 1:
                states = states[(states & care) != want]
        for rule, last in zip(rules, last_of_rule, strict=True):
            if last == k:
                states = states[rule.holds(columns_of(states, names[: k + 1]))]
        if states.size > most:
            raise ModelError(
                f"states: more than {most:,} are feasible with {k + 1} of {len(names)} options; "
                "rule out more combinations, or leave options out"
            )
    if states.size == 0:
        raise ModelError("states: none is feasible; the patterns and rules exclude each other")
    return states
