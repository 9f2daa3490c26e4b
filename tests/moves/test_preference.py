import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.moves.preference import (
    profile,
    ranking_of,
    ranks_from_numbers,
    ranks_from_ranking,
    ranks_from_statements,
)
from tests.moves.models import prisoners


def test_the_first_of_a_ranking_has_the_highest_rank() -> None:
    assert ranks_from_ranking([4, 2, 7], [2, 4, 7]).tolist() == [1, 2, 0]


def test_states_in_a_list_within_the_ranking_are_tied() -> None:
    assert ranks_from_ranking([2, [0, 3], (1,)], range(4)).tolist() == [1, 0, 2, 1]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_a_ranking_read_back_is_the_same(levels: list[int]) -> None:
    ranks = ranks_from_numbers(levels)
    assert ranks_from_ranking(ranking_of(ranks), range(len(levels))).tolist() == ranks.tolist()


@given(st.lists(st.sampled_from([-1.5, 0.0, 0.25, 7.0]), min_size=1, max_size=9))
def test_ranks_of_numbers_order_states_as_the_numbers_do(values: list[float]) -> None:
    ranks = ranks_from_numbers(values)
    for a, b in zip(values, ranks, strict=True):
        for c, d in zip(values, ranks, strict=True):
            assert (a < c) == (b < d)
    assert set(ranks.tolist()) == set(range(len(set(values))))


def test_numbers_within_the_tolerance_are_tied() -> None:
    assert ranks_from_numbers([0.1 + 0.7, 0.8, 1.0]).tolist() == [0, 1, 2]
    assert ranks_from_numbers([0.1 + 0.7, 0.8, 1.0], tolerance=1e-9).tolist() == [0, 0, 1]


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=6))
def test_statements_rank_states_as_tuples_of_truths_would(truths: list[list[bool]]) -> None:
    columns = {f"s{j}": np.array(truth) for j, truth in enumerate(truths)}
    ranks = ranks_from_statements(list(columns), columns)
    keys = list(zip(*truths, strict=True))
    expected = [sorted(set(keys)).index(key) for key in keys]
    assert ranks.tolist() == expected


def test_eighty_statements_do_not_overflow() -> None:
    # Weights of 2^k run past 64 bits: the 80th statement would then outweigh the first, or vanish.
    columns = {f"s{k}": np.arange(81) == k for k in range(80)}
    ranks = ranks_from_statements(list(columns), columns)
    assert ranks.tolist() == list(range(80, -1, -1))


def test_statements_that_never_hold_or_always_hold_change_nothing() -> None:
    columns = {"a": np.array([False, True]), "none": np.zeros(2, bool), "all": np.ones(2, bool)}
    assert ranks_from_statements(["none", "a", "all"], columns).tolist() == [0, 1]


def test_without_statements_all_states_are_tied() -> None:
    assert ranks_from_statements([], {"a": np.array([False, True])}).tolist() == [0, 0]


def test_elmira_like_statements_with_conditions() -> None:
    graph = prisoners().graph
    # The row side first wants the other to keep quiet, then to talk itself.
    ranks = ranks_from_statements(["o1", "not o0 if o1", "not o0"], graph.columns())
    assert ranking_of(ranks) == ((2,), (3,), (0,), (1,))


def test_a_profile_has_no_gaps() -> None:
    graph = prisoners().graph
    rows = profile(graph, [[10, -5, 10, 7], [2**40, 0, 2**41, 5]])
    assert rows.tolist() == [[2, 0, 2, 1], [2, 0, 3, 1]]


@pytest.mark.parametrize(
    ("ranking", "message"),
    [
        ([0, 1, 9], "r: 9 is not a feasible state; take it out"),
        ([0, 1, 1, 2], "r: state 1 stands there twice; take one out"),
        ([0], r"r: 2 states are missing \(1, 2\); rank them too"),
    ],
)
def test_a_ranking_holds_every_state_once(ranking: list[int], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        ranks_from_ranking(ranking, [0, 1, 2], "r")


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_must_be_finite(bad: float) -> None:
    with pytest.raises(ModelError, match=r"numbers: state 1 has (nan|inf); write a finite number"):
        ranks_from_numbers([0.0, bad])


def test_a_statement_that_cannot_be_read_is_found_by_its_place() -> None:
    with pytest.raises(ModelError, match=r'west\.2: "c" is not an option'):
        ranks_from_statements(["a", "c"], {"a": np.array([True])}, "west")


@pytest.mark.parametrize("ranks", [[[0, 1, 2, 3]], [[0.5] * 4] * 2, [0, 1, 2, 3]])
def test_a_profile_has_a_row_per_decision_maker_and_a_column_per_state(ranks: list[object]) -> None:
    with pytest.raises(ModelError, match=r"preferences: .* give whole numbers of shape \(2, 4\)"):
        profile(prisoners().graph, ranks)
