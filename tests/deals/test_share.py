from __future__ import annotations

import dataclasses
import math
import re
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.deals.share import Share, exact, interval_words, share, words

Z = NormalDist().inv_cdf(0.975)


@st.composite
def counts(draw: st.DrawFn, *, most: int = 20_000) -> tuple[int, int, int]:
    """Hits, draws and undecided draws that fit each other."""
    draws = draw(st.integers(1, most))
    hits = draw(st.integers(0, draws))
    return hits, draws, draw(st.integers(0, draws - hits))


def decided(most: int = 20_000) -> st.SearchStrategy[tuple[int, int]]:
    return counts(most=most).map(lambda drawn: drawn[:2])


# The interval.


@pytest.mark.parametrize(
    ("hits", "draws", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_score_interval(
    hits: int, draws: int, low: float, high: float
) -> None:
    """Newcombe (1998), Two-sided confidence intervals for the single proportion: comparison of
    seven methods, Statistics in Medicine 17:857-872, table I, method 3 (four decimals).
    """
    found = share(hits, draws)
    assert found.low == pytest.approx(low, abs=0.00005)
    assert found.high == pytest.approx(high, abs=0.00005)


@given(decided())
def test_the_ends_of_the_interval_are_where_the_score_test_just_does_not_reject(
    drawn: tuple[int, int],
) -> None:
    """Wilson's interval by its definition: at its ends p, |h/n - p| = z sqrt(p (1 - p) / n)."""
    hits, draws = drawn
    found = share(hits, draws)
    for end in (found.low, found.high):
        distance = abs(hits / draws - end)
        assert distance == pytest.approx(Z * math.sqrt(end * (1 - end) / draws), abs=1e-9)


@given(counts())
def test_the_value_lies_within_its_interval_and_that_within_0_and_1(
    drawn: tuple[int, int, int],
) -> None:
    found = share(*drawn)
    assert 0 <= found.low <= found.value <= found.high <= 1


@given(counts())
def test_the_complement_is_the_mirror_image(drawn: tuple[int, int, int]) -> None:
    hits, draws, undecided = drawn
    found, other = share(hits, draws, undecided), share(draws - hits - undecided, draws, undecided)
    assert other.value == pytest.approx(1 - found.value)
    assert other.low == pytest.approx(1 - found.high, abs=1e-12)
    assert other.high == pytest.approx(1 - found.low, abs=1e-12)
    assert other.error == pytest.approx(found.error)


@given(decided(most=2000), st.integers(2, 10))
def test_more_draws_of_the_same_share_shrink_the_interval(
    drawn: tuple[int, int], times: int
) -> None:
    hits, draws = drawn
    few, many = share(hits, draws), share(times * hits, times * draws)
    assert many.value == few.value
    assert few.low <= many.low + 1e-12
    assert many.high <= few.high + 1e-12
    assert many.error < few.error


@given(decided())
def test_one_more_hit_moves_the_whole_interval_up(drawn: tuple[int, int]) -> None:
    hits, draws = drawn
    if hits < draws:
        fewer, more = share(hits, draws), share(hits + 1, draws)
        assert fewer.low < more.low
        assert fewer.value < more.value
        assert fewer.high < more.high


def test_no_hit_and_nothing_but_hits_end_exactly_at_0_and_1() -> None:
    assert share(0, 7).low == 0.0
    assert share(7, 7).high == 1.0


# Undecided draws.


@given(counts())
def test_an_undecided_draw_may_be_either(drawn: tuple[int, int, int]) -> None:
    hits, draws, undecided = drawn
    found = share(*drawn)
    assert found.low == share(hits, draws).low
    assert found.high == share(hits + undecided, draws).high
    assert found.value == pytest.approx((hits + undecided / 2) / draws)


@given(counts())
def test_an_undecided_draw_widens_the_interval(drawn: tuple[int, int, int]) -> None:
    hits, draws, undecided = drawn
    if undecided:
        known = share(hits + undecided // 2, draws)
        assert share(*drawn).low <= known.low
        assert share(*drawn).high >= known.high
        assert share(*drawn).error > share(hits, draws, undecided - 1).error


def test_all_undecided_says_nothing_at_all() -> None:
    found = share(0, 100, undecided=100)
    assert (found.low, found.value, found.high) == (0.0, 0.5, 1.0)
    assert words(found) == "between 0 and 100 %"


# The error.


@pytest.mark.parametrize(("hits", "draws"), [(5000, 10_000), (312, 10_000), (700, 1000)])
def test_the_error_is_the_usual_standard_error_where_that_is_good(hits: int, draws: int) -> None:
    usual = math.sqrt(hits * (draws - hits) / draws**3)
    assert share(hits, draws).error == pytest.approx(usual, rel=0.01)


@given(counts())
def test_a_sample_is_never_without_error(drawn: tuple[int, int, int]) -> None:
    assert share(*drawn).error > 0


def test_an_exact_probability_has_no_error_and_no_draws() -> None:
    found = exact(0.25)
    assert found == Share(value=0.25, error=0.0, low=0.25, high=0.25)
    assert (found.draws, found.hits, found.undecided) == (0, 0, 0)


def test_rounding_noise_beyond_0_and_1_is_taken_away() -> None:
    assert exact(1 + 2**-40).value == 1.0
    assert exact(-(2**-40)).value == 0.0


# What is refused.


@pytest.mark.parametrize(
    ("hits", "draws", "undecided"),
    [(0, 0, 0), (-1, 10, 0), (11, 10, 0), (5, 10, 6), (5, 10, -1), (0, -1, 0)],
)
def test_counts_that_do_not_fit_are_refused(hits: int, draws: int, undecided: int) -> None:
    message = f"{hits} hits and {undecided} undecided of {draws} draws is no share"
    with pytest.raises(ValueError, match=re.escape(message)):
        share(hits, draws, undecided)


def test_a_part_of_a_draw_is_refused() -> None:
    with pytest.raises(TypeError):
        share(0.5, 10)


@pytest.mark.parametrize("value", [-0.01, 1.01, 40.0, math.nan, math.inf])
def test_what_is_not_a_probability_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="is not a probability between 0 and 1"):
        exact(value)


def test_counts_from_numpy_become_plain_numbers() -> None:
    found = share(np.int64(3), np.int64(10), np.int64(1))
    assert found == share(3, 10, 1)
    assert {type(found.hits), type(found.draws), type(found.undecided)} == {int}
    assert type(exact(np.float64(0.5)).value) is float


def test_a_share_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        share(1, 2).value = 0.0


# In words.


@pytest.mark.parametrize(
    ("hits", "draws", "said"),
    [
        (312, 10_000, "about 3 %"),
        (3400, 10_000, "about 34 %"),
        (50, 100, "about 50 %"),
        (81, 263, "about 30 %"),
        (45, 1000, "about 4 %"),
        (955, 1000, "about 96 %"),
        (9971, 10_000, "about 99.7 %"),
        (9600, 1_000_000, "about 1 %"),
        (314_159, 1_000_000, "about 31 %"),
        (0, 10_000, "below 0.1 %"),
        (5, 10_000, "below 0.2 %"),
        (4, 1000, "below 2 %"),
        (0, 20, "below 20 %"),
        (10_000, 10_000, "above 99.9 %"),
        (996, 1000, "above 98 %"),
        (20, 20, "above 80 %"),
        (5, 10, "between 20 and 80 %"),
        (1, 2, "between 0 and 100 %"),
        (0, 1, "between 0 and 80 %"),
    ],
)
def test_a_sampled_probability_is_said_without_false_decimals(
    hits: int, draws: int, said: str
) -> None:
    assert words(share(hits, draws)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.25, "25 %"),
        (0.031, "3.1 %"),
        (1 / 3, "about 33 %"),
        (0.0312, "about 3.1 %"),
        (0.0001, "below 0.1 %"),
        (0.9999, "above 99.9 %"),
    ],
)
def test_an_exact_probability_is_about_nothing_unless_it_was_rounded(
    value: float, said: str
) -> None:
    assert words(exact(value)) == said
    assert interval_words(exact(value)) == said


