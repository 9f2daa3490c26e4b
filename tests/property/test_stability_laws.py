"""Laws of stability, and the fast answer beside the literal definitions on random models."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.moves.coalitions import coalition_stability, joint_moves
from goodoffices.moves.deterrence import temptations
from goodoffices.moves.reach import reach_from
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves import matrix, oracle
from tests.moves.models import Model, arc_model, arc_models, models, option_models

INSIDE = [("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr")]


@given(models())
def test_stability_is_what_the_definitions_say(model: Model) -> None:
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        expected = [
            [oracle.stable(model.R, model.ranks, i, s, concept) for s in range(model.graph.n)]
            for i in range(len(model.R))
        ]
        assert stability.stable[concept].tolist() == expected


@given(st.one_of(option_models(most_options=4, most=3), arc_models(most_states=6, most=3)))
def test_stability_is_what_the_matrix_form_says(model: Model) -> None:
    J = [np.zeros((model.graph.n,) * 2, np.int64) for _ in model.R]
    for reach, row in zip(J, model.R, strict=True):
        for s, reached in enumerate(row):
            reach[s, sorted(reached)] = 1
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        assert np.array_equal(stability.stable[concept], matrix.stable(J, model.ranks, concept))


@pytest.mark.parametrize(("inner", "outer"), INSIDE)
@given(model=models())
def test_whatever_is_stable_in_the_stronger_sense_is_in_the_weaker(
    inner: str, outer: str, model: Model
) -> None:
    stability = analyse_stability(model.graph, model.ranks)
    assert (stability.stable[Concept(inner)] <= stability.stable[Concept(outer)]).all()


@given(models())
def test_only_the_order_of_preferences_counts(model: Model) -> None:
    plain = analyse_stability(model.graph, model.ranks)
    stretched = analyse_stability(model.graph, model.ranks.astype(np.int64) ** 3 * 10 - 7)
    for concept in Concept:
        assert np.array_equal(plain.stable[concept], stretched.stable[concept])


@given(models(), st.randoms(use_true_random=False))
def test_the_order_of_decision_makers_does_not_count(model: Model, random: object) -> None:
    order = list(range(len(model.R)))
    random.shuffle(order)
    stability = analyse_stability(model.graph, model.ranks)
    R = [model.R[i] for i in order]
    for concept in Concept:
        for place, i in enumerate(order):
            for s in range(model.graph.n):
                expected = oracle.stable(R, model.ranks[order], place, s, concept)
                assert stability.stable[concept][i, s] == expected


@given(models())
def test_a_state_that_everybody_likes_best_is_a_nash_equilibrium(model: Model) -> None:
    ranks = model.ranks.copy()
    ranks[:, 0] = ranks.max() + 1
    assert 0 in analyse_stability(model.graph, ranks, [Concept.NASH]).equilibria(Concept.NASH)


@given(models())
def test_a_coalition_of_one_is_a_decision_maker(model: Model) -> None:
    stability = analyse_stability(model.graph, model.ranks)
    for i in range(len(model.R)):
        for gain in ("strict", "pareto"):
            single = coalition_stability(model.graph, model.ranks, [i], gain=gain)
            for concept in Concept:
                # By a legal sequence of one alone, one moves once.
                assert np.array_equal(single.stable[concept], stability.stable[concept][i])


@given(models(), st.sampled_from(list(Concept)))
def test_a_state_is_stable_if_and_only_if_every_temptation_is_deterred(
    model: Model, concept: Concept
) -> None:
    stability = analyse_stability(model.graph, model.ranks)
    for i in range(len(model.R)):
        for s in range(model.graph.n):
            found = temptations(model.graph, model.ranks, s, i, concept)
            assert stability.stable[concept][i, s] == all(one.deterred for one in found)


@given(models())
def test_a_model_by_options_is_the_same_as_its_moves_one_by_one(model: Model) -> None:
    single = arc_model(model.R, model.ranks.tolist())
    by_options = analyse_stability(model.graph, model.ranks)
    by_arcs = analyse_stability(single.graph, model.ranks)
    for concept in Concept:
        assert np.array_equal(by_options.stable[concept], by_arcs.stable[concept])


@given(arc_models(), st.data())
def test_renaming_states_renames_the_stable_ones(model: Model, data: st.DataObject) -> None:
    n = model.graph.n
    name = data.draw(st.permutations(range(n)))
    R = [[set() for _ in range(n)] for _ in model.R]
    for i, row in enumerate(model.R):
        for s, reached in enumerate(row):
            R[i][name[s]] = {name[t] for t in reached}
    ranks = np.empty_like(model.ranks)
    ranks[:, name] = model.ranks
    renamed = arc_model(R, ranks.tolist())
    before = analyse_stability(model.graph, model.ranks)
    after = analyse_stability(renamed.graph, ranks)
    for concept in Concept:
        assert np.array_equal(before.stable[concept], after.stable[concept][:, name])


@given(arc_models())
def test_somebody_without_moves_is_always_stable_and_changes_nothing(model: Model) -> None:
    n = model.graph.n
    idle = [set() for _ in range(n)]
    ranks = np.vstack([model.ranks, np.arange(n)])
    wider = arc_model([*model.R, idle], ranks.tolist())
    before = analyse_stability(model.graph, model.ranks)
    after = analyse_stability(wider.graph, ranks)
    for concept in Concept:
        assert after.stable[concept][-1].all()
        assert np.array_equal(after.stable[concept][:-1], before.stable[concept])


@given(models(), st.data())
def test_whoever_finds_all_states_equal_is_stable_everywhere(
    model: Model, data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(model.R) - 1))
    ranks = model.ranks.copy()
    ranks[i] = 0
    stability = analyse_stability(model.graph, ranks)
    for concept in Concept:
        assert stability.stable[concept][i].all()


@given(models(), st.data())
def test_a_state_that_rises_in_ones_own_ranking_stays_stable_for_one(
    model: Model, data: st.DataObject
) -> None:
    # The law that lets the search for the least change look only at what drops below the target.
    i = data.draw(st.integers(0, len(model.R) - 1))
    s = data.draw(st.integers(0, model.graph.n - 1))
    raised = model.ranks.copy()
    raised[i] *= 2
    raised[i, s] += data.draw(st.integers(0, 2 * int(model.ranks.max()) + 2))
    before = analyse_stability(model.graph, model.ranks)
    after = analyse_stability(model.graph, raised)
    for concept in Concept:
        assert before.stable[concept][i, s] <= after.stable[concept][i, s]


@given(arc_models(), st.data())
def test_whoever_can_do_less_is_stable_where_it_was(model: Model, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(model.R) - 1))
    R = [list(row) for row in model.R]
    R[i] = [data.draw(st.sets(st.sampled_from(sorted(r)))) if r else set() for r in R[i]]
    fewer = arc_model(R, model.ranks.tolist())
    before = analyse_stability(model.graph, model.ranks)
    after = analyse_stability(fewer.graph, model.ranks)
    for concept in Concept:
        assert (before.stable[concept][i] <= after.stable[concept][i]).all()


@given(arc_models(), st.data())
def test_whoevers_opponents_can_do_more_is_deterred_where_it_was(
    model: Model, data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(model.R) - 1))
    extra = st.sets(st.integers(0, model.graph.n - 1), max_size=2)
    R = [
        [reached if k == i else reached | data.draw(extra) - {s} for s, reached in enumerate(row)]
        for k, row in enumerate(model.R)
    ]
    more = arc_model(R, model.ranks.tolist())
    before = analyse_stability(model.graph, model.ranks)
    after = analyse_stability(more.graph, model.ranks)
    for concept in Concept:
        assert (before.stable[concept][i] <= after.stable[concept][i]).all()


@given(arc_models(most=2))
def test_against_one_opponent_an_answer_is_one_move(model: Model) -> None:
    stable = analyse_stability(model.graph, model.ranks).stable
    for i, (own, other) in enumerate([(0, 1), (1, 0)]):
        rank, theirs = model.ranks[own], model.ranks[other]
        for s in range(model.graph.n):
            gains = [t for t in model.R[own][s] if rank[t] > rank[s]]
            answers = [[u for u in model.R[other][t] if rank[u] <= rank[s]] for t in gains]
            credible = [
                [u for u in some if theirs[u] > theirs[t]]
                for t, some in zip(gains, answers, strict=True)
            ]
            assert stable[Concept.GMR][i, s] == all(map(bool, answers))
            assert stable[Concept.SEQ][i, s] == all(map(bool, credible))


@given(arc_models())
def test_a_state_without_exits_is_an_equilibrium(model: Model) -> None:
    R = [[set() if s == 0 else reached for s, reached in enumerate(row)] for row in model.R]
    closed = arc_model(R, model.ranks.tolist())
    stability = analyse_stability(closed.graph, model.ranks)
    for concept in Concept:
        assert 0 in stability.equilibria(concept)


@given(models())
def test_improvements_lead_out_of_a_state_unless_it_is_a_nash_equilibrium(model: Model) -> None:
    nash = analyse_stability(model.graph, model.ranks, [Concept.NASH]).for_all(Concept.NASH)
    for s in range(model.graph.n):
        reach = reach_from(model.graph, model.ranks, s)
        assert nash[s] == (set(np.flatnonzero(reach.steps >= 0)) == {s})


@given(models(), st.data())
def test_whatever_improvements_reach_moves_reach_in_no_more_steps(
    model: Model, data: st.DataObject
) -> None:
    s = data.draw(st.integers(0, model.graph.n - 1))
    near = reach_from(model.graph, model.ranks, s).steps
    far = reach_from(model.graph, model.ranks, s, improving=False).steps
    by_improvements = near >= 0
    assert (far[by_improvements] >= 0).all()
    assert (far[by_improvements] <= near[by_improvements]).all()


@pytest.mark.parametrize(("inner", "outer"), INSIDE)
@given(model=models(), data=st.data())
def test_the_same_laws_hold_for_coalitions(
    inner: str, outer: str, model: Model, data: st.DataObject
) -> None:
    members = data.draw(st.sets(st.integers(0, len(model.R) - 1), min_size=2))
    gain = data.draw(st.sampled_from(["strict", "pareto"]))
    found = coalition_stability(model.graph, model.ranks, members, gain=gain).stable
    assert (found[Concept(inner)] <= found[Concept(outer)]).all()


@given(models(), st.data())
def test_a_coalition_that_stays_for_want_of_any_gain_stays_for_want_of_a_strict_one(
    model: Model, data: st.DataObject
) -> None:
    members = data.draw(st.sets(st.integers(0, len(model.R) - 1), min_size=1))
    strict, pareto = (
        coalition_stability(model.graph, model.ranks, members, gain=gain).stable[Concept.NASH]
        for gain in ("strict", "pareto")
    )
    assert (pareto <= strict).all()


@given(models(), st.data())
def test_a_coalition_has_a_joint_move_where_it_is_not_nash_stable(
    model: Model, data: st.DataObject
) -> None:
    s = data.draw(st.integers(0, model.graph.n - 1))
    everybody = range(len(model.R))
    whole = coalition_stability(model.graph, model.ranks, everybody, states=[s])
    single = analyse_stability(model.graph, model.ranks, [Concept.NASH]).stable[Concept.NASH]
    if joint_moves(model.graph, model.ranks, s):
        pairs = [
            coalition_stability(model.graph, model.ranks, move.members, states=[s])
            for move in joint_moves(model.graph, model.ranks, s)
        ]
        assert not any(pair.stable[Concept.NASH][0] for pair in pairs)
    elif single[:, s].all():
        assert whole.stable[Concept.NASH][0]
