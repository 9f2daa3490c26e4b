from itertools import pairwise

import pytest

from goodoffices.case._numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("30%", "30%"),
        ("30 %", "30%"),
        ("30 percent", "30%"),
        ("30-percent", "30%"),
        ("30 per cent", "30%"),
        ("12.5 pct", "12.5%"),
        ("12,5 %", "12.5%"),
        ("thirty percent", "30%"),
        ("twenty-five percent", "25%"),
        ("ninety nine percent", "99%"),
        ("zero percent", "0%"),
        ("one hundred percent", "100%"),
        ("one in four", "25%"),
        ("1 in 4", "25%"),
        ("one-in-four", "25%"),
        ("one chance in ten", "10%"),
        ("three chances out of ten", "30%"),
        ("three out of ten", "30%"),
        ("one in a hundred", "1%"),
        ("one in 1,000", "0.1%"),
        ("one in every three", "33.3333%"),
        ("one in a million", "0.0001%"),
        ("two thirds", "66.6667%"),
        ("three-quarters", "75%"),
        ("a quarter", "25%"),
        ("fifty-fifty", "50%"),
        ("50/50", "50%"),
        ("0.3", "30%"),
        (".25", "25%"),
    ],
)
def test_a_number_is_read_in_the_forms_in_which_people_write_it(text: str, written: str) -> None:
    (number,) = find_numbers(text)
    assert (number.written, number.form) == (written, "number")
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20 to 30 percent", 0.2, 0.3),
        ("20-30%", 0.2, 0.3),
        ("20% to 30%", 0.2, 0.3),
        ("20..30 %", 0.2, 0.3),
        ("from 20 to 30%", 0.2, 0.3),
        ("between 20 and 30 percent", 0.2, 0.3),
        ("between twenty and thirty percent", 0.2, 0.3),
        ("ten to fifteen percent", 0.1, 0.15),
        ("0.2 to 0.3", 0.2, 0.3),
        ("0.2-0.3", 0.2, 0.3),
        ("30 to 20 percent", 0.2, 0.3),
    ],
)
def test_a_range_is_read_from_its_lower_to_its_upper_end(
    text: str, low: float, high: float
) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.high, number.form) == (low, high, "range")
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("at least 60%", "60..100%"),
        ("more than 60 percent", "60..100%"),
        ("better than 60 %", "60..100%"),
        ("over 60%", "60..100%"),
        ("no less than 60%", "60..100%"),
        ("at most 10%", "0..10%"),
        ("no more than 10%", "0..10%"),
        ("less than 10%", "0..10%"),
        ("below 10%", "0..10%"),
        ("up to 10%", "0..10%"),
        ("less than one in ten", "0..10%"),
        ("under a 10% chance", "0..10%"),
    ],
)
def test_a_bound_reaches_to_the_end_of_the_scale(text: str, written: str) -> None:
    (number,) = find_numbers(text)
    assert (number.written, number.form) == (written, "bound")
    assert number.start == 0


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("3 to 1 against", 0.25),
        ("three to one against", 0.25),
        ("3:1 against", 0.25),
        ("3 to 1 on", 0.75),
        ("3 to 1 in favour", 0.75),
        ("3 to 1 in favor", 0.75),
    ],
)
def test_odds_for_and_against_are_turned_into_a_probability(text: str, low: float) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.form, number.sided) == (low, "odds", True)


def test_odds_that_do_not_say_their_side_say_that_they_do_not() -> None:
    (number,) = find_numbers("the odds are 3 to 1")
    assert not number.sided


@pytest.mark.parametrize(
    "text",
    [
        "the vote was 3 to 1",
        "at 10:30",
        "resolution 2735",
        "14 kilometres",
        "10 percentage points",
        "ten percent points",
        "the two in 2024",
        "1.2.3 %",
        "a third round",
        "2024-09-07",
        "",
    ],
)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert find_numbers(text) == []


def test_numbers_are_named_in_the_order_of_the_text_and_none_within_another() -> None:
    found = find_numbers("20 to 30 percent, then one in four, then 5%")
    assert [each.written for each in found] == ["20..30%", "25%", "5%"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_what_no_probability_can_be_is_read_as_it_stands() -> None:
    (number,) = find_numbers("110%")
    assert number.low == pytest.approx(1.1, abs=1e-12)
