import time

import pytest

from goodoffices.case.model import Issue
from goodoffices.case.options import select
from goodoffices.errors import QuantityError

DAYS = Issue(name="Days", range="0..40", step=10)
SHARES = Issue(name="Shares", range="-1..1", step=0.5)
CORRIDOR = Issue(name="Corridor", options={"leave": "Leave", "share": "Share", "10": "Ten metres"})


@pytest.mark.parametrize(
    ("choice", "options"),
    [
        ("10", ["10"]),
        ("10.0", ["10"]),
        ("+10", ["10"]),
        ("10..30", ["10", "20", "30"]),
        ("10 .. 30", ["10", "20", "30"]),
        ("5..15", ["10"]),
        ("-100..100", ["0", "10", "20", "30", "40"]),
        ("above 20", ["30", "40"]),
        ("above 25", ["30", "40"]),
        ("below 20", ["0", "10"]),
        ("at least 20", ["20", "30", "40"]),
        ("at  most  20", ["0", "10", "20"]),
    ],
)
def test_a_choice_picks_numbers_of_a_numeric_issue(choice: str, options: list[str]) -> None:
    assert select(DAYS, [choice]) == tuple(options)


@pytest.mark.parametrize(
    ("choice", "options"),
    [("-0.5", ["-0.5"]), ("-1..0", ["-1", "-0.5", "0"]), ("above -.5", ["0", "0.5", "1"])],
)
def test_numbers_may_be_negative_and_broken(choice: str, options: list[str]) -> None:
    assert select(SHARES, [choice]) == tuple(options)


def test_a_bound_on_an_option_is_not_lost_to_rounding() -> None:
    tenths = Issue(name="Tenths", range="0..1", step=0.1)
    assert select(tenths, ["at least 0.7"]) == ("0.7", "0.8", "0.9", "1")
    assert select(tenths, ["above 0.7"]) == ("0.8", "0.9", "1")
    assert select(tenths, ["0.3"]) == ("0.3",)


def test_several_choices_pick_all_that_one_of_them_picks_in_the_issues_order() -> None:
    assert select(DAYS, ["above 20", "0", "30"]) == ("0", "30", "40")
    assert select(CORRIDOR, ["share", "leave"]) == ("leave", "share")


def test_no_choice_picks_no_option() -> None:
    assert select(DAYS, []) == ()


def test_a_number_may_be_the_id_of_an_ordinary_option() -> None:
    assert select(CORRIDOR, ["10"]) == ("10",)


@pytest.mark.parametrize(
    "choice",
    ["50", "5", "above 40", "below 0", "30..10", "10..", "..10", "1..2..3", "above", "above ten"],
)
def test_a_choice_that_picks_nothing_is_an_error(choice: str) -> None:
    with pytest.raises(QuantityError) as raised:
        select(DAYS, ["10", choice])
    assert str(raised.value) == (
        f'"{choice}" picks no option of Days (0..40 in steps of 10); write a number, 10..30, '
        "above 30, below 10, at least 10 or at most 30"
    )


@pytest.mark.parametrize("choice", ["nan", "inf", "0..inf", "1e1", "1_0", "0x0", "", "\u0660"])
def test_what_is_no_plain_number_picks_nothing(choice: str) -> None:
    with pytest.raises(QuantityError):
        select(DAYS, [choice])


@pytest.mark.parametrize(
    ("choice", "hint"),
    [
        ("leaves", 'did you mean "leave"?'),
        ("above 10", "its options are leave, share, 10"),
        ("10.0", 'did you mean "10"?'),
    ],
)
def test_an_option_that_does_not_exist_is_an_error_with_the_nearest(choice: str, hint: str) -> None:
    with pytest.raises(QuantityError) as raised:
        select(CORRIDOR, [choice])
    assert str(raised.value) == f'"{choice}" is not an option of Corridor; {hint}'


def test_many_choices_among_many_options_take_bounded_time() -> None:
    issue = Issue(name="Metres", range="0..999", step=1)
    began = time.process_time()
    assert len(select(issue, [f"above {number}" for number in range(900)])) == 999
    assert time.process_time() - began < 10