@pytest.mark.parametrize(
    ("hits", "draws", "said"),
    [
        (312, 10_000, "2 to 4 %"),
        (3400, 10_000, "33 to 35 %"),
        (50, 100, "40 to 60 %"),
        (9971, 10_000, "99.5 to 99.8 %"),
        (0, 10_000, "0 to 0.1 %"),
        (10_000, 10_000, "99.9 to 100 %"),
        (5, 10, "20 to 80 %"),
    ],
)
def test_an_interval_is_said_rounded_outwards(hits: int, draws: int, said: str) -> None:
    assert interval_words(share(hits, draws)) == said


def test_undecided_draws_coarsen_the_words() -> None:
    assert words(share(5000, 10_000)) == "about 50 %"
    assert words(share(5000, 10_000, undecided=1000)) == "about 55 %"
    assert words(share(5000, 10_000, undecided=5000)) == "between 40 and 100 %"


def numbers(said: str) -> list[float]:
    return [float(number) / 100 for number in re.findall(r"[\d.]+", said)]


@given(counts())
def test_the_words_are_true(drawn: tuple[int, int, int]) -> None:
    found = share(*drawn)
    said = words(found)
    kind, named = said.split()[0], numbers(said)
    noise = 1e-9
    if kind == "about":
        # Rounding to steps that are not below the error adds at most half a step.
        assert abs(named[0] - found.value) <= max(2.5 * found.error, 0.005) + noise
        assert 0 < named[0] < 1
    elif kind == "below":
        assert found.high <= named[0] + noise
    elif kind == "above":
        assert found.low >= named[0] - noise
    else:
        assert kind == "between"
        assert named[0] <= found.low + noise
        assert named[1] >= found.high - noise


@given(counts())
def test_no_more_than_one_decimal_is_ever_said_and_none_in_the_middle(
    drawn: tuple[int, int, int],
) -> None:
    found = share(*drawn)
    for said in (words(found), interval_words(found)):
        assert re.fullmatch(r"[a-z ]*\d+(\.[1-9])?( (to|and) \d+(\.[1-9])?)? %", said)
        assert "." not in said or not 0.1 <= found.value <= 0.9


@given(counts())
def test_the_interval_in_words_holds_the_interval(drawn: tuple[int, int, int]) -> None:
    found = share(*drawn)
    low, high = numbers(interval_words(found))
    assert 0 <= low <= found.low + 1e-9
    assert found.high - 1e-9 <= high <= 1


@given(counts())
def test_a_probability_and_its_complement_are_said_alike(drawn: tuple[int, int, int]) -> None:
    hits, draws, undecided = drawn
    said = words(share(hits, draws, undecided))
    other = words(share(draws - hits - undecided, draws, undecided))
    mirrored = sorted(round(1 - number, 9) for number in numbers(other))
    assert mirrored == pytest.approx(numbers(said))
    swap = {"above": "below", "below": "above"}
    kind = said.split()[0]
    assert other.split()[0] == swap.get(kind, kind)
