import datetime as dt
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.text import (
    chance,
    chance_short,
    clipped,
    cost,
    count,
    counted,
    dated,
    day,
    in_points,
    interval,
    isolated,
    number_of,
    points,
    quantity,
    rounded,
    share_change,
    signed,
    visible,
    whole_per_cent,
)
from goodoffices.case.model import Dated
from goodoffices.case.quantity import Points, Probability, Quantity, Value, Weight
from goodoffices.deals.results import Cost
from goodoffices.deals.share import exact, share


@pytest.mark.parametrize(
    "control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
def test_no_sign_that_turns_the_writing_direction_is_shown(control: str) -> None:
    assert visible(f"a{control}b") == "ab"


@pytest.mark.parametrize("control", ["\x00", "\x1b", "\x7f", "\x85", "\n", "\t", "\u2028", "\r\n"])
def test_a_control_character_becomes_a_space(control: str) -> None:
    assert visible(f"a{control}b") == "a b"


def test_text_without_a_shape_is_taken_out() -> None:
    assert visible("a\u200bb\u00adc\ufeffd\U000e0041e") == "abcde"


def test_half_a_character_is_replaced_so_that_the_page_can_be_written() -> None:
    assert visible("a\ud800b").encode() == "a\ufffdb".encode()


def test_marks_do_not_pile_up_over_other_lines() -> None:
    assert visible("Z" + "\u0301" * 50) == "Z" + "\u0301" * 3


def test_letters_of_every_script_and_their_joiners_stay() -> None:
    for text in (
        "Žižkov",
        "شرق",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "जम्मू",
        "東京",
        "👩\u200d🚀",
    ):
        assert visible(text) == text


@given(st.text())
def test_what_is_shown_has_no_controls_and_does_not_change_when_shown_again(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs"}]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_what_a_reader_can_see_stays_as_it_is(text: str) -> None:
    # Letters that have no shape, such as the Hangul fillers, are not for a reader to see.
    seen = "".join(c for c in text if c not in "\u115f\u1160\u3164\uffa0")
    assert visible(text) == seen


def test_isolated_text_opens_and_closes_once() -> None:
    assert isolated("\u2069\u202eabc") == "\u2068abc\u2069"


def test_clipped_text_says_that_something_is_missing() -> None:
    assert clipped("abcdef", 6) == "abcdef"
    assert clipped("abcdefg", 6) == "abcde…"
    assert clipped("abc  defg", 6) == "abc…"


def test_days_are_written_out() -> None:
    assert day(dt.date(2024, 12, 31)) == "31 December 2024"
    assert day(dt.date(800, 1, 1)) == "1 January 800"
    assert day(None) == "no date"


def test_small_counts_are_words_and_large_ones_have_thousands() -> None:
    assert [counted(n) for n in (0, 1, 12, 13, 4950)] == ["none", "one", "twelve", "13", "4,950"]
    assert count(1944000) == "1,944,000"


@pytest.mark.parametrize(
    ("given_quantity", "written"),
    [
        (Weight.parse(40), "40"),
        (Weight.parse("30..50"), "30–50"),
        (Value.parse("30..40..55"), "30–55, likely 40"),
        (Value.parse("0.5..1.25"), "0.5–1.25"),
        (Points.parse("-20..5"), "−20 to 5"),
        (Points.parse(-3), "−3"),
        (Value.parse(None), "unknown"),
        (Probability.parse("60..95%"), "60–95\u202f%"),
        (Probability.parse(0.25), "25\u202f%"),
        (Probability.parse("0.1..0.2..0.4"), "10–40\u202f%, likely 20\u202f%"),
        (Probability.parse("unlikely (UK)"), "“unlikely (UK)” (25–35\u202f%)"),
    ],
)
def test_a_quantity_is_written_as_the_case_gives_it(given_quantity: Quantity, written: str) -> None:
    assert quantity(given_quantity) == written


def test_a_probability_never_parts_from_its_sign() -> None:
    assert chance(share(312, 10_000)) == "about 3\u202f%"
    assert interval(share(312, 10_000)) == "2 to 4\u202f%"
    assert chance(exact(0.25)) == "25\u202f%"


def test_in_a_drawing_a_wide_interval_is_short() -> None:
    assert chance(share(1, 4)) == "between 0 and 70\u202f%"
    assert chance_short(share(1, 4)) == "0–70\u202f%"
    assert chance_short(share(5000, 10_000)) == "about 50\u202f%"


@pytest.mark.parametrize(
    ("value", "written"),
    [(47.7, "48"), (0.96, "1"), (0.94, "0.9"), (0.04, "0"), (0, "0"), (-3.2, "−3"), (-0.01, "0")],
)
def test_points_are_whole_but_for_small_ones(value: float, written: str) -> None:
    assert points(value) == written


def test_a_gain_has_a_sign_and_nothing_has_none() -> None:
    assert [signed(v) for v in (5.4, -5.4, 0.3, 0.01, -0.01)] == ["+5", "−5", "+0.3", "0", "0"]


def test_a_cost_is_a_range_unless_both_ends_are_written_alike() -> None:
    assert cost(Cost(low=4.1, central=7, high=11.2)) == "4 to 11"
    assert cost(Cost(low=4.6, central=5, high=5.4)) == "5"


@pytest.mark.parametrize(
    ("change", "error", "written"),
    [
        (0.6361, 0.0048, "+64 points"),
        (-0.6361, 0.0048, "−64 points"),
        (0.0123, 0.0004, "+1.2 points"),
        (0.22, 0.03, "+20 points"),
        (0.4, 0.15, "+40 points"),
        (0.0015, 0.001, "no clear change"),
        (0.0004, 0.0001, "+less than 0.1 points"),
        (0.5, 0.0, "+50 points"),
        (0.0, 0.0, "no change"),
        (0.0, 0.01, "no clear change"),
    ],
)
def test_a_change_is_rounded_to_what_its_error_allows(
    change: float, error: float, written: str
) -> None:
    assert share_change(change, error) == written


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [
        (0.0, 2, "0"),
        (0.0567, 2, "0.057"),
        (0.5, 2, "0.5"),
        (9.96, 2, "10"),
        (99.0, 2, "99"),
        (99.6, 2, "100"),
        (247.0, 2, "250"),
        (1049.0, 2, "1,000"),
        (1234567.0, 3, "1,230,000"),
        (-247.0, 2, "-250"),
        (math.inf, 2, "inf"),
    ],
)
def test_a_number_has_so_many_digits_that_count_and_no_exponent(
    number: float, digits: int, written: str
) -> None:
    assert rounded(number, digits) == written


@given(st.floats(0.001, 1e12), st.integers(1, 6))
def test_a_rounded_number_is_off_by_half_of_its_last_digit_at_most(
    number: float, digits: int
) -> None:
    written = rounded(number, digits)
    assert "e" not in written
    read = float(written.replace(",", ""))
    assert abs(read - number) <= number * 5.0001 * 10.0**-digits
    assert rounded(read, digits) == written


@pytest.mark.parametrize(
    ("probability", "written"),
    [
        (0.0, "0\u202f%"),
        (1e-12, "0\u202f%"),
        (0.0001, "below 1\u202f%"),
        (0.004, "below 1\u202f%"),
        (0.006, "1\u202f%"),
        (0.256, "26\u202f%"),
        (0.994, "99\u202f%"),
        (0.996, "above 99\u202f%"),
        (1 - 1e-12, "100\u202f%"),
        (1.0, "100\u202f%"),
    ],
)
def test_only_what_is_certain_is_written_as_certain(probability: float, written: str) -> None:
    assert whole_per_cent(probability) == written


@given(st.floats(1e-6, 1 - 1e-6))
def test_a_probability_and_its_complement_are_bounded_alike(probability: float) -> None:
    one, other = whole_per_cent(probability), whole_per_cent(1 - probability)
    assert one.startswith("below") == other.startswith("above")
    assert one not in {"0\u202f%", "100\u202f%"}


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("250000", "250000"),
        ("999999", "999999"),
        ("1000000", "1,000,000"),
        ("1234567", "1,234,567"),
        ("1000000..2500000", "1,000,000–2,500,000"),
        ("-1234567", "−1,234,567"),
        ("0.123456", "0.123456"),
    ],
)
def test_a_large_quantity_is_written_out_as_the_case_gives_it(number: str, written: str) -> None:
    assert quantity(Quantity.parse(number)) == written


