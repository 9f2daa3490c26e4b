from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodoffices.outlook.scale import Blend, Distribution, compromise, concentration, predict

Floats = NDArray[np.float64]


@st.composite
def issues(draw: st.DrawFn) -> tuple[list[float], list[float]]:
    """Positions, often the same or at the ends, and saliences, at least one above 0."""
    place = st.one_of(st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100))
    actors = draw(st.integers(1, 6))
    positions = draw(st.lists(place, min_size=actors, max_size=actors))
    weight = st.one_of(st.just(0.0), st.floats(1, 100))
    saliences = draw(st.lists(weight, min_size=actors, max_size=actors))
    saliences[0] = max(saliences[0], 1.0)
    return positions, saliences


@st.composite
def blends(draw: st.DrawFn) -> Blend:
    within = draw(st.floats(0, 1))
    return Blend(
        pull=draw(st.floats(0, 1)),
        width=draw(st.floats(0.01, 2)),
        within=within,
        anywhere=draw(st.floats(0, 1)) * (1 - within),
    )


@st.composite
def grids(draw: st.DrawFn) -> Floats:
    inner = draw(st.lists(st.integers(1, 99), unique=True, max_size=6))
    return np.array([0, *sorted(inner), 100], dtype=float)


def near(found: Floats, expected: Floats) -> None:
    np.testing.assert_allclose(found, expected, atol=1e-9)


@given(issues(), blends(), grids())
def test_probabilities_are_no_less_than_nothing_and_add_up_to_one(
    issue: tuple[list[float], list[float]], blend: Blend, grid: Floats
) -> None:
    found = predict(*issue, blend=blend, grid=grid)
    assert (found.pmf >= 0).all()
    assert found.pmf.sum() == pytest.approx(1.0, abs=1e-12)
    assert (np.diff(found.cdf) >= 0).all()
    assert 0 <= found.mean <= 100


@given(issues())
def test_a_prediction_is_never_a_bare_point(issue: tuple[list[float], list[float]]) -> None:
    found = predict(*issue)
    assert (found.pmf > 0).all()
    assert found.interval(0.95).high - found.interval(0.95).low >= 4


@given(issues(), blends(), grids())
def test_turning_the_scale_round_turns_the_prediction_round(
    issue: tuple[list[float], list[float]], blend: Blend, grid: Floats
) -> None:
    positions, saliences = issue
    turned = predict([100 - x for x in positions], saliences, blend=blend, grid=100 - grid[::-1])
    near(turned.pmf[::-1], predict(positions, saliences, blend=blend, grid=grid).pmf)


@given(issues(), st.data())
def test_the_order_of_the_actors_does_not_matter(
    issue: tuple[list[float], list[float]], data: st.DataObject
) -> None:
    positions, saliences = issue
    order = data.draw(st.permutations(range(len(positions))))
    other = predict([positions[i] for i in order], [saliences[i] for i in order])
    near(other.pmf, predict(positions, saliences).pmf)


@given(issues(), st.floats(0.01, 100))
def test_the_unit_of_the_saliences_does_not_matter(
    issue: tuple[list[float], list[float]], unit: float
) -> None:
    positions, saliences = issue
    near(predict(positions, [unit * s for s in saliences]).pmf, predict(*issue).pmf)


@given(issues(), st.floats(0.05, 0.95))
def test_an_actor_is_two_with_the_same_position_and_parts_of_the_salience(
    issue: tuple[list[float], list[float]], part: float
) -> None:
    positions, saliences = issue
    first = saliences[0]
    split = predict([positions[0], *positions], [part * first, (1 - part) * first, *saliences[1:]])
    near(split.pmf, predict(*issue).pmf)


@given(issues(), st.floats(0, 100))
def test_an_actor_that_does_not_care_changes_nothing(
    issue: tuple[list[float], list[float]], place: float
) -> None:
    positions, saliences = issue
    near(predict([*positions, place], [*saliences, 0.0]).pmf, predict(*issue).pmf)


@given(issues(), grids())
def test_draws_that_are_all_the_same_say_the_same_as_one(
    issue: tuple[list[float], list[float]], grid: Floats
) -> None:
    positions, saliences = issue
    many = predict([positions] * 3, [saliences] * 3, grid=grid)
    near(many.pmf, predict(positions, saliences, grid=grid).pmf)


@given(issues(), st.integers(0, 100), st.integers(0, 100))
def test_a_score_is_a_distance_at_most(
    issue: tuple[list[float], list[float]], end: int, other: int
) -> None:
    """CRPS lies between 0 and the mean distance, and moves no faster than the end."""
    found = predict(*issue)
    score = found.crps(end)
    assert 0 <= score <= float(found.pmf @ np.abs(found.grid - end)) + 1e-9
    assert abs(score - found.crps(other)) <= abs(end - other) + 1e-9


@given(issues(), st.floats(0.05, 0.9), st.floats(0.01, 0.09))
def test_a_higher_level_makes_an_interval_no_shorter(
    issue: tuple[list[float], list[float]], level: float, more: float
) -> None:
    found = predict(*issue)
    short, long = found.interval(level), found.interval(level + more)
    assert short.high - short.low <= long.high - long.low
    assert short.mass >= level - 1e-9
    assert long.mass >= level + more - 1e-9


@given(issues(), grids())
def test_options_share_all_of_the_probability(
    issue: tuple[list[float], list[float]], options: Floats
) -> None:
    found = predict(*issue).over(options)
    assert (found >= -1e-12).all()
    assert found.sum() == pytest.approx(1.0)


@given(issues(), grids())
def test_options_at_every_place_of_the_grid_change_nothing(
    issue: tuple[list[float], list[float]], grid: Floats
) -> None:
    found = predict(*issue, grid=grid)
    near(found.over(grid), found.pmf)


@given(issues(), st.floats(0, 1), st.floats(0.001, 2), st.lists(st.floats(0, 100), min_size=1))
def test_a_compromise_has_a_distribution_whatever_the_positions(
    issue: tuple[list[float], list[float]], pull: float, width: float, at: list[float]
) -> None:
    found = compromise(*issue, np.sort(at), pull=pull, width=width)[0]
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found) >= 0).all()


@given(issues())
def test_concentration_lies_between_one_of_n_and_agreement(
    issue: tuple[list[float], list[float]],
) -> None:
    """The index of n equal shares is 1 / n, and no shares of n have a lower one."""
    (found,) = concentration(*issue)
    assert 1 / len(issue[0]) - 1e-9 <= found <= 1 + 1e-9


@given(issues(), st.integers(0, 100))
def test_the_transform_of_what_happened_lies_between_nothing_and_all(
    issue: tuple[list[float], list[float]], end: int
) -> None:
    found: Distribution = predict(*issue)
    below, upto = found.pit(end)
    assert 0 <= below <= upto <= 1
    assert upto - below == pytest.approx(found.pmf[end], abs=1e-9)
