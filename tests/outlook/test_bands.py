from __future__ import annotations

import math

import numpy as np
import pytest

from goodoffices.outlook.bands import Band, aligned, band, course


def test_a_band_holds_nine_tenths_of_the_draws() -> None:
    draws = np.random.default_rng(1).normal(size=10_000)
    found = band(draws)
    assert np.mean((found.low <= draws) & (draws <= found.high)) == pytest.approx(0.9, abs=0.001)
    assert found.central == pytest.approx(np.median(draws))


def test_a_single_draw_is_a_band_without_width() -> None:
    assert band([3.0]) == Band(low=3.0, central=3.0, high=3.0)


def test_a_course_is_the_band_of_every_week() -> None:
    draws = np.random.default_rng(1).normal(size=(500, 4))
    found = course(draws)
    for week in range(4):
        expected = band(draws[:, week])
        assert (found.low[week], found.central[week], found.high[week]) == (
            expected.low,
            expected.central,
            expected.high,
        )


def test_a_number_stands_for_every_draw() -> None:
    found = aligned({"rate": 2.0, "draws": [1.0, 2.0, 3.0]})
    assert found["rate"].tolist() == [2.0, 2.0, 2.0]


def test_numbers_alone_are_one_draw() -> None:
    assert {name: one.shape for name, one in aligned({"a": 1, "b": 2}).items()} == {
        "a": (1,),
        "b": (1,),
    }


def test_true_and_false_are_one_and_zero() -> None:
    assert aligned({"yes": [True, False]})["yes"].tolist() == [1.0, 0.0]


def test_what_has_no_end_is_a_number() -> None:
    assert aligned({"half-life": math.inf})["half-life"].tolist() == [math.inf]


@pytest.mark.parametrize("wrong", [[1.0, 2.0], [[1.0], [2.0], [3.0]], []])
def test_draws_that_do_not_fit_are_named(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match=r"wrong: shape .* is not a number or one for each draw"):
        aligned({"right": [1.0, 2.0, 3.0], "wrong": wrong})


def test_draws_that_are_no_numbers_are_named() -> None:
    with pytest.raises(ValueError, match="leave out what is not known") as raised:
        aligned({"right": 1.0, "wrong": [1.0, math.nan]})
    assert str(raised.value).startswith("wrong:")


def test_no_draws_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing: shape"):
        aligned({"nothing": []})
