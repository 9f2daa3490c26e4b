"""States, moves and sentences of an answer, told by what the case calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.basis import Basis
from goodoffices.errors import clip
from goodoffices.moves.model import Model
from goodoffices.moves.reach import Step
from goodoffices.moves.results import Move, Sentence, StateReport
from goodoffices.moves.stability import Stability
from goodoffices.moves.words import WIDTH, joined, option_name, quoted

__all__ = ["Teller"]

Int32 = NDArray[np.int32]


class Teller:
    """Tells states by their patterns, and remembers every state that it told."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.case = model.case
        self.graph = model.graph
        self.ranks: Int32 = model.ranks
        self.told: dict[int, None] = {}

    def id(self, s: int) -> str:
        """Return a state's pattern."""
        self.told.setdefault(int(s))
        return self.graph.pattern(int(s))

    def move(self, step: Step) -> Move:
        """Tell one move."""
        owned = [o.name for o in self.graph.options if o.owner == self.model.actors[step.mover]]
        before, after = (set(self.graph.taken(s)) for s in (step.source, step.target))
        takes = tuple(name for name in owned if name in after - before)
        rank = self.ranks[step.mover]
        return Move(
            by=self.model.actors[step.mover],
            source=self.id(step.source),
            target=self.id(step.target),
            takes=takes,
            drops=tuple(name for name in owned if name in before - after),
            gains=bool(rank[step.target] > rank[step.source]),
            harm=tuple(name for name in takes if self.model.moves.options[name].harm),
        )

    def harm(self, s: int) -> int:
        """Return how many options marked as harm are taken in a state."""
        return sum(self.model.moves.options[name].harm for name in self.graph.taken(s))

    def path(self, path: Iterable[Step]) -> tuple[Move, ...]:
        """Tell several moves."""
        return tuple(self.move(step) for step in path)

    def actors(self, members: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of decision makers."""
        return tuple(self.model.actors[i] for i in members)

    def name(self, actor: str) -> str:
        """Return what people read for a decision maker."""
        return clip(self.case.name_of(actor), WIDTH)

    def names(self, actors: Iterable[str]) -> str:
        """Return several decision makers in words."""
        return joined([self.name(actor) for actor in actors])

    def called(self, s: int) -> tuple[str, ...]:
        """Return the named states that a state is one of."""
        return tuple(key for key, states in self.model.named.items() if s in states)

    def label(self, s: int) -> str:
        """Return a state in words: its name if that is its own, and how it differs from now."""
        if s == self.model.status_quo:
            return "the status quo"
        called = self.called(s)
        if not called:
            return self._differing(s)
        # The name that fewest states share says most.
        best = min(called, key=lambda key: self.model.named[key].size)
        name = quoted(self.model.moves.states[best].name)
        return name if self.model.named[best].size == 1 else f"{name}, {self._differing(s)}"

    def _differing(self, s: int) -> str:
        now, then = set(self.graph.taken(self.model.status_quo)), set(self.graph.taken(s))
        parts = []
        for actor in self.model.actors:
            owned = [option.name for option in self.graph.options if option.owner == actor]
            for verb, there in (("taking", then - now), ("dropping", now - then)):
                options = [option_name(self.case, name) for name in owned if name in there]
                if options:
                    parts.append(f"{self.name(actor)} {verb} {joined(options)}")
        return f"the status quo with {joined(parts)}"

    def state(self, s: int, stability: Stability) -> StateReport:
        """Report one state."""
        taken = self.graph.taken(s)
        tops = self.ranks.max(axis=1)
        held = {
            actor: tuple(c for c, stable in stability.stable.items() if stable[i, s])
            for i, actor in enumerate(self.model.actors)
        }
        return StateReport(
            id=self.id(s),
            label=self.label(s),
            taken=taken,
            named=self.called(s),
            harm=tuple(name for name in taken if self.model.moves.options[name].harm),
            place={
                actor: int(tops[i] - self.ranks[i, s]) + 1
                for i, actor in enumerate(self.model.actors)
            },
            stable=held,
            equilibrium=tuple(
                c for c in stability.stable if all(c in row for row in held.values())
            ),
        )

    def sentence(self, text: str, actors: Iterable[str], moves: Iterable[Move] = ()) -> Sentence:
        """Return a sentence with what it rests on: the preferences of actors, options of moves."""
        paths: dict[str, None] = {}
        for actor in actors:
            paths.setdefault(f"moves.preferences.{actor}")
            if self.model.moves.preferences[actor].from_ == "deals":
                paths |= dict.fromkeys(self._weighing(actor))
        for move in moves:
            paths |= dict.fromkeys(f"moves.options.{key}" for key in (*move.takes, *move.drops))
        nodes = [(path, self._nodes[path]) for path in paths if path in self._nodes]
        return Sentence(
            text=text,
            paths=tuple(paths),
            because=tuple(dict.fromkeys(claim for _, node in nodes for claim in node.because)),
            assumed=tuple(path for path, node in nodes if node.assumed),
        )

    def _weighing(self, actor: str) -> list[str]:
        """Return what the deals lens weighs an agreement by, for one decision maker."""
        demands = [f"demands.{key}" for key, d in self.case.demands.items() if d.by == actor]
        given = actor if actor in self.case.positions else self.case.party_of(actor)
        rows = self.case.positions.get(given, {})
        return [*demands, *(f"positions.{given}.{issue}" for issue in rows)]

    @cached_property
    def _nodes(self) -> Mapping[str, Basis]:
        return dict(self.case.based())
