"""Laws of the exact frontier, against a search through all packages and against itself."""

import math

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from goodoffices.deals.frontier import (
    TOLERANCE,
    Frontier,
    count_acceptable,
    frontier,
    keys,
    undominated,
)
from tests.deals import frontier_oracle as oracle

Tables = list[list[list[float]]]

# Few distinct numbers, so that ties abound; tenths and thirds, whose sums depend on their order.
WHOLE = st.integers(0, 3).map(float)
TENTHS = st.integers(0, 30).map(lambda n: n / 10)
THIRDS = st.integers(0, 9).map(lambda n: 100 * n / 9)
NOISY = st.tuples(WHOLE, st.sampled_from([0.0, 1e-17, -1e-17, 1e-13])).map(sum)
FREE = st.integers(-(10**9), 10**9).map(lambda n: n / 2**24)
NUMBERS = (WHOLE, TENTHS, THIRDS, NOISY, FREE)


@st.composite
def spaces(draw: st.DrawFn, least: int = 1) -> Tables:
    """One to four blocks for one to five parties, some of which may not care at all."""
    parties = draw(st.integers(1, 5))
    number = draw(st.sampled_from(NUMBERS))
    cares = draw(st.lists(st.booleans(), min_size=parties, max_size=parties))
    row = st.tuples(*(number if care else st.just(0.0) for care in cares)).map(list)
    return draw(st.lists(st.lists(row, min_size=least, max_size=4), min_size=1, max_size=4))


@st.composite
def spaces_with_floors(draw: st.DrawFn) -> tuple[Tables, list[float]]:
    """A space, and for each party no floor or the value of some package."""
    tables = draw(spaces())
    everything = list(oracle.packages(tables))
    floors = []
    for party in range(len(tables[0][0])):
        floor = oracle.value(tables, draw(st.sampled_from(everything)))[party]
        floors.append(draw(st.sampled_from([floor, floor, -math.inf])))
    return tables, floors


def arrays(tables: Tables, parties: int) -> list[np.ndarray]:
    return [np.array(table, dtype=float).reshape(len(table), parties) for table in tables]


def points(found: Frontier) -> dict[oracle.Key, tuple[tuple[int, ...], int]]:
    return {
        oracle.key(values): (tuple(package), ties)
        for values, package, ties in zip(
            found.values.tolist(), found.packages.tolist(), found.ties.tolist(), strict=True
        )
    }


def expected(tables: Tables, floors: list[float] | None = None) -> dict:
    right = oracle.frontier(tables, floors)
    return {key: (tied[0], len(tied)) for key, tied in right.items()}


@given(spaces())
def test_it_is_what_a_search_through_all_packages_finds(tables: Tables) -> None:
    found = frontier(tables)
    assert found.complete
    assert points(found) == expected(tables)
    assert list(points(found)) == sorted(points(found), reverse=True)
    assert len(points(found)) == len(found)


@given(spaces_with_floors())
def test_with_floors_it_is_what_a_search_through_all_packages_finds(
    space: tuple[Tables, list[float]],
) -> None:
    tables, floors = space
    assert points(frontier(tables, floors=floors)) == expected(tables, floors)


@given(spaces_with_floors())
def test_the_count_is_that_of_a_search_through_all_packages(
    space: tuple[Tables, list[float]],
) -> None:
    tables, floors = space
    found = count_acceptable(tables, floors)
    assert found.complete
    assert found.at_least == oracle.count(tables, floors)


@given(spaces(least=0), st.integers(1, 5))
def test_a_block_without_options_leaves_nothing(tables: Tables, parties: int) -> None:
    assume([] in tables)
    parties = next((len(table[0]) for table in tables if table), parties)
    assert len(frontier(arrays(tables, parties))) == 0


