import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodoffices.outlook.bands import Band
from goodoffices.outlook.results import LegReport, PooledReport
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.telling import band_words, confidence, day_words, likelihood, rough
from tests.outlook.cases import ask_lens, asked, case_with

PROBABILITIES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("low", "central", "high", "said"),
    [
        (0.0, 0.001, 0.004, "below 1 % (90 % interval 0 to 1 %)"),
        (0.02, 0.04, 0.07, "about 4 % (90 % interval 2 to 7 %)"),
        (0.2, 0.33, 0.5, "about 35 % (90 % interval 20 to 50 %)"),
        (0.31, 0.33, 0.36, "about 33 % (90 % interval 31 to 36 %)"),
        (0.1, 0.4, 0.8, "between 10 and 80 %"),
        (0.96, 0.98, 0.999, "about 98 % (90 % interval 96 to 100 %)"),
        (0.25, 0.25, 0.25, "25 %"),
    ],
)
def test_a_probability_is_told_no_more_exactly_than_it_is_known(
    low: float, central: float, high: float, said: str
) -> None:
    assert band_words(Band(low=low, central=central, high=high)) == said


@given(st.tuples(PROBABILITIES, PROBABILITIES, PROBABILITIES).map(sorted))
def test_no_decimals_are_ever_told(ends: list[float]) -> None:
    band = Band(low=ends[0], central=ends[1], high=ends[2])
    assert "." not in band_words(band)
    assert "." not in rough(band)


def test_a_likelihood_names_the_event_and_the_day() -> None:
    band = Band(low=0.02, central=0.04, high=0.07)
    said = likelihood("A deal.", dt.date(2024, 12, 31), band)
    assert said == "A deal, by 31 December 2024: about 4 % (90 % interval 2 to 7 %)."
    assert day_words(dt.date(2024, 1, 1)) == "1 January 2024"


@given(st.tuples(PROBABILITIES, PROBABILITIES, PROBABILITIES).map(sorted))
def test_the_interval_that_is_told_holds_the_band_and_the_middle_that_is_told(
    ends: list[float],
) -> None:
    low, central, high = ends
    assume(low < high)
    told = re.findall(r"\d+", band_words(Band(low=low, central=central, high=high)))
    *_, first, last = map(int, told[-2:])
    # A place in per cent is rounded to nine digits before it is rounded outwards.
    assert first <= 100 * low + 1e-7
    assert last >= 100 * high - 1e-7
    assert 0 <= first <= last <= 100
    middle = rough(Band(low=low, central=central, high=high))
    number = int(re.findall(r"\d+", middle)[0])
    if middle.startswith("about"):
        assert first <= number <= last


@given(PROBABILITIES, PROBABILITIES)
def test_a_band_of_more_than_half_the_scale_has_no_middle(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assume(low < high)
    said = band_words(Band(low=low, central=(low + high) / 2, high=high))
    assert said.startswith("between ") == (high - low > 0.5)


@given(PROBABILITIES)
def test_what_is_exact_has_no_interval_and_is_about_only_if_rounded(p: float) -> None:
    said = band_words(Band(low=p, central=p, high=p))
    assert "interval" not in said
    if said.endswith(f"{round(100 * p)} %") and not said.startswith(("about", "above", "below")):
        assert round(100 * p) == pytest.approx(100 * p)


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0, "below 1 %"),
        (0.004, "below 1 %"),
        (0.01, "1 %"),
        (0.256, "about 26 %"),
        (0.5, "50 %"),
        (0.99, "99 %"),
        (0.996, "above 99 %"),
        (1.0, "above 99 %"),
    ],
)
def test_no_forecast_is_ever_called_certain(p: float, said: str) -> None:
    assert rough(Band(low=p, central=p, high=p)) == said


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (0.0625, "about 34 %"),  # In whole per cent.
        (0.125, "about 35 %"),  # In steps of five.
        (0.375, "about 35 %"),
        (0.5, "about 30 %"),  # In steps of ten.
    ],
)
def test_a_wider_band_is_told_in_wider_steps(width: float, said: str) -> None:
    assert rough(Band(low=0.25, central=0.337, high=0.25 + width)) == said


