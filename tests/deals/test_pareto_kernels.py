import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.deals import _pareto
from goodoffices.deals.frontier import TOLERANCE, keys

Rows = NDArray[np.float64]
SIZES = (0, 1, 2, 31, 32, 33, 65, 257, 500)


def pairwise(rows: Rows) -> NDArray[np.bool_]:
    """Each row against each other row, by the definition."""
    no_worse = (rows[:, None] >= rows[None, :]).all(axis=2)
    better = (rows[:, None] > rows[None, :]).any(axis=2)
    return ~(no_worse & better).any(axis=0)


def spread(n: int, d: int) -> Rows:
    return np.random.default_rng(n + d).integers(0, 10**9, size=(n, d)).astype(float)


def trade_off(n: int, d: int) -> Rows:
    """Rows that add up to the same, so that none dominates another."""
    rows = spread(n, d)
    rows[:, -1] = -rows[:, :-1].sum(axis=1)
    return rows


def coarse(n: int, d: int) -> Rows:
    """Many equal rows and equal entries."""
    return np.random.default_rng(n + d).integers(0, 4, size=(n, d)).astype(float)


def equal(n: int, d: int) -> Rows:
    return np.full((n, d), 7.0)


def chain(n: int, d: int) -> Rows:
    """Each row dominates the one before."""
    return np.repeat(np.arange(n, dtype=float)[:, None], d, axis=1)


