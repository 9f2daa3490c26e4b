from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves.coalitions import Gain, coalition_stability, joint_moves
from goodoffices.moves.stability import Concept
from tests.moves import oracle
from tests.moves.models import (
    ELMIRA_NUMBERS,
    Model,
    arc_model,
    elmira,
    elmira_of_nine,
    models,
    number,
    prisoners,
)
from tests.moves.test_reach import check

gains = st.sampled_from(["strict", "pareto"])


@given(models(), gains, st.data())
def test_coalition_stability_is_what_the_definitions_say(
    model: Model, gain: Gain, data: st.DataObject
) -> None:
    members = sorted(data.draw(st.sets(st.integers(0, len(model.R) - 1), min_size=1)))
    found = coalition_stability(model.graph, model.ranks, members, gain=gain)
    for concept in Concept:
        expected = [
            oracle.coalition_stable(model.R, model.ranks, members, s, concept, gain)
            for s in range(model.graph.n)
        ]
        assert found.stable[concept].tolist() == expected


@given(models(), gains, st.data())
def test_joint_moves_are_those_that_no_smaller_group_could_make(
    model: Model, gain: Gain, data: st.DataObject
) -> None:
    s = data.draw(st.integers(0, model.graph.n - 1))
    rank, count = model.ranks, len(model.R)

    def can(H: tuple[int, ...], t: int) -> bool:
        own = [int(rank[i][t]) - int(rank[i][s]) for i in H]
        better = min(own) > 0 if gain == "strict" else min(own) >= 0 and max(own) > 0
        return better and t in oracle.legal(model.R, H, s, oracle.any_move)

    expected = {
        (H, t)
        for size in range(2, count + 1)
        for H in combinations(range(count), size)
        for t in range(model.graph.n)
        if can(H, t)
        and not any(can(G, t) for small in range(1, size) for G in combinations(H, small))
    }
    found = joint_moves(model.graph, model.ranks, s, gain=gain)
    assert {(move.members, move.target) for move in found} == expected
    for move in found:
        check(model, move.path, s, move.target, improving=False)
        assert {step.mover for step in move.path} <= set(move.members)


def test_ministry_and_company_leave_elmiras_state_seven_together() -> None:
    """GMCR+ guide, section 5.2: state 7 of 12 is an equilibrium, but not against this coalition."""
    model = elmira()
    s = 7 - 1
    assert model.graph.states[s] == 18
    [move] = joint_moves(model.graph, model.ranks, s)
    assert move.members == (0, 1)
    assert model.graph.states[move.target] == 21
    assert [step.mover for step in move.path] in ([0, 1], [1, 0])
    stability = coalition_stability(model.graph, model.ranks, [0, 1], states=[s])
    assert not stability.stable[Concept.NASH][0]


def test_with_nine_states_they_go_from_state_five_to_state_eight() -> None:
    """Kilgour, Hipel, Fang and Peng (2001): the equilibrium jump from 5 to 8."""
    graph, ranks = elmira_of_nine()
    name = {graph.index(state): j for j, state in enumerate(ELMIRA_NUMBERS, start=1)}
    [move] = joint_moves(graph, ranks, graph.index(18))
    assert (move.members, name[move.target]) == ((0, 1), 8)


def test_two_prisoners_could_leave_mutual_betrayal_together() -> None:
    model = prisoners()
    [move] = joint_moves(model.graph, model.ranks, number("NN"))
    assert (move.members, move.target) == ((0, 1), number("YY"))


def test_strict_and_pareto_improvements_differ_where_a_member_is_indifferent() -> None:
    model = arc_model([[{1}, set(), set()], [set(), {2}, set()]], [[0, 0, 1], [0, 0, 0]])
    assert joint_moves(model.graph, model.ranks, 0) == ()
    [move] = joint_moves(model.graph, model.ranks, 0, gain="pareto")
    assert (move.members, move.target) == ((0, 1), 2)
    strict = coalition_stability(model.graph, model.ranks, [0, 1])
    pareto = coalition_stability(model.graph, model.ranks, [0, 1], gain="pareto")
    assert strict.stable[Concept.NASH].tolist() == [True, True, True]
    assert pareto.stable[Concept.NASH].tolist() == [False, False, True]
    assert (strict.gain, pareto.gain) == ("strict", "pareto")


def test_only_coalitions_up_to_the_largest_are_looked_at() -> None:
    ring = [[{1}, set(), set(), set()], [set(), {2}, set(), set()], [set(), set(), {3}, set()]]
    model = arc_model(ring, [[1, 0, 0, 2]] * 3)
    [move] = joint_moves(model.graph, model.ranks, 0)
    assert move.members == (0, 1, 2)
    assert joint_moves(model.graph, model.ranks, 0, largest=2) == ()


def test_only_the_states_and_concepts_asked_for_are_worked_out() -> None:
    model = prisoners()
    found = coalition_stability(
        model.graph, model.ranks, [1, 0, 1], states=[3, 0], concepts=[Concept.NASH]
    )
    assert found.members == (0, 1)
    assert list(found.stable) == [Concept.NASH]
    assert np.array_equal(found.stable[Concept.NASH], [True, False])


def test_progress_runs_to_one_state_by_state() -> None:
    model, seen = prisoners(), []
    coalition_stability(model.graph, model.ranks, [0, 1], states=[0, 3], progress=seen.append)
    assert seen == [0.5, 1.0]


def test_opponents_deter_a_coalition_as_they_deter_one() -> None:
    # The pair gains by 0 -> 1; the third answers with 1 -> 2, from which the pair can go on to 3.
    R = [
        [{1}, set(), set(), set()],
        [set(), set(), {3}, set()],
        [set(), {2}, set(), set()],
    ]
    ranks = [[1, 2, 0, 3], [1, 2, 0, 3], [0, 0, 1, 0]]
    model = arc_model(R, ranks)
    stable = coalition_stability(model.graph, ranks, [0, 1], states=[0]).stable
    assert {concept.value: bool(stable[concept][0]) for concept in Concept} == {
        "nash": False,
        "sseq": False,
        "seq": True,
        "smr": False,
        "gmr": True,
    }


def test_everybody_together_has_no_opponents() -> None:
    model = prisoners()
    found = coalition_stability(model.graph, model.ranks, [0, 1])
    for concept in Concept:
        assert np.array_equal(found.stable[concept], found.stable[Concept.NASH])


def test_a_coalition_has_members() -> None:
    with pytest.raises(ModelError, match="coalition: it has no members; name at least one"):
        coalition_stability(prisoners().graph, prisoners().ranks, [])
