"""The moves lens: one case in, one frozen result out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.check_moves import AGREEMENT
from goodoffices.case.drafts import settled
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals.results import Deals, Method
from goodoffices.deals.share import share
from goodoffices.errors import ModelError, clip, nearest
from goodoffices.moves.deadlock import why
from goodoffices.moves.groups import coalition_report
from goodoffices.moves.leaving import Tally, dangers, leaving_of, risks
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.needed import changes_for
from goodoffices.moves.reach import Step
from goodoffices.moves.results import (
    ChangeReport,
    Move,
    MovesReport,
    NamedReport,
    ShareReport,
)
from goodoffices.moves.sampled import sample_equilibria
from goodoffices.moves.stability import Stability, analyse_stability
from goodoffices.moves.telling import Teller
from goodoffices.moves.ways import equilibria_report, way_to
from goodoffices.moves.words import quoted

__all__ = ["DRAWS", "FEW", "moves"]

DRAWS = 2_000
"""Draws unless stated otherwise: an error of at most about one per cent."""
FEW = 64
"""Up to so many states, all of them are told."""
MOST_LISTED = 100
"""Equilibria that are told."""
MOST_NAMED = 8
"""States of one name that are told, the nearest to the status quo first."""
MOST_NAMES = 40
"""Named states that are told."""
MOST_IMPROVEMENTS = 20
"""Improvements of one decision maker from one state that are told."""
MOST_CLOSE = 1 << 16
"""In a graph of more states, fewer states of a name and fewer improvements are told."""
LARGE_NAMED, LARGE_IMPROVEMENTS = 2, 4
MOST_INVERSE = 4_096
"""Beyond so many states it isn't asked what would have to change."""
MOST_CELLS = 40_000_000
"""States times decision makers times draws; beyond, fewer draws are taken."""

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Progress = Callable[[int, int], None]


def moves(
    case: Case,
    *,
    scenario: str | None = None,
    target: str | None = None,
    deals: Deals | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    progress_to: Progress | None = None,
) -> MovesReport:
    """Answer every question of the moves lens about a case, or about one of its scenarios.

    The case must have passed `goodoffices.case.check`. `target` is the named state, or the pattern
    of a state, to which a way is looked for: `agreement` by default, where the case names it.
    `deals` is what the deals lens says of the same scenario, for preferences `from: deals`. A case
    without uncertain preferences is answered exactly, whatever `draws` says; else everything but
    `shares` is at face value. `progress_to(done, all)` is called as the work is done.

    Raises `ScenarioError` for an unknown scenario, `ModelError` for a case without moves or with
    too many states, for an unknown target, or where `deals` is needed and not given, `ValueError`
    for fewer than one draw, or answers of the deals lens about another scenario.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    if deals is not None and deals.scenario != scenario:
        raise ValueError(f"deals are about scenario {deals.scenario}, and moves about {scenario}")
    case = settled(case)
    subject = apply_scenario(case, scenario) if scenario is not None else case
    model = compile_model(subject, deals)
    teller = Teller(model)
    goal = _goal(teller, target)
    work = _Work(progress_to)
    stability = analyse_stability(model.graph, teller.ranks, progress=work.stage(0.2))
    changed = work.stage(0.2)
    changes, cut = _changes(teller, goal.states, changed)
    changed(1.0)
    tally = Tally(dangers(teller), model.status_quo)
    asked = _asked(teller, goal)
    sampled: dict[str | None, Int64] = {None: np.array([model.status_quo])}
    sampled |= {key: model.named[key] for key in asked if key != model.moves.status_quo}
    shares, method = _shares(model, draws, seed, sampled, tally, work.stage(0.6))
    return _told(
        teller,
        stability,
        goal,
        asked=asked,
        scenario=scenario,
        changes=changes,
        tally=tally,
        shares=shares,
        method=_cut(method, cut),
    )


class _Work:
    """How much of the work is done, told in thousandths."""

    def __init__(self, progress_to: Progress | None) -> None:
        self.progress_to = progress_to
        self.done = 0.0

    def stage(self, weight: float) -> Callable[[float], None]:
        """Begin the next part of the work, which has this share of it."""
        begun, self.done = self.done, self.done + weight

        def tell(part: float) -> None:
            if self.progress_to is not None:
                self.progress_to(round(1000 * (begun + weight * part)), 1000)

        return tell


class _Goal(NamedTuple):
    """The state that a way is looked for to."""

    name: str | None
    states: Int64
    """The nearest to the status quo first; none where nothing is looked for."""


def _goal(teller: Teller, target: str | None) -> _Goal:
    model = teller.model
    name = AGREEMENT if target is None and AGREEMENT in model.named else target
    if name is None:
        return _Goal(None, np.array([], np.int64))
    if name in model.named:
        return _Goal(name, _nearest(teller, model.named[name]))
    found = _by_pattern(model, name)
    if found is not None:
        return _Goal(name, np.array([found]))
    known = clip(", ".join(model.named), 100)
    hint = nearest(name, model.named) or (f"known: {known}" if known else "the case names none")
    raise ModelError(f'target: "{clip(name)}" is not a named state; {hint}')


def _by_pattern(model: Model, pattern: str) -> int | None:
    """Return the state of a pattern such as YNN; nothing if there is none."""
    if not pattern or len(pattern) != len(model.moves.options) or set(pattern) - set("YN"):
        return None
    number = sum(1 << k for k, sign in enumerate(pattern) if sign == "Y")
    place = int(np.searchsorted(model.graph.states, number))
    known = place < model.graph.n and int(model.graph.states[place]) == number
    return place if known else None


def _nearest(teller: Teller, states: Int64) -> Int64:
    """Return states by the moves that it takes to get there from the status quo, fewest first."""
    far = teller.far.steps[states]
    order = np.argsort(np.where(far < 0, np.iinfo(np.int32).max, far), kind="stable")
    return states[order]


def _asked(teller: Teller, goal: _Goal) -> list[str]:
    """Return the named states that are told: of very many, the target and those nearest to now."""
    named = teller.model.named
    if len(named) <= MOST_NAMES:
        return list(named)
    far = teller.far.steps
    order = sorted(
        (key for key in named if named[key].size),
        key=lambda key: (
            key != goal.name,
            named[key].size == 1,
            min(int(step) if step >= 0 else teller.graph.n for step in far[named[key]]),
        ),
    )
    kept = set(order[:MOST_NAMES])
    return [key for key in named if key in kept]


def _changes(
    teller: Teller,
    goal: Int64,
    progress: Callable[[float], None],
) -> tuple[tuple[ChangeReport, ...], str]:
    """Return what would have to change, or why that isn't told."""
    if not goal.size:
        return (), ""
    if teller.graph.n > MOST_INVERSE:
        return (), f"what would have to change is told for up to {MOST_INVERSE:,} states only"
    return tuple(changes_for(teller, goal.tolist(), progress)), ""


