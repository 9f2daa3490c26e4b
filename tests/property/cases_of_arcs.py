"""Random cases whose moves are given one by one, and option cases written that way."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from goodoffices.case import Case, check
from goodoffices.moves.model import Model
from tests.moves.cases import conflict
from tests.property.cases_of_moves import preferences

NODES = ("a", "b", "c", "d", "e", "f")


@st.composite
def cases_of_arcs(draw: st.DrawFn, *, uncertain: bool = False) -> Case:
    """Two to four decision makers, two to six states, moves that need be neither way back nor
    transitive, a named group of states, a checked case with an agreement."""
    names = NODES[: draw(st.integers(2, 6))]
    actors = [f"dm{k}" for k in range(draw(st.integers(2, 4)))]
    most = min(3, len(names))
    some = st.lists(st.sampled_from(names), max_size=most, unique=True)
    any_of = st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)
    states: dict[str, Any] = {name: {"harm": draw(st.integers(0, 3)) == 0} for name in names}
    states["agreement"] = {"when": " or ".join(draw(any_of))}
    case = conflict(
        {
            "status_quo": draw(st.sampled_from(names)),
            "states": states,
            "arcs": {actor: {"to": {name: draw(some) for name in names}} for actor in actors},
            "preferences": {actor: draw(preferences(names, uncertain)) for actor in actors},
        }
    )
    assume(not any(fault.severity == "error" for fault in check(case)))
    return case


def by_arcs(model: Model) -> Case:
    """The same conflict with its states one by one: what options say, written out."""
    graph = model.graph
    ids = [f"s{s}" for s in range(graph.n)]
    return conflict(
        {
            "status_quo": ids[model.status_quo],
            "states": {key: {} for key in ids},
            "arcs": {
                actor: {"to": {ids[s]: [ids[t] for t in graph.moves(i, s)] for s in range(graph.n)}}
                for i, actor in enumerate(model.actors)
            },
            "preferences": {
                actor: {"scores": {ids[s]: int(model.ranks[i, s]) for s in range(graph.n)}}
                for i, actor in enumerate(model.actors)
            },
        }
    )
