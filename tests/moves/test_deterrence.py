import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves.deterrence import temptation, temptations
from goodoffices.moves.reach import Step
from goodoffices.moves.stability import Concept
from tests.moves.models import (
    Model,
    arc_model,
    models,
    number,
    option_model,
    prisoners,
    syria_iraq,
)
from tests.moves.test_reach import check


@given(models(), st.sampled_from(list(Concept)), st.data())
def test_answers_are_legal_sequences_of_the_others_to_something_no_better(
    model: Model, concept: Concept, data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(model.R) - 1))
    s = data.draw(st.integers(0, model.graph.n - 1))
    rank = model.ranks[i]
    found = temptations(model.graph, model.ranks, s, i, concept)
    assert {one.step.target for one in found} == {t for t in model.R[i][s] if rank[t] > rank[s]}
    for one in found:
        if one.answer is None:
            continue
        end = one.answer[-1].target
        check(model, one.answer, one.step.target, end, improving=concept.credible)
        assert all(step.mover != i for step in one.answer)
        assert rank[end] <= rank[s]
        if concept.symmetric:
            assert all(rank[t] <= rank[s] for t in model.R[i][end])


def test_the_best_temptation_comes_first() -> None:
    model = arc_model([[{1, 2, 3}, set(), set(), set()]], [[0, 1, 3, 2]])
    found = temptations(model.graph, model.ranks, 0, 0, Concept.GMR)
    assert [one.step.target for one in found] == [2, 3, 1]
    assert not any(one.deterred for one in found)


def test_of_two_answers_the_nearer_and_then_the_worse_is_told() -> None:
    R = [
        [{1}, *[set()] * 4],
        [set(), {2, 3}, set(), set(), set()],
        [set(), set(), {4}, set(), set()],
    ]
    model = arc_model(R, [[2, 3, 1, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]])
    [only] = temptations(model.graph, model.ranks, 0, 0, Concept.GMR)
    assert [(step.mover, step.target) for step in only.answer or ()] == [(1, 3)]


def test_nothing_answers_under_nash() -> None:
    model = prisoners()
    [only] = temptations(model.graph, model.ranks, number("YY"), 0, Concept.NASH)
    assert only.answer is None
    assert not only.deterred


def test_attack_deters_nobody_who_is_already_attacked() -> None:
    model = syria_iraq()
    held = model.graph.index(number("NYY"))
    for i in range(2):
        assert temptations(model.graph, model.ranks, held, i, Concept.SEQ) == ()


def test_syria_is_kept_from_going_back_by_iraqs_attack() -> None:
    model = syria_iraq()
    graph = model.graph
    release = graph.index(number("YNN"))
    found = temptations(graph, model.ranks, release, 0, Concept.GMR)
    assert {graph.pattern(one.step.target) for one in found} == {"NNN", "NYN"}
    attacks = {one.answer[-1].target for one in found if one.answer}
    assert np.isin(list(attacks), [graph.index(number("NNY")), graph.index(number("NYY"))]).all()


def test_one_temptation_is_told_as_among_all() -> None:
    model = prisoners()
    for concept in Concept:
        for one in temptations(model.graph, model.ranks, 3, 0, concept):
            assert temptation(model.graph, model.ranks, one.step, concept) == one


@pytest.mark.parametrize(
    "step", [Step(mover=0, source=0, target=1), Step(mover=0, source=3, target=1)]
)
def test_a_step_that_is_no_improvement_or_no_move_is_refused(step: Step) -> None:
    model = prisoners()
    with pytest.raises(ModelError, match="not a move by which its mover would gain"):
        temptation(model.graph, model.ranks, step, Concept.GMR)


def test_at_most_so_many_temptations_are_looked_at_the_best_first() -> None:
    model = option_model([0, 0, 1], rankings=[[3, 2, 1, 7, 6, 5, 4, 0], list(range(8))])
    every = temptations(model.graph, model.ranks, 0, 0, Concept.SEQ)
    assert temptations(model.graph, model.ranks, 0, 0, Concept.SEQ, most=2) == every[:2]
    assert len(every) == 3
