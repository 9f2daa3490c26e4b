import dataclasses
import itertools
import math
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from goodoffices.deals.frontier import (
    TOLERANCE,
    Count,
    count_acceptable,
    frontier,
    keys,
    undominated,
)
from tests.deals import frontier_oracle as oracle

# Six packages for two parties: they are worth (0, 8), (2, 7), (3, 5), (4, 3), (6, 2) and (7, 0).
SMALL = [[[0, 5], [4, 0]], [[0, 3], [2, 2], [3, 0]]]
INF = math.inf


def zero_sum(blocks: int, options: int) -> list[list[list[float]]]:
    """Every package is undominated, and no two are worth the same."""
    return [
        [[float(o * options**b), float(-o * options**b)] for o in range(options)]
        for b in range(blocks)
    ]


def uneven(blocks: int, options: int, parties: int, seed: int = 0) -> list[np.ndarray]:
    source = np.random.default_rng(seed)
    return [source.uniform(0, 10, size=(options, parties)) for _ in range(blocks)]


class Clock:
    """A clock that moves on by one step whenever it is read."""

    def __init__(self, step: float) -> None:
        self.step, self.now, self.reads = step, 0.0, 0

    def __call__(self) -> float:
        self.reads += 1
        self.now += self.step
        return self.now


def test_the_frontier_of_a_small_space_is_read_off_by_hand() -> None:
    found = frontier(SMALL)
    assert found.values.tolist() == [[7, 0], [6, 2], [4, 3], [3, 5], [2, 7], [0, 8]]
    assert found.packages.tolist() == [[1, 2], [1, 1], [1, 0], [0, 2], [0, 1], [0, 0]]
    assert found.ties.tolist() == [1] * 6
    assert (found.complete, found.limit, found.gap) == (True, None, 0.0)
    assert found.ceiling.tolist() == [7, 8]
    assert len(found) == 6


def test_floors_leave_out_packages_that_miss_them() -> None:
    assert frontier(SMALL, floors=[3, 2]).values.tolist() == [[6, 2], [4, 3], [3, 5]]
    assert frontier(SMALL, floors=[-INF, 7]).values.tolist() == [[2, 7], [0, 8]]


def test_a_floor_that_nobody_can_meet_leaves_nothing() -> None:
    for floors in ([5, 5], [8, 0], [INF, 0]):
        found = frontier(SMALL, floors=floors)
        assert len(found) == 0
        assert found.values.shape == (0, 2)
        assert found.packages.shape == (0, 2)
        assert found.complete


def test_a_dominated_package_is_not_on_the_frontier() -> None:
    found = frontier([[[1, 1], [2, 1]], [[0, 0], [1, -1], [0, -1]]])
    assert found.values.tolist() == [[3, 0], [2, 1]]


def test_one_party_takes_its_best_package() -> None:
    found = frontier([[[1], [3]], [[2], [2], [0]]])
    assert found.values.tolist() == [[5]]
    assert found.packages.tolist() == [[1, 0]]
    assert found.ties.tolist() == [2]


def test_one_block_is_enough() -> None:
    found = frontier([[[1, 2], [2, 1], [1, 1], [1, 2]]], floors=[1, 2])
    assert found.values.tolist() == [[1, 2]]
    assert found.packages.tolist() == [[0]]
    assert found.ties.tolist() == [2]


def test_packages_of_equal_value_are_one_point_and_counted() -> None:
    found = frontier([[[0, 1], [1, 0]]] * 4)
    assert found.values.tolist() == [[4, 0], [3, 1], [2, 2], [1, 3], [0, 4]]
    assert found.ties.tolist() == [1, 4, 6, 4, 1]
    assert found.packages.tolist() == [
        [1, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 0, 1, 1],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
    ]


def test_a_block_of_which_nobody_cares_multiplies_the_ties() -> None:
    found = frontier([SMALL[0], [[0, 0]] * 5, SMALL[1]])
    assert found.ties.tolist() == [5] * 6
    assert found.packages[:, 1].tolist() == [0] * 6


def test_more_ties_than_an_integer_holds_are_the_largest_integer() -> None:
    assert frontier([[[0, 0]] * 8] * 20).ties.tolist() == [8**20]
    assert frontier([[[0, 0]] * 8] * 21).ties.tolist() == [2**63 - 1]


def test_an_indifferent_party_changes_nothing() -> None:
    with_third = [[[*row, 0] for row in table] for table in SMALL]
    assert frontier(with_third).packages.tolist() == frontier(SMALL).packages.tolist()


def test_if_nobody_cares_there_is_one_point() -> None:
    found = frontier([[[0, 0, 0]] * 3, [[0, 0, 0]] * 2])
    assert found.values.tolist() == [[0, 0, 0]]
    assert found.ties.tolist() == [6]


