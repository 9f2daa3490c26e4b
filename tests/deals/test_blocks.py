import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.case.model import Case
from goodoffices.deals import blocks
from goodoffices.deals.blocks import Branch, Effect, Pattern, split
from goodoffices.deals.draws import Streams, branch_values, sample
from goodoffices.deals.space import compile_space
from goodoffices.errors import ModelError
from tests.deals.cases import cases


def pattern(**picks: str) -> Pattern:
    """Return a pattern from issue (i0, i1, ...) to option digits."""
    return Pattern(
        picks=tuple((int(key[1:]), frozenset(map(int, digits))) for key, digits in picks.items())
    )


def options(*sizes: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, range(size))) for size in sizes)


def packages_of(branches: tuple[Branch, ...]) -> list[tuple[int, ...]]:
    return [
        branch.package(chosen)
        for branch in branches
        for chosen in itertools.product(*(range(len(cells)) for cells in branch.cells))
    ]


def chain(issues: int, size: int) -> tuple[Pattern, ...]:
    """Tie each issue to the next one."""
    return tuple(
        Pattern(picks=((i, frozenset({0})), (i + 1, frozenset(range(2, size)))))
        for i in range(issues - 1)
    )


class TestPattern:
    def test_a_package_matches_that_takes_one_option_of_each_issue(self) -> None:
        two = pattern(i0="01", i2="1")
        assert two.matches((0, 9, 1))
        assert not two.matches((2, 9, 1))
        assert not two.matches((0, 9, 0))

    def test_an_issue_named_twice_must_match_twice(self) -> None:
        twice = Pattern(picks=((0, frozenset({0, 1})), (0, frozenset({1, 2}))))
        assert [twice.matches((o,)) for o in range(3)] == [False, True, False]

    def test_a_pattern_without_options_matches_nothing(self) -> None:
        assert not pattern(i0="").matches((0,))


class TestMerging:
    def test_issues_that_nothing_ties_stay_blocks_of_their_own(self) -> None:
        (branch,) = split(options(2, 3), (), (), (), ())
        assert branch.blocks == ((0,), (1,))
        assert [len(cells) for cells in branch.cells] == [2, 3]

    def test_a_red_line_on_one_issue_ties_nothing(self) -> None:
        line = pattern(i0="0")
        (branch,) = split(options(2, 3), (line,), (), ((line,),), ())
        assert branch.blocks == ((0,), (1,))
        assert branch.refused[:, 0].tolist() == [True, False, False, False, False]

    def test_tied_issues_merge_into_their_joint_options(self) -> None:
        tie = pattern(i0="0", i2="1")
        (branch,) = split(options(2, 3, 2), (tie,), (tie,), (), ())
        assert branch.blocks == ((0, 2), (1,))
        assert branch.cells[0].tolist() == [[0, 0], [1, 0], [1, 1]]
        assert branch.packages == 9

    def test_ties_through_a_third_issue_merge_all_three(self) -> None:
        ties = (pattern(i0="0", i1="1"), pattern(i1="0", i2="1"))
        (branch,) = split(options(2, 2, 2), ties, (), (), ())
        assert branch.blocks == ((0, 1, 2),)

    def test_an_issue_with_a_single_option_is_tied_to_nothing(self) -> None:
        tie = pattern(i0="0", i1="1")
        (branch,) = split(options(1, 2), (tie,), (tie,), (), ())
        assert branch.blocks == ((0,), (1,))
        assert packages_of((branch,)) == [(0, 0)]

    def test_a_tie_that_cannot_come_about_merges_nothing(self) -> None:
        tie = pattern(i0="", i1="1")
        (branch,) = split(options(2, 2), (tie,), (tie,), (), ())
        assert branch.blocks == ((0,), (1,))
        assert branch.packages == 4

    def test_a_pattern_over_options_that_all_match_is_judged_once(self) -> None:
        certain = pattern(i0="0", i1="0")
        bonus = Effect(pattern=certain, actor=0, bonus=0)
        (branch,) = split(options(1, 1), (certain,), (), ((certain,),), (bonus,))
        assert branch.refused[:, 0].sum() == 1
        assert sum(len(hit) for _, hit in branch.effects) == 1

    def test_where_everything_is_forbidden_one_empty_branch_says_so(self) -> None:
        never = pattern(i0="01")
        (branch,) = split(options(2, 2), (), (never,), (), ())
        assert branch.packages == 0

    def test_offsets_say_where_the_cells_of_each_block_start(self) -> None:
        (branch,) = split(options(2, 3), (), (), (), ())
        assert branch.offsets.tolist() == [0, 2, 5]