def _shares(
    model: Model,
    draws: int,
    seed: int,
    asked: Mapping[str | None, Int64],
    tally: Tally,
    progress: Callable[[float], None],
) -> tuple[tuple[ShareReport, ...], Method]:
    if model.certain:
        progress(1.0)
        return (), Method(how="exact")
    graph = model.graph
    fewer = max(100, MOST_CELLS // (graph.n * len(model.actors)))
    note = f"{fewer:,} draws instead of {draws:,}, for so many states" if fewer < draws else ""
    draws = min(draws, fewer)
    # A generator of its own keeps the draws of one decision maker when another's numbers change.
    each = [
        form.drawn(np.random.default_rng([seed, i]), draws) for i, form in enumerate(model.forms)
    ]

    def drawn(_: np.random.Generator) -> Int32:
        ranks = np.stack([next(rows) for rows in each])
        tally.see(ranks)
        return ranks

    found = sample_equilibria(
        graph,
        drawn,
        draws=draws,
        rng=np.random.default_rng(seed),
        sets=list(asked.values()),
        progress=progress,
    )
    shares = tuple(
        ShareReport(
            named=key,
            shares={c: share(int(hits[n]), draws) for c, hits in found.hits.items()},
        )
        for n, key in enumerate(asked)
    )
    how: Literal["sampled", "bounded"] = "bounded" if note else "sampled"
    return shares, Method(how=how, draws=draws, seed=seed, note=note)


def _cut(method: Method, note: str) -> Method:
    """Say that an answer was cut short, beside what else is said of it."""
    if not note:
        return method
    return replace(method, how="bounded", note="; ".join(filter(None, (method.note, note))))


def _told(
    teller: Teller,
    stability: Stability,
    goal: _Goal,
    *,
    asked: Sequence[str],
    scenario: str | None,
    changes: tuple[ChangeReport, ...],
    tally: Tally,
    shares: tuple[ShareReport, ...],
    method: Method,
) -> MovesReport:
    """Put the answers together; the states come last, when all that is named is known."""
    model, few = teller.model, teller.graph.n <= FEW
    # In a large graph every answer costs a look at all states.
    large = teller.graph.n > MOST_CLOSE
    most = LARGE_NAMED if large else MOST_NAMED
    named = {key: _nearest(teller, model.named[key])[:most].tolist() for key in asked}
    listed = list(dict.fromkeys([model.status_quo, *(s for some in named.values() for s in some)]))
    every = list(dict.fromkeys([*listed, *range(model.graph.n)])) if few else listed
    close = LARGE_IMPROVEMENTS if large else MOST_IMPROVEMENTS
    leaving = tuple(leaving_of(teller, s, close) for s in every)
    equilibria = equilibria_report(teller, stability, MOST_LISTED)
    stable = {concept: stability.for_all(concept) for concept in stability.stable}
    anyhow = np.flatnonzero(np.any(list(stable.values()), axis=0))
    way = way_to(teller, goal.states) if goal.states.size else None
    here = tuple(concept for concept in stable if stable[concept][model.status_quo])
    coalitions = coalition_report(teller, listed, frozenset(anyhow.tolist()))
    pays = tally.shares(method.draws) if method.draws else None
    threats = risks(teller, tally.found, pays)
    single = tuple(_single_moves(teller)) if few else ()
    told = list(dict.fromkeys([*every, *teller.told]))
    return MovesReport(
        title=model.case.title,
        scenario=scenario,
        decision_makers=model.actors,
        options=tuple(model.moves.options),
        states_total=model.graph.n,
        status_quo=teller.id(model.status_quo),
        target=goal.name,
        why=why(teller, leaving[0], here, way, _aim(teller, goal)),
        named=tuple(
            NamedReport(id=key, total=model.named[key].size, listed=tuple(map(teller.id, some)))
            for key, some in named.items()
        ),
        states=tuple(teller.state(s, stability) for s in told),
        leaving=leaving,
        moves=single,
        equilibria=equilibria,
        way=way,
        changes=changes,
        coalitions=coalitions,
        risks=threats,
        shares=shares,
        method=method,
    )


def _aim(teller: Teller, goal: _Goal) -> str:
    """Return what the target is called in a sentence."""
    if goal.name in teller.model.moves.states:
        return quoted(teller.model.moves.states[goal.name].name)
    return teller.label(int(goal.states[0])) if goal.states.size else ""


def _single_moves(teller: Teller) -> Iterator[Move]:
    for i in range(len(teller.model.actors)):
        for s in range(teller.graph.n):
            for t in teller.graph.moves(i, s).tolist():
                yield teller.move(Step(mover=i, source=s, target=t))