def test_a_block_without_options_leaves_nothing() -> None:
    found = frontier([SMALL[0], np.empty((0, 2)), SMALL[1]])
    assert len(found) == 0
    assert found.packages.shape == (0, 3)
    assert found.complete
    assert found.ceiling.tolist() == [-INF, -INF]
    assert count_acceptable([SMALL[0], np.empty((0, 2))], [0, 0]) == Count(at_least=0, at_most=0)


def test_options_that_are_not_allowed_keep_the_indices_of_the_others() -> None:
    """A red line is no value of minus infinity and no shorter table: package indices stay."""
    allowed = [[True, True], [False, True, True]]
    found = frontier(SMALL, allowed=allowed)
    assert found.packages.tolist() == [[1, 2], [1, 1], [0, 2], [0, 1]]
    assert found.values.tolist() == [[7, 0], [6, 2], [3, 5], [2, 7]]
    assert found.ceiling.tolist() == [7, 7]
    assert count_acceptable(SMALL, [0, 0], allowed=allowed).at_least == 4


def test_a_block_of_which_every_option_is_refused_leaves_nothing() -> None:
    allowed = [[True, True], [False, False, False]]
    assert len(frontier(SMALL, allowed=allowed)) == 0
    assert count_acceptable(SMALL, [-INF, -INF], allowed=allowed).at_most == 0


def test_a_walk_away_of_eight_tenths_is_met_by_one_tenth_plus_seven_tenths() -> None:
    tables = [[[0.1, 0.0]], [[0.7, 0.0]]]
    assert 0.1 + 0.7 < 0.8
    assert len(frontier(tables, floors=[0.8, 0.0])) == 1
    assert count_acceptable(tables, [0.8, 0.0]).at_least == 1
    assert len(frontier(tables, floors=[0.8 + 2 * TOLERANCE, 0.0])) == 0
    assert count_acceptable(tables, [0.8 + 2 * TOLERANCE, 0.0]).at_most == 0


def test_thirds_add_up_to_a_whole() -> None:
    tables = [[[100 / 3, 1.0]]] * 3
    assert len(frontier(tables, floors=[100.0, 3.0])) == 1
    assert len(frontier(tables, floors=[100.0 + 1e-8, 3.0])) == 0


def test_the_order_of_a_sum_does_not_part_two_packages() -> None:
    tables = [[[0.1, 0.8], [0.8, 0.1]], [[0.7, 0.0], [0.0, 0.7]]]
    found = frontier(tables)
    assert found.ties.tolist() == [1, 2, 1]
    assert found.packages.tolist() == [[1, 0], [0, 0], [0, 1]]


def test_noise_does_not_keep_two_points_apart() -> None:
    found = frontier([[[0.5, 0.5], [0.5 + 1e-17, 0.5 - 1e-17], [0.5 - 1e-13, 0.5 + 1e-13]]])
    assert found.values.tolist() == [[0.5, 0.5]]
    assert found.ties.tolist() == [3]


def test_a_difference_of_the_tolerance_does_keep_two_points_apart() -> None:
    found = frontier([[[0.5, 0.5], [0.5 + TOLERANCE, 0.5 - TOLERANCE]]])
    assert found.ties.tolist() == [1, 1]


def test_the_order_of_blocks_does_not_matter_where_floors_bind() -> None:
    tables = uneven(5, 3, 3)
    floors = [25.0, 25.0, 25.0]
    right = frontier(tables, floors=floors)
    assert len(right) > 3
    for order in itertools.islice(itertools.permutations(range(5)), 0, 120, 17):
        found = frontier([tables[b] for b in order], floors=floors)
        back = np.argsort(order)
        assert found.packages[:, back].tolist() == right.packages.tolist()


def test_results_are_frozen() -> None:
    found = frontier(SMALL)
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 1.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.gap = 1.0


def test_what_is_passed_in_is_neither_changed_nor_shared() -> None:
    tables = [np.array(table, dtype=float) for table in SMALL]
    for table in tables:
        table.flags.writeable = False
    before = [table.copy() for table in tables]
    found = frontier(tables, floors=np.zeros(2))
    assert all((a == b).all() for a, b in zip(tables, before, strict=True))
    assert not any(np.shares_memory(found.values, table) for table in tables)


def test_tables_of_any_layout_and_kind_of_number_are_read() -> None:
    by_party = [np.asfortranarray(np.array(table, dtype=np.float32)) for table in SMALL]
    assert frontier(by_party).values.tolist() == frontier(SMALL).values.tolist()
    cube = np.array([SMALL[0] * 2, SMALL[0] * 2])
    assert frontier(list(cube[:, ::2])).values.tolist() == [[0.0, 10.0]]