class TestConditioning:
    @pytest.mark.parametrize("most", [1, 4, 12, 2_000])
    def test_branches_hold_every_package_exactly_once(
        self, most: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(blocks, "MOST_CELLS", most)
        ties = chain(4, 3)
        found = packages_of(split(options(3, 3, 3, 3), ties, ties, (), ()))
        wanted = [
            package
            for package in itertools.product(range(3), repeat=4)
            if not any(tie.matches(package) for tie in ties)
        ]
        assert sorted(found) == wanted

    def test_a_branch_takes_options_together_that_all_ties_treat_alike(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(blocks, "MOST_CELLS", 1_000)
        above = Pattern(picks=((0, frozenset(range(300, 900))), (1, frozenset(range(100)))))
        found = split(options(900, 900), (above,), (above,), (), ())
        assert sorted(len(branch.cells[0]) for branch in found) == [300, 600]
        assert sum(branch.packages for branch in found) == 900 * 900 - 600 * 100

    def test_the_issue_that_parts_a_chain_best_is_conditioned(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(blocks, "MOST_CELLS", 30)
        ties = chain(5, 3)
        found = split(options(3, 3, 3, 3, 3), ties, ties, (), ())
        assert all(branch.blocks == ((0, 1), (2,), (3, 4)) for branch in found)

    def test_a_long_chain_of_linkages_keeps_few_cells(self) -> None:
        ties = chain(12, 5)
        found = split(options(*[5] * 12), ties, ties, (), ())
        assert sum(int(branch.offsets[-1]) for branch in found) < 10_000

    def test_an_issue_alone_is_never_conditioned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(blocks, "MOST_CELLS", 1)
        line = pattern(i0="0")
        assert len(split(options(4, 4), (line,), (), ((line,),), ())) == 1

    def test_empty_branches_are_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(blocks, "MOST_CELLS", 1)
        never = pattern(i0="0", i1="01")
        some = pattern(i0="1", i1="0")
        found = split(options(2, 2), (never, some), (never, some), (), ())
        assert packages_of(found) == [(1, 1)]

    @pytest.mark.parametrize(("name", "limit"), [("MOST_BRANCHES", 10), ("MOST_JOINT", 100)])
    def test_too_many_ties_are_refused_with_a_way_out(
        self, name: str, limit: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(blocks, name, limit)
        ties = chain(12, 5)
        with pytest.raises(ModelError, match="take fewer options or a coarser step"):
            split(options(*[5] * 12), ties, ties, (), ())

    def test_thirty_issues_all_tied_to_each_other_are_refused_in_no_time(self) -> None:
        ties = [pattern(**{f"i{i}": "0", f"i{j}": "1"}) for i in range(30) for j in range(i)]
        with pytest.raises(ModelError, match="too many options together"):
            split(options(*[5] * 30), ties, ties, (), ())


@given(cases(), st.sampled_from([1, 3, 8]))
def test_a_package_is_worth_the_same_however_the_space_is_split(
    random_case: Case, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_CELLS", most)
        space = compile_space(random_case)
    drawn = sample(space, Streams(space, 1), 2)
    for branch in space.branches:
        values = branch_values(drawn, branch)
        for chosen in itertools.islice(
            itertools.product(*(range(len(cells)) for cells in branch.cells)), 6
        ):
            flat = [int(start) + cell for start, cell in zip(branch.offsets, chosen, strict=False)]
            package = branch.package(chosen)
            np.testing.assert_allclose(
                values[:, flat, :].sum(axis=1), drawn.worth(package), atol=1e-9
            )
            refused = branch.refused[flat].any(axis=0)
            assert refused.tolist() == [
                any(one.matches(package) for one in refusal) for refusal in space.refusals
            ]
