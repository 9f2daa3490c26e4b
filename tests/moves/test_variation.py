from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.moves._variation import Crossings, Reorderings, Swaps, Unchanged, Variants
from goodoffices.moves.preference import ranking_of, ranks_from_statements

MANY = 10**6


def inversions(order: tuple[int, ...]) -> int:
    return sum(a > b for j, a in enumerate(order) for b in order[j + 1 :])


def orders(variants: Variants | None) -> list[tuple[int, ...]]:
    assert variants is not None
    assert len(variants) == len(variants.rows) == len(variants.orders)
    return [tuple(order) for order in variants.orders.tolist()]


def moved(order: tuple[int, ...]) -> int:
    """The fewest things to take out and put elsewhere: all but a longest rising subsequence."""
    longest = []
    for j, item in enumerate(order):
        longest.append(1 + max((longest[k] for k in range(j) if order[k] < item), default=0))
    return len(order) - max(longest, default=0)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_swaps_yield_every_ranking_once_at_its_distance(size: int) -> None:
    way = Swaps(np.arange(size, dtype=np.int32))
    for distance in range(way.deepest + 1):
        found = orders(way.at(distance, MANY))
        expected = {o for o in permutations(range(size)) if inversions(o) == distance}
        assert set(found) == expected
        assert len(found) == len(expected)
    assert way.deepest == size * (size - 1) // 2


def test_a_swap_changes_the_ranks_as_its_order_says() -> None:
    # Ranked 2, then 0 and 3 tied, then 1: three places.
    variants = Swaps(np.array([1, 0, 2, 1], np.int32)).at(1, MANY)
    assert variants is not None
    assert dict(zip(orders(variants), map(ranking_of, variants.rows), strict=True)) == {
        (1, 0, 2): ((0, 3), (2,), (1,)),
        (0, 2, 1): ((2,), (1,), (0, 3)),
    }


@pytest.mark.parametrize("place", range(5))
def test_crossings_are_the_nearest_rankings_for_each_set_of_states_that_drop(place: int) -> None:
    size = 5
    way = Crossings(np.arange(size - 1, -1, -1, dtype=np.int32), place, np.arange(size))
    nearest: dict[frozenset[int], int] = {}
    for order in permutations(range(size)):
        above = frozenset(order[: order.index(place)])
        if above <= set(range(place)):
            nearest[above] = min(nearest.get(above, size * size), inversions(order))
    found: dict[frozenset[int], int] = {}
    for distance in range(size * size):
        variants = way.at(distance, MANY)
        assert variants is not None
        for order, row in zip(orders(variants), variants.rows, strict=True):
            assert inversions(order) == distance
            assert sum(ranking_of(row), ()) == order
            found[frozenset(order[: order.index(place)])] = distance
    assert found == nearest


def test_moving_the_target_to_the_top_always_drops_all_others() -> None:
    way = Crossings(np.array([3, 1, 0, 2], np.int32), 1, np.arange(4))
    assert way.deepest == 2
    assert way.surest is not None
    assert [ranking_of(row) for row in way.surest.rows] == [((1,), (0,), (3,), (2,))]
    last = way.at(way.deepest, MANY)
    assert last is not None
    assert orders(way.surest)[0] in orders(last)


def test_only_states_that_can_be_moved_to_need_to_drop() -> None:
    # Of the states above state 4, only 2 can be moved to; to take 3 along costs no more.
    way = Crossings(np.array([4, 3, 2, 1, 0], np.int32), 4, np.array([2]))
    assert way.surest is not None
    assert [ranking_of(row) for row in way.surest.rows] == [
        ((0,), (1,), (3,), (4,), (2,)),
        ((0,), (1,), (4,), (2,), (3,)),
    ]
    assert {inversions(order) for order in orders(way.surest)} == {way.deepest} == {2}


@pytest.mark.parametrize("size", [0, 1, 2, 4, 5])
def test_reorderings_yield_every_order_once_at_its_distance(size: int) -> None:
    rng = np.random.default_rng(1)
    truths = list(rng.integers(0, 2, (size, 4)).astype(bool)) or [np.zeros(4, bool)]
    way = Reorderings(truths)
    every = list(permutations(range(len(truths))))
    for distance in range(way.deepest + 1):
        found = orders(way.at(distance, MANY))
        assert sorted(found) == [order for order in every if moved(order) == distance]


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=4))
def test_reordered_statements_rank_as_if_written_in_that_order(truths: list[list[bool]]) -> None:
    columns = {f"s{j}": np.array(truth) for j, truth in enumerate(truths)}
    variants = Reorderings(list(columns.values())).at(1 if len(truths) > 1 else 0, MANY)
    assert variants is not None
    for order, row in zip(orders(variants), variants.rows, strict=True):
        expected = ranks_from_statements([f"s{j}" for j in order], columns)
        assert row.tolist() == expected.tolist()


def test_statements_too_many_for_one_number_are_reordered_as_well() -> None:
    rng = np.random.default_rng(2)
    truths = [*rng.integers(0, 2, (3, 6)).astype(bool), *np.zeros((70, 6), bool)]
    few, many = Reorderings(truths[:3]).at(1, MANY), Reorderings(truths).at(1, 10_000)
    assert few is not None
    assert many is not None
    rows = {tuple(row) for row in many.rows.tolist()}
    assert {tuple(row) for row in few.rows.tolist()} <= rows


def test_more_than_may_be_looked_at_is_said_before_it_is_made() -> None:
    big = np.arange(200, dtype=np.int32)
    assert Swaps(big).at(50, MANY) is None
    assert Crossings(big, 0, np.arange(200)).at(90, 1000) is None
    assert Reorderings([np.zeros(2, bool)] * 12).at(3, 1000) is None


def test_long_rankings_change_near_by_without_deep_recursion() -> None:
    variants = Swaps(np.arange(1200, dtype=np.int32)).at(1, MANY)
    assert variants is not None
    assert len(variants) == 1199
    assert all(inversions(tuple(order)) == 1 for order in variants.orders[:3].tolist())


def test_unchanged_preferences_have_one_form() -> None:
    way = Unchanged(np.array([0, 2, 1, 1], np.int32))
    variants = way.at(0, 1)
    assert variants is not None
    assert variants.rows.tolist() == [[0, 2, 1, 1]]
    assert orders(variants) == [(0, 1, 2)]
    assert way.deepest == 0