def test_past_its_budget_the_answer_is_bounded_and_says_so() -> None:
    tables = zero_sum(12, 2)
    found = frontier(tables, budget=200)
    assert not found.complete
    assert found.limit == "points"
    assert found.gap > 0
    assert 50 <= len(found) <= 200
    right = frontier(tables)
    assert right.complete
    assert len(right) == 2**12


def test_a_bounded_answer_holds_real_packages_that_do_not_dominate_each_other() -> None:
    tables = uneven(8, 4, 3)
    found = frontier(tables, budget=300)
    assert found.limit == "points"
    sums = sum(table[found.packages[:, b]] for b, table in enumerate(tables))
    assert (keys(sums) == keys(found.values)).all()
    assert undominated(found.values).all()


@pytest.mark.parametrize("budget", [1, 30, 100, 3000])
def test_no_package_exceeds_a_bounded_answer_by_more_than_its_gap(budget: int) -> None:
    tables = uneven(7, 4, 3)
    found, right = frontier(tables, budget=budget), frontier(tables)
    assert (budget == 3000) == found.complete
    # What the nearest point on the list lacks, for the party that it is worst for.
    lacks = (right.values[:, None] - found.values[None]).max(axis=2).min(axis=1)
    assert lacks.max() <= found.gap + TOLERANCE
    assert (found.values <= found.ceiling + TOLERANCE).all()


def test_a_larger_budget_leaves_a_smaller_gap() -> None:
    tables = zero_sum(14, 2)
    gaps = [frontier(tables, budget=budget).gap for budget in (20, 200, 2000, 20000)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] == 0.0


def test_a_bounded_answer_keeps_the_best_for_each_party_and_the_best_in_total() -> None:
    tables = uneven(9, 4, 3)
    found = frontier(tables, budget=100)
    assert not found.complete
    assert np.allclose(found.values.max(axis=0), found.ceiling)
    most = sum(table.sum(axis=1).max() for table in tables)
    assert found.values.sum(axis=1).max() == pytest.approx(most)


def test_a_bounded_answer_meets_the_floors() -> None:
    tables = uneven(8, 4, 3)
    floors = [30.0, 30.0, 30.0]
    found = frontier(tables, floors=floors, budget=200)
    assert not found.complete
    assert (keys(found.values) >= keys(floors)).all()
    # Packages that clear the floors by the gap are matched.
    right = frontier(tables, floors=[floor + found.gap for floor in floors])
    assert len(right) > 10
    for row in right.values:
        assert (found.values >= row - found.gap - TOLERANCE).all(axis=1).any()


def test_the_same_budget_gives_the_same_answer() -> None:
    tables = uneven(8, 4, 4)
    one, other = frontier(tables, budget=500), frontier(tables, budget=500)
    assert one.packages.tolist() == other.packages.tolist()
    assert one.gap == other.gap


def test_a_hundred_parties_are_thinned_too() -> None:
    tables = uneven(4, 5, 100)
    found = frontier(tables, budget=5 * 110)
    assert found.limit == "points"
    assert found.gap > 0
    assert undominated(found.values).all()


def test_a_budget_smaller_than_one_block_still_answers() -> None:
    found = frontier(zero_sum(3, 50), budget=1)
    assert not found.complete
    assert len(found) >= 3


def test_without_a_time_limit_the_clock_is_not_read() -> None:
    clock = Clock(1.0)
    assert frontier(SMALL, clock=clock).complete
    assert clock.reads == 0


def test_a_time_limit_that_is_not_reached_changes_nothing() -> None:
    found = frontier(SMALL, seconds=60.0, clock=Clock(1.0))
    assert found.complete
    assert found.values.tolist() == frontier(SMALL).values.tolist()


def test_when_the_time_is_up_the_answer_is_bounded_and_says_so() -> None:
    tables = zero_sum(16, 2)
    found = frontier(tables, seconds=3.0, clock=Clock(1.0))
    assert found.limit == "seconds"
    assert 0 < len(found) <= 20_000
    assert found.gap > 0


def test_a_time_limit_that_passes_on_a_small_space_costs_nothing() -> None:
    found = frontier(zero_sum(10, 2), seconds=0.0, clock=Clock(1.0))
    assert found.complete
    assert len(found) == 2**10


def test_the_pace_so_far_decides_what_the_time_left_is_good_for() -> None:
    tables = zero_sum(17, 2)
    patient = frontier(tables, seconds=1e9, clock=Clock(1.0))
    assert patient.complete
    # The last block but one takes 1 s for 2**16 sums. When 0.9 s are left, half as many as could
    # be made at this pace are affordable.
    hasty = frontier(tables, seconds=17.9, clock=Clock(1.0))
    assert hasty.limit == "seconds"
    assert 2**13 < len(hasty) <= 0.45 * 2**16