def duplicated(n: int, d: int) -> Rows:
    return np.repeat(trade_off(-(-n // 3), d), 3, axis=0)[:n]


def one_constant(n: int, d: int) -> Rows:
    rows = trade_off(n, d)
    rows[:, n % d] = 1.0
    return rows


def two_valued(n: int, d: int) -> Rows:
    """Nearly all entries equal the middle one, which no split can part."""
    rows = np.full((n, d), 5.0)
    rows[np.arange(n), np.arange(n) % d] += np.random.default_rng(n).integers(-3, 4, size=n)
    return rows


def zero_sum_pair(n: int, d: int) -> Rows:
    """The last two columns are opposed exactly, the others are coarse."""
    rows = coarse(n, d)
    rows[:, -1] = np.random.default_rng(n).permutation(n)
    rows[:, -2:-1] = -rows[:, -1:]
    return rows


KINDS = (
    spread,
    trade_off,
    coarse,
    equal,
    chain,
    duplicated,
    one_constant,
    two_valued,
    zero_sum_pair,
)


@pytest.mark.parametrize("d", range(1, 7))
@pytest.mark.parametrize("kind", KINDS)
def test_the_undominated_are_those_that_pairwise_comparison_finds(kind, d: int) -> None:
    for n in SIZES:
        rows = kind(n, d)
        assert _pareto.undominated(rows).tolist() == pairwise(rows).tolist(), n


@pytest.mark.parametrize("d", range(1, 7))
def test_the_order_of_rows_does_not_matter(d: int) -> None:
    rows = coarse(300, d)
    mixed = np.random.default_rng(1).permutation(300)
    assert (_pareto.undominated(rows[mixed]) == _pareto.undominated(rows)[mixed]).all()


@pytest.mark.parametrize("d", [4, 5])
def test_so_many_rows_that_the_stack_of_parts_must_grow(d: int) -> None:
    rows = trade_off(3000, d)
    rows[::2] -= 3e8
    # One row at a time: a cube of 3000 x 3000 comparisons would fill the memory.
    alive = [not ((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any() for row in rows]
    assert 1500 <= sum(alive) < 3000
    assert _pareto.undominated(rows).tolist() == alive


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", SIZES)
def test_rows_are_ordered_from_the_largest_down(kind, n: int) -> None:
    rows = kind(n, 3)
    order = _pareto.ordered(rows)
    assert sorted(order) == list(range(n))
    assert rows[order].tolist() == sorted(rows.tolist(), reverse=True)


def test_equal_rows_keep_their_order() -> None:
    assert _pareto.ordered(equal(100, 2)).tolist() == list(range(100))


def test_sorted_runs_are_merged() -> None:
    runs = [sorted(spread(50, 2).tolist(), reverse=True), sorted(chain(70, 2).tolist())[::-1]]
    rows = np.array(runs[0] + runs[1] + runs[0])
    assert rows[_pareto.ordered(rows)].tolist() == sorted(rows.tolist(), reverse=True)


def test_groups_start_where_a_row_differs_from_the_one_before() -> None:
    rows = np.array([[1.0, 2.0], [3.0, 0.0], [1.0, 2.0], [1.0, 1.0]])
    assert _pareto.groups(rows, _pareto.ordered(rows)).tolist() == [0, 1, 3, 4]
    assert _pareto.groups(rows[:0], np.arange(0)).tolist() == [0]


@pytest.mark.parametrize("d", [3, 4, 5, 6])
@pytest.mark.parametrize(("above", "below"), [(10, 200), (200, 10), (200, 200), (0, 50), (50, 0)])
def test_a_strike_ignores_the_first_column(d: int, above: int, below: int) -> None:
    rows = np.random.default_rng(d).integers(0, 6, size=(above + below, d)).astype(float)
    falling = np.argsort(-rows[:, d - 2], kind="stable")
    dead = np.zeros(len(rows), dtype=bool)
    _pareto.strike(rows, falling[falling < above], falling[falling >= above], dead)
    expected = [
        b >= above and bool((rows[:above, 1:] >= rows[b, 1:]).all(axis=1).any())
        for b in range(len(rows))
    ]
    assert dead.tolist() == expected


def test_the_middle_is_an_entry_of_the_column() -> None:
    rows = spread(200, 2)
    middle = _pareto.pivot(rows, np.arange(200), 1)
    assert middle in rows[:, 1]
    assert 0.2 < (rows[:, 1] < middle).mean() < 0.8


def start(blocks: int, parties: int) -> tuple[Rows, NDArray[np.int32], NDArray[np.int64]]:
    return (
        np.zeros((1, parties)),
        np.zeros((1, blocks), np.int32),
        np.ones(1, np.int64),
    )


def options(
    rows: Rows, block: int, blocks: int, ties: int = 1
) -> tuple[Rows, NDArray[np.int32], NDArray[np.int64]]:
    packages = np.zeros((len(rows), blocks), np.int32)
    packages[:, block] = np.arange(len(rows))
    return rows, packages, np.full(len(rows), ties, np.int64)


NO_FLOOR = np.array([-np.inf, -np.inf])
NO_REST = np.zeros(2)


def test_joining_with_nothing_prunes_and_counts_equal_options() -> None:
    rows = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    values, packages, ties = _pareto.joined(
        *start(1, 2), *options(rows, 0, 1), NO_REST, NO_FLOOR, 0.0
    )
    assert values.tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert packages.tolist() == [[1], [0]]
    assert ties.tolist() == [1, 2]


def test_the_package_kept_of_those_tied_is_the_first_whichever_side_it_comes_from() -> None:
    rows = np.array([[0.0, 0.0], [1.0, 1.0]])
    first = options(rows[::-1].copy(), 0, 2)
    second = options(rows, 1, 2)
    for one, other in itertools.permutations((first, second)):
        values, packages, ties = _pareto.joined(*one, *other, NO_REST, NO_FLOOR, 0.0)
        assert values.tolist() == [[2.0, 2.0]]
        assert packages.tolist() == [[0, 1]]
        assert ties.tolist() == [1]


def test_counts_of_tied_packages_stop_growing_instead_of_overflowing() -> None:
    rows = np.array([[1.0, 1.0], [1.0, 1.0]])
    many = options(rows, 0, 2, ties=2**40)
    more = options(rows, 1, 2, ties=2**20)
    _, _, product = _pareto.joined(*many, *more, NO_REST, NO_FLOOR, 0.0)
    assert product.tolist() == [2**62]
    _, _, capped = _pareto.joined(*many, *options(rows, 1, 2, ties=2**21), NO_REST, NO_FLOOR, 0.0)
    assert capped.tolist() == [2**63 - 1]
    _, _, far = _pareto.joined(*many, *options(rows, 1, 2, ties=2**40), NO_REST, NO_FLOOR, 0.0)
    assert far.tolist() == [2**63 - 1]


def test_sums_that_no_rest_can_lift_to_the_floor_are_left_out() -> None:
    rows = np.array([[3.0, 0.0], [1.0, 1.0], [0.0, 3.0]])
    needed = keys([2.0, 2.0])
    left, source = _pareto.sums(np.zeros((1, 2)), rows, np.array([1.0, 1.0]), needed, 1.0)
    assert source.tolist() == [1]
    assert left.tolist() == [[1e9, 1e9]]


@pytest.mark.parametrize(
    ("value", "slack", "kept"),
    [(1.0, 0.0, 1), (1.0 - 0.6e-9, 0.0, 0), (1.0 - 0.6e-9, 0.25, 1), (1.0 - 0.8e-9, 0.25, 0)],
)
def test_slack_is_counted_in_keys(value: float, slack: float, kept: int) -> None:
    rows = np.array([[value]])
    _, source = _pareto.sums(np.zeros((1, 1)), rows, np.zeros(1), keys([1.0]), slack)
    assert len(source) == kept


@pytest.mark.parametrize("limit", [1, 2, 5, 13, 39, 100])
def test_a_tally_leaves_open_what_it_did_not_look_at(limit: int) -> None:
    rows = np.array([[0.0], [1.0], [3.0]] * 3)
    first = np.array([0, 3, 6, 9])
    best = np.array([[9.0], [6.0], [3.0], [0.0]])
    accepted, opened = _pareto.tally(rows, first, best, 0.0 * best, keys([4.0]), limit)
    each = np.array([27, 9, 3, 1])
    right = sum(sum(x) >= 4 for x in itertools.product((0, 1, 3), repeat=3))
    assert accepted @ each <= right <= (accepted + opened) @ each <= 27
    # There are 3 + 9 + 27 = 39 partial packages in all.
    assert opened.any() == (limit < 39)


def test_a_tally_does_not_extend_what_is_decided() -> None:
    rows = np.array([[0.0], [10.0], [0.0], [1.0]])
    best, worst = np.array([[11.0], [1.0], [0.0]]), np.zeros((3, 1))
    accepted, opened = _pareto.tally(rows, np.array([0, 2, 4]), best, worst, keys([5.0]), 2)
    assert accepted.tolist() == [0, 1, 0]
    assert opened.tolist() == [0, 0, 0]


def test_kernels_and_package_compare_in_the_same_unit() -> None:
    assert _pareto.SCALE * TOLERANCE == 1.0
    assert keys(1.0) == _pareto.SCALE
