"""Whether two statements whose words are alike say the same, or contradict each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.reading.compare import contradiction, happened, same_event, says_same
from goodoffices.reading.findings import Amount, Span, Statement
from tests.reading.found import MONDAY, SHOT, TEXTS, report, statements

DEMAND, ASSAULT = report().statements[0], report().statements[2]
TUESDAY = MONDAY.replace(day=28)


def told(**fields: Any) -> Statement:
    """Return the assault as somebody else tells it."""
    return replace(ASSAULT, happening=replace(SHOT, **fields))


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "request"},
        {"speakers": ("south",)},
        {"negated": True},
        {"modality": "denied"},
        {"voice": "opinion"},
    ],
)
def test_claims_that_differ_in_what_is_done_by_whom_are_two(changed: dict[str, Any]) -> None:
    assert says_same(DEMAND, DEMAND)
    assert not says_same(DEMAND, replace(DEMAND, **changed))


def test_who_passed_it_on_does_not_make_another_claim() -> None:
    assert says_same(DEMAND, replace(DEMAND, speakers=("mediator", "north")))


@pytest.mark.parametrize(
    "changed",
    [
        {"actor": "north"},
        {"target": "south"},
        {"date": TUESDAY},
        {"count": 3},
        {"place": "the market"},
    ],
)
def test_deeds_that_differ_in_something_that_both_give_are_two(changed: dict[str, Any]) -> None:
    assert not same_event(ASSAULT, told(**changed))
    assert not says_same(ASSAULT, told(**changed))


@pytest.mark.parametrize("name", ["actor", "target", "date", "count", "place"])
def test_what_one_of_two_reports_leaves_out_does_not_part_them(name: str) -> None:
    assert same_event(ASSAULT, told(**{name: None}))


def test_numbers_that_both_give_and_that_differ_make_two_claims() -> None:
    def held(value: float) -> Statement:
        return replace(DEMAND, amounts=(Amount(span=Span(0, 1), value=value, unit="km"),))

    assert says_same(held(14), held(14))
    assert not says_same(held(14), held(10))
    assert says_same(held(14), DEMAND)


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"count": 3}, "how many"),
        ({"date": TUESDAY}, "when"),
        ({"count": 3, "date": TUESDAY}, None),
        ({"actor": "north"}, None),
        ({"count": 3, "target": "south"}, None),
        ({"count": None}, None),
    ],
)
def test_one_deed_told_with_another_number_or_day_is_a_contradiction(
    changed: dict[str, Any], about: str | None
) -> None:
    assert contradiction(ASSAULT, told(**changed)) == about


def test_another_day_without_a_number_may_be_another_deed() -> None:
    assert contradiction(told(count=None), told(count=None, date=TUESDAY)) is None


def test_what_one_says_and_another_denies_is_a_contradiction() -> None:
    assert contradiction(ASSAULT, replace(ASSAULT, modality="denied")) == "whether"
    assert contradiction(ASSAULT, replace(ASSAULT, class_="opinion", negated=True)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"modality": "future"},
        {"modality": "conditional"},
        {"negated": True},
        {"class_": "opinion"},
        {"voice": "opinion"},
        {"type": "demand"},
        {"happening": None},
    ],
)
def test_only_what_is_reported_to_have_been_done_has_happened(changed: dict[str, Any]) -> None:
    assert happened(ASSAULT)
    assert not happened(replace(ASSAULT, **changed))


def test_a_state_without_time_or_number_is_no_event() -> None:
    state = replace(ASSAULT, type="event", happening=replace(SHOT, date=None, count=None))
    assert not happened(state)
    assert happened(replace(state, happening=replace(SHOT, date=None, count=None, when="today")))


@given(st.data(), TEXTS)
def test_to_say_the_same_and_to_contradict_are_mutual_and_exclude_each_other(
    data: st.DataObject, text: str
) -> None:
    one, other = data.draw(statements(text)), data.draw(statements(text))
    assert says_same(one, other) == says_same(other, one)
    assert same_event(one, other) == same_event(other, one)
    assert contradiction(one, other) == contradiction(other, one)
    assert says_same(one, one)
    assert contradiction(one, one) is None
    if says_same(one, other):
        assert contradiction(one, other) is None


def held(value: float, type_: Any, **fields: Any) -> Statement:
    amount = Amount(span=Span(0, 1), value=value, unit="troops")
    return replace(DEMAND, type=type_, amounts=(amount,), **fields)


def test_what_parties_ask_or_offer_in_other_numbers_is_no_contradiction() -> None:
    assert contradiction(held(3, "statement"), held(5, "statement")) == "how many"
    for type_ in ("demand", "offer", "reject"):
        assert contradiction(held(3, type_), held(5, type_)) is None


def test_reports_that_each_name_somebody_else_tell_of_two_things() -> None:
    north, south = (held(n, "statement", about=(who,)) for n, who in ((3, "north"), (5, "south")))
    assert contradiction(north, south) is None
    assert contradiction(north, replace(south, about=("south", "north"))) == "how many"


def test_deeds_that_share_nothing_but_words_contradict_nothing() -> None:
    bare: dict[str, Any] = {"actor": None, "target": None, "date": None, "place": None}
    assert contradiction(told(**bare), told(**bare, count=9)) is None