def test_a_long_question_is_cut_and_keeps_its_day_and_number() -> None:
    said = likelihood("x" * 500, dt.date(2024, 12, 31), Band(low=0.5, central=0.5, high=0.5))
    assert len(said) < 160
    assert said.endswith(", by 31 December 2024: 50 %.")


@cache
def founded() -> Subject:
    """The small case, of whose outlook every part rests on assumptions."""
    return asked(case_with(), draws=20)


@cache
def pool() -> PooledReport:
    (known,) = (q.pooled for q in ask_lens().questions if q.pooled is not None)
    return known


def leg(
    central: float,
    name: Literal["inside", "outside", "estimates"] = "outside",
    low: float | None = None,
    high: float | None = None,
) -> LegReport:
    band = Band(
        low=central if low is None else low,
        central=central,
        high=central if high is None else high,
    )
    return LegReport(leg=name, weight=0.5, probability=band, how="x")


def reasons(
    *legs: LegReport, missing: tuple[str, ...] = (), pooled: PooledReport | None = None
) -> list[str]:
    """Return what speaks against trusting a number, but for the assumptions of the small case."""
    level, said = confidence(founded(), legs, missing, pooled)
    head, _, rest = said.rstrip(".").partition(": ")
    *found, last = rest.split("; ")
    assert last.endswith("parts of the outlook rest on assumptions")
    # That one reason is always there, so every other makes confidence low.
    assert level == ("low" if found else "moderate")
    assert head == f"Confidence in that is {level}"
    return found


def test_views_that_are_not_there_are_counted() -> None:
    assert reasons(leg(0.5), missing=("inside: x", "estimates: y")) == ["1 of 3 views is there"]
    assert reasons(leg(0.5), leg(0.5, "inside"), missing=("x",)) == ["2 of 3 views are there"]
    assert reasons(leg(0.5), leg(0.5, "inside"), leg(0.5, "estimates")) == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (0.5, 0.79, []),  # The odds of 80 % are 4 to 1.
        (0.5, 0.81, ["the views differ, from 50 % (outside) to 81 % (inside)"]),
        (0.81, 0.5, ["the views differ, from 50 % (inside) to 81 % (outside)"]),
        (0.01, 0.5, ["the views differ, from 1 % (outside) to 50 % (inside)"]),
        (0.0, 1.0, ["the views differ, from 0 % (outside) to 100 % (inside)"]),
    ],
)
def test_views_differ_where_their_odds_lie_more_than_four_times_apart(
    one: float, other: float, said: list[str]
) -> None:
    assert reasons(leg(one), leg(other, "inside")) == said


def test_a_view_whose_ends_lie_more_than_sixteen_times_apart_is_wide_open() -> None:
    # The odds of 20 % and 80 % are 1 to 4 and 4 to 1.
    assert reasons(leg(0.5, low=0.21, high=0.79)) == []
    wide = leg(0.5, low=0.19, high=0.81)
    assert reasons(wide) == ["past cases of its kind leave much open"]
    both = reasons(wide, leg(0.5, "estimates", low=0.0, high=0.5))
    assert both == [
        "past cases of its kind leave much open and what the sources think leaves much open"
    ]


@pytest.mark.parametrize(
    ("groups", "camps", "said"),
    [
        (1, {"": 1.0}, ["the estimates come from one group"]),
        (1, {"a": 0.5, "b": 0.5}, ["the estimates come from one group"]),
        (2, {"": 1.0}, ["the estimates come from one camp, or don't say from which"]),
        (3, {"a": 1.0}, ["the estimates come from one camp, or don't say from which"]),
        (2, {"a": 0.5, "": 0.5}, []),
    ],
)
def test_estimates_of_one_group_or_camp_say_so(
    groups: int, camps: dict[str, float], said: list[str]
) -> None:
    assert reasons(leg(0.5), pooled=replace(pool(), groups=groups, camps=camps)) == said