def test_progress_is_told_after_each_block() -> None:
    told: list[tuple[int, int]] = []
    frontier(zero_sum(3, 2), progress=lambda done, blocks: told.append((done, blocks)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_error_in_progress_stops_the_work() -> None:
    def stop(done: int, blocks: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frontier(SMALL, progress=stop)


@pytest.mark.parametrize("find", [frontier, lambda tables: count_acceptable(tables, [0, 0])])
@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ([], "tables: needs at least one block"),
        ([[1.0, 2.0]], r"tables\[0\]: needs rows with a column for each party, got \(2,\)"),
        ([SMALL[0], np.empty((3, 0))], r"tables\[1\]: needs rows .* got \(3, 0\)"),
        ([[[1.0, math.nan]]], r"tables\[0\]: values must be numbers below 9007199 points"),
        ([SMALL[0], [[1.0, -INF]]], r"tables\[1\]: values must be numbers"),
        ([[[1.0, 2.0]], [[1.0]]], "tables: the blocks differ in their number of parties"),
        ([[[5e6, 0.0]], [[5e6, 0.0]]], "tables: sums must stay below 9007199 points"),
    ],
)
def test_tables_that_cannot_be_used_are_refused(
    find: Callable[..., object], tables: list[object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        find(tables)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"floors": [1.0]}, "floors: needs 2 numbers, one for each party"),
        ({"floors": [1.0, math.nan]}, "floors: needs 2 numbers"),
        ({"allowed": [[True, True]]}, "allowed: needs a boolean for each option of each block"),
        ({"allowed": [[True], [True] * 3]}, "allowed: needs a boolean"),
        ({"allowed": [[0, 1], [0, 1, 2]]}, "allowed: needs a boolean"),
        ({"budget": 0}, "budget must be at least 1, got 0"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        frontier(SMALL, **options)


def test_the_acceptable_packages_are_counted() -> None:
    assert count_acceptable(SMALL, [-INF, -INF]) == Count(at_least=6, at_most=6)
    assert count_acceptable(SMALL, [3, 2]) == Count(at_least=3, at_most=3)
    assert count_acceptable(SMALL, [8, 0]) == Count(at_least=0, at_most=0)
    assert count_acceptable(SMALL, [3, 2]).complete


def test_more_packages_than_an_integer_holds_are_counted_exactly() -> None:
    # The floor is met exactly: what no rest can spoil must not be followed up 7**40 times.
    tables = [[[0.0, 1.0]] * 7] * 40
    assert count_acceptable(tables, [0.0, 40.0]).at_least == 7**40
    assert count_acceptable(tables, [0.0, 41.0]).at_most == 0


def test_past_its_limit_a_count_lies_between_two_bounds() -> None:
    tables = [table.tolist() for table in uneven(6, 4, 2)]
    floors = [28.0, 28.0]
    right = oracle.count(tables, floors)
    bounds = [count_acceptable(tables, floors, limit=limit) for limit in (1, 10, 100, 1000, 10**6)]
    assert all(bound.at_least <= right <= bound.at_most for bound in bounds)
    assert [bound.complete for bound in bounds] == [False, False, False, False, True]
    widths = [bound.at_most - bound.at_least for bound in bounds]
    assert widths == sorted(widths, reverse=True)


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="limit must be at least 1, got 0"):
        count_acceptable(SMALL, [0, 0], limit=0)


def test_equal_rows_are_marked_together() -> None:
    assert undominated([[1, 3], [2, 2], [1, 2], [2, 2]]).tolist() == [True, True, False, True]


def test_no_rows_are_no_fault() -> None:
    assert undominated(np.empty((0, 3))).tolist() == []


def test_undominated_rows_are_told_apart_by_keys() -> None:
    assert undominated([[0.8, 1.0], [0.1 + 0.7, 1.0]]).tolist() == [True, True]
    assert undominated([[0.8, 1.0], [0.8 - TOLERANCE, 1.0]]).tolist() == [True, False]


@pytest.mark.parametrize("values", [[1.0, 2.0], np.empty((2, 0)), [[1.0, math.nan]]])
def test_rows_that_cannot_be_compared_are_refused(values: object) -> None:
    with pytest.raises(ValueError, match="values"):
        undominated(values)


def test_keys_are_whole_units_of_the_tolerance() -> None:
    assert keys([0.1 + 0.7, 0.8, 1e-17, -INF]).tolist() == [8e8, 8e8, 0.0, -INF]
    assert keys(1.0).shape == ()


def test_the_module_is_imported_without_the_compiler(root) -> None:
    code = (
        "import sys, importlib.util as u; s = u.spec_from_file_location('f', sys.argv[1]);"
        "m = u.module_from_spec(s); sys.modules['f'] = m; s.loader.exec_module(m);"
        "assert m.keys(1.0) == 1e9; assert 'numba' not in sys.modules"
    )
    module = root / "src" / "goodoffices" / "deals" / "frontier.py"
    subprocess.run([sys.executable, "-c", code, str(module)], check=True)
