"""Which input moves the answer most: its bar, its words, and what it rests on."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.unknowns import draw_unknowns, ground, moves
from goodoffices.deals.results import Unknown
from tests.brief.cases import material, words

Founded = Literal["claimed", "assumed", "unfounded"]
LEFT, RIGHT = 1.0, 250.0
"""Where the scale of a bar begins and ends."""


def unknown(
    share: float,
    error: float = 0.01,
    path: str = "demands.stay.firmness",
    founded: Founded = "claimed",
    *,
    blank: bool = False,
) -> Unknown:
    return Unknown(path=path, share=share, error=error, founded=founded, blank=blank)


def drawn(*rows: Unknown) -> Element:
    return draw_unknowns(rows, material().naming)


def texts(drawing: Element) -> list[str]:
    return [words(s.children) for s in drawing.children if isinstance(s, Element)]


def shapes(drawing: Element, class_: str) -> list[dict[str, str]]:
    every = [dict(s.attributes) for s in drawing.children if isinstance(s, Element)]
    return [a for a in every if class_ in a.get("class", "").split()]


@pytest.mark.parametrize(
    ("share", "error", "told"),
    [
        (0.256, 0.02, "26 ± 4 %"),
        (0.5, 0.125, "50 ± 25 %"),
        (1.0, 0.0, "100 ± 1 %"),
        (0.02, 0.001, "2 ± 1 %"),
        (0.02, 0.005, "2 ± 1 %"),
        (0.02, 0.02, "2 ± 4 %"),
        (0.0099, 0.0049, "under 1 %"),
        (0.01, 0.0049, "1 ± 1 %"),
        (0.0099, 0.005, "1 ± 1 %"),
        (0.0, 0.0, "under 1 %"),
        (0.0, 0.06, "0 ± 12 %"),
    ],
)
def test_a_share_of_the_variance_is_told_in_whole_per_cent(
    share: float, error: float, told: str
) -> None:
    assert words((moves(unknown(share, error)),)) == told


@given(st.floats(0, 1), st.floats(0, 0.2))
def test_what_is_told_holds_the_share_and_never_claims_less_than_its_spread(
    share: float, error: float
) -> None:
    told = words((moves(unknown(share, error)),))
    if told == "under 1 %":
        assert share < 0.01
    else:
        middle, spread = map(int, told.removesuffix(" %").split(" ± "))
        assert abs(middle - 100 * share) <= 0.5 + 1e-9
        assert spread >= max(1, 200 * error - 0.5 - 1e-9)


@pytest.mark.parametrize(
    ("founded", "blank", "told"),
    [
        ("claimed", False, "claimed"),
        ("assumed", False, "assumed"),
        ("unfounded", False, "assumed"),
        ("claimed", True, "unknown"),
        ("assumed", True, "unknown"),
        ("unfounded", True, "unknown"),
    ],
)
def test_a_blank_is_unknown_whoever_left_it_and_only_a_claim_is_claimed(
    founded: Founded, blank: bool, told: str
) -> None:
    row = unknown(0.3, founded=founded, blank=blank)
    assert ground(row) == told
    drawing = drawn(row)
    look = {"claimed": "solid", "assumed": "light", "unknown": "hollow"}[told]
    (bar,) = shapes(drawing, "bar")
    assert look in bar["class"].split()
    assert told in texts(drawing)


@pytest.mark.parametrize(
    ("share", "error", "end"),
    [
        (0.1, 0.05, "20 %"),
        (0.125, 0.0375, "20 %"),
        (0.15, 0.03, "40 %"),
        (0.3, 0.05, "40 %"),
        (0.3, 0.06, "100 %"),
        (0.9, 0.2, "100 %"),
    ],
)
def test_the_scale_ends_at_a_round_number_beyond_the_first_interval(
    share: float, error: float, end: str
) -> None:
    assert end in texts(drawn(unknown(share, error)))[2:4]


@given(st.floats(0, 1), st.floats(0, 0.4))
def test_the_bar_of_the_first_input_can_be_read_off_the_scale(share: float, error: float) -> None:
    drawing = drawn(unknown(share, error))
    end = next(float(t.removesuffix(" %")) for t in texts(drawing)[2:] if t.endswith("0 %")) / 100
    (bar,) = shapes(drawing, "bar")
    # A share of nothing leaves a trace of 0.8 units; places are written in tenths.
    long = max((RIGHT - LEFT) * share / end, 0.8)
    assert abs(float(bar["width"]) - long) <= 0.05 + 1e-9


@given(st.floats(0, 1), st.floats(0, 0.4))
def test_the_interval_is_two_errors_to_each_side_and_stays_on_the_scale(
    share: float, error: float
) -> None:
    drawing = drawn(unknown(share, error))
    end = next(float(t.removesuffix(" %")) for t in texts(drawing)[2:] if t.endswith("0 %")) / 100
    (whisker,) = shapes(drawing, "whisker")
    low, high = (float(part.split()[0]) for part in (whisker["d"][1:], whisker["d"].split("M")[3]))
    for at, number in ((low, max(0.0, share - 2 * error)), (high, min(1.0, share + 2 * error))):
        assert abs(at - (LEFT + (RIGHT - LEFT) * min(number / end, 1.0))) <= 0.05 + 1e-9


def test_inputs_stand_in_the_order_given_and_are_named_in_words() -> None:
    rows = (unknown(0.3), unknown(0.2, path="demands.withdraw.firmness"))
    shown = [text for text in texts(drawn(*rows))[2:] if "Forces" in text]
    assert ["Forces stay" in text for text in shown] == [True, False]
    assert all("demands." not in text for text in shown)


def test_the_first_input_is_told_to_those_who_do_not_see_the_drawing() -> None:
    described = texts(drawn(unknown(0.3), unknown(0.1, founded="assumed")))[1]
    assert described.startswith("2 inputs, the largest first. ")
    assert "Forces stay" in described
    assert ": 30 ± 2 % of the variance, claimed." in described
    assert described.endswith("The table below has every input.")
