from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves.preference import ranking_of, ranks_from_ranking
from goodoffices.moves.profiles import reorderings, tabulate_profiles
from goodoffices.moves.stability import Concept
from tests.moves import oracle
from tests.moves.models import Model, models, prisoners, syria_iraq

SECOND = 1
"""The second feasible state, pattern YNN: Syria releases water, Iraq does not attack."""


def test_the_syria_iraq_inverse_counts() -> None:
    """Of Syria's 720 strict rankings, target 2; a published 420 for SEQ is wrong: it is 384."""
    model = syria_iraq()
    table = tabulate_profiles(model.graph, SECOND, [reorderings(model.ranks[0]), model.ranks[1]])
    assert table.equilibrium[Concept.NASH].shape == (720, 1)
    counts = {concept: table.count(concept) for concept in Concept}
    assert counts[Concept.NASH] == 240
    assert counts[Concept.SEQ] == 384
    assert counts[Concept.SMR] == 300
    assert counts[Concept.GMR] == 384


def test_both_sides_rankings_may_vary_at_once() -> None:
    model = syria_iraq()
    both = [reorderings(model.ranks[0]), reorderings(model.ranks[1], 1)]
    table = tabulate_profiles(model.graph, SECOND, both)
    assert table.equilibrium[Concept.SEQ].shape == (720, 120)
    rng = np.random.default_rng(2)
    for a, b in zip(rng.integers(0, 720, 60), rng.integers(0, 120, 60), strict=True):
        ranks = [both[0][a].tolist(), both[1][b].tolist()]
        for concept in Concept:
            expected = all(oracle.stable(model.R, ranks, i, SECOND, concept) for i in range(2))
            assert table.equilibrium[concept][a, b] == expected


@given(models(), st.data())
def test_a_table_says_of_every_combination_what_the_definitions_say(
    model: Model, data: st.DataObject
) -> None:
    n, target = model.graph.n, data.draw(st.integers(0, model.graph.n - 1))
    row = st.lists(st.integers(0, 3), min_size=n, max_size=n)
    rankings = [data.draw(st.lists(row, min_size=1, max_size=3)) for _ in model.R]
    table = tabulate_profiles(model.graph, target, rankings)
    for picks in product(*(range(len(part)) for part in rankings)):
        ranks = [part[j] for part, j in zip(rankings, picks, strict=True)]
        for concept in Concept:
            expected = all(
                oracle.stable(model.R, ranks, i, target, concept) for i in range(len(ranks))
            )
            assert table.equilibrium[concept][picks] == expected


def test_reorderings_are_all_orders_of_the_places_named() -> None:
    rows = reorderings([3, 2, 1, 0], 1, 3)
    assert [ranking_of(row) for row in rows] == [
        ((0,), (1,), (2,), (3,)),
        ((0,), (2,), (1,), (3,)),
    ]
    assert len({tuple(row) for row in reorderings(range(6)).tolist()}) == 720


def test_tied_states_stay_together_in_reorderings() -> None:
    rows = reorderings(ranks_from_ranking([0, [1, 2]], range(3)))
    assert [ranking_of(row) for row in rows] == [((0,), (1, 2)), ((1, 2), (0,))]


def test_without_places_there_is_one_order() -> None:
    assert reorderings([1, 0], 1, 1).tolist() == [[1, 0]]


def test_too_many_orders_or_combinations_are_refused_at_once() -> None:
    with pytest.raises(ModelError, match="30 places have more than 1,000,000 orders; vary fewer"):
        reorderings(range(30))
    model = prisoners()
    every = reorderings(range(4))
    with pytest.raises(ModelError, match="576 combinations; at most 500; vary fewer"):
        tabulate_profiles(model.graph, 0, [every, every], most=500)


def test_there_is_one_set_of_rankings_per_decision_maker_over_all_states() -> None:
    model = prisoners()
    with pytest.raises(ModelError, match="rankings: 1 sets for 2 decision makers"):
        tabulate_profiles(model.graph, 0, [reorderings(range(4))])
    with pytest.raises(ModelError, match=r"rankings\.1: 3 columns for 4 states"):
        tabulate_profiles(model.graph, 0, [reorderings(range(4)), reorderings(range(3))])
