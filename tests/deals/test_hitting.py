from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

import numpy as np
import pytest

from goodoffices.deals.hitting import Conflicts, Oracle, find_conflicts

Sets = tuple[frozenset[int], ...]


def sets(*members: Iterable[int]) -> Sets:
    return tuple(map(frozenset, members))


def unless(*conflicts: Iterable[int]) -> Callable[[frozenset[int]], bool]:
    """An oracle by its conflicts: a set is feasible unless it holds one of them."""
    family = sets(*conflicts)
    return lambda demands: not any(conflict <= demands for conflict in family)


class Counting:
    """An oracle that keeps what it was asked."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.asked: list[frozenset[int]] = []

    def __call__(self, demands: frozenset[int]) -> bool | frozenset[int] | None:
        self.asked.append(demands)
        return self.oracle(demands)


def at_random(seed: int, packages: int, count: int) -> Callable[[frozenset[int]], bool]:
    """An oracle by its packages, each of which meets every other demand or so."""
    table = np.random.default_rng(seed).random((packages, count)) < 0.5
    family = [frozenset(map(int, np.flatnonzero(row))) for row in table]
    return lambda demands: any(demands <= met for met in family)


def gives_up_after(last: int, oracle: Oracle) -> Oracle:
    left = iter(range(last))
    return lambda demands: None if next(left, None) is None else oracle(demands)


# "At least a days" for each a, then "at most b days" for each b: what two parties may ask of the
# length of a truce. A package is a number of days.
AT_LEAST, AT_MOST = (30, 60, 90), (20, 45, 75)


def met_by(days: int) -> frozenset[int]:
    wanted = [days >= a for a in AT_LEAST] + [days <= b for b in AT_MOST]
    return frozenset(d for d, met in enumerate(wanted) if met)


def a_truce(demands: frozenset[int]) -> frozenset[int] | bool:
    return next((met_by(days) for days in range(0, 121, 5) if demands <= met_by(days)), False)


TRUCE_CONFLICTS = sets((0, 3), (1, 3), (1, 4), (2, 3), (2, 4), (2, 5))
# Either all that ask for longer are lifted, or all that ask for shorter, or what lies between.
TRUCE_LIFTINGS = sets((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5))


def test_two_demands_that_exclude_each_other_are_one_conflict_with_two_ways_out() -> None:
    found = find_conflicts(3, unless((0, 2)))
    assert found.minimal == sets((0, 2))
    assert found.liftings == sets((0,), (2,))
    assert found.complete
    assert not found.hopeless


def test_ranges_that_do_not_overlap_conflict_pair_by_pair() -> None:
    found = find_conflicts(6, lambda demands: a_truce(demands) is not False)
    assert found.minimal == TRUCE_CONFLICTS
    assert found.liftings == TRUCE_LIFTINGS


def test_the_conflict_sets_and_diagnoses_of_the_full_adder() -> None:
    """Reiter (1987), A theory of diagnosis from first principles: the full adder has the minimal
    conflict sets {X1, X2} and {X1, A2, O1}, and the diagnoses {X1}, {X2, O1} and {X2, A2}.
    """
    x1, x2, a1, a2, o1 = range(5)
    found = find_conflicts(5, unless((x1, x2), (x1, a2, o1)))
    assert found.minimal == sets((x1, x2), (x1, a2, o1))
    assert found.liftings == sets((x1,), (x2, a2), (x2, o1))
    assert all(a1 not in lifting for lifting in found.liftings)


def test_the_minimal_hitting_sets_of_the_family_that_introduced_hitting_set_trees() -> None:
    """The family is Reiter's (1987) example of a hitting-set tree; it holds sets that are not
    minimal. Its minimal hitting sets were listed by hand.
    """
    family = ((2, 4, 5), (1, 2, 3), (1, 3, 5), (2, 4, 6), (2, 4), (2, 3, 5), (1, 6))
    found = find_conflicts(7, unless(*family))
    assert found.minimal == sets((1, 6), (2, 4), (1, 2, 3), (1, 3, 5), (2, 3, 5))
    assert found.liftings == sets((1, 2), (1, 3, 4), (1, 4, 5), (2, 3, 6), (2, 5, 6), (3, 4, 6))


def test_demands_that_hold_together_need_nothing_lifted() -> None:
    found = find_conflicts(4, lambda demands: True)
    assert found.minimal == ()
    assert found.liftings == sets(())
    assert found.complete
    assert not found.hopeless


def test_without_any_package_the_case_is_hopeless_and_no_lifting_helps() -> None:
    oracle = Counting(lambda demands: False)
    found = find_conflicts(4, oracle)
    assert found.minimal == sets(())
    assert found.liftings == ()
    assert found.hopeless
    assert found.complete
    assert oracle.asked == [frozenset()]


@pytest.mark.parametrize("exists", [True, False])
def test_no_demands_hold_together_if_there_is_a_package(exists: bool) -> None:
    found = find_conflicts(0, lambda demands: exists)
    assert found.hopeless is not exists
    assert found.minimal == (() if exists else sets(()))
    assert found.liftings == (sets(()) if exists else ())
    assert found.complete


def test_a_demand_that_no_package_meets_is_a_conflict_alone_and_in_every_lifting() -> None:
    found = find_conflicts(4, unless((1,), (0, 2)))
    assert found.minimal == sets((1,), (0, 2))
    assert found.liftings == sets((0, 1), (1, 2))


def test_demands_each_impossible_are_all_lifted() -> None:
    found = find_conflicts(3, lambda demands: not demands)
    assert found.minimal == sets((0,), (1,), (2,))
    assert found.liftings == sets((0, 1, 2))


def test_a_demand_in_no_conflict_is_in_no_lifting() -> None:
    found = find_conflicts(5, unless((0, 1), (1, 4)))
    named = frozenset().union(*found.minimal, *found.liftings)
    assert named == {0, 1, 4}


def test_independent_conflicts_multiply_the_ways_out() -> None:
    pairs = [(2 * k, 2 * k + 1) for k in range(6)]
    found = find_conflicts(12, unless(*pairs))
    assert found.minimal == sets(*pairs)
    assert len(found.liftings) == 2**6
    assert {len(lifting) for lifting in found.liftings} == {6}


def test_results_stand_by_size_and_then_in_ascending_order() -> None:
    found = find_conflicts(12, unless((0, 10), (0, 9), (0, 2, 11), (3,), (1, 2, 4)))
    keys = [(len(one), sorted(one)) for one in found.minimal]
    assert keys == sorted(keys)
    assert found.minimal == sets((3,), (0, 9), (0, 10), (0, 2, 11), (1, 2, 4))
    keys = [(len(one), sorted(one)) for one in found.liftings]
    assert keys == sorted(keys)


# The oracle.


def test_every_question_counts() -> None:
    oracle = Counting(a_truce)
    assert find_conflicts(6, oracle).checks == len(oracle.asked)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_asked_that_follows_from_an_earlier_answer(seed: int) -> None:
    oracle = Counting(at_random(seed, 20, 12))
    assert find_conflicts(12, oracle).complete
    for k, asked in enumerate(oracle.asked):
        for earlier in oracle.asked[:k]:
            follows = asked <= earlier if oracle.oracle(earlier) else asked >= earlier
            assert not follows


def test_naming_all_demands_met_saves_questions_and_changes_nothing_else() -> None:
    plain = find_conflicts(6, lambda demands: a_truce(demands) is not False)
    rich = find_conflicts(6, a_truce)
    assert rich.checks < plain.checks
    assert (rich.minimal, rich.liftings) == (plain.minimal, plain.liftings)


def test_demands_that_hold_together_take_two_questions_of_an_oracle_that_names_them() -> None:
    everything = frozenset(range(50))
    assert find_conflicts(50, lambda demands: everything).checks <= 2


def test_one_question_follows_for_each_of_many_liftings() -> None:
    """With 8 conflicts and 256 liftings of 16 demands at most 256 + 8 x 16 questions and a few."""
    found = find_conflicts(16, unless(*((2 * k, 2 * k + 1) for k in range(8))))
    assert len(found.liftings) == 256
    assert found.checks <= 1.5 * (256 + 8 * 16)


def test_one_question_follows_for_each_of_many_conflicts() -> None:
    """The same the other way round: feasible if some pair is left out altogether."""
    pairs = [{2 * k, 2 * k + 1} for k in range(8)]
    found = find_conflicts(16, lambda demands: any(not pair & demands for pair in pairs))
    assert len(found.minimal) == 256
    assert found.liftings == sets(*pairs)
    assert found.checks <= 1.5 * (256 + 8 * 16)


def test_a_package_that_meets_nothing_is_a_package_all_the_same() -> None:
    found = find_conflicts(1, lambda demands: False if demands else frozenset())
    assert found.minimal == sets((0,))
    assert found.liftings == sets((0,))
    assert not found.hopeless


def test_a_numpy_answer_is_understood() -> None:
    found = find_conflicts(2, lambda demands: np.bool_(len(demands) < 2))
    assert found.minimal == sets((0, 1))


def test_demands_beyond_the_count_are_nobodys() -> None:
    found = find_conflicts(2, lambda demands: len(demands) < 2 and demands | {7, 9})
    assert found.minimal == sets((0, 1))
    assert found.liftings == sets((0,), (1,))


def test_a_package_that_misses_what_was_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match=r"package found for \[0, 1\] misses \[1\]"):
        find_conflicts(2, lambda demands: demands - {1} if len(demands) == 2 else demands)


def test_where_the_oracle_cannot_decide_the_answer_is_bounded() -> None:
    whole = find_conflicts(6, a_truce)
    for last in range(whole.checks):
        found = find_conflicts(6, gives_up_after(last, a_truce))
        assert not found.complete
        check_bounded(found, TRUCE_CONFLICTS, TRUCE_LIFTINGS)


def test_what_the_oracle_raises_comes_through() -> None:
    def oracle(demands: frozenset[int]) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_conflicts(2, oracle)


def test_an_oracle_that_contradicts_itself_does_not_hang_the_search() -> None:
    flip = iter([False, True, True, False] * 1000)
    found = find_conflicts(5, lambda demands: next(flip))
    assert isinstance(found, Conflicts)


# The budget.


def check_bounded(found: Conflicts, conflicts: Sets, liftings: Sets) -> None:
    """What a bounded answer lists is true, and complete as far as it says."""
    assert set(found.minimal) <= set(conflicts)
    assert set(found.liftings) <= set(liftings)
    assert {c for c in conflicts if len(c) <= found.minimal_up_to} <= set(found.minimal)
    assert {c for c in liftings if len(c) <= found.liftings_up_to} <= set(found.liftings)
    if found.complete:
        assert (found.minimal, found.liftings) == (conflicts, liftings)


def test_a_budget_of_questions_is_kept_and_the_answer_true_as_far_as_it_goes() -> None:
    needed = find_conflicts(6, a_truce).checks
    for most_checks in range(needed + 2):
        oracle = Counting(a_truce)
        found = find_conflicts(6, oracle, most_checks=most_checks)
        assert len(oracle.asked) == found.checks <= most_checks
        assert found.complete == (most_checks >= needed)
        check_bounded(found, TRUCE_CONFLICTS, TRUCE_LIFTINGS)


def test_without_any_question_nothing_is_known() -> None:
    found = find_conflicts(6, a_truce, most_checks=0)
    assert found == Conflicts(
        minimal=(), liftings=(), checks=0, complete=False, minimal_up_to=-1, liftings_up_to=-1
    )
    assert not found.hopeless


def test_a_complete_answer_is_complete_up_to_all_demands() -> None:
    found = find_conflicts(6, a_truce)
    assert (found.minimal_up_to, found.liftings_up_to) == (6, 6)


@pytest.mark.parametrize("most_sets", [1, 2, 3, 5, 8, 13, 21, 34, 55, 64, 100])
def test_a_budget_of_sets_is_kept_and_the_answer_true_as_far_as_it_goes(most_sets: int) -> None:
    pairs = [(2 * k, 2 * k + 1) for k in range(6)]
    whole = find_conflicts(12, unless(*pairs))
    found = find_conflicts(12, unless(*pairs), most_sets=most_sets)
    assert max(len(found.minimal), len(found.liftings)) <= most_sets
    assert found.complete == (most_sets >= 64)
    check_bounded(found, whole.minimal, whole.liftings)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_listed_is_minimal_however_few_candidates_are_held(seed: int) -> None:
    whole = find_conflicts(10, at_random(seed, 15, 10))
    for most_sets in range(1, 13):
        found = find_conflicts(10, at_random(seed, 15, 10), most_sets=most_sets)
        check_bounded(found, whole.minimal, whole.liftings)


def test_too_many_ways_out_are_cut_short_but_not_the_conflicts() -> None:
    """Ten independent conflicts have 1,024 liftings, of which 1,000 are listed."""
    pairs = [(2 * k, 2 * k + 1) for k in range(10)]
    found = find_conflicts(20, unless(*pairs))
    assert not found.complete
    assert found.minimal == sets(*pairs)
    assert len(found.liftings) == 1000
    assert found.minimal_up_to >= 2
    # No lifting is smaller than ten demands, and that much is known.
    assert found.liftings_up_to == 9


def test_a_flood_of_candidates_is_held_back_and_the_conflicts_still_found() -> None:
    """Thirty independent conflicts have 2^30 liftings, and as many candidates for one."""
    pairs = [(2 * k, 2 * k + 1) for k in range(30)]
    found = find_conflicts(60, unless(*pairs), most_sets=100)
    assert not found.complete
    assert found.minimal == sets(*pairs)
    assert len(found.liftings) == 100
    assert all(len({d // 2 for d in lifting}) == len(lifting) == 30 for lifting in found.liftings)
    # Six conflicts have 64 candidates, seven have 128.
    assert found.liftings_up_to == 6


@pytest.mark.parametrize(
    "arguments",
    [{"count": -1}, {"most_checks": -1}, {"most_sets": 0}],
    ids=["count", "checks", "sets"],
)
def test_a_budget_that_is_none_is_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least"):
        find_conflicts(**{"count": 2, "feasible": a_truce} | arguments)


def test_a_result_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        find_conflicts(6, a_truce).checks = 0