@pytest.mark.parametrize(
    ("given_day", "written"),
    [
        (Dated(date=dt.date(2024, 9, 7)), "7 September 2024"),
        (Dated(date=dt.date(2024, 9, 7), inferred="the ink"), "7 September 2024 (inferred)"),
        (Dated(), "no date"),
    ],
)
def test_a_day_that_was_inferred_says_so(given_day: Dated, written: str) -> None:
    assert dated(given_day) == written


@given(st.dates())
def test_every_day_has_a_writing_of_its_own(given_day: dt.date) -> None:
    number, month, year = day(given_day).split()
    assert (int(number), int(year)) == (given_day.day, given_day.year)
    assert month == dt.date(2000, given_day.month, 1).strftime("%B")


@given(st.floats(-1000, 1000))
def test_points_and_gains_never_part_from_their_value_by_more_than_a_half(value: float) -> None:
    for written in (points(value), signed(value)):
        read = float(written.replace("−", "-"))
        assert abs(read - value) <= (0.05 if abs(value) < 0.95 else 0.5) + 1e-9
    assert signed(value)[0] in "+−0"


@given(st.text(max_size=60), st.integers(1, 40))
def test_clipped_text_is_never_longer_and_only_then_has_an_ellipsis(text: str, length: int) -> None:
    shown = clipped(text, length)
    assert len(shown) <= length
    if len(visible(text)) <= length:
        assert shown == visible(text)
    else:
        assert shown.endswith("…")
        assert visible(text).startswith(shown[:-1])


@pytest.mark.parametrize(("number", "said"), [(0, "0 steps"), (1, "1 step"), (1200, "1,200 steps")])
def test_only_one_of_a_thing_is_told_in_the_singular(number: int, said: str) -> None:
    assert number_of(number, "step") == said


@pytest.mark.parametrize("one", ["1", "+1", "−1", "-1"])
def test_one_point_up_or_down_is_told_in_the_singular(one: str) -> None:
    assert in_points(one) == f"{one} point"
    assert in_points(f"{one}.5") == f"{one}.5 points"
    assert in_points(f"{one} to 4") == f"{one} to 4 points"
