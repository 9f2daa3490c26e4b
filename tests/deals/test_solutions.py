import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.deals.solutions import DEFINITIONS, solve
from tests.deals import oracle

Points = list[tuple[float, ...]]


def chosen(points: Points, no_deal: tuple[float, ...]) -> dict[str, set[int]]:
    found = solve(np.array(points, dtype=float), np.array(no_deal, dtype=float))
    return {solution.name: set(solution.points) for solution in found}


@st.composite
def bargains(draw: st.DrawFn) -> tuple[Points, tuple[float, ...]]:
    """Return a few points and a no-deal point that all of them meet."""
    parties = draw(st.integers(1, 4))
    number = st.integers(0, 10).map(lambda n: 10.0 * n)
    no_deal = draw(st.tuples(*[number] * parties))
    gains = draw(st.lists(st.tuples(*[number] * parties), min_size=1, max_size=8))
    points = [tuple(r + g for r, g in zip(no_deal, gain, strict=True)) for gain in gains]
    return points, no_deal


class TestByHand:
    def test_each_of_the_four_selects_its_own_point(self) -> None:
        points: Points = [(100, 10), (70, 50), (60, 59), (85, 30)]
        assert chosen(points, (0, 0)) == {
            "Nash": {2},  # 3540, before 3500, 2550 and 1000
            "Kalai-Smorodinsky": {1},  # at least 0.7 of 100 and of 59, before 0.6
            "egalitarian": {2},  # at least 59
            "utilitarian": {1},  # 120, before 119, 115 and 110
        }

    def test_gains_count_from_the_walk_away(self) -> None:
        points: Points = [(100, 40), (70, 55)]
        assert chosen(points, (0, 0))["Nash"] == {0}
        assert chosen(points, (0, 35))["Nash"] == {1}

    def test_kalai_smorodinsky_is_about_shares_and_not_about_even_gains(self) -> None:
        # (60, 71) has the smaller spread of gains, but (95, 65) the larger smallest share.
        points: Points = [(60, 71), (95, 65), (100, 0), (0, 80)]
        assert chosen(points, (0, 0))["Kalai-Smorodinsky"] == {1}

    def test_egalitarian_is_about_the_smallest_gain_and_not_about_the_sum(self) -> None:
        points: Points = [(100, 20), (50, 50)]
        found = chosen(points, (0, 0))
        assert found["egalitarian"] == {1}
        assert found["utilitarian"] == {0}

    def test_after_the_smallest_gain_the_next_smallest_decides(self) -> None:
        points: Points = [(30, 40, 50), (30, 60, 40), (60, 30, 41)]
        found = chosen(points, (0, 0, 0))
        assert found["egalitarian"] == {2}

    def test_points_that_tie_are_all_named(self) -> None:
        points: Points = [(100, 0), (50, 50), (0, 100), (60, 40), (40, 60)]
        found = chosen(points, (0, 0))
        assert found["utilitarian"] == {0, 1, 2, 3, 4}
        assert found["Nash"] == {1}
        assert chosen([(60, 40), (40, 60)], (0, 0))["Nash"] == {0, 1}

    def test_noise_in_the_last_digits_does_not_part_a_tie(self) -> None:
        points: Points = [(30 + 40 - 10, 40), (40, 60.00000000000001)]
        assert chosen(points, (0, 0))["Nash"] == {0, 1}

    def test_a_party_that_can_gain_nothing_is_left_out(self) -> None:
        points: Points = [(50, 100, 20), (50, 60, 60), (50, 20, 100)]
        found = chosen(points, (50, 0, 0))
        assert found["Nash"] == {1}
        assert found["Kalai-Smorodinsky"] == {1}
        assert found["egalitarian"] == {1}

    def test_where_nobody_can_gain_every_point_is_as_good(self) -> None:
        found = chosen([(50, 50), (50, 50)], (50, 50))
        assert found["Nash"] == {0, 1}

    def test_without_points_there_are_no_solutions(self) -> None:
        assert solve(np.empty((0, 2)), np.zeros(2)) == ()

    def test_a_single_point_is_every_solution(self) -> None:
        assert set(map(frozenset, chosen([(80, 20)], (10, 10)).values())) == {frozenset({0})}

    def test_every_solution_carries_its_definition_with_a_reference(self) -> None:
        for solution in solve(np.array([[1.0, 2.0]]), np.zeros(2)):
            assert solution.definition == DEFINITIONS[solution.name]
            assert any(year in solution.definition for year in ("1950", "1975", "1977", "1955"))


@given(bargains())
def test_solutions_agree_with_their_definitions_point_by_point(
    bargain: tuple[Points, tuple[float, ...]],
) -> None:
    points, no_deal = bargain
    found, wanted = chosen(points, no_deal), oracle.solutions(points, no_deal)
    if all(0 in gains for gains in _able_gains(points, no_deal)):
        # Every product is 0; the one with the fewest parties left empty-handed is chosen.
        assert found.pop("Nash") <= wanted.pop("Nash")
    assert found == wanted


def _able_gains(points: Points, no_deal: tuple[float, ...]) -> Points:
    gains = [tuple(u - r for u, r in zip(point, no_deal, strict=True)) for point in points]
    able = [p for p, column in enumerate(zip(*gains, strict=True)) if max(column) > 0]
    return [tuple(gain[p] for p in able) for gain in gains]


@given(bargains(), st.sampled_from([0.5, 2, 10]), st.sampled_from([-50, 0, 7]), st.integers(0, 3))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_a_partys_scale(
    bargain: tuple[Points, tuple[float, ...]], stretch: float, shift: float, party: int
) -> None:
    points, no_deal = bargain
    party %= len(no_deal)

    def moved(point: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(u * stretch + shift if p == party else u for p, u in enumerate(point))

    before, after = chosen(points, no_deal), chosen(list(map(moved, points)), moved(no_deal))
    for name in ("Nash", "Kalai-Smorodinsky"):
        assert before[name] == after[name]


@given(bargains())
def test_no_solution_is_beaten_for_every_party_that_can_gain(
    bargain: tuple[Points, tuple[float, ...]],
) -> None:
    points, no_deal = bargain
    for name, rows in chosen(points, no_deal).items():
        for n in rows:
            for other in points:
                assert not all(o > u for o, u in zip(other, points[n], strict=True)), name


@pytest.mark.parametrize("walk_away", [0.0, -1_000.0])
def test_a_walk_away_below_every_point_stays_what_it_is(walk_away: float) -> None:
    points: Points = [(90, 50), (55, 84)]
    # Seen from far below, the second party's 34 points count more than the first one's 35.
    assert chosen(points, (50, 0))["Nash"] == {0}
    assert chosen(points, (walk_away, 0))["Nash"] == {1}
