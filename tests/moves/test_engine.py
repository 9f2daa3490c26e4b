"""What holds for the engine as a whole: what it loads, that it repeats itself, that it shares."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given

from goodoffices.moves.coalitions import coalition_stability, joint_moves
from goodoffices.moves.deterrence import temptations
from goodoffices.moves.equilibria import rank_equilibria
from goodoffices.moves.inverse import fewest_swaps
from goodoffices.moves.reach import opening_steps, reach_from
from goodoffices.moves.stability import Concept, analyse_stability
from tests.moves.models import (
    ELMIRA_NUMBERS,
    GONE,
    Model,
    elmira,
    elmira_of_nine,
    models,
    option_model,
    prisoners,
)

MODULES = [
    "coalitions",
    "deadlock",
    "deterrence",
    "equilibria",
    "forms",
    "graph",
    "groups",
    "inverse",
    "leaving",
    "lens",
    "model",
    "needed",
    "preference",
    "profiles",
    "reach",
    "results",
    "sampled",
    "stability",
    "telling",
    "ways",
    "words",
]


@pytest.mark.parametrize("module", MODULES)
def test_the_compiler_is_loaded_only_when_something_is_worked_out(module: str) -> None:
    code = f"import sys, goodoffices.moves.{module}; print('numba' in sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.strip() == "False"


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_for_and_what_it_offers(module: str) -> None:
    loaded = __import__(f"goodoffices.moves.{module}", fromlist=["__all__"])
    assert loaded.__doc__
    assert loaded.__all__ == sorted(loaded.__all__)
    for name in loaded.__all__:
        assert hasattr(loaded, name)


@given(models())
def test_asking_twice_gives_the_same_answer(model: Model) -> None:
    graph, ranks = model.graph, model.ranks
    first, second = (analyse_stability(graph, ranks) for _ in range(2))
    for concept in Concept:
        assert np.array_equal(first.stable[concept], second.stable[concept])
    for ask in (
        lambda: joint_moves(graph, ranks, 0),
        lambda: opening_steps(graph, ranks, 0, graph.n - 1),
        lambda: temptations(graph, ranks, 0, 0, Concept.SMR),
        lambda: rank_equilibria(graph, ranks, first, 0),
    ):
        assert ask() == ask()


@given(models())
def test_nothing_that_was_given_is_changed(model: Model) -> None:
    ranks = model.ranks.copy()
    layout = [array.copy() for array in model.graph.layout]
    analyse_stability(model.graph, model.ranks)
    reach_from(model.graph, model.ranks, 0, improving=False)
    coalition_stability(model.graph, model.ranks, [0, 1], states=[0])
    temptations(model.graph, model.ranks, 0, 0, Concept.GMR)
    assert np.array_equal(model.ranks, ranks)
    for before, after in zip(layout, model.graph.layout, strict=True):
        assert np.array_equal(before, after)


def test_several_threads_may_ask_about_one_graph() -> None:
    rng = np.random.default_rng(3)
    graph = option_model([0, 0, 1, 1, 2, 2, 3, 3]).graph
    profiles = [np.stack([rng.permutation(graph.n) for _ in range(4)]) for _ in range(8)]
    alone = [analyse_stability(graph, ranks) for ranks in profiles]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda ranks: analyse_stability(graph, ranks), profiles))
    for one, other in zip(alone, together, strict=True):
        for concept in Concept:
            assert np.array_equal(one.stable[concept], other.stable[concept])


def test_results_cannot_be_changed() -> None:
    model = prisoners()
    stability = analyse_stability(model.graph, model.ranks)
    with pytest.raises(FrozenInstanceError):
        stability.stable = {}
    with pytest.raises(TypeError, match="does not support item assignment"):
        stability.stable[Concept.NASH] = np.zeros(1)
    found = fewest_swaps(model.graph, model.ranks, 0, Concept.NASH)
    with pytest.raises(FrozenInstanceError):
        found.fewest = 7


def test_states_taken_as_one_are_as_stable_as_each_of_them_was() -> None:
    whole, (nine, ranks) = elmira(), elmira_of_nine()
    one = analyse_stability(nine, ranks)
    each = analyse_stability(whole.graph, whole.ranks)
    for concept in Concept:
        for state in {*ELMIRA_NUMBERS, *GONE}:
            merged = nine.index(8 if state in GONE else state)
            before = each.stable[concept][:, whole.graph.index(state)]
            assert np.array_equal(one.stable[concept][:, merged], before)


def test_the_concepts_run_from_the_most_to_the_least_demanding() -> None:
    assert [concept.value for concept in Concept] == ["nash", "sseq", "seq", "smr", "gmr"]
    assert [concept for concept in Concept if concept.credible] == [Concept.SSEQ, Concept.SEQ]
    assert [concept for concept in Concept if concept.symmetric] == [Concept.SSEQ, Concept.SMR]