@given(spaces_with_floors(), st.data())
def test_refused_options_are_as_good_as_absent(
    space: tuple[Tables, list[float]], data: st.DataObject
) -> None:
    tables, floors = space
    allowed = [data.draw(st.lists(st.booleans(), min_size=len(t), max_size=len(t))) for t in tables]
    right = [
        package
        for package in oracle.packages(tables)
        if all(mask[option] for mask, option in zip(allowed, package, strict=True))
        and oracle.meets(oracle.value(tables, package), floors)
    ]
    masks = [np.array(mask, dtype=bool) for mask in allowed]
    assert count_acceptable(tables, floors, allowed=masks).at_least == len(right)
    found = frontier(tables, floors=floors, allowed=masks)
    assert {tuple(package) for package in found.packages.tolist()} <= set(right)
    assert bool(len(found)) == bool(right)


@given(spaces())
def test_packages_have_the_values_that_stand_beside_them(tables: Tables) -> None:
    found = frontier(tables)
    for values, package in zip(found.values, found.packages, strict=True):
        assert np.allclose(values, oracle.value(tables, package), rtol=0.0, atol=TOLERANCE / 100)


@given(spaces_with_floors(), st.randoms(use_true_random=False))
def test_the_order_of_blocks_only_orders_packages(space, shuffler) -> None:
    tables, floors = space
    order = list(range(len(tables)))
    shuffler.shuffle(order)
    one = frontier(tables, floors=floors)
    other = frontier([tables[b] for b in order], floors=floors)
    assert keys(other.values).tolist() == keys(one.values).tolist()
    assert other.ties.tolist() == one.ties.tolist()


@given(spaces_with_floors(), st.randoms(use_true_random=False))
def test_the_order_of_parties_only_orders_columns(space, shuffler) -> None:
    tables, floors = space
    order = list(range(len(floors)))
    shuffler.shuffle(order)
    one = points(frontier(tables, floors=floors))
    turned = [[[row[p] for p in order] for row in table] for table in tables]
    other = points(frontier(turned, floors=[floors[p] for p in order]))
    assert other == {tuple(key[p] for p in order): point for key, point in one.items()}


@given(spaces(), st.data())
def test_a_party_s_scale_and_zero_do_not_matter(tables: Tables, data: st.DataObject) -> None:
    party = data.draw(st.integers(0, len(tables[0][0]) - 1))
    scale = data.draw(st.sampled_from([0.5, 2.0, 16.0]))
    shift = data.draw(st.integers(-5, 5))
    # Values that differ by less than one unit must not be blown up into a difference.
    near = [[[round(v, 6) for v in row] for row in table] for table in tables]
    moved = [
        [[v * scale + shift if p == party else v for p, v in enumerate(row)] for row in table]
        for table in near
    ]
    one, other = frontier(near), frontier(moved)
    assert other.packages.tolist() == one.packages.tolist()
    assert other.ties.tolist() == one.ties.tolist()


@given(spaces_with_floors(), st.integers(1, 12))
def test_a_bounded_answer_is_within_its_gap(space: tuple[Tables, list[float]], budget: int) -> None:
    tables, floors = space
    found = frontier(tables, floors=floors, budget=budget)
    right = oracle.frontier(tables, floors)
    assert found.complete == (found.gap == 0.0)
    if found.complete:
        assert list(points(found)) == list(right)
    assert undominated(found.values).all()
    assert (keys(found.values) >= keys(floors)).all()
    cleared = [floor + found.gap + TOLERANCE for floor in floors]
    for key, packages in oracle.frontier(tables, cleared).items():
        matched = keys(found.values) >= np.array(key) - found.gap / TOLERANCE - len(tables)
        assert matched.all(axis=1).any(), packages


@given(spaces())
def test_marking_the_undominated_agrees_with_the_frontier(tables: Tables) -> None:
    packages = list(oracle.packages(tables))
    values = np.array([oracle.value(tables, package) for package in packages])
    best = {packages[n] for n in np.flatnonzero(undominated(values))}
    assert best == {p for tied in oracle.frontier(tables).values() for p in tied}


@given(spaces_with_floors(), st.integers(1, 40))
def test_a_bounded_count_holds_the_right_one(space: tuple[Tables, list[float]], limit: int) -> None:
    tables, floors = space
    found = count_acceptable(tables, floors, limit=limit)
    assert found.at_least <= oracle.count(tables, floors) <= found.at_most
