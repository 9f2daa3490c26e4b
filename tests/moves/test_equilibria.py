import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.moves.equilibria import rank_equilibria
from goodoffices.moves.graph import Option, from_options
from goodoffices.moves.reach import reach_from
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves.models import Model, arc_model, chicken, models, prisoners

PLACE = {concept: place for place, concept in enumerate(Concept)}


@given(models(), st.data())
def test_the_order_is_by_concept_then_by_the_way_there_then_by_dominance(
    model: Model, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, model.graph.n - 1))
    stability = analyse_stability(model.graph, model.ranks)
    found = rank_equilibria(model.graph, model.ranks, stability, start)
    far = 10**9
    keys = [
        (
            PLACE[one.concepts[0]],
            far if one.by_improvements is None else one.by_improvements,
            far if one.by_moves is None else one.by_moves,
            bool(one.dominated_by),
        )
        for one in found.listed
    ]
    assert keys == sorted(keys)


@given(models(), st.data())
def test_every_equilibrium_is_listed_with_its_concepts_and_its_ways(
    model: Model, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, model.graph.n - 1))
    stability = analyse_stability(model.graph, model.ranks)
    found = rank_equilibria(model.graph, model.ranks, stability, start)
    expected = {
        s: tuple(concept for concept in Concept if stability.for_all(concept)[s])
        for s in range(model.graph.n)
    }
    assert {one.state: one.concepts for one in found.listed} == {
        s: concepts for s, concepts in expected.items() if concepts
    }
    assert found.total == len(found.listed)
    for improving in (True, False):
        steps = reach_from(model.graph, model.ranks, start, improving=improving).steps
        for one in found.listed:
            told = one.by_improvements if improving else one.by_moves
            assert (-1 if told is None else told) == steps[one.state]


@given(models())
def test_a_dominated_equilibrium_is_worse_for_somebody_and_better_for_nobody(model: Model) -> None:
    stability = analyse_stability(model.graph, model.ranks)
    found = rank_equilibria(model.graph, model.ranks, stability, 0)
    ranks = model.ranks.T
    for one in found.listed:
        expected = {
            other.state
            for other in found.listed
            if (ranks[other.state] >= ranks[one.state]).all()
            and (ranks[other.state] > ranks[one.state]).any()
        }
        assert set(one.dominated_by) == expected


def test_the_two_nash_equilibria_of_chicken_come_before_the_compromise() -> None:
    model = chicken()
    stability = analyse_stability(model.graph, model.ranks)
    found = rank_equilibria(model.graph, model.ranks, stability, 0)
    assert [one.state for one in found.listed] == [1, 2, 3]
    assert [one.by_improvements for one in found.listed] == [1, 1, None]
    assert [one.by_moves for one in found.listed] == [1, 1, 2]


def test_mutual_betrayal_is_dominated_by_mutual_silence() -> None:
    model = prisoners()
    stability = analyse_stability(model.graph, model.ranks)
    first, second = rank_equilibria(model.graph, model.ranks, stability, 3).listed
    assert (first.state, first.dominated_by) == (0, (3,))
    assert (second.state, second.dominated_by) == (3, ())


@pytest.mark.parametrize("most", [0, 1, 5])
def test_long_lists_are_cut_and_the_total_is_told(most: int) -> None:
    # Of 1,024 states most are GMR equilibria: a bare list of them tells nobody anything.
    options = [Option(name=f"o{k}", owner="abcd"[k % 4]) for k in range(10)]
    graph = from_options("abcd", options)
    rng = np.random.default_rng(3)
    ranks = np.stack([rng.permutation(graph.n) for _ in range(4)])
    stability = analyse_stability(graph, ranks)
    found = rank_equilibria(graph, ranks, stability, 0, most=most)
    assert found.total == stability.for_all(Concept.GMR).sum() > 900
    whole = rank_equilibria(graph, ranks, stability, 0, most=2000)
    assert len(whole.listed) == found.total
    assert len(found.listed) == most
    for cut, one in zip(found.listed, whole.listed[:most], strict=True):
        assert (cut.concepts[0], cut.by_improvements) == (one.concepts[0], one.by_improvements)


def test_a_conflict_without_equilibria_has_an_empty_list() -> None:
    # Two sides chase each other round in a ring, and nobody can answer.
    model = arc_model([[{1}, set()], [set(), set()]], [[0, 1], [0, 0]])
    stability = analyse_stability(model.graph, model.ranks, [Concept.NASH])
    found = rank_equilibria(model.graph, model.ranks, stability, 0)
    assert [one.state for one in found.listed] == [1]
    only_first = arc_model([[{1}, {0}], [{1}, {0}]], [[0, 1], [1, 0]])
    none = analyse_stability(only_first.graph, only_first.ranks, [Concept.NASH])
    assert rank_equilibria(only_first.graph, only_first.ranks, none, 0).listed == ()
