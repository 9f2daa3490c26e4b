import json
from pathlib import Path

import numpy as np
import pytest

from goodoffices.errors import ModelError
from goodoffices.moves.graph import from_options
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves import matrix
from tests.moves.models import (
    ELMIRA_NUMBERS,
    Model,
    arc_model,
    chicken,
    elmira,
    elmira_of_nine,
    number,
    option_model,
    prisoners,
    syria_iraq,
)

CONFLICTS = ["Prisoners", "SyriaIraq", "Cuban", "Elmira", "Garrison", "chicken"]


def published(shared_data: Path, name: str) -> tuple[Model, dict[str, dict[str, list[int]]]]:
    """A conflict of the shared data, and its stability there by decision maker."""
    every = json.loads((shared_data / "gmcr" / "conflicts.json").read_text(encoding="utf-8"))
    one = next(conflict for conflict in every if conflict["name"] == name)
    owner = {option: i for i, own in enumerate(one["owners"]) for option in own}
    model = option_model(
        [owner[k] for k in range(len(one["options"]))],
        one["direction"],
        one["infeasible"],
        one["rankings_decimal_most_to_least"],
    )
    assert model.graph.states.tolist() == one["feasible_decimal"]
    return model, one["computed_stability"]


def numbers(model: Model, concept: Concept) -> list[int]:
    stability = analyse_stability(model.graph, model.ranks)
    return model.graph.states[stability.equilibria(concept)].tolist()


@pytest.mark.parametrize("name", CONFLICTS)
def test_published_conflicts_have_the_stability_of_the_literal_definitions(
    shared_data: Path, name: str
) -> None:
    """Per decision maker and state; computed twice from the definitions in gmcr/conflicts.json."""
    model, expected = published(shared_data, name)
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        for i, row in enumerate(stability.stable[concept]):
            assert model.graph.states[row].tolist() == expected[concept][str(i)]


@pytest.mark.parametrize("name", CONFLICTS)
def test_the_matrix_form_agrees_on_published_conflicts(shared_data: Path, name: str) -> None:
    model, _ = published(shared_data, name)
    J = [np.zeros((model.graph.n,) * 2, np.int64) for _ in model.R]
    for reach, row in zip(J, model.R, strict=True):
        for s, reached in enumerate(row):
            reach[s, sorted(reached)] = 1
    stability = analyse_stability(model.graph, model.ranks)
    for concept in Concept:
        assert np.array_equal(stability.stable[concept], matrix.stable(J, model.ranks, concept))


def test_elmira_with_nine_states_has_the_published_equilibria() -> None:
    """Hipel et al. (1993): 5, 8 and 9 under all four; 1 and 4 only under GMR and SMR."""
    graph, ranks = elmira_of_nine()
    name = {graph.index(state): j for j, state in enumerate(ELMIRA_NUMBERS, start=1)}
    stability = analyse_stability(graph, ranks)
    found = {concept: {name[s] for s in stability.equilibria(concept)} for concept in Concept}
    assert found[Concept.NASH] == found[Concept.SEQ] == found[Concept.SSEQ] == {5, 8, 9}
    assert found[Concept.GMR] == found[Concept.SMR] == {1, 4, 5, 8, 9}


def test_the_prisoners_dilemma_has_one_nash_equilibrium_and_quiet_is_sequentially_stable() -> None:
    assert numbers(prisoners(), Concept.NASH) == [number("NN")]
    for concept in (Concept.GMR, Concept.SMR, Concept.SEQ, Concept.SSEQ):
        assert numbers(prisoners(), concept) == [number("NN"), number("YY")]


def test_chicken_has_two_nash_equilibria_and_compromise_is_metarational() -> None:
    assert numbers(chicken(), Concept.NASH) == numbers(chicken(), Concept.SEQ) == [1, 2]
    assert numbers(chicken(), Concept.GMR) == numbers(chicken(), Concept.SMR) == [1, 2, 3]


def test_whoever_answers_credibly_gains_by_its_own_move() -> None:
    graph = arc_model([[{1}, set(), set()], [set(), {2}, set()]], []).graph
    stability = analyse_stability(graph, [[1, 2, 0], [1, 1, 1]])
    assert stability.stable[Concept.GMR][0, 0]
    assert not stability.stable[Concept.SEQ][0, 0]


def test_an_answer_that_the_mover_escapes_is_not_symmetric() -> None:
    graph = arc_model([[{1}, set(), {3}, set()], [set(), {2}, set(), set()]], []).graph
    stability = analyse_stability(graph, [[1, 2, 0, 3], [0, 0, 1, 0]])
    assert stability.stable[Concept.GMR][0, 0]
    assert stability.stable[Concept.SEQ][0, 0]
    assert not stability.stable[Concept.SMR][0, 0]
    assert not stability.stable[Concept.SSEQ][0, 0]


def test_nobody_moves_twice_in_succession() -> None:
    # The only sequence that answers is 1 -> 2 -> 3, both moves by the same opponent.
    graph = arc_model([[{1}, set(), set(), set()], [set(), {2}, {3}, set()]], []).graph
    stability = analyse_stability(graph, [[1, 2, 3, 0], [0, 1, 2, 3]])
    assert not stability.stable[Concept.GMR][0, 0]


def test_one_decision_maker_alone_is_stable_where_it_is_best_off() -> None:
    graph = option_model([0, 0]).graph
    stability = analyse_stability(graph, [[0, 3, 1, 3]])
    for concept in Concept:
        assert stability.equilibria(concept).tolist() == [1, 3]


def test_only_the_concepts_asked_for_are_worked_out() -> None:
    model = prisoners()
    stability = analyse_stability(model.graph, model.ranks, [Concept.GMR, Concept.NASH])
    assert list(stability.stable) == [Concept.NASH, Concept.GMR]


def test_progress_runs_to_one() -> None:
    model, seen = prisoners(), []
    analyse_stability(model.graph, model.ranks, progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) == 10
    assert seen[-1] == 1.0


def test_preferences_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(ModelError, match="give whole numbers of shape"):
        analyse_stability(prisoners().graph, [[0, 1]])


def test_the_order_of_decision_makers_and_options_does_not_matter() -> None:
    model = elmira()
    options = model.graph.options
    # Bits move with their options: option k stands at place 4 - k.
    turned = from_options(
        model.graph.decision_makers[::-1],
        options[::-1],
        infeasible=[p[::-1] for p in ("-YY--", "-Y-Y-", "--YY-", "-NNN-")],
    )
    place = [turned.index(number(model.graph.pattern(s)[::-1])) for s in range(model.graph.n)]
    ranks = np.empty_like(model.ranks)
    ranks[:, place] = model.ranks[::-1]
    one, other = analyse_stability(model.graph, model.ranks), analyse_stability(turned, ranks)
    for concept in Concept:
        assert np.array_equal(one.stable[concept][::-1], other.stable[concept][:, place])


def test_syria_and_iraq_have_one_nash_equilibrium() -> None:
    """GMCR+ guide: escalation answered by attack (pattern NYY) is the only Nash equilibrium."""
    assert numbers(syria_iraq(), Concept.NASH) == [number("NYY")]
    assert numbers(syria_iraq(), Concept.GMR) == [0, number("NYY")]
