from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.deals.hitting import Conflicts, find_conflicts

Family = list[frozenset[int]]
Sets = set[frozenset[int]]


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, Family]:
    """A number of demands, and for each package on the table the demands that it meets."""
    count = draw(st.integers(0, 8))
    demand = st.integers(0, max(count - 1, 0))
    package = st.frozensets(demand, max_size=count) if count else st.just(frozenset())
    return count, draw(st.lists(package, max_size=12))


# The oracle: every subset is tried, and kept if no smaller one was.


def feasible(packages: Family, demands: frozenset[int]) -> bool:
    return any(demands <= met for met in packages)


def subsets(count: int) -> Family:
    """Every subset, the smaller ones first."""
    return [frozenset(c) for size in range(count + 1) for c in combinations(range(count), size)]


def minimal(sets: Family) -> Sets:
    kept: Sets = set()
    for one in sorted(sets, key=len):
        if not any(other <= one for other in kept):
            kept.add(one)
    return kept


def conflicts_of(count: int, packages: Family) -> Sets:
    return minimal([one for one in subsets(count) if not feasible(packages, one)])


def liftings_of(count: int, packages: Family) -> Sets:
    everything = frozenset(range(count))
    return minimal([one for one in subsets(count) if feasible(packages, everything - one)])


def hitting_sets_of(count: int, sets: Sets) -> Sets:
    return minimal([one for one in subsets(count) if all(one & other for other in sets)])


def search(count: int, packages: Family, **budget: int) -> Conflicts:
    return find_conflicts(count, lambda demands: feasible(packages, demands), **budget)


@given(tables())
def test_every_subset_tried_one_by_one_gives_the_same(table: tuple[int, Family]) -> None:
    found = search(*table)
    assert found.complete
    assert set(found.minimal) == conflicts_of(*table)
    assert set(found.liftings) == liftings_of(*table)
    assert len(set(found.minimal)) == len(found.minimal)
    assert len(set(found.liftings)) == len(found.liftings)


@given(tables())
def test_conflicts_and_liftings_are_each_others_minimal_hitting_sets(
    table: tuple[int, Family],
) -> None:
    count, found = table[0], search(*table)
    assert hitting_sets_of(count, set(found.minimal)) == set(found.liftings)
    assert hitting_sets_of(count, set(found.liftings)) == set(found.minimal)


@given(tables())
def test_a_conflict_holds_again_without_any_one_of_its_demands(table: tuple[int, Family]) -> None:
    packages = table[1]
    for conflict in search(*table).minimal:
        assert not feasible(packages, conflict)
        assert all(feasible(packages, conflict - {demand}) for demand in conflict)


@given(tables())
def test_a_lifting_opens_a_package_and_none_of_its_demands_can_stay(
    table: tuple[int, Family],
) -> None:
    count, packages = table
    everything = frozenset(range(count))
    for lifting in search(*table).liftings:
        assert feasible(packages, everything - lifting)
        assert not any(feasible(packages, everything - lifting | {kept}) for kept in lifting)


@given(tables())
def test_it_is_hopeless_exactly_without_a_package(table: tuple[int, Family]) -> None:
    assert search(*table).hopeless == (not table[1])


@given(tables())
def test_an_oracle_that_names_all_demands_met_gives_the_same(table: tuple[int, Family]) -> None:
    count, packages = table

    def met(demands: frozenset[int]) -> frozenset[int] | bool:
        return next((package for package in packages if demands <= package), False)

    plain, rich = search(*table), find_conflicts(count, met)
    assert (rich.minimal, rich.liftings) == (plain.minimal, plain.liftings)


@given(tables())
def test_each_question_is_counted_and_none_asked_whose_answer_follows(
    table: tuple[int, Family],
) -> None:
    count, packages = table
    asked: Family = []

    def noting(demands: frozenset[int]) -> bool:
        for earlier in asked:
            if feasible(packages, earlier):
                assert not demands <= earlier
            else:
                assert not demands >= earlier
        asked.append(demands)
        return feasible(packages, demands)

    found = find_conflicts(count, noting)
    assert found.checks == len(asked)
    # Each set found costs at most one check for itself or one for each demand, and the first
    # question of all may settle nothing.
    assert found.checks <= (len(found.minimal) + len(found.liftings)) * (count + 1)


@given(tables(), st.integers(0, 60), st.integers(1, 20))
def test_a_bounded_answer_is_true_and_complete_as_far_as_it_says(
    table: tuple[int, Family], most_checks: int, most_sets: int
) -> None:
    conflicts, liftings = conflicts_of(*table), liftings_of(*table)
    found = search(*table, most_checks=most_checks, most_sets=most_sets)
    assert found.checks <= most_checks
    assert max(len(found.minimal), len(found.liftings)) <= most_sets
    for listed, true, up_to in (
        (found.minimal, conflicts, found.minimal_up_to),
        (found.liftings, liftings, found.liftings_up_to),
    ):
        assert set(listed) <= true
        assert {one for one in true if len(one) <= up_to} <= set(listed)
        assert set(listed) == true or not found.complete


@given(tables(), st.data())
def test_the_order_of_the_demands_does_not_matter(
    table: tuple[int, Family], data: st.DataObject
) -> None:
    count, packages = table
    names = data.draw(st.permutations(range(count)))

    def renamed(sets: tuple[frozenset[int], ...] | Family) -> list[frozenset[int]]:
        return [frozenset(names[demand] for demand in one) for one in sets]

    found, other = search(count, packages), search(count, renamed(packages))
    assert set(renamed(found.minimal)) == set(other.minimal)
    assert set(renamed(found.liftings)) == set(other.liftings)


@given(tables())
def test_a_demand_that_every_package_meets_changes_nothing(table: tuple[int, Family]) -> None:
    count, packages = table
    found = search(*table)
    other = search(count + 1, [package | {count} for package in packages])
    assert (other.minimal, other.liftings) == (found.minimal, found.liftings)


@given(tables(), st.data())
def test_one_more_package_only_shrinks_what_must_be_lifted(
    table: tuple[int, Family], data: st.DataObject
) -> None:
    count, packages = table
    more = data.draw(st.frozensets(st.sampled_from(range(count)))) if count else frozenset()
    before, after = search(*table), search(count, [*packages, more])
    assert all(any(new <= old for new in after.liftings) for old in before.liftings)
    assert all(any(old <= new for old in before.minimal) for new in after.minimal)
